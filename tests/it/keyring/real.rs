//! A real Secret Service, met by a process of its own.

use trustdesk_tests::session_bus::session_bus;

/// What the process says of each of its words. None: there is nothing to run it with.
fn said(words: &str) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = session_bus(folder.path())?;
    session.arg(env!("CARGO_BIN_EXE_one_keyring")).args(words.split(' '));
    let output = session.output().expect("it runs");
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    Some(said.lines().map(str::to_owned).collect())
}

#[test]
fn a_session_is_kept_found_by_the_next_start_replaced_and_deleted() {
    let Some(said) = said("start load a load again load b again load delete load again load")
    else {
        return;
    };
    let expected = [
        "start: done (Ready, announced 0)",
        "load: nothing (Ready, announced 0)",
        "a: Keyring (Ready, announced 0)",
        "load: a from Keyring (Ready, announced 0)",
        "again:  (Ready, announced 0)",
        "load: a from Keyring (Ready, announced 0)",
        "b: Keyring (Ready, announced 0)",
        "again:  (Ready, announced 0)",
        "load: b from Keyring (Ready, announced 0)",
        "delete: left behind: false (Ready, announced 0)",
        "load: nothing (Ready, announced 0)",
        "again:  (Ready, announced 0)",
        "load: nothing (Ready, announced 0)",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_locked_keyring_that_cannot_ask_says_so_at_once_and_takes_what_it_missed_when_it_is_unlocked() {
    let Some(said) = said("start a lock load delete b end start load c again load") else { return };
    let expected = [
        "start: done (Ready, announced 0)",
        "a: Keyring (Ready, announced 0)",
        "lock: done (Ready, announced 0)",
        // One change and not two: it never kept anybody waiting.
        "load: Locked (Locked, announced 1)",
        "delete: left behind: true (Locked, announced 2)",
        "b: Memory (Locked, announced 3)",
        "end: done (Locked, announced 3)",
        "start: done (Locked, announced 3)",
        "load: b from Memory (Locked, announced 3)",
        "c: Keyring (Ready, announced 4)",
        "again:  (Ready, announced 4)",
        "load: c from Keyring (Ready, announced 4)",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_keyring_that_starts_later_ends_and_starts_again_is_used_without_a_restart() {
    let Some(said) = said("load a start b again load end load c start d again load") else {
        return;
    };
    let expected = [
        "load: Missing (Missing, announced 1)",
        "a: Memory (Missing, announced 2)",
        "start: done (Missing, announced 2)",
        "b: Keyring (Ready, announced 3)",
        "again:  (Ready, announced 3)",
        "load: b from Keyring (Ready, announced 3)",
        "end: done (Ready, announced 3)",
        "load: Missing (Missing, announced 4)",
        "c: Memory (Missing, announced 5)",
        "start: done (Missing, announced 5)",
        "d: Keyring (Ready, announced 6)",
        "again:  (Ready, announced 6)",
        "load: d from Keyring (Ready, announced 6)",
    ];
    assert_eq!(said, expected);
}
