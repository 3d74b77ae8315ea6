//! `--index` and `--account` are for one run: what the app shows stays as it is.

use serde_json::json;

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
    let (exit, answer) = Program::new().json("--index demo status");
    assert_eq!((exit, &answer["error"]["kind"]), (2, &json!("wrong_use")));
    let message = answer["error"]["message"].as_str().expect("words");
    assert!(message.contains("--index http://127.0.0.1:8035"), "the right form: {message}");
}
