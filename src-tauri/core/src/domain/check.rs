//! The one place that judges what a person typed: the index's rules first, then what is stricter
//! here, then what deserves a warning, with what is already listed or waiting.

use super::{Fields, Message, Provider, Publisher, Verdict, github};

/// The verdict on a form, and the publisher that would be added if nothing stands against it.
///
/// None instead of a verdict: this version has no form for the provider.
#[must_use]
pub fn check(provider: Provider, fields: &Fields) -> Option<(Verdict, Option<Publisher>)> {
    match provider {
        Provider::Github => {
            let mut verdict = github::warehouse_verdict(fields);
            github::stricter(&mut verdict);
            github::warnings(fields, &mut verdict);
            let publisher =
                verdict.is_valid().then(|| Publisher::Github(github::publisher(&verdict)));
            Some((verdict, publisher))
        }
        Provider::Gitlab | Provider::Google | Provider::Activestate => None,
    }
}

/// Adds what the project's own publishers and waiting changes have to say of a valid publisher:
/// the same one again, or one that differs only in capitals and is therefore another.
pub fn check_against<'a>(
    known: impl IntoIterator<Item = &'a Publisher>,
    publisher: &Publisher,
    verdict: &mut Verdict,
) {
    let Some(field) = publisher.provider().and_then(|provider| provider.fields().first()) else {
        return;
    };
    let identity = publisher.identity();
    let spelling = publisher.line().to_lowercase();
    for other in known {
        if other.identity() == identity {
            let words = "This publisher is already there; adding it again changes nothing.";
            verdict.warning(field, Message::new("publisher.already_there", words));
            return;
        }
        if other.line().to_lowercase() == spelling {
            let words = format!(
                "Differs only in capitals from {}. Only the spelling that {} itself uses works.",
                other.line(),
                publisher.provider_name(),
            );
            let message = Message::new("publisher.other_capitals", words);
            verdict.warning(field, message.with("other", other.line()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(environment: &str, workflow_filename: &str) -> Fields {
        [
            ("owner", "octo-org"),
            ("repository", "demo"),
            ("workflow_filename", workflow_filename),
            ("environment", environment),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
    }

    fn checked(fields: &Fields) -> (Verdict, Option<Publisher>) {
        check(Provider::Github, fields).expect("GitHub has a form")
    }

    #[test]
    fn white_space_alone_is_no_environment() {
        let (verdict, publisher) = checked(&fields(" \t", "release.yml"));
        assert!(verdict.is_valid());
        assert!(
            publisher.expect("valid").takes_any_environment(),
            "the index would store the white space: a publisher that matches nothing"
        );
    }

    #[test]
    fn what_the_index_cannot_store_is_refused_before_it_is_sent() {
        let (verdict, publisher) = checked(&fields("", "a\0.yml"));
        assert!(verdict.errors.contains_key("workflow_filename"));
        assert_eq!(publisher, None);
    }

    #[test]
    fn every_field_that_is_empty_and_required_has_its_own_words() {
        let (verdict, _) = checked(&Fields::new());
        let texts: Vec<_> =
            verdict.errors.values().flatten().map(|message| message.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "Specify GitHub repository owner (username or organization)",
                "Specify repository name",
                "Specify workflow filename",
            ]
        );
    }

    #[test]
    fn capitals_in_an_environment_are_lowered_and_this_is_said() {
        let (verdict, publisher) = checked(&fields("PyPI", "release.yml"));
        assert_eq!(verdict.warnings["environment"][0].text, "Will be stored as “pypi”.");
        assert_eq!(
            publisher.expect("valid").line(),
            "release.yml in octo-org/demo, environment pypi"
        );
    }

    #[test]
    fn the_same_publisher_again_and_one_in_other_capitals_are_told_apart() {
        let (_, listed) = checked(&fields("pypi", "release.yml"));
        let listed = listed.expect("valid");
        let (mut verdict, same) = checked(&fields("PYPI", "release.yml"));
        check_against([&listed], &same.expect("valid"), &mut verdict);
        assert_eq!(verdict.warnings["owner"][0].key, "publisher.already_there");

        let (mut verdict, other) = checked(&fields("pypi", "Release.yml"));
        check_against([&listed], &other.expect("valid"), &mut verdict);
        assert_eq!(
            verdict.warnings["owner"][0].key, "publisher.other_capitals",
            "the index would make a second row of it"
        );
    }
}
