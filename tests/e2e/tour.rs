//! The main job through the real window, every room of the house once.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use trustdesk_core::clock::{Clock, SystemClock};
use trustdesk_demo_index::{PASSWORD, USERNAME, current_code};

use crate::demo_process::DemoProcess;
use crate::record::Record;
use crate::tabs::TABS;
use crate::window::Window;

const PROJECT: &str = "sampleproject";
const ADD: &str = "main form button[type=submit]";

/// What a tour works with.
pub(crate) struct Stage {
    pub(crate) app: PathBuf,
    pub(crate) cli: PathBuf,
    pub(crate) out: PathBuf,
    /// Where the app and the demo index keep their data.
    pub(crate) data: PathBuf,
}

struct Tour {
    record: Record,
    demo: DemoProcess,
    app: PathBuf,
    data: PathBuf,
    window: Option<Window>,
}

/// Drives the app through its main job and leaves pictures and `tour.json`.
pub(crate) async fn run(stage: &Stage) -> Result<()> {
    let record = Record::new(&stage.out)?;
    let demo = DemoProcess::start(&stage.cli, &stage.data.join("demo-index.json"))?;
    let data = stage.data.join("app");
    let mut tour = Tour { record, demo, app: stage.app.clone(), data, window: None };
    let ended = tour.go().await;
    if let Err(problem) = &ended {
        tour.record.failed(tour.window.as_ref(), problem).await;
    }
    tour.record.write()?;
    ended
}

impl Tour {
    async fn go(&mut self) -> Result<()> {
        self.first_start().await?;
        self.sign_in().await?;
        self.projects().await?;
        self.publishing().await?;
        self.add().await?;
        self.remove().await?;
        self.other_providers().await?;
        self.index_stopped().await?;
        self.restarted().await?;
        self.back_online().await?;
        self.database_mended().await?;
        self.everything_read().await?;
        self.settings().await
    }

    async fn open(&mut self) -> Result<()> {
        let origin = self.demo.origin();
        let environment = [
            ("TRUSTDESK_DATA", self.data.as_path()),
            ("TRUSTDESK_DEMO_ORIGIN", Path::new(&origin)),
        ];
        self.window = Some(Window::open(&self.app, &environment).await?);
        Ok(())
    }

    fn window(&self) -> Result<&Window> {
        self.window.as_ref().context("the window is open")
    }

    async fn done(&mut self) -> Result<()> {
        let window = self.window.as_ref().context("the window is open")?;
        self.record.done(window).await
    }

    async fn first_start(&mut self) -> Result<()> {
        self.record.step("first start");
        self.open().await?;
        self.window()?.screen("start").await?;
        self.done().await
    }

    async fn sign_in(&mut self) -> Result<()> {
        self.record.step("sign in");
        let window = self.window()?;
        window.click("#choose-demo").await?;
        window.screen("sign-in").await?;
        window.read("main", "Use the demo account").await?;
        window.fill("#sign-in-username", USERNAME).await?;
        window.fill("#sign-in-password", "not the password").await?;
        window.press("main", "Continue").await?;
        window.read("#sign-in-password-errors", "The password is invalid. Try again.").await?;
        self.done().await?;

        self.record.step("authenticator code");
        let window = self.window()?;
        window.fill("#sign-in-password", PASSWORD).await?;
        window.press("main", "Continue").await?;
        window.fill("#sign-in-code", &current_code(SystemClock.now_ms()).code).await?;
        self.done().await
    }

    async fn projects(&mut self) -> Result<()> {
        self.record.step("projects");
        let window = self.window()?;
        window.press("main section", "Sign in").await?;
        window.screen("projects").await?;
        window.see(&format!("#project-{PROJECT}")).await?;
        window.read("#connection", "Online").await?;
        self.done().await?;

        self.record.step("projects filtered");
        let window = self.window()?;
        window.fill("#projects-filter", "moss").await?;
        window.gone(&format!("#project-{PROJECT}")).await?;
        window.see("#project-moss-garden-kit").await?;
        self.done().await?;
        self.window()?.fill("#projects-filter", PROJECT).await
    }

    async fn publishing(&mut self) -> Result<()> {
        self.record.step("publishing");
        let window = self.window()?;
        window.press(&format!("#project-{PROJECT}"), "Manage").await?;
        window.screen("publishing").await?;
        window.read("main", "No publisher yet").await?;
        self.done().await
    }

    async fn add(&mut self) -> Result<()> {
        self.record.step("inline error");
        let window = self.window()?;
        window.fill("#field-owner", "octo-org").await?;
        window.fill("#field-repository", PROJECT).await?;
        window.fill("#field-workflow_filename", ".github/workflows/release.yml").await?;
        window.fill("#field-environment", "PyPI").await?;
        let words = "Workflow filename must be a filename only, without directories";
        window.read("#field-workflow_filename-errors", words).await?;
        window.read("#field-environment-warnings", "Will be stored as “pypi”.").await?;
        self.done().await?;

        self.record.step("preview");
        let window = self.window()?;
        window.fill("#field-workflow_filename", "release.yml").await?;
        let line = format!("release.yml in octo-org/{PROJECT}, environment pypi");
        window.read("main form", &line).await?;
        self.done().await?;

        self.record.step("add listed");
        let window = self.window()?;
        window.click(ADD).await?;
        let words = format!(
            "From now on release.yml in octo-org/{PROJECT} can get short-lived tokens for {PROJECT}."
        );
        window.read("main", &words).await?;
        window.see("tr[id^='publisher-']:focus").await?;
        window.screen("publishing").await?;
        self.done().await
    }

    async fn remove(&mut self) -> Result<()> {
        self.record.step("remove asks");
        let window = self.window()?;
        window.press("tr[id^='publisher-']", "Remove").await?;
        window.read("dialog[open]", "It is the last publisher").await?;
        self.done().await?;

        self.record.step("remove");
        let window = self.window()?;
        window.press("dialog[open]", "Remove publisher").await?;
        window.gone("tr[id^='publisher-']").await?;
        window.read("main", "No publisher yet").await?;
        window.screen("publishing").await?;
        self.done().await
    }

    async fn other_providers(&mut self) -> Result<()> {
        for tab in &TABS {
            self.record.step(&format!("{} inline error", tab.provider));
            let window = self.window()?;
            window.click(&format!("#tab-{}", tab.provider)).await?;
            for (field, text) in tab.typed {
                window.fill(&format!("#field-{field}"), text).await?;
            }
            let (field, words, mended) = tab.wrong;
            window.read(&format!("#field-{field}-errors"), words).await?;
            self.done().await?;

            self.record.step(&format!("{} preview", tab.provider));
            let window = self.window()?;
            window.fill(&format!("#field-{field}"), mended).await?;
            window.read("main form", tab.line).await?;
            self.done().await?;

            self.record.step(&format!("{} listed", tab.provider));
            let window = self.window()?;
            window.click(ADD).await?;
            window.read("main", &format!("From now on {} can get", tab.subject)).await?;
            window.read("tr[id^='publisher-']:focus", tab.listed).await?;
            window.screen("publishing").await?;
            self.done().await?;
        }
        Ok(())
    }

    async fn index_stopped(&mut self) -> Result<()> {
        self.record.step("many publishers");
        let window = self.window()?;
        window.press("nav", "Your projects").await?;
        window.screen("projects").await?;
        window.fill("#projects-filter", "").await?;
        window.press("#project-harbor-sync", "Manage").await?;
        window.screen("publishing").await?;
        window.see("tr[id^='publisher-']:nth-child(11)").await?;
        self.done().await?;

        self.record.step("index stopped with the cache shown");
        self.demo.stop()?;
        let window = self.window()?;
        window.press("main", "Refresh").await?;
        window.read("#connection", "Offline").await?;
        window.see("tr[id^='publisher-']:nth-child(11)").await?;
        self.done().await?;

        self.record.step("drafted offline");
        let window = self.window()?;
        window.press("nav", "Your projects").await?;
        window.screen("projects").await?;
        window.press(&format!("#project-{PROJECT}"), "Manage").await?;
        window.screen("publishing").await?;
        window.click("#tab-gitlab").await?;
        window.fill("#field-namespace", "harbor-works").await?;
        window.fill("#field-project", "night-train").await?;
        window.read("#draft-state", "Draft saved").await?;
        self.done().await?;

        self.record.step("added offline");
        let window = self.window()?;
        window.click("#tab-github").await?;
        for (field, text) in [
            ("owner", "octo-org"),
            ("repository", PROJECT),
            ("workflow_filename", "release.yml"),
            ("environment", ""),
        ] {
            window.fill(&format!("#field-{field}"), text).await?;
        }
        window.click(ADD).await?;
        window.read("tr[id^='change-']", "Waiting").await?;
        window.screen("publishing").await?;
        self.done().await
    }

    async fn restarted(&mut self) -> Result<()> {
        self.record.step("restarted");
        if let Some(window) = self.window.take() {
            window.kill();
        }
        self.open().await?;
        let window = self.window()?;
        window.screen("projects").await?;
        window.see(&format!("#project-{PROJECT}")).await?;
        window.read("#connection", "Offline").await?;
        window.press(&format!("#project-{PROJECT}"), "Manage").await?;
        window.screen("publishing").await?;
        window.read("tr[id^='change-']", "Waiting").await?;
        window.click("#tab-gitlab").await?;
        window.holds("#field-namespace", "harbor-works").await?;
        window.holds("#field-project", "night-train").await?;
        self.done().await
    }

    async fn back_online(&mut self) -> Result<()> {
        self.record.step("draft put aside");
        self.demo.resume()?;
        let window = self.window()?;
        window.fill("#field-workflow_filepath", ".gitlab-ci.yml").await?;
        window.click("#save-draft").await?;
        window.read("tr[id^='draft-']", "night-train").await?;
        self.done().await?;

        self.record.step("review");
        let window = self.window()?;
        window.press("nav", "Changes").await?;
        window.screen("changes").await?;
        window.read("#drafts", "Drafts").await?;
        window.press("main", "Review 1 change").await?;
        window.read("#review", "release.yml").await?;
        window.read("#review-cost", "Demo index allows 100").await?;
        self.done().await?;

        self.record.step("back online and sent");
        let window = self.window()?;
        window.click("#send-reviewed").await?;
        window.read("main", "Listed by Demo index").await?;
        window.read("#connection", "Online").await?;
        self.done().await
    }

    async fn database_mended(&mut self) -> Result<()> {
        self.record.step("database mended");
        if let Some(window) = self.window.take() {
            window.kill();
        }
        // Without its first bytes SQLite would forget the log, and all that was written last.
        let log = OpenOptions::new().write(true).open(self.data.join("trustdesk.sqlite3-wal"));
        log?.write_all(&[0xff; 32])?;
        self.open().await?;
        let window = self.window()?;
        window.read("#storage-mended", "1 draft and 0 changes were carried over").await?;
        window.see(&format!("#project-{PROJECT}")).await?;
        window.screen("projects").await?;
        self.done().await?;
        let window = self.window()?;
        window.press("#storage-mended", "All right").await?;
        window.gone("#storage-mended").await
    }

    async fn everything_read(&mut self) -> Result<()> {
        self.record.step("everything read");
        let window = self.window()?;
        window.press("nav", "Your projects").await?;
        window.screen("projects").await?;
        window.click("#read-all").await?;
        // One of them is quarantined: it is named, and the others are read all the same.
        window.read("#work-result", "brass-kettle").await?;
        self.done().await
    }

    async fn settings(&mut self) -> Result<()> {
        self.record.step("settings");
        let window = self.window()?;
        window.press("nav", "Settings").await?;
        window.screen("settings").await?;
        window.read("main", "In this computer’s keyring").await?;
        window.click("#theme-dark").await?;
        window.see("html[data-theme='dark']").await?;
        self.done().await?;

        self.record.step("projects in the dark");
        let window = self.window()?;
        window.press("nav", "Your projects").await?;
        window.screen("projects").await?;
        self.done().await?;
        if let Some(window) = self.window.take() {
            window.close().await?;
        }
        Ok(())
    }
}
