//! A data folder that cannot be written: it is said, everything can be looked at, nothing is half-saved.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::Path;
use std::process::Command;

use trustdesk_core::store::Store;

use super::story::{ADD, PROJECT, Story};

/// Root may do everything unless these are taken away.
const WITHOUT: &str = "--bounding-set=-dac_override,-dac_read_search,-fowner,-chown";
/// The user and group that own nothing.
const NOBODY: u32 = 65534;

/// Makes a folder somebody else's, to be read by everybody and written by nobody here.
fn give_away(path: &Path) {
    let is_folder = path.is_dir();
    if is_folder {
        for entry in fs::read_dir(path).expect("a folder") {
            give_away(&entry.expect("an entry").path());
        }
    }
    let mode = if is_folder { 0o755 } else { 0o644 };
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("permissions");
    chown(path, Some(NOBODY), Some(NOBODY)).expect("given away");
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_said_and_can_be_looked_at() {
    let Some(mut story) = Story::signed_in().await else { return };
    if fs::metadata(story.data()).expect("a folder").uid() != 0 {
        println!("skipped: only root can make a folder somebody else's");
        return;
    }
    story.opens_project(PROJECT).await;
    story.is_killed();
    // Closed as at a quiet end, so that nothing is left to be done in the folder.
    Store::open(&story.data()).await.expect("opens").close().await;
    let database = story.data().join("trustdesk.sqlite3");
    let before = fs::read(&database).expect("read");
    give_away(&story.data());

    let mut driver = Command::new("setpriv");
    driver.args([WITHOUT, "WebKitWebDriver"]);
    story.opens_by(driver, &[]).await;
    let window = story.window();
    window.read("#storage-read-only", "The data folder cannot be written").await.expect("said");
    let folder = story.data().display().to_string();
    window.read("#storage-read-only", &folder).await.expect("which");
    story.opens_project(PROJECT).await;
    window.read("main", "No publisher yet").await.expect("what was read can be looked at");
    window.fill("#field-owner", "octo-org").await.expect("a field");
    window.read("#draft-state", "Not saved").await.expect("nothing is called saved that is not");
    window.see(ADD).await.expect("the form is still there");
    story.is_killed();
    assert_eq!(fs::read(&database).expect("read"), before, "not a byte was written");
    story.takes_back();
}

impl Story {
    /// So that the folder can be deleted by whoever runs the test.
    fn takes_back(&self) {
        chown(self.data(), Some(0), Some(0)).expect("taken back");
    }
}
