//! Which selectors the core asks a page with: none that names siblings. A page decides how many
//! siblings an element has, and looking through all of them again for each of them takes a time that
//! grows with the square of the page.

use crate::rooms::files;

/// The texts in quotes of a file, without those of its comments and its tests.
fn texts(source: &str) -> Vec<String> {
    let shipped = source.split("#[cfg(test)]").next().unwrap_or_default();
    let code = shipped.lines().filter(|line| !line.trim_start().starts_with("//"));
    // A quote that is a character, or that stands in a text.
    let code = code.collect::<Vec<_>>().join(" ").replace("'\"'", "").replace("\\\"", "'");
    code.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn names_siblings(text: &str) -> bool {
    // `[class~=a]` looks at the words of a value.
    text.replace("~=", "=").contains(['~', '+'])
        || [":has(", ":nth-", ":first-", ":last-", ":only-"].iter().any(|name| text.contains(name))
}

#[test]
fn no_selector_names_siblings() {
    let mut seen = 0;
    for (name, text) in files("core/src/index") {
        for text in texts(&text) {
            seen += usize::from(text.contains("main#content"));
            assert!(!names_siblings(&text), "{name}: {text}");
        }
    }
    assert!(seen > 5, "only {seen} selectors were found");
    for quadratic in ["main#content ~ footer", "h2 + p.no-bottom-padding", "li:nth-child(2)", "a~b"]
    {
        assert!(names_siblings(quadratic), "{quadratic}");
    }
    for linear in ["main#content table", "a[class~=active]", "div > a", "a, b"] {
        assert!(!names_siblings(linear), "{linear}");
    }
}
