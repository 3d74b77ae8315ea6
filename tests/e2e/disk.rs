//! What is in the files below a folder, whatever they are.

use std::fs;
use std::path::Path;

/// The files that hold one of these texts, as bytes.
pub(crate) fn files_with(folder: &Path, texts: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    // What is there for a moment only, a journal or a lock, may be gone when it is looked at.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, texts));
        } else if let Ok(bytes) = fs::read(&path) {
            let holds = |text: &&str| bytes.windows(text.len()).any(|here| here == text.as_bytes());
            let held = texts.iter().filter(|text| holds(text));
            found.extend(held.map(|text| format!("{text} in {}", path.display())));
        }
    }
    found
}
