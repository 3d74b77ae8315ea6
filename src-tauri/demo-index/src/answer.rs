//! An answer before it is put on the wire.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use maud::Markup;

use crate::pages::{layout, plain};
use crate::request::Request;

/// Headers of pages that must never be shown again from a cache.
const NO_STORE: &str = "max-age=0, must-revalidate, no-cache, no-store";

/// An answer before it is put on the wire.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    headers: Vec<(HeaderName, String)>,
    body: String,
}

impl Answer {
    fn new(status: StatusCode, body: String) -> Self {
        let headers = vec![
            (header::CONTENT_TYPE, "text/html; charset=UTF-8".to_owned()),
            (header::VARY, "Cookie, PyPI-Locale".to_owned()),
            (header::REFERRER_POLICY, "origin-when-cross-origin".to_owned()),
        ];
        Self { status, headers, body }
    }

    pub(crate) fn page(page: Markup) -> Self {
        Self::new(StatusCode::OK, page.into_string())
    }

    pub(crate) fn page_with_status(status: StatusCode, page: Markup) -> Self {
        Self::new(status, page.into_string())
    }

    /// Sends the client elsewhere on this index. `Location` is absolute, as Warehouse's is.
    pub(crate) fn see_other(request: &Request, target: &str) -> Self {
        Self::moved(StatusCode::SEE_OTHER, request, target)
    }

    pub(crate) fn moved(status: StatusCode, request: &Request, target: &str) -> Self {
        let text = format!(
            "The resource has been moved to {target}; you should be redirected automatically."
        );
        let location = format!("{}{target}", request.origin());
        let page = plain::page(&plain::title(status), &text, "");
        Self::new(status, page.into_string()).with(header::LOCATION, location)
    }

    /// A bare page with what is wrong, in the form that the client accepts: HTML, JSON or text.
    pub(crate) fn plain(status: StatusCode, request: &Request, text: &str, detail: &str) -> Self {
        Self::titled(status, request, &plain::title(status), text, detail)
    }

    fn titled(
        status: StatusCode,
        request: &Request,
        title: &str,
        text: &str,
        detail: &str,
    ) -> Self {
        let accept = request.header("accept").unwrap_or_default();
        let (kind, body) = if accept.contains("text/html") || accept.contains("*/*") {
            ("text/html; charset=UTF-8", plain::page(title, text, detail).into_string())
        } else if accept.contains("application/json") {
            ("application/json", plain::json(title, text, detail))
        } else {
            ("text/plain; charset=UTF-8", format!("{title}\n\n{text}\n\n{detail}\n"))
        };
        Self::new(status, body).with(header::CONTENT_TYPE, kind)
    }

    /// Tells to wait. Warehouse gives this answer a name of its own where codes are concerned.
    pub(crate) fn too_many(request: &Request, name: &str, detail: &str, wait_ms: i64) -> Self {
        let status = StatusCode::TOO_MANY_REQUESTS;
        let title = format!("{} {name}", status.as_u16());
        let text = "The action could not be performed: there were too many requests by the client.";
        Self::titled(status, request, &title, text, detail)
            .with(header::RETRY_AFTER, (wait_ms + 999).div_euclid(1000).to_string())
    }

    /// The same answer with this header in the place of an older one of that name.
    pub(crate) fn with(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn with_cookie(mut self, cookie: String) -> Self {
        self.headers.push((header::SET_COOKIE, cookie));
        self
    }

    /// The same answer with what the administrators tell everybody, if it is a page.
    pub(crate) fn with_notice(mut self, notice: &str) -> Self {
        self.body = layout::with_notice(&self.body, notice);
        self
    }

    pub(crate) fn never_cached(self) -> Self {
        self.with(header::CACHE_CONTROL, NO_STORE).with(header::PRAGMA, "no-cache")
    }
}

impl From<Answer> for Response<Body> {
    fn from(answer: Answer) -> Self {
        let mut response = Self::new(Body::from(answer.body));
        *response.status_mut() = answer.status;
        for (name, value) in answer.headers {
            if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
                response.headers_mut().append(name, value);
            }
        }
        response
    }
}
