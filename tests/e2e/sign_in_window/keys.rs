//! The window as a person has it before them: found by its title, used with keys. The driver does not
//! see a window that keeps nothing.

use std::process::{Command, Output};
use std::time::{Duration, Instant};

use tokio::time::interval;

const LOOK_EVERY: Duration = Duration::from_millis(50);
const SEE_LIMIT: Duration = Duration::from_secs(20);

/// A window on the display.
pub(super) struct Shown(String);

impl Shown {
    /// Waits until it is there.
    pub(super) async fn titled(title: &str) -> Self {
        let since = Instant::now();
        let mut look = interval(LOOK_EVERY);
        loop {
            look.tick().await;
            if let Some(found) = found(title).pop() {
                return Self(found);
            }
            assert!(since.elapsed() < SEE_LIMIT, "no window is titled “{title}”");
        }
    }

    /// Brings it to the front and presses keys in it, one after the other.
    pub(super) fn presses(&self, keys: &[&str]) {
        self.comes_to_the_front();
        does(&[&["key", "--clearmodifiers"], keys].concat());
    }

    /// Presses where its page begins and nothing is, from where Tab goes on.
    pub(super) fn is_clicked(&self) {
        self.comes_to_the_front();
        does(&["mousemove", "--window", &self.0, "3", "3", "click", "1"]);
    }

    /// Types into what has the focus.
    pub(super) fn types(&self, text: &str) {
        self.comes_to_the_front();
        does(&["type", "--clearmodifiers", text]);
    }

    /// The desktop asks it to close, as its close button does.
    pub(super) fn is_closed(&self) {
        self.presses(&["alt+F4"]);
    }

    fn comes_to_the_front(&self) {
        does(&["windowactivate", "--sync", &self.0]);
    }
}

/// Waits until no window has this title.
pub(super) async fn gone(title: &str) {
    let since = Instant::now();
    let mut look = interval(LOOK_EVERY);
    while !found(title).is_empty() {
        look.tick().await;
        assert!(since.elapsed() < SEE_LIMIT, "a window is still titled “{title}”");
    }
}

/// How many windows have this title now.
pub(super) fn count(title: &str) -> usize {
    found(title).len()
}

fn found(title: &str) -> Vec<String> {
    let since = Instant::now();
    loop {
        let said = xdotool(&["search", "--onlyvisible", "--name", title]);
        // A search that meets a window on its way out ends with an error and without what it found.
        if said.stderr.is_empty() {
            return String::from_utf8_lossy(&said.stdout).lines().map(str::to_owned).collect();
        }
        let trouble = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(since.elapsed() < SEE_LIMIT, "the display cannot be searched: {trouble}");
    }
}

fn xdotool(words: &[&str]) -> Output {
    Command::new("xdotool").args(words).output().expect("xdotool is installed")
}

fn does(words: &[&str]) {
    let said = xdotool(words);
    let trouble = String::from_utf8_lossy(&said.stderr);
    assert!(said.status.success(), "xdotool {}: {trouble}", words[0]);
}
