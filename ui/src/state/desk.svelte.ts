// Everything the screens share: one of each state class, and what moves between them.
import { getContext, setContext } from "svelte";
import type {
  AppView,
  ChangeView,
  Changed,
  DraftView,
  IndexChoice,
  LinkTarget,
  Provider,
  PublisherView,
} from "../ipc/bindings";
import { focusOn } from "../focus";
import type { Shell } from "../ipc/call";
import { Accounts } from "./accounts.svelte";
import { Background } from "./background.svelte";
import { BackOnline } from "./back-online.svelte";
import { Changes } from "./changes.svelte";
import { Drafts } from "./drafts.svelte";
import type { PublisherForm } from "./form.svelte";
import { Forms } from "./forms";
import { Navigation, type Place } from "./navigation.svelte";
import { PasswordQuestion } from "./password.svelte";
import { Preferences } from "./preferences";
import { Projects } from "./projects.svelte";
import { Publishing } from "./publishing.svelte";
import { Replacing } from "./replacing.svelte";
import { Review } from "./review.svelte";
import { SignIn } from "./sign-in.svelte";
import { StoredHere } from "./stored-here.svelte";
import { Work } from "./work.svelte";

export type Screen = Place["screen"] | "start" | "database" | "opening";

export class Desk {
  #app = $state.raw<AppView | null>(null);
  readonly password: PasswordQuestion;
  readonly work: Work;
  readonly navigation = new Navigation();
  readonly projects: Projects;
  readonly publishing: Publishing;
  readonly replacing: Replacing;
  readonly changes: Changes;
  readonly forms: Forms;
  readonly drafts: Drafts;
  readonly background: Background;
  readonly review: Review;
  readonly backOnline: BackOnline;
  readonly signIn: SignIn;
  /** What the index said once, at the last sign-in, until it is dismissed. */
  said = $state.raw<string[]>([]);
  readonly accounts: Accounts;
  readonly storedHere: StoredHere;
  readonly preferences: Preferences;

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
    this.forms = new Forms(shell);
    this.drafts = new Drafts(shell, this.work, (draft) => this.form(draft.project, draft.provider));
    this.publishing = new Publishing(shell, this.work, this.drafts);
    this.replacing = new Replacing(shell, this.work, this.publishing);
    this.changes = new Changes(shell, this.work);
    this.background = new Background(shell, this.work);
    this.review = new Review(shell, this.work, this.background);
    this.backOnline = new BackOnline(
      shell,
      () => this.app?.connection.state === "offline",
      () => this.checkConnection(),
    );
    this.signIn = new SignIn(shell, this.work, (app, said) => this.#signedIn(app, said));
    this.accounts = new Accounts(shell, this.work, {
      leave: () => this.forms.save(),
      enter: (app) => this.#entered(app),
      drop: ({ index, username }) => this.forms.forget(index.key, username),
    });
    this.preferences = new Preferences(shell, this.work, this);
    this.storedHere = new StoredHere(shell, this.work, (app, index) => this.#deleted(app, index));
  }

  get app(): AppView | null {
    return this.#app;
  }

  set app(app: AppView | null) {
    const before = this.#app?.connection.state;
    this.#app = app;
    this.backOnline.connected(before, app?.connection.state);
  }

  /** The form of the account's project for one provider. */
  form(project: string, provider: Provider | null): PublisherForm | null {
    const { index, username } = this.app ?? {};
    return index && username ? this.forms.of(index.key, username, project, provider) : null;
  }

  /** Shows what is stored, then asks the index who we are. */
  async start(): Promise<void> {
    this.shell.onChanged((changed) => void this.changed(changed));
    await this.open();
  }

  async open(): Promise<void> {
    await this.loadApp();
    if (!this.app?.index || !this.app.username) return;
    await Promise.all([this.background.load(), this.checkConnection()]);
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
        if (this.backOnline.offered > 0) await this.backOnline.count();
        return;
      case "drafts":
        if (this.screen === "changes") await this.drafts.load();
        return;
      case "work":
        return this.background.load();
      case "elsewhere":
        await this.#changedElsewhere();
    }
  }

  go(place: Place): void {
    this.work.problem = null;
    this.navigation.go(place);
  }

  /** Null when done; otherwise the error, which stands beside the address. */
  async chooseIndex(index: IndexChoice) {
    await this.forms.save();
    this.#forget();
    const result = await this.work.attempt(() => this.shell.call("choose_index", { index }));
    if (!result.ok) return result.error;
    this.app = result.value;
    this.go({ screen: "projects" });
    if (this.app.username) await this.checkConnection();
    return null;
  }

  async leaveIndex(): Promise<void> {
    await this.forms.save();
    const result = await this.work.run(
      () => this.shell.call("leave_index"),
      () => this.leaveIndex(),
    );
    if (!result.ok) return;
    this.#forget();
    this.app = result.value;
  }

  async signOut(): Promise<void> {
    await this.forms.save();
    const result = await this.work.run(
      () => this.shell.call("sign_out"),
      () => this.signOut(),
    );
    if (!result.ok) return;
    this.signIn.reset();
    this.#forget();
    this.app = result.value;
  }

  /** The sign-in of one more account; the one on screen stays as it is. */
  addAccount(): void {
    this.signIn.reset();
    this.signIn.username = "";
    this.go({ screen: "sign-in" });
  }

  /** On the index's own page, whatever stands in the way of reading it from here. */
  async signInInWindow(): Promise<void> {
    this.signIn.username ||= this.app?.username ?? "";
    this.go({ screen: "sign-in" });
    await this.signIn.withWindow();
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
  async edit(change: ChangeView): Promise<void> {
    const form = this.form(change.project, change.provider);
    if (!form) return;
    // What is typed there of this change goes on.
    if (await this.#makeRoom(form, form.editing === change.id)) form.edit(change);
    await this.#goToForm(form);
  }

  /** Takes a listed publisher into its form, to be replaced by what is made of it there. */
  async replace(publisher: PublisherView, focus?: string): Promise<void> {
    const { project } = this.publishing;
    const form = project === null ? null : this.form(project, publisher.provider);
    if (!form) return;
    if (await this.#makeRoom(form, form.replaces === publisher.id)) form.replace(publisher);
    await this.#goToForm(form, focus);
  }

  /** Takes a draft back into its form. */
  async editDraft(draft: DraftView): Promise<void> {
    const form = await this.drafts.edit(draft);
    if (form) await this.#goToForm(form);
  }

  /** Drafts came or went: whoever lists them reads them again. */
  async draftsMoved(): Promise<void> {
    if (this.screen === "changes") await this.drafts.load();
    if (this.screen === "publishing") await this.publishing.load();
  }

  /** Asks about everything that waits. */
  async reviewChanges(): Promise<void> {
    this.backOnline.withdraw();
    if (!(await this.review.open()) && !this.work.problem) this.go({ screen: "changes" });
  }

  async sendReviewed(): Promise<void> {
    if (await this.review.send()) this.go({ screen: "changes" });
  }

  /** Asks for the password without an action that waits for it. */
  async confirmPassword(): Promise<void> {
    if (await this.password.ask()) {
      this.work.problem = null;
      await this.checkConnection();
    }
  }

  /** Puts aside what else is typed there. False: the form keeps what it has. */
  async #makeRoom(form: PublisherForm, isHere: boolean): Promise<boolean> {
    await form.draft.save();
    return form.draft.isFree || (!isHere && (await form.draft.park()));
  }

  async #goToForm(form: PublisherForm, field = form.firstWrong()): Promise<void> {
    this.publishing.provider = form.provider.id;
    const focus = `field-${field ?? form.provider.fields[0]?.name ?? ""}`;
    if (this.screen !== "publishing" || this.publishing.project !== form.project)
      return this.go({ screen: "publishing", project: form.project, focus });
    await this.publishing.load();
    await focusOn(focus);
  }

  /** Another program has written: whatever is shown is read again, and it may be another account. */
  async #changedElsewhere(): Promise<void> {
    const before = accountOf(this.app);
    await this.loadApp();
    if (this.app && accountOf(this.app) !== before) return this.#entered(this.app);
    if (this.screen === "projects") await this.projects.load();
    if (this.screen === "publishing") await this.publishing.load();
    await this.changed({ what: "changes" });
    await this.changed({ what: "drafts" });
  }

  async #signedIn(app: AppView, said: string[]): Promise<void> {
    this.#forget();
    this.app = app;
    this.said = said;
    this.go({ screen: "projects" });
    // News of the account may have opened the list before its name came here.
    void this.projects.open();
  }

  async #entered(app: AppView): Promise<void> {
    this.#forget();
    this.signIn.reset();
    this.app = app;
    this.go({ screen: "projects" });
    if (!app.username) return;
    // The list may have been on screen before, and then nothing opens it.
    await Promise.all([this.projects.open(), this.checkConnection()]);
  }

  /** What was kept here is gone: of one index, or of all. */
  #deleted(app: AppView, index?: string): void {
    this.forms.forget(index);
    this.#forget();
    this.signIn.reset();
    this.app = app;
    this.go({ screen: "projects" });
  }

  /** What belongs to one account is not shown to the next. What was typed stays: it is kept by account. */
  #forget(): void {
    this.projects.forget();
    this.publishing.forget();
    this.changes.forget();
    this.drafts.forget();
    this.background.forget();
    this.backOnline.withdraw();
    this.review.close();
    this.password.forget();
    this.said = [];
    this.work.problem = null;
  }
}

const accountOf = (app: AppView | null) => [app?.index?.key, app?.username].join(" ");

const KEY = Symbol("desk");
export const shareDesk = (desk: Desk) => setContext(KEY, desk);
export const useDesk = () => getContext<Desk>(KEY);
