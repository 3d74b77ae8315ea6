//! The log file: a day a file, a week kept, in the data folder. It has what this program's own rooms
//! say (which path was asked, with which status; which change moved where) and nothing of the
//! libraries beneath them, which could quote a form or a cookie.

use std::path::{Path, PathBuf};

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, Registry};

const DAYS_KEPT: usize = 7;

/// The folder of the log files.
pub(crate) fn folder(data: &Path) -> PathBuf {
    data.join("logs")
}

/// Begins to log; none: no file can be written, and the app goes on without.
pub(crate) fn start(data: &Path) -> Option<WorkerGuard> {
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("trustdesk")
        .filename_suffix("log")
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
