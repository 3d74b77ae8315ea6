// What a person is told once a change was sent, or could not be.
import type {
  ChangeView,
  DetailView,
  IpcError,
  PublisherView,
  ReviewedChange,
} from "../ipc/bindings";
import { messages } from "../messages/en";

export interface Outcome {
  tone: "ok" | "info" | "warn" | "danger";
  text: string;
  /** Why it could not be sent. */
  error: IpcError | null;
  /** What the person decided on, as it was shown: all that may be sent once more. */
  decided: ReviewedChange[];
}

/** What was sent, and what is known of it. */
export interface SentChange {
  change: ChangeView;
  /** What goes in its place, if it replaces a publisher. */
  removal: ChangeView | null;
  project: string;
  /** The row in the index's list that the change is about. */
  listed: PublisherView | undefined;
  /** Why it could not be sent. */
  error: IpcError | null;
}

const words = messages.publishing;

export function outcomeOf(sent: SentChange): Omit<Outcome, "decided"> {
  const { change, removal, error } = sent;
  const line = removal ? words.in_place_of(change.line, removal.line) : change.line;
  switch (change.state) {
    case "done":
      return doneOutcome(sent);
    case "rejected":
      return { tone: "danger", text: words.rejected_text, error };
    case "needs_you":
      return {
        tone: "warn",
        text: change.conflict ? words.conflict_text : words.needs_you_text,
        error,
      };
    case "sending":
    case "checking":
      return { tone: "info", text: words.checking_text(change.line), error };
    case "discarded":
      return { tone: "info", text: words.discarded_text(change.line), error };
    case "waiting":
      return { tone: "info", text: words.waiting_text(line), error };
  }
}

/** The new publisher is listed; the one it replaces may still be, and then that is said. */
function doneOutcome(sent: SentChange): Omit<Outcome, "decided"> {
  const { removal, error } = sent;
  const text = doneText(sent);
  if (!removal) return { tone: "ok", text, error: null };
  if (removal.state === "done")
    return { tone: "ok", text: `${text} ${words.old_removed(removal.line)}`, error: null };
  return { tone: "info", text: `${text} ${words.old_still_listed(removal.line)}`, error };
}

function doneText({ change, project, listed }: SentChange): string {
  if (change.action === "remove") return words.removed(change.subject, project);
  const text = words.from_now(change.subject, project);
  const actor = listed && actorOf(listed.details);
  return actor && actor !== actorOf(change.details) ? `${text} ${words.listed_under(actor)}` : text;
}

/** ActiveState's users are known by number, so the list may name one by an older name than was typed. */
const actorOf = (details: DetailView[]) => details.find(({ label }) => label === "Actor")?.value;
