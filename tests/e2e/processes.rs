//! The processes of one app, found by the data folder that they have in their environment.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use tokio::time::{interval, timeout};

const END_LIMIT: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Those of this name that live. What is waited for has no environment any more.
pub(crate) fn of(data: &Path, name: &str) -> Vec<u32> {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = all.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let folder = format!("TRUSTDESK_DATA={}", data.display());
    let is_it = |pid: &u32| {
        let called = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
        let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        let mut variables = environment.split(|byte| *byte == 0);
        called.trim_end() == name && variables.any(|variable| variable == folder.as_bytes())
    };
    pids.filter(is_it).collect()
}

/// Sends them a signal.
pub(crate) fn signal(signal: &str, data: &Path, name: &str) {
    let processes = of(data, name);
    assert!(!processes.is_empty(), "no {name} runs");
    let to = processes.iter().map(ToString::to_string);
    let sent = Command::new("kill").arg(format!("-{signal}")).args(to).status();
    assert!(sent.is_ok_and(|status| status.success()), "{signal} to {name}");
}

/// Waits until none is left.
pub(crate) async fn none_left(data: &Path, name: &str) {
    let mut look = interval(LOOK_EVERY);
    let left = timeout(END_LIMIT, async {
        while !of(data, name).is_empty() {
            look.tick().await;
        }
    });
    left.await.unwrap_or_else(|_| panic!("{name} does not end"));
}
