import type { ChangesView, ChangeView, ReviewedChange } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import { asShown, stillWaiting } from "./shown";
import type { Work } from "./work.svelte";

export class Changes {
  view = $state.raw<ChangesView | null>(null);
  /** The projects whose changes are being sent. */
  sending = $state.raw<string | null>(null);

  /** Those that are not done. */
  open = $derived((this.view?.changes ?? []).filter(({ state }) => state !== "done"));
  /** How many only wait to be sent. */
  waiting = $derived(this.open.filter(({ state }) => state === "waiting").length);

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
      () => this.shell.call("discard_change", { id }),
      () => this.discard(change),
    );
    if (this.view) await this.load();
    return result.ok;
  }

  /**
   * Confirms it anew, and with it the removal that comes after it: what is sent then. Null: not so, and
   * `again` is offered, which has to send it too.
   */
  async sendAgain(change: ChangeView, again: () => unknown): Promise<ReviewedChange[] | null> {
    const input = { change: asShown(change) };
    const result = await this.work.run(() => this.shell.call("retry_change", input), again);
    if (this.view) await this.load();
    return result.ok ? result.value.to_send : null;
  }

  /** Sends what a person decided to send for a project, as it was shown, then shows what became of it. */
  async send(project: string, changes: ReviewedChange[]): Promise<void> {
    if (this.sending !== null) return;
    this.sending = project;
    await this.work.run(
      () => this.shell.call("sync_project", { project, changes }),
      () => this.#sendAgain(project, changes),
    );
    this.sending = null;
    await this.load();
  }

  /** Sends what still waits of what could not be sent. If none of it does, the problem is over. */
  async #sendAgain(project: string, decided: ReviewedChange[]): Promise<void> {
    this.work.problem = null;
    await this.load();
    const changes = stillWaiting(decided, this.open);
    if (changes.length > 0) await this.send(project, changes);
  }

  /** Reads a project's list, which may tell what came of a change. Sends nothing. */
  async read(project: string): Promise<void> {
    await this.work.run(
      () => this.shell.call("refresh_publishing", { project }),
      () => this.read(project),
    );
    await this.load();
  }

  forget(): void {
    this.view = null;
  }
}
