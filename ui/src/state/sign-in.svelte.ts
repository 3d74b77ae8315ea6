// The steps of a sign-in. Password and codes are typed into the screen and handed on; they are not kept here.
import type { AppView, IpcError, SignInField, SignInView } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import type { Work } from "./work.svelte";

type Refused = Extract<SignInView, { step: "refused" }>;
type Factors = Omit<Extract<SignInView, { step: "second_factor" }>, "step">;
/** What the screen asks for besides the password. */
export type Way = "code" | "recovery_code" | "security_key";

export class SignIn {
  step = $state<"password" | "second_factor" | "confirm_device">("password");
  username = $state("");
  /** What the account can prove itself with. */
  factors = $state.raw<Factors>({ code: false, recovery_code: false, security_key: false });
  way = $state<Way>("code");
  /** The mailed link as pasted; it stays when it is refused. */
  link = $state("");
  /** Whether the index's own page is open in its window. */
  inWindow = $state(false);
  refused = $state.raw<Refused | null>(null);
  error = $state.raw<IpcError | null>(null);
  working = $state(false);

  constructor(
    private readonly shell: Shell,
    private readonly work: Work,
    private readonly signedIn: (app: AppView, messages: string[]) => Promise<void>,
  ) {}

  withPassword(password: string): Promise<void> {
    const username = this.username;
    return this.#take(() => this.shell.call("sign_in", { username, password }));
  }

  withCode(code: string, remember_device: boolean): Promise<void> {
    return this.#take(() => this.shell.call("sign_in_with_code", { code, remember_device }));
  }

  withRecoveryCode(code: string): Promise<void> {
    return this.#take(() => this.shell.call("sign_in_with_recovery_code", { code }));
  }

  withLink(): Promise<void> {
    const { link } = this;
    return this.#take(() => this.shell.call("confirm_device", { link }));
  }

  withDemoAccount(): Promise<void> {
    return this.#take(() => this.shell.call("sign_in_demo_account"));
  }

  /** Until the index's own page has ended in a session, or its window was closed. */
  async withWindow(): Promise<void> {
    if (this.working) return;
    const { username } = this;
    this.inWindow = true;
    await this.#take(() => this.shell.call("sign_in_in_window", { username }));
    this.inWindow = false;
  }

  /** Closes the window; whoever waits for it is told. */
  async closeWindow(): Promise<void> {
    await this.work.attempt(() => this.shell.call("close_sign_in_window"));
  }

  async startAgain(): Promise<void> {
    this.reset();
    await this.work.attempt(() => this.shell.call("cancel_sign_in"));
  }

  choose(way: Way): void {
    this.way = way;
    this.refused = this.error = null;
  }

  reset(): void {
    this.step = "password";
    this.link = "";
    this.refused = null;
    this.error = null;
  }

  /** What the index refused of one field; undefined: it was not that field. */
  refusedOf(field: SignInField): string[] | undefined {
    return this.refused?.field === field ? this.refused.messages : undefined;
  }

  async #take(action: () => Promise<SignInView>): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.refused = this.error = null;
    const result = await this.work.attempt(action);
    if (result.ok) await this.#show(result.value);
    else this.error = result.error;
    this.working = false;
  }

  async #show(view: SignInView): Promise<void> {
    switch (view.step) {
      case "second_factor":
        this.factors = view;
        this.way = firstWay(view);
        this.step = "second_factor";
        return;
      case "confirm_device":
        this.step = "confirm_device";
        return;
      case "refused":
        if (view.start_again) this.reset();
        this.refused = view;
        return;
      case "cancelled":
        return;
      case "signed_in":
        this.reset();
        await this.signedIn(view.app, view.messages);
    }
  }
}

/** A recovery code is used up, so it is nobody's first way unless there is no other. */
function firstWay({ code, recovery_code, security_key }: Factors): Way {
  if (code) return "code";
  return recovery_code && !security_key ? "recovery_code" : "security_key";
}
