//! The page never turns text into markup: names and messages come from an index that anyone can write to.

use super::{Finding, SourceFile, lines_with};

const DOORS: &[&str] = &["{@html", "innerHTML", "outerHTML", "insertAdjacentHTML"];

pub(super) fn findings(file: &SourceFile) -> Vec<Finding> {
    if !file.path.starts_with("ui/src/") {
        return Vec::new();
    }
    lines_with(&file.text, DOORS, "text from an index must never become markup")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        let file = SourceFile { path: path.to_owned(), text: text.to_owned() };
        findings(&file).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn every_door_from_text_to_markup_is_found() {
        assert_eq!(lines("ui/src/views/A.svelte", "<b>\n{@html name}</b>"), [2]);
        let script = "a.innerHTML = b;\na.outerHTML = b;\na.insertAdjacentHTML('x', b);\n";
        assert_eq!(lines("ui/src/main.ts", script), [1, 2, 3]);
    }

    #[test]
    fn text_as_text_is_fine_and_other_folders_are_not_the_page() {
        assert!(lines("ui/src/views/A.svelte", "<b>{name}</b>\na.textContent = b;").is_empty());
        assert!(lines("src-tauri/core/src/index/pages.rs", "// innerHTML").is_empty());
    }
}
