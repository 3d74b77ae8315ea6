//! Makes the situation in which an exchange was recorded.

use std::path::Path;

use trustdesk_core::index::pages::publishing;
use trustdesk_demo_index::USERNAME;
use trustdesk_domain::Provider;

use super::recording::{Recording, renamed};
use super::rows::{Given, PENDING_STORY, Row, STORY, find};
use crate::client::{FLASHES, Form, NOW_MS, PUBLISHING, Scene};

/// An index in the row's situation, and the address of the second half of signing in.
pub(crate) struct Prepared {
    pub(crate) scene: Scene,
    pub(crate) address: Option<String>,
}

/// A fresh index in the row's situation.
pub(crate) async fn prepare(folder: &Path, row: &Row) -> Prepared {
    let options = Recording::read(folder, row.recording).options();
    let mut prepared = Prepared { scene: Scene::with(options).await, address: None };
    for given in row.given {
        prepared.make(folder, row, *given).await;
    }
    prepared
}

impl Prepared {
    async fn make(&mut self, folder: &Path, row: &Row, given: Given) {
        let Self { scene, address } = self;
        match given {
            Given::HalfSignedIn => *address = Some(scene.client.give_password().await),
            Given::HalfSignedInAs(username) => {
                *address = Some(scene.client.give_password_of(username).await);
            }
            Given::TokenChanged => *address = address.take().map(|address| format!("{address}x")),
            Given::SignedIn => scene.client.sign_in(NOW_MS).await,
            Given::SignedInAs(username) => scene.client.sign_in_as(username, NOW_MS).await,
            Given::LinkOpenedElsewhere => {
                let session = scene.client.session.take();
                self.send(folder, "156-confirm-login-link-other-browser-same-ip").await;
                self.scene.client.session = session;
            }
            Given::Frozen => scene.index.set_frozen(USERNAME, true),
            Given::PasswordChanged => scene.index.change_password(USERNAME),
            Given::Sent(name) => self.send(folder, name).await,
            Given::Story => self.tell(folder, STORY, row).await,
            Given::PendingStory => self.tell(folder, PENDING_STORY, row).await,
            Given::FlashesRead => {
                scene.client.get(FLASHES).await;
            }
            Given::LeftEverything => scene.index.leave_everything(),
            Given::ConfirmationDue => scene.index.make_reauth_needed(),
            Given::SessionsGone => scene.index.expire_sessions(),
            Given::ReadOnly => scene.index.set_read_only(true),
            Given::Disabled(provider) => scene.index.set_provider_disabled(provider, true),
            Given::AllDisabled => {
                // Every switch was on in the recordings.
                for provider in Provider::ALL {
                    scene.index.set_provider_disabled(provider, true);
                }
                scene.index.set_publishing_disabled(true);
            }
            Given::PublishingDisabled => scene.index.set_publishing_disabled(true),
            Given::AllAdded(name) => {
                let recording = Recording::read(folder, name);
                let page = publishing(&recording.answer.body, &recording.project());
                let page = page.expect("a recorded list");
                let path = renamed(&recording.target);
                for listed in page.publishers {
                    let fields = listed.publisher.fields();
                    let form: Vec<_> = fields
                        .iter()
                        .map(|(name, value)| (name.as_str(), value.as_str()))
                        .collect();
                    let answer = scene.client.post(&path, &form).await;
                    assert_eq!(answer.status, 303, "{fields:?}");
                }
            }
            Given::DatabaseDown => scene.index.set_database_down(true),
            Given::AddsLocked => lock_adds(scene).await,
            Given::PasswordLocked => {
                for _ in 0..10 {
                    let form = [("username", USERNAME), ("password", "wrong")];
                    scene.client.post("/account/login/", &form).await;
                }
            }
            Given::CodeLocked => {
                let address = address.clone().expect("the password was given");
                for _ in 0..5 {
                    scene.client.give_code(&address, "000000").await;
                }
            }
        }
    }

    /// Sends every change of the story that came before this row's recording.
    async fn tell(&mut self, folder: &Path, story: &[&str], row: &Row) {
        for name in story.iter().filter(|name| **name < row.recording) {
            self.send(folder, name).await;
        }
        self.scene.client.get(FLASHES).await;
    }

    async fn send(&mut self, folder: &Path, name: &str) {
        let row = find(name).expect("a row");
        let recording = Recording::read(folder, name);
        let page = recording.replay(&mut self.scene, row, &mut self.address).await;
        if page.location().contains("/account/two-factor/?") {
            self.address = Some(page.location().to_owned());
        }
    }
}

async fn lock_adds(scene: &mut Scene) {
    let token = scene.client.csrf_token().await;
    let form: Form<'_> = &[("csrf_token", &token), ("email", ""), ("sub", "")];
    for _ in 0..100 {
        scene.client.post_bare(PUBLISHING, form).await;
    }
}
