// Written by `cargo xtask bindings` from src-tauri/src/commands/list.rs. Do not edit.
export type AccountNeedView = "verified_email" | "second_factor";
export type AccountPage = "account" | "two_factor" | "reset_password" | "terms";
export type AccountView = { id: number, username: string, index: IndexView, on_screen: boolean, 
/**
 * When its list of projects was read.
 */
last_read_ms: number | null, open_changes: number, drafts: number, };
export type AccountsView = { 
/**
 * The one that was signed in to first first.
 */
accounts: Array<AccountView>, };
export type AppView = { version: string, 
/**
 * None: first start, nothing is chosen.
 */
index: IndexView | null, 
/**
 * The chosen index is stored under an address that is not its own, and was not used: what to say
 * of that.
 */
wrong_address: string | null, 
/**
 * The proxy through which the index is asked, as HOST:PORT; none: it is asked directly.
 */
proxy: string | null, 
/**
 * None: nobody has signed in there yet.
 */
username: string | null, connection: Connection, 
/**
 * Until when the index takes the password as confirmed; none: nobody knows.
 */
confirmed_until_ms: number | null, 
/**
 * When the session ends unless it is used before; none: nobody knows.
 */
session_ends_ms: number | null, 
/**
 * Whether the index knows this device again, so that the password alone signs in.
 */
remembers_device: boolean, 
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
session_kept: SessionKept | null, keyring: Keyring, theme: Theme, 
/**
 * Whether sessions are kept in memory only and end with the program. None: what was chosen cannot
 * be read, so that they are.
 */
forgets_session: boolean | null, data_folder: string, 
/**
 * What became of a damaged database when it was opened; none: it was sound.
 */
recovery: RecoveryView | null, 
/**
 * Whether the data folder cannot be written: then nothing can be saved.
 */
is_read_only: boolean, data_place: PlaceView, 
/**
 * Who else on this computer can use the data folder; none: nobody, or it cannot be told.
 */
data_exposure: ExposureView | null, };
export type ChangeAction = "add" | "remove";
export type ChangeState = "waiting" | "sending" | "checking" | "rejected" | "needs_you" | "done" | "discarded";
export type ChangeView = { id: string, 
/**
 * Of all that is shown here and would be sent.
 */
hash: string, project: string, action: ChangeAction, provider: Provider | null, provider_name: string, details: Array<DetailView>, subject: string, line: string, 
/**
 * The row that a removal is about, or under which an add is listed.
 */
publisher_id: string | null, 
/**
 * The add that must be listed before this removal is sent: together they replace a publisher.
 */
after: string | null, 
/**
 * Only of one that needs a person because others changed the project's publishers.
 */
conflict: ConflictView | null, 
/**
 * Why it would not be sent now; none: nothing is known to hold it back.
 */
held_back: HeldBackView | null, state: ChangeState, 
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
export type Changed = { "what": "app" } | { "what": "projects" } | { "what": "publishing", project: string, } | { "what": "changes" } | { "what": "drafts" } | { "what": "work" } | { "what": "elsewhere" };
export type ChangesView = { changes: Array<ChangeView>, };
export type CheckView = { errors: { [key in string]: Array<MessageView> }, warnings: { [key in string]: Array<MessageView> }, 
/**
 * What would be registered, in a line.
 */
preview: string | null, };
export type ChooseIndex = { index: IndexChoice, };
export type ConfirmDevice = { 
/**
 * The link that the index has mailed, as pasted.
 */
link: string, };
export type ConfirmPassword = { password: string, };
export type ConfirmPasswordView = { "outcome": "confirmed" } | { "outcome": "already_confirmed" } | { "outcome": "wrong_password", tries_left: number, } | { "outcome": "locked_out", until_ms: number, };
export type ConflictView = { 
/**
 * The list when it was confirmed.
 */
base: Array<string>, added: Array<string>, removed: Array<string>, };
export type Connection = { "state": "not_checked" } | { "state": "online" } | { "state": "offline" } | { "state": "signed_out" } | { "state": "confirm_password" } | { "state": "waiting_for_quota", 
/**
 * Milliseconds since 1970, UTC.
 */
until_ms: number, } | { "state": "index_down" } | { "state": "not_the_index" } | { "state": "page_not_understood" } | { "state": "read_only" } | { "state": "publishing_disabled" };
export type DemoAccountView = { username: string, 
/**
 * Every account's.
 */
password: string, 
/**
 * Of every account's authenticator.
 */
code: string, code_valid_until_ms: number, 
/**
 * Of every account that has some; each works once.
 */
recovery_codes: Array<string>, 
/**
 * The other accounts, each in a state of its own.
 */
others: Array<DemoUserView>, 
/**
 * The link in the newest mail of the demo index that has one; none if it runs elsewhere too.
 */
mailed_link: string | null, };
export type DemoUserView = { username: string, purpose: string, };
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
export type DraftSaved = { saved_at_ms: number, };
export type DraftView = { id: string, project: string, provider: Provider, fields: { [key in string]: string }, replaces: string | null, edits: string | null, 
/**
 * Whether it stands in the form of its project and provider.
 */
open: boolean, saved_at_ms: number, 
/**
 * What it would register; none: it is not complete yet.
 */
line: string | null, };
export type DraftsView = { drafts: Array<DraftView>, };
export type Exported = { 
/**
 * The new file.
 */
path: string, };
export type ExposureView = "readable" | "writable";
export type FailedProject = { project: string, message: string, };
export type Folder = "data" | "logs";
export type ForgetAccount = { id: number, 
/**
 * Its drafts, changes and what was read of it too.
 */
with_data: boolean, };
export type HeldBackView = { "reason": "provider_off", provider: string, } | { "reason": "replacement_not_listed", change: string, } | { "reason": "asked_already", change: string, } | { "reason": "sent_before", until_ms: number, } | { "reason": "limit", until_ms: number, } | { "reason": "outcome_unknown", until_ms: number, };
export type IndexChoice = { "kind": "pypi" } | { "kind": "testpypi" } | { "kind": "demo" } | { "kind": "other", url: string, };
export type IndexView = { key: string, name: string, 
/**
 * What gets the password.
 */
host: string, origin: string, is_demo: boolean, };
export type IpcError = { "code": "invalid_index", message: string, } | { "code": "signed_out", message: string, } | { "code": "confirm_password", message: string, } | { "code": "offline", message: string, } | { "code": "index_down", message: string, } | { "code": "not_the_index", message: string, } | { "code": "page_not_understood", message: string, } | { "code": "outcome_unknown", message: string, } | { "code": "index_read_only", message: string, } | { "code": "publishing_disabled", message: string, } | { "code": "waiting_for_quota", message: string, until_ms: number, } | { "code": "forbidden", message: string, } | { "code": "account_not_ready", message: string, need: AccountNeedView, } | { "code": "too_many", message: string, until_ms: number, } | { "code": "someone_else", message: string, } | { "code": "not_found", message: string, } | { "code": "database", message: string, path: string, } | { "code": "not_saved", message: string, } | { "code": "disk_full", message: string, } | { "code": "read_only", message: string, } | { "code": "busy", message: string, } | { "code": "changed_since_review", message: string, changes: Array<string>, } | { "code": "bug", message: string, };
export type Keyring = { 
/**
 * What its last answer was.
 */
state: KeyringState, 
/**
 * Whether something that was to be deleted may still be in it.
 */
left_behind: boolean, };
export type KeyringState = "ready" | "waiting" | "locked" | "missing";
export type LinkTarget = { "kind": "docs", link: DocsLink, } | { "kind": "project", project: string, page: ProjectPage, } | { "kind": "publisher", project: string, publisher_id: string, } | { "kind": "prefilled", project: string, provider: Provider, fields: { [key in string]: string }, } | { "kind": "account", page: AccountPage, } | { "kind": "index" };
export type LocalDataView = { accounts: number, projects: number, drafts: number, open_changes: number, };
export type MessageView = { key: string, args: { [key in string]: string }, text: string, };
export type OfAccount = { id: number, };
export type OfChange = { id: string, };
export type OfDraft = { id: string, };
export type OfProject = { 
/**
 * The project's normalized name.
 */
project: string, };
export type OpenFolder = { folder: Folder, };
export type OpenLink = { target: LinkTarget, };
export type PlaceView = { "place": "here" } | { "place": "network", file_system: string, } | { "place": "synced", by: string, };
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
line: string, 
/**
 * What its form is filled with when it is replaced; nothing for an unknown provider.
 */
fields: { [key in string]: string }, };
export type PublishingView = { project: ProjectView, 
/**
 * None: not read yet.
 */
read_at_ms: number | null, publishers: Array<PublisherView>, 
/**
 * The one saved first first.
 */
drafts: Array<DraftView>, 
/**
 * Those whose life is not over, and those that the last reading showed to be done.
 */
changes: Array<ChangeView>, tabs: Array<TabView>, 
/**
 * What GitLab's form offers; never empty.
 */
gitlab_instances: Array<string>, };
export type QueueRemove = { project: string, publisher_id: string, };
export type QueueView = { "outcome": "queued", change: ChangeView, removals: Array<ChangeView>, } | { "outcome": "invalid", check: CheckView, } | { "outcome": "already_listed" } | { "outcome": "already_waiting" } | { "outcome": "replaced_gone" };
export type RecoveryView = { 
/**
 * The folder with the damaged files.
 */
kept_aside: string, drafts: number, changes: number, 
/**
 * Rows that made no sense any more.
 */
unreadable: number, 
/**
 * What was in it that Trustdesk never puts there, such as a trigger; empty: it was damaged.
 */
altered: Array<string>, };
export type RetriedView = { 
/**
 * What the person decided to send, with the removal that comes after it.
 */
to_send: Array<ReviewedChange>, };
export type RetryChange = { 
/**
 * As it was shown when the person decided to send it again.
 */
change: ReviewedChange, };
export type ReviewView = { 
/**
 * All that wait, in the order in which they would be sent.
 */
changes: Array<ChangeView>, 
/**
 * How many of them nothing is known to hold back.
 */
can_be_sent: number, adds: number, removes: number, projects: number, 
/**
 * Adds sent from here; the index may have counted more.
 */
sent_in_24h: number, 
/**
 * Adds that the index takes in 24 hours.
 */
limit: number, 
/**
 * When the adds that do not fit any more can begin to go; none: all of them fit.
 */
rest_from_ms: number | null, };
export type ReviewedChange = { id: string, hash: string, };
export type SaveDraft = { 
/**
 * A UUID that the page makes, so that saving twice is saving once.
 */
id: string, project: string, provider: Provider, fields: { [key in string]: string }, 
/**
 * The row of the listed publisher that is to be replaced.
 */
replaces: string | null, 
/**
 * The change that is to be given up for this.
 */
edits: string | null, };
export type SessionKept = "keyring" | "memory" | "this_run";
export type SetForgetsSession = { on: boolean, };
export type SetTheme = { theme: Theme, };
export type SignInField = "username" | "password" | "code" | "recovery_code" | "link";
export type SignInInWindow = { 
/**
 * What was typed into our own form; empty: whoever signs in is meant.
 */
username: string, };
export type SignInInput = { username: string, password: string, };
export type SignInView = { "step": "second_factor", code: boolean, recovery_code: boolean, security_key: boolean, } | { "step": "refused", field: SignInField | null, messages: Array<string>, 
/**
 * User name and password must be given again.
 */
start_again: boolean, } | { "step": "confirm_device" } | { "step": "cancelled" } | { "step": "signed_in", app: AppView, 
/**
 * What the index says once, in its words.
 */
messages: Array<string>, };
export type SignInWithCode = { code: string, 
/**
 * For 30 days the password alone signs in from this computer then.
 */
remember_device: boolean, };
export type SignInWithRecoveryCode = { code: string, };
export type SyncChanges = { 
/**
 * The changes as they were reviewed. No other is sent.
 */
changes: Array<ReviewedChange>, };
export type SyncReviewed = { project: string, 
/**
 * The changes as they were shown. No other is sent.
 */
changes: Array<ReviewedChange>, };
export type TabView = { provider: Provider, name: string, 
/**
 * False: the index switched it off.
 */
enabled: boolean, };
export type Theme = "system" | "light" | "dark";
export type TypedPublisher = { project: string, provider: Provider, fields: { [key in string]: string }, 
/**
 * The row of the listed publisher that is removed once this one is listed.
 */
replaces: string | null, 
/**
 * The change that is given up for this one.
 */
edits: string | null, 
/**
 * The draft that becomes the change, if one was saved.
 */
draft: string | null, };
export type WorkKind = "refresh" | "send";
export type WorkState = { 
/**
 * None: there was none in this run.
 */
work: WorkView | null, };
export type WorkView = { kind: WorkKind, 
/**
 * Projects; 0: not known yet.
 */
total: number, done: number, 
/**
 * The project at hand.
 */
now: string | null, running: boolean, 
/**
 * Whether a person wanted it to stop.
 */
stopped: boolean, 
/**
 * Whether it is to begin no further request until it is resumed.
 */
paused: boolean, 
/**
 * Whether what was on its way when it was paused has ended.
 */
at_rest: boolean, 
/**
 * The closed gate because of which it is paused.
 */
gate: IpcError | null, failed: Array<FailedProject>, 
/**
 * The changes that were asked for, when sending.
 */
sent: Array<string>, 
/**
 * The gate that ended it.
 */
error: IpcError | null, };
export interface Commands {
  get_app: { output: AppView };
  choose_index: { input: ChooseIndex; output: AppView };
  leave_index: { output: AppView };
  get_demo_account: { output: DemoAccountView };
  sign_in: { input: SignInInput; output: SignInView };
  sign_in_with_code: { input: SignInWithCode; output: SignInView };
  sign_in_with_recovery_code: { input: SignInWithRecoveryCode; output: SignInView };
  confirm_device: { input: ConfirmDevice; output: SignInView };
  sign_in_in_window: { input: SignInInWindow; output: SignInView };
  sign_in_demo_account: { output: SignInView };
  close_sign_in_window: { output: null };
  cancel_sign_in: { output: null };
  sign_out: { output: AppView };
  list_accounts: { output: AccountsView };
  use_account: { input: OfAccount; output: AppView };
  forget_account: { input: ForgetAccount; output: AppView };
  confirm_password: { input: ConfirmPassword; output: ConfirmPasswordView };
  refresh_connection: { output: AppView };
  list_projects: { output: ProjectsView };
  refresh_projects: { output: ProjectsView };
  open_publishing: { input: OfProject; output: PublishingView };
  refresh_publishing: { input: OfProject; output: PublishingView };
  check_publisher: { input: TypedPublisher; output: CheckView };
  queue_add: { input: TypedPublisher; output: QueueView };
  queue_remove: { input: QueueRemove; output: ChangeView };
  sync_project: { input: SyncReviewed; output: PublishingView };
  save_draft: { input: SaveDraft; output: DraftSaved };
  park_draft: { input: OfDraft; output: null };
  open_draft: { input: OfDraft; output: null };
  discard_draft: { input: OfDraft; output: null };
  restore_draft: { input: OfDraft; output: null };
  list_drafts: { output: DraftsView };
  review_changes: { output: ReviewView };
  sync_changes: { input: SyncChanges; output: null };
  refresh_everything: { output: null };
  pause_work: { output: null };
  resume_work: { output: null };
  stop_work: { output: null };
  get_work: { output: WorkState };
  list_changes: { output: ChangesView };
  discard_change: { input: OfChange; output: null };
  retry_change: { input: RetryChange; output: RetriedView };
  set_theme: { input: SetTheme; output: null };
  set_forgets_session: { input: SetForgetsSession; output: null };
  get_local_data: { output: LocalDataView };
  export_data: { output: Exported };
  delete_data: { output: AppView };
  export_log: { output: Exported };
  delete_log: { output: null };
  reset_demo: { output: AppView };
  open_folder: { input: OpenFolder; output: null };
  open_link: { input: OpenLink; output: null };
}
