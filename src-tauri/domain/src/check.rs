//! The one place that judges what a person typed: the index's rules first, then what is stricter
//! here, then what deserves a warning, with what is already listed or waiting.

use super::python_text::strip;
use super::{
    Fields, GitlabInstances, Message, Provider, Publisher, Verdict, activestate, github, gitlab,
    google,
};

/// What Warehouse's own form says of the fields, and what it would store. Look-ups at the provider
/// are not part of it: they take the network.
#[must_use]
pub fn warehouse_verdict(
    provider: Provider,
    fields: &Fields,
    instances: &GitlabInstances,
) -> Verdict {
    match provider {
        Provider::Github => github::warehouse_verdict(fields),
        Provider::Gitlab => gitlab::warehouse_verdict(fields, instances),
        Provider::Google => google::warehouse_verdict(fields),
        Provider::Activestate => activestate::warehouse_verdict(fields),
    }
}

/// The verdict on a form, and the publisher that would be added if nothing stands against it.
///
/// What was typed is judged first: nothing that the index refuses is accepted here. Then the same
/// text without what can never work, which is what would be sent.
#[must_use]
pub fn check(
    provider: Provider,
    fields: &Fields,
    instances: &GitlabInstances,
) -> (Verdict, Option<Publisher>) {
    let typed = warehouse_verdict(provider, fields, instances);
    let mut verdict = warehouse_verdict(provider, &tidied(fields), instances);
    verdict.errors.extend(typed.errors);
    control_characters(provider, &mut verdict);
    match provider {
        Provider::Github => github::warnings(fields, &mut verdict),
        Provider::Gitlab => gitlab::warnings(fields, &mut verdict),
        Provider::Google => google::warnings(fields, &mut verdict),
        Provider::Activestate => {}
    }
    stored_differently(provider, fields, &mut verdict);
    unusual(provider, &mut verdict);
    let publisher = verdict.is_valid().then(|| Publisher::from_stored(provider, &verdict));
    (verdict, publisher)
}

/// The text without the white space around it. The index keeps most of it, Unicode's kinds included,
/// and makes another publisher of it, which no platform's token matches. A character that cannot be
/// seen but is no white space for Python or Unicode (U+200B and its like) is no part of this.
fn tidied(fields: &Fields) -> Fields {
    let tidy = |(name, value): (&String, &String)| (name.clone(), strip(value).to_owned());
    fields.iter().map(tidy).collect()
}

/// No platform has a name with one, and a list that is read back from a page cannot prove that it
/// arrived: a NUL breaks the index's database, and a parser makes one line break of every kind.
fn control_characters(provider: Provider, verdict: &mut Verdict) {
    for field in provider.fields() {
        let found = verdict.stored(field).chars().find(|character| character.is_control());
        let Some(found) = found.filter(|_| !verdict.errors.contains_key(*field)) else { continue };
        let code_point = format!("U+{:04X}", u32::from(found));
        let words = format!("Must not contain the control character {code_point}");
        let message = Message::new(&format!("{}.{field}.control_character", provider.key()), words);
        verdict.error(field, message.with("code_point", code_point));
    }
}

/// Says so where the index would not store what was typed.
fn stored_differently(provider: Provider, fields: &Fields, verdict: &mut Verdict) {
    for field in provider.fields() {
        let typed = fields.get(*field).map_or("", String::as_str);
        let stored = verdict.stored(field).to_owned();
        if stored == typed || stored.is_empty() || verdict.errors.contains_key(*field) {
            continue;
        }
        let how = if strip(typed) == typed { "lowered" } else { "stripped" };
        let words = format!("Will be stored as “{stored}”.");
        let message = Message::new(&format!("{}.{field}.{how}", provider.key()), words);
        verdict.warning(field, message.with("stored", stored));
    }
}

/// A character beyond ASCII is rarely what a platform has there, and often cannot be seen.
fn unusual(provider: Provider, verdict: &mut Verdict) {
    for field in provider.fields() {
        let odd = strip(verdict.stored(field)).chars().find(|character| !character.is_ascii());
        let Some(odd) = odd.filter(|_| !verdict.errors.contains_key(*field)) else { continue };
        let code_point = format!("U+{:04X}", u32::from(odd));
        let words = format!("Contains {code_point}, which may look like another character.");
        let message = Message::new(&format!("{}.{field}.unusual", provider.key()), words);
        verdict.warning(field, message.with("code_point", code_point));
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
        check(Provider::Github, fields, &GitlabInstances::gitlab_com())
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
        assert_eq!(
            verdict.errors["workflow_filename"][0].text,
            "Must not contain the control character U+0000"
        );
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
