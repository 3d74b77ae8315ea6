//! `trustdesk-cli demo`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use trustdesk_demo_index::{DemoIndex, Options};

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

/// Why the demo index could not be served.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("{0}")]
    Index(#[from] trustdesk_demo_index::Error),
    #[error("the output or the stop signal failed: {0}")]
    Terminal(#[from] io::Error),
}

pub(crate) async fn serve(demo: Demo) -> Result<(), Error> {
    let index = DemoIndex::start(Options {
        state_file: demo.state,
        port: demo.port,
        projects: demo.projects,
        strict_origin: demo.strict_origin,
        ..Options::default()
    })
    .await?;
    announce(&index)?;
    tokio::signal::ctrl_c().await?;
    index.stop().await;
    Ok(())
}

/// The account of the demo index is no secret.
fn announce(index: &DemoIndex) -> io::Result<()> {
    let account = index.account();
    let mut out = io::stdout().lock();
    writeln!(out, "Demo index: {}", index.origin())?;
    writeln!(out, "User name:  {}", account.username)?;
    writeln!(out, "Password:   {}", account.password)?;
    writeln!(out, "Code now:   {} (each code is taken once)", account.code.code)?;
    out.flush()
}
