//! One sync whose work is dropped after a number of polls: as if the process ended there, with nothing
//! of it going on.

use trustdesk_core::sync::Queued;
use trustdesk_domain::{Provider, Typed};

use super::life::{Life, after_polls, sync};
use super::promises::github;
use super::world::Fate;
use crate::broken::Broken;
use crate::desk::fields;

/// With a publisher that somebody listed before.
const PROJECT: &str = "harbor";
const OTHER: &str = "lantern";

impl Life {
    /// Sends a removal and three adds, the first of which meets the fate, and drops that after so many
    /// polls; whether it was through before.
    pub(super) async fn drop_one_sync(
        &mut self,
        fate: Option<Fate>,
        polls: u64,
    ) -> Result<bool, Broken> {
        let listed = github(PROJECT, "listed.yml");
        let row = self.world.now().add_row(PROJECT, listed.clone());
        self.promises.added_by_others(PROJECT, &listed, row);
        self.confirm_password(0).await;
        self.program(0).refresh_publishing(PROJECT).await.expect("nothing is wrong yet");
        let account = self.program(0).account().await.expect("signed in").id;
        let page = self.program(0).store().publishing(account, PROJECT).await.expect("read");
        let row = page.expect("just read").page.publishers[0].id.clone();
        self.add(PROJECT, "a.yml").await;
        let removal = self.program(0).queue_remove(PROJECT, &row).await.expect("decided");
        self.promises.decided(&removal, self.world.now_ms());
        self.confirmed.push(removal.id);
        self.add(OTHER, "a.yml").await;
        self.add(OTHER, "b.yml").await;
        self.world.now().fate = fate;

        let ended = after_polls(polls, sync(self.program(0))).await;
        self.note(format!("dropped after {polls} polls, {fate:?}: {ended:?}"));
        self.programs[0] = None;
        self.start(0).await;
        self.judge().await?;
        self.come_to_rest().await?;
        Ok(ended.is_some())
    }

    async fn add(&mut self, project: &str, workflow: &str) {
        let typed = fields("octo-org", project, workflow, "");
        let typed = Typed::new(project, Provider::Github, &typed);
        let queued = self.program(0).queue_add(&typed, None).await.expect("decided");
        let Queued::Queued(change, _) = queued else { panic!("it is a new one: {queued:?}") };
        self.promises.decided(&change, self.world.now_ms());
        self.confirmed.push(change.id);
    }
}
