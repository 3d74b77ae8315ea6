// What is sent back for sending: each change with the hash of what was on screen.
import type { ChangeView, ReviewedChange } from "../ipc/bindings";

export const asShown = ({ id, hash }: ChangeView): ReviewedChange => ({ id, hash });

/** Those that only wait to be sent. */
export const waitingAsShown = (changes: ChangeView[]): ReviewedChange[] =>
  changes.filter(({ state }) => state === "waiting").map(asShown);
