// What others did to a project's publishers while a change of it waited.
import type { ChangeView, PublisherView } from "../bindings";
import type { Fake } from "./fake";

/** At each reading: a waiting change whose list is no longer the one it was confirmed on asks again. */
export function noteOthers(fake: Fake, project: string): void {
  for (const change of fake.changes) {
    const base = fake.bases.get(change.id);
    if (change.project !== project || change.state !== "waiting" || !base) continue;
    const added = byOthers(fake, change, fake.listed(project), base);
    const removed = byOthers(fake, change, base, fake.listed(project));
    if (added.length + removed.length === 0) continue;
    change.state = "needs_you";
    change.conflict = { base: base.map(({ line }) => line), added, removed };
  }
}

/** The lines of a list that another one does not have, but for what was done or is wanted from here. */
function byOthers(fake: Fake, change: ChangeView, list: PublisherView[], other: PublisherView[]) {
  return list
    .filter(({ id, line }) => line !== change.line && !fake.fromHere.has(id))
    .filter(({ id }) => !other.some((known) => known.id === id))
    .map(({ line }) => line);
}
