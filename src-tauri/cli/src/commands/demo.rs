//! `trustdesk-cli demo`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use serde_json::{Value, json};
use trustdesk_core::clock::{Clock, SystemClock};
use trustdesk_demo_index::{Account, DemoIndex, Options, RECOVERY_CODES, USERS};

use crate::exit::Exit;
use crate::failure::{Failure, Kind};
use crate::output::{self, Output};
use crate::table::table;

#[derive(Args)]
pub(crate) struct Demo {
    /// The port to listen on; 0 takes any that is free.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Keeps the index's state in this file, so that it survives a restart.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Adds so many more projects to the account, for trying out large lists.
    #[arg(long, value_name = "N", default_value_t = 0)]
    projects: usize,
    /// Checks the origin of every form, as an index behind https does.
    #[arg(long)]
    strict_origin: bool,
}

pub(crate) async fn run(output: Output, demo: Demo) -> Result<Exit, Failure> {
    let started = DemoIndex::start(Options {
        state_file: demo.state,
        port: demo.port,
        projects: demo.projects,
        strict_origin: demo.strict_origin,
        ..Options::default()
    });
    let index = started.await.map_err(|error| Failure::new(Kind::Refused, error.to_string()))?;
    let mut account = index.account();
    announce(output, &index, &account)?;
    loop {
        tokio::select! {
            stopped = tokio::signal::ctrl_c() => {
                stopped?;
                break;
            }
            () = next_code(&account) => {
                account = index.account();
                // The index serves on though nobody reads its codes any more.
                let _ = say_code(output, &account);
            }
        }
    }
    index.stop().await;
    Ok(Exit::Done)
}

async fn next_code(account: &Account) {
    let wait_ms = account.code.valid_until_ms - SystemClock.now_ms();
    tokio::time::sleep(Duration::from_millis(u64::try_from(wait_ms).unwrap_or_default())).await;
}

/// The accounts of the demo index are no secret.
fn announce(output: Output, index: &DemoIndex, account: &Account) -> io::Result<()> {
    let address = index.origin();
    if output.json {
        let user = |user: &trustdesk_demo_index::User| json!({ "username": user.username, "purpose": user.purpose });
        let mut started = json!({
            "address": address.as_str().trim_end_matches('/'),
            "accounts": USERS.iter().map(user).collect::<Value>(),
            "password": account.password,
            "recovery_codes": RECOVERY_CODES,
        });
        if let (Some(started), Value::Object(code)) = (started.as_object_mut(), code(account)) {
            started.extend(code);
        }
        return output::document(&started);
    }
    let others = USERS.iter().filter(|user| user.username != account.username);
    let others = others.map(|user| [user.username.to_owned(), user.purpose.to_owned()]).collect();
    let mut out = io::stdout().lock();
    writeln!(out, "Demo index: {address}")?;
    writeln!(out, "User name:  {}", account.username)?;
    writeln!(out, "Password:   {}", account.password)?;
    writeln!(out, "Mailbox:    {address}demo/mailbox/")?;
    writeln!(out, "Recovery:   {}, …", RECOVERY_CODES[0])?;
    writeln!(out, "\n{}\n", table(["OTHER USER NAMES", ""], others))?;
    drop(out);
    say_code(output, account)
}

fn say_code(output: Output, account: &Account) -> io::Result<()> {
    if output.json {
        return output::document(&code(account));
    }
    let mut out = io::stdout().lock();
    writeln!(out, "Code now:   {} (each code is taken once)", account.code.code)?;
    out.flush()
}

fn code(account: &Account) -> Value {
    json!({ "code": account.code.code, "code_valid_until_ms": account.code.valid_until_ms })
}
