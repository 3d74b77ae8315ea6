// Work that takes many requests and goes on while one does other things: reading everything, and
// sending a reviewed list. The shell runs it; here it is watched, paused and stopped.
import type { ChangeView, WorkView } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import { Sent } from "./sent.svelte";
import type { Work } from "./work.svelte";

export class Background {
  /** What runs, or ran last and was not dismissed. */
  view = $state.raw<WorkView | null>(null);
  readonly sent: Sent;
  running = $derived(this.view?.running ?? false);
  #asked = 0;

  constructor(
    private readonly shell: Shell,
    private readonly work: Work,
  ) {
    this.sent = new Sent(shell, work);
  }

  async load(): Promise<void> {
    const asked = ++this.#asked;
    const result = await this.work.attempt(() => this.shell.call("get_work"));
    // An answer that a newer question has overtaken would turn progress back.
    if (!result.ok || asked !== this.#asked) return;
    this.view = result.value.work;
    if (this.view?.kind === "send") await this.sent.load(this.view.sent);
  }

  async readEverything(): Promise<void> {
    if (this.running) return;
    const result = await this.work.run(
      () => this.shell.call("refresh_everything"),
      () => this.readEverything(),
    );
    if (result.ok) await this.load();
  }

  /** What was reviewed is on its way. */
  async watch(changes: ChangeView[]): Promise<void> {
    this.sent.begin(changes);
    await this.load();
  }

  stop = () => this.#tell("stop_work");
  pause = () => this.#tell("pause_work");
  resume = () => this.#tell("resume_work");

  dismiss(): void {
    this.#asked += 1;
    this.view = null;
  }

  forget(): void {
    this.dismiss();
    this.sent.begin([]);
  }

  async #tell(command: "stop_work" | "pause_work" | "resume_work"): Promise<void> {
    await this.work.run(
      () => this.shell.call(command),
      () => this.#tell(command),
    );
    await this.load();
  }
}
