// The question for the password that an index asks again after a while, and who waits for its answer.
import type { Shell } from "../ipc/call";
import { asIpcError } from "../ipc/errors";

export class PasswordQuestion {
  open = $state(false);
  confirming = $state(false);
  /** Why the last password did not do. */
  message = $state<string | null>(null);
  #waiting: ((confirmed: boolean) => void)[] = [];

  constructor(private readonly shell: Shell) {}

  /** True once the index has taken the password; false when the person turned away. */
  ask(): Promise<boolean> {
    if (!this.open) this.message = null;
    this.open = true;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async confirm(password: string): Promise<void> {
    if (this.confirming) return;
    this.confirming = true;
    try {
      const view = await this.shell.call("confirm_password", { password });
      if (view.outcome === "confirmed") this.#answer(true);
      else this.message = view.message;
    } catch (thrown) {
      this.message = asIpcError(thrown).message;
    } finally {
      this.confirming = false;
    }
  }

  cancel(): void {
    this.#answer(false);
  }

  #answer(confirmed: boolean): void {
    this.open = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(confirmed);
  }
}
