// What is sent back for sending: each change with the hash of what was on screen.
import type { ChangeView, ReviewedChange } from "../ipc/bindings";

export const asShown = ({ id, hash }: ChangeView): ReviewedChange => ({ id, hash });

/** Those that only wait to be sent. */
export const waitingAsShown = (changes: ChangeView[]): ReviewedChange[] =>
  changes.filter(({ state }) => state === "waiting").map(asShown);

/** What still waits of what a person decided to send, as it was shown then. It is never more. */
export const stillWaiting = (decided: ReviewedChange[], now: ChangeView[]): ReviewedChange[] =>
  decided.filter(({ id }) => now.some((change) => change.id === id && change.state === "waiting"));
