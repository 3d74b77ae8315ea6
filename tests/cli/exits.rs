//! The statuses at the end that reading reaches, one by one. What is sent has its own.

use std::fs;
use std::net::TcpListener;

use serde_json::json;

use crate::demo::Demo;
use crate::program::Program;

#[test]
fn each_status_means_what_the_help_says() {
    let demo = Demo::start();
    let program = Program::on(&demo);
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.local_addr().expect("its address")
    };
    for (words, exit, kind) in [
        ("status".to_owned(), 0, None),
        ("account use nobody".to_owned(), 1, Some("not_found")),
        ("status --index".to_owned(), 2, Some("wrong_use")),
        ("projects --refresh".to_owned(), 3, Some("signed_out")),
        (
            format!("--index http://{closed} sign-in demo --password-env PASSWORD"),
            4,
            Some("offline"),
        ),
    ] {
        let (ended, answer) = program.json(&words);
        let kind = kind.map_or(serde_json::Value::Null, |kind| json!(kind));
        assert_eq!((ended, &answer["error"]["kind"]), (exit, &kind), "{words}: {answer}");
    }
}

#[test]
fn a_session_that_the_index_has_ended_is_signed_out() {
    let demo = Demo::start();
    let program = Program::on(&demo);
    let lines = format!(
        "sign-in demo --password-env PASSWORD --code {}\nsign-out\nprojects --refresh",
        demo.code()
    );
    let said = program.fed("batch", lines.as_bytes());
    assert_eq!(said.exit, 3, "{said:?}");
    assert_eq!(said.documents()[1]["result"], json!({ "username": "demo" }));
}

#[test]
fn what_stands_in_the_place_of_the_index_is_unreachable_too() {
    let program = Program::new();
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = silent.local_addr().expect("its address");
    let answering = std::thread::spawn(move || {
        use std::io::{Read, Write};
        for _ in 0..1 {
            let (mut stream, _) = silent.accept().expect("it calls");
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 24\r\nConnection: close\r\n\r\n<h1>Welcome to WiFi</h1>");
        }
    });
    let words = format!("--index http://{address} sign-in demo --password-env PASSWORD");
    let (exit, answer) = program.json(&words);
    assert_eq!((exit, &answer["error"]["kind"]), (4, &json!("not_the_index")), "{answer}");
    answering.join().expect("answered");
}

#[test]
fn a_data_folder_that_cannot_be_used_is_said_and_left_as_it_is() {
    let program = Program::new();
    let database = program.data().join("trustdesk.sqlite3");
    fs::write(&database, "this is somebody's diary").expect("written");
    let (exit, answer) = program.json("status");
    assert_eq!((exit, &answer["error"]["kind"]), (1, &json!("database")));
    assert_eq!(fs::read_to_string(&database).expect("read"), "this is somebody's diary");

    let (program, database) = (Program::new(), "trustdesk.sqlite3");
    program.run("index use testpypi");
    let path = program.data().join(database);
    let mut bytes = fs::read(&path).expect("read");
    bytes.iter_mut().skip(4096).step_by(7).for_each(|byte| *byte ^= 0x55);
    fs::write(&path, bytes).expect("damaged");
    let (exit, answer) = program.json("status");
    assert_eq!(exit, 0, "it is replaced: {answer}");
    let aside = answer["damaged_files"].as_str().expect("and where the old one is, is said");
    assert!(fs::read_dir(aside).expect("a folder").count() > 0);

    let file = program.data().join("a-file");
    fs::write(&file, "").expect("written");
    let words = format!("--data {} status", file.join("below").display());
    let (exit, answer) = program.json(&words);
    assert_eq!((exit, &answer["error"]["kind"]), (1, &json!("database")), "{answer}");
}
