//! Makes the situation in which an exchange was recorded.

use std::path::Path;

use trustdesk_demo_index::USERNAME;

use super::recording::Recording;
use super::rows::{Given, Row, find};
use crate::client::{NOW_MS, Scene};

/// A fresh index in the row's situation, and the address of the second half of signing in.
pub(crate) async fn prepare(folder: &Path, row: &Row) -> (Scene, Option<String>) {
    let options = Recording::read(folder, row.recording).options();
    let mut scene = Scene::with(options).await;
    let mut address = None;
    for given in row.given {
        match *given {
            Given::HalfSignedIn => address = Some(scene.client.give_password().await),
            Given::TokenChanged => address = address.map(|address| format!("{address}x")),
            Given::SignedIn => scene.client.sign_in(NOW_MS).await,
            Given::Sent(name) => {
                let before = find(name).expect("a row");
                Recording::read(folder, name).replay(&mut scene, before, &mut address).await;
            }
            Given::ConfirmationDue => scene.index.make_reauth_needed(),
            Given::SessionsGone => scene.index.expire_sessions(),
            Given::ReadOnly => scene.index.set_read_only(true),
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
    (scene, address)
}
