// The question before many changes are sent: the exact list, its cost, one answer.
import type { IpcError, ReviewView } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import type { Background } from "./background.svelte";
import { asShown } from "./shown";
import type { Work } from "./work.svelte";

export class Review {
  /** What is shown; null while nobody is asked. */
  view = $state.raw<ReviewView | null>(null);
  /** The list was no longer the one that had been shown. */
  moved = $state(false);
  sending = $state(false);
  error = $state.raw<IpcError | null>(null);

  constructor(
    private readonly shell: Shell,
    private readonly work: Work,
    private readonly background: Background,
  ) {}

  /** False: nothing waits, so there is nothing to ask. */
  async open(): Promise<boolean> {
    if (this.view || this.background.running) return this.view !== null;
    this.moved = false;
    this.error = null;
    const result = await this.work.run(
      () => this.shell.call("review_changes"),
      () => this.open(),
    );
    if (result.ok && result.value.changes.length > 0) this.view = result.value;
    return this.view !== null;
  }

  /** Sends what is shown and nothing else. True once it is on its way. */
  async send(): Promise<boolean> {
    const shown = this.view;
    if (!shown || this.sending) return false;
    this.sending = true;
    this.error = null;
    const begun = await this.#begin(shown);
    this.sending = false;
    return begun;
  }

  close(): void {
    this.view = null;
  }

  async #begin(shown: ReviewView): Promise<boolean> {
    const now = await this.work.attempt(() => this.shell.call("review_changes"));
    if (!now.ok) return this.#fail(now.error);
    if (!isTheSame(now.value, shown)) {
      this.view = now.value;
      this.moved = true;
      return false;
    }
    const changes = shown.changes.map(asShown);
    const begun = await this.work.attempt(() => this.shell.call("sync_changes", { changes }));
    if (!begun.ok) return this.#fail(begun.error);
    this.close();
    await this.background.watch(shown.changes);
    return true;
  }

  #fail(error: IpcError): boolean {
    this.error = error;
    return false;
  }
}

/** The same changes, word for word. */
function isTheSame(now: ReviewView, shown: ReviewView): boolean {
  const all = ({ changes }: ReviewView) => JSON.stringify(changes.map(asShown));
  return all(now) === all(shown);
}
