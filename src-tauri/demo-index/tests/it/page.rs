//! An answer and what a browser's parser makes of its page.

use reqwest::header::{HeaderMap, LOCATION, RETRY_AFTER, SET_COOKIE};
use scraper::{ElementRef, Html, Selector};

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// A parsed page.
pub(crate) struct Document(Html);

/// A part of a parsed page.
pub(crate) struct Part<'a>(ElementRef<'a>);

impl Page {
    /// Where a redirect leads.
    pub(crate) fn location(&self) -> &str {
        self.header(LOCATION.as_str()).unwrap_or_default()
    }

    pub(crate) fn retry_after(&self) -> Option<u64> {
        self.header(RETRY_AFTER.as_str()).and_then(|value| value.parse().ok())
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub(crate) fn cookies(&self) -> Vec<&str> {
        self.headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok()).collect()
    }

    /// What the answer says of a cookie: nothing, that it is gone, or its new value.
    pub(crate) fn cookie_value(&self, name: &str) -> Option<Option<String>> {
        let sign = format!("{name}=");
        let cookies = self.cookies();
        let rest = cookies.iter().find_map(|cookie| cookie.strip_prefix(&sign))?;
        let value = rest.split(';').next().unwrap_or_default();
        Some(Some(value.to_owned()).filter(|value| !value.is_empty()))
    }

    /// What a browser's parser makes of the page.
    pub(crate) fn document(&self) -> Document {
        Document(Html::parse_document(&self.body))
    }

    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.document().texts(selector)
    }

    pub(crate) fn words(&self, selector: &str) -> Vec<String> {
        self.document().words(selector)
    }

    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.document().attributes(selector, name)
    }

    pub(crate) fn has(&self, selector: &str) -> bool {
        self.document().has(selector)
    }

    pub(crate) fn flashes(&self) -> Vec<String> {
        self.texts(".notification-bar .notification-bar__message")
    }
}

impl Document {
    /// The text of every such element, without outer white space.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.select(selector, |element| element.text().collect::<String>().trim().to_owned())
    }

    /// The words of every such element, one space between them.
    pub(crate) fn words(&self, selector: &str) -> Vec<String> {
        self.select(selector, |element| {
            element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
        })
    }

    /// An attribute of every such element that has it.
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let found = self.select(selector, |element| element.attr(name).map(str::to_owned));
        found.into_iter().flatten().collect()
    }

    pub(crate) fn has(&self, selector: &str) -> bool {
        !self.select(selector, |_| ()).is_empty()
    }

    /// The first such element.
    pub(crate) fn part(&self, selector: &str) -> Option<Part<'_>> {
        self.0.select(&parsed(selector)).next().map(Part)
    }

    fn select<T>(&self, selector: &str, read: impl Fn(ElementRef<'_>) -> T) -> Vec<T> {
        self.0.select(&parsed(selector)).map(read).collect()
    }
}

impl Part<'_> {
    /// The words of every such element below, one space between them.
    pub(crate) fn words(&self, selector: &str) -> Vec<String> {
        let words = |element: ElementRef<'_>| {
            element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
        };
        self.0.select(&parsed(selector)).map(words).collect()
    }

    /// An attribute of every such element below that has it.
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let selector = parsed(selector);
        self.0
            .select(&selector)
            .filter_map(|element| element.attr(name).map(str::to_owned))
            .collect()
    }

    /// An attribute of its own.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.0.attr(name)
    }
}

fn parsed(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector of the test")
}
