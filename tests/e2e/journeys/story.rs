//! What every journey begins with: the app on a demo index of its own, signed in.

use std::path::PathBuf;
use std::process::Command;

use trustdesk_demo_index::{DemoIndex, Options};

use crate::stage::{Alone, stage};
use crate::tour::Stage;
use crate::window::Window;

/// On a fresh demo index it has no publisher.
pub(super) const PROJECT: &str = "sampleproject";
pub(super) const ADD: &str = "main form button[type=submit]";
/// A bus that nobody can reach, and with it no keyring.
pub(super) const NO_BUS: (&str, &str) = ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");

pub(super) struct Story {
    window: Option<Window>,
    index: Option<DemoIndex>,
    port: u16,
    stage: Stage,
    _alone: Alone,
}

impl Story {
    /// The first start, with so many more projects than the demo index has by itself. None: there is
    /// no display.
    pub(super) async fn begins(projects: usize) -> Option<Self> {
        let (stage, alone) = stage().await?;
        let mut story = Self { window: None, index: None, port: 0, stage, _alone: alone };
        story.serve(projects).await;
        story.opens(&[]).await;
        Some(story)
    }

    /// Signed in, with the list of projects on screen.
    pub(super) async fn signed_in() -> Option<Self> {
        Self::signed_in_with(0).await
    }

    pub(super) async fn signed_in_with(projects: usize) -> Option<Self> {
        let story = Self::begins(projects).await?;
        let window = story.window();
        window.click("#choose-demo").await.expect("a choice");
        window.press("main", "Use the demo account").await.expect("one button");
        window.screen("projects").await.expect("signed in");
        window.see(&format!("#project-{PROJECT}")).await.expect("the projects are read");
        Some(story)
    }

    pub(super) fn window(&self) -> &Window {
        self.window.as_ref().expect("the window is open")
    }

    pub(super) fn index(&self) -> &DemoIndex {
        self.index.as_ref().expect("the index runs")
    }

    /// Where the app keeps its data.
    pub(super) fn data(&self) -> PathBuf {
        self.stage.data.join("app")
    }

    /// The index cannot be reached any more.
    pub(super) async fn goes_offline(&mut self) {
        self.index.take().expect("the index runs").stop().await;
    }

    /// The index can be reached again, at the same address and as it was.
    pub(super) async fn comes_back(&mut self) {
        self.serve(0).await;
    }

    /// The app is killed.
    pub(super) fn is_killed(&mut self) {
        self.window.take().expect("the window is open").kill();
    }

    /// The person closes the window.
    pub(super) async fn is_closed(&mut self) {
        let window = self.window.take().expect("the window is open");
        window.close().await.expect("the app ends");
    }

    /// The app starts, with this in its environment besides.
    pub(super) async fn opens(&mut self, environment: &[(&str, &str)]) {
        self.opens_by(Command::new("WebKitWebDriver"), environment).await;
    }

    /// The same by a driver of one's own.
    pub(super) async fn opens_by(&mut self, mut driver: Command, environment: &[(&str, &str)]) {
        driver.env("TRUSTDESK_DEMO_ORIGIN", format!("http://127.0.0.1:{}", self.port));
        driver.env("TRUSTDESK_DATA", self.data()).envs(environment.iter().copied());
        let opened = Window::open_by(driver, &self.stage.app).await;
        self.window = Some(opened.expect("the app opens its window"));
    }

    /// A project's page, from the list of projects.
    pub(super) async fn opens_project(&self, project: &str) {
        let window = self.window();
        window.press("nav", "Your projects").await.expect("an entry");
        window.screen("projects").await.expect("the projects");
        window.press(&format!("#project-{project}"), "Manage").await.expect("a link");
        window.screen("publishing").await.expect("the project's page");
    }

    pub(super) async fn goes_to(&self, entry: &str, screen: &str) {
        self.window().press("nav", entry).await.expect("an entry");
        self.window().screen(screen).await.expect("its screen");
    }

    /// Types into GitHub's form and confirms it; what becomes of it is the story's.
    pub(super) async fn adds(&self, owner: &str, workflow: &str) {
        let window = self.window();
        window.click("#tab-github").await.expect("a tab");
        for (field, text) in
            [("owner", owner), ("repository", PROJECT), ("workflow_filename", workflow)]
        {
            window.fill(&format!("#field-{field}"), text).await.expect("a field");
        }
        window.click(ADD).await.expect("a button");
    }

    async fn serve(&mut self, projects: usize) {
        let state_file = Some(self.stage.data.join("demo-index.json"));
        let options = Options { state_file, port: self.port, projects, ..Options::default() };
        let index = DemoIndex::start(options).await.expect("the demo index starts");
        self.port = index.address().port();
        self.index = Some(index);
    }
}
