//! `sync` after an answer was lost, over several runs: what the list tells, when something is sent again,
//! and what is said of what is left. The index keeps a time of its own, which the tests move on.

use std::sync::Arc;

use serde_json::Value;
use trustdesk_demo_index::DemoIndex;
use trustdesk_tests::desk::{self, PROJECT, posts};
use trustdesk_tests::proxy::{CHANGE, LIST, Place, Proxy};
use trustdesk_tests::time::{CODE_STEP_MS, MINUTE_MS, SERVER_MAY_WORK_MS, START_MS, Time};

use crate::program::Program;
use crate::talk::Talk;

const OTHER: &str = "harbor-sync";
const LIMIT: &str =
    "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n";

fn add(project: &str, name: &str) -> String {
    format!("add google {project} --email {name}@demo.iam.gserviceaccount.com")
}

fn states(answer: &Value) -> Vec<&str> {
    let changes = answer["changes"].as_array().expect("changes");
    changes.iter().map(|change| change["state"].as_str().expect("a state")).collect()
}

/// Why each change is left, in the words for scripts.
fn reasons(answer: &Value) -> Vec<&str> {
    let left = answer["left"].as_array().expect("what is left");
    left.iter().map(|left| left["reason"].as_str().expect("a reason")).collect()
}

struct Stage {
    time: Arc<Time>,
    index: DemoIndex,
    proxy: Proxy,
    program: Program,
}

impl Stage {
    async fn new() -> Self {
        let time = Time::at(START_MS);
        let index = desk::start_index(&time, None).await;
        let proxy = Proxy::before(&index).await;
        Self { time, index, proxy, program: Program::new() }
    }

    /// Another process on the same data, signed in.
    fn process(&self) -> Talk {
        let talk = Talk::signed_in(&self.program, &self.index, &self.proxy.origin());
        // The index takes a code once.
        self.time.pass(CODE_STEP_MS);
        talk
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_answer_is_settled_over_separate_runs_and_sent_again_only_when_it_was_shown() {
    let stage = Stage::new().await;
    let mut first = stage.process();
    first.ask(&add(PROJECT, "first"));
    stage.proxy.cut(CHANGE, Place::BeforeTheIndex);
    let (_, sent) = first.ask("sync --yes");
    assert_eq!((states(&sent), reasons(&sent)), (vec!["checking"], vec!["outcome_unknown"]));
    drop(first);

    stage.time.pass(SERVER_MAY_WORK_MS);
    let mut second = stage.process();
    let (exit, found) = second.ask("sync --yes");
    assert_eq!((exit, states(&found)), (1, vec!["waiting"]), "a minute has passed: {found}");
    assert_eq!(reasons(&found), ["not_reviewed"], "it was not in the list that was confirmed");
    assert_eq!(posts(&stage.index), 0);
    let (exit, sent) = second.ask("sync --yes");
    assert_eq!((exit, states(&sent), reasons(&sent)), (0, vec!["done"], vec![]), "{sent}");
    assert_eq!((stage.proxy.changes_sent(), posts(&stage.index)), (2, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_limit_does_not_keep_the_lists_from_telling_of_lost_answers() {
    let stage = Stage::new().await;
    let mut talk = stage.process();
    talk.ask(&add(PROJECT, "lost"));
    stage.proxy.cut(CHANGE, Place::BeforeTheAnswer);
    stage.proxy.cut(LIST.after(1), Place::BeforeTheIndex);
    let (_, sent) = talk.ask("sync --yes");
    assert_eq!(states(&sent), ["checking"], "{sent}");
    talk.ask(&add(OTHER, "limited"));
    stage.proxy.answer(CHANGE, LIMIT);
    let (exit, sent) = talk.ask("sync --yes");
    assert_eq!((exit, states(&sent)), (5, vec!["waiting", "done"]), "the list was read: {sent}");
    assert_eq!(reasons(&sent), ["limit"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn change_sent_twice_without_effect_is_left_with_the_time_of_its_next_try() {
    let stage = Stage::new().await;
    let mut talk = stage.process();
    talk.ask(&add(PROJECT, "swallowed"));
    for _ in 0..2 {
        stage.proxy.cut(CHANGE, Place::BeforeTheIndex);
        talk.ask("sync --yes");
        stage.time.pass(SERVER_MAY_WORK_MS);
        // Another process believes the index's time.
        talk = stage.process();
        let (_, found) = talk.ask("sync --yes");
        assert_eq!(states(&found), ["waiting"], "{found}");
    }
    let (exit, sent) = talk.ask("sync --yes --wait 3");
    assert_eq!((exit, states(&sent), reasons(&sent)), (1, vec!["waiting"], vec!["sent_before"]));
    assert!(sent["left"][0]["until_ms"].is_i64(), "it is said when: {sent}");
    assert_eq!(stage.proxy.changes_sent(), 2, "five minutes lie between the second and the third");
    drop(talk);

    stage.time.pass(5 * MINUTE_MS);
    let mut talk = stage.process();
    let (exit, sent) = talk.ask("sync --yes");
    assert_eq!((exit, states(&sent)), (0, vec!["done"]), "{sent}");
    assert_eq!((stage.proxy.changes_sent(), posts(&stage.index)), (3, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn change_whose_answer_was_lost_can_be_discarded_by_hand() {
    let stage = Stage::new().await;
    let mut talk = stage.process();
    talk.ask(&add(PROJECT, "lost"));
    stage.proxy.cut(CHANGE, Place::BeforeTheIndex);
    let (_, sent) = talk.ask("sync --yes");
    let id = sent["changes"][0]["id"].as_str().expect("an id").to_owned();
    drop(talk);
    let said = stage.program.run(&format!("--index {} changes discard {id}", stage.proxy.origin()));
    assert_eq!(said.exit, 0, "{said:?}");
    assert!(said.out.contains("may still"), "what the index may do is said: {}", said.out);
}
