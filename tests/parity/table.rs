//! The project's own table of inputs: `verdicts.json`, one row a line. Its e-mail verdicts are
//! email-validator's (2.3.0, nothing looked up), its others follow the protocol, section 3.

use serde::Deserialize;

use crate::{errors, verdict};

#[derive(Deserialize)]
struct Row {
    form: String,
    field: String,
    /// None: absent from the form.
    value: Option<String>,
    errors: Vec<String>,
    /// Where it is not what was typed.
    stored: Option<String>,
}

#[test]
fn every_row_of_the_own_table_has_its_verdict_and_is_stored_as_it_says() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("verdicts.json")).expect("the table");
    let mut wrong = Vec::new();
    for Row { form, field, value, errors: expected, stored } in &rows {
        let found = verdict(form, field, value.as_deref());
        let as_stored = stored.as_deref().or(value.as_deref()).unwrap_or_default();
        // What is refused is not stored.
        let wrongly_stored = expected.is_empty() && found.stored(field) != as_stored;
        if errors(&found, field) != *expected || wrongly_stored {
            let (errors, stored) = (errors(&found, field), found.stored(field));
            wrong.push(format!("{form} {field} {value:?}: {errors:?}, stored {stored:?}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(rows.len() >= 200, "only {} rows", rows.len());
}
