// An in-memory shell for unit tests and for looking at the screens in a browser. Never shipped.
import type {
  AppView,
  Changed,
  ChangeView,
  Commands,
  Connection,
  IndexChoice,
  IndexView,
  IpcError,
  ProjectView,
  PublisherView,
  PublishingView,
  SessionKept,
} from "./bindings";
import type { CommandName, Shell } from "./call";
import { fieldsOf, githubPublisher, NOW, seedProjects, seedPublishers } from "./fake-seed";
import { fakeVerdict } from "./fake-verdict";

export const DEMO_ACCOUNT = { username: "demo", password: "demo-password", code: "314159" };

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

const INDEXES: Record<string, IndexView> = {
  pypi: index("pypi", "PyPI", "pypi.org", false),
  testpypi: index("testpypi", "TestPyPI", "test.pypi.org", false),
  demo: index("demo", "Demo index", "127.0.0.1:42173", true),
};

function index(key: string, name: string, host: string, is_demo: boolean): IndexView {
  return { key, name, host, origin: `${is_demo ? "http" : "https"}://${host}`, is_demo };
}

/** Commands after which the shell tells the screen that counts and times have changed. */
const CHANGING = new Set<CommandName>([
  "queue_add",
  "queue_remove",
  "sync_change",
  "sync_project",
  "discard_change",
  "decide_change",
  "refresh_projects",
  "refresh_publishing",
]);

type Handlers = {
  [K in CommandName]: (
    input: Commands[K] extends { input: infer I } ? I : undefined,
  ) => Commands[K]["output"];
};

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
  changes: ChangeView[] = [];
  readAt: number | null;
  publishingReadAt: Record<string, number> = {};
  theme: AppView["theme"];
  sessionKept: SessionKept;
  #listeners: ((changed: Changed) => void)[] = [];
  #next = 1;

  constructor(private readonly options: FakeOptions = {}) {
    this.index =
      options.index === undefined ? (INDEXES["demo"] ?? null) : this.#known(options.index);
    this.username = options.username === undefined ? "demo" : options.username;
    this.projects = options.projects ?? seedProjects();
    this.publishers = seedPublishers();
    this.readAt = options.read === false ? null : NOW - 120_000;
    this.theme = options.theme ?? "system";
    this.sessionKept = options.sessionKept ?? "keyring";
    if (this.readAt !== null) {
      for (const project of ["sampleproject", "octo-http", "octo-legacy", "octo-cli"])
        this.publishingReadAt[project] = this.readAt;
    }
  }

  async call<K extends CommandName>(name: K, ...input: unknown[]): Promise<Commands[K]["output"]> {
    this.calls.push({ name, input: input[0] });
    const delay = this.options.delay ?? 0;
    if (delay > 0 && name !== "check_publisher") await new Promise((go) => setTimeout(go, delay));
    const failure = this.failures.get(name)?.shift();
    // The shell rejects with a plain object, not with an Error.
    if (failure) throw failure as unknown as Error;
    const output = (this.#handlers[name] as (given: unknown) => Commands[K]["output"])(input[0]);
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

  readonly #handlers: Handlers = {
    get_app: () => this.app(),
    choose_index: ({ index }) => {
      this.index = this.#chosen(index);
      return this.app();
    },
    leave_index: () => {
      this.index = null;
      return this.app();
    },
    get_demo_account: () => ({ ...DEMO_ACCOUNT, code_valid_until_ms: Date.now() + 21_000 }),
    sign_in: ({ username, password }) => {
      if (username !== DEMO_ACCOUNT.username)
        return refused("username", "No user found with that username");
      if (password !== DEMO_ACCOUNT.password)
        return refused("password", "The password is invalid. Try again.");
      return { step: "code" };
    },
    sign_in_with_code: ({ code }) =>
      code === DEMO_ACCOUNT.code ? this.#signedIn() : refused("code", "Invalid TOTP code."),
    sign_in_demo_account: () => this.#signedIn(),
    cancel_sign_in: () => null,
    sign_out: () => {
      this.username = null;
      this.connection = { state: "signed_out" };
      return this.app();
    },
    confirm_password: ({ password }) =>
      password === DEMO_ACCOUNT.password
        ? { outcome: "confirmed" }
        : { outcome: "wrong_password", message: "The password is invalid. Try again." },
    refresh_connection: () => this.app(),
    list_projects: () => this.#projectsView(),
    refresh_projects: () => {
      this.#mustBeOnline();
      this.readAt = Date.now();
      return this.#projectsView();
    },
    open_publishing: ({ project }) => this.publishing(project),
    refresh_publishing: ({ project }) => {
      this.#mustBeOnline();
      this.publishingReadAt[project] = Date.now();
      return this.publishing(project);
    },
    check_publisher: ({ fields }) => fakeVerdict(fields),
    queue_add: ({ project, fields }) => {
      const check = fakeVerdict(fields);
      if (!check.preview) return { outcome: "invalid", check };
      if (this.#listed(project).some(({ line }) => line === check.preview))
        return { outcome: "already_listed" };
      const publisher = githubPublisher("", fields);
      return { outcome: "queued", change: this.addChange(project, "add", publisher) };
    },
    queue_remove: ({ project, publisher_id }) => {
      const publisher = this.#listed(project).find(({ id }) => id === publisher_id);
      if (!publisher) throw { code: "not_found", message: "No such publisher" } as unknown as Error;
      return this.addChange(project, "remove", publisher);
    },
    sync_change: ({ id }) => {
      const change = this.changes.find((each) => each.id === id);
      return this.#sync(change?.project ?? "", change ? [change] : []);
    },
    sync_project: ({ project }) =>
      this.#sync(
        project,
        this.changes.filter((change) => change.project === project),
      ),
    list_changes: () => ({ changes: this.changes.filter(({ state }) => state !== "done") }),
    discard_change: ({ id }) => this.#drop(id),
    decide_change: ({ id, decision }) => {
      if (decision === "discard") return this.#drop(id);
      const change = this.changes.find((each) => each.id === id);
      if (change) change.state = "waiting";
      return null;
    },
    set_theme: ({ theme }) => {
      this.theme = theme;
      return null;
    },
    open_link: () => null,
  };

  app(): AppView {
    const read = this.readAt !== null;
    return {
      version: "0.1.0",
      index: this.index,
      username: this.username,
      connection: this.connection,
      last_read_ms: this.readAt,
      project_count: read ? this.projects.length : null,
      change_count: this.changes.filter(({ state }) => state !== "done").length,
      session_kept: this.username ? this.sessionKept : null,
      theme: this.theme,
      data_folder: "/home/demo/.local/share/trustdesk",
    };
  }

  publishing(name: string): PublishingView {
    const readAt = this.publishingReadAt[name] ?? null;
    const project = this.#projectsView().projects.find((each) => each.normalized_name === name);
    if (!project) throw { code: "not_found", message: "No such project" } as unknown as Error;
    return {
      project,
      read_at_ms: readAt,
      publishers: readAt === null ? [] : this.#listed(name),
      changes: this.changes
        .filter((change) => change.project === name)
        .map((each) => ({ ...each })),
      tabs: [
        { provider: "github", name: "GitHub Actions", enabled: true },
        { provider: "gitlab", name: "GitLab CI/CD", enabled: true },
      ],
    };
  }

  addChange(
    project: string,
    action: ChangeView["action"],
    publisher: PublisherView,
    over: Partial<ChangeView> = {},
  ): ChangeView {
    const change: ChangeView = {
      id: `c${this.#next++}`,
      project,
      action,
      provider: publisher.provider,
      provider_name: publisher.provider_name,
      details: publisher.details,
      subject: publisher.subject,
      line: publisher.line,
      fields: fieldsOf(publisher),
      publisher_id: publisher.id || null,
      state: "waiting",
      reasons: [],
      field_errors: {},
      confirmed_at_ms: NOW,
      settled_at_ms: null,
      ...over,
    };
    this.changes.unshift(change);
    return { ...change };
  }

  #sync(project: string, changes: ChangeView[]): PublishingView {
    this.#mustBeOnline();
    for (const change of changes) this.#settle(change);
    this.publishingReadAt[project] = Date.now();
    return this.publishing(project);
  }

  /** What the index does with a waiting change: the owner "ghost" is unknown to it. */
  #settle(change: ChangeView): void {
    if (change.state !== "waiting") return;
    const owner = change.details[0]?.value?.split("/")[0];
    if (change.action === "add" && owner === "ghost") {
      change.state = "rejected";
      change.reasons = ["Unknown GitHub user or organization."];
      change.field_errors = { owner: change.reasons };
      return;
    }
    const listed = this.#listed(change.project);
    if (change.action === "add") {
      change.publisher_id = `0192-${change.id}`;
      const { provider, provider_name, details, subject, line } = change;
      listed.push({ id: change.publisher_id, provider, provider_name, details, subject, line });
    } else {
      this.publishers[change.project] = listed.filter(({ id }) => id !== change.publisher_id);
    }
    change.state = "done";
    change.settled_at_ms = NOW;
  }

  #listed(project: string): PublisherView[] {
    return (this.publishers[project] ??= []);
  }

  #projectsView() {
    const projects = this.readAt === null ? [] : this.projects.map((each) => this.#counted(each));
    return { read_at_ms: this.readAt, projects };
  }

  #counted(project: ProjectView): ProjectView {
    const name = project.normalized_name;
    const open = this.changes.filter((each) => each.project === name && each.state !== "done");
    const counted = { ...project, change_count: open.length };
    if (this.publishingReadAt[name] === undefined) return counted;
    const listed = this.#listed(name);
    const github = { provider: "github" as const, name: "GitHub", count: listed.length };
    counted.publishers = listed.length ? [github] : [];
    counted.any_environment = listed.some(({ details }) => details[2]?.value === null);
    return counted;
  }

  #mustBeOnline(): void {
    if (this.connection.state !== "offline") return;
    const message = `${this.index?.host ?? "The index"} does not answer. Check the network and try again.`;
    throw { code: "offline", message } as unknown as Error;
  }

  #signedIn() {
    this.username = DEMO_ACCOUNT.username;
    this.connection = { state: "online" };
    return { step: "signed_in" as const, app: this.app() };
  }

  #drop(id: string): null {
    this.changes = this.changes.filter((change) => change.id !== id);
    return null;
  }

  #known(key: string | null): IndexView | null {
    return key === null ? null : (INDEXES[key] ?? null);
  }

  #chosen(choice: IndexChoice): IndexView {
    if (choice.kind !== "other") return INDEXES[choice.kind] as IndexView;
    if (!choice.url.startsWith("https://"))
      throw {
        code: "invalid_index",
        message:
          "Only https addresses can be used; http only for an index on this computer (127.0.0.1).",
      } as unknown as Error;
    const host = new URL(choice.url).host;
    return index(choice.url, host, host, false);
  }
}

function refused(field: "username" | "password" | "code", message: string) {
  return { step: "refused" as const, field, messages: [message], start_again: false };
}

/** `?index=pypi&signed=0&offline=1&…` in the address bar of a browser. */
export function fakeFromAddress(search: string): Fake {
  const query = new URLSearchParams(search);
  const index = query.get("index");
  const fake = new Fake({
    index: index === "none" ? null : index === "pypi" ? "pypi" : "demo",
    username: query.get("signed") === "0" ? null : "demo",
    read: query.get("read") !== "0",
    delay: Number(query.get("delay") ?? 40),
    sessionKept: query.get("memory") ? "memory" : "keyring",
    theme: query.get("theme") === "dark" ? "dark" : "system",
    ...(query.get("projects") === "0" ? { projects: [] } : {}),
  });
  if (query.get("offline")) fake.connection = { state: "offline" };
  const fail = query.get("fail");
  if (fail === "database")
    fake.fail("get_app", {
      code: "database",
      message: "The file is not a database, or a newer Trustdesk has written it.",
      path: "/home/demo/.local/share/trustdesk/trustdesk.sqlite3",
    });
  if (fail === "password")
    fake.fail("refresh_publishing", {
      code: "confirm_password",
      message: "The index asks for your password again.",
    });
  if (query.get("changes")) seedChanges(fake);
  return fake;
}

/** One change in every state. */
export function seedChanges(fake: Fake): void {
  const at = (repository: string, environment = "pypi", owner = "octo-org") =>
    githubPublisher("", { owner, repository, workflow_filename: "release.yml", environment });
  fake.addChange("octo-cli", "add", at("octo-cli"), { state: "checking" });
  fake.addChange("octo-http", "add", at("octo-http", "", "octo-orgg"), {
    state: "rejected",
    reasons: ["Unknown GitHub user or organization."],
    field_errors: { owner: ["Unknown GitHub user or organization."] },
  });
  fake.addChange("sampleproject", "add", at("sampleproject-docs"), {
    state: "needs_you",
    reasons: ["The index answered, but does not list this publisher."],
  });
  fake.addChange("sampleproject", "add", at("sampleproject"));
  const [listed] = fake.publishers["sampleproject"]?.slice(1) ?? [];
  if (listed) fake.addChange("sampleproject", "remove", listed);
}
