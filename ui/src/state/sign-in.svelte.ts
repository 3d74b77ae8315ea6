// The steps of a sign-in. Password and code are typed into the screen and handed on; they are not kept here.
import type { AppView, IpcError, SignInView } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import type { Work } from "./work.svelte";

type Refused = Extract<SignInView, { step: "refused" }>;
type Elsewhere = Extract<SignInView, { step: "elsewhere" }>;

export class SignIn {
  step = $state<"password" | "code">("password");
  username = $state("");
  refused = $state.raw<Refused | null>(null);
  elsewhere = $state.raw<Elsewhere | null>(null);
  error = $state.raw<IpcError | null>(null);
  working = $state(false);

  constructor(
    private readonly shell: Shell,
    private readonly work: Work,
    private readonly signedIn: (app: AppView) => Promise<void>,
  ) {}

  withPassword(password: string): Promise<void> {
    const username = this.username;
    return this.#take(() => this.shell.call("sign_in", { username, password }));
  }

  withCode(code: string): Promise<void> {
    return this.#take(() => this.shell.call("sign_in_with_code", { code }));
  }

  withDemoAccount(): Promise<void> {
    return this.#take(() => this.shell.call("sign_in_demo_account"));
  }

  async startAgain(): Promise<void> {
    this.reset();
    await this.work.attempt(() => this.shell.call("cancel_sign_in"));
  }

  reset(): void {
    this.step = "password";
    this.refused = null;
    this.elsewhere = null;
    this.error = null;
  }

  async #take(action: () => Promise<SignInView>): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.refused = this.elsewhere = this.error = null;
    const result = await this.work.attempt(action);
    if (result.ok) await this.#show(result.value);
    else this.error = result.error;
    this.working = false;
  }

  async #show(view: SignInView): Promise<void> {
    switch (view.step) {
      case "code":
        this.step = "code";
        return;
      case "refused":
        this.refused = view;
        if (view.start_again) this.step = "password";
        return;
      case "elsewhere":
        this.elsewhere = view;
        return;
      case "signed_in":
        this.reset();
        await this.signedIn(view.app);
    }
  }
}
