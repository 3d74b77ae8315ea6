//! Where the tags of a page are. Enough for the pages of an index, whose values hold no `>`.

use std::ops::Range;

/// A tag, opening or closing.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    pub(super) range: Range<usize>,
    pub(super) name: String,
    pub(super) closes: bool,
}

/// Elements that have no end.
const VOID: [&str; 8] = ["br", "hr", "img", "input", "link", "meta", "source", "path"];

pub(super) fn tags(page: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut from = 0;
    while let Some(start) = page[from..].find('<').map(|at| from + at) {
        let Some(end) = page[start..].find('>').map(|at| start + at + 1) else { break };
        let inside = &page[start + 1..end - 1];
        let closes = inside.starts_with('/');
        let name: String = inside
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        if !name.is_empty() {
            tags.push(Tag { range: start..end, name, closes });
        }
        from = end;
    }
    tags
}

/// The whole element that this tag opens; none if it has no end.
pub(super) fn element(tags: &[Tag], opens: usize) -> Option<Range<usize>> {
    let tag = &tags[opens];
    if VOID.contains(&tag.name.as_str()) {
        return Some(tag.range.clone());
    }
    let mut depth = 0;
    for other in tags[opens..].iter().filter(|other| other.name == tag.name) {
        depth = if other.closes { depth - 1 } else { depth + 1 };
        if depth == 0 {
            return Some(tag.range.start..other.range.end);
        }
    }
    None
}

/// The values of an attribute, wherever it stands.
pub(super) fn values(page: &str, attribute: &str) -> Vec<Range<usize>> {
    let begins = format!(" {attribute}=\"");
    let starts = page.match_indices(&begins).map(|(at, found)| at + found.len());
    starts.filter_map(|start| Some(start..start + page[start..].find('"')?)).collect()
}
