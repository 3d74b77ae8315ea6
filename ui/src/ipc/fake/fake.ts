// An in-memory shell for unit tests and for looking at the screens in a browser. Never shipped.
import type {
  AppView,
  Changed,
  ChangeView,
  DraftView,
  Commands,
  Connection,
  IndexView,
  IpcError,
  PlaceView,
  ProjectView,
  Provider,
  PublisherView,
  SessionKept,
  SignInView,
  WorkView,
} from "../bindings";
import type { CommandName, Shell } from "../call";
import { accountHandlers } from "./account";
import { accountsHandlers, type FakeAccount, keptOf, nothingKept } from "./accounts";
import { changeHandlers } from "./changes";
import { draftHandlers } from "./drafts";
import { CHANGING, type Handlers, thrown } from "./handlers";
import { INDEXES } from "./indexes";
import { projectHandlers } from "./projects";
import { publishingHandlers } from "./publishing";
import { signInHandlers } from "./sign-in";
import { storedHandlers } from "./stored";
import { workHandlers } from "./work";
import { NOW, seedProjects, seedPublishers } from "./seed";

export interface FakeOptions {
  index?: "demo" | "pypi" | null;
  username?: string | null;
  /** Projects have been read before. */
  read?: boolean;
  projects?: ProjectView[];
  sessionKept?: SessionKept;
  theme?: AppView["theme"];
  /** Milliseconds until each answer. */
  delay?: number;
}

export class Fake implements Shell {
  /** Every command that was called, in order. */
  readonly calls: { name: CommandName; input: unknown }[] = [];
  /** Errors the next calls of a command end with. */
  readonly failures = new Map<CommandName, IpcError[]>();
  index: IndexView | null;
  username: string | null;
  connection: Connection = { state: "online" };
  projects: ProjectView[];
  publishers: Record<string, PublisherView[]>;
  /** The providers that the index has switched off. */
  switchedOff: Provider[] = [];
  gitlabInstances = ["https://gitlab.com"];
  changes: ChangeView[] = [];
  /** Each change's list as it was when it was confirmed. */
  readonly bases = new Map<string, PublisherView[]>();
  /** The rows that were added or removed from here. */
  readonly fromHere = new Set<string>();
  drafts: DraftView[] = [];
  discarded: DraftView[] = [];
  work: WorkView | null = null;
  /** What long work is told by the index of some projects. */
  readonly unreadable = new Map<string, string>();
  /** Milliseconds that long work takes for each project. */
  pace = 0;
  readAt: number | null;
  publishingReadAt: Record<string, number> = {};
  theme: AppView["theme"];
  forgetsSession: boolean | null = false;
  wrongAddress: string | null = null;
  proxy: string | null = null;
  recovery: AppView["recovery"] = null;
  dataExposure: AppView["data_exposure"] = null;
  isReadOnly = false;
  dataPlace: PlaceView = { place: "here" };
  sessionKept: SessionKept;
  keyring: AppView["keyring"] = { state: "ready", left_behind: false };
  confirmedUntil: number | null = null;
  sessionEnds: number | null = null;
  sentIn24h = 4;
  restFrom: number | null = null;
  remembersDevice = false;
  accounts: FakeAccount[] = [];
  /** Who is on the way in. */
  signingIn = "";
  /** What the demo index has mailed. */
  mailedLink: string | null = null;
  readonly usedCodes = new Set<string>();
  wrongPasswords = 0;
  /** The index does not ask for the password. */
  passwordHolds = false;
  /** Ends the sign-in in a window that is open. */
  window: ((view: SignInView) => void) | null = null;
  #listeners: ((changed: Changed) => void)[] = [];
  #next = 1;
  readonly #handlers: Handlers = {
    ...accountHandlers(this),
    ...accountsHandlers(this),
    ...signInHandlers(this),
    ...projectHandlers(this),
    ...publishingHandlers(this),
    ...changeHandlers(this),
    ...draftHandlers(this),
    ...workHandlers(this),
    ...storedHandlers(this),
  };

  constructor(private readonly options: FakeOptions = {}) {
    this.index = options.index === null ? null : INDEXES[options.index ?? "demo"];
    this.username = options.username === undefined ? "demo" : options.username;
    this.projects = options.projects ?? seedProjects();
    this.publishers = seedPublishers();
    this.readAt = options.read === false ? null : NOW - 120_000;
    this.theme = options.theme ?? "system";
    this.sessionKept = options.sessionKept ?? "keyring";
    if (this.readAt !== null) {
      for (const project of [
        "sampleproject",
        "octo-http",
        "octo-legacy",
        "octo-cli",
        "octo-parsers",
      ])
        this.publishingReadAt[project] = this.readAt;
    }
    if (this.index && this.username) this.know(this.index, this.username);
  }

  async call<K extends CommandName>(name: K, ...input: unknown[]): Promise<Commands[K]["output"]> {
    this.calls.push({ name, input: input[0] });
    const delay = this.options.delay ?? 0;
    if (delay > 0 && name !== "check_publisher") await new Promise((go) => setTimeout(go, delay));
    const failure = this.failures.get(name)?.shift();
    if (failure) throw thrown(failure);
    const handler = this.#handlers[name] as (given: unknown) => Commands[K]["output"];
    const output = await handler(input[0]);
    if (CHANGING.has(name)) this.tell({ what: "app" });
    return output;
  }

  onChanged(handler: (changed: Changed) => void): void {
    this.#listeners.push(handler);
  }

  tell(changed: Changed): void {
    for (const listener of this.#listeners) listener(changed);
  }

  fail(name: CommandName, ...errors: IpcError[]): void {
    this.failures.set(name, errors);
  }

  called(name: CommandName): unknown[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.input);
  }

  addChange(
    project: string,
    action: ChangeView["action"],
    publisher: PublisherView,
    over: Partial<ChangeView> = {},
  ): ChangeView {
    const { id, ...words } = publisher;
    const change: ChangeView = {
      ...words,
      id: `c${this.#next}`,
      hash: `v1-${this.#next++}`,
      project,
      action,
      publisher_id: id || null,
      after: null,
      state: "waiting",
      reasons: [],
      field_errors: {},
      confirmed_at_ms: NOW,
      settled_at_ms: null,
      conflict: null,
      held_back: null,
      ...over,
    };
    this.bases.set(change.id, [...this.listed(project)]);
    this.changes.unshift(change);
    return { ...change };
  }

  /** An account that was signed in to, made if it is not known yet. */
  know(index: IndexView, username: string): FakeAccount {
    const found = this.accounts.find(
      (known) => known.index.key === index.key && known.username === username,
    );
    if (found) return found;
    const account = { id: this.accounts.length + 1, username, index, kept: nothingKept() };
    this.accounts.push(account);
    return account;
  }

  onScreen(): FakeAccount | undefined {
    const { index, username } = this;
    return index && username !== null ? this.know(index, username) : undefined;
  }

  /** Puts an account on screen, with what is kept of it and of no other. */
  enter(index: IndexView, username: string | null): void {
    const before = this.onScreen();
    if (before?.index.key === index.key && before.username === username) return;
    this.leave();
    this.index = index;
    this.username = username;
    Object.assign(this, this.onScreen()?.kept ?? nothingKept());
  }

  leave(): void {
    const before = this.onScreen();
    if (before) before.kept = keptOf(this);
    this.index = this.username = null;
  }

  endWindow(view: SignInView): void {
    this.window?.(view);
    this.window = null;
  }

  listed(project: string): PublisherView[] {
    return (this.publishers[project] ??= []);
  }

  mustBeOnline(): void {
    if (this.connection.state === "confirm_password")
      throw thrown({
        code: "confirm_password",
        message: "The index asks for your password again.",
      });
    if (this.connection.state !== "offline") return;
    const message = `${this.index?.host ?? "The index"} does not answer. Check the network and try again.`;
    throw thrown({ code: "offline", message });
  }
}
