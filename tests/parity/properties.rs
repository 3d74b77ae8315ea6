//! What holds for every input, tried on many: no text ends the program, and what Warehouse's own
//! pattern refuses is refused. The patterns are written here as Warehouse has them, apart from the
//! domain's code.

use std::sync::LazyLock;

use proptest::prelude::*;
use regex::Regex;
use trustdesk_domain::{
    Fields, GitlabInstances, Provider, Publisher, check, check_against, project_name_verdict,
};

use crate::{errors, verdict};

/// Field by field, the pattern without which Warehouse refuses. A final newline passes each of them,
/// as it passes Python's `$`.
const PATTERNS: [(&str, &str, &str); 8] = [
    ("github", "owner", r"^[a-zA-Z0-9][a-zA-Z0-9-]*\n?$"),
    ("github", "repository", r"^[a-zA-Z0-9\-_.]+\n?$"),
    ("github", "workflow_filename", r"^[^/]*\.ya?ml[\s\x1c-\x1f]*$"),
    ("gitlab", "namespace", r"^[a-zA-Z0-9][a-zA-Z0-9\-_./+]*[a-zA-Z0-9]\n?$"),
    ("gitlab", "project", r"^[a-zA-Z0-9][a-zA-Z0-9_.\-]*[a-zA-Z0-9]\n?$"),
    ("gitlab", "environment", r"^([a-zA-Z0-9\-_/${} ]+\n?|[\s\x1c-\x1f]*)$"),
    ("activestate", "project", r"^[.a-zA-Z0-9\-]{3,40}\n?$"),
    ("pending", "project_name", r"^([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9._-]*[a-zA-Z0-9])$"),
];

static COMPILED: LazyLock<Vec<(&str, &str, Regex)>> = LazyLock::new(|| {
    let compiled = |(form, field, pattern)| (form, field, Regex::new(pattern).expect("a pattern"));
    PATTERNS.into_iter().map(compiled).collect()
});

/// Any text, and texts that are nearly right: those find the edges.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-zA-Z0-9._/+${} @-]{0,12}",
        "[a-z]{0,3}[-._/ \u{0}\u{1c}\u{a0}\n]{0,2}[a-z]{0,3}(\\.yml|\\.yaml|\\.git|\\.atom)?[\n /]{0,2}",
        "[ -~]{0,6}@[a-z.-]{0,6}\\.[a-z0-9]{1,3}",
    ]
}

fn fields(provider: Provider) -> impl Strategy<Value = Fields> {
    let names = provider.fields();
    proptest::collection::vec(text(), names.len())
        .prop_map(move |values| names.iter().map(|name| (*name).to_owned()).zip(values).collect())
}

fn any_form() -> impl Strategy<Value = (Provider, Fields)> {
    proptest::sample::select(Provider::ALL.to_vec())
        .prop_flat_map(|provider| (Just(provider), fields(provider)))
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: 1_000,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_warehouses_pattern_refuses_is_refused(value in text()) {
        for (form, field, pattern) in COMPILED.iter() {
            if !pattern.is_match(&value) {
                let verdict = verdict(form, field, Some(&value));
                prop_assert!(!errors(&verdict, field).is_empty(), "{form} {field} {value:?}");
            }
        }
    }

    #[test]
    fn any_text_in_any_form_is_judged_and_stored_the_same_when_judged_again(
        (provider, fields) in any_form()
    ) {
        let instances = GitlabInstances::AnyHttps;
        let (verdict, publisher) = check(provider, &fields, &instances);
        prop_assert_eq!(verdict.normalized.len(), provider.fields().len());
        if let Some(publisher) = publisher {
            prop_assert_eq!(&publisher.fields(), &verdict.normalized, "what was judged is what is sent");
            let (again, same) = check(provider, &publisher.fields(), &instances);
            prop_assert_eq!(again.normalized, verdict.normalized);
            prop_assert_eq!(same, Some(publisher));
        }
    }

    #[test]
    fn a_publisher_that_is_already_there_is_always_noticed((provider, fields) in any_form()) {
        let (mut verdict, publisher) = check(provider, &fields, &GitlabInstances::AnyHttps);
        if let Some(publisher) = publisher {
            check_against([&publisher], &publisher, &mut verdict);
            let warned = verdict.warnings.values().flatten();
            prop_assert!(warned.map(|message| message.key.as_str()).any(|key| key == "publisher.already_there"));
        }
    }

    #[test]
    fn any_project_name_is_judged(value in any::<String>()) {
        let fields = Fields::from([("project_name".to_owned(), value.clone())]);
        let verdict = project_name_verdict(&fields);
        prop_assert_eq!(verdict.stored("project_name"), value);
    }

    #[test]
    fn two_publishers_are_one_only_if_their_lines_differ_in_no_more_than_capitals(
        (provider, one) in any_form(), (_, two) in any_form()
    ) {
        let publisher = |fields: &Fields| check(provider, fields, &GitlabInstances::AnyHttps).1;
        if let (Some(one), Some(two)) = (publisher(&one), publisher(&two))
            && one.identity() == two.identity()
        {
            prop_assert_eq!(Publisher::line(&one).to_lowercase(), two.line().to_lowercase());
        }
    }
}
