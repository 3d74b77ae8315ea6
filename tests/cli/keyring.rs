//! Separate calls on a real Secret Service: the session of the one is found by the next.

use serde_json::{Value, json};
use trustdesk_tests::built::built;
use trustdesk_tests::desk::posts;
use trustdesk_tests::session_bus::session_bus;

use crate::demo::Demo;
use crate::program::Program;

/// What each of the commands came to, every one of them a process of its own on one keyring. None:
/// there is nothing to make a keyring of.
fn on_a_keyring(program: &Program, commands: &[&str]) -> Option<Vec<(Value, String)>> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = session_bus(folder.path())?;
    let cli = built("trustdesk-cli");
    let mut script = format!("{} start >&2\n", env!("CARGO_BIN_EXE_one_keyring"));
    for command in commands {
        script.push_str(&format!("{} --json {command}; echo $?\n", cli.display()));
    }
    session.args(["sh", "-c", &script]).env("TRUSTDESK_DATA", program.data());
    session.env("PASSWORD", trustdesk_demo_index::PASSWORD).env_remove("CI");
    let output = session.stdin(std::process::Stdio::null()).output().expect("it runs");
    let said = String::from_utf8(output.stdout).expect("text");
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines.len(),
        commands.len() * 2,
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let answered = |pair: &[&str]| {
        (serde_json::from_str(pair[0]).expect("one JSON document"), pair[1].to_owned())
    };
    Some(lines.chunks(2).map(answered).collect())
}

#[test]
fn a_session_serves_the_next_calls_until_it_is_ended() {
    let demo = Demo::start();
    let program = Program::on(&demo);
    let sign_in = format!("sign-in demo --password-env PASSWORD --code {}", demo.code());
    let commands = [
        &sign_in,
        "projects --refresh",
        "publishers tidepool --refresh",
        "confirm-password --password-env PASSWORD",
        "status --refresh",
        "sign-out",
        "projects --refresh",
    ];
    let Some(answers) = on_a_keyring(&program, &commands) else { return };
    let exits: Vec<&str> = answers.iter().map(|(_, exit)| exit.as_str()).collect();
    assert_eq!(exits, ["0", "0", "0", "0", "0", "0", "3"], "{answers:?}");
    assert_eq!(answers[0].0["session_kept"], "keyring");
    assert_eq!(answers[2].0["projects"][0]["publishers"].as_array().map(Vec::len), Some(2));
    assert_eq!(answers[3].0["outcome"], "already_confirmed", "signing in was entering it");
    assert!(
        answers[3].0["confirmed_until_ms"].is_i64(),
        "the process that signed in has told when: {}",
        answers[3].0
    );
    assert_eq!(answers[4].0["session_kept"], "keyring");
    assert_eq!(answers[6].0["error"]["kind"], json!("signed_out"));
}

#[test]
fn whoever_wants_sessions_forgotten_has_none_for_the_next_call() {
    let demo = Demo::start();
    let program = Program::new();
    std::fs::write(program.data().join("preferences.json"), r#"{"forgets_session":true}"#)
        .expect("as an earlier version of the app wrote it");
    assert_eq!(program.run(&format!("index use {}", demo.address())).exit, 0);
    let sign_in = format!("sign-in demo --password-env PASSWORD --code {}", demo.code());
    let Some(answers) = on_a_keyring(&program, &[&sign_in, "projects --refresh"]) else { return };
    assert_eq!(answers[0].0["session_kept"], "this_run");
    assert_eq!(answers[1].1, "3", "{answers:?}");
}

#[test]
fn preferences_that_cannot_be_read_leave_no_session_in_the_keyring() {
    let demo = Demo::start();
    let program = Program::new();
    std::fs::write(program.data().join("preferences.json"), r#"{"forgets_session":tr"#)
        .expect("cut short");
    assert_eq!(program.run(&format!("index use {}", demo.address())).exit, 0);
    let sign_in = format!("sign-in demo --password-env PASSWORD --code {}", demo.code());
    let Some(answers) = on_a_keyring(&program, &[&sign_in, "projects --refresh"]) else { return };
    assert_eq!(answers[0].0["session_kept"], "this_run", "nobody knows what was chosen");
    assert_eq!(answers[1].1, "3", "{answers:?}");
}

#[test]
fn the_whole_way_from_signing_in_to_a_removal_works_over_separate_calls() {
    const SEEDED: &str = "5eed0000-7d1d-4c3a-9b5e-000000000001";
    let demo = Demo::start();
    let program = Program::on(&demo);
    let file = program.data().join("plan.json").display().to_string();
    let commands = [
        &format!("sign-in demo --password-env PASSWORD --code {}", demo.code()),
        "projects --refresh",
        "add github sampleproject --owner octo-org --repository demo --workflow-filename a.yml",
        "add gitlab sampleproject --namespace northlight --project schema --workflow-filepath a.yml",
        "add google sampleproject --email builder@demo.iam.gserviceaccount.com",
        "add activestate sampleproject --organization 'Acme Corp' --project build --actor bob",
        &format!("plan --out '{file}'"),
        &format!("sync --plan '{file}'"),
        "publishers sampleproject tidepool --refresh",
        &format!("remove tidepool --id {SEEDED}"),
        "sync --yes",
    ];
    let Some(answers) = on_a_keyring(&program, &commands) else { return };
    assert!(answers.iter().all(|(_, exit)| exit == "0"), "{answers:?}");
    assert_eq!(demo.publishers("sampleproject").len(), 4, "one of each provider");
    assert!(demo.publishers("tidepool").iter().all(|listed| listed.id.0 != SEEDED), "gone");
    assert_eq!(posts(&demo), 5);
}

#[test]
fn keyring_that_is_switched_off_is_neither_written_nor_read() {
    let demo = Demo::start();
    let program = Program::on(&demo);
    let sign_in = format!("sign-in demo --password-env PASSWORD --code {}", demo.code());
    let commands = [
        "status; export TRUSTDESK_KEYRING=none; true",
        &sign_in,
        "status; export TRUSTDESK_KEYRING=system; true",
        "projects --refresh",
    ];
    let Some(answers) = on_a_keyring(&program, &commands) else { return };
    assert_eq!(answers[1].0["session_kept"], "memory", "{answers:?}");
    assert_eq!(answers[3].0["error"]["kind"], json!("signed_out"), "{answers:?}");
}
