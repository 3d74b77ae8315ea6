//! `trustdesk-cli batch`: commands line by line in one process, which one session serves, also where
//! no keyring keeps it.

use std::io;

use clap::{Args, Parser};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::answer;
use crate::arguments::{Answered, Refused};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::here::Here;
use crate::lines::{Line, next_line};
use crate::output::{complain, document};
use crate::words::{Word, words};

/// Longer than any command, and short enough to hold in memory.
const LONGEST: u64 = 64 * 1024;
/// The flag whose value is a secret, in both ways in which it is written.
const CODE: &str = "--code";
const CODE_JOINED: &str = "--code=";
const HIDDEN: &str = "…";

#[derive(Args)]
pub(crate) struct Batch {
    /// Goes on after a command that did not end with 0.
    #[arg(long)]
    keep_going: bool,
}

/// A line: a command without the flags that are the whole batch's.
#[derive(Parser)]
#[command(name = "trustdesk-cli", no_binary_name = true)]
struct Command {
    #[command(subcommand)]
    command: Answered,
}

/// What a line came to. The secrets that a command can hold are left out of it.
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
    line: io::Result<Line>,
) -> Result<Option<(String, Exit, Value)>, Failure> {
    let Line { bytes, is_whole } = line?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim();
    if text.is_empty() || text.starts_with('#') {
        return Ok(None);
    }
    let Shown { command, codes } = Shown::of(text);
    let result = match parsed(text) {
        _ if !is_whole => Err(Failure::wrong_use("the line is longer than any command")),
        Ok(command) => answer(here, command).await,
        Err(failure) => Err(failure),
    };
    let command: String = command.chars().take(if is_whole { text.len() } else { 80 }).collect();
    Ok(Some(match result {
        Ok(answer) => (command, answer.exit, answer.json),
        Err(mut failure) => {
            for code in codes {
                failure.message = failure.message.replace(&code, HIDDEN);
            }
            complain(&failure.message);
            (command, failure.exit(), json!({ "error": failure }))
        }
    }))
}

/// A command as it is given back: without the codes of an authenticator, which may still be good.
struct Shown {
    command: String,
    /// What must not be said of it in an error either.
    codes: Vec<String>,
}

impl Shown {
    fn of(line: &str) -> Self {
        let Ok(words) = words(line) else {
            return Self { command: before_any_code(line), codes: Vec::new() };
        };
        let (mut command, mut codes, mut shown_to) = (String::new(), Vec::new(), 0);
        let (mut is_code, mut end) = (false, 0);
        for Word { text, at } in words {
            end = at.end;
            let joined = text.strip_prefix(CODE_JOINED);
            let (flag, code) = match joined {
                Some(code) if !is_code => (CODE_JOINED, Some(code)),
                _ => ("", Some(text.as_str()).filter(|_| is_code)),
            };
            // The value of a flag is none itself, whatever it looks like.
            is_code = !is_code && text == CODE;
            let Some(code) = code else { continue };
            command.push_str(line.get(shown_to..at.start).unwrap_or_default());
            command.push_str(flag);
            command.push_str(HIDDEN);
            shown_to = at.end;
            codes.extend((!code.is_empty()).then(|| code.to_owned()));
        }
        command.push_str(line.get(shown_to..end).unwrap_or_default());
        // A remark may stand behind the words.
        command.push_str(&before_any_code(line.get(end..).unwrap_or_default()));
        Self { command, codes }
    }
}

/// Where there are no words, as in a remark or behind a quote that does not end, what is given back ends
/// before anything that may be a code, however it is quoted.
fn before_any_code(line: &str) -> String {
    let mut before = String::new();
    for word in line.split_inclusive(char::is_whitespace) {
        let plain: String = word.chars().filter(|letter| !matches!(letter, '\'' | '"')).collect();
        if plain.contains(CODE) {
            return format!("{before}{CODE} {HIDDEN}");
        }
        before.push_str(word);
    }
    before
}

fn parsed(line: &str) -> Result<Answered, Failure> {
    let words = words(line).map_err(|error| Failure::wrong_use(error.to_string()))?;
    let line = Command::try_parse_from(words.into_iter().map(|word| word.text));
    line.map(|line| line.command).map_err(|error| Refused::from(error).as_failure())
}

/// The lines of standard input as they come. They are read on a thread of their own: nothing ends a
/// read that waits for a person, and the program must be able to end.
fn lines() -> mpsc::Receiver<io::Result<Line>> {
    let (sender, lines) = mpsc::channel(1);
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        loop {
            let line = next_line(&mut input, LONGEST);
            let is_last = !matches!(&line, Ok(Some(_)));
            let Some(line) = line.transpose() else { break };
            if sender.blocking_send(line).is_err() || is_last {
                break;
            }
        }
    });
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_left_out_of_what_is_given_back() {
        for (line, shown) in [
            ("sign-in a --code 123456 --remember", "sign-in a --code … --remember"),
            ("sign-in a --code=123456 --remember", "sign-in a --code=… --remember"),
            ("sign-in a '--code' '123456'", "sign-in a '--code' …"),
            ("sign-in a \"--code=123456\"", "sign-in a --code=…"),
            ("sign-in a --code '123456", "sign-in a --code …"),
            ("sign-in a --code", "sign-in a --code"),
            ("sign-in a --code 123456 --code 654321", "sign-in a --code … --code …"),
            ("sign-in a --code=123456 --code 654321", "sign-in a --code=… --code …"),
            ("sign-in --code 123456 a --code=654321 b", "sign-in --code … a --code=… b"),
            ("sign-in a --co\"de\" 123456 '--code'=654321", "sign-in a --co\"de\" … --code=…"),
            ("sign-in a --code=123456 --code '654321", "sign-in a --code …"),
            ("sign-in a --co'de' 123456 '", "sign-in a --code …"),
            ("sign-in a --code 1 # not --code 2", "sign-in a --code … # not --code …"),
            ("sign-in a '--co de' 'x", "sign-in a '--co de' 'x"),
            ("sign-in a --code --code=123456 b", "sign-in a --code … b"),
            ("index add 'testpypi'", "index add 'testpypi'"),
        ] {
            assert_eq!(Shown::of(line).command, shown, "{line}");
        }
    }
}
