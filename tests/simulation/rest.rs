//! How a life ends: every change is looked at after every event, and at the end nothing may be left.

use trustdesk_domain::ChangeState;

use super::life::{Life, PROJECTS};
use crate::broken::Broken;
use crate::time::{DAY_MS, SERVER_MAY_WORK_MS};

/// Enough for whatever a person has to decide, and for each limit of a day.
const ROUNDS: usize = 12;

impl Life {
    pub(super) async fn judge(&mut self) -> Result<(), Broken> {
        let engine = self.programs.iter().flatten().next().expect("one runs");
        let account = engine.account().await.expect("signed in").id;
        for id in &self.confirmed {
            let change = engine.store().change(account, id).await.expect("read");
            self.promises.look_at(id, change.as_ref())?;
        }
        self.promises.hold(&self.world)
    }

    /// All troubles end, a person decides what only a person can, and time passes: nothing may be left.
    pub(super) async fn come_to_rest(&mut self) -> Result<(), Broken> {
        if self.programs[0].is_none() {
            self.start(0).await;
        }
        {
            let mut world = self.world.now();
            (world.down, world.signed_out, world.password_asked) = (false, false, false);
            world.read_only = false;
            world.closed.clear();
            (world.fate, world.swallows) = (None, false);
        }
        for _ in 0..ROUNDS {
            for change in self.open(0).await {
                let wanted = matches!(change.state, ChangeState::NeedsYou | ChangeState::Rejected);
                if wanted {
                    let again = change.state == ChangeState::NeedsYou && self.dice.below(2) == 0;
                    let engine = self.program(0);
                    if again {
                        engine.retry_change(&change.id).await.expect("decided");
                        self.promises.decided(&change, self.world.now_ms());
                    } else {
                        engine.discard_change(&change.id).await.expect("decided");
                    }
                }
            }
            self.time.pass(SERVER_MAY_WORK_MS);
            for project in PROJECTS {
                let _ = self.program(0).refresh_publishing(project).await;
            }
            self.confirm_password(0).await;
            self.sync(0).await;
            self.time.pass(DAY_MS);
            self.judge().await?;
            if self.open(0).await.is_empty() {
                break;
            }
        }
        let left = self.open(0).await;
        if let Some(change) = left.first() {
            return Err(Broken::Stuck(format!("{} stays {:?}", change.id.0, change.state)));
        }
        self.promises.hold_at_rest(&self.world)
    }
}
