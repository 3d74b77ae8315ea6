// Runs what a person asked for: counts what is under way, asks for the password where the index
// wants it and repeats the action, and keeps the last problem for the screen.
import type { IpcError } from "../ipc/bindings";
import { asIpcError } from "../ipc/errors";
import type { PasswordQuestion } from "./password.svelte";
import type { Result } from "./result";

export class Work {
  running = $state(0);
  problem = $state.raw<IpcError | null>(null);
  /** Set once and for good: without its database the app shows nothing else. */
  databaseError = $state.raw<Extract<IpcError, { code: "database" }> | null>(null);
  /** What "Try again" runs. */
  again: (() => unknown) | null = null;

  constructor(private readonly password: PasswordQuestion) {}

  /** Runs an action and keeps its error for the screen. */
  async run<T>(action: () => Promise<T>, again: () => unknown): Promise<Result<T>> {
    this.problem = null;
    return this.read(action, again);
  }

  /** Reads what is stored here. Unlike `run` it leaves an earlier problem on screen. */
  async read<T>(action: () => Promise<T>, again: () => unknown): Promise<Result<T>> {
    const result = await this.attempt(action);
    if (!result.ok) {
      this.problem = result.error;
      this.again = again;
    }
    return result;
  }

  /** The same for an action whose error is shown in its own place, or not at all. */
  async attempt<T>(action: () => Promise<T>): Promise<Result<T>> {
    for (;;) {
      const result = await this.#once(action);
      if (result.ok || result.error.code !== "confirm_password") return result;
      if (!(await this.password.ask())) return result;
    }
  }

  async #once<T>(action: () => Promise<T>): Promise<Result<T>> {
    this.running += 1;
    try {
      return { ok: true, value: await action() };
    } catch (thrown) {
      const error = asIpcError(thrown);
      if (error.code === "database") this.databaseError = error;
      return { ok: false, error };
    } finally {
      this.running -= 1;
    }
  }
}
