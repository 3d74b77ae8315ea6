//! A whole Trustdesk in a process of its own, ended at any moment, at any system call, or with a disk
//! that fails under it. What the core said is held against the database and the index afterwards.

mod books;
mod disk_errors;
mod kept;
mod play;
mod player;
mod rounds;
mod script;
mod stage;
mod strace;

use std::path::{Path, PathBuf};

use super::Report;
use super::at_once::at_once;
use crate::broken::Broken;
use crate::dice::Dice;
use player::{Player, Signal};
use rounds::{Cut, Moment, cut_short};
use stage::{Life, Stage};
use strace::Call;

pub(super) use books::Books;
pub(super) use kept::Kept;
pub(super) use play::Said;
pub(super) use strace::Strace;

pub use disk_errors::disk_errors;
pub use play::Play;

/// The script whose system calls are counted.
const COUNTED: usize = 0;

/// Whether single system calls can be chosen on this machine.
#[must_use]
pub fn can_choose_calls() -> bool {
    Strace::is_there()
}

/// Ends so many processes: half of them at moments that the seed decides, half of them at the system
/// calls of one script, each of which has its turn before one has a second.
///
/// # Panics
/// strace is not there, or a process fails in a way that no fault explains.
pub async fn kills(report: &mut Report, torture: &Path, count: u64) {
    at_moments(report, torture, count - count / 2, Signal::Kill).await;
    kills_at_calls(report, torture, count / 2).await;
}

/// Ends so many processes as the end of a desktop session does.
///
/// # Panics
/// A process fails in a way that no fault explains.
pub async fn terminations(report: &mut Report, torture: &Path, count: u64) {
    at_moments(report, torture, count, Signal::Terminate).await;
}

/// Ends so many processes at moments that the seed decides.
///
/// # Panics
/// A process fails in a way that no fault explains.
pub async fn random_kills(report: &mut Report, torture: &Path, count: u64) {
    at_moments(report, torture, count, Signal::Kill).await;
}

/// Ends so many processes at their system calls.
///
/// # Panics
/// strace is not there, or a process fails in a way that no fault explains.
pub async fn kills_at_calls(report: &mut Report, torture: &Path, count: u64) {
    if count == 0 {
        return;
    }
    let calls = shuffled(counted(torture, report.seed).await, report.seed);
    eprintln!("{count} of {} system calls", calls.len());
    let count = usize::try_from(count).expect("countable");
    let lives = calls.into_iter().cycle().take(count);
    cut_all(report, torture, lives.map(|(life, call)| (life, Cut::Before(call))).collect()).await;
}

async fn at_moments(report: &mut Report, torture: &Path, count: u64, signal: Signal) {
    let lives = |number| {
        let mut dice = Dice::of_round(report.seed, number);
        let life = Life { seed: report.seed, number, used: dice.below(2) == 0 };
        let steps = Books::of(script::script(life.seed, life.number)).steps();
        (life, Cut::At(Moment::within(steps, signal, &mut dice)))
    };
    let lives: Vec<_> = (0..usize::try_from(count).expect("countable")).map(lives).collect();
    cut_all(report, torture, lives).await;
}

async fn cut_all(report: &mut Report, torture: &Path, lives: Vec<(Life, Cut)>) {
    let count = u64::try_from(lives.len()).expect("countable");
    let each = |number: u64| {
        let (life, cut) = lives[usize::try_from(number).expect("countable")].clone();
        let torture = torture.to_owned();
        async move { (life, cut.clone(), cut_short(&torture, life, cut).await) }
    };
    at_once("lives cut short", count, each, |(life, cut, ended)| match ended {
        Ok(kills) => report.kills += kills,
        Err(broken) => found(report, &broken, life, &format!("{cut:?}")),
    })
    .await;
}

fn found(report: &mut Report, broken: &Broken, life: Life, how: &str) {
    report.found(broken, &format!("{life:?}, {how}"), &[]);
}

/// Every system call of the script, on a folder as it is at first and on one that was used before.
async fn counted(torture: &Path, seed: u64) -> Vec<(Life, Call)> {
    let mut all = Vec::new();
    for used in [false, true] {
        let life = Life { seed, number: COUNTED, used };
        let log = tempfile::NamedTempFile::new().expect("a file");
        watched(torture, life, &Strace::counting(log.path())).await;
        all.extend(strace::calls(log.path()).into_iter().map(|call| (life, call)));
    }
    all
}

/// Writes down what a whole life on a new folder does to its files. Says which folder it was.
pub(super) async fn recorded(
    torture: &Path,
    seed: u64,
    number: usize,
    log: &Path,
) -> (PathBuf, Books) {
    let life = Life { seed, number, used: false };
    let folder = watched(torture, life, &Strace::recording(log)).await;
    (folder, Books::of(script::script(seed, number)))
}

/// A life in which nothing goes wrong, and its folder, which is gone.
async fn watched(torture: &Path, life: Life, strace: &Strace) -> PathBuf {
    let mut stage = Stage::begin(life).await;
    let player = Player::start(stage.player(torture, Some(strace)));
    let ended = player.hear_out(&mut stage.books).await;
    assert!(ended.expect("it ends").success(), "nothing goes wrong in it");
    assert_eq!(stage.books.unknown(), 0, "every step is kept");
    stage.folder().to_owned()
}

/// In an order that the seed decides.
fn shuffled<T>(mut all: Vec<T>, seed: u64) -> Vec<T> {
    let mut dice = Dice::of_round(seed, all.len());
    for last in (1..all.len()).rev() {
        all.swap(last, dice.count(last + 1));
    }
    all
}
