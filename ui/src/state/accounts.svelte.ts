// The accounts that are known here: changing between them, and forgetting one.
import type { AccountView, AppView, IpcError } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import type { Work } from "./work.svelte";

/** What an account that leaves or enters the screen brings with it; the desk does it. */
interface Scene {
  /** Before another account is on screen. */
  leave(): Promise<void>;
  /** Another one is. */
  enter(app: AppView): Promise<void>;
  /** Nothing of this account may be kept or saved any more. */
  drop(account: AccountView): void;
}

export class Accounts {
  /** Null until they were read. */
  all = $state.raw<AccountView[] | null>(null);
  /** The one that is to be forgotten, once the person has said yes. */
  forgetting = $state.raw<AccountView | null>(null);
  working = $state(false);
  /** Why it was not forgotten. */
  error = $state.raw<IpcError | null>(null);

  constructor(
    private readonly shell: Shell,
    private readonly work: Work,
    private readonly scene: Scene,
  ) {}

  async load(): Promise<void> {
    const result = await this.work.attempt(() => this.shell.call("list_accounts"));
    if (result.ok) this.all = result.value.accounts;
  }

  async use(account: AccountView): Promise<void> {
    await this.scene.leave();
    const { id } = account;
    const result = await this.work.run(
      () => this.shell.call("use_account", { id }),
      () => this.use(account),
    );
    if (result.ok) await this.scene.enter(result.value);
  }

  askToForget(account: AccountView): void {
    this.error = null;
    this.forgetting = account;
  }

  keep(): void {
    this.forgetting = null;
  }

  async forget(with_data: boolean): Promise<void> {
    const account = this.forgetting;
    if (!account || this.working) return;
    this.working = true;
    this.error = null;
    await this.scene.leave();
    const { id } = account;
    const result = await this.work.attempt(() =>
      this.shell.call("forget_account", { id, with_data }),
    );
    this.working = false;
    if (!result.ok) {
      this.error = result.error;
      return;
    }
    this.forgetting = null;
    if (with_data) this.scene.drop(account);
    if (account.on_screen) await this.scene.enter(result.value);
    await this.load();
  }
}
