//! The demo index as a process of its own, which can be stopped and started under the app's feet.

use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result};

/// A demo index that answers at the same address in each of its lives.
pub(crate) struct DemoProcess {
    cli: PathBuf,
    state: PathBuf,
    port: u16,
    running: Option<Running>,
}

struct Running {
    child: Child,
    /// Kept open: a program whose output nobody reads any more may end over it.
    _out: BufReader<ChildStdout>,
}

impl DemoProcess {
    /// Starts it on any free port, with its state in this file.
    pub(crate) fn start(cli: &Path, state: &Path) -> Result<Self> {
        let mut process =
            Self { cli: cli.to_owned(), state: state.to_owned(), port: 0, running: None };
        process.resume()?;
        Ok(process)
    }

    /// Starts it again after a stop.
    pub(crate) fn resume(&mut self) -> Result<()> {
        let mut child = Command::new(&self.cli)
            .args(["demo", "--port", &self.port.to_string(), "--state"])
            .arg(&self.state)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("the command line tool cannot be started")?;
        let out = child.stdout.take().context("it has an output")?;
        let mut out = BufReader::new(out);
        let mut line = String::new();
        out.read_line(&mut line)?;
        let port = line.trim().trim_end_matches('/').rsplit(':').next();
        let port = port.and_then(|port| port.parse().ok());
        self.port = port.with_context(|| format!("it says where it listens, not “{line}”"))?;
        self.running = Some(Running { child, _out: out });
        Ok(())
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends it without a word, as a network that goes away.
    pub(crate) fn stop(&mut self) -> io::Result<()> {
        if let Some(mut running) = self.running.take() {
            running.child.kill()?;
            running.child.wait()?;
        }
        Ok(())
    }
}

impl Drop for DemoProcess {
    fn drop(&mut self) {
        // A process that has ended already needs no ending.
        let _ = self.stop();
    }
}
