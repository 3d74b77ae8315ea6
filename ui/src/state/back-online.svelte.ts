// Notices that the index can be reached again, and offers what waited for that.
import type { Connection } from "../ipc/bindings";
import type { Shell } from "../ipc/call";

/** How often an index that could not be reached is asked again, while somebody looks. */
export const ASK_MS = 60_000;

type State = Connection["state"];
/** What a person was without the index in, so that something may have been put off. */
const APART: readonly (State | undefined)[] = [
  "offline",
  "index_down",
  "not_checked",
  "signed_out",
  "read_only",
  "publishing_disabled",
  "confirm_password",
  "waiting_for_quota",
];

export class BackOnline {
  /** How many changes can be sent now, of those that wait; 0: nothing to offer. */
  offered = $state(0);

  constructor(
    private readonly shell: Shell,
    private readonly isOffline: () => boolean,
    private readonly ask: () => Promise<void>,
  ) {}

  /** Until the returned function is called. */
  watch(): () => void {
    const ask = () => void this.#ask();
    const timer = setInterval(ask, ASK_MS);
    window.addEventListener("online", ask);
    document.addEventListener("visibilitychange", ask);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", ask);
      document.removeEventListener("visibilitychange", ask);
    };
  }

  connected(before: State | undefined, now: State | undefined): void {
    if (now === "online" && APART.includes(before)) void this.count();
  }

  async count(): Promise<void> {
    try {
      this.offered = (await this.shell.call("review_changes")).can_be_sent;
    } catch {
      // Nothing was asked for, so nothing is said: the changes stand on their page as before.
      this.offered = 0;
    }
  }

  withdraw(): void {
    this.offered = 0;
  }

  async #ask(): Promise<void> {
    if (document.visibilityState === "visible" && this.isOffline()) await this.ask();
  }
}
