//! The process of a life, from outside: hearing what it says and ending it.

use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

use super::books::Books;
use super::play::Said;
use crate::broken::Broken;

/// A life that takes longer will not end.
const PATIENCE: Duration = Duration::from_secs(60);

/// How a process is told to end.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Signal {
    /// At once, whatever it does.
    Kill,
    /// As at the end of a desktop session.
    Terminate,
}

/// A running life.
pub(crate) struct Player {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Player {
    pub(crate) fn start(mut command: Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().expect("the process starts");
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        Self { child, lines }
    }

    /// The next thing that it says; none: it has ended.
    pub(crate) async fn says(&mut self) -> Option<Said> {
        let line = self.lines.next_line().await.expect("it says text")?;
        Some(Said::of(&line).unwrap_or_else(|| panic!("{line:?} is none of its lines")))
    }

    pub(crate) async fn end_by(&mut self, signal: Signal) {
        match (signal, self.child.id()) {
            #[cfg(unix)]
            (Signal::Terminate, Some(id)) => {
                let mut kill = Command::new("kill");
                // It may have ended meanwhile.
                let _ended = kill.args(["-s", "TERM", &id.to_string()]).status().await;
            }
            // Windows can only end a process at once.
            (_, Some(_)) => self.child.start_kill().expect("SIGKILL"),
            (_, None) => {}
        }
    }

    /// Hears it out to its end, and says how it ended.
    ///
    /// # Errors
    /// It does not end.
    pub(crate) async fn hear_out(mut self, books: &mut Books) -> Result<ExitStatus, Broken> {
        let ended = timeout(PATIENCE, async {
            while let Some(said) = self.says().await {
                books.hear(said);
            }
            self.child.wait().await.expect("waited for")
        });
        let ended = ended.await.map_err(|_| Broken::Stuck("a process does not end".to_owned()))?;
        if !ended.success() {
            books.cut_off();
        }
        Ok(ended)
    }
}

/// Whether a signal ended it.
pub(crate) fn was_killed(ended: ExitStatus) -> bool {
    // Windows gives a process that another one ends this code.
    ended.code() == cfg!(windows).then_some(1)
}
