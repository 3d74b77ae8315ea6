//! Signing in: what is given, what is missing, and what the index refuses.

use serde_json::json;
use trustdesk_demo_index::{PASSWORD, RECOVERY_CODES, USERNAME, code_at_step};

use crate::demo::Demo;
use crate::program::{Program, Said};

/// How a failure ended, and its word.
fn failed(said: &Said) -> (i32, String) {
    let kind = said.document()["error"]["kind"].as_str().map(str::to_owned);
    (said.exit, kind.unwrap_or_else(|| panic!("{said:?}")))
}

fn is(exit: i32, kind: &str) -> (i32, String) {
    (exit, kind.to_owned())
}

#[test]
fn a_password_and_a_code_sign_in_and_where_the_session_is_kept_is_said() {
    let demo = Demo::start();
    let program = Program::on(&demo);
    let words = format!("--json sign-in {USERNAME} --password-env PASSWORD --code {}", demo.code());
    let said = program.run(&words);
    let address = demo.address();
    let index = json!({ "key": address, "name": &address["http://".len()..], "address": address });
    let expected = json!({
        "index": index, "username": USERNAME, "messages": [], "session_kept": "memory",
    });
    assert_eq!((said.exit, said.document()), (0, expected), "{said:?}");
    assert!(said.err.contains("no keyring has taken it"), "{}", said.err);
    assert!(said.err.contains("batch"), "what to do about it: {}", said.err);
    let (_, status) = program.json("status");
    assert_eq!(status["account"]["username"], USERNAME);
}

#[test]
fn a_recovery_code_or_a_password_through_standard_input_does_as_well() {
    let demo = Demo::start();
    let program = Program::on(&demo);
    let mut command = program.command([
        "sign-in",
        USERNAME,
        "--password-env",
        "PASSWORD",
        "--recovery-code-env",
        "RECOVERY",
    ]);
    let said: Said = command.env("RECOVERY", RECOVERY_CODES[0]).output().expect("runs").into();
    assert_eq!(said.exit, 0, "{said:?}");
    assert!(said.out.starts_with("Signed in as demo on 127.0.0.1"), "{}", said.out);
    assert!(said.out.contains("Recovery code accepted."), "the index's words: {}", said.out);

    let words = "sign-in no-two-factor --password-stdin";
    let said = program.fed(words, format!("{PASSWORD}\n").as_bytes());
    assert_eq!(said.exit, 0, "{said:?}");
}

#[test]
fn the_mailed_link_is_taken_from_a_variable_if_it_is_the_indexs_own() {
    let demo = Demo::start();
    let program = Program::on(&demo);
    let sign_in = |second_factor: &[&str], link: &str| -> Said {
        let mut command = program.command(["--json", "sign-in", "new-device"]);
        command.args(["--password-env", "PASSWORD"]).args(second_factor);
        command.env("RECOVERY", RECOVERY_CODES[1]).env("LINK", link);
        command.output().expect("runs").into()
    };
    let code = demo.account().code;
    let said = sign_in(&["--code", &code.code], "");
    assert_eq!(failed(&said), is(3, "link_needed"));
    assert!(said.err.contains("--link-env VAR"), "{}", said.err);

    let foreign = "https://evil.example/account/confirm-login/?token=a";
    let said = sign_in(&["--recovery-code-env", "RECOVERY", "--link-env", "LINK"], foreign);
    assert_eq!(failed(&said), is(1, "link_refused"));

    let mailed = demo.mailbox().into_iter().rev().find_map(|mail| mail.link).expect("mailed");
    let next = code_at_step(code.valid_until_ms, 0);
    let said = sign_in(&["--code", &next.code, "--link-env", "LINK"], &mailed);
    assert_eq!(said.exit, 0, "a link that was mailed to an earlier try is as good: {said:?}");
}

#[test]
fn what_is_missing_is_named_where_nobody_can_be_asked() {
    let demo = Demo::start();
    let program = Program::on(&demo);
    for (words, expected, flag) in [
        ("sign-in demo", is(2, "wrong_use"), "--password-env"),
        ("sign-in demo --password-env NOT_SET", is(2, "wrong_use"), "--password-env NOT_SET"),
        ("sign-in demo --password-env PASSWORD", is(3, "second_factor_needed"), "--code CODE"),
        (
            "sign-in security-key --password-env PASSWORD",
            is(3, "second_factor_needed"),
            "write --recovery-code-env",
        ),
        (
            "sign-in no-recovery-codes --password-env PASSWORD --recovery-code-env PASSWORD",
            is(3, "second_factor_needed"),
            "--recovery-code-env",
        ),
        ("--account bob sign-in demo", is(2, "wrong_use"), "--account bob"),
        ("confirm-password", is(3, "signed_out"), "sign-in"),
        ("sign-out", is(3, "signed_out"), "sign-in"),
    ] {
        let said = program.run(&format!("--json {words}"));
        assert_eq!(failed(&said), expected, "{words}: {said:?}");
        assert!(said.err.contains(flag), "{words} names {flag}: {}", said.err);
    }
    assert_eq!(
        demo.requests().iter().filter(|line| line.path == "/account/recovery-code/").count(),
        0,
        "nothing was tried in vain",
    );
}

#[test]
fn what_the_index_refuses_is_said_in_its_words() {
    let demo = Demo::start();
    let program = Program::on(&demo);
    let wrong = "wrong".to_owned();
    for (words, password, kind) in [
        ("sign-in demo --code 000000", &wrong, "password_refused"),
        ("sign-in nobody", &wrong, "username_refused"),
        ("sign-in me@example.com", &wrong, "username_refused"),
        ("sign-in demo --code 000000", &PASSWORD.to_owned(), "code_refused"),
    ] {
        let words = format!("--json {words} --password-env GIVEN");
        let mut command = program.command(words.split(' '));
        let said: Said = command.env("GIVEN", password).output().expect("runs").into();
        assert_eq!(failed(&said), is(1, kind), "{words}: {said:?}");
        assert!(said.err.contains("the index says: "), "{words}: {}", said.err);
        assert!(!said.err.contains(PASSWORD) && !said.out.contains(PASSWORD));
    }
}

#[test]
fn only_six_digits_may_stand_in_the_arguments() {
    let said = Program::new().run("--json sign-in demo --code 1234567");
    assert_eq!(failed(&said), is(2, "wrong_use"));
    assert!(said.err.contains("--code <CODE>") && said.err.contains("6 digits"), "{}", said.err);
    let said = Program::new().run("sign-in demo --password x");
    assert_eq!(said.exit, 2);
    assert!(said.err.contains("'--password'"), "{}", said.err);
}

#[test]
fn sessions_do_not_belong_in_ci_or_where_nobody_sits_but_on_this_computer_all_is_allowed() {
    let demo = Demo::start();
    let program = Program::on(&demo);
    for command in ["sign-in alice --password-env PASSWORD", "confirm-password"] {
        // A name that leads nowhere, should it ever be asked.
        let words = format!("--json --index https://index.invalid {command}");
        let said = program.run(&words);
        assert_eq!(failed(&said), is(2, "wrong_use"), "{command}");
        assert!(said.err.contains("there is no terminal"), "{}", said.err);
        let mut in_ci = program.command(words.split(' '));
        let said: Said = in_ci.env("CI", "true").output().expect("runs").into();
        assert_eq!(failed(&said), is(2, "wrong_use"), "{command}");
        assert!(said.err.contains("CI is set") && said.err.contains("check"), "{}", said.err);
    }
    let words = format!("sign-in demo --password-env PASSWORD --code {}", demo.code());
    let mut in_ci = program.command(words.split(' '));
    let said: Said = in_ci.env("CI", "true").output().expect("runs").into();
    assert_eq!(said.exit, 0, "a demo index is nobody's account: {said:?}");
}

#[test]
fn an_index_that_is_not_there_is_unreachable() {
    let demo = Demo::start();
    let program = Program::on(&demo);
    drop(demo);
    let said = program.run("--json sign-in demo --password-env PASSWORD");
    assert_eq!(failed(&said), is(4, "offline"));
}
