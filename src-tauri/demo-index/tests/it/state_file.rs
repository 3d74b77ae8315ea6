//! The state on disk: what a restart keeps, and what a file that is no state leads to.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use trustdesk_demo_index::{DemoIndex, Error, Options, SteppedNow};

use crate::client::{Client, EXAMPLE, NOW_MS, PUBLISHING};

fn options(state_file: PathBuf) -> Options {
    let clock = Arc::new(SteppedNow::new(NOW_MS));
    Options { state_file: Some(state_file), clock, ..Options::default() }
}

/// An address without its origin: a restart takes another port.
fn path_of(address: &str) -> &str {
    let at = address.find("/account/").expect("an address of the index");
    &address[at..]
}

#[tokio::test]
async fn a_restart_keeps_sessions_publishers_and_the_used_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("deep/demo-index.json");
    let index = Arc::new(DemoIndex::start(options(file.clone())).await.expect("starts"));
    let mut client = Client::new(&index);
    client.sign_in(NOW_MS).await;
    client.post(PUBLISHING, EXAMPLE).await;
    let (session, publishers) = (client.session.take(), index.publishers("sampleproject"));
    drop(client);
    Arc::into_inner(index).expect("the only handle").stop().await;

    let index = Arc::new(DemoIndex::start(options(file)).await.expect("starts again"));
    assert_eq!(index.publishers("sampleproject"), publishers);
    let mut client = Client::new(&index);
    client.session = session;
    assert_eq!(client.get(PUBLISHING).await.status, 200, "still signed in, password confirmed");
    assert_eq!(client.flashes().await.len(), 1, "the flash of the add waited");
    client.post("/account/logout/", &[]).await;
    let address = client.give_password().await;
    let code = trustdesk_demo_index::current_code(NOW_MS).code;
    assert_eq!(client.give_code(&address, &code).await.status, 200, "that code was used before");
}

#[tokio::test]
async fn a_change_is_in_the_file_before_its_answer_arrives() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("demo-index.json");
    let index = Arc::new(DemoIndex::start(options(file.clone())).await.expect("starts"));
    let mut client = Client::new(&index);
    client.sign_in(NOW_MS).await;
    client.post(PUBLISHING, EXAMPLE).await;
    let text = fs::read_to_string(&file).expect("the file");
    let state: serde_json::Value = serde_json::from_str(&text).expect("whole");
    let ids = &state["database"]["projects"]["sampleproject"]["publishers"];
    assert_eq!(ids.as_array().map(Vec::len), Some(1));
    let files: Vec<_> = fs::read_dir(folder.path()).expect("the folder").collect();
    assert_eq!(files.len(), 1, "nothing temporary is left");
}

#[tokio::test]
async fn a_damaged_file_is_named_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("demo-index.json");
    for text in ["", "{", "{}", r#"{"secret":"x"}"#] {
        fs::write(&file, text).expect("written");
        let Err(error) = DemoIndex::start(options(file.clone())).await else {
            panic!("{text:?} is no state")
        };
        assert!(matches!(error, Error::Damaged { .. }), "{error:?}");
        assert!(error.to_string().contains(&*file.to_string_lossy()), "{error}");
        assert_eq!(fs::read_to_string(&file).expect("still there"), text);
    }
}

#[tokio::test]
async fn a_change_that_cannot_be_written_is_not_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("inner");
    let file = inner.join("demo-index.json");
    let index = Arc::new(DemoIndex::start(options(file)).await.expect("starts"));
    let mut client = Client::new(&index);
    client.sign_in(NOW_MS).await;
    fs::remove_dir_all(&inner).expect("removed");
    fs::write(&inner, "in the way").expect("written");
    assert_eq!(client.post(PUBLISHING, EXAMPLE).await.status, 500);
    assert!(index.publishers("sampleproject").is_empty());
    fs::remove_file(&inner).expect("removed");
    assert_eq!(client.post(PUBLISHING, EXAMPLE).await.status, 303);
}

#[tokio::test]
async fn a_port_that_is_taken_is_an_error_that_names_it() {
    let index = DemoIndex::start(Options::default()).await.expect("starts");
    let port = index.address().port();
    let Err(error) = DemoIndex::start(Options { port, ..Options::default() }).await else {
        panic!("two cannot listen on one port")
    };
    assert!(matches!(error, Error::Listen { port: named, .. } if named == port), "{error:?}");
    index.stop().await;
    let again = DemoIndex::start(Options { port, ..Options::default() }).await;
    assert!(again.is_ok(), "a stopped index gives its port back");
}

#[tokio::test]
async fn a_restart_keeps_pending_publishers_and_the_history() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("demo-index.json");
    let index = Arc::new(DemoIndex::start(options(file.clone())).await.expect("starts"));
    let mut client = Client::new(&index);
    client.sign_in(NOW_MS).await;
    client.post(PUBLISHING, EXAMPLE).await;
    let form = [("project_name", "new-a"), ("email", "a@example.com"), ("sub", "")];
    client.post("/manage/account/publishing/", &form).await;
    let (session, pending) = (client.session.take(), index.pending_publishers());
    assert_eq!(pending.len(), 1);
    drop(client);
    Arc::into_inner(index).expect("the only handle").stop().await;

    let index = Arc::new(DemoIndex::start(options(file)).await.expect("starts again"));
    assert_eq!(index.pending_publishers(), pending);
    let mut client = Client::new(&index);
    client.session = session;
    let page = client.get("/manage/project/sampleproject/history/").await;
    assert_eq!(page.texts("tbody strong"), ["Trusted publisher added"]);
}

#[tokio::test]
async fn a_file_from_before_there_were_several_accounts_is_understood() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("demo-index.json");
    let index = Arc::new(DemoIndex::start(options(file.clone())).await.expect("starts"));
    let mut client = Client::new(&index);
    client.sign_in(NOW_MS).await;
    client.post(PUBLISHING, EXAMPLE).await;
    let session = client.session.take();
    drop(client);
    Arc::into_inner(index).expect("the only handle").stop().await;
    let text = fs::read_to_string(&file).expect("the file");
    let mut state: serde_json::Value = serde_json::from_str(&text).expect("whole");
    let keep = |value: &mut serde_json::Value, names: &[&str]| {
        let fields = value.as_object_mut().expect("an object");
        let before = fields.len();
        fields.retain(|name, _| names.contains(&name.as_str()));
        assert!(fields.len() < before, "{names:?}");
    };
    keep(&mut state["database"]["accounts"]["demo"], &["signed_in_at_ms", "used_code"]);
    keep(&mut state["database"]["mails"][0], &["to", "subject", "at_ms"]);
    for known in state["sessions"].as_object_mut().expect("sessions").values_mut() {
        let names = ["id", "user", "csrf_token", "confirmed_at_ms", "flashes", "saved_at_ms"];
        keep(known, &names);
        for flash in known["flashes"].as_array_mut().expect("flashes") {
            keep(flash, &["kind", "text"]);
        }
    }
    fs::write(&file, state.to_string()).expect("written");

    let index = Arc::new(DemoIndex::start(options(file)).await.expect("starts again"));
    let mut client = Client::new(&index);
    client.session = session;
    assert_eq!(client.get(PUBLISHING).await.status, 200, "still signed in");
    assert_eq!(client.flashes().await.len(), 1);
    client.post("/account/logout/", &[]).await;
    client.sign_in_again(NOW_MS).await;
    assert_eq!(client.who().await.as_deref(), Some("demo"), "and known on this computer");
}

#[tokio::test]
async fn a_restart_keeps_codes_devices_and_mails() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("demo-index.json");
    let index = Arc::new(DemoIndex::start(options(file.clone())).await.expect("starts"));
    let mut client = Client::new(&index);
    let address = client.give_password_of("new-device").await;
    let address = path_of(&address).replacen("/account/two-factor/", "/account/recovery-code/", 1);
    let form = [("recovery_code_value", trustdesk_demo_index::RECOVERY_CODES[0])];
    client.post(&address, &form).await;
    let mailbox = index.mailbox();
    drop(client);
    Arc::into_inner(index).expect("the only handle").stop().await;

    let index = Arc::new(DemoIndex::start(options(file)).await.expect("starts again"));
    assert_eq!(index.mailbox(), mailbox);
    let mut client = Client::new(&index);
    let page = client.post(&address, &form).await;
    assert!(page.body.contains("previously used"), "{}", page.body);
    let link = mailbox.iter().find_map(|mail| mail.link.as_deref()).expect("a link");
    client.get(path_of(link)).await;
    assert_eq!(client.who().await.as_deref(), Some("new-device"));
}

#[tokio::test]
async fn a_file_from_before_pending_publishers_is_understood() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("demo-index.json");
    DemoIndex::start(options(file.clone())).await.expect("starts").stop().await;
    let text = fs::read_to_string(&file).expect("the file");
    let mut state: serde_json::Value = serde_json::from_str(&text).expect("whole");
    let database = state["database"].as_object_mut().expect("a database");
    for table in ["pending", "events", "organizations"] {
        assert!(database.remove(table).is_some(), "{table}");
    }
    fs::write(&file, state.to_string()).expect("written");

    let index = Arc::new(DemoIndex::start(options(file)).await.expect("starts again"));
    let mut client = Client::new(&index);
    client.sign_in(NOW_MS).await;
    assert!(index.pending_publishers().is_empty());
    let path = "/manage/organization/northlight/publishing/";
    assert_eq!(client.get(path).await.status, 200, "organizations are as in a fresh index");
}

#[cfg(unix)]
#[tokio::test]
async fn state_is_its_owners_only_and_is_not_written_through_a_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("deep/demo-index.json");
    DemoIndex::start(options(file.clone())).await.expect("starts").stop().await;
    let mode =
        |path: &std::path::Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(&folder.path().join("deep"))), (0o600, 0o700));

    let (letter, link) = (folder.path().join("letter"), folder.path().join("link.json"));
    symlink(&letter, &link).expect("made");
    let refused = DemoIndex::start(options(link)).await.err().map(|error| error.to_string());
    assert!(refused.is_some_and(|words| words.contains("a symbolic link")), "the link is named");
    assert!(!letter.exists(), "nothing was written where it leads");
}
