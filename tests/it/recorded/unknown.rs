//! Rows that no provider of today makes, on the page of a project that has known ones too: what could
//! not be read of one row hides nothing of the others.

use trustdesk_core::index::pages;
use trustdesk_domain::{Detail, Publisher, PublishingPage};

const PUBLISHING: &str = include_str!("../../fixtures/publishing.html");
/// The first row of the fixture, as it stands there.
const ENVIRONMENT: &str = "<b>Environment name:</b>\n                <i>(whichever)</i>\n";

fn read(page: &str) -> PublishingPage {
    pages::publishing(page, "kelp-forest").expect("every other row is still read")
}

/// The page with the first row changed, and what is read of that row.
fn first_row(from: &str, to: &str) -> Publisher {
    assert!(PUBLISHING.contains(from), "the page has {from}");
    let before = read(PUBLISHING).publishers;
    let after = read(&PUBLISHING.replacen(from, to, 1)).publishers;
    assert_eq!(after[1..], before[1..], "no other row is another");
    assert_eq!(after[0].id, before[0].id, "it can be removed");
    assert_ne!(
        after[0].publisher.identity(),
        before[0].publisher.identity(),
        "nor is it the known one"
    );
    after[0].publisher.clone()
}

/// Label and value of every line.
fn lines(publisher: &Publisher) -> Vec<(String, Option<String>)> {
    let Publisher::Other { details, .. } = publisher else { panic!("known: {publisher:?}") };
    details.iter().map(|Detail { label, value, .. }| (label.clone(), value.clone())).collect()
}

fn line(label: &str, value: &str) -> (String, Option<String>) {
    (label.to_owned(), Some(value.to_owned()))
}

#[test]
fn extra_line_of_a_known_provider_is_shown_with_the_others() {
    let extra =
        format!("{ENVIRONMENT}<br>\n              <b>Reusable workflow:</b> shared/ship.yml\n");
    let row = first_row(ENVIRONMENT, &extra);
    assert_eq!(row.provider_name(), "GitHub");
    assert_eq!(
        lines(&row),
        [
            line("Repository", "Sea-Lab/kelp.forest"),
            line("Workflow", "ship & sail.yml"),
            ("Environment name".to_owned(), None),
            line("Reusable workflow", "shared/ship.yml"),
        ]
    );
}

#[test]
fn missing_renamed_repeated_or_empty_line_is_no_known_publisher() {
    let changes = [
        ("a line is missing", ENVIRONMENT, ""),
        ("a label is missing", "<b>Workflow:</b>", ""),
        ("a label is another", "<b>Environment name:</b>", "<b>Environments:</b>"),
        ("a label stands there twice", "<b>Environment name:</b>", "<b>Workflow:</b>"),
        ("a value is missing", "<i>(whichever)</i>", ""),
        ("a value is dressed otherwise", "<i>(whichever)</i>", "<em>(whichever)</em>"),
        ("a value has words beside it", "<i>(whichever)</i>", "pypi <i>(default)</i>"),
        ("a required value is any", "ship &amp; sail.yml", "<i>(whichever)</i>"),
    ];
    for (change, from, to) in changes {
        let row = first_row(from, to);
        assert!(!lines(&row).is_empty(), "{change}");
    }
}

#[test]
fn unknown_provider_is_shown_with_each_of_its_values() {
    let labels = ["Organization ID", "Project ID", "Definition", "Context", "Ref", "Origin"];
    for count in 2..=labels.len() {
        let mut details = String::new();
        for label in &labels[..count] {
            details.push_str(&format!("\n              <b>{label}:</b> of {label}\n<br>"));
        }
        let row = first_row("<td>GitHub</td>", "<td>CircleCI</td>");
        assert_eq!(lines(&row).len(), 3, "by its name alone it is another");
        let dash = "<td>Lighthouse CI</td>\n            <td><small>\n                -";
        assert!(PUBLISHING.contains(dash));
        let page = PUBLISHING.replacen(dash, &format!("<td>CircleCI</td><td><small>{details}"), 1);
        let read = read(&page).publishers.pop().expect("the last row").publisher;
        let expected: Vec<_> =
            labels[..count].iter().map(|label| line(label, &format!("of {label}"))).collect();
        assert_eq!(lines(&read), expected);
        assert_eq!(read.provider_name(), "CircleCI");
        let said = read.line();
        assert!(labels[..count].iter().all(|label| said.contains(&format!("{label}: of {label}"))));
    }
}
