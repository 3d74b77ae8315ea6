//! The app's real window, used as a person uses it: what is on screen is waited for, never slept for.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::common::capabilities::desiredcapabilities::Capabilities;
use thirtyfour::prelude::{By, ElementQueryable, ElementWaitable, Key, WebDriver, WebElement};
use tokio::time::timeout;

use crate::bus;
use crate::webdriver::WebDriverProcess;

/// If the app dies at its start, opening a session would hang for ever.
const OPEN_LIMIT: Duration = Duration::from_secs(60);
const SEE_LIMIT: Duration = Duration::from_secs(20);
/// The longest that a script waits for: the app asks an index that was away every minute.
const SCRIPT_LIMIT: Duration = Duration::from_secs(90);
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// A window that painted nothing makes a far smaller picture than any screen of ours.
const SMALLEST_PICTURE: usize = 8_000;

/// Answers when what is in the page now has been painted.
const PAINTED: &str = "const painted = arguments[arguments.length - 1];
    requestAnimationFrame(() => requestAnimationFrame(() => painted(true)));";

/// The app in its window.
pub(crate) struct Window {
    driver: WebDriver,
    process: WebDriverProcess,
}

impl Window {
    /// Starts the app.
    pub(crate) async fn open(app: &Path, environment: &[(&str, &Path)]) -> Result<Self> {
        let mut driver = Command::new("WebKitWebDriver");
        driver.envs(environment.iter().copied());
        Self::open_by(driver, app).await
    }

    /// Starts the app by a driver of one's own.
    pub(crate) async fn open_by(driver: Command, app: &Path) -> Result<Self> {
        let process = WebDriverProcess::start(driver).await?;
        let mut capabilities = Capabilities::new();
        let options = json!({ "binary": app, "args": [] });
        capabilities.set("webkitgtk:browserOptions", options)?;
        let opened = timeout(OPEN_LIMIT, WebDriver::new(process.url(), capabilities)).await;
        let driver = opened.context("the app did not open its window in time")??;
        driver.set_script_timeout(SCRIPT_LIMIT).await?;
        Ok(Self { driver, process })
    }

    /// Waits for a screen that is not busy.
    pub(crate) async fn screen(&self, name: &str) -> Result<()> {
        let css = format!("main[data-screen='{name}'][aria-busy='false']");
        self.see(&css).await.map(drop)
    }

    /// Waits for an element that can be seen.
    pub(crate) async fn see(&self, css: &str) -> Result<WebElement> {
        let query = self.driver.query(By::Css(css)).wait(SEE_LIMIT, LOOK_EVERY);
        query.and_displayed().first().await.with_context(|| format!("no {css} on screen"))
    }

    /// Waits for an element that has these words.
    pub(crate) async fn read(&self, css: &str, words: &str) -> Result<WebElement> {
        let words_inside = words.to_owned();
        let query = self.driver.query(By::Css(css)).wait(SEE_LIMIT, LOOK_EVERY);
        let has_words = move |element: WebElement| {
            let words = words_inside.clone();
            async move { Ok(element.text().await.is_ok_and(|text| text.contains(&words))) }
        };
        let found = query.with_filter(has_words).first().await;
        found.with_context(|| format!("no {css} says “{words}”"))
    }

    /// Waits until nothing fits any more.
    pub(crate) async fn gone(&self, css: &str) -> Result<()> {
        let query = self.driver.query(By::Css(css)).wait(SEE_LIMIT, LOOK_EVERY);
        ensure!(query.not_exists().await?, "{css} is still on screen");
        Ok(())
    }

    /// Presses a button or follows a link by the words on it.
    pub(crate) async fn press(&self, within: &str, words: &str) -> Result<()> {
        let button = self.read(&format!("{within} button, {within} a"), words).await?;
        self.press_it(&button).await.with_context(|| format!("“{words}” cannot be pressed"))
    }

    /// Presses what fits.
    pub(crate) async fn click(&self, css: &str) -> Result<()> {
        let element = self.see(css).await?;
        self.press_it(&element).await.with_context(|| format!("{css} cannot be pressed"))
    }

    /// The driver presses only what it sees, and where it saw it: what still moves would be missed.
    async fn press_it(&self, element: &WebElement) -> Result<()> {
        element.scroll_into_view().await?;
        element.wait_until().wait(SEE_LIMIT, LOOK_EVERY).clickable().await?;
        let stands_still = timeout(SEE_LIMIT, async {
            loop {
                let before = place(element).await?;
                self.ask_later(PAINTED).await?;
                if place(element).await? == before {
                    return anyhow::Ok(());
                }
            }
        });
        stands_still.await.context("it does not stand still")??;
        Ok(element.click().await?)
    }

    /// Types into a field, in the place of what it holds.
    pub(crate) async fn fill(&self, css: &str, text: &str) -> Result<()> {
        let field = self.see(css).await?;
        field.scroll_into_view().await?;
        // As a person does it: the driver's own way of clearing tells the page nothing.
        field.send_keys(Key::Control + "a").await?;
        let rest = if text.is_empty() { Key::Backspace + "" } else { text.into() };
        field.send_keys(rest).await?;
        Ok(())
    }

    /// Waits until a field holds a text.
    pub(crate) async fn holds(&self, css: &str, text: &str) -> Result<()> {
        self.see(&format!("{css}:not(:placeholder-shown)")).await?;
        let held = self.see(css).await?.value().await?.unwrap_or_default();
        anyhow::ensure!(held == text, "{css} holds “{held}”, not “{text}”");
        Ok(())
    }

    /// What a script in the page says when it has called its last argument.
    pub(crate) async fn ask_later(&self, script: &str) -> Result<serde_json::Value> {
        Ok(self.driver.execute_async(script, vec![]).await?.json().clone())
    }

    /// A picture of the whole window.
    pub(crate) async fn picture(&self) -> Result<Vec<u8>> {
        let painted = timeout(SEE_LIMIT, async {
            loop {
                self.ask_later(PAINTED).await?;
                let png = self.driver.screenshot_as_png().await?;
                if png.len() >= SMALLEST_PICTURE {
                    return Ok(png);
                }
            }
        });
        painted.await.context("the window stays blank")?
    }

    /// Closes the window as its close button does, and waits for the app to end.
    pub(crate) async fn close(self) -> Result<()> {
        self.driver.clone().quit().await?;
        Ok(())
    }

    /// Ends the app at once, as a crash or a power cut would, and returns when another can start.
    pub(crate) fn kill(self) {
        drop(self);
    }
}

async fn place(element: &WebElement) -> Result<(i64, i64)> {
    let script = "const at = arguments[0].getBoundingClientRect(); return [at.x, at.y];";
    let at = element.handle().execute(script, vec![element.to_json()?]).await?;
    let (x, y): (f64, f64) = at.convert()?;
    #[expect(clippy::cast_possible_truncation, reason = "a window is not that large")]
    Ok((x.round() as i64, y.round() as i64))
}

impl Drop for Window {
    fn drop(&mut self) {
        self.process.kill();
        bus::free();
        // Its session ended with it; the library would try to end it again, and block for minutes.
        let _ = self.driver.clone().leak();
    }
}
