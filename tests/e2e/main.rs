//! `trustdesk-tour --app FILE --cli FILE --out DIR`: drives the built app through its main job under
//! the display of the environment. `cargo xtask demo` calls it.

mod bus;
mod demo_process;
mod record;
mod tabs;
mod tour;
mod webdriver;
mod window;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;

#[derive(Parser)]
struct Arguments {
    /// The app.
    #[arg(long)]
    app: PathBuf,
    /// The command line tool, which serves the demo index.
    #[arg(long)]
    cli: PathBuf,
    /// Where pictures and tour.json go.
    #[arg(long)]
    out: PathBuf,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let data = tempfile::tempdir()?;
    let absolute = |path: PathBuf| std::path::absolute(&path).context("a path");
    let stage = tour::Stage {
        app: absolute(arguments.app)?,
        cli: absolute(arguments.cli)?,
        out: absolute(arguments.out)?,
        // Made by the app, for its owner only.
        data: data.path().join("app"),
    };
    tour::run(&stage).await
}
