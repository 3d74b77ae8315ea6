//! What the tour leaves behind: a numbered picture a step, and `tour.json`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Result;
use serde::Serialize;

use crate::window::Window;

#[derive(Serialize)]
struct Step {
    name: String,
    ok: bool,
    picture: Option<String>,
    ms: u128,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

#[derive(Serialize)]
struct Tour<'a> {
    steps: &'a [Step],
}

/// The steps of a tour, in order.
pub(crate) struct Record {
    folder: PathBuf,
    steps: Vec<Step>,
    current: String,
    since: Instant,
}

impl Record {
    /// Begins in an empty folder.
    pub(crate) fn new(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            // Only what an earlier tour left; the folder may be anybody's.
            if path.extension().is_some_and(|ending| ending == "png") {
                fs::remove_file(path)?;
            }
        }
        let folder = folder.to_owned();
        Ok(Self { folder, steps: Vec::new(), current: String::new(), since: Instant::now() })
    }

    /// Begins a step.
    pub(crate) fn step(&mut self, name: &str) {
        name.clone_into(&mut self.current);
        self.since = Instant::now();
    }

    /// Ends the step with a picture of what is on screen now.
    pub(crate) async fn done(&mut self, window: &Window) -> Result<()> {
        let ms = self.since.elapsed().as_millis();
        let picture = self.picture(window).await?;
        let name = std::mem::take(&mut self.current);
        eprintln!("  ok {name} ({ms} ms)");
        self.steps.push(Step { name, ok: true, picture: Some(picture), ms, problem: None });
        Ok(())
    }

    /// Ends the tour with a step that failed.
    pub(crate) async fn failed(&mut self, window: Option<&Window>, problem: &anyhow::Error) {
        let ms = self.since.elapsed().as_millis();
        let picture = match window {
            Some(window) => self.picture(window).await.ok(),
            None => None,
        };
        let name = std::mem::take(&mut self.current);
        let problem = Some(format!("{problem:#}"));
        self.steps.push(Step { name, ok: false, picture, ms, problem });
    }

    /// Writes `tour.json`.
    pub(crate) fn write(&self) -> Result<()> {
        let text = serde_json::to_string_pretty(&Tour { steps: &self.steps })?;
        fs::write(self.folder.join("tour.json"), text + "\n")?;
        Ok(())
    }

    async fn picture(&self, window: &Window) -> Result<String> {
        let words = self.current.replace(|sign: char| !sign.is_ascii_alphanumeric(), "-");
        let name = format!("{:02}-{words}.png", self.steps.len() + 1);
        fs::write(self.folder.join(&name), window.picture().await?)?;
        Ok(name)
    }
}
