//! `cargo xtask test`: the steps, one after the other, and what came of them.
//!
//! A step that fails does not stop the others: one run names all that is wrong. Only what needs a failed step is left out.

mod licences;
mod report;
mod steps;
mod tally;

use std::time::Instant;

use crate::repository::Repository;
use crate::screen;
use crate::stop::Stop;
use report::{Report, Row};
use steps::{STEPS, Step};
use tally::Tally;

/// How a step ended.
enum Ending {
    Passed(Tally),
    /// With all that the step said.
    Failed(Tally, String),
    /// The step cannot work on this machine, and why.
    Skipped(String),
    /// The step that it needs did not pass.
    NotRun(&'static str),
}

pub(crate) fn test(repository: &Repository, only: &[String]) -> Result<(), Stop> {
    let chosen = chosen(only)?;
    let mut report = Report::default();
    for (position, step) in chosen.iter().enumerate() {
        screen::line(&format!("[{}/{}] {}: {}", position + 1, chosen.len(), step.name, step.what));
        let started = Instant::now();
        let ending = match report.first_not_passed(step.needs) {
            Some(needed) => Ending::NotRun(needed),
            None => (step.act)(repository)
                .unwrap_or_else(|stop| Ending::Failed(Tally::default(), stop.to_string())),
        };
        let row = Row { step: step.name, ending, elapsed: started.elapsed() };
        if let Ending::Failed(_, output) = &row.ending {
            screen::line(output.trim_end());
        }
        screen::line(&format!("        {}", row.in_words()));
        report.add(row);
    }
    screen::line(&format!("\n{}\n{}", report.table(), report.total()));
    if report.passed() { Ok(()) } else { Err(Stop::ChecksFailed) }
}

fn chosen(only: &[String]) -> Result<Vec<&'static Step>, Stop> {
    for name in only {
        if !STEPS.iter().any(|step| step.name == name) {
            let known = STEPS.iter().map(|step| step.name).collect();
            return Err(Stop::UnknownStep { name: name.clone(), known });
        }
    }
    let is_chosen = |step: &&Step| only.is_empty() || only.iter().any(|name| name == step.name);
    Ok(STEPS.iter().filter(is_chosen).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_needs_only_steps_that_stand_before_it() {
        for (position, step) in STEPS.iter().enumerate() {
            for needed in step.needs {
                let before = STEPS.iter().take(position).any(|step| step.name == *needed);
                assert!(before, "{} would never wait for {needed}", step.name);
            }
        }
    }

    #[test]
    fn steps_are_chosen_in_their_own_order() {
        let chosen = chosen(&["clippy".to_owned(), "packages".to_owned()]).unwrap();
        let names: Vec<_> = chosen.iter().map(|step| step.name).collect();
        assert_eq!(names, ["packages", "clippy"]);
    }

    #[test]
    fn a_step_that_does_not_exist_is_an_error_and_not_an_empty_run() {
        assert!(chosen(&["clipy".to_owned()]).is_err());
    }
}
