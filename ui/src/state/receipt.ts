// What was sent together and what became of it, as Markdown for an issue or a logbook.
import type { ChangeView } from "../ipc/bindings";
import { messages } from "../messages/en";
import { reasonsOf } from "./reasons";
import { together } from "./replacement";
import { calendarDate, clockTime } from "./when";

const words = messages.receipt;

export function receipt(changes: ChangeView[], index: string, username: string, now: number) {
  const lines = together(changes).map(({ change, removal }) => {
    const action = removal ? messages.changes.replacement : messages.changes[change.action];
    const told = `- **${change.project}**: ${action} ${change.provider_name} ${became(change)}`;
    return removal ? `${told}; ${words.in_place_of} ${became(removal)}` : told;
  });
  const title = words.title(index, username, `${calendarDate(now)} ${clockTime(now)}`);
  return `${title}\n\n${lines.join("\n")}\n`;
}

function became(change: ChangeView): string {
  const at = change.settled_at_ms;
  const when = at === null ? "" : `, ${calendarDate(at)} ${clockTime(at)}`;
  return `${code(change.line)} – ${stateIn(change)}${when}`;
}

/** The state in words, with what the index said to it. */
function stateIn(change: ChangeView): string {
  const state =
    change.state === "done" ? words.done[change.action] : messages.changes.states[change.state];
  return [state, ...reasonsOf(change)].join(": ");
}

/** An environment may hold a backtick: then the fence has to be longer than it. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}
