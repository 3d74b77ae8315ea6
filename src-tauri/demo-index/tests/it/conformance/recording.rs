//! A recorded exchange, and how it is sent again: names of the recording become names of this index,
//! tokens and codes become this session's.

use std::fs;
use std::path::Path;

use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use trustdesk_demo_index::{Options, PASSWORD, code_at_step};

use super::rows::{Row, Says};
use crate::client::{NOW_MS, Scene, body};
use crate::page::Page;

/// Where the recorded server listened, and over which schemes.
const ORIGINS: [&str; 2] = ["http://127.0.0.1:8100", "https://127.0.0.1:8100"];

/// What has another name here.
const NAMES: &[(&str, &str)] = &[
    ("Octo-Org", "octo-org"),
    ("owner-few", "demo"),
    ("\"rate-limited\"", "\"demo\""),
    ("full-of-publishers", "harbor-sync"),
    ("Fancy.Name_here", "Moss.Garden_kit"),
    ("fancy-name-here", "moss-garden-kit"),
    ("archived-thing", "old-almanac"),
    ("shared-project", "orchard-metrics"),
    ("others-only", "driftwood"),
    ("no-releases-yet", "cartwheel-config"),
];

/// A recorded exchange.
pub(crate) struct Recording {
    method: Method,
    target: String,
    headers: Vec<(String, String)>,
    fields: Vec<(String, String)>,
    pub(crate) answer: Page,
}

/// The text with the names of this index.
pub(crate) fn renamed(text: &str) -> String {
    NAMES.iter().fold(text.to_owned(), |text, (theirs, ours)| text.replace(theirs, ours))
}

impl Recording {
    pub(crate) fn read(folder: &Path, name: &str) -> Self {
        let path = folder.join(format!("{name}.http"));
        let what = format!("{} can be read", path.display());
        let bytes = fs::read(&path).expect(&what);
        let text = String::from_utf8_lossy(&bytes);
        let (asked, answered) =
            text.split_once("\n==================== response").expect("two halves");
        let (head, fields) = asked.split_once("# form fields\n").unwrap_or((asked, ""));
        let mut lines = head.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let mut first = lines.next().expect("a request line").split(' ');
        let (method, target) = (first.next().expect("a method"), first.next().expect("a target"));
        Self {
            method: method.parse().expect("a method"),
            target: target.to_owned(),
            headers: pairs(lines, ": "),
            // A field without a value has lost the space after its sign.
            fields: pairs(fields.lines().filter(|line| !line.is_empty()), " ="),
            answer: answer(answered),
        }
    }

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
        let token = if self.method == Method::POST {
            scene.client.csrf_token().await
        } else {
            String::new()
        };
        if !self.header("Cookie").is_some_and(|cookie| cookie.contains("session_id=")) {
            scene.client.session = None;
        }
        let body = self.body(scene, row, &token);
        let headers = self.headers(scene.client.origin(), &token);
        let path = match (self.target.split_once('?'), address) {
            (Some(("/account/two-factor/", _)), Some(address)) => address.clone(),
            _ => renamed(&self.target),
        };
        scene
            .client
            .send(self.method.clone(), &path, |request| request.headers(headers).body(body))
            .await
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
                Some(Says::FirstPublisher) => {
                    scene.index.publishers("sampleproject").swap_remove(0).id.0
                }
                None if name == "csrf_token" => token.to_owned(),
                None if recorded == "<redacted>" => PASSWORD.to_owned(),
                None => renamed(recorded),
            }
        };
        let fields: Vec<_> =
            self.fields.iter().map(|(name, value)| (name.as_str(), said(name, value))).collect();
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        body(&fields)
    }

    fn headers(&self, origin: &str, token: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let value = match name.as_str() {
                "X-CSRF-Token" => token.to_owned(),
                "Origin" | "Referer" | "Accept" | "Content-Type" => ORIGINS
                    .iter()
                    .fold(value.clone(), |value, theirs| value.replace(theirs, origin)),
                _ => continue,
            };
            let name: HeaderName = name.parse().expect("a header");
            headers.insert(name, HeaderValue::from_str(&value).expect("a value"));
        }
        headers
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

fn answer(text: &str) -> Page {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines().skip(1);
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status");
    let mut headers = HeaderMap::new();
    for (name, value) in pairs(lines, ": ") {
        let name: HeaderName = name.parse().expect("a header");
        let value = ORIGINS.iter().fold(renamed(&value), |value, origin| value.replace(origin, ""));
        // Over https the cookie says so; here nothing is https.
        let value = value.replace("; secure;", ";");
        headers.append(name, HeaderValue::from_str(&value).expect("a value"));
    }
    Page { status: status.parse().expect("a number"), headers, body: renamed(body) }
}

fn pairs<'a>(lines: impl Iterator<Item = &'a str>, sign: &str) -> Vec<(String, String)> {
    lines
        .filter_map(|line| line.split_once(sign))
        .map(|(name, value)| (name.to_owned(), value.strip_prefix(' ').unwrap_or(value).to_owned()))
        .collect()
}
