//! `plan`, and what stands before a list is sent.

use std::fs;

use serde_json::{Value, json};
use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::Index;
use trustdesk_tests::desk::{PROJECT, posts};

use crate::known::{masked, put_on_screen, signed_in_once};
use crate::program::Program;

const BUILDER: &str = "builder@demo.iam.gserviceaccount.com";

/// One add waits, and its plan is in a file.
async fn planned(program: &Program) -> (DemoIndex, String) {
    let index = signed_in_once(program).await;
    program.run(&format!("add google {PROJECT} --email {BUILDER}"));
    let file = program.data().join("plan.json").display().to_string();
    (index, file)
}

#[tokio::test]
async fn a_plan_tells_what_would_be_sent_and_what_it_costs() {
    let program = Program::new();
    let (index, file) = planned(&program).await;
    let (exit, plan) = program.json(&format!("plan --out {file}"));
    let written: Value = serde_json::from_slice(&fs::read(&file).expect("a file")).expect("JSON");
    assert_eq!(written["hash"], plan["hash"], "the file carries the list and its hash");
    assert_eq!(written["changes"], plan["changes"]);
    let hash = plan["hash"].as_str().expect("a hash").to_owned();
    assert_eq!(hash.len(), 64);
    let change = json!({
        "id": "id", "hash": "v1", "project": PROJECT, "action": "add",
        "publisher": { "provider": "google", "email": BUILDER, "sub": null },
        "publisher_id": null, "after": null,
    });
    let cost = json!({
        "projects": 1, "adds": 1, "used": 0, "limit": 100, "rest_from_ms": null, "emails": 1,
    });
    let expected = json!({
        "version": 2, "index": index.origin().as_str(), "account": "demo", "changes": [change],
        "hash": hash, "cost": cost,
    });
    assert_eq!((exit, masked(plan)), (0, expected));
    let text = program.run("plan").out;
    assert!(
        text.contains("0 of 100 registrations sent from here in 24 h; the index may count more"),
        "{text}"
    );
    assert!(text.contains("e-mails every collaborator of its project (1 project)"), "{text}");
}

#[tokio::test]
async fn a_plan_that_was_changed_is_not_sent() {
    let program = Program::new();
    let (index, file) = planned(&program).await;
    program.run(&format!("plan --out {file}"));
    let text = fs::read_to_string(&file).expect("text");
    fs::write(&file, text.replace(BUILDER, "thief@demo.iam.gserviceaccount.com")).expect("written");
    let said = program.run(&format!("sync --plan {file}"));
    assert_eq!(said.exit, 2, "{said:?}");
    assert!(said.err.contains("it was changed after it was written"), "{}", said.err);
    assert_eq!(posts(&index), 0);
}

#[tokio::test]
async fn a_plan_whose_changes_do_not_wait_any_more_is_not_sent() {
    let program = Program::new();
    let (index, file) = planned(&program).await;
    let (_, plan) = program.json(&format!("plan --out {file}"));
    let id = plan["changes"][0]["id"].as_str().expect("an id");
    program.run(&format!("add google harbor-sync --email {BUILDER}"));
    program.run(&format!("changes discard {id}"));
    let (exit, answer) = program.json(&format!("sync --plan {file}"));
    assert_eq!((exit, answer["error"]["kind"].as_str()), (1, Some("plan_outdated")));
    let message = answer["error"]["message"].as_str().expect("words");
    assert!(message.contains(id), "which: {message}");
    assert_eq!(posts(&index), 0, "nor is what waits besides");
}

#[tokio::test]
async fn a_plan_of_another_index_is_not_sent_to_this_one() {
    let program = Program::new();
    let (index, file) = planned(&program).await;
    program.run(&format!("plan --out {file}"));
    let other = Index::other("http://127.0.0.1:9").expect("on this computer");
    put_on_screen(&program, &other).await;
    let said = program.run(&format!("sync --plan {file}"));
    assert_eq!(said.exit, 2, "{said:?}");
    let planned_for = format!("the plan is for demo on {}", index.origin());
    assert!(said.err.contains(&planned_for), "{}", said.err);
    assert!(said.err.contains("not for alice on http://127.0.0.1:9/"), "{}", said.err);
}

#[tokio::test]
async fn without_a_terminal_a_list_is_named_or_nothing_is_sent() {
    let program = Program::new();
    let (index, file) = planned(&program).await;
    let said = program.run("sync");
    assert_eq!(said.exit, 2, "{said:?}");
    assert!(said.err.contains("--plan FILE") && said.err.contains("--yes"), "{}", said.err);
    for words in ["sync --yes", &format!("sync --plan {file}")] {
        program.run(&format!("plan --force --out {file}"));
        let (exit, answer) = program.json(words);
        assert_eq!(exit, 3, "{words}: there is no session: {answer}");
        assert_eq!(answer["changes"][0]["state"], "waiting", "it is kept");
        assert_eq!(answer["error"]["kind"], "signed_out");
    }
    assert_eq!(posts(&index), 0);
}

#[tokio::test]
async fn nothing_is_sent_to_others_index_unasked_nor_from_ci() {
    let program = Program::new();
    let _index = signed_in_once(&program).await;
    put_on_screen(&program, &Index::pypi().expect("known")).await;
    let ci = program.command(["sync", "--yes"]).env("CI", "true").output().expect("runs");
    let words = String::from_utf8(ci.stderr).expect("text");
    assert_eq!(ci.status.code(), Some(2), "{words}");
    assert!(words.contains("CI"), "{words}");
}
