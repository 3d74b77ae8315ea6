//! The verdicts of Warehouse's own form classes on 344 inputs. They lie beside the recordings and are
//! not part of the project; without them these tests say that they were skipped.

use serde::Deserialize;
use trustdesk_domain::{code_refusal, recovery_code_refusal, username_refusal};
use trustdesk_tests::recordings;

use crate::{errors, verdict};

#[derive(Deserialize)]
struct Vector {
    provider: String,
    field: String,
    /// None: absent from the form.
    value: Option<String>,
    context: serde_json::Map<String, serde_json::Value>,
    valid: bool,
    normalized: Option<String>,
    message: Option<String>,
    messages: Option<Vec<String>>,
    offline: bool,
}

/// Where Trustdesk refuses or tidies what Warehouse takes as it is, and why.
const STRICTER: [(&str, &str, &str, &str); 13] = [
    ("github", "owner", "octo\n", "a final newline never matches"),
    ("github", "repository", "repo\n", "a final newline never matches"),
    ("github", "workflow_filename", "a\0.yml", "the index's database breaks on a NUL"),
    ("github", "environment", "a\u{80}b", "no platform has a control character in a name"),
    ("github", "environment", "\n", "white space alone matches nothing: it is made empty"),
    ("github", "environment", "\r", "white space alone matches nothing: it is made empty"),
    ("github", "environment", "\u{1f}", "white space alone matches nothing: it is made empty"),
    ("gitlab", "namespace", "group\n", "a final newline never matches"),
    ("gitlab", "project", "repo\n", "a final newline never matches"),
    ("gitlab", "environment", "release\n", "a final newline never matches"),
    ("gitlab", "environment", " release", "white space around a name is a slip, and makes another"),
    ("google", "sub", "  ", "white space alone matches nothing: it is made empty"),
    ("google", "sub", " 123", "Google's subjects have no white space"),
];

/// Forms that the app fills in by itself, with a row's id.
const OTHER_FORMS: [&str; 2] = ["delete", "constrain"];

fn vectors() -> Option<Vec<Vector>> {
    let Some([captures, _]) = recordings::folders() else {
        eprintln!("skipped: TRUSTDESK_CAPTURES is not set");
        return None;
    };
    let path = captures.join("../vectors/validator-vectors.json");
    let text = std::fs::read_to_string(&path).expect("the vectors lie beside the recordings");
    Some(serde_json::from_str(&text).expect("the vectors are readable"))
}

impl Vector {
    /// A verdict on one check alone, which the whole form does not come to.
    fn is_of_one_check(&self) -> bool {
        self.context.contains_key("_level")
    }

    /// What an outside service or the index's database said.
    fn is_of_a_look_up(&self) -> bool {
        self.context.contains_key("_lookup") || self.context.contains_key("_index_state")
    }

    fn is_stricter_here(&self) -> bool {
        let value = self.value.as_deref().unwrap_or_default();
        let same = |(form, field, known, _): &(&str, &str, &str, &str)| {
            (*form, *field, *known) == (self.provider.as_str(), self.field.as_str(), value)
        };
        STRICTER.iter().any(same)
    }

    fn expected(&self) -> Vec<String> {
        let mut messages =
            self.messages.clone().unwrap_or_else(|| self.message.clone().into_iter().collect());
        messages.dedup();
        messages
    }
}

/// What is said of a field of the sign-in; none: it is of another form.
fn sign_in_refusal(vector: &Vector) -> Option<Option<&'static str>> {
    let value = vector.value.as_deref().unwrap_or_default();
    match vector.provider.as_str() {
        "account-login" => Some(username_refusal(value)),
        "account-two-factor" => Some(code_refusal(value)),
        "account-recovery-code" => Some(recovery_code_refusal(value)),
        _ => None,
    }
}

#[test]
fn every_vector_has_warehouses_verdict() {
    let Some(vectors) = vectors() else { return };
    assert_eq!(vectors.len(), 344, "all of them were read");
    let (mut held, mut left) = (0, 0);
    let mut wrong = Vec::new();
    for vector in &vectors {
        if OTHER_FORMS.contains(&vector.provider.as_str()) || vector.is_of_one_check() {
            left += 1;
            continue;
        }
        held += 1;
        if let Some(refusal) = sign_in_refusal(vector) {
            let expected = vector.message.as_deref().filter(|_| !vector.valid);
            assert_eq!(refusal, expected, "{} {:?}", vector.field, vector.value);
            continue;
        }
        let found = verdict(&vector.provider, &vector.field, vector.value.as_deref());
        let found_errors = errors(&found, &vector.field);
        let stored = found.stored(&vector.field);
        let typed = vector.value.as_deref().unwrap_or_default();
        let as_stored = vector.normalized.as_deref().unwrap_or(typed);
        let right = match (vector.valid, vector.offline) {
            // Only the outside world refuses it: the pattern must let it pass.
            (false, false) | (true, _) if vector.is_of_a_look_up() => found_errors.is_empty(),
            (false, _) => found_errors == vector.expected(),
            (true, _) if vector.is_stricter_here() => stored != typed || !found_errors.is_empty(),
            (true, _) => found_errors.is_empty() && stored == as_stored,
        };
        if !right {
            let Vector { provider, field, value, .. } = vector;
            wrong.push(format!(
                "{provider} {field} {value:?}: {:?} expected, found {found_errors:?}, stored {stored:?}",
                vector.expected()
            ));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    println!("{held} vectors agree, {left} are of other forms or of one check alone");
    assert!(held >= 325, "only {held} vectors were held against");
}

#[test]
fn nothing_that_warehouse_refuses_is_accepted() {
    let Some(vectors) = vectors() else { return };
    let accepted = vectors.iter().filter(|vector| {
        !vector.valid
            && vector.offline
            && !OTHER_FORMS.contains(&vector.provider.as_str())
            && !vector.is_of_one_check()
            && sign_in_refusal(vector).is_none()
            && errors(
                &verdict(&vector.provider, &vector.field, vector.value.as_deref()),
                &vector.field,
            )
            .is_empty()
    });
    assert_eq!(accepted.count(), 0);
}

#[test]
fn each_row_of_the_stricter_table_has_its_vector() {
    let Some(vectors) = vectors() else { return };
    for (form, field, value, reason) in STRICTER {
        let there = vectors.iter().any(|vector| {
            vector.valid
                && (vector.provider.as_str(), vector.field.as_str()) == (form, field)
                && vector.value.as_deref() == Some(value)
        });
        assert!(there, "{form} {field} {value:?} ({reason}) is not among the accepted inputs");
    }
}
