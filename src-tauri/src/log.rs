//! The log file: a day a file, a week kept, in the data folder. It has what this program's own rooms
//! say (which path was asked, with which status; which change moved where) and nothing of the
//! libraries beneath them, which could quote a form or a cookie.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, Registry};

const DAYS_KEPT: usize = 7;
const NAME: &str = "trustdesk";
const ENDING: &str = "log";

/// The folder of the log files.
pub(crate) fn folder(data: &Path) -> PathBuf {
    data.join("logs")
}

/// Begins to log; none: no file can be written, and the app goes on without.
pub(crate) fn start(data: &Path) -> Option<WorkerGuard> {
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix(NAME)
        .filename_suffix(ENDING)
        .max_log_files(DAYS_KEPT)
        .build(folder(data))
        .ok()?;
    let (writer, writing) = tracing_appender::non_blocking(appender);
    let own_rooms = Targets::new().with_target("trustdesk", LevelFilter::INFO);
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(writer);
    let subscriber = Registry::default().with(lines.with_filter(own_rooms));
    tracing::subscriber::set_global_default(subscriber).ok()?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    Some(writing)
}

/// Writes the week one after the other.
pub(crate) fn copy(data: &Path, mut to: impl Write) -> io::Result<()> {
    for file in files(data)? {
        io::copy(&mut File::open(file)?, &mut to)?;
    }
    Ok(())
}

/// Deletes what was logged. The file of today is open: it is emptied where it is, and what is logged
/// next stands at its beginning.
pub(crate) fn delete(data: &Path, today: &str) -> io::Result<()> {
    for file in files(data)? {
        if file.ends_with(format!("{NAME}.{today}.{ENDING}")) {
            File::options().write(true).open(file)?.set_len(0)?;
        } else {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

/// The oldest first: each is named by its day.
fn files(data: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder(data)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(NAME) && name.ends_with(ENDING) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log of two days, the second one open for writing.
    fn two_days() -> (tempfile::TempDir, File) {
        let data = tempfile::tempdir().expect("a folder");
        let logs = folder(data.path());
        fs::create_dir(&logs).expect("made");
        fs::write(logs.join("trustdesk.2026-11-22.log"), "first\n").expect("written");
        fs::write(logs.join("notes.txt"), "somebody's own\n").expect("written");
        let today = logs.join("trustdesk.2026-11-23.log");
        let mut open = File::options().append(true).create(true).open(today).expect("opens");
        open.write_all(b"second\n").expect("written");
        (data, open)
    }

    fn copied(data: &Path) -> String {
        let mut text = Vec::new();
        copy(data, &mut text).expect("read");
        String::from_utf8(text).expect("text")
    }

    #[test]
    fn the_days_are_copied_one_after_the_other() {
        let (data, _open) = two_days();
        assert_eq!(copied(data.path()), "first\nsecond\n");
    }

    #[test]
    fn what_was_deleted_is_gone_and_logging_goes_on_in_the_open_file() {
        let (data, mut open) = two_days();
        delete(data.path(), "2026-11-23").expect("deleted");
        assert_eq!(copied(data.path()), "");
        assert!(!folder(data.path()).join("trustdesk.2026-11-22.log").exists());
        assert!(folder(data.path()).join("notes.txt").exists(), "it is none of ours");
        open.write_all(b"third\n").expect("it is still open");
        assert_eq!(copied(data.path()), "third\n", "nothing stands before it");
    }

    #[test]
    fn a_log_that_was_never_written_is_empty_and_can_be_deleted() {
        let data = tempfile::tempdir().expect("a folder");
        assert_eq!(copied(data.path()), "");
        delete(data.path(), "2026-11-23").expect("nothing to do");
    }
}
