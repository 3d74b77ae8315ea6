// The list: everything that the page can ask of the shell, once. It makes the handler and the
// contract that the page is typed by (commands/mod.rs, contract.rs), and the permissions (build.rs).
// `list_*`, `get_*`, `check_*`, `review_*`, `export_*` and `open_publishing` read the database;
// `queue_*` and the like write it;
// `sign_in*`, `sign_out`, `confirm_password`, `refresh_*` and `sync_*` use the network, and so does
// `delete_data`, which signs out.
commands! {
    get_app() -> AppView;
    choose_index(ChooseIndex) -> AppView;
    leave_index() -> AppView;
    get_demo_account() -> DemoAccountView;
    sign_in(SignInInput) -> SignInView;
    sign_in_with_code(SignInWithCode) -> SignInView;
    sign_in_with_recovery_code(SignInWithRecoveryCode) -> SignInView;
    confirm_device(ConfirmDevice) -> SignInView;
    sign_in_in_window(SignInInWindow) -> SignInView;
    sign_in_demo_account() -> SignInView;
    close_sign_in_window() -> ();
    cancel_sign_in() -> ();
    sign_out() -> AppView;
    list_accounts() -> AccountsView;
    use_account(OfAccount) -> AppView;
    forget_account(ForgetAccount) -> AppView;
    confirm_password(ConfirmPassword) -> ConfirmPasswordView;
    refresh_connection() -> AppView;
    list_projects() -> ProjectsView;
    refresh_projects() -> ProjectsView;
    open_publishing(OfProject) -> PublishingView;
    refresh_publishing(OfProject) -> PublishingView;
    check_publisher(TypedPublisher) -> CheckView;
    queue_add(TypedPublisher) -> QueueView;
    queue_remove(QueueRemove) -> ChangeView;
    sync_project(SyncReviewed) -> PublishingView;
    save_draft(SaveDraft) -> DraftSaved;
    park_draft(OfDraft) -> ();
    open_draft(OfDraft) -> ();
    discard_draft(OfDraft) -> ();
    restore_draft(OfDraft) -> ();
    list_drafts() -> DraftsView;
    review_changes() -> ReviewView;
    sync_changes(SyncChanges) -> ();
    refresh_everything() -> ();
    pause_work() -> ();
    resume_work() -> ();
    stop_work() -> ();
    get_work() -> WorkState;
    list_changes() -> ChangesView;
    discard_change(OfChange) -> ();
    retry_change(RetryChange) -> RetriedView;
    set_theme(SetTheme) -> ();
    set_forgets_session(SetForgetsSession) -> ();
    get_local_data() -> LocalDataView;
    export_data() -> Exported;
    delete_data() -> AppView;
    export_log() -> Exported;
    delete_log() -> ();
    reset_demo() -> AppView;
    open_folder(OpenFolder) -> ();
    open_link(OpenLink) -> ();
}
