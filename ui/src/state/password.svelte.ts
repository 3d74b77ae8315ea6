// The question for the password that an index asks again after a while, and who waits for its answer.
import type { ConfirmPasswordView } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import { asIpcError } from "../ipc/errors";

/** Why the last password did not do. */
export type NotConfirmed =
  | Exclude<ConfirmPasswordView, { outcome: "confirmed" | "already_confirmed" }>
  | { outcome: "failed"; message: string };

export class PasswordQuestion {
  open = $state(false);
  confirming = $state(false);
  why = $state.raw<NotConfirmed | null>(null);
  #waiting: ((confirmed: boolean) => void)[] = [];

  constructor(private readonly shell: Shell) {}

  /** True once the index has taken the password; false when the person turned away. */
  ask(): Promise<boolean> {
    // That an account is locked out goes on being true when it is asked again.
    if (!this.open && this.why?.outcome !== "locked_out") this.why = null;
    this.open = true;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async confirm(password: string): Promise<void> {
    if (this.confirming) return;
    this.confirming = true;
    try {
      const view = await this.shell.call("confirm_password", { password });
      // Where the index does not ask for it, nothing stands in the way either.
      if (view.outcome === "confirmed" || view.outcome === "already_confirmed") this.#answer(true);
      else this.why = view;
    } catch (thrown) {
      this.why = { outcome: "failed", message: asIpcError(thrown).message };
    } finally {
      this.confirming = false;
    }
  }

  cancel(): void {
    this.#answer(false);
  }

  /** Another account is on screen: what was said of the last one's password is not about it. */
  forget(): void {
    this.why = null;
    this.#answer(false);
  }

  #answer(confirmed: boolean): void {
    this.open = false;
    if (confirmed) this.why = null;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(confirmed);
  }
}
