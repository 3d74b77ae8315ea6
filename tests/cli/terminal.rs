//! At a terminal: colours, a table that fits, and questions whose answers are not shown.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};

use trustdesk_demo_index::{DemoIndex, PASSWORD};
use trustdesk_domain::Index;
use trustdesk_tests::built::built;
use trustdesk_tests::desk::posts;

use crate::demo::Demo;
use crate::hostile::with_project;
use crate::known::{put_on_screen, signed_in_once};
use crate::program::Program;

/// The program on a terminal of 40 columns. None: nothing here makes one, which is said.
fn at_terminal(program: &Program, words: &str, environment: &[(&str, &str)]) -> Option<Child> {
    let line = format!("stty rows 24 cols 40; tty; {} {words}", built("trustdesk-cli").display());
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
        script.env_remove(name);
    }
    script.env("TRUSTDESK_DATA", program.data()).env("TERM", "xterm");
    script.env("TRUSTDESK_KEYRING", "none");
    script.envs(environment.iter().copied());
    let started = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    if started.is_err() {
        println!("skipped: there is no `script` to make a terminal with");
    }
    started.ok()
}

/// All that it shows until it ends by itself.
fn shown(mut terminal: Child) -> String {
    drop(terminal.stdin.take());
    let output = terminal.wait_with_output().expect("it ends");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn colours_are_for_a_terminal_and_not_for_whoever_wants_none() {
    let program = Program::new();
    let said = program.run("status --refresh");
    assert!(said.err.starts_with("trustdesk-cli: "), "not for a file: {:?}", said.err);
    let Some(terminal) = at_terminal(&program, "status --refresh", &[]) else { return };
    let coloured = shown(terminal);
    assert!(coloured.contains("\u{1b}["), "there it is red: {coloured:?}");
    let plain = at_terminal(&program, "status --refresh", &[("NO_COLOR", "1")]).expect("as before");
    let plain = shown(plain);
    assert!(!plain.contains('\u{1b}') && plain.contains("trustdesk-cli: "), "{plain:?}");
}

#[test]
fn a_table_fits_the_terminal_and_is_whole_in_a_file() {
    let name = "a-project-with-quite-a-long-name-that-does-not-fit-into-forty-columns";
    let program = with_project(name);
    assert!(program.run("projects").out.contains(name), "a file has room");
    let Some(terminal) = at_terminal(&program, "projects", &[]) else { return };
    let said = shown(terminal);
    let widest = said.lines().map(|line| line.trim_end().chars().count()).max();
    assert!(widest.is_some_and(|widest| widest <= 40), "{widest:?}: {said}");
    assert!(said.contains("quite"), "wrapped, not cut: {said}");
}

#[test]
fn what_is_missing_is_asked_for_and_not_shown() {
    let demo = Demo::start();
    let program = Program::on(&demo);
    let Some(mut terminal) = at_terminal(&program, "sign-in demo", &[]) else { return };
    let mut typing = terminal.stdin.take().expect("a keyboard");
    let mut screen = terminal.stdout.take().expect("a screen");
    let mut seen = String::new();
    let mut until = |words: &str, seen: &mut String| {
        let mut bytes = [0; 256];
        while !seen.contains(words) {
            let read = screen.read(&mut bytes).expect("it shows something");
            assert_ne!(read, 0, "it ended before it said {words}: {seen}");
            seen.push_str(&String::from_utf8_lossy(&bytes[..read]));
        }
    };
    until(&format!("Password for demo on {}: ", DemoIndex::address(&demo)), &mut seen);
    until_nothing_is_shown(&seen);
    writeln!(typing, "{PASSWORD}").expect("typed");
    until("or a recovery code: ", &mut seen);
    until_nothing_is_shown(&seen);
    let code = demo.code();
    writeln!(typing, "{code}").expect("typed");
    until("Signed in as demo", &mut seen);
    assert!(terminal.wait().expect("it ends").success());
    assert!(!seen.contains(PASSWORD) && !seen.contains(&code), "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_shown_before_it_is_sent_and_only_a_clear_yes_sends_it() {
    let program = Program::new();
    let index = signed_in_once(&program).await;
    program.run("add google sampleproject --email builder@demo.iam.gserviceaccount.com");
    for (typed, says) in [
        ("", "nothing was sent"),
        ("n", "nothing was sent"),
        ("yes, please", "nothing was sent"),
        ("Y", "signed out"),
    ] {
        let Some(mut terminal) = at_terminal(&program, "sync", &[]) else { return };
        let mut typing = terminal.stdin.take().expect("a keyboard");
        writeln!(typing, "{typed}").expect("typed");
        terminal.stdin = Some(typing);
        let said = shown(terminal);
        assert!(said.contains("builder@d"), "the list comes first: {said}");
        assert!(said.replace("\r\n", " ").contains(says), "{typed:?}: {said}");
    }
    assert_eq!(posts(&index), 0, "there was no session to send it with");
}

#[tokio::test]
async fn a_list_for_others_index_is_looked_at_before_it_is_sent() {
    let program = Program::new();
    put_on_screen(&program, &Index::pypi().expect("known")).await;
    let Some(terminal) = at_terminal(&program, "sync --yes", &[]) else { return };
    let said = shown(terminal).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("--yes is for an index on this computer only"), "{said}");
    assert!(said.contains("pypi.org is not"), "{said}");
    assert!(said.contains("sync --plan FILE"), "the right form: {said}");
}

/// Waits until the terminal shows no more what is typed: the question stands there a moment before.
fn until_nothing_is_shown(seen: &str) {
    let terminal = seen.lines().next().expect("its name").trim();
    for _ in 0..1_000 {
        let settings =
            Command::new("stty").args(["-a", "-F", terminal]).output().expect("it is asked");
        assert!(settings.status.success(), "{terminal}: {settings:?}");
        if String::from_utf8_lossy(&settings.stdout).split_whitespace().any(|word| word == "-echo")
        {
            return;
        }
    }
    panic!("what is typed would be seen: {seen}");
}
