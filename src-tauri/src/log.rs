//! The log file: a day a file, a week kept, in the data folder. It has what this program's own rooms
//! say (which path was asked, with which status; which change moved where) and nothing of the
//! libraries beneath them, which could quote a form or a cookie.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use time::OffsetDateTime;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, Registry};
use trustdesk_core::clock::{Clock, SystemClock};
use trustdesk_files as files;

const DAYS_KEPT: usize = 7;
const NAME: &str = "trustdesk";
const ENDING: &str = "log";

/// The folder of the log files.
pub(crate) fn folder(data: &Path) -> PathBuf {
    data.join("logs")
}

/// The file of the day, readable for its owner only.
struct Daily<C> {
    clock: C,
    data: PathBuf,
    /// None: nothing was logged yet.
    open: Option<(String, File)>,
}

impl<C: Clock> Daily<C> {
    const fn new(data: PathBuf, clock: C) -> Self {
        Self { clock, data, open: None }
    }

    fn today(&mut self) -> io::Result<&mut File> {
        let day = day(self.clock.now_ms());
        let open = match self.open.take() {
            Some(open) if open.0 == day => open,
            _ => {
                files::make_own_folder(&folder(&self.data))?;
                let path = folder(&self.data).join(format!("{NAME}.{day}.{ENDING}"));
                forget_oldest(&self.data, &path);
                (day, files::append_own(&path)?)
            }
        };
        Ok(&mut self.open.insert(open).1)
    }
}

impl<C: Clock> Write for Daily<C> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.today()?.write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.open.as_mut().map_or(Ok(()), |(_, file)| file.flush())
    }
}

/// 2026-11-23, by UTC.
pub(crate) fn day(now_ms: i64) -> String {
    let now = OffsetDateTime::from_unix_timestamp(now_ms / 1000);
    now.unwrap_or(OffsetDateTime::UNIX_EPOCH).date().to_string()
}

/// Leaves a place for today, whatever the clock called the days before. One day too many is no reason
/// not to log.
fn forget_oldest(data: &Path, today: &Path) {
    let mut days = days(data).unwrap_or_default();
    days.retain(|day| day != today);
    let too_many = (days.len() + 1).saturating_sub(DAYS_KEPT);
    for old in days.iter().take(too_many) {
        let _left_for_tomorrow = fs::remove_file(old);
    }
}

/// Begins to log; none: no file can be written, and the app goes on without.
pub(crate) fn start(data: &Path) -> Option<WorkerGuard> {
    let mut daily = Daily::new(data.to_owned(), SystemClock);
    daily.today().ok()?;
    let (writer, writing) = tracing_appender::non_blocking(daily);
    let own_rooms = Targets::new().with_target("trustdesk", LevelFilter::INFO);
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(writer);
    let subscriber = Registry::default().with(lines.with_filter(own_rooms));
    tracing::subscriber::set_global_default(subscriber).ok()?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    Some(writing)
}

/// Writes the week one after the other.
pub(crate) fn copy(data: &Path, mut to: impl Write) -> io::Result<()> {
    for file in days(data)? {
        io::copy(&mut files::read_own(&file)?, &mut to)?;
    }
    Ok(())
}

/// Deletes what was logged. The file of today is open: it is emptied where it is, and what is logged
/// next stands at its beginning.
pub(crate) fn delete(data: &Path, today: &str) -> io::Result<()> {
    for file in days(data)? {
        if file.ends_with(format!("{NAME}.{today}.{ENDING}")) {
            files::open_own(&file)?.set_len(0)?;
        } else {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

/// Another name than ours would be sorted wherever it likes, and take the place of a day for ever.
fn is_of_a_day(name: &str) -> bool {
    let day = name.strip_prefix(NAME).and_then(|name| name.strip_suffix(ENDING));
    let day = day.and_then(|name| name.strip_prefix('.')).and_then(|name| name.strip_suffix('.'));
    let shape = |(letter, at): (u8, usize)| match at {
        4 | 7 => letter == b'-',
        _ => letter.is_ascii_digit(),
    };
    day.is_some_and(|day| day.len() == 10 && day.bytes().zip(0..).all(shape))
}

/// The oldest first: each is named by its day.
fn days(data: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder(data)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut days = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if is_of_a_day(&name) && files::is_file(&path)? {
            days.push(path);
        }
    }
    days.sort();
    Ok(days)
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

    /// A clock that a test sets.
    struct At(std::sync::atomic::AtomicI64);

    #[async_trait::async_trait]
    impl Clock for &At {
        fn now_ms(&self) -> i64 {
            self.0.load(std::sync::atomic::Ordering::Relaxed)
        }

        fn steady_ms(&self) -> i64 {
            self.now_ms()
        }

        async fn sleep(&self, _for_ms: i64) {}
    }

    const DAY_MS: i64 = 86_400_000;

    #[test]
    fn week_of_days_is_kept_each_in_a_file_of_its_owner_only() {
        let data = tempfile::tempdir().expect("a folder");
        let clock = At(1_795_338_000_000.into());
        let mut daily = Daily::new(data.path().to_owned(), &clock);
        for number in 0..9 {
            writeln!(daily, "line {number}").expect("written");
            clock.0.fetch_add(DAY_MS, std::sync::atomic::Ordering::Relaxed);
        }
        let kept = days(data.path()).expect("listed");
        assert_eq!(kept.len(), DAYS_KEPT);
        assert_eq!(copied(data.path()), "line 2\nline 3\nline 4\nline 5\nline 6\nline 7\nline 8\n");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode =
                |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!(mode(&folder(data.path())), 0o700);
            assert!(kept.iter().all(|path| mode(path) == 0o600), "{kept:?}");
        }
    }

    #[test]
    fn day_of_a_clock_that_was_set_back_is_kept_and_what_is_no_day_fills_no_place() {
        let data = tempfile::tempdir().expect("a folder");
        let clock = At(1_795_338_000_000.into());
        let mut daily = Daily::new(data.path().to_owned(), &clock);
        writeln!(daily, "planted").expect("written");
        for name in ["trustdesk.9.log", "trustdesk.log", "trustdesk.9999-99-99x.log"] {
            fs::write(folder(data.path()).join(name), "planted\n").expect("written");
        }
        for _ in 0..DAYS_KEPT {
            clock.0.fetch_add(DAY_MS, std::sync::atomic::Ordering::Relaxed);
            writeln!(daily, "later").expect("written");
        }
        clock.0.fetch_sub(30 * DAY_MS, std::sync::atomic::Ordering::Relaxed);
        writeln!(daily, "set back").expect("written");
        let kept = copied(data.path());
        assert_eq!(kept, format!("set back\n{}", "later\n".repeat(DAYS_KEPT - 1)));
    }

    #[cfg(unix)]
    #[test]
    fn link_among_the_days_is_neither_copied_nor_emptied_nor_written_to() {
        let (data, _open) = two_days();
        let letter = data.path().join("letter");
        fs::write(&letter, "dear").expect("written");
        for day in ["2026-11-21", "2026-11-25"] {
            let link = folder(data.path()).join(format!("trustdesk.{day}.log"));
            std::os::unix::fs::symlink(&letter, link).expect("made");
        }
        assert_eq!(copied(data.path()), "first\nsecond\n");
        delete(data.path(), "2026-11-25").expect("deleted");
        let clock = At(1_795_597_200_000.into());
        let mut daily = Daily::new(data.path().to_owned(), &clock);
        assert_eq!(day((&clock).now_ms()), "2026-11-25");
        writeln!(daily, "line").expect_err("a link");
        assert_eq!(fs::read(&letter).expect("there"), b"dear");
    }

    #[test]
    fn a_log_that_was_never_written_is_empty_and_can_be_deleted() {
        let data = tempfile::tempdir().expect("a folder");
        assert_eq!(copied(data.path()), "");
        delete(data.path(), "2026-11-23").expect("nothing to do");
    }
}
