//! Several accounts: which is whose, which is on screen, and forgetting one.

use serde_json::{Value, json};

use crate::demo::Demo;
use crate::program::Program;

/// Two accounts without a second factor on one index; the last one is on screen.
fn two_accounts() -> (Demo, Program) {
    let demo = Demo::start();
    let program = Program::on(&demo);
    for username in ["no-two-factor", "unverified"] {
        let said = program.run(&format!("sign-in {username} --password-env PASSWORD"));
        assert_eq!(said.exit, 0, "{said:?}");
    }
    (demo, program)
}

/// Names, and which is in use.
fn listed(accounts: &Value) -> Value {
    let accounts = accounts["accounts"].as_array().expect("a list").iter();
    accounts.map(|account| json!([account["username"], account["in_use"]])).collect()
}

#[test]
fn accounts_are_listed_and_one_of_them_is_in_use() {
    let (demo, program) = two_accounts();
    let (exit, mut answer) = program.json("account list");
    assert_eq!(listed(&answer), json!([["no-two-factor", false], ["unverified", true]]));
    let address = demo.address();
    let index = json!({ "key": address, "name": &address["http://".len()..], "address": address });
    let first = answer["accounts"][0].take();
    assert_eq!(
        (exit, first),
        (
            0,
            json!({
                "username": "no-two-factor", "index": index, "in_use": false,
                "projects_read_at_ms": null, "open_changes": 0, "drafts": 0,
            })
        )
    );

    let (exit, answer) = program.json("account use No-Two-Factor");
    assert_eq!(
        (exit, answer),
        (0, json!({ "username": "no-two-factor" })),
        "capitals do not matter"
    );
    let (_, answer) = program.json("account list");
    assert_eq!(listed(&answer), json!([["no-two-factor", true], ["unverified", false]]));
    let said = program.run("account list");
    assert!(said.out.contains("\n *  no-two-factor"), "{}", said.out);
    assert!(said.out.contains("not read yet"), "{}", said.out);
}

#[test]
fn an_account_for_this_run_does_not_come_on_screen() {
    let (_demo, program) = two_accounts();
    let username = |words: &str| program.json(words).1["account"]["username"].take();
    assert_eq!(username("--account no-two-factor status"), "no-two-factor");
    assert_eq!(username("status"), "unverified");
    let words = "--account frozen sign-in frozen --password-env PASSWORD";
    assert_eq!(program.run(words).exit, 3, "it has a second factor");
    let said = program.run("--account no-two-factor sign-in no-two-factor --password-env PASSWORD");
    assert_eq!(said.exit, 0, "{said:?}");
    assert_eq!(username("status"), "unverified", "signing in for one run moves nothing");
}

#[test]
fn a_new_index_and_account_for_this_run_are_known_and_not_on_screen() {
    let (_demo, program) = two_accounts();
    let other = Demo::start();
    let address = other.address();
    let words = format!("--index {address} sign-in no-two-factor --password-env PASSWORD");
    assert_eq!(program.run(&words).exit, 0);
    let (_, status) = program.json("status");
    assert_ne!(status["index"]["key"], address.as_str());
    assert_eq!(status["account"]["username"], "unverified");
    let (_, status) = program.json(&format!("--index {address} status"));
    assert_eq!(status["account"]["username"], "no-two-factor", "the only one that is known there");
}

#[test]
fn forgetting_an_account_leaves_the_others() {
    let (_demo, program) = two_accounts();
    let forgotten = json!({ "username": "unverified", "with_data": false });
    assert_eq!(program.json("account forget unverified"), (0, forgotten));
    assert_eq!(program.json("account list").1["accounts"].as_array().map(Vec::len), Some(2));
    assert_eq!(program.json("account forget unverified --with-data").0, 0);
    let (_, answer) = program.json("account list");
    assert_eq!(listed(&answer), json!([["no-two-factor", true]]));
    let (exit, answer) = program.json("account forget unverified");
    assert_eq!((exit, &answer["error"]["kind"]), (1, &json!("not_found")));
}
