//! The name of a project that does not exist yet, as a pending publisher asks for it: the rules that
//! need neither the network nor the index's database (protocol 3.6).

use std::collections::HashSet;
use std::sync::LazyLock;

use super::{Fields, Message, Verdict, normalize_project_name};

const PROJECT_NAME: &str = "project_name";

/// Every module of Python's standard library in any version, as the index looks names up. Where it
/// comes from and under which licence: `data/README.md`.
static STANDARD_LIBRARY: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("../data/stdlib-names.txt").lines().collect());

/// What Warehouse's own form says of the field `project_name` before it asks its database.
#[must_use]
pub fn project_name_verdict(fields: &Fields) -> Verdict {
    let value = fields.get(PROJECT_NAME).map_or("", String::as_str);
    let mut verdict = Verdict::default();
    if value.is_empty() {
        let words = "Specify project name";
        verdict.error(PROJECT_NAME, Message::new("pending.project_name.required", words));
    } else if !is_project_name(value) {
        let words = "Invalid project name";
        verdict.error(PROJECT_NAME, Message::new("pending.project_name.invalid", words));
    } else if STANDARD_LIBRARY.contains(normalize_project_name(value).as_str()) {
        let words = "This project name isn't allowed (conflict with the Python standard library \
                     module name)";
        let message = Message::new("pending.project_name.standard_library", words);
        verdict.error(PROJECT_NAME, message);
    }
    verdict.normalize(PROJECT_NAME, value);
    verdict
}

fn is_project_name(text: &str) -> bool {
    let alphanumeric = |character: char| character.is_ascii_alphanumeric();
    text.starts_with(alphanumeric)
        && text.ends_with(alphanumeric)
        && text.chars().all(|inner| alphanumeric(inner) || matches!(inner, '.' | '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str) -> Vec<String> {
        let fields = Fields::from([(PROJECT_NAME.to_owned(), name.to_owned())]);
        let errors = project_name_verdict(&fields).errors;
        errors.into_values().flatten().map(|message| message.text).collect()
    }

    #[test]
    fn a_name_of_the_standard_library_is_refused_in_every_spelling() {
        for name in [
            "os",
            "XML.etree",
            "xml-etree",
            "importlib_resources",
            "string.templatelib",
            // Modules with underscores around their names, packages of modules, and inner modules.
            "future",
            "main",
            "Builtin",
            "sha256",
            "interpreters",
            "lib",
            "idlelib_main",
        ] {
            assert!(said(name).concat().contains("standard library"), "{name}");
        }
        assert_eq!(said("requests"), Vec::<String>::new());
    }

    #[test]
    fn list_of_standard_library_names_is_complete_and_normalized() {
        assert_eq!(STANDARD_LIBRARY.len(), 2_363);
        for name in STANDARD_LIBRARY.iter() {
            let stripped = name.trim_matches(['-', '_', '.']);
            assert_eq!(normalize_project_name(stripped), *name, "as a name is looked up");
        }
    }

    #[test]
    fn a_name_begins_and_ends_with_a_letter_or_digit_of_ascii() {
        for name in ["-a", "a_", "a b", " a", "é", "\u{212a}elvin", "a\n"] {
            assert_eq!(said(name), ["Invalid project name"], "{name:?}: said once, not twice");
        }
        assert_eq!(said("Foo.Bar_Baz"), Vec::<String>::new());
        assert_eq!(said(""), ["Specify project name"]);
    }
}
