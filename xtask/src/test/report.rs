//! What came of a run: one row a step, and the sum.

use std::time::Duration;

use super::Ending;
use super::tally::Tally;

#[derive(Default)]
pub(super) struct Report {
    rows: Vec<Row>,
}

pub(super) struct Row {
    pub(super) step: &'static str,
    pub(super) ending: Ending,
    pub(super) elapsed: Duration,
}

impl Row {
    pub(super) fn in_words(&self) -> String {
        let seconds = self.elapsed.as_secs_f32();
        match &self.ending {
            Ending::Passed(tally) if *tally == Tally::default() => {
                format!("passed in {seconds:.1} s")
            }
            Ending::Passed(tally) => format!("passed in {seconds:.1} s: {tally}"),
            Ending::Failed(tally, _) if *tally == Tally::default() => {
                format!("FAILED after {seconds:.1} s")
            }
            Ending::Failed(tally, _) => format!("FAILED after {seconds:.1} s: {tally}"),
            Ending::Skipped(reason) => format!("skipped: {reason}"),
            Ending::NotRun(needed) => format!("not run: it needs {needed}"),
        }
    }

    /// A step that is no test runner counts when something is wrong with it, so that the sum never hides it.
    fn tally(&self) -> Tally {
        match &self.ending {
            Ending::Passed(tally) => *tally,
            Ending::Failed(tally, _) => Tally { failed: tally.failed.max(1), ..*tally },
            Ending::Skipped(_) | Ending::NotRun(_) => Tally { skipped: 1, ..Tally::default() },
        }
    }
}

impl Report {
    pub(super) fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// The first of `steps` that ran and did not pass, or was not run for the same reason.
    pub(super) fn first_not_passed(&self, steps: &[&'static str]) -> Option<&'static str> {
        let stands_in_the_way = |row: &&Row| {
            steps.contains(&row.step)
                && matches!(row.ending, Ending::Failed(..) | Ending::NotRun(_))
        };
        self.rows.iter().find(stands_in_the_way).map(|row| row.step)
    }

    pub(super) fn passed(&self) -> bool {
        !self.rows.iter().any(|row| matches!(row.ending, Ending::Failed(..) | Ending::NotRun(_)))
    }

    pub(super) fn table(&self) -> String {
        let width = self.rows.iter().map(|row| row.step.len()).max().unwrap_or_default();
        let line = |row: &Row| format!("{:width$}  {}\n", row.step, row.in_words());
        self.rows.iter().map(line).collect()
    }

    pub(super) fn total(&self) -> Tally {
        self.rows.iter().map(Row::tally).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(endings: Vec<(&'static str, Ending)>) -> Report {
        let row = |(step, ending)| Row { step, ending, elapsed: Duration::from_millis(1500) };
        Report { rows: endings.into_iter().map(row).collect() }
    }

    fn tally(passed: u32, failed: u32, skipped: u32) -> Tally {
        Tally { passed, failed, skipped }
    }

    #[test]
    fn the_last_line_is_the_sum_of_all_runners() {
        let report = report(vec![
            ("clippy", Ending::Passed(Tally::default())),
            ("ui-tests", Ending::Passed(tally(10, 0, 1))),
            ("rust-tests", Ending::Failed(tally(200, 2, 0), String::new())),
        ]);
        assert_eq!(report.total().to_string(), "210 passed, 2 failed, 1 skipped");
        assert!(!report.passed());
    }

    #[test]
    fn a_failed_check_shows_in_the_sum_though_it_holds_no_test() {
        let report = report(vec![("clippy", Ending::Failed(Tally::default(), String::new()))]);
        assert_eq!(report.total(), tally(0, 1, 0), "`0 failed` must mean that nothing failed");
    }

    #[test]
    fn what_was_skipped_is_named_and_does_not_fail_the_run() {
        let report = report(vec![("licences", Ending::Skipped("no cargo-deny".to_owned()))]);
        assert_eq!(report.total(), tally(0, 0, 1));
        assert!(report.table().contains("licences  skipped: no cargo-deny"));
        assert!(report.passed());
    }

    #[test]
    fn a_step_is_not_run_when_one_that_it_needs_was_not_run() {
        let report = report(vec![
            ("ui-build", Ending::Failed(Tally::default(), String::new())),
            ("rust-build", Ending::NotRun("ui-build")),
        ]);
        assert_eq!(report.first_not_passed(&["rust-build"]), Some("rust-build"));
        assert_eq!(
            report.first_not_passed(&["packages"]),
            None,
            "it was not asked for in this run"
        );
    }
}
