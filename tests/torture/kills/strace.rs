//! strace around a process: counting its system calls, ending it at one of them, failing one of them,
//! and writing down what it does to its files.
//!
//! strace counts the calls of each thread by itself, so the N-th call is the one of whichever thread
//! comes to N first. That leaves out the first N calls of later threads; on a folder that was used
//! before, no thread but the database's writer writes, so both kinds of folder together leave out
//! none. A signal comes before the call does anything.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::Command;

/// What can change a file or tell another process something. A question mark: some machines have not
/// got it.
const CALLS: &str = "write,pwrite64,writev,fsync,fdatasync,ftruncate,?unlink,unlinkat,?rename,\
    ?renameat,?renameat2,connect,sendto,sendmsg";
/// What changes the files of a folder, and what is said of it.
const FILES: &str = "?open,openat,write,pwrite64,fsync,fdatasync,ftruncate,?unlink,unlinkat,?rename,\
    ?renameat,?renameat2,sendto,writev";

/// A way to call strace.
#[derive(Clone, Debug)]
pub(crate) struct Strace {
    arguments: Vec<String>,
    log: PathBuf,
}

/// The N-th call of this name in a thread.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) number: usize,
}

impl Strace {
    /// Whether it is on this machine and may look into a process.
    #[must_use]
    pub(crate) fn is_there() -> bool {
        let mut tried = std::process::Command::new("strace");
        tried.args(["-f", "-o", "/dev/null", "true"]).stderr(Stdio::null());
        tried.status().is_ok_and(|ended| ended.success())
    }

    /// Writes down which calls there are.
    pub(crate) fn counting(log: &Path) -> Self {
        Self::of(&[format!("--trace={CALLS}")], log)
    }

    /// Writes down what is done to files, byte by byte.
    pub(crate) fn recording(log: &Path) -> Self {
        Self::of(&[format!("--trace={FILES}"), "-y".into(), "-xx".into(), "-s1000000".into()], log)
    }

    /// Ends the process when it is about to make this call.
    pub(crate) fn killing_at(call: &Call) -> Self {
        let Call { name, number } = call;
        let inject = format!("--inject={name}:signal=KILL:when={number}");
        Self::of(&[format!("--trace={name}"), inject], Path::new("/dev/null"))
    }

    /// Fails this call in the place of making it; from then on all, if `lasting`. A connection to the
    /// database that is opened anew after that is a thread of its own, and fails at the same place.
    pub(crate) fn failing(call: &Call, error: &str, lasting: bool) -> Self {
        let Call { name, number } = call;
        let plus = if lasting { "+" } else { "" };
        let inject = format!("--inject={name}:error={error}:when={number}{plus}");
        Self::of(&[format!("--trace={name}"), inject], Path::new("/dev/null"))
    }

    fn of(arguments: &[String], log: &Path) -> Self {
        Self { arguments: arguments.to_vec(), log: log.to_owned() }
    }

    pub(crate) fn around(&self, program: &Path) -> Command {
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-o"]).arg(&self.log).args(&self.arguments);
        command.arg(OsString::from("--")).arg(program);
        command
    }
}

/// All calls in a log that a thread can be stopped at, in no order of time.
pub(crate) fn calls(log: &Path) -> Vec<Call> {
    let log = fs::read_to_string(log).expect("strace has written it");
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for line in log.lines() {
        let (thread, call) = line.split_once(' ').expect("a thread and its call");
        let call = call.trim_start();
        if call.starts_with(|letter: char| letter.is_ascii_lowercase()) {
            let (name, _) = call.split_once('(').expect("a call");
            *counts.entry((thread, name)).or_default() += 1;
        }
    }
    let mut most: BTreeMap<&str, usize> = BTreeMap::new();
    for ((_, name), count) in counts {
        let so_far = most.entry(name).or_default();
        *so_far = count.max(*so_far);
    }
    let of_name = |(name, count): (&str, usize)| {
        let name = name.to_owned();
        (1..=count).map(move |number| Call { name: name.clone(), number })
    };
    most.into_iter().flat_map(of_name).collect()
}
