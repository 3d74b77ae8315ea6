//! What was looked at is what is sent: a change whose content is another one by then stays where it
//! is, whoever rewrote it and when.

use std::fs;
use std::io::{Read, Write};
use std::process::{Child, Stdio};

use serde_json::Value;
use trustdesk_demo_index::{DemoIndex, Options};
use trustdesk_tests::built::built;
use trustdesk_tests::desk::{PROJECT, posts};
use trustdesk_tests::other_connection::run_sql;
use trustdesk_tests::session_bus::session_bus;

use crate::demo::Demo;
use crate::program::Program;
use crate::talk::Talk;

macro_rules! rewrite {
    () => {
        "UPDATE changes SET publisher = replace(publisher, 'planned@', 'thief@') WHERE true"
    };
}

/// A trigger that rewrites the change at some moment between the last look and the request.
macro_rules! rewrite_at {
    ($moment:literal) => {
        concat!("CREATE TRIGGER rewrites ", $moment, " BEGIN ", rewrite!(), "; END")
    };
}

/// A plan in a file with one add in it, in a talk that is signed in.
async fn planned(program: &Program) -> (DemoIndex, Talk, String) {
    let index = DemoIndex::start(Options::default()).await.expect("it starts");
    let mut talk = Talk::signed_in(program, &index, &index.origin());
    let add = format!("add google {PROJECT} --email planned@demo.iam.gserviceaccount.com");
    assert_eq!(talk.ask(&add).0, 0, "it is queued");
    let file = program.data().join("plan.json").display().to_string();
    assert_eq!(talk.ask(&format!("plan --out '{file}'")).0, 0, "it is written");
    (index, talk, file)
}

/// Nothing was sent, and the change is left for another look.
fn is_held_back(index: &DemoIndex, talk: &mut Talk, file: &str, kind: &str) {
    let (exit, sent) = talk.ask(&format!("sync --plan '{file}'"));
    assert_eq!(posts(index), 0, "nothing may be sent that nobody looked at: {sent}");
    assert_eq!((exit, sent["error"]["kind"].as_str()), (1, Some(kind)), "{sent}");
    let (_, left) = talk.ask("changes");
    let states: Vec<&Value> =
        left["changes"].as_array().expect("a list").iter().map(|change| &change["state"]).collect();
    assert_eq!(states, ["waiting"], "it can be looked at again");
}

#[tokio::test(flavor = "multi_thread")]
async fn planned_change_that_was_rewritten_is_not_sent() {
    let program = Program::new();
    let (index, mut talk, file) = planned(&program).await;
    run_sql(program.data(), rewrite!()).await;
    is_held_back(&index, &mut talk, &file, "plan_outdated");
}

#[tokio::test(flavor = "multi_thread")]
async fn planned_change_that_a_trigger_rewrites_is_not_sent() {
    for trigger in [
        rewrite_at!("AFTER INSERT ON publishing_pages"),
        rewrite_at!("BEFORE UPDATE OF state ON changes WHEN new.state = 'sending'"),
        rewrite_at!("AFTER UPDATE OF state ON changes WHEN new.state = 'sending'"),
    ] {
        let program = Program::new();
        let (index, mut talk, file) = planned(&program).await;
        run_sql(program.data(), trigger).await;
        is_held_back(&index, &mut talk, &file, "changed_since_review");
        assert_eq!(index.publishers(PROJECT), [], "{trigger}");
    }
}

/// A terminal on a keyring of its own, where somebody signs in, adds a publisher and sends it.
fn asked_at_a_terminal(program: &Program, demo: &Demo, folder: &std::path::Path) -> Option<Child> {
    let mut session = session_bus(folder)?;
    let cli = built("trustdesk-cli").display().to_string();
    let story = folder.join("story.sh");
    let lines = [
        format!("{} start", env!("CARGO_BIN_EXE_one_keyring")),
        format!("{cli} sign-in demo --password-env PASSWORD --code {}", demo.code()),
        format!("{cli} projects --refresh"),
        format!("{cli} add google {PROJECT} --email planned@demo.iam.gserviceaccount.com"),
        format!("{cli} sync"),
    ];
    fs::write(&story, lines.join("\n")).expect("written");
    let line = format!("sh {}", story.display());
    session.args(["script", "--quiet", "--return", "--command", &line, "/dev/null"]);
    session.env("TRUSTDESK_DATA", program.data()).env("TERM", "xterm").env_remove("CI");
    session.env("PASSWORD", trustdesk_demo_index::PASSWORD).env("NO_COLOR", "1");
    let started = session.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    Some(started.expect("it runs"))
}

#[test]
fn change_that_is_rewritten_while_the_question_stands_is_not_sent() {
    let demo = Demo::start();
    let (program, folder) = (Program::on(&demo), tempfile::tempdir().expect("a folder"));
    let Some(mut terminal) = asked_at_a_terminal(&program, &demo, folder.path()) else { return };
    let mut typing = terminal.stdin.take().expect("a keyboard");
    let mut screen = terminal.stdout.take().expect("a screen");
    let (mut seen, mut bytes) = (String::new(), [0; 256]);
    while !seen.contains("[y/N]") {
        let read = screen.read(&mut bytes).expect("it shows something");
        assert_ne!(read, 0, "it ended before it asked: {seen}");
        seen.push_str(&String::from_utf8_lossy(&bytes[..read]));
    }
    assert!(seen.contains("planned@demo"), "the list comes first: {seen}");
    tokio::runtime::Runtime::new().expect("threads").block_on(run_sql(program.data(), rewrite!()));
    writeln!(typing, "y").expect("typed");
    let mut rest = String::new();
    screen.read_to_string(&mut rest).expect("text");
    terminal.wait().expect("it ends");
    assert_eq!(posts(&demo), 0, "nothing may be sent that nobody looked at: {rest}");
    assert!(rest.contains("not what you reviewed"), "and that is said: {rest}");
}
