//! What tests see and do behind the client's back.

use axum::http::StatusCode;
use trustdesk_domain::{ListedPublisher, PendingPublisher, Provider, Publisher, PublisherId};
use uuid::Uuid;

use super::DemoIndex;
use crate::account::USERNAME;
use crate::state::State;
use crate::world::RequestLine;

impl DemoIndex {
    /// A project's publishers, in the order of its page.
    #[must_use]
    pub fn publishers(&self, project: &str) -> Vec<ListedPublisher> {
        self.world.memory().state.database.publishers(project)
    }

    /// The account's pending publishers, in the order of the page.
    #[must_use]
    pub fn pending_publishers(&self) -> Vec<PendingPublisher> {
        let pending = self.world.memory().state.database.pending_of(USERNAME);
        let listed = |one: crate::state::Pending| PendingPublisher {
            id: PublisherId(one.id),
            project_name: one.project_name,
            publisher: one.publisher,
        };
        pending.into_iter().map(listed).collect()
    }

    /// Every request so far.
    #[must_use]
    pub fn requests(&self) -> Vec<RequestLine> {
        self.world.memory().requests.clone()
    }

    /// Addressee and subject of every mail that Warehouse would have sent.
    #[must_use]
    pub fn mails(&self) -> Vec<(String, String)> {
        let mails = self.mailbox().into_iter();
        mails.map(|mail| (mail.to, mail.subject)).collect()
    }

    /// Ends every session, as after 12 quiet hours.
    pub fn expire_sessions(&self) {
        self.world.change(State::forget_all_sessions);
    }

    /// Asks every session for its password before the next sensitive page, as after half an hour.
    pub fn make_reauth_needed(&self) {
        self.world.change(State::forget_confirmations);
    }

    /// Gives every session another form token than the one that its pages were written with.
    pub fn renew_form_tokens(&self) {
        self.world.change(State::renew_form_tokens);
    }

    /// Adds a publisher as somebody else would, elsewhere.
    pub fn add_publisher_behind(&self, project: &str, publisher: Publisher) {
        self.world.change(|state| {
            state.database.attach(project, publisher, Uuid::new_v4());
        });
    }

    /// Removes a publisher as somebody else would, elsewhere.
    pub fn remove_publisher_behind(&self, project: &str, id: &PublisherId) {
        if let Ok(id) = Uuid::parse_str(&id.0) {
            self.world.change(|state| {
                state.database.detach(project, id);
            });
        }
    }

    /// In read-only mode every change is answered as if it had been made, and none is.
    pub fn set_read_only(&self, read_only: bool) {
        self.world.switch(|flags| flags.read_only = read_only);
    }

    /// Switches trusted publishing as a whole off: lists are shown, nothing can be changed.
    pub fn set_publishing_disabled(&self, disabled: bool) {
        self.world.switch(|flags| flags.publishing_disabled = disabled);
    }

    /// Switches one provider off: its form is gone, its publishers can still be removed.
    pub fn set_provider_disabled(&self, provider: Provider, disabled: bool) {
        self.world.switch(|flags| {
            if disabled {
                flags.disabled.insert(provider);
            } else {
                flags.disabled.remove(&provider);
            }
        });
    }

    /// With the site down, whoever stands in front of the index answers everything with status 503.
    pub fn set_site_down(&self, down: bool) {
        self.world.switch(|flags| flags.site_down = down);
    }

    /// Has whoever stands in front of the index show a page of their own with this status, usually
    /// 200 or 403, until somebody presses its button. No status takes it away; an unknown one too.
    pub fn set_challenge(&self, status: Option<u16>) {
        let status = status.and_then(|status| StatusCode::from_u16(status).ok());
        self.world.switch(|flags| flags.challenge = status);
    }

    /// With its database gone the index answers everything with status 500.
    pub fn set_database_down(&self, down: bool) {
        self.world.switch(|flags| flags.database_down = down);
    }

    /// Puts a project into quarantine, as the index's staff do with what looks harmful: its owners may
    /// manage it no more.
    pub fn quarantine(&self, project: &str) {
        self.world.change(|state| state.database.set_quarantined(project, true));
    }

    /// Takes a project out of its quarantine.
    pub fn release(&self, project: &str) {
        self.world.change(|state| state.database.set_quarantined(project, false));
    }

    /// Another owner makes a maintainer of the account, who may not manage the publishers.
    pub fn take_role_away(&self, project: &str) {
        self.world.change(|state| state.database.make_maintainer(project, USERNAME));
    }

    /// Another owner deletes a project.
    pub fn delete_project(&self, project: &str) {
        self.world.change(|state| state.database.delete_project(project));
    }

    /// Takes the account out of every project and organization, as if it were new.
    pub fn leave_everything(&self) {
        self.world.change(|state| state.database.leave_everything(USERNAME));
    }
}
