// What was sent together and what became of it, as Markdown for an issue or a logbook.
import type { ChangeView } from "../ipc/bindings";
import { messages } from "../messages/en";
import { calendarDate, clockTime } from "./when";

const words = messages.receipt;

export function receipt(changes: ChangeView[], index: string, username: string, now: number) {
  const lines = changes.map((change) => {
    const at = change.settled_at_ms;
    const when = at === null ? "" : `, ${calendarDate(at)} ${clockTime(at)}`;
    const what = `${messages.changes[change.action]} ${change.provider_name}`;
    return `- **${change.project}**: ${what} ${code(change.line)} – ${stateIn(change)}${when}`;
  });
  const title = words.title(index, username, `${calendarDate(now)} ${clockTime(now)}`);
  return `${title}\n\n${lines.join("\n")}\n`;
}

/** The state in words, with what the index said to it. */
function stateIn(change: ChangeView): string {
  const state =
    change.state === "done" ? words.done[change.action] : messages.changes.states[change.state];
  return [state, ...change.reasons].join(": ");
}

/** An environment may hold a backtick: then the fence has to be longer than it. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}
