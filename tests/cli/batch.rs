//! `batch`: one process, one session, one result a line.

use serde_json::{Value, json};

use crate::demo::Demo;
use crate::program::Program;

/// What each line ended with.
fn exits(outcomes: &[Value]) -> Vec<u64> {
    outcomes.iter().map(|outcome| outcome["exit"].as_u64().expect("a number")).collect()
}

#[test]
fn a_line_is_answered_with_its_command_its_exit_and_its_result() {
    let program = Program::new();
    let said = program.fed("batch", b"# a remark\n\n  index add 'testpypi'  \r\nindex list");
    let testpypi =
        json!({ "key": "testpypi", "name": "TestPyPI", "address": "https://test.pypi.org" });
    let mut listed = testpypi.clone();
    listed["in_use"] = json!(false);
    assert_eq!((said.exit, said.err.as_str()), (0, ""));
    assert_eq!(
        said.documents(),
        [
            json!({ "command": "index add 'testpypi'", "exit": 0, "result": { "index": testpypi } }),
            json!({ "command": "index list", "exit": 0, "result": { "indexes": [listed] } }),
        ]
    );
}

#[test]
fn one_session_serves_all_lines_without_a_keyring_and_none_after_them() {
    let demo = Demo::start();
    let program = Program::on(&demo);
    let read = program.signed_in(
        &demo,
        &["projects --refresh", "status --refresh", "publishers --refresh tidepool"],
    );
    assert_eq!(read[1]["connection"], json!({ "state": "online" }));
    assert_eq!(read[2]["projects"][0]["project"], "tidepool");
    let (exit, answer) = program.json("projects --refresh");
    assert_eq!((exit, &answer["error"]["kind"]), (3, &json!("signed_out")));
}

#[test]
fn it_ends_at_the_first_failure_unless_it_is_to_keep_going_and_its_exit_is_the_worst() {
    let program = Program::new();
    let lines = b"status\nstatus --refresh\nindex list\nstatus 'open\naccount use nobody\nstatus";
    let said = program.fed("batch", lines);
    assert_eq!((said.exit, exits(&said.documents())), (2, vec![0, 2]));
    let said = program.fed("batch --keep-going", lines);
    assert_eq!((said.exit, exits(&said.documents())), (2, vec![0, 2, 0, 2, 2, 0]));
    assert!(said.err.contains("missing closing quote"), "{}", said.err);

    let demo = Demo::start();
    let program = Program::on(&demo);
    let said = program.fed("batch --keep-going", b"account use nobody\nstatus\nprojects\nstatus");
    assert_eq!((said.exit, exits(&said.documents())), (3, vec![1, 0, 3, 0]), "3 is worse than 1");
}

#[test]
fn what_needs_the_input_for_itself_is_no_line_of_a_batch() {
    let program = Program::new();
    program.run("index use http://127.0.0.1:9");
    for (line, named) in [
        ("batch", "'batch'"),
        ("check", "'check'"),
        ("demo", "'demo'"),
        ("status --json", "'--json'"),
        ("--index pypi status", "'--index'"),
        ("sign-in demo --password-stdin", "--password-stdin"),
        ("status --help", "Usage"),
    ] {
        let said = program.fed("batch", line.as_bytes());
        let outcome = &said.documents()[0];
        assert_eq!(
            (said.exit, &outcome["result"]["error"]["kind"]),
            (2, &json!("wrong_use")),
            "{line}"
        );
        let message = outcome["result"]["error"]["message"].as_str().expect("words");
        assert!(message.contains(named), "{line} names {named}: {message}");
    }
}

#[test]
fn an_empty_input_does_nothing_and_a_huge_line_is_refused_without_being_repeated() {
    let program = Program::new();
    let said = program.fed("batch", b"");
    assert_eq!((said.exit, said.out.as_str()), (0, ""));
    let mut input = vec![b'x'; 8 << 20];
    input.extend_from_slice(b"\nindex list\n\xff\xfe\n");
    let said = program.fed("batch --keep-going", &input);
    assert_eq!(
        (said.exit, exits(&said.documents())),
        (2, vec![2, 0, 2]),
        "the next line counts again"
    );
    assert!(said.out.len() < 2_000, "{} bytes were said", said.out.len());
}

#[test]
fn windows_path_keeps_its_back_slashes() {
    let program = Program::new();
    let said = program.fed("batch", br"sync --plan C:\users\me\p.json");
    let words = program.fed("batch", br"index use C:\users\me");
    let message = words.documents()[0]["result"]["error"]["message"].to_string();
    assert!(message.contains(r"C:\\users\\me"), "{message} {said:?}");
}

#[test]
fn code_of_the_authenticator_is_never_given_back() {
    let program = Program::new();
    for line in [
        "sign-in demo --password-env PASSWORD --code 734902",
        "sign-in demo --password-env PASSWORD --code=734902x",
        "sign-in demo --code '734902",
        "sign-in demo --password-stdin --code \"734902 7\"",
    ] {
        let said = program.fed("batch --keep-going", line.as_bytes());
        assert_ne!(said.exit, 0, "{line}");
        assert!(
            said.documents()[0]["command"]
                .as_str()
                .is_some_and(|it| it.starts_with("sign-in demo"))
        );
        assert!(!said.out.contains("734902") && !said.err.contains("734902"), "{line}: {said:?}");
    }
}
