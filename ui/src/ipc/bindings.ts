// Written by `cargo xtask bindings` from src-tauri/src/commands/list.rs. Do not edit.
export type AppView = { version: string, 
/**
 * None: first start, nothing is chosen.
 */
index: IndexView | null, 
/**
 * None: nobody has signed in there yet.
 */
username: string | null, connection: Connection, 
/**
 * When the list of projects was read.
 */
last_read_ms: number | null, 
/**
 * None: not read yet.
 */
project_count: number | null, change_count: number, 
/**
 * None: there is no session. "memory" must be said on screen.
 */
session_kept: SessionKept | null, theme: Theme, data_folder: string, };
export type ChangeAction = "add" | "remove";
export type ChangeState = "waiting" | "sending" | "checking" | "rejected" | "needs_you" | "done" | "discarded";
export type ChangeView = { id: string, project: string, action: ChangeAction, provider: Provider | null, provider_name: string, details: Array<DetailView>, subject: string, line: string, 
/**
 * The row that a removal is about, or under which an add is listed.
 */
publisher_id: string | null, state: ChangeState, 
/**
 * The index's words, or why a person must decide.
 */
reasons: Array<string>, 
/**
 * The index's words by field.
 */
field_errors: { [key in string]: Array<string> }, 
/**
 * What was typed, for editing an add that was refused.
 */
fields: { [key in string]: string }, confirmed_at_ms: number, settled_at_ms: number | null, };
export type Changed = { "what": "app" } | { "what": "projects" } | { "what": "publishing", project: string, } | { "what": "changes" };
export type ChangesView = { changes: Array<ChangeView>, };
export type CheckView = { errors: { [key in string]: Array<MessageView> }, warnings: { [key in string]: Array<MessageView> }, 
/**
 * What would be registered, in a line.
 */
preview: string | null, };
export type ChooseIndex = { index: IndexChoice, };
export type ConfirmPassword = { password: string, };
export type ConfirmPasswordView = { "outcome": "confirmed" } | { "outcome": "wrong_password", message: string, };
export type Connection = { "state": "not_checked" } | { "state": "online" } | { "state": "offline" } | { "state": "signed_out" } | { "state": "confirm_password" } | { "state": "waiting_for_quota", 
/**
 * Milliseconds since 1970, UTC.
 */
until_ms: number, } | { "state": "index_down" } | { "state": "not_the_index" } | { "state": "page_not_understood" };
export type DecideChange = { id: string, decision: Decision, };
export type Decision = "send_again" | "discard";
export type DemoAccountView = { username: string, password: string, code: string, code_valid_until_ms: number, };
export type DetailView = { label: string, 
/**
 * None reads (Any).
 */
value: string | null, 
/**
 * Whether the publisher's link leads to it.
 */
linked: boolean, };
export type DocsLink = "trusted_publishers" | "adding_a_publisher" | "using_a_publisher" | "security_model" | "troubleshooting" | "github_oidc" | "github_environments" | "gitlab_id_tokens" | "gitlab_environments" | "google_service_accounts" | "google_default_accounts" | "google_token_contents" | "activestate_pypi";
export type ElsewhereReason = "confirm_device" | "security_key_only";
export type IndexChoice = { "kind": "pypi" } | { "kind": "testpypi" } | { "kind": "demo" } | { "kind": "other", url: string, };
export type IndexView = { key: string, name: string, 
/**
 * What gets the password.
 */
host: string, origin: string, is_demo: boolean, };
export type IpcError = { "code": "invalid_index", message: string, } | { "code": "signed_out", message: string, } | { "code": "confirm_password", message: string, } | { "code": "offline", message: string, } | { "code": "index_down", message: string, } | { "code": "not_the_index", message: string, } | { "code": "page_not_understood", message: string, } | { "code": "waiting_for_quota", message: string, until_ms: number, } | { "code": "forbidden", message: string, } | { "code": "not_found", message: string, } | { "code": "database", message: string, path: string, } | { "code": "bug", message: string, };
export type LinkTarget = { "kind": "docs", link: DocsLink, } | { "kind": "project", project: string, page: ProjectPage, } | { "kind": "publisher", project: string, publisher_id: string, } | { "kind": "index" };
export type MessageView = { key: string, args: { [key in string]: string }, text: string, };
export type OfChange = { id: string, };
export type OfProject = { 
/**
 * The project's normalized name.
 */
project: string, };
export type OpenLink = { target: LinkTarget, };
export type ProjectDate = { kind: ProjectDateWord, at_ms: number, };
export type ProjectDateWord = "released" | "created";
export type ProjectPage = "releases" | "collaboration" | "history" | "publishing" | "settings" | "public";
export type ProjectView = { name: string, normalized_name: string, organization: string | null, sole_owner: boolean, date: ProjectDate | null, summary: string | null, archived: boolean, can_manage: boolean, has_page: boolean, 
/**
 * None: not read yet, never to be shown as none.
 */
publishers: Array<PublisherCount> | null, any_environment: boolean, change_count: number, };
export type ProjectsView = { 
/**
 * None: not read yet.
 */
read_at_ms: number | null, projects: Array<ProjectView>, };
export type Provider = "github" | "gitlab" | "google" | "activestate";
export type PublisherCount = { provider: Provider | null, name: string, count: number, };
export type PublisherView = { id: string, 
/**
 * None: the index lists it and this version does not know it.
 */
provider: Provider | null, provider_name: string, details: Array<DetailView>, 
/**
 * "release.yml in octo-org/sampleproject".
 */
subject: string, 
/**
 * The subject and what limits it.
 */
line: string, };
export type PublishingView = { project: ProjectView, 
/**
 * None: not read yet.
 */
read_at_ms: number | null, publishers: Array<PublisherView>, 
/**
 * Those whose life is not over, and those that the last reading showed to be done.
 */
changes: Array<ChangeView>, tabs: Array<TabView>, 
/**
 * What GitLab's form offers; never empty.
 */
gitlab_instances: Array<string>, };
export type QueueRemove = { project: string, publisher_id: string, };
export type QueueView = { "outcome": "queued", change: ChangeView, } | { "outcome": "invalid", check: CheckView, } | { "outcome": "already_listed" } | { "outcome": "already_waiting" };
export type SessionKept = "keyring" | "memory";
export type SetTheme = { theme: Theme, };
export type SignInField = "username" | "password" | "code";
export type SignInInput = { username: string, password: string, };
export type SignInView = { "step": "code" } | { "step": "refused", field: SignInField | null, messages: Array<string>, start_again: boolean, } | { "step": "elsewhere", reason: ElsewhereReason, message: string, } | { "step": "signed_in", app: AppView, };
export type SignInWithCode = { code: string, };
export type TabView = { provider: Provider, name: string, 
/**
 * False: the index switched it off.
 */
enabled: boolean, };
export type Theme = "system" | "light" | "dark";
export type TypedPublisher = { project: string, provider: Provider, fields: { [key in string]: string }, };
export interface Commands {
  get_app: { output: AppView };
  choose_index: { input: ChooseIndex; output: AppView };
  leave_index: { output: AppView };
  get_demo_account: { output: DemoAccountView };
  sign_in: { input: SignInInput; output: SignInView };
  sign_in_with_code: { input: SignInWithCode; output: SignInView };
  sign_in_demo_account: { output: SignInView };
  cancel_sign_in: { output: null };
  sign_out: { output: AppView };
  confirm_password: { input: ConfirmPassword; output: ConfirmPasswordView };
  refresh_connection: { output: AppView };
  list_projects: { output: ProjectsView };
  refresh_projects: { output: ProjectsView };
  open_publishing: { input: OfProject; output: PublishingView };
  refresh_publishing: { input: OfProject; output: PublishingView };
  check_publisher: { input: TypedPublisher; output: CheckView };
  queue_add: { input: TypedPublisher; output: QueueView };
  queue_remove: { input: QueueRemove; output: ChangeView };
  sync_change: { input: OfChange; output: PublishingView };
  sync_project: { input: OfProject; output: PublishingView };
  list_changes: { output: ChangesView };
  discard_change: { input: OfChange; output: null };
  decide_change: { input: DecideChange; output: null };
  set_theme: { input: SetTheme; output: null };
  open_link: { input: OpenLink; output: null };
}
