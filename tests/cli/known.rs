//! A data folder as somebody left it who had signed in and read their projects.

use std::sync::Arc;

use serde_json::{Value, json};
use trustdesk_core::secrets::MemorySecrets;
use trustdesk_core::store::Store;
use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::Index;
use trustdesk_tests::desk::{self, Desk, PROJECT};
use trustdesk_tests::time::{START_MS, Time};

use crate::program::Program;

/// Signs in to a demo index in the test's process and reads the list and one page. The session is
/// nowhere afterwards.
pub(crate) async fn signed_in_once(program: &Program) -> DemoIndex {
    let time = Time::at(START_MS);
    let index = desk::start_index(&time, None).await;
    let desk = Desk::open(program.data(), Arc::new(MemorySecrets::default()), &time).await;
    desk.choose(&index.origin()).await;
    desk.sign_in().await;
    desk.engine.refresh_projects().await.expect("read");
    desk.engine.refresh_publishing(PROJECT).await.expect("read");
    desk.engine.store().close().await;
    index
}

/// Another index is chosen, where somebody else signed in at some time.
pub(crate) async fn put_on_screen(program: &Program, index: &Index) {
    let store = Store::open(program.data()).await.expect("opens");
    store.select_index(index).await.expect("chosen");
    store.select_account_named(&index.key, "alice").await.expect("known");
    store.close().await;
}

/// The document with what differs from run to run replaced by its kind.
pub(crate) fn masked(mut value: Value) -> Value {
    match &mut value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                *member = match (name.as_str(), member.take()) {
                    ("id", Value::String(_)) => json!("id"),
                    ("publisher_id", Value::String(_)) => json!("row"),
                    ("hash", Value::String(hash)) if hash.starts_with("v1-") => json!("v1"),
                    (name, Value::Number(_)) if name.ends_with("_ms") => json!("time"),
                    (_, other) => masked(other),
                };
            }
        }
        Value::Array(members) => {
            for member in members {
                *member = masked(member.take());
            }
        }
        _ => {}
    }
    value
}
