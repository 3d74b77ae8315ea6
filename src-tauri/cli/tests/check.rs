//! `trustdesk-cli check` as another program uses it: the built program, lines in, lines out.
#![expect(clippy::expect_used, reason = "a test may stop where it stands")]
#![expect(clippy::print_stdout, reason = "how long it took is shown, not judged: machines differ")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};

/// The answers to these lines, and the exit status.
fn check(lines: &[u8]) -> (Vec<Value>, i32) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_trustdesk-cli"))
        .arg("check")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = program.stdin.take().expect("its input");
    let lines = lines.to_vec();
    let writing = std::thread::spawn(move || input.write_all(&lines));
    let ended = program.wait_with_output().expect("the program ends");
    writing.join().expect("written").expect("read to the end");
    let text = String::from_utf8(ended.stdout).expect("text");
    let answer = |line| serde_json::from_str(line).expect("each line is one JSON document");
    (text.lines().map(answer).collect(), ended.status.code().expect("an exit status"))
}

#[test]
fn a_form_gets_its_errors_warnings_and_what_would_be_stored() {
    let line = json!({ "id": 7, "provider": "github", "fields": {
        "owner": "octo_org", "repository": "demo", "workflow_filename": " release.yml\n",
        "environment": "PyPI",
    }});
    let (answers, status) = check(format!("{line}\n").as_bytes());
    assert_eq!(status, 0);
    assert_eq!(answers[0]["id"], 7);
    assert_eq!(
        answers[0]["errors"],
        json!({ "owner": ["Invalid GitHub user or organization name."] })
    );
    assert_eq!(answers[0]["warnings"]["environment"], json!(["Will be stored as “pypi”."]));
    assert_eq!(
        answers[0]["normalized"],
        json!({
            "owner": "octo_org", "repository": "demo", "workflow_filename": "release.yml",
            "environment": "pypi",
        }),
        "every field, as it would be stored"
    );
}

#[test]
fn a_name_that_only_a_look_up_can_judge_has_no_error() {
    let lines = concat!(
        r#"{"id":1,"provider":"github","fields":{"owner":"nobody-at-all"}}"#,
        "\n",
        r#"{"id":2,"provider":"activestate","fields":{"organization":"Nobody","actor":"nobody"}}"#,
        "\n",
        r#"{"id":3,"provider":"gitlab","fields":{"issuer_url":"https://gitlab.example.org:8443"}}"#,
        "\n",
        r#"{"id":4,"provider":"pending","fields":{"project_name":"nobody-has-this"}}"#,
    );
    let (answers, status) = check(lines.as_bytes());
    assert_eq!(status, 0, "a last line without its newline is a line too");
    for (answer, fields) in answers.iter().zip([
        vec!["owner"],
        vec!["organization", "actor"],
        vec!["issuer_url"],
        vec!["project_name"],
    ]) {
        for field in fields {
            assert_eq!(answer["errors"].get(field), None, "{answer}");
        }
    }
}

#[test]
fn absent_and_null_are_both_not_filled_in() {
    let lines = b"{\"id\":1,\"provider\":\"google\",\"fields\":{\"email\":null}}\n\
                  {\"id\":2,\"provider\":\"google\",\"fields\":{}}\n";
    let (answers, _) = check(lines);
    assert_eq!(answers[0]["errors"], json!({ "email": ["This field is required."] }));
    assert_eq!(answers[0]["errors"], answers[1]["errors"]);
}

#[test]
fn a_line_that_cannot_be_read_is_a_problem_and_the_rest_goes_on() {
    let lines: [(&[u8], Value, &str); 9] = [
        (b"nonsense", Value::Null, "not a JSON object"),
        (b"", Value::Null, "not a JSON object"),
        (b"[1]", Value::Null, "not a JSON object"),
        (b"{\"id\":\"\xff\"}", Value::Null, "not a JSON object"),
        (b"{\"id\":[1.0]}", json!([1.0]), "\u{201c}provider\u{201d} is missing"),
        (br#"{"id":2,"provider":"circleci","fields":{}}"#, json!(2), "unknown provider"),
        (br#"{"id":3,"provider":"google"}"#, json!(3), "\u{201c}fields\u{201d} is missing"),
        (
            br#"{"id":4,"provider":"google","fields":{"email":7}}"#,
            json!(4),
            "not an object of texts",
        ),
        (br#"{"id":5,"provider":"google","fields":{"owner":"x"}}"#, json!(5), "unknown field"),
    ];
    let mut input = Vec::new();
    for (line, _, _) in &lines {
        input.extend_from_slice(line);
        input.push(b'\n');
    }
    input.extend_from_slice(br#"{"id":"last","provider":"pending","fields":{}}"#);
    let (answers, status) = check(&input);
    assert_eq!(status, 1);
    assert_eq!(answers.len(), lines.len() + 1, "one answer a line");
    for (answer, (_, id, words)) in answers.iter().zip(&lines) {
        assert_eq!(&answer["id"], id);
        assert!(answer["problem"].as_str().is_some_and(|said| said.contains(words)), "{answer}");
    }
    assert_eq!(answers[lines.len()]["errors"]["project_name"], json!(["Specify project name"]));
}

#[test]
fn whoever_waits_for_an_answer_before_the_next_line_gets_it() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_trustdesk-cli"))
        .arg("check")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = program.stdin.take().expect("its input");
    let mut answers = BufReader::new(program.stdout.take().expect("its output"));
    for id in 1..=2 {
        writeln!(input, r#"{{"id":{id},"provider":"pending","fields":{{}}}}"#).expect("written");
        let mut answer = String::new();
        answers.read_line(&mut answer).expect("answered while the input is open");
        let answer: Value = serde_json::from_str(&answer).expect("one JSON document");
        assert_eq!(answer["id"], id);
    }
    drop(input);
    assert!(program.wait().expect("ends").success());
}

#[test]
fn nothing_in_is_nothing_out() {
    assert_eq!(check(b""), (Vec::new(), 0));
}

#[test]
fn ten_thousand_lines_are_answered_in_their_order() {
    let line = |number: usize| {
        let fields = json!({ "namespace": "harbor", "project": format!("p{number}"),
            "workflow_filepath": "ci.yml", "environment": "", "issuer_url": "https://gitlab.com" });
        format!("{}\n", json!({ "id": number, "provider": "gitlab", "fields": fields }))
    };
    let input: String = (0..10_000).map(line).collect();
    let started = Instant::now();
    let (answers, status) = check(input.as_bytes());
    println!("10,000 lines in {} ms (debug or release as built)", started.elapsed().as_millis());
    assert_eq!(status, 0);
    let in_order = (0..10_000_u64).all(|number| answers[number as usize]["id"] == number);
    assert!(in_order && answers.len() == 10_000);
}
