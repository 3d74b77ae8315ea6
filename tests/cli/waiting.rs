//! `add`, `remove` and `changes`: what is confirmed here and waits. None of it asks the index.

use serde_json::{Value, json};
use trustdesk_tests::desk::PROJECT;

use crate::known::{masked, signed_in_once};
use crate::program::Program;

const RELEASE: &str = "--owner octo-org --repository sampleproject --workflow-filename release.yml \
    --environment pypi";

/// The one change that an answer tells of.
fn waiting() -> Value {
    json!({
        "id": "id", "project": PROJECT, "action": "add",
        "publisher": {
            "provider": "github", "owner": "octo-org", "repository": "sampleproject",
            "workflow_filename": "release.yml", "environment": "pypi",
        },
        "publisher_id": null, "after": null, "state": "waiting",
        "reasons": { "messages": [], "fields": {} },
        "confirmed_at_ms": "time", "claimed_at_ms": null, "settled_at_ms": null,
    })
}

#[tokio::test]
async fn what_is_added_waits_is_listed_and_shown_and_can_be_taken_back() {
    let program = Program::new();
    let index = signed_in_once(&program).await;
    let asked = index.requests().len();
    let (exit, added) = program.json(&format!("add github SampleProject {RELEASE}"));
    let id = added["results"][0]["change"]["id"].as_str().expect("an id").to_owned();
    let result =
        json!({ "project": PROJECT, "result": "queued", "change": waiting(), "warnings": {} });
    assert_eq!((exit, masked(added)), (0, json!({ "results": [result] })));

    let (exit, listed) = program.json("changes");
    assert_eq!((exit, masked(listed)), (0, json!({ "changes": [waiting()] })));
    let (exit, shown) = program.json(&format!("changes show {id}"));
    assert_eq!((exit, masked(shown)), (0, json!({ "change": waiting(), "conflict": null })));
    let text = program.run("changes list").out;
    assert!(text.contains("release.yml in octo-org/sampleproject, environment pypi"), "{text}");

    let decided = |result: &str| json!({ "results": [{ "id": id, "result": result }] });
    let retried = program.json(&format!("changes retry {id}"));
    assert_eq!(retried, (1, decided("not_possible")), "it waits as it is");
    assert_eq!(program.json(&format!("changes discard {id}")), (0, decided("discarded")));
    assert_eq!(program.json(&format!("changes discard {id}")), (1, decided("not_possible")));
    assert_eq!(program.json("changes list"), (0, json!({ "changes": [] })));
    let unknown = json!({ "results": [{ "id": "nobody", "result": "unknown" }] });
    assert_eq!(program.json("changes discard nobody"), (1, unknown));
    let (exit, answer) = program.json("changes show nobody");
    assert_eq!((exit, answer["error"]["kind"].as_str()), (1, Some("not_found")));
    assert_eq!(index.requests().len(), asked, "nothing of this asks the index");
}

#[tokio::test]
async fn every_provider_has_its_own_flags_for_many_projects() {
    let program = Program::new();
    let _index = signed_in_once(&program).await;
    for (flags, publisher) in [
        (
            "gitlab --namespace northlight/deep --project schema --workflow-filepath .gitlab-ci.yml",
            json!({
                "provider": "gitlab", "namespace": "northlight/deep", "project": "schema",
                "workflow_filepath": ".gitlab-ci.yml", "environment": null,
                "issuer_url": "https://gitlab.com",
            }),
        ),
        (
            "google --email builder@demo.iam.gserviceaccount.com --sub 1234",
            json!({
                "provider": "google", "email": "builder@demo.iam.gserviceaccount.com", "sub": "1234",
            }),
        ),
        (
            "activestate --organization tidepool --project build --actor bob",
            json!({
                "provider": "activestate", "organization": "tidepool", "project": "build",
                "actor": "bob",
            }),
        ),
    ] {
        let (exit, added) = program.json(&format!("add {flags} {PROJECT} harbor-sync"));
        assert_eq!(exit, 0, "{added}");
        for (at, project) in [PROJECT, "harbor-sync"].into_iter().enumerate() {
            let result = &added["results"][at];
            assert_eq!(result["project"], project);
            assert_eq!(result["change"]["publisher"], publisher, "{flags}");
        }
    }
    let (_, listed) = program.json("changes");
    assert_eq!(listed["changes"].as_array().map(Vec::len), Some(6));
}

#[tokio::test]
async fn what_does_not_stand_is_refused_by_its_flag_and_keeps_nothing() {
    let program = Program::new();
    let _index = signed_in_once(&program).await;
    let wrong = "--owner octo--org- --repository sampleproject --workflow-filename release.txt";
    let (exit, answer) = program.json(&format!("add github {PROJECT} {wrong}"));
    let result = &answer["results"][0];
    assert_eq!((exit, result["result"].as_str()), (1, Some("invalid")));
    assert_eq!(
        result["errors"]["workflow_filename"],
        json!(["Workflow name must end with .yml or .yaml"]),
        "in the index's words"
    );
    let said = program.run(&format!("add github {PROJECT} {wrong}"));
    assert!(said.out.contains("  --workflow-filename: Workflow name must end"), "{}", said.out);
    assert_eq!(program.json("changes").1, json!({ "changes": [] }));

    let unknown = program.json(&format!("add github nobodys-project {RELEASE}"));
    assert_eq!(
        (unknown.0, unknown.1["results"][0]["result"].as_str()),
        (1, Some("unknown_project"))
    );
    let any = program.run(&format!(
        "add github {PROJECT} --owner octo-org --repository demo --workflow-filename a.yml"
    ));
    assert_eq!(any.exit, 0, "a risk is no refusal");
    assert!(any.out.contains("  --environment: "), "and it is said: {}", any.out);
}

#[tokio::test]
async fn what_waits_or_is_listed_already_is_as_it_was_wanted() {
    let program = Program::new();
    let _index = signed_in_once(&program).await;
    program.run(&format!("add github {PROJECT} {RELEASE}"));
    let (exit, again) = program.json(&format!("add github {PROJECT} {RELEASE}"));
    assert_eq!((exit, again["results"][0]["result"].as_str()), (0, Some("already_waiting")));
    assert_eq!(program.json("changes").1["changes"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_publisher_that_is_not_listed_cannot_be_removed() {
    let program = Program::new();
    let _index = signed_in_once(&program).await;
    let id = "68cce35d-91fb-4915-8d9d-b86c66f25ac4";
    let result = json!({ "results": [{ "project": PROJECT, "result": "not_listed" }] });
    assert_eq!(program.json(&format!("remove {PROJECT} --id {id}")), (1, result));
    let said = program.run(&format!("remove {PROJECT} --id {id}"));
    assert!(said.out.contains("publishers sampleproject --refresh"), "{}", said.out);
}

#[test]
fn nobody_has_changes_before_somebody_signed_in() {
    let program = Program::new();
    program.run("index use pypi");
    for words in ["changes", "plan", "sync", &format!("add github {PROJECT} {RELEASE}")] {
        let (exit, answer) = program.json(words);
        assert_eq!((exit, answer["error"]["kind"].as_str()), (3, Some("signed_out")), "{words}");
    }
}
