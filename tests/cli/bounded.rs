//! Inputs that never end, files that are none, and places that are not to be written: each ends soon
//! and with a plain word.

use std::fs;
use std::process::{Output, Stdio};
use std::time::Duration;

use tokio::process::Command;
use tokio::time::timeout;
use trustdesk_tests::built::built;

use crate::known::signed_in_once;
use crate::program::{Program, Said};

/// Longer than any of these runs, and shorter than for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// What comes of a command that must not wait or read for ever. It has a gigabyte to do it in.
async fn ends(program: &Program, words: &str) -> Said {
    let words = words.replace("CLI", &built("trustdesk-cli").display().to_string());
    let words = format!("ulimit -v 1500000; {words}");
    let mut shell = Command::from(program.shell(&words));
    let running = shell.kill_on_drop(true).stdin(Stdio::null()).output();
    let output: Output = timeout(PATIENCE, running)
        .await
        .unwrap_or_else(|_| panic!("{words}: it hangs"))
        .expect("runs");
    output.into()
}

#[tokio::test]
async fn plan_that_is_no_regular_file_is_refused_at_once() {
    let program = Program::new();
    let _index = signed_in_once(&program).await;
    let pipe = program.data().join("pipe").display().to_string();
    let words = format!("mkfifo {pipe}; CLI sync --plan {pipe}");
    let folder = format!("CLI sync --plan {}", program.data().display());
    for words in
        ["CLI sync --plan /dev/zero", "CLI sync --plan /dev/stdin </dev/zero", &words, &folder]
    {
        let said = ends(&program, words).await;
        assert_eq!(said.exit, 2, "{words}: {said:?}");
        assert!(said.err.contains("not a regular file"), "{words}: {}", said.err);
    }
}

#[tokio::test]
async fn pipe_in_the_place_of_the_preferences_is_not_waited_for() {
    let program = Program::new();
    let words = format!("mkfifo {}; CLI status", program.data().join("preferences.json").display());
    ends(&program, &words).await;
}

#[tokio::test]
async fn line_of_gigabytes_is_refused_without_being_held() {
    let program = Program::new();
    let endless = "longer than 256 MB";
    for (words, said_of_it) in [
        ("head -c 3000000000 /dev/zero | CLI check", endless),
        ("CLI batch </dev/zero", endless),
        (
            "CLI index use http://127.0.0.1:9; CLI sign-in a --password-stdin </dev/zero",
            "longer than any password",
        ),
    ] {
        let said = ends(&program, words).await;
        assert!(matches!(said.exit, 1 | 2), "{words}: {said:?}");
        assert!(said.err.contains(said_of_it), "{words}: {}", said.err);
    }
}

#[test]
fn long_line_of_check_is_a_problem_and_the_next_one_is_judged() {
    let mut input = vec![b'x'; 2 << 20];
    input.extend_from_slice(b"\n{\"id\":2,\"provider\":\"pending\",\"fields\":{}}\n");
    let said = Program::new().fed("check", &input);
    let answers = said.documents();
    assert_eq!(answers[0]["problem"], "the line is longer than 1 MB");
    assert_eq!((said.exit, &answers[1]["id"]), (1, &serde_json::json!(2)));
}

#[tokio::test]
async fn plan_takes_no_other_files_place_unless_it_is_told_to() {
    let program = Program::new();
    let _index = signed_in_once(&program).await;
    let letter = program.data().join("letter");
    fs::write(&letter, "dear").expect("written");
    let out = format!("plan --out {}", letter.display());
    let said = program.run(&out);
    assert_eq!(fs::read(&letter).expect("there"), b"dear");
    assert_eq!(said.exit, 2, "{said:?}");
    assert!(said.err.contains("--force"), "{}", said.err);
    let link = program.data().join("link");
    std::os::unix::fs::symlink(&letter, &link).expect("made");
    for force in ["", " --force"] {
        let said = program.run(&format!("plan --out {}{force}", link.display()));
        assert_eq!(fs::read(&letter).expect("there"), b"dear", "{force}");
        assert!(said.exit != 0 && said.err.contains("a symbolic link"), "{force}: {said:?}");
    }
    let said = program.run("plan --force --out /dev/null");
    assert!(said.err.contains("not a regular file"), "{}", said.err);
    assert_eq!(program.run(&format!("{out} --force")).exit, 0);
    let written = fs::read_to_string(&letter).expect("text");
    assert!(written.contains("\"hash\""), "{written}");
}
