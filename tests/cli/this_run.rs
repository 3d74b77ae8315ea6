//! `--index` and `--account` are for one run: what the app shows stays as it is.

use serde_json::json;
use trustdesk_core::store::Store;
use trustdesk_domain::Index;

use crate::demo::Demo;
use crate::program::Program;

#[test]
fn an_index_for_this_run_does_not_come_on_screen() {
    let program = Program::new();
    program.run("index use pypi");
    let (_, status) = program.json("--index testpypi status");
    assert_eq!(status["index"]["key"], "testpypi");
    assert_eq!(program.json("status").1["index"]["key"], "pypi");
    assert_eq!(program.json("index list").1["indexes"].as_array().map(Vec::len), Some(1));
}

#[test]
fn the_demo_index_by_its_name_is_one_that_was_opened_before() {
    let demo = Demo::start();
    let program = Program::new();
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    runtime.block_on(async {
        let store = Store::open(program.data()).await.expect("opens");
        store.select_index(&Index::demo(demo.origin())).await.expect("as the app does");
        store.deselect_index().await.expect("left");
        store.close().await;
    });
    let (_, status) = program.json("--index demo status");
    let index = json!({ "key": "demo", "name": "Demo index", "address": demo.address() });
    assert_eq!(status["index"], index);
    assert_eq!(program.json("status").1["index"], json!(null), "for this run only");

    let (exit, answer) = Program::new().json("--index demo status");
    assert_eq!((exit, &answer["error"]["kind"]), (2, &json!("wrong_use")));
    let message = answer["error"]["message"].as_str().expect("words");
    assert!(message.contains("--index http://127.0.0.1:8035"), "the right form: {message}");
}
