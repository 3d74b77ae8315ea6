// The changes that were sent together, each as it is by now.
import type { ChangeView } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import { byProject } from "./by-project";
import type { Work } from "./work.svelte";

export class Sent {
  changes = $state.raw<ChangeView[]>([]);

  constructor(
    private readonly shell: Shell,
    private readonly work: Work,
  ) {}

  begin(changes: ChangeView[]): void {
    this.changes = changes;
  }

  /** What is done is no longer among all changes; its project's page still tells when it was done. */
  async load(ids: string[]): Promise<void> {
    const begun = this.changes;
    const unsettled = begun.filter(({ state }) => state !== "done");
    if (begun.length === ids.length && unsettled.length === 0) return;
    const open = await this.work.attempt(() => this.shell.call("list_changes"));
    if (!open.ok) return;
    const known = [...open.value.changes];
    const gone = unsettled.filter(({ id }) => !known.some((change) => change.id === id));
    for (const { project } of byProject(gone)) {
      const page = await this.work.attempt(() => this.shell.call("open_publishing", { project }));
      if (page.ok) known.push(...page.value.changes);
    }
    if (this.changes !== begun) return;
    this.changes = ids.flatMap((wanted) => {
      const now = [...known, ...begun].find(({ id }) => id === wanted);
      return now ? [now] : [];
    });
  }
}
