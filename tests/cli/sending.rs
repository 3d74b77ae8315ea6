//! `sync`: what was looked at is sent, once, and what stands in the way is said.

use serde_json::{Value, json};
use trustdesk_demo_index::{DemoIndex, Options};
use trustdesk_tests::desk::{PROJECT, posts};
use trustdesk_tests::proxy::{CHANGE, LIST, Place, Proxy};

use crate::known::masked;
use crate::program::Program;
use crate::talk::Talk;

const OTHER: &str = "harbor-sync";

async fn demo() -> DemoIndex {
    DemoIndex::start(Options::default()).await.expect("it starts")
}

/// An add of Google's for a project: no index has to ask anybody about it.
fn add(project: &str, name: &str) -> String {
    format!("add google {project} --email {name}@demo.iam.gserviceaccount.com")
}

/// A talk in which one add waits, for an index behind a wire.
async fn with_one_add() -> (DemoIndex, Proxy, Program, Talk) {
    let (index, program) = (demo().await, Program::new());
    let proxy = Proxy::before(&index).await;
    let mut talk = Talk::signed_in(&program, &index, &proxy.origin());
    assert_eq!(talk.ask(&add(PROJECT, "first")).0, 0, "it waits");
    (index, proxy, program, talk)
}

/// Where each change of an answer is.
fn states(answer: &Value) -> Vec<&str> {
    let changes = answer["changes"].as_array().expect("changes");
    changes.iter().map(|change| change["state"].as_str().expect("a state")).collect()
}

fn kind(answer: &Value) -> &str {
    answer["error"]["kind"].as_str().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_way_from_signing_in_to_a_removal_works_in_a_batch() {
    let (index, program) = (demo().await, Program::new());
    let mut talk = Talk::signed_in(&program, &index, &index.origin());
    for add in [
        "github sampleproject --owner octo-org --repository sampleproject --workflow-filename \
         release.yml --environment pypi",
        "gitlab sampleproject --namespace northlight --project schema --workflow-filepath \
         .gitlab-ci.yml --environment pypi",
        "google sampleproject --email builder@demo.iam.gserviceaccount.com",
        "activestate sampleproject --organization 'Acme Corp' --project build --actor bob",
    ] {
        let (exit, added) = talk.ask(&format!("add {add}"));
        assert_eq!((exit, added["results"][0]["result"].as_str()), (0, Some("queued")), "{added}");
    }
    let file = program.data().join("plan.json").display().to_string();
    let (exit, plan) = talk.ask(&format!("plan --out '{file}'"));
    assert_eq!((exit, plan["cost"]["adds"].as_u64()), (0, Some(4)));
    assert_eq!(posts(&index), 0, "a plan sends nothing");

    let (exit, sent) = talk.ask(&format!("sync --plan '{file}'"));
    assert_eq!((exit, states(&sent)), (0, vec!["done"; 4]), "{sent}");
    assert_eq!((posts(&index), index.publishers(PROJECT).len()), (4, 4));

    let (_, listed) = talk.ask(&format!("publishers {PROJECT} --refresh"));
    let publishers = listed["projects"][0]["publishers"].as_array().expect("a list").clone();
    assert_eq!(publishers.len(), 4);
    let id = publishers[0]["id"].as_str().expect("a row");
    let (exit, removed) = talk.ask(&format!("remove {PROJECT} --id {id}"));
    let result = &removed["results"][0];
    assert_eq!((exit, result["result"].as_str()), (0, Some("queued")), "{removed}");
    assert_eq!(
        (&result["change"]["action"], &result["change"]["publisher_id"]),
        (&json!("remove"), &json!(id))
    );
    let (exit, sent) = talk.ask("sync --yes");
    assert_eq!((exit, states(&sent)), (0, vec!["done"]));
    let left = index.publishers(PROJECT);
    assert!(left.len() == 3 && left.iter().all(|it| it.id.0 != id), "that one is gone");
    let (exit, sent) = talk.ask("sync --yes");
    assert_eq!((exit, states(&sent)), (0, vec![]), "nothing waits any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_sends_its_own_list_and_not_what_was_added_since() {
    let (index, program) = (demo().await, Program::new());
    let mut talk = Talk::signed_in(&program, &index, &index.origin());
    talk.ask(&add(PROJECT, "planned"));
    let file = program.data().join("plan.json").display().to_string();
    talk.ask(&format!("plan --out '{file}'"));
    talk.ask(&add(PROJECT, "later"));
    let (exit, sent) = talk.ask(&format!("sync --plan '{file}'"));
    let done = json!({
        "id": "id", "project": PROJECT, "action": "add",
        "publisher": {
            "provider": "google", "email": "planned@demo.iam.gserviceaccount.com", "sub": null,
        },
        "publisher_id": "row", "after": null, "state": "done",
        "reasons": { "messages": [], "fields": {} },
        "confirmed_at_ms": "time", "claimed_at_ms": "time", "settled_at_ms": "time",
    });
    let whole = json!({ "changes": [done], "failed": [], "error": null, "left": [] });
    assert_eq!((exit, masked(sent)), (0, whole));
    assert_eq!(posts(&index), 1);
    let (_, waiting) = talk.ask("changes");
    assert_eq!(states(&waiting), ["waiting"], "nobody has looked at it");
    let (exit, again) = talk.ask(&format!("sync --plan '{file}'"));
    assert_eq!((exit, kind(&again)), (1, "plan_outdated"), "a plan is sent once");
    assert_eq!(posts(&index), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_index_refuses_is_told_in_its_words_and_ends_with_1() {
    let (index, program) = (demo().await, Program::new());
    let mut talk = Talk::signed_in(&program, &index, &index.origin());
    talk.ask(&format!(
        "add github {PROJECT} --owner nobody-here --repository demo --workflow-filename a.yml"
    ));
    talk.ask(&add(OTHER, "fine"));
    let (exit, sent) = talk.ask("sync --yes");
    assert_eq!((exit, states(&sent)), (1, vec!["rejected", "done"]), "the other one goes on");
    let words = &sent["changes"][0]["reasons"]["fields"]["owner"];
    assert_eq!(words[0], "Unknown GitHub user or organization.");
    let (_, shown) = talk.ask("changes");
    let id = shown["changes"][0]["id"].as_str().expect("an id");
    assert_eq!(talk.ask(&format!("changes retry {id}")).0, 0, "a person may try it again");
    assert_eq!(talk.ask(&format!("changes discard {id}")).0, 0, "or leave it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gate_keeps_what_waits_and_ends_with_3() {
    let (index, program) = (demo().await, Program::new());
    let mut talk = Talk::signed_in(&program, &index, &index.origin());
    talk.ask(&add(PROJECT, "waits"));
    index.make_reauth_needed();
    let (exit, sent) = talk.ask("sync --yes --wait 60");
    assert_eq!((exit, kind(&sent), states(&sent)), (3, "confirm_password", vec!["waiting"]));
    assert_eq!(talk.ask("confirm-password --password-env PASSWORD").0, 0);
    let (exit, sent) = talk.ask("sync --yes");
    assert_eq!((exit, states(&sent)), (0, vec!["done"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_cannot_be_reached_ends_with_4_and_keeps_what_waits() {
    let (index, program) = (demo().await, Program::new());
    let mut talk = Talk::signed_in(&program, &index, &index.origin());
    talk.ask(&add(PROJECT, "waits"));
    index.stop().await;
    let (exit, sent) = talk.ask("sync --yes");
    assert_eq!((exit, kind(&sent), states(&sent)), (4, "offline", vec!["waiting"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_of_the_index_ends_with_5_and_the_rest_waits() {
    let (index, proxy, _program, mut talk) = with_one_add().await;
    proxy.answer(
        CHANGE,
        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n",
    );
    let (exit, sent) = talk.ask("sync --yes --wait 2");
    assert_eq!((exit, kind(&sent), states(&sent)), (5, "waiting_for_quota", vec!["waiting"]));
    let (exit, sent) = talk.ask("sync --yes");
    assert_eq!((exit, kind(&sent)), (5, "waiting_for_quota"), "the limit is remembered");
    assert_eq!(posts(&index), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_lost_is_found_again_while_it_waits_and_nothing_is_sent_twice() {
    let (index, proxy, _program, mut talk) = with_one_add().await;
    proxy.cut(CHANGE, Place::BeforeTheAnswer);
    proxy.cut(LIST.after(1), Place::BeforeTheIndex);
    let (exit, sent) = talk.ask("sync --yes --wait 60");
    assert_eq!((exit, states(&sent)), (0, vec!["done"]), "{sent}");
    assert_eq!((posts(&index), index.publishers(PROJECT).len()), (1, 1));
    let remarks = talk.ended();
    assert!(
        remarks.contains("Waiting until 20"),
        "who waits is told until when, and why: {remarks}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_checked_is_looked_for_by_the_next_sync_without_sending() {
    let (index, proxy, _program, mut talk) = with_one_add().await;
    proxy.cut(CHANGE, Place::BeforeTheAnswer);
    proxy.cut(LIST.after(1), Place::BeforeTheIndex);
    let (exit, sent) = talk.ask("sync --yes");
    assert_eq!((exit, states(&sent)), (4, vec!["checking"]), "{sent}");
    let (exit, sent) = talk.ask("sync --yes");
    assert_eq!((exit, states(&sent)), (0, vec!["done"]), "{sent}");
    assert_eq!(posts(&index), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_the_list_has_told_since_is_no_failure() {
    let (index, proxy, _program, mut talk) = with_one_add().await;
    proxy.cut(CHANGE, Place::BeforeTheAnswer);
    let (exit, sent) = talk.ask("sync --yes");
    assert_eq!((exit, states(&sent), kind(&sent)), (0, vec!["done"], ""), "{sent}");
    assert_eq!(posts(&index), 1);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_ends_it_between_two_requests_and_leaves_nothing_half_known() {
    let (index, proxy, _program, mut talk) = with_one_add().await;
    talk.ask(&add(OTHER, "second"));
    let mut held = proxy.hold(CHANGE, Place::BeforeTheAnswer);
    talk.say("sync --yes");
    held.reached().await;
    talk.interrupt();
    held.pass_on().await;
    let (exit, sent) = talk.answer();
    assert_eq!((exit, kind(&sent)), (1, "stopped"));
    let told = sent["error"]["message"].as_str().unwrap_or_default();
    assert!(told.starts_with("stopped between two requests"), "{told}");
    assert_eq!(states(&sent), ["done", "waiting"], "the request at hand came to its end: {sent}");
    assert_eq!(posts(&index), 1);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_second_ctrl_c_gives_the_request_up_and_its_answer_counts_as_lost() {
    let (index, proxy, program, mut talk) = with_one_add().await;
    let mut held = proxy.hold(CHANGE, Place::BeforeTheAnswer);
    talk.say("sync --yes");
    held.reached().await;
    talk.interrupt();
    // Two signals at once may arrive as one.
    talk.remarks("Ctrl-C again gives it up");
    talk.interrupt();
    let (exit, sent) = talk.answer();
    assert_eq!((exit, kind(&sent), states(&sent)), (1, "stopped", vec!["checking"]), "{sent}");
    let told = sent["error"]["message"].as_str().unwrap_or_default();
    assert!(told.contains("answer"), "it was not between two requests: {told}");
    let (exit, kept) = program.json(&format!("--index {} changes", proxy.origin()));
    assert_eq!((exit, states(&kept)), (0, vec!["checking"]), "only the index's list tells: {kept}");
    assert_eq!(posts(&index), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_index_announces_is_said_and_everything_stays_queued() {
    let (index, _proxy, _program, mut talk) = with_one_add().await;
    index.set_read_only(true);
    let (exit, sent) = talk.ask("sync --yes");
    assert_eq!((exit, kind(&sent), states(&sent)), (4, "index_read_only", vec!["waiting"]));
    index.set_read_only(false);
    index.set_publishing_disabled(true);
    let (exit, sent) = talk.ask("sync --yes");
    assert_eq!((exit, kind(&sent), states(&sent)), (4, "publishing_disabled", vec!["waiting"]));
    let said = sent["error"]["message"].as_str().expect("words");
    assert!(
        said.contains("temporarily disabled") && said.contains("unsent changes stay queued"),
        "{said}"
    );
    assert_eq!(posts(&index), 0);
    index.set_publishing_disabled(false);
    let (exit, sent) = talk.ask("sync --yes");
    assert_eq!((exit, states(&sent)), (0, vec!["done"]), "{sent}");
}

#[tokio::test(flavor = "multi_thread")]
async fn project_that_is_closed_is_said_once_and_rejects_what_was_queued() {
    let (index, proxy, _program, mut talk) = with_one_add().await;
    index.quarantine(PROJECT);
    let (exit, sent) = talk.ask("sync --yes");
    assert_eq!((exit, states(&sent)), (1, vec!["rejected"]), "{sent}");
    let why = sent["changes"][0]["reasons"].to_string();
    assert!(why.contains("quarantined"), "{sent}");
    let asked = proxy.sent();
    let (exit, again) = talk.ask("sync --yes");
    assert_eq!((exit, proxy.sent()), (0, asked), "nothing is asked again: {again}");
}
