//! How many tests passed, failed and were skipped, read from the last words of each test runner.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: u32,
    pub(super) failed: u32,
    pub(super) skipped: u32,
}

impl Tally {
    /// `Summary [ 1.2s] 5 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 2 skipped`
    pub(super) fn of_nextest(output: &str) -> Self {
        let plain = without_colours(output);
        let summary = plain.lines().rev().find_map(|line| {
            let (head, tail) = line.split_once(" run: ")?;
            head.trim_start().starts_with("Summary").then_some(tail)
        });
        let counts = counted(&without_brackets(summary.unwrap_or_default()), ',');
        counts.less_skipped_by_words(&plain)
    }

    /// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`, once a program.
    pub(super) fn of_cargo_test(output: &str) -> Self {
        let plain = without_colours(output);
        let results = plain.lines().filter_map(|line| line.trim().strip_prefix("test result: "));
        let counts: Self = results
            .filter_map(|result| result.split_once(". "))
            .map(|(_, result)| counted(result, ';'))
            .sum();
        counts.less_skipped_by_words(&plain)
    }

    /// `Tests  1 failed | 11 passed | 2 skipped (14)`
    pub(super) fn of_vitest(output: &str) -> Self {
        let plain = without_colours(output);
        let summary = plain.lines().rev().find_map(|line| line.trim_start().strip_prefix("Tests "));
        counted(&without_brackets(summary.unwrap_or_default()), '|')
    }

    fn less_skipped_by_words(self, output: &str) -> Self {
        let said = u32::try_from(reasons_to_skip(output).count()).unwrap_or(u32::MAX);
        let skipped = said.min(self.passed);
        Self { passed: self.passed - skipped, skipped: self.skipped + skipped, ..self }
    }
}

/// Why tests were skipped. A Rust test cannot end so: it prints a line `skipped: <why>` and returns, which its runner counts
/// as passed.
pub(super) fn reasons_to_skip(output: &str) -> impl Iterator<Item = &str> {
    output.lines().filter_map(|line| line.trim_start().strip_prefix("skipped: "))
}

/// `3 passed`, `1 timed out`, ... The words that neither pass nor skip a test fail it: `failed`, `timed out`, `exec failed`.
fn counted(summary: &str, separator: char) -> Tally {
    let mut tally = Tally::default();
    for part in summary.split(separator) {
        let Some((number, word)) = part.trim().split_once(' ') else { continue };
        let Ok(number) = number.parse::<u32>() else { continue };
        match word.trim() {
            "passed" | "expected fail" => tally.passed += number,
            "skipped" | "ignored" | "todo" => tally.skipped += number,
            "measured" | "filtered out" => {}
            _ => tally.failed += number,
        }
    }
    tally
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let outside = |character: &char| {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    text.chars().filter(outside).collect()
}

/// Drops the escape sequences that some machines force upon all output.
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut in_sequence = false;
    for character in text.chars() {
        match character {
            '\u{1b}' => in_sequence = true,
            'a'..='z' | 'A'..='Z' if in_sequence => in_sequence = false,
            _ if in_sequence => {}
            _ => plain.push(character),
        }
    }
    plain
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Self::add)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u32, failed: u32, skipped: u32) -> Tally {
        Tally { passed, failed, skipped }
    }

    #[test]
    fn nextest_says_it_in_its_summary_line() {
        let output = "────────────\n     Summary [   0.012s] 4 tests run: 4 passed, 0 skipped\n";
        assert_eq!(Tally::of_nextest(output), tally(4, 0, 0));
        let one = "     Summary [   0.012s] 1 test run: 1 passed, 3 skipped\n";
        assert_eq!(Tally::of_nextest(one), tally(1, 0, 3));
    }

    #[test]
    fn whatever_did_not_pass_in_nextest_failed() {
        let output = "     Summary [   9.1s] 9 tests run: 5 passed (1 slow, 2 leaky), 1 failed, 2 timed out, 1 exec failed, 2 skipped\n\
                      FAIL [ 1.0s] some test\nerror: test run failed\n";
        assert_eq!(Tally::of_nextest(output), tally(5, 4, 2));
    }

    #[test]
    fn colours_do_not_hide_a_summary() {
        let output = "\u{1b}[32;1m     Summary\u{1b}[0m [   0.006s] \u{1b}[1m2\u{1b}[0m tests run: \u{1b}[1m2\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, \u{1b}[1m0\u{1b}[0m skipped\n";
        assert_eq!(Tally::of_nextest(output), tally(2, 0, 0));
    }

    #[test]
    fn a_test_that_says_it_was_skipped_did_not_pass() {
        let output = "        PASS [   0.010s] core captures::projects\n  stdout ───\n\n    running 1 test\n    \
                      skipped: TRUSTDESK_CAPTURES is not set\n     Summary [   0.012s] 3 tests run: 3 passed, 0 skipped\n";
        assert_eq!(Tally::of_nextest(output), tally(2, 0, 1));
    }

    #[test]
    fn cargo_test_says_it_once_for_each_program() {
        let output = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\n\
                      test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 7 filtered out; finished in 0.01s\n";
        assert_eq!(Tally::of_cargo_test(output), tally(4, 2, 1));
    }

    #[test]
    fn vitest_says_it_after_the_files() {
        let output = " Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 11 passed | 2 skipped | 1 todo (15)\n   Start at  10:00:00\n";
        assert_eq!(Tally::of_vitest(output), tally(11, 1, 3));
        assert_eq!(Tally::of_vitest("      Tests  12 passed (12)\n"), tally(12, 0, 0));
    }

    #[test]
    fn a_runner_that_never_came_to_its_summary_counted_nothing() {
        assert_eq!(Tally::of_nextest("error: could not compile `trustdesk`"), Tally::default());
        assert_eq!(Tally::of_vitest("No test files found, exiting with code 1"), Tally::default());
        assert_eq!(Tally::of_cargo_test(""), Tally::default());
    }
}
