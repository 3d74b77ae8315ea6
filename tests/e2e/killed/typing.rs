//! What stood in a form, letter by letter, and which of it must outlive the app.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use trustdesk_domain::{Fields, Provider};

use trustdesk_tests::dice::Dice;

/// What may be lost of the text that no screen has called saved.
const MAY_BE_LOST: Duration = Duration::from_millis(500);

/// The fields that hold something. What a form sends without being asked is of no interest here.
pub(super) type Text = BTreeMap<String, String>;

pub(super) fn text(fields: &Fields) -> Text {
    let typed = fields.iter().filter(|(name, value)| !value.is_empty() && *name != "issuer_url");
    typed.map(|(name, value)| (name.clone(), value.clone())).collect()
}

struct State {
    text: Text,
    /// When the page had it for certain; none: the driver was not heard of again.
    since: Option<Instant>,
}

/// The states of one form in the order in which they stood there.
pub(super) struct Typing {
    states: Vec<State>,
    /// How many of them the screen has called saved.
    called_saved: usize,
}

impl Typing {
    /// In a form with the text of a draft that was found there, or with none.
    pub(super) fn on(found: Text) -> Self {
        let states = vec![State { text: found, since: Some(Instant::now()) }];
        Self { states, called_saved: 1 }
    }

    /// A field is about to be typed in place of what it holds.
    pub(super) fn will_hold(&mut self, field: &str, typed: &str) {
        for end in 0..=typed.len() {
            let mut text = self.now().clone();
            text.remove(field);
            if end > 0 {
                text.insert(field.to_owned(), typed[..end].to_owned());
            }
            self.states.push(State { text, since: None });
        }
    }

    /// One more letter is about to be typed.
    pub(super) fn will_have(&mut self, field: &str, letter: char) {
        let mut text = self.now().clone();
        text.entry(field.to_owned()).or_default().push(letter);
        self.states.push(State { text, since: None });
    }

    /// The driver has typed all that it was told to.
    pub(super) fn typed(&mut self) {
        let now = Instant::now();
        for state in self.states.iter_mut().rev().take_while(|state| state.since.is_none()) {
            state.since = Some(now);
        }
    }

    pub(super) fn called_saved(&mut self) {
        self.called_saved = self.states.len();
    }

    /// Whether the screen called anything saved that was typed in this round.
    pub(super) fn has_saved(&self) -> bool {
        self.called_saved > 1
    }

    pub(super) fn now(&self) -> &Text {
        &self.states.last().expect("there is a first state").text
    }

    /// Whether what was found in the store after the kill is late enough a state.
    pub(super) fn allows(&self, found: &Text, killed_at: Instant) -> Result<(), String> {
        let old = |state: &State| state.since.is_some_and(|since| since + MAY_BE_LOST <= killed_at);
        let old = self.states.iter().rposition(old).map_or(0, |last| last + 1);
        let must = self.called_saved.max(old) - 1;
        if self.states[must..].iter().any(|state| state.text == *found) {
            return Ok(());
        }
        let late = self.states.iter().rposition(|state| state.text == *found);
        let lost = late.map_or_else(
            || "is nothing that was ever typed".to_owned(),
            |late| format!("lacks {} of {} states", must - late, self.states.len()),
        );
        let why =
            if self.called_saved > must { "was called saved" } else { "is half a second old" };
        Err(format!("{found:?} {lost}: {:?} {why}", self.states[must].text))
    }
}

/// What a person types: the fields in order, the long one last. The marker names it for good.
pub(super) fn made_up(
    dice: &mut Dice,
    provider: Provider,
    marker: &str,
) -> (Vec<(&'static str, String)>, (&'static str, String)) {
    let long = dice.word(110);
    let word = dice.word(8);
    match provider {
        Provider::Github => (
            vec![
                ("owner", "octo-org".to_owned()),
                ("repository", word),
                ("workflow_filename", format!("{marker}.yml")),
            ],
            ("environment", long),
        ),
        Provider::Gitlab => (
            vec![
                ("namespace", "harbor-works".to_owned()),
                ("project", word),
                ("workflow_filepath", format!("{marker}.yml")),
            ],
            ("environment", long),
        ),
        Provider::Google => (vec![("email", format!("{marker}@harbor.example"))], ("sub", long)),
        Provider::Activestate => {
            (vec![("organization", word), ("project", marker.to_owned())], ("actor", long))
        }
    }
}
