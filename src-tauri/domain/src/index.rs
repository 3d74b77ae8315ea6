//! The package indexes an account can live on, and which addresses may be one.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

const PYPI: &str = "pypi";
const TESTPYPI: &str = "testpypi";
const DEMO: &str = "demo";

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
    /// A stored address that is not the one of the index that it is stored for.
    #[error("This is not the address of that index.")]
    OfAnotherIndex,
}

impl Index {
    /// The Python Package Index.
    #[must_use]
    pub fn pypi() -> Option<Self> {
        Self::known(PYPI, "https://pypi.org/")
    }

    /// Its twin for trying things out, with its own accounts.
    #[must_use]
    pub fn testpypi() -> Option<Self> {
        Self::known(TESTPYPI, "https://test.pypi.org/")
    }

    /// The make-believe index at the address where it listens in this run.
    #[must_use]
    pub fn demo(origin: Url) -> Self {
        Self::named(IndexKey(DEMO.to_owned()), origin)
    }

    /// An index by its stored key and address, judged like a typed address each time. The key says
    /// which address it has to be: PyPI's and TestPyPI's are fixed, every other index's is its key, and
    /// the demo index is on this computer.
    ///
    /// # Errors
    /// The address cannot be used, or is another index's.
    pub fn stored(key: &IndexKey, address: &str) -> Result<Self, InvalidIndex> {
        if key.is_demo() {
            let origin = origin(address)?;
            return match is_on_this_computer(&origin) {
                true => Ok(Self::demo(origin)),
                false => Err(InvalidIndex::OfAnotherIndex),
            };
        }
        let index = Self::other(address)?;
        if index.key == *key { Ok(index) } else { Err(InvalidIndex::OfAnotherIndex) }
    }

    /// Any other Warehouse by its address: https, or http on a loopback address only (never a name
    /// such as `localhost.evil.example`).
    ///
    /// # Errors
    /// Says why the address cannot be used.
    pub fn other(address: &str) -> Result<Self, InvalidIndex> {
        let origin = origin(address)?;
        let known = [Self::pypi(), Self::testpypi()].into_iter().flatten();
        if let Some(known) = known.into_iter().find(|index| index.origin == origin) {
            return Ok(known);
        }
        let key = IndexKey(origin.as_str().trim_end_matches('/').to_owned());
        Ok(Self::named(key, origin))
    }

    /// The host (and port, where it is not the usual one) that a password would go to.
    #[must_use]
    pub fn host(&self) -> String {
        host_and_port(&self.origin)
    }

    /// Whether it is the make-believe one.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.key.is_demo()
    }

    /// Whether it is on this computer, by its address and not by a name that could lead anywhere.
    #[must_use]
    pub fn is_on_this_computer(&self) -> bool {
        is_on_this_computer(&self.origin)
    }

    fn named(key: IndexKey, origin: Url) -> Self {
        let name = match key.0.as_str() {
            PYPI => "PyPI".to_owned(),
            TESTPYPI => "TestPyPI".to_owned(),
            DEMO => "Demo index".to_owned(),
            _ => host_and_port(&origin),
        };
        Self { key, name, origin }
    }

    fn known(key: &str, origin: &str) -> Option<Self> {
        Some(Self::named(IndexKey(key.to_owned()), Url::parse(origin).ok()?))
    }
}

impl IndexKey {
    /// Whether it is the make-believe index's.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.0 == DEMO
    }

    /// The address that the key stands for; none: it stands for none, as the demo index's, whose port
    /// is new in each run.
    #[must_use]
    pub fn address(&self) -> Option<Url> {
        let index = match self.0.as_str() {
            PYPI => Index::pypi(),
            TESTPYPI => Index::testpypi(),
            key => Index::other(key).ok().filter(|index| index.key == *self),
        };
        index.map(|index| index.origin)
    }
}

/// The origin that a typed or stored address is, if a password may be sent to it.
fn origin(address: &str) -> Result<Url, InvalidIndex> {
    let origin = Url::parse(address.trim()).map_err(|_| InvalidIndex::NotAnAddress)?;
    if origin.host().is_none() {
        return Err(InvalidIndex::NotAnAddress);
    }
    match origin.scheme() {
        "https" => {}
        "http" if is_on_this_computer(&origin) => {}
        _ => return Err(InvalidIndex::NotHttps),
    }
    let bare = origin.path() == "/"
        && origin.query().is_none()
        && origin.fragment().is_none()
        && origin.username().is_empty()
        && origin.password().is_none();
    if bare { Ok(origin) } else { Err(InvalidIndex::MoreThanAnOrigin) }
}

/// Whether an address leads to this computer whatever a resolver says: 127.0.0.0/8 or `::1`.
#[must_use]
pub fn is_on_this_computer(origin: &Url) -> bool {
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
    fn stored_address_is_judged_like_a_typed_one_and_must_be_its_keys_own() {
        let stored = |key: &str, address| {
            Index::stored(&IndexKey(key.to_owned()), address).map(|index| index.name)
        };
        for (key, address, name) in [
            ("pypi", "https://pypi.org/", "PyPI"),
            ("testpypi", "https://test.pypi.org/", "TestPyPI"),
            ("demo", "http://127.0.0.1:4711/", "Demo index"),
            ("demo", "http://[::1]:4711/", "Demo index"),
            ("https://index.example", "https://index.example/", "index.example"),
            ("http://127.0.0.1:8035", "http://127.0.0.1:8035/", "127.0.0.1:8035"),
        ] {
            assert_eq!(stored(key, address), Ok(name.to_owned()), "{key} at {address}");
        }
        for (key, address, why) in [
            ("pypi", "http://localhost:18999/", InvalidIndex::NotHttps),
            ("pypi", "http://127.0.0.1:18999/", InvalidIndex::OfAnotherIndex),
            ("pypi", "https://evil.example/", InvalidIndex::OfAnotherIndex),
            ("pypi", "https://pypi.org:8443/", InvalidIndex::OfAnotherIndex),
            ("pypi", "https://test.pypi.org/", InvalidIndex::OfAnotherIndex),
            ("pypi", "https://alice@pypi.org/", InvalidIndex::MoreThanAnOrigin),
            ("testpypi", "https://pypi.org/", InvalidIndex::OfAnotherIndex),
            ("demo", "https://evil.example/", InvalidIndex::OfAnotherIndex),
            ("demo", "http://localhost:4711/", InvalidIndex::NotHttps),
            ("https://index.example", "https://evil.example/", InvalidIndex::OfAnotherIndex),
            ("https://index.example", "https://pypi.org/", InvalidIndex::OfAnotherIndex),
            ("https://pypi.org", "https://pypi.org/", InvalidIndex::OfAnotherIndex),
            ("http://evil.example", "http://evil.example/", InvalidIndex::NotHttps),
            ("lost", "http://127.0.0.1/", InvalidIndex::OfAnotherIndex),
            ("pypi", "", InvalidIndex::NotAnAddress),
        ] {
            assert_eq!(stored(key, address), Err(why), "{key} at {address}");
        }
    }

    #[test]
    fn key_stands_for_its_address_and_the_demo_indexs_for_none() {
        let address = |key: &str| IndexKey(key.to_owned()).address().map(|url| url.to_string());
        assert_eq!(address("pypi").as_deref(), Some("https://pypi.org/"));
        assert_eq!(address("https://index.example").as_deref(), Some("https://index.example/"));
        for key in ["demo", "lost", "https://pypi.org", "http://evil.example", "https://a.b/c"] {
            assert_eq!(address(key), None, "{key}");
        }
    }

    #[test]
    fn pypi_by_its_address_is_pypi_and_not_a_second_index() {
        let index = Index::other("https://pypi.org").expect("valid");
        assert_eq!(index.key.0, "pypi");
        assert_eq!(Index::other("https://PyPI.org/").expect("valid").key.0, "pypi");
    }
}
