//! The package indexes an account can live on, and which addresses may be one.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// The name under which an index and all that was read from it is kept: `pypi`, `testpypi`, `demo`
/// or the origin of another index. The demo index's port changes from run to run; its key does not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct IndexKey(pub String);

/// An index: where it is and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// What its data is kept under.
    pub key: IndexKey,
    /// What a person calls it.
    pub name: String,
    /// Scheme, host and port; no path.
    pub origin: Url,
}

/// Why an address cannot be an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidIndex {
    /// It does not parse, or has no host.
    #[error("This is not an address. Write it as https://index.example.org.")]
    NotAnAddress,
    /// Passwords must not travel in the clear.
    #[error(
        "Only https addresses can be used; http only for an index on this computer (127.0.0.1)."
    )]
    NotHttps,
    /// An address must name the index and nothing else.
    #[error("Write only the index's address, without a path, user name or question mark.")]
    MoreThanAnOrigin,
}

impl Index {
    /// The Python Package Index.
    #[must_use]
    pub fn pypi() -> Option<Self> {
        Self::known("pypi", "https://pypi.org/")
    }

    /// Its twin for trying things out, with its own accounts.
    #[must_use]
    pub fn testpypi() -> Option<Self> {
        Self::known("testpypi", "https://test.pypi.org/")
    }

    /// The make-believe index at the address where it listens in this run.
    #[must_use]
    pub fn demo(origin: Url) -> Self {
        Self::kept(IndexKey("demo".to_owned()), origin)
    }

    /// Any other Warehouse by its address: https, or http on a loopback address only (never a name
    /// such as `localhost.evil.example`).
    ///
    /// # Errors
    /// Says why the address cannot be used.
    pub fn other(address: &str) -> Result<Self, InvalidIndex> {
        let origin = Url::parse(address.trim()).map_err(|_| InvalidIndex::NotAnAddress)?;
        if origin.host().is_none() {
            return Err(InvalidIndex::NotAnAddress);
        }
        match origin.scheme() {
            "https" => {}
            "http" if is_loopback(&origin) => {}
            _ => return Err(InvalidIndex::NotHttps),
        }
        let bare = origin.path() == "/"
            && origin.query().is_none()
            && origin.fragment().is_none()
            && origin.username().is_empty()
            && origin.password().is_none();
        if !bare {
            return Err(InvalidIndex::MoreThanAnOrigin);
        }
        let known = [Self::pypi(), Self::testpypi()].into_iter().flatten();
        if let Some(known) = known.into_iter().find(|index| index.origin == origin) {
            return Ok(known);
        }
        let key = IndexKey(origin.as_str().trim_end_matches('/').to_owned());
        Ok(Self::kept(key, origin))
    }

    /// The host (and port, where it is not the usual one) that a password would go to.
    #[must_use]
    pub fn host(&self) -> String {
        host_and_port(&self.origin)
    }

    /// Whether it is the make-believe one.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.key.0 == "demo"
    }

    /// Whether it is on this computer, by its address and not by a name that could lead anywhere.
    #[must_use]
    pub fn is_on_this_computer(&self) -> bool {
        is_loopback(&self.origin)
    }

    /// An index from what was kept of it.
    #[must_use]
    pub fn kept(key: IndexKey, origin: Url) -> Self {
        let name = match key.0.as_str() {
            "pypi" => "PyPI".to_owned(),
            "testpypi" => "TestPyPI".to_owned(),
            "demo" => "Demo index".to_owned(),
            _ => host_and_port(&origin),
        };
        Self { key, name, origin }
    }

    fn known(key: &str, origin: &str) -> Option<Self> {
        Some(Self::kept(IndexKey(key.to_owned()), Url::parse(origin).ok()?))
    }
}

fn is_loopback(origin: &Url) -> bool {
    match origin.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(_)) | None => false,
    }
}

fn host_and_port(origin: &Url) -> String {
    let host = origin.host_str().unwrap_or_default();
    origin.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_computer_only() {
        assert!(Index::other("http://127.0.0.1:8080").is_ok());
        assert!(Index::other("http://[::1]:8080/").is_ok());
        for address in [
            "http://pypi.org",
            "http://localhost:8080",
            "http://127.0.0.1.evil.example",
            "ftp://x.y",
        ] {
            assert_eq!(Index::other(address), Err(InvalidIndex::NotHttps), "{address}");
        }
    }

    #[test]
    fn an_address_names_the_index_and_nothing_else() {
        for address in
            ["https://x.example/simple/", "https://u:p@x.example", "https://x.example/?a"]
        {
            assert_eq!(Index::other(address), Err(InvalidIndex::MoreThanAnOrigin), "{address}");
        }
        for address in ["", "pypi.org", "https://", "data:text/html,x"] {
            assert!(Index::other(address).is_err(), "{address}");
        }
    }

    #[test]
    fn pypi_by_its_address_is_pypi_and_not_a_second_index() {
        let index = Index::other("https://pypi.org").expect("valid");
        assert_eq!(index.key.0, "pypi");
        assert_eq!(Index::other("https://PyPI.org/").expect("valid").key.0, "pypi");
    }
}
