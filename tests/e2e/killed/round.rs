//! One round through the window: the app starts, something is typed, saved or sent, and the app is
//! killed in the middle of it.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::{Key, WebElement};
use tokio::time::{sleep, timeout};
use trustdesk_domain::{ChangeAction, Provider};

use super::PROJECT;
use super::ledger::{Asked, Ledger};
use super::moment::Moment;
use super::typing::{Text, Typing, made_up};
use crate::window::Window;
use trustdesk_tests::dice::Dice;

/// The values of the form's fields and the rows of the list.
const SCREEN: &str = "const all = (css) => [...document.querySelectorAll(css)];
    arguments[0]({
        fields: Object.fromEntries(
            all('#provider-panel input').map((input) => [input.name, input.value])),
        rows: all('tr[id^=change-], tr[id^=publisher-]').map(
            (row) => ({ id: row.id, words: row.textContent })),
    });";

const SHOW_LIMIT: Duration = Duration::from_secs(20);

pub(super) struct Round {
    pub(super) moment: Moment,
    pub(super) provider: Provider,
    pub(super) marker: String,
    pub(super) typing: Typing,
    pub(super) asked: Option<Asked>,
    dice: Dice,
}

impl Round {
    pub(super) fn new(number: usize, moment: Moment, mut dice: Dice) -> Self {
        let providers: &[Provider] = match moment {
            // Whom the index looks up is named by the demo index; these it takes as they come.
            Moment::Adding(_) | Moment::Shown(_) | Moment::Sending(_) | Moment::Removing(_) => {
                &[Provider::Github, Provider::Gitlab]
            }
            _ => &Provider::ALL,
        };
        let provider = dice.one_of(providers);
        let marker = format!("r{number}-{}", dice.word(6));
        Self { moment, provider, marker, typing: Typing::on(Text::new()), asked: None, dice }
    }

    /// Everything up to the kill, which is the caller's next step. Says when it was due.
    pub(super) async fn play(&mut self, window: &Window, ledger: &mut Ledger) -> Result<Instant> {
        open_project(window).await?;
        window.click(&format!("#tab-{}", self.provider.key())).await?;
        self.find_again(window, ledger).await?;
        match self.moment {
            Moment::Sending(wait) if has_waiting(window).await? => self.send(window, wait).await,
            Moment::Removing(wait) => match removable(window, ledger).await? {
                Some((row, marker)) => self.remove(window, wait, &row, marker).await,
                None => self.write(window, ledger).await,
            },
            _ => self.write(window, ledger).await,
        }
    }

    /// What was saved stands where it was typed, letter by letter.
    async fn find_again(&mut self, window: &Window, ledger: &Ledger) -> Result<()> {
        let saved = ledger.open.get(&self.provider).cloned().unwrap_or_default();
        let shown = fields(&window.ask_later(SCREEN).await?);
        ensure!(shown == saved, "the form shows {shown:?} in place of the draft {saved:?}");
        self.typing = Typing::on(saved);
        Ok(())
    }

    async fn write(&mut self, window: &Window, ledger: &mut Ledger) -> Result<Instant> {
        if !self.typing.now().is_empty() && self.dice.below(2) == 0 {
            window.click("#save-draft").await?;
            window.read("#draft-state", "Saved as a draft in the list above").await?;
            ledger.parked.push((self.provider, self.typing.now().clone()));
            ledger.open.remove(&self.provider);
            self.typing = Typing::on(Text::new());
        }
        let (first, (last, long)) = made_up(&mut self.dice, self.provider, &self.marker);
        for (name, typed) in first.iter().chain([&(last, String::new())]) {
            self.typing.will_hold(name, typed);
            window.fill(&format!("#field-{name}"), typed).await?;
            self.typing.typed();
        }
        if self.dice.below(2) == 0 {
            window.read("#draft-state", "Draft saved").await?;
            self.typing.called_saved();
        }
        let keys = match self.moment {
            Moment::Key(keys) => keys,
            _ => self.dice.count(20),
        };
        let field = window.see(&format!("#field-{last}")).await?;
        for letter in long.chars().take(keys) {
            self.typing.will_have(last, letter);
            field.send_keys(letter.to_string()).await?;
            self.typing.typed();
        }
        self.finish(window).await
    }

    /// What comes after the last key.
    async fn finish(&mut self, window: &Window) -> Result<Instant> {
        match self.moment {
            Moment::Key(_) => {}
            // Not a wait for anything: the length of this pause is the moment itself.
            Moment::Pause(pause) => sleep(pause).await,
            Moment::Saved => {
                window.read("#draft-state", "Draft saved").await?;
                self.typing.called_saved();
            }
            Moment::Parking(wait) => {
                let button = in_view(window, "#save-draft").await?;
                meanwhile(wait, async { Ok(button.click().await?) }).await?;
            }
            Moment::Shown(wait) => {
                let button = in_view(window, "main form button[type=submit]").await?;
                self.asks(ChangeAction::Add, self.marker.clone());
                timeout(SHOW_LIMIT, self.ask(window, &button)).await??;
                sleep(wait).await;
            }
            Moment::Adding(wait) | Moment::Sending(wait) | Moment::Removing(wait) => {
                let button = in_view(window, "main form button[type=submit]").await?;
                self.asks(ChangeAction::Add, self.marker.clone());
                meanwhile(wait, self.ask(window, &button)).await?;
            }
        }
        Ok(Instant::now())
    }

    async fn remove(
        &mut self,
        window: &Window,
        wait: Duration,
        row: &str,
        marker: String,
    ) -> Result<Instant> {
        window.press(&format!("tr[id='{row}']"), "Remove").await?;
        let button = in_view(window, "dialog[open] button.danger").await?;
        self.asks(ChangeAction::Remove, marker);
        meanwhile(wait, self.ask(window, &button)).await?;
        Ok(Instant::now())
    }

    async fn send(&mut self, window: &Window, wait: Duration) -> Result<Instant> {
        window.press("nav", "Changes").await?;
        window.click("#review-changes").await?;
        let button = in_view(window, "#send-reviewed").await?;
        meanwhile(wait, async { Ok(button.click().await?) }).await?;
        Ok(Instant::now())
    }

    fn asks(&mut self, action: ChangeAction, marker: String) {
        self.asked = Some(Asked { action, marker, shown: false });
    }

    /// Presses, then watches until the screen shows what was asked for.
    async fn ask(&mut self, window: &Window, button: &WebElement) -> Result<()> {
        button.click().await?;
        let Some(asked) = self.asked.as_mut() else { bail!("nothing is asked for") };
        while !asked.shown {
            let screen = window.ask_later(SCREEN).await?;
            let mut rows = screen["rows"].as_array().into_iter().flatten();
            let row = rows.find(|row| words(row).contains(&asked.marker));
            asked.shown = match asked.action {
                ChangeAction::Add => row.is_some(),
                ChangeAction::Remove => row.is_none_or(|row| words(row).contains("Waiting to be")),
            };
        }
        Ok(())
    }
}

/// A button that is about to be pressed, so that pressing it is all that is left to do.
async fn in_view(window: &Window, css: &str) -> Result<WebElement> {
    let button = window.see(css).await?;
    button.scroll_into_view().await?;
    Ok(button)
}

/// Lets something happen for so long and no longer.
async fn meanwhile(wait: Duration, something: impl Future<Output = Result<()>>) -> Result<()> {
    tokio::select! {
        // Nobody is waited for: the app is killed when this time is over.
        () = sleep(wait) => Ok(()),
        ended = async { something.await?; std::future::pending().await } => ended,
    }
}

pub(super) async fn open_project(window: &Window) -> Result<()> {
    // By the keyboard: what waits is offered above the list about now, and moves it down.
    let manage = window.read(&format!("#project-{PROJECT} .button"), "Manage").await?;
    manage.send_keys(Key::Enter + "").await?;
    window.screen("publishing").await
}

async fn has_waiting(window: &Window) -> Result<bool> {
    let screen = window.ask_later(SCREEN).await?;
    let mut rows = screen["rows"].as_array().into_iter().flatten();
    Ok(rows.any(|row| words(row).contains("Waiting to be")))
}

/// The row of a publisher that was added here and has not been asked to go yet.
async fn removable(window: &Window, ledger: &Ledger) -> Result<Option<(String, String)>> {
    let screen = window.ask_later(SCREEN).await?;
    let rows = screen["rows"].as_array().context("a list of rows")?;
    let listed = rows.iter().filter(|row| row["id"].as_str().is_some_and(|id| id.starts_with('p')));
    for marker in ledger.adds.difference(&ledger.removals) {
        if let Some(row) = listed.clone().find(|row| words(row).contains(marker)) {
            return Ok(Some((row["id"].as_str().unwrap_or_default().to_owned(), marker.clone())));
        }
    }
    Ok(None)
}

fn words(row: &Value) -> &str {
    row["words"].as_str().unwrap_or_default()
}

fn fields(screen: &Value) -> Text {
    let none = json!({});
    let fields = screen["fields"].as_object().or(none.as_object()).into_iter().flatten();
    let typed = fields.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
    typed.filter(|(_, value)| !value.is_empty()).collect()
}
