//! `trustdesk-cli demo`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use trustdesk_demo_index::{DemoIndex, Error, Options};

use crate::exit::Exit;
use crate::failure::{Failure, Kind};
use crate::output::{self, Output};

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
    let index = DemoIndex::start(Options {
        state_file: demo.state,
        port: demo.port,
        projects: demo.projects,
        strict_origin: demo.strict_origin,
        ..Options::default()
    })
    .await
    .map_err(|error: Error| Failure::new(Kind::Refused, error.to_string()))?;
    announce(output, &index)?;
    tokio::signal::ctrl_c().await?;
    index.stop().await;
    Ok(Exit::Done)
}

/// The account of the demo index is no secret.
fn announce(output: Output, index: &DemoIndex) -> io::Result<()> {
    let account = index.account();
    if output.json {
        return output::document(&json!({
            "address": index.origin().as_str().trim_end_matches('/'),
            "username": account.username,
            "password": account.password,
            "code": account.code.code,
        }));
    }
    let mut out = io::stdout().lock();
    writeln!(out, "Demo index: {}", index.origin())?;
    writeln!(out, "User name:  {}", account.username)?;
    writeln!(out, "Password:   {}", account.password)?;
    writeln!(out, "Code now:   {} (each code is taken once)", account.code.code)?;
    out.flush()
}
