//! A small client: keeps the session's cookie and follows nothing.

use std::sync::Arc;

use reqwest::redirect::Policy;
use reqwest::{Client as Http, Method, RequestBuilder};
use trustdesk_demo_index::{
    DemoIndex, Options, PASSWORD, SteppedNow, USERNAME, code_at_step, current_code,
};
use url::form_urlencoded::Serializer;

use crate::page::Page;

/// 20 November 2026, a little after nine.
pub(crate) const NOW_MS: i64 = 1_795_165_504_000;
pub(crate) const MINUTE_MS: i64 = 60_000;
pub(crate) const PUBLISHING: &str = "/manage/project/sampleproject/settings/publishing/";
pub(crate) const FLASHES: &str = "/_includes/unauthed/flash-messages/";

/// Names and values of a form.
pub(crate) type Form<'a> = &'a [(&'a str, &'a str)];

/// The form of the guide's own example.
pub(crate) const EXAMPLE: Form<'_> = &[
    ("owner", "octo-org"),
    ("repository", "sampleproject"),
    ("workflow_filename", "release.yml"),
    ("environment", "pypi"),
];

/// An index, its clock and one client.
pub(crate) struct Scene {
    pub(crate) index: Arc<DemoIndex>,
    pub(crate) clock: Arc<SteppedNow>,
    pub(crate) client: Client,
}

/// One browser, more or less.
pub(crate) struct Client {
    http: Http,
    origin: String,
    /// Dropping the last handle would end the index.
    _index: Arc<DemoIndex>,
    pub(crate) session: Option<String>,
    /// The cookie that skips the second factor.
    pub(crate) remembered: Option<String>,
    /// Where it says that it is; none is this computer.
    pub(crate) network: Option<&'static str>,
}

impl Scene {
    /// A fresh index in memory, and nobody signed in.
    pub(crate) async fn new() -> Self {
        Self::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let clock = Arc::new(SteppedNow::new(NOW_MS));
        let options = Options { clock: clock.clone(), ..options };
        let index = Arc::new(DemoIndex::start(options).await.expect("the index starts"));
        let client = Client::new(&index);
        Self { index, clock, client }
    }

    /// A fresh index in memory with the account signed in.
    pub(crate) async fn signed_in() -> Self {
        let mut scene = Self::new().await;
        scene.client.sign_in(NOW_MS).await;
        scene
    }
}

impl Client {
    pub(crate) fn new(index: &Arc<DemoIndex>) -> Self {
        let http = Http::builder().redirect(Policy::none()).no_proxy().build();
        let origin = index.origin().as_str().trim_end_matches('/').to_owned();
        Self {
            http: http.expect("a client"),
            origin,
            _index: Arc::clone(index),
            session: None,
            remembered: None,
            network: None,
        }
    }

    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, |request| request).await
    }

    /// Sends the form with the token of this session.
    pub(crate) async fn post(&mut self, path: &str, form: Form<'_>) -> Page {
        let token = self.csrf_token().await;
        self.post_bare(path, &[&[("csrf_token", token.as_str())], form].concat()).await
    }

    /// Sends the form as it is.
    pub(crate) async fn post_bare(&mut self, path: &str, form: Form<'_>) -> Page {
        let body = body(form);
        self.send(Method::POST, path, |request| with_form(request, body)).await
    }

    pub(crate) async fn post_with_header(
        &mut self,
        path: &str,
        form: Form<'_>,
        (name, value): (&str, &str),
    ) -> Page {
        let body = body(form);
        self.send(Method::POST, path, |request| with_form(request, body).header(name, value)).await
    }

    pub(crate) async fn send(
        &mut self,
        method: Method,
        path: &str,
        dress: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Page {
        let path = path.strip_prefix(&self.origin).unwrap_or(path);
        let mut request = self.http.request(method, format!("{}{path}", self.origin));
        request = request.header("Accept", "text/html");
        if let Some(cookies) = self.cookies(path) {
            request = request.header("Cookie", cookies);
        }
        if let Some(network) = self.network {
            request = request.header("X-Forwarded-For", network);
        }
        let response = dress(request).send().await.expect("the index answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let page = Page { status, headers, body: response.text().await.expect("a body") };
        self.session = page.cookie_value("session_id").unwrap_or_else(|| self.session.take());
        self.remembered =
            page.cookie_value("remember_device").unwrap_or_else(|| self.remembered.take());
        page
    }

    /// A remembered device's cookie goes to the sign-in page alone.
    fn cookies(&self, path: &str) -> Option<String> {
        let session = self.session.as_ref();
        let session = session.map(|value| format!("user_id__insecure=x; session_id={value}"));
        let remembered = self.remembered.as_ref().filter(|_| path.starts_with("/account/login/"));
        let remembered = remembered.map(|value| format!("remember_device={value}"));
        let cookies: Vec<_> = remembered.into_iter().chain(session).collect();
        (!cookies.is_empty()).then(|| cookies.join("; "))
    }

    /// The token of this session's forms: signed in from the user indicator, else from the login page.
    pub(crate) async fn csrf_token(&mut self) -> String {
        for path in ["/_includes/authed/current-user-indicator/", "/account/login/"] {
            let page = self.get(path).await;
            if let Some(token) = page.attributes("input[name=csrf_token]", "value").pop() {
                return token;
            }
        }
        String::new()
    }

    /// Name and password; gives the address of the second half.
    pub(crate) async fn give_password(&mut self) -> String {
        self.give_password_of(USERNAME).await
    }

    /// Another account's; they all have the same.
    pub(crate) async fn give_password_of(&mut self, username: &str) -> String {
        let page =
            self.post("/account/login/", &[("username", username), ("password", PASSWORD)]).await;
        assert_eq!(page.status, 303, "name and password are right");
        page.location().to_owned()
    }

    pub(crate) async fn give_code(&mut self, address: &str, code: &str) -> Page {
        self.post(address, &[("method", "totp"), ("totp_value", code)]).await
    }

    pub(crate) async fn sign_in(&mut self, now_ms: i64) {
        self.sign_in_as(USERNAME, now_ms).await;
    }

    /// With a code where the account is asked for one.
    pub(crate) async fn sign_in_as(&mut self, username: &str, now_ms: i64) {
        let address = self.give_password_of(username).await;
        if address.contains("/account/two-factor/") {
            let page = self.give_code(&address, &current_code(now_ms).code).await;
            assert_eq!(page.status, 303, "the code is right");
        }
    }

    /// The account's name, as the index tells it.
    pub(crate) async fn who(&mut self) -> Option<String> {
        let page = self.get("/_includes/authed/current-user-indicator/").await;
        let link = page.attributes("a[href^='/user/']", "href").pop();
        link.map(|link| link.trim_start_matches("/user/").trim_end_matches('/').to_owned())
    }

    /// Signs in although this step's code was used already.
    pub(crate) async fn sign_in_again(&mut self, now_ms: i64) {
        let address = self.give_password().await;
        let page = self.give_code(&address, &code_at_step(now_ms, 1).code).await;
        assert_eq!(page.status, 303, "the next step's code is taken already");
    }

    pub(crate) async fn flashes(&mut self) -> Vec<String> {
        self.get(FLASHES).await.flashes()
    }

    /// What the index lists, one line a publisher: the text of provider and details.
    pub(crate) async fn listed(&mut self, path: &str) -> Vec<String> {
        self.get(path).await.words("table.table--publisher-list tbody tr")
    }
}

pub(crate) fn body(form: Form<'_>) -> String {
    Serializer::new(String::new()).extend_pairs(form).finish()
}

fn with_form(request: RequestBuilder, body: String) -> RequestBuilder {
    request.header("Content-Type", "application/x-www-form-urlencoded").body(body)
}
