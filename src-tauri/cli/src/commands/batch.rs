//! `trustdesk-cli batch`: commands line by line in one process, which one session serves, also where
//! no keyring keeps it.

use std::io::{self, BufRead, Read};

use clap::{Args, Parser};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::answer;
use crate::arguments::{Answered, Refused};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::here::Here;
use crate::output::{complain, document};

/// Longer than any command, and short enough to hold in memory.
const LONGEST: u64 = 64 * 1024;

#[derive(Args)]
pub(crate) struct Batch {
    /// Goes on after a command that did not end with 0.
    #[arg(long)]
    keep_going: bool,
}

/// A line: a command without the flags that are the whole batch's.
#[derive(Parser)]
#[command(name = "trustdesk-cli", no_binary_name = true)]
struct Line {
    #[command(subcommand)]
    command: Answered,
}

/// What a line came to. A command holds no secret: those are never arguments.
#[derive(Serialize)]
struct Outcome<'a> {
    command: &'a str,
    exit: u8,
    result: Value,
}

pub(crate) async fn run(here: &Here, batch: Batch) -> Result<Exit, Failure> {
    here.becomes_batch();
    here.stop().listen();
    let mut lines = lines();
    let mut worst = Exit::Done;
    loop {
        let line = tokio::select! {
            biased;
            () = here.stop().wanted() => break,
            line = lines.recv() => line,
        };
        let Some(line) = line else { break };
        let Some((command, exit, result)) = outcome(here, line).await? else { continue };
        document(&Outcome { command: &command, exit: exit.code(), result })?;
        worst = worst.max(exit);
        if exit != Exit::Done && !batch.keep_going {
            break;
        }
    }
    Ok(worst)
}

/// None: there is nothing in the line.
async fn outcome(
    here: &Here,
    line: io::Result<Vec<u8>>,
) -> Result<Option<(String, Exit, Value)>, Failure> {
    let line = line?;
    let is_whole = u64::try_from(line.len()).is_ok_and(|length| length <= LONGEST);
    let text = String::from_utf8_lossy(&line);
    let text = text.trim();
    if text.is_empty() || text.starts_with('#') {
        return Ok(None);
    }
    let result = match parsed(text) {
        _ if !is_whole => Err(Failure::wrong_use("the line is longer than any command")),
        Ok(command) => answer(here, command).await,
        Err(failure) => Err(failure),
    };
    let command: String = text.chars().take(if is_whole { text.len() } else { 80 }).collect();
    Ok(Some(match result {
        Ok(answer) => (command, answer.exit, answer.json),
        Err(failure) => {
            complain(&failure.message);
            (command, failure.exit(), json!({ "error": failure }))
        }
    }))
}

fn parsed(line: &str) -> Result<Answered, Failure> {
    let words = shell_words::split(line)
        .map_err(|error| Failure::wrong_use(format!("{error} in: {line}")))?;
    let line = Line::try_parse_from(words);
    line.map(|line| line.command).map_err(|error| Refused::from(error).as_failure())
}

/// The lines of standard input as they come. They are read on a thread of their own: nothing ends a
/// read that waits for a person, and the program must be able to end.
fn lines() -> mpsc::Receiver<io::Result<Vec<u8>>> {
    let (sender, lines) = mpsc::channel(1);
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        loop {
            let line = next_line(&mut input);
            let is_last = !matches!(&line, Ok(Some(_)));
            let Some(line) = line.transpose() else { break };
            if sender.blocking_send(line).is_err() || is_last {
                break;
            }
        }
    });
    lines
}

/// A line as far as it is of use; what is too long is read to its end and dropped.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.by_ref().take(LONGEST + 1).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if !line.ends_with(b"\n") {
        input.skip_until(b'\n')?;
    }
    Ok(Some(line))
}
