//! What an index says before anything is sent to it: that it is in read-only mode, or that trusted
//! publishing is switched off. And what it says after a refusal.

use crate::index::{self, Flash, FlashKind};
use trustdesk_domain::{ChangeEvent, ChangeId, PublishingPage, Reasons};

use super::connection::Proof;
use super::engine::Connected;
use super::errand::Errand;
use super::{Engine, Error};

/// How the index's sentence begins when trusted publishing as a whole is switched off. One about a
/// single provider names it first, and does not stand in the way of a removal.
const DISABLED: &str = "Trusted publishing is temporarily disabled";
const WORDS_LOST: &str = "The index refused this; its words were lost.";
const NO_WORDS: &str = "The index refused this and gave no reason.";

impl Engine {
    /// Whether the index says of itself that it would change nothing. Asked before the first change of a
    /// project is claimed, so that whatever is queued stays queued.
    ///
    /// # Errors
    /// It says so, or could not be asked.
    pub(super) async fn look_for_blockers(
        &self,
        errand: &Errand<'_>,
        connected: &Connected,
        page: &PublishingPage,
    ) -> Result<(), Error> {
        if connected.index.is_read_only() {
            return Err(self.note(index::Error::ReadOnly).into());
        }
        // The page lacks its forms then, but also when each provider is switched off by itself; the
        // message that came with it tells.
        if !page.providers.is_empty() {
            return Ok(());
        }
        let messages =
            errand.answer(self, connected, connected.index.take_messages()).await?.into_iter();
        match messages.map(|message| message.text).find(|text| text.starts_with(DISABLED)) {
            Some(said) => Err(self.note(index::Error::PublishingDisabled(said)).into()),
            // Each provider is switched off on its own.
            None => {
                self.standing().opened(Proof::Publishing);
                Ok(())
            }
        }
    }

    /// Keeps a refusal, and then its words: those under the form's fields, or else the index's messages.
    /// That they cannot be had, or that the program ends before, changes nothing of the refusal.
    pub(super) async fn refused(
        &self,
        errand: &Errand<'_>,
        connected: &Connected,
        id: &ChangeId,
        reasons: Reasons,
    ) -> Result<(), Error> {
        let says_why = !reasons.fields.is_empty();
        let with_words = |words: Vec<String>| Reasons { messages: words, ..reasons.clone() };
        let lost = if says_why { Vec::new() } else { vec![WORDS_LOST.to_owned()] };
        let now_ms = self.clock.now_ms();
        self.store.move_change(id, ChangeEvent::Refused, &with_words(lost), now_ms).await?;
        // Taken also where nobody needs them, or they would be read as the words of the next refusal.
        let asked = connected.index.take_messages();
        let Ok(messages) = errand.answer(self, connected, asked).await else {
            return Ok(());
        };
        if says_why {
            return Ok(());
        }
        let says_no = |flash: &Flash| matches!(flash.kind, FlashKind::Error | FlashKind::Warning);
        let mut words: Vec<String> =
            messages.into_iter().filter(says_no).map(|flash| flash.text).collect();
        if words.is_empty() {
            words.push(NO_WORDS.to_owned());
        }
        Ok(self.store.explain_refusal(id, &with_words(words)).await?)
    }
}
