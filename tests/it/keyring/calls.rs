//! What becomes of each cookie that is saved, looked for or deleted, whatever the keyring does.

use tokio::join;
use trustdesk_core::secrets::{
    KeyringState, KeyringTrouble, Loaded, Secrets,
    SessionKept::{Keyring, Memory},
};

use super::pretended::{Manner, Pretended, found, name, session};

/// What an entry with this session says.
fn entry(cookie: &str) -> String {
    format!(r#"{{"version":3,"origin":"demo","session_id":"{cookie}","remember_device":null}}"#)
}

#[tokio::test]
async fn a_keyring_that_answers_is_never_spoken_of() {
    let keyring = Pretended::new(Manner::Open);
    let secrets = keyring.secrets();
    assert_eq!(secrets.save(&name("alice"), &session("a")).await, Keyring);
    assert_eq!(secrets.save(&name("alice"), &session("b")).await, Keyring);
    assert_eq!(keyring.entries("alice"), [entry("b")], "one entry an account and index");
    assert_eq!(found(secrets.load(&name("alice")).await), Some(("b".to_owned(), Keyring)));
    secrets.delete(&name("alice")).await;
    assert!(matches!(secrets.load(&name("alice")).await, Loaded::Nothing));
    assert_eq!(keyring.announced(), 0, "nothing on screen has changed");
}

#[tokio::test]
async fn a_silent_keyring_holds_up_no_saving_and_ends_with_the_newest() {
    let keyring = Pretended::new(Manner::Silent);
    let secrets = keyring.secrets();
    assert_eq!(secrets.save(&name("alice"), &session("a")).await, Memory);
    assert_eq!(secrets.keyring().state, KeyringState::Waiting);
    assert_eq!(keyring.announced(), 1, "the screen says that it waits");
    for cookie in ["b", "c"] {
        assert_eq!(secrets.save(&name("alice"), &session(cookie)).await, Memory);
    }
    assert_eq!(found(secrets.load(&name("alice")).await), Some(("c".to_owned(), Memory)));

    keyring.turns(Manner::Open);
    let is_kept = || secrets.kept(&name("alice")) == Some(Keyring);
    keyring.until("the answer is taken when it comes", is_kept).await;
    assert_eq!(secrets.keyring().state, KeyringState::Ready);
    assert_eq!(keyring.entries("alice"), [entry("c")]);
    assert_eq!(keyring.questions(), 1, "no second call was begun");
}

#[tokio::test]
async fn a_late_answer_is_taken_and_no_second_call_is_begun_before_it() {
    let keyring = Pretended::new(Manner::Silent);
    keyring.put("alice", &entry("a"));
    let secrets = keyring.secrets();
    let (alice, bob) = (name("alice"), name("bob"));
    let (first, again, none, ()) =
        join!(secrets.load(&alice), secrets.load(&alice), secrets.load(&bob), async {
            secrets.waits().await;
            assert_eq!(secrets.save(&name("carol"), &session("c")).await, Memory);
            assert_eq!(keyring.questions(), 1);
            keyring.turns(Manner::Open);
        });
    assert_eq!(found(first), Some(("a".to_owned(), Keyring)));
    assert_eq!(found(again), Some(("a".to_owned(), Keyring)));
    assert!(matches!(none, Loaded::Nothing));
    let is_kept = || secrets.kept(&name("carol")) == Some(Keyring);
    keyring.until("what was saved meanwhile has come to it", is_kept).await;
    assert_eq!(keyring.entries("carol"), [entry("c")]);
    assert_eq!(keyring.most_open(), 1, "keyrings dislike parallel calls");
}

#[tokio::test]
async fn who_looks_for_a_cookie_while_the_keyring_asks_is_answered_by_the_same_question() {
    let keyring = Pretended::new(Manner::Silent);
    let secrets = keyring.secrets();
    assert_eq!(secrets.save(&name("alice"), &session("a")).await, Memory);
    let bob = name("bob");
    let (loaded, ()) = join!(secrets.load(&bob), async {
        tokio::task::yield_now().await;
        keyring.turns(Manner::Locked);
    });
    assert!(matches!(loaded, Loaded::Unavailable(KeyringTrouble::Locked)));
    assert_eq!(keyring.questions(), 1, "a second call was begun while one was open");
}

#[tokio::test]
async fn whoever_looks_for_a_cookie_only_at_hand_does_not_wait_for_the_person() {
    let keyring = Pretended::new(Manner::Silent);
    keyring.put("alice", &entry("a"));
    let secrets = keyring.secrets();
    assert!(secrets.at_hand(&name("alice")).await.is_none());
    keyring.turns(Manner::Open);
    keyring.until("answered", || secrets.keyring().state == KeyringState::Ready).await;
    assert!(secrets.at_hand(&name("alice")).await.is_some());
}

#[tokio::test]
async fn who_dismissed_the_question_is_not_asked_again_before_they_want_it() {
    let keyring = Pretended::new(Manner::Locked);
    keyring.put("alice", &entry("a"));
    let secrets = keyring.secrets();
    let locked = |loaded| matches!(loaded, Loaded::Unavailable(KeyringTrouble::Locked));
    assert!(locked(secrets.load(&name("alice")).await), "it is not known to be empty");
    assert_eq!(secrets.keyring().state, KeyringState::Locked);
    for cookie in ["b", "c"] {
        assert_eq!(secrets.save(&name("bob"), &session(cookie)).await, Memory);
    }
    assert!(locked(secrets.load(&name("alice")).await));
    assert_eq!(keyring.questions(), 1, "each request of a sync would ask else");

    secrets.try_again().await;
    assert!(locked(secrets.load(&name("alice")).await));
    assert_eq!(keyring.questions(), 2, "once more, and not once for each that waits");
}

#[tokio::test]
async fn a_keyring_that_was_unlocked_elsewhere_is_used_without_a_question() {
    let keyring = Pretended::new(Manner::Locked);
    let secrets = keyring.secrets();
    assert_eq!(secrets.save(&name("alice"), &session("a")).await, Memory);
    keyring.turns(Manner::Open);
    assert_eq!(secrets.save(&name("bob"), &session("b")).await, Keyring);
    assert_eq!(keyring.entries("alice"), [entry("a")], "what was in memory has come to it too");
    assert_eq!(secrets.kept(&name("alice")), Some(Keyring));
    assert_eq!(keyring.questions(), 1);
}

#[tokio::test]
async fn a_keyring_that_appears_later_is_used_without_a_restart() {
    let keyring = Pretended::new(Manner::Missing);
    let secrets = keyring.secrets();
    let missing = |loaded| matches!(loaded, Loaded::Unavailable(KeyringTrouble::Missing));
    assert!(missing(secrets.load(&name("alice")).await));
    assert_eq!(secrets.save(&name("alice"), &session("a")).await, Memory);
    assert_eq!(secrets.keyring().state, KeyringState::Missing);

    keyring.turns(Manner::Open);
    assert!(matches!(secrets.load(&name("bob")).await, Loaded::Nothing));
    let is_kept = || secrets.kept(&name("alice")) == Some(Keyring);
    keyring.until("any call that succeeds takes along what is in memory", is_kept).await;
    assert_eq!(keyring.entries("alice"), [entry("a")]);
    assert_eq!(secrets.keyring().state, KeyringState::Ready);
}

#[tokio::test]
async fn what_a_silent_keyring_was_to_delete_is_gone_at_once_and_from_it_in_the_end() {
    let keyring = Pretended::new(Manner::Silent);
    keyring.put("alice", &entry("a"));
    let secrets = keyring.secrets();
    let alice = name("alice");
    let (asked_before, ()) = join!(secrets.load(&alice), async {
        secrets.waits().await;
        secrets.delete(&alice).await;
        assert!(secrets.keyring().left_behind, "the screen must say so");
        assert!(matches!(secrets.load(&alice).await, Loaded::Nothing));
        keyring.turns(Manner::Open);
    });
    assert!(matches!(asked_before, Loaded::Nothing), "a late answer brings nothing back");
    keyring.until("deleted", || keyring.entries("alice").is_empty()).await;
    keyring.until("and said", || !secrets.keyring().left_behind).await;
}

#[tokio::test]
async fn what_a_locked_keyring_refused_to_delete_is_deleted_at_the_next_chance() {
    let keyring = Pretended::new(Manner::Open);
    let secrets = keyring.secrets();
    secrets.save(&name("alice"), &session("a")).await;
    keyring.turns(Manner::Locked);
    secrets.delete(&name("alice")).await;
    assert!(secrets.keyring().left_behind);
    keyring.turns(Manner::Open);
    secrets.save(&name("bob"), &session("b")).await;
    assert!(!secrets.keyring().left_behind);
    assert_eq!(keyring.entries("alice"), [""; 0]);
}

#[tokio::test]
async fn a_new_session_takes_back_the_deletion_of_the_old_one() {
    let keyring = Pretended::new(Manner::Silent);
    keyring.put("alice", &entry("old"));
    let secrets = keyring.secrets();
    secrets.delete(&name("alice")).await;
    secrets.save(&name("alice"), &session("new")).await;
    assert!(!secrets.keyring().left_behind, "its entry is to be replaced");
    keyring.turns(Manner::Open);
    let is_kept = || secrets.kept(&name("alice")) == Some(Keyring);
    keyring.until("kept", is_kept).await;
    assert_eq!(keyring.entries("alice"), [entry("new")]);
}

#[tokio::test]
async fn where_there_is_no_keyring_nothing_is_left_behind_in_it() {
    let keyring = Pretended::new(Manner::Missing);
    let secrets = keyring.secrets();
    secrets.save(&name("alice"), &session("a")).await;
    secrets.delete(&name("alice")).await;
    assert!(!secrets.keyring().left_behind, "it would be said for ever");

    keyring.turns(Manner::Open);
    secrets.save(&name("bob"), &session("b")).await;
    keyring.turns(Manner::Missing);
    secrets.delete(&name("bob")).await;
    assert!(secrets.keyring().left_behind, "it took the session before it went away");
}

#[tokio::test]
async fn what_is_too_long_for_an_entry_stays_in_memory_and_no_older_one_outlives_it() {
    let keyring = Pretended::new(Manner::Open);
    let secrets = keyring.secrets();
    secrets.save(&name("alice"), &session("short")).await;
    let long = "x".repeat(1_200);
    assert_eq!(secrets.save(&name("alice"), &session(&long)).await, Memory);
    assert_eq!(secrets.kept(&name("alice")), Some(Memory));
    assert_eq!(keyring.entries("alice"), [""; 0]);
    assert_eq!(found(secrets.load(&name("alice")).await), Some((long, Memory)));
    assert!(!secrets.keyring().left_behind);
    assert_eq!(secrets.save(&name("alice"), &session("short")).await, Keyring);
}

#[tokio::test]
async fn two_entries_of_one_name_cannot_be_told_apart_and_make_room_for_one() {
    let keyring = Pretended::new(Manner::Open);
    let secrets = keyring.secrets();
    for cookie in ["a", "b"] {
        keyring.put("alice", &entry(cookie));
    }
    assert!(matches!(secrets.load(&name("alice")).await, Loaded::Nothing));
    for cookie in ["c", "d"] {
        keyring.put("alice", &entry(cookie));
    }
    assert_eq!(secrets.save(&name("alice"), &session("e")).await, Keyring);
    assert_eq!(keyring.entries("alice"), [entry("e")]);
}
