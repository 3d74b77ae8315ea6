//! Passwords, codes, links and cookies are in no file and in no debug text.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use secrecy::{ExposeSecret, SecretString};
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry, fmt};
use trustdesk_core::index::Session;
use trustdesk_core::secrets::{KeptCookies, SecretName, Secrets};
use trustdesk_core::sync::{PasswordConfirmed, SignInStep};
use trustdesk_demo_index::{PASSWORD, USERNAME, current_code};
use trustdesk_domain::IndexKey;
use trustdesk_tests::desk::{self, Desk, PROJECT, release_workflow};
use trustdesk_tests::sends::ReviewAndSend as _;

const WRONG_PASSWORD: &str = "marker-of-a-wrong-password";
const WRONG_CODE: &str = "marker-of-a-wrong-code";
const WRONG_RECOVERY_CODE: &str = "feedfacefeedface";
const LINK: &str = "marker-of-a-mailed-link";

/// The files of a folder that hold a text.
fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let holds = |bytes: &[u8]| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    let entries = fs::read_dir(folder).expect("the data folder is listed");
    entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| holds(&fs::read(path).expect("readable")))
        .map(|path| path.file_name().expect("a name").to_string_lossy().into_owned())
        .collect()
}

async fn kept(desk: &Desk) -> KeptCookies {
    let index_key = IndexKey("demo".to_owned());
    let name = SecretName { index_key, username: USERNAME.to_owned() };
    let (cookies, _) = desk.secrets.load(&name).await.found().expect("signed in");
    cookies
}

async fn cookie(desk: &Desk) -> String {
    kept(desk).await.session.expect("signed in").expose_secret().to_owned()
}

async fn remembered_device(desk: &Desk) -> String {
    kept(desk).await.remembered_device.expect("wanted").expose_secret().to_owned()
}

/// What the rooms of the core log, whatever its weight.
#[derive(Clone, Default)]
struct Logged(Arc<Mutex<Vec<u8>>>);

impl Logged {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("not poisoned").clone()).expect("text")
    }

    fn listen(&self) -> DefaultGuard {
        let logged = self.clone();
        let lines = fmt::layer().with_ansi(false).with_writer(move || logged.clone());
        let own_rooms = Targets::new().with_target("trustdesk", LevelFilter::TRACE);
        Registry::default().with(lines.with_filter(own_rooms)).set_default()
    }
}

impl Write for Logged {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("not poisoned").write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_secret_is_in_any_file_nor_in_the_log_after_a_whole_journey() {
    let logged = Logged::default();
    let _listening = logged.listen();
    let (index, desk) = desk::signed_in().await;
    let mut secrets = vec![
        PASSWORD.to_owned(),
        current_code(desk.time.now_ms()).code,
        WRONG_PASSWORD.to_owned(),
        WRONG_CODE.to_owned(),
        cookie(&desk).await,
    ];
    desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("sent");
    secrets.push(cookie(&desk).await);
    index.make_reauth_needed();
    desk.engine.sync_project(PROJECT).await.expect_err("the index asks back");
    let wrong = SecretString::from(WRONG_PASSWORD);
    let confirmed = desk.engine.confirm_password(&wrong).await.expect("the index answers");
    assert_eq!(confirmed, PasswordConfirmed::Wrong(9));
    index.expire_sessions();
    desk.engine.refresh_projects().await.expect_err("nobody is signed in");
    desk.engine.sign_in(USERNAME, &wrong).await.expect("the index answers");
    let step = desk.engine.sign_in(USERNAME, &SecretString::from(PASSWORD)).await;
    assert!(matches!(step.expect("the index answers"), SignInStep::SecondFactor(_)));
    let step = desk.engine.sign_in_with_code(&SecretString::from(WRONG_CODE), false).await;
    assert!(matches!(step.expect("judged"), SignInStep::CodeRefused(_)));
    let recovery_code = SecretString::from(WRONG_RECOVERY_CODE);
    let step = desk.engine.sign_in_with_recovery_code(&recovery_code).await;
    assert!(matches!(step.expect("the index answers"), SignInStep::RecoveryCodeRefused(_)));
    let link = format!("{}account/confirm-login/?token={LINK}", index.origin());
    let step = desk.engine.confirm_device(&link).await.expect("the index answers");
    assert!(matches!(step, SignInStep::StartAgain(_)), "{step:?}");
    secrets.extend([WRONG_RECOVERY_CODE.to_owned(), LINK.to_owned()]);
    desk.engine.sign_in(USERNAME, &SecretString::from(PASSWORD)).await.expect("answered");
    let code = SecretString::from(current_code(desk.time.now_ms()).code);
    let step = desk.engine.sign_in_with_code(&code, true).await.expect("the index answers");
    assert!(matches!(step, SignInStep::SignedIn(..)), "{step:?}");
    secrets.push(cookie(&desk).await);
    secrets.push(remembered_device(&desk).await);

    let look = |when: &str| {
        for secret in &secrets {
            assert!(!secret.is_empty());
            let files = files_with(desk.folder(), secret);
            assert_eq!(files, Vec::<String>::new(), "{when}: a secret is in a file");
        }
    };
    let log = logged.text();
    for secret in &secrets {
        assert!(!log.contains(secret), "a secret is in the log");
    }
    assert!(log.contains("/account/two-factor/"), "the journey was logged: {log}");
    assert!(!log.contains('?'), "the token of a sign-in stands behind the question mark: {log}");
    look("while the database is open, its journal included");
    desk.engine.store().close().await;
    look("after the database was closed");
    assert_eq!(
        files_with(desk.folder(), "release.yml"),
        ["trustdesk.sqlite3"],
        "what is kept is found, or this test would be green for nothing"
    );
}

#[tokio::test]
async fn what_can_be_printed_says_nothing_of_a_secret() {
    let (_index, desk) = desk::signed_in().await;
    let cookie = cookie(&desk).await;
    let password = SecretString::from(PASSWORD);
    let session = Session::from_cookie(SecretString::from(cookie.as_str()));
    let screen = desk.engine.screen().await.expect("reads");
    let refused = desk.engine.sign_in(USERNAME, &SecretString::from(WRONG_PASSWORD)).await;
    let printed = format!("{session:?} {password:?} {screen:?} {refused:?}");
    for secret in [cookie.as_str(), PASSWORD, WRONG_PASSWORD] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
