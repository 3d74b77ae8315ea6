//! The repository's own rules, which no linter holds: what a file may be and what no file may say.
//!
//! Each rule is a function from one file's text to the lines that break it, so that it is tested on text alone.

mod length;
mod markup;
mod rust_text;
mod shipped_rust;
mod sources;

use std::collections::BTreeSet;
use std::path::Path;
use std::{fmt, fs};

use crate::program::program;
use crate::repository::Repository;
use crate::stop::Stop;

/// A line that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Breach {
    path: String,
    finding: Finding,
}

/// Where in a file, and what is wrong there.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    line: usize,
    what: String,
}

/// A file of the repository: its path from the root, with `/`, and its text.
pub(crate) struct SourceFile {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.path, self.finding.line, self.finding.what)
    }
}

pub(crate) fn breaches(repository: &Repository) -> Result<Vec<Breach>, Stop> {
    Ok(in_files(&files(repository)?))
}

fn in_files(files: &[SourceFile]) -> Vec<Breach> {
    let of_tests: BTreeSet<String> = files.iter().flat_map(shipped_rust::test_modules).collect();
    let mut breaches = Vec::new();
    for file in files {
        let rules = [
            length::findings(file),
            markup::findings(file),
            sources::findings(file),
            shipped_rust::findings(file, &of_tests),
        ];
        let breach = |finding| Breach { path: file.path.clone(), finding };
        breaches.extend(rules.into_iter().flatten().map(breach));
    }
    breaches
}

/// Every text file that git tracks or would track: a rule must not wait for the commit.
pub(crate) fn files(repository: &Repository) -> Result<Vec<SourceFile>, Stop> {
    let mut list = program(repository, "git");
    list.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let listed =
        list.output().map_err(|source| Stop::NotStarted { program: "git".to_owned(), source })?;
    if !listed.status.success() {
        return Err(Stop::Failed { program: "git ls-files".to_owned(), status: listed.status });
    }
    let paths = String::from_utf8_lossy(&listed.stdout);
    Ok(paths.split('\0').filter_map(|path| read(&repository.root, path)).collect())
}

/// Nothing for a file that is no text, or that is deleted and not yet committed so.
fn read(root: &Path, path: &str) -> Option<SourceFile> {
    let text = fs::read_to_string(root.join(path)).ok()?;
    Some(SourceFile { path: path.to_owned(), text })
}

/// The lines that contain one of `words`, each with the word.
fn lines_with(text: &str, words: &[&str], why: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (position, line) in text.lines().enumerate() {
        for word in words.iter().filter(|word| line.contains(**word)) {
            findings.push(Finding { line: position + 1, what: format!("`{word}`: {why}") });
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> SourceFile {
        SourceFile { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_breach_names_file_line_and_reason() {
        let files = [file("ui/src/App.svelte", "<p>\n{@html name}\n</p>\n")];
        let breaches = in_files(&files);
        let said: Vec<String> = breaches.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 1);
        assert!(
            said.iter().all(|line| line.starts_with("ui/src/App.svelte:2: `{@html`")),
            "{said:?}"
        );
    }

    #[test]
    fn a_module_that_only_tests_declare_is_not_shipped() {
        let files = [
            file("src-tauri/core/src/store/mod.rs", "mod open;\n#[cfg(test)]\nmod fixtures;\n"),
            file("src-tauri/core/src/store/fixtures.rs", "fn store() { open().unwrap() }\n"),
            file("src-tauri/core/src/store/open.rs", "fn store() { open().unwrap() }\n"),
        ];
        let paths: Vec<_> = in_files(&files).into_iter().map(|breach| breach.path).collect();
        assert_eq!(paths, ["src-tauri/core/src/store/open.rs"]);
    }

    #[test]
    fn this_repository_keeps_its_own_rules_in_xtask() {
        let files = files(&Repository::of_this_build()).unwrap();
        let breaches = in_files(&files);
        let own: Vec<String> = breaches
            .iter()
            .filter(|breach| breach.path.starts_with("xtask/"))
            .map(ToString::to_string)
            .collect();
        assert!(own.is_empty(), "{own:?}");
    }
}
