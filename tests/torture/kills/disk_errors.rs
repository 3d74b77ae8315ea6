//! A disk that fails while a life goes on: what the core did not call kept may be missing, what it
//! called kept is there, and the next start is as any other.

use std::path::Path;
use std::process::Stdio;

use super::player::Player;
use super::stage::{Life, Stage};
use super::strace::{Call, Strace};
use super::{counted, found, shuffled};
use crate::broken::Broken;
use crate::torture::Report;
use crate::torture::at_once::at_once;

/// What the system answers, by call; the second of two is a full disk's answer.
const ERRORS: &[(&str, &[&str])] = &[
    ("pwrite64", &["EIO", "ENOSPC"]),
    ("fsync", &["EIO", "ENOSPC"]),
    ("fdatasync", &["EIO", "ENOSPC"]),
    ("ftruncate", &["EIO"]),
];

/// Fails so many calls of a script: each by itself, or each and all that follow.
///
/// # Panics
/// strace is not there, or a process fails in a way that no fault explains.
pub async fn disk_errors(report: &mut Report, torture: &Path, count: u64) {
    if count == 0 {
        return;
    }
    let calls = counted(torture, report.seed).await;
    let errors = |(life, call): (Life, Call)| {
        let of_call = ERRORS.iter().find(|(name, _)| *name == call.name);
        let errors = of_call.map_or(&[][..], |(_, errors)| *errors);
        let ways = errors.iter().flat_map(|error| [(*error, false), (*error, true)]);
        ways.map(move |(error, lasting)| (life, call.clone(), error, lasting)).collect::<Vec<_>>()
    };
    let lives = shuffled(calls.into_iter().flat_map(errors).collect(), report.seed);
    let each = |number: u64| {
        let number = usize::try_from(number).expect("countable") % lives.len();
        let (life, call, error, lasting) = lives[number].clone();
        let torture = torture.to_owned();
        async move {
            let strace = Strace::failing(&call, error, lasting);
            (life, format!("{strace:?}"), survives(&torture, life, &strace).await)
        }
    };
    at_once("lives on a failing disk", count, each, |(life, how, ended)| match ended {
        Ok(()) => report.disk_errors += 1,
        Err(broken) => found(report, &broken, life, &how),
    })
    .await;
}

async fn survives(torture: &Path, life: Life, strace: &Strace) -> Result<(), Broken> {
    let mut stage = Stage::begin(life).await;
    let mut player = stage.player(torture, Some(strace));
    // A process whose database does not open ends with words, as it does without a test.
    player.stderr(Stdio::null());
    Player::start(player).hear_out(&mut stage.books).await?;
    stage.hold().await?;
    stage.come_to_rest().await
}
