// Everything the screens share: one of each state class, and what moves between them.
import { getContext, setContext } from "svelte";
import type { AppView, Changed, ChangeView, IndexChoice, LinkTarget, Theme } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import { Changes } from "./changes.svelte";
import { Forms } from "./forms";
import { Navigation, type Place } from "./navigation.svelte";
import { PasswordQuestion } from "./password.svelte";
import { Projects } from "./projects.svelte";
import { Publishing } from "./publishing.svelte";
import { SignIn } from "./sign-in.svelte";
import { Work } from "./work.svelte";

export type Screen = Place["screen"] | "start" | "database" | "opening";

export class Desk {
  app = $state.raw<AppView | null>(null);
  readonly password: PasswordQuestion;
  readonly work: Work;
  readonly navigation = new Navigation();
  readonly projects: Projects;
  readonly publishing: Publishing;
  readonly changes: Changes;
  readonly forms: Forms;
  readonly signIn: SignIn;

  screen: Screen = $derived.by(() => {
    if (this.work.databaseError) return "database";
    if (!this.app) return "opening";
    if (!this.app.index) return "start";
    if (!this.app.username) return "sign-in";
    return this.navigation.place.screen;
  });

  constructor(readonly shell: Shell) {
    this.password = new PasswordQuestion(shell);
    this.work = new Work(this.password);
    this.projects = new Projects(shell, this.work);
    this.publishing = new Publishing(shell, this.work);
    this.changes = new Changes(shell, this.work);
    this.forms = new Forms(shell);
    this.signIn = new SignIn(shell, this.work, (app) => this.#signedIn(app));
  }

  /** Shows what is stored, then asks the index who we are. */
  async start(): Promise<void> {
    this.shell.onChanged((changed) => void this.changed(changed));
    await this.open();
  }

  async open(): Promise<void> {
    await this.loadApp();
    if (this.app?.index && this.app.username) await this.checkConnection();
  }

  async loadApp(): Promise<void> {
    const result = await this.work.read(
      () => this.shell.call("get_app"),
      () => this.loadApp(),
    );
    if (result.ok) this.app = result.value;
  }

  /** How it went is said by the connection's own words, so a failure needs no notice. */
  async checkConnection(): Promise<void> {
    const result = await this.work.attempt(() => this.shell.call("refresh_connection"));
    if (result.ok) this.app = result.value;
  }

  /** Something stored has changed: whoever shows it reads it again. */
  async changed(changed: Changed): Promise<void> {
    switch (changed.what) {
      case "app":
        return this.loadApp();
      case "projects":
        return this.projects.load();
      case "publishing":
        if (this.publishing.project === changed.project) await this.publishing.load();
        return;
      case "changes":
        if (this.screen === "changes") await this.changes.load();
    }
  }

  go(place: Place): void {
    this.work.problem = null;
    this.navigation.go(place);
  }

  /** Null when done; otherwise the error, which stands beside the address. */
  async chooseIndex(index: IndexChoice) {
    this.#forget();
    const result = await this.work.attempt(() => this.shell.call("choose_index", { index }));
    if (!result.ok) return result.error;
    this.app = result.value;
    this.go({ screen: "projects" });
    if (this.app.username) await this.checkConnection();
    return null;
  }

  async leaveIndex(): Promise<void> {
    const result = await this.work.run(
      () => this.shell.call("leave_index"),
      () => this.leaveIndex(),
    );
    if (!result.ok) return;
    this.#forget();
    this.app = result.value;
  }

  async signOut(): Promise<void> {
    const result = await this.work.run(
      () => this.shell.call("sign_out"),
      () => this.signOut(),
    );
    if (!result.ok) return;
    this.signIn.reset();
    this.#forget();
    this.app = result.value;
  }

  async setTheme(theme: Theme): Promise<void> {
    if (this.app) this.app = { ...this.app, theme };
    await this.work.run(
      () => this.shell.call("set_theme", { theme }),
      () => this.setTheme(theme),
    );
  }

  async openLink(target: LinkTarget): Promise<void> {
    await this.work.run(
      () => this.shell.call("open_link", { target }),
      () => this.openLink(target),
    );
  }

  async openDatabaseAgain(): Promise<void> {
    this.work.databaseError = null;
    await this.open();
  }

  /** Takes a rejected change back into its form. */
  edit(change: ChangeView): void {
    const form = this.forms.of(this.app?.index?.key ?? "", change.project, change.provider);
    if (!form) return;
    form.edit(change);
    this.publishing.provider = form.provider.id;
    const focus = `field-${form.firstWrong() ?? form.provider.fields[0]?.name ?? ""}`;
    this.go({ screen: "publishing", project: change.project, focus });
  }

  /** Asks for the password without an action that waits for it. */
  async confirmPassword(): Promise<void> {
    if (await this.password.ask()) {
      this.work.problem = null;
      await this.checkConnection();
    }
  }

  async #signedIn(app: AppView): Promise<void> {
    this.#forget();
    this.app = app;
    this.go({ screen: "projects" });
  }

  /** What belongs to one account is not shown to the next. What was typed stays: it is kept by index. */
  #forget(): void {
    this.projects.forget();
    this.publishing.forget();
    this.changes.forget();
    this.work.problem = null;
  }
}

const KEY = Symbol("desk");
export const shareDesk = (desk: Desk) => setContext(KEY, desk);
export const useDesk = () => getContext<Desk>(KEY);
