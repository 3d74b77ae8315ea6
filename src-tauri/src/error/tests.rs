use super::*;

#[test]
fn time_to_wait_is_told_as_a_moment_and_is_a_day_at_most() {
    let until_ms = |seconds| match too_many(seconds, 1_000) {
        IpcError::TooMany { until_ms, .. } => until_ms,
        other => panic!("{other:?}"),
    };
    assert_eq!(until_ms(Some(30)), 31_000);
    assert_eq!(until_ms(None), 301_000);
    for longest in [86_400, 86_401, u64::MAX] {
        assert_eq!(until_ms(Some(longest)), 86_401_000, "{longest}");
    }
}

#[test]
fn an_error_tells_the_page_its_code_and_its_words() {
    let error =
        IpcError::from(sync::Error::WaitingForQuota(sync::Wait { left_ms: 2, until_ms: 5 }));
    let value = serde_json::to_value(&error).expect("serializes");
    assert_eq!(value["code"], "waiting_for_quota");
    assert_eq!(value["until_ms"], 5);
}

#[test]
fn one_thing_that_was_not_saved_does_not_hide_the_rest() {
    let error = IpcError::from(&store::Error::TooLong("a draft"));
    assert!(matches!(error, IpcError::NotSaved { .. }), "{error:?}");
}

#[test]
fn whatever_keeps_the_app_from_starting_names_the_folder() {
    let full = store::Error::DiskFull("no room".into());
    let error = IpcError::cannot_start(full.into(), Path::new("/data"));
    assert!(matches!(&error, IpcError::Database { path, .. } if path == "/data"), "{error:?}");
}

#[test]
fn a_file_that_cannot_be_used_is_named() {
    let error = store::Error::Newer { path: "/data/trustdesk.sqlite3".into() };
    let IpcError::Database { path, message } = IpcError::from(&error) else { panic!("{error}") };
    assert_eq!(path, "/data/trustdesk.sqlite3");
    assert!(message.contains("left untouched"), "{message}");
}

#[test]
fn error_in_the_middle_of_a_job_does_not_say_that_nothing_was_done() {
    use IndexError as E;
    let words = || "words".to_owned();
    let errors = [
        E::IndexDown(502),
        E::NotTheIndex,
        E::PageNotUnderstood("a page"),
        E::OutcomeUnknown("a page"),
        E::TooLarge,
        E::SignedOut,
        E::SessionEnded(words()),
        E::SomeoneElse(words()),
        E::ConfirmPassword,
        E::TooMany(None),
        E::Account(AccountNeed::VerifiedEmail),
        E::Account(AccountNeed::SecondFactor),
        E::ReadOnly,
        E::PublishingDisabled(words()),
        E::Forbidden,
        E::NotFound,
    ];
    let of_index = errors.into_iter().map(sync::Error::from);
    let of_sync = [
        sync::Error::WaitingForQuota(sync::Wait { left_ms: 2, until_ms: 5 }),
        sync::Error::ChangedSinceReview(Vec::new()),
        sync::Error::AnotherSends,
        sync::Error::AnotherAccount,
        sync::Error::Interrupted,
        sync::Error::KeyringLocked,
        sync::Error::NoIndex,
        sync::Error::NoAccount,
        sync::Error::NoSuchProject,
        sync::Error::NoSuchChange,
    ];
    for error in of_index.chain(of_sync) {
        let said = IpcError::from(error).message().to_lowercase();
        for claim in ["nothing was", "nothing has", "nothing is sent", "your changes stay"] {
            assert!(!said.contains(claim), "earlier changes may have been sent: {said}");
        }
    }
}
