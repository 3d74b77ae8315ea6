//! Power cuts. A life is recorded with all that it does to its files; from that come the disks that
//! a cut at any moment can leave: what was synced is there, of the rest any sectors are. The next
//! start opens each without damage and has all that was called kept.

mod disk;
mod record;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::Report;
use super::at_once::at_once;
use super::kills::{Books, Kept, recorded};
use crate::broken::Broken;
use crate::dice::Dice;
use disk::Disk;
use record::{Event, events};

/// So many cuts are tried of one recording.
const CUTS_OF_A_LIFE: u64 = 100;

/// Tries so many disks.
///
/// # Panics
/// strace is not there, or a process fails in a way that no fault explains.
pub async fn power_losses(report: &mut Report, torture: &Path, count: u64) {
    let lives = count.div_ceil(CUTS_OF_A_LIFE);
    for life in 0..lives {
        let log = tempfile::NamedTempFile::new().expect("a file");
        let number = usize::try_from(life).expect("countable");
        let (folder, books) = recorded(torture, report.seed, number, log.path()).await;
        let text = fs::read_to_string(log.path()).expect("strace has written it");
        let recording = Arc::new((events(&text, &folder), books));
        let seed = report.seed;
        let cuts = CUTS_OF_A_LIFE.min(count - life * CUTS_OF_A_LIFE);
        let each = |cut: u64| {
            let recording = Arc::clone(&recording);
            async move {
                let (events, books) = &*recording;
                let round = usize::try_from(life << 32 | cut).expect("countable");
                let mut dice = Dice::of_round(seed, round);
                let point = dice.count(events.len() + 1);
                let opened = survives(&events[..point], books.clone(), &mut dice).await;
                (format!("cut {cut} of life {life}, after {point} events"), opened)
            }
        };
        at_once("power cuts", cuts, each, |(how, opened)| match opened {
            Ok(()) => report.power_losses += 1,
            Err(broken) => report.found(&broken, &how, &[]),
        })
        .await;
    }
}

async fn survives(until: &[Event], mut books: Books, dice: &mut Dice) -> Result<(), Broken> {
    let (mut disk, mut posted) = (Disk::default(), 0);
    for event in until {
        match event {
            Event::Said(said) => books.hear(*said),
            Event::Posted => posted += 1,
            event => disk.take(event),
        }
    }
    books.cut_off();
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in disk.after_cut(dice) {
        fs::write(folder.path().join(name), content).expect("written");
    }
    let kept = Kept::in_folder(folder.path()).await?;
    books.hold(&kept)?;
    Books::hold_claims(&kept, posted)
}
