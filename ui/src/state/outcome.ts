// What a person is told once a change was sent, or could not be.
import type { ChangeView, DetailView, IpcError, PublisherView } from "../ipc/bindings";
import { messages } from "../messages/en";

export interface Outcome {
  tone: "ok" | "info" | "warn" | "danger";
  text: string;
  /** Why it could not be sent. */
  error: IpcError | null;
}

const words = messages.publishing;

/** `listed` is the row in the index's list that the change is about. */
export function outcomeOf(
  change: ChangeView,
  project: string,
  listed: PublisherView | undefined,
  error: IpcError | null,
): Outcome {
  switch (change.state) {
    case "done":
      return { tone: "ok", text: doneText(change, project, listed), error: null };
    case "rejected":
      return { tone: "danger", text: words.rejected_text, error };
    case "needs_you":
      return { tone: "warn", text: words.needs_you_text, error };
    case "sending":
    case "checking":
      return { tone: "info", text: words.checking_text(change.line), error };
    case "discarded":
      return { tone: "info", text: words.discarded_text(change.line), error };
    case "waiting":
      return { tone: "info", text: words.waiting_text(change.line), error };
  }
}

function doneText(change: ChangeView, project: string, listed: PublisherView | undefined): string {
  if (change.action === "remove") return words.removed(change.subject, project);
  const text = words.from_now(change.subject, project);
  const actor = listed && actorOf(listed.details);
  return actor && actor !== actorOf(change.details) ? `${text} ${words.listed_under(actor)}` : text;
}

/** ActiveState's users are known by number, so the list may name one by an older name than was typed. */
const actorOf = (details: DetailView[]) => details.find(({ label }) => label === "Actor")?.value;
