//! No hand-written file is so long that one cannot keep it in mind.

use super::{Finding, SourceFile};

const LIMIT: usize = 450;
const HAND_WRITTEN: &[&str] = &[".rs", ".ts", ".js", ".svelte", ".css"];
const GENERATED: &[&str] = &["ui/src/ipc/bindings.ts"];

pub(super) fn findings(file: &SourceFile) -> Vec<Finding> {
    let lines = file.text.lines().count();
    let counts = HAND_WRITTEN.iter().any(|ending| file.path.ends_with(ending))
        && !GENERATED.contains(&file.path.as_str());
    if !counts || lines <= LIMIT {
        return Vec::new();
    }
    vec![Finding { line: LIMIT + 1, what: format!("{lines} lines: a file has at most {LIMIT}") }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaks(path: &str, lines: usize) -> bool {
        let file = SourceFile { path: path.to_owned(), text: "line\n".repeat(lines) };
        !findings(&file).is_empty()
    }

    #[test]
    fn a_hand_written_file_ends_at_the_limit() {
        assert!(!breaks("ui/src/App.svelte", 450));
        assert!(breaks("ui/src/App.svelte", 451));
        assert!(breaks("tests/it/journey.rs", 451), "tests are read too");
    }

    #[test]
    fn what_nobody_wrote_may_be_long() {
        assert!(!breaks("ui/src/ipc/bindings.ts", 900));
        assert!(!breaks("Cargo.lock", 9000));
    }
}
