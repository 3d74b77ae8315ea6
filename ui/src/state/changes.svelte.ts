import type { ChangesView, ChangeView, Decision } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import type { Work } from "./work.svelte";

export class Changes {
  view = $state.raw<ChangesView | null>(null);
  /** The projects whose changes are being sent. */
  sending = $state.raw<string | null>(null);

  groups = $derived(grouped(this.view?.changes ?? []));

  constructor(
    private readonly shell: Shell,
    private readonly work: Work,
  ) {}

  async load(): Promise<void> {
    const result = await this.work.read(
      () => this.shell.call("list_changes"),
      () => this.load(),
    );
    if (result.ok) this.view = result.value;
  }

  async discard(change: ChangeView): Promise<boolean> {
    const { id } = change;
    const result = await this.work.run(
      () =>
        change.state === "needs_you"
          ? this.shell.call("decide_change", { id, decision: "discard" })
          : this.shell.call("discard_change", { id }),
      () => this.discard(change),
    );
    if (this.view) await this.load();
    return result.ok;
  }

  async decide(change: ChangeView, decision: Decision): Promise<boolean> {
    const { id } = change;
    const result = await this.work.run(
      () => this.shell.call("decide_change", { id, decision }),
      () => this.decide(change, decision),
    );
    if (this.view) await this.load();
    return result.ok;
  }

  /** Sends what waits for a project, then shows what became of it. */
  async send(project: string): Promise<void> {
    if (this.sending !== null) return;
    this.sending = project;
    await this.work.run(
      () => this.shell.call("sync_project", { project }),
      () => this.send(project),
    );
    this.sending = null;
    await this.load();
  }

  forget(): void {
    this.view = null;
  }
}

export interface ChangeGroup {
  project: string;
  changes: ChangeView[];
}

/** Changes that are not done, by project, in the order in which the first of each came. */
export function grouped(changes: ChangeView[]): ChangeGroup[] {
  const groups: ChangeGroup[] = [];
  for (const change of changes) {
    if (change.state === "done") continue;
    const group = groups.find((each) => each.project === change.project);
    if (group) group.changes.push(change);
    else groups.push({ project: change.project, changes: [change] });
  }
  return groups;
}
