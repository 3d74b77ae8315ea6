//! Shipped Rust never stops a person's work on purpose: no panicking call, no gap left for later.
//!
//! Clippy holds most of this too, but can be told to look away; this cannot.

use std::collections::BTreeSet;

use super::rust_text::{code_only, outside_tests};
use super::{Finding, SourceFile, lines_with};

const STOPS: &[&str] = &["todo!", "unimplemented!", ".unwrap()", ".expect(", "panic!"];
const TEST_ONLY: &str = "#[cfg(test)]";

/// `of_tests`: the stems of files and folders that are compiled for tests only, as [`test_modules`] names them.
pub(super) fn findings(file: &SourceFile, of_tests: &BTreeSet<String>) -> Vec<Finding> {
    if !is_shipped(&file.path, of_tests) {
        return Vec::new();
    }
    let code = code_only(&file.text);
    if code.contains("#![cfg(test)]") {
        return Vec::new();
    }
    lines_with(&outside_tests(&code), STOPS, "shipped code gives an error instead")
}

fn is_shipped(path: &str, of_tests: &BTreeSet<String>) -> bool {
    let Some(stem) = path.strip_suffix(".rs") else { return false };
    let is_program = path.starts_with("src-tauri/") || path.starts_with("xtask/");
    let test_folder = ["/tests/", "/benches/", "/examples/"].iter().any(|part| path.contains(part));
    let test_module = of_tests.iter().any(|module| {
        stem.strip_prefix(module.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    is_program && !test_folder && !test_module
}

/// The stems (`src/store/fixtures`) of the modules that `file` declares for tests only.
pub(super) fn test_modules(file: &SourceFile) -> Vec<String> {
    let Some(stem) = file.path.strip_suffix(".rs") else { return Vec::new() };
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let folder = if ["mod", "lib", "main"].contains(&name) { folder } else { stem };
    let code = code_only(&file.text);
    let declared = code.split(TEST_ONLY).skip(1).filter_map(|after| {
        let (item, _) = after.split_once([';', '{'])?;
        let (_, module) = item.rsplit_once("mod ")?;
        after.get(item.len()..)?.starts_with(';').then(|| format!("{folder}/{}", module.trim()))
    });
    declared.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        let path = "src-tauri/core/src/store.rs".to_owned();
        let file = SourceFile { path, text: text.to_owned() };
        findings(&file, &BTreeSet::new()).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn every_way_to_stop_is_found_where_it_stands() {
        let text = "fn a() {\n  b.unwrap();\n  c.expect(\"d\");\n  panic!();\n  todo!();\n  unimplemented!();\n}\n";
        assert_eq!(lines(text), [2, 3, 4, 5, 6]);
    }

    #[test]
    fn what_handles_the_case_is_no_stop() {
        assert!(
            lines("a.unwrap_or_default(); b.unwrap_or(0); #[expect(x, reason = \"y\")]\n")
                .is_empty()
        );
    }

    #[test]
    fn words_in_comments_and_texts_are_not_calls() {
        assert!(
            lines("// never .unwrap()\n/* panic! */\nlet a = \"todo!\";\nlet b = r#\"panic!\"#;\n")
                .is_empty()
        );
    }

    #[test]
    fn tests_may_stop_and_the_code_around_them_may_not() {
        let text =
            "#[cfg(test)]\nmod tests {\n  fn a() { b.unwrap(); }\n}\nfn c() { d.unwrap(); }\n";
        assert_eq!(lines(text), [5]);
    }

    #[test]
    fn only_a_module_of_its_own_file_is_exempt_by_its_declaration() {
        let declare = |path: &str, text: &str| {
            test_modules(&SourceFile { path: path.to_owned(), text: text.to_owned() })
        };
        assert_eq!(declare("a/src/lib.rs", "#[cfg(test)]\nmod fixtures;\n"), ["a/src/fixtures"]);
        assert_eq!(
            declare("a/src/store.rs", "#[cfg(test)]\npub(crate) mod tests;"),
            ["a/src/store/tests"]
        );
        assert!(declare("a/src/lib.rs", "#[cfg(test)]\nmod tests {\n}\nmod store;\n").is_empty());
        assert!(declare("a/src/lib.rs", "#[cfg(test)]\nuse a::b;\nmod store;\n").is_empty());
    }

    #[test]
    fn a_name_that_only_begins_like_a_test_module_is_shipped() {
        let of_tests = BTreeSet::from(["src-tauri/src/fake".to_owned()]);
        assert!(!is_shipped("src-tauri/src/fake.rs", &of_tests));
        assert!(!is_shipped("src-tauri/src/fake/index.rs", &of_tests));
        assert!(is_shipped("src-tauri/src/fake_index.rs", &of_tests));
        assert!(!is_shipped("src-tauri/core/tests/store.rs", &of_tests));
    }
}
