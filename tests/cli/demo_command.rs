//! `demo` as a process of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout};

use serde_json::Value;
use trustdesk_demo_index::{PASSWORD, USERS};

use crate::program::Program;

/// A running demo index and what it says.
struct Serving {
    process: Child,
    said: BufReader<ChildStdout>,
}

impl Serving {
    fn start(program: &Program, words: &str) -> Self {
        let mut process = program.command(words.split(' ')).spawn().expect("it starts");
        let said = BufReader::new(process.stdout.take().expect("its output"));
        Self { process, said }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.said.read_line(&mut line).expect("it says something");
        line
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn it_prints_its_address_accounts_and_code_as_one_document() {
    let program = Program::new();
    let mut serving = Serving::start(&program, "--json demo --projects 3 --strict-origin");
    let started: Value = serde_json::from_str(&serving.line()).expect("a document");
    let accounts = started["accounts"].as_array().expect("a list");
    assert_eq!((accounts.len(), started["password"].as_str()), (USERS.len(), Some(PASSWORD)));
    let address = started["address"].as_str().expect("an address");
    let code = started["code"].as_str().expect("a code");
    let lines = format!("sign-in demo --password-env PASSWORD --code {code}\nprojects --refresh");
    let said = program.fed(&format!("--index {address} batch"), lines.as_bytes());
    assert_eq!(said.exit, 0, "{said:?}");
    assert!(said.out.contains("generated-0003"), "as many more projects: {}", said.out);
}

#[test]
fn a_person_reads_the_same_and_can_follow_its_mail() {
    let program = Program::new();
    let mut serving = Serving::start(&program, "demo");
    let address = serving.line().trim().strip_prefix("Demo index: ").map(str::to_owned);
    let address = address.expect("first of all where it is");
    let mut said = String::new();
    while !said.contains("Code now:") {
        said.push_str(&serving.line());
    }
    assert!(said.contains(&format!("{address}demo/mailbox/")), "{said}");
    assert!(said.contains("new-device") && said.contains(PASSWORD), "{said}");
}

#[test]
fn a_port_that_is_taken_is_said() {
    let program = Program::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its address").port();
    let (exit, answer) = program.json(&format!("demo --port {port}"));
    assert_eq!(exit, 1);
    let message = answer["error"]["message"].as_str().expect("words");
    assert!(message.contains(&port.to_string()), "{message}");
}
