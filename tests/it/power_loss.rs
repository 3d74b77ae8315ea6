//! Disks as a power cut leaves them: what was not synced is there, torn, in another order, or not at
//! all.

use std::path::Path;

use trustdesk_tests::torture::{Report, can_choose_calls, power_losses};

const CUTS: u64 = 40;

#[tokio::test]
async fn a_power_cut_damages_nothing_and_takes_nothing_that_was_called_kept() {
    if !can_choose_calls() {
        eprintln!("skipped: strace is not here");
        return;
    }
    let mut report = Report::of_seed(1);
    power_losses(&mut report, Path::new(env!("CARGO_BIN_EXE_trustdesk-torture")), CUTS).await;
    assert!(report.is_clean() && report.power_losses == CUTS, "{report:?}");
}
