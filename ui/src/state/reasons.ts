import type { ChangeView } from "../ipc/bindings";

/** All that the index said to a change, each sentence once: of the whole, then of its fields. */
export function reasonsOf({ reasons, field_errors }: ChangeView): string[] {
  return [...new Set([...reasons, ...Object.values(field_errors).flat()])];
}
