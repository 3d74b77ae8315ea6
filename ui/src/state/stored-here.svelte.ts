// What is kept on this computer, seen as a whole: given out as a file, or deleted.
import type { AppView, Exported, IpcError, LocalDataView } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import { messages } from "../messages/en";
import type { Work } from "./work.svelte";

/** Tells that what belongs to one index is gone, or everything. */
type OnDeleted = (app: AppView, index?: string) => void;

export class StoredHere {
  /** How much there is; null until it was counted. */
  content = $state.raw<LocalDataView | null>(null);
  /** The file that was written last. */
  exported = $state<string | null>(null);
  /** What else was done. */
  said = $state("");
  working = $state(false);
  /** Why nothing was deleted. */
  error = $state.raw<IpcError | null>(null);

  constructor(
    private readonly shell: Shell,
    private readonly work: Work,
    private readonly deleted: OnDeleted,
  ) {}

  /** What was said on an earlier visit is not news any more. */
  begin(): void {
    this.#say("");
    this.error = null;
  }

  async count(): Promise<void> {
    this.error = null;
    this.content = null;
    const result = await this.work.attempt(() => this.shell.call("get_local_data"));
    if (result.ok) this.content = result.value;
    else this.error = result.error;
  }

  exportAll(): Promise<void> {
    return this.#export(
      () => this.shell.call("export_data"),
      () => this.exportAll(),
    );
  }

  exportLog(): Promise<void> {
    return this.#export(
      () => this.shell.call("export_log"),
      () => this.exportLog(),
    );
  }

  async deleteLog(): Promise<void> {
    this.#say("");
    const result = await this.work.run(
      () => this.shell.call("delete_log"),
      () => this.deleteLog(),
    );
    if (result.ok) this.#say(messages.settings.log_deleted);
  }

  deleteAll(): Promise<void> {
    return this.#delete(() => this.shell.call("delete_data"));
  }

  resetDemo(index: string): Promise<void> {
    return this.#delete(() => this.shell.call("reset_demo"), index);
  }

  async #export(run: () => Promise<Exported>, again: () => unknown): Promise<void> {
    this.#say("");
    const result = await this.work.run(run, again);
    if (result.ok) this.exported = result.value.path;
  }

  async #delete(run: () => Promise<AppView>, index?: string): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.error = null;
    const result = await this.work.attempt(run);
    this.working = false;
    if (result.ok) this.deleted(result.value, index);
    else this.error = result.error;
  }

  #say(words: string): void {
    this.exported = null;
    this.said = words;
  }
}
