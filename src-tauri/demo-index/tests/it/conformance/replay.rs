//! A recorded exchange sent again: tokens, codes and ids become this index's.

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use trustdesk_core::index::pages;
use trustdesk_demo_index::{Options, PASSWORD, code_at_step};
use trustdesk_domain::{ListedPublisher, PendingOwner, PendingPublisher, Publisher};

use super::recording::{ORIGINS, Recording, renamed};
use super::rows::{Given, Row, Says};
use crate::client::{NOW_MS, Scene, body};
use crate::page::Page;

/// The fields whose value is the id of a row.
const IDS: &[&str] = &["publisher_id", "constrained_publisher_id"];
/// Recorded pages that list every row whose id was sent.
const LISTS: &[&str] = &[
    "339-publishing-several",
    "302-publishing-eleven-publishers",
    "802-publishing-values-with-outer-blanks",
];
const PENDING_LISTS: &[&str] = &["627-pending-three"];

impl Recording {
    /// Whether it came over https, where Origin or Referer count.
    pub(crate) fn options(&self) -> Options {
        let strict_origin = self.header("X-Forwarded-Proto").is_some();
        Options { strict_origin, ..Options::default() }
    }

    /// Sends it again. The address is that of the second half of signing in, if that was reached.
    pub(crate) async fn replay(
        &self,
        scene: &mut Scene,
        row: &Row,
        address: &mut Option<String>,
    ) -> Page {
        // Asking for a token would replace a session that is gone by a new one.
        let gone = row.given.contains(&Given::SessionsGone);
        let token = if self.method == Method::POST && !gone {
            scene.client.csrf_token().await
        } else {
            String::new()
        };
        if !self.header("Cookie").is_some_and(|cookie| cookie.contains("session_id=")) {
            scene.client.session = None;
        }
        let body = self.body(scene, row, &token);
        let mut headers = self.headers_here(scene.client.origin(), &token);
        if self.header("Cookie").is_some_and(|cookie| cookie.contains("_LOCALE_=fr")) {
            let session = scene.client.session.as_deref().unwrap_or_default();
            let cookies = format!("_LOCALE_=fr; session_id={session}");
            headers.insert(COOKIE, HeaderValue::from_str(&cookies).expect("a value"));
        }
        let path = self.path_here(scene, address.as_deref());
        let send = |request: reqwest::RequestBuilder| request.headers(headers).body(body);
        scene.client.send(self.method.clone(), &path, send).await
    }

    /// The project whose page it is about, by its name here.
    pub(super) fn project(&self) -> String {
        let path = renamed(&self.target);
        let name = path.strip_prefix("/manage/project/").and_then(|rest| rest.split('/').next());
        name.unwrap_or("sampleproject").to_owned()
    }

    /// Tokens are this index's own.
    fn path_here(&self, scene: &Scene, address: Option<&str>) -> String {
        let half = |page: &str| Some(address?.replacen("/account/two-factor/", page, 1));
        let (path, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
        let here = match path {
            "/account/two-factor/" | "/account/recovery-code/" if !query.is_empty() => half(path),
            "/account/confirm-login/" if query.starts_with("token=.") => {
                scene.index.mailbox().pop().and_then(|mail| mail.link)
            }
            _ => None,
        };
        here.unwrap_or_else(|| renamed(&self.target))
    }

    fn body(&self, scene: &Scene, row: &Row, token: &str) -> String {
        let said = |name: &str, recorded: &str| {
            let says = row.says.iter().find(|(field, _)| *field == name).map(|(_, says)| says);
            match says {
                Some(Says::Text(text)) => (*text).to_owned(),
                Some(Says::RightCode) => {
                    let code = code_at_step(NOW_MS, 0).code;
                    format!("{} {}", &code[..3], &code[3..])
                }
                Some(Says::OldCode) => code_at_step(NOW_MS, -5).code,
                None if name == "csrf_token" => token.to_owned(),
                None if ["<redacted>", "(redacted)"].contains(&recorded) => PASSWORD.to_owned(),
                None if IDS.contains(&name) => self.id_here(scene, recorded),
                None => renamed(recorded),
            }
        };
        let fields: Vec<_> =
            self.fields.iter().map(|(name, value)| (name.as_str(), said(name, value))).collect();
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        body(&fields)
    }

    /// The id that the same publisher has here; the recorded one if there is no such publisher.
    fn id_here(&self, scene: &Scene, recorded: &str) -> String {
        let same = |theirs: &Publisher, ours: Vec<ListedPublisher>| {
            ours.into_iter().find(|one| one.publisher == *theirs).map(|one| one.id.0)
        };
        for list in LISTS {
            let list = self.neighbour(list);
            let target = renamed(&list.target);
            let project = target.split('/').nth(3).expect("a project's page");
            let page = pages::publishing(&list.answer.body, project).expect("a list");
            if let Some(known) = page.publishers.iter().find(|known| known.id.0 == recorded) {
                let ours = scene.index.publishers(&self.project());
                return same(&known.publisher, ours).unwrap_or_else(|| recorded.to_owned());
            }
        }
        for list in PENDING_LISTS {
            let body = &self.neighbour(list).answer.body;
            let page = pages::pending(body, &PendingOwner::Account).expect("a list");
            if let Some(known) = page.pending.iter().find(|known| known.id.0 == recorded) {
                let listed = |one: PendingPublisher| ListedPublisher {
                    id: one.id,
                    publisher: one.publisher,
                };
                let ours = scene.index.pending_publishers().into_iter().map(listed);
                return same(&known.publisher, ours.collect())
                    .unwrap_or_else(|| recorded.to_owned());
            }
        }
        recorded.to_owned()
    }

    fn headers_here(&self, origin: &str, token: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let value = match name.as_str() {
                "X-CSRF-Token" => token.to_owned(),
                "Accept-Language" | "X-Forwarded-For" => value.clone(),
                "Origin" | "Referer" | "Accept" | "Content-Type" => ORIGINS
                    .iter()
                    .fold(value.clone(), |value, theirs| value.replace(theirs, origin)),
                _ => continue,
            };
            let name: HeaderName = name.parse().expect("a header");
            headers.insert(name, HeaderValue::from_str(&value).expect("a value"));
        }
        // The later recordings leave out what every form says of itself.
        if self.method == Method::POST && !headers.contains_key(CONTENT_TYPE) {
            headers.insert(
                CONTENT_TYPE,
                HeaderValue::from_static("application/x-www-form-urlencoded"),
            );
        }
        headers
    }
}
