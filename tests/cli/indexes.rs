//! `index` and `status` on a folder where nobody has signed in yet.

use serde_json::json;

use crate::program::Program;

#[test]
fn an_index_is_remembered_chosen_and_listed() {
    let program = Program::new();
    assert_eq!(program.json("index list"), (0, json!({ "indexes": [] })));
    let testpypi =
        json!({ "key": "testpypi", "name": "TestPyPI", "address": "https://test.pypi.org" });
    assert_eq!(program.json("index add testpypi"), (0, json!({ "index": testpypi })));
    let here = "http://127.0.0.1:8035";
    let other = json!({ "key": here, "name": "127.0.0.1:8035", "address": here });
    assert_eq!(program.json(&format!("index use {here}/")), (0, json!({ "index": other })));
    let listed = |index: &serde_json::Value, in_use| {
        let mut index = index.clone();
        index["in_use"] = json!(in_use);
        index
    };
    let indexes = json!({ "indexes": [listed(&testpypi, false), listed(&other, true)] });
    assert_eq!(program.json("index list"), (0, indexes));
    let said = program.run("index list");
    assert!(said.out.contains("\n *  127.0.0.1:8035"), "the chosen one is marked: {}", said.out);
    assert_eq!(program.run("index use testpypi").out, "Chosen: TestPyPI (https://test.pypi.org)\n");
}

#[test]
fn status_tells_what_is_kept_here_and_asks_nobody() {
    let program = Program::new();
    let data = program.data().to_string_lossy();
    let mut expected = json!({
        "data": data, "read_only": false, "damaged_files": null, "altered": [], "index": null, "account": null, "connection": { "state": "not_checked" },
        "session_kept": null, "changes": null, "quota": null,
    });
    assert_eq!(program.json("status"), (0, expected.clone()));
    program.run("index use pypi");
    expected["index"] = json!({ "key": "pypi", "name": "PyPI", "address": "https://pypi.org" });
    assert_eq!(program.json("status"), (0, expected));
    let said = program.run("status");
    assert!(said.out.contains("Index       PyPI (https://pypi.org)\n"), "{}", said.out);
    assert!(said.out.contains("nobody has signed in here yet"), "{}", said.out);
}
