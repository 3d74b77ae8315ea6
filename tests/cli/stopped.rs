//! Ctrl-C in the middle of long work: what is on its way comes to its end, and nothing more begins.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

use serde_json::Value;
use trustdesk_demo_index::{DemoIndex, RequestLine};

use crate::demo::Demo;
use crate::program::Program;

/// How many publishing pages were asked for.
fn pages(index: &DemoIndex) -> usize {
    let is_page = |line: &RequestLine| line.path.ends_with("/settings/publishing/");
    index.requests().into_iter().filter(is_page).count()
}

#[test]
fn ctrl_c_stops_between_two_requests_and_what_was_read_is_kept() {
    let demo = Demo::with_projects(300);
    let program = Program::on(&demo);
    let mut running = program.command(["batch", "--keep-going"]).stdin(Stdio::piped()).spawn();
    let running = running.as_mut().expect("runs");
    let mut lines = running.stdin.take().expect("its input");
    let code = demo.code();
    writeln!(lines, "sign-in demo --password-env PASSWORD --code {code}\nprojects --refresh")
        .expect("");
    writeln!(lines, "publishers --refresh\nstatus").expect("written");

    let mut out = running.stdout.take().expect("its output");
    let answers = std::thread::spawn(move || {
        let mut text = String::new();
        out.read_to_string(&mut text).map(|_| text)
    });
    let mut progress = BufReader::new(running.stderr.take().expect("its progress"));
    let mut line = String::new();
    // A tenth of it is done then.
    while !line.starts_with('[') || line.starts_with("[1/") {
        line.clear();
        assert_ne!(
            progress.read_line(&mut line).expect("read"),
            0,
            "it ended before it was stopped"
        );
    }
    let pid = running.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().expect("runs").success());

    let status = running.wait().expect("it ends, though its input stays open");
    drop(lines);
    let out = answers.join().expect("read").expect("text");
    let outcomes: Vec<Value> =
        out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(
        (status.code(), outcomes.len()),
        (Some(1), 3),
        "the next line does not begin: {out}"
    );
    assert_eq!(outcomes[2]["result"]["error"]["kind"], "stopped");
    let asked = pages(&demo);
    assert!((30..300).contains(&asked), "{asked} pages were asked for");
    let (_, kept) = program.json("publishers");
    let read = kept["projects"].as_array().expect("a list").iter();
    let read = read.filter(|page| page["read_at_ms"].is_i64()).count();
    assert!(asked - read <= 1, "of {asked} answers {read} are kept: one may have been a refusal");
}
