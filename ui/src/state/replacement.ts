// A replacement is two changes: an add, and the removal that is sent once the add is listed. They are
// told of together.
import type { ChangeView } from "../ipc/bindings";

export interface Told {
  change: ChangeView;
  /** What goes once the change, an add, is listed. */
  removal: ChangeView | null;
}

/** The other change of a replacement; null for a change that stands alone, or whose other is not among these. */
export function otherHalf(change: ChangeView, among: ChangeView[]): ChangeView | null {
  const isOther = ({ id, after }: ChangeView) => id === change.after || after === change.id;
  return among.find(isOther) ?? null;
}

/** The changes in their order, and each removal of a replacement right behind its add. */
export function together(changes: ChangeView[]): Told[] {
  return changes.flatMap((change) => {
    const other = otherHalf(change, changes);
    if (change.after !== null && other) return [];
    return [{ change, removal: other }];
  });
}

/** Whether a removal's question is the one that its add asks: then it is asked once. */
export function isAskedWith(change: ChangeView, other: ChangeView | null): boolean {
  return change.after !== null && change.conflict !== null && (other?.conflict ?? null) !== null;
}
