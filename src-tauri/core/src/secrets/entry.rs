//! What stands in a keyring's entry: JSON with a version and with the origin that it may be sent to, short
//! enough for every keyring.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use trustdesk_domain::IndexKey;

use super::KeptCookies;

const VERSION: u32 = 3;
/// From this one on an entry says which origin it is for.
const WITH_ORIGIN: u32 = 3;
/// Bytes of an entry. Windows takes no more than twice as many.
const LARGEST: usize = 1_200;

/// The bytes of an entry, wiped after use.
pub(super) type Entry = Zeroizing<Vec<u8>>;

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    origin: &'a str,
    session_id: Option<&'a str>,
    remember_device: Option<&'a str>,
}

/// Version 1 had the session only, version 2 no origin.
#[derive(Deserialize)]
struct Read {
    version: u32,
    origin: Option<String>,
    session_id: Option<SecretString>,
    #[serde(default)]
    remember_device: Option<SecretString>,
}

/// None: they are longer than an entry may be.
pub(super) fn written(index: &IndexKey, cookies: &KeptCookies) -> Option<Entry> {
    let written = Written {
        version: VERSION,
        origin: &origin(index),
        session_id: cookies.session.as_ref().map(ExposeSecret::expose_secret),
        remember_device: cookies.remembered_device.as_ref().map(ExposeSecret::expose_secret),
    };
    // Written in place: a buffer that grows would leave copies behind that nobody wipes.
    let mut entry = Zeroizing::new(vec![0; LARGEST]);
    let mut rest = entry.as_mut_slice();
    serde_json::to_writer(&mut rest, &written).ok()?;
    let left = rest.len();
    entry.truncate(LARGEST - left);
    Some(entry)
}

/// None: it is no entry of ours or a later version's, or it is not for this index.
pub(super) fn read(index: &IndexKey, entry: &[u8]) -> Option<KeptCookies> {
    let read: Read = serde_json::from_slice(entry).ok()?;
    let is_for_index = match (read.version, read.origin) {
        (1..WITH_ORIGIN, _) => index.address().is_some(),
        (WITH_ORIGIN..=VERSION, Some(entry)) => entry == origin(index),
        _ => false,
    };
    is_for_index.then_some(KeptCookies {
        session: read.session_id,
        remembered_device: read.remember_device,
    })
}

/// Where an index's cookies may be sent. The demo index's port is new in each run, and its key leads to
/// this computer only: the key stands for it.
fn origin(index: &IndexKey) -> String {
    let address = index.address();
    address.map_or_else(|| index.0.clone(), |address| address.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: &str) -> IndexKey {
        IndexKey(key.to_owned())
    }

    fn cookies(session: &str, remembered_device: Option<&str>) -> KeptCookies {
        KeptCookies {
            session: Some(SecretString::from(session)),
            remembered_device: remembered_device.map(SecretString::from),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let kept = cookies("a.b-c", Some("mark"));
        let entry = written(&key("pypi"), &kept).expect("short enough");
        let text = "{\"version\":3,\"origin\":\"https://pypi.org\",\"session_id\":\"a.b-c\",\
                    \"remember_device\":\"mark\"}";
        assert_eq!(String::from_utf8_lossy(&entry), text);
        assert!(read(&key("pypi"), &entry).expect("read").are(&kept));
        for index in ["demo", "https://index.example:8443", "http://127.0.0.1:8035"] {
            let nothing = written(&key(index), &KeptCookies::default()).expect("short enough");
            assert!(read(&key(index), &nothing).expect("read").are(&KeptCookies::default()));
        }
    }

    #[test]
    fn entry_of_one_index_is_none_for_another() {
        let entry = written(&key("pypi"), &cookies("a", None)).expect("short enough");
        for other in ["testpypi", "demo", "https://evil.example", "http://127.0.0.1:18999"] {
            assert!(read(&key(other), &entry).is_none(), "{other}");
        }
        let unbound = r#"{"version":3,"session_id":"a"}"#;
        assert!(read(&key("pypi"), unbound.as_bytes()).is_none(), "it must say what it is for");
    }

    #[test]
    fn older_entry_is_for_an_index_whose_key_is_its_address() {
        let one = br#"{"version":1,"session_id":"a.b.c"}"#;
        let two = br#"{"version":2,"session_id":"a.b.c","remember_device":"mark"}"#;
        for index in ["pypi", "testpypi", "https://index.example"] {
            let index = key(index);
            assert!(read(&index, one).expect("read").are(&cookies("a.b.c", None)));
            assert!(read(&index, two).expect("read").are(&cookies("a.b.c", Some("mark"))));
        }
        for index in ["demo", "lost", "http://evil.example"] {
            assert!(read(&key(index), two).is_none(), "nobody knows where it was for: {index}");
        }
    }

    #[test]
    fn an_entry_of_a_later_version_or_of_somebody_else_is_not_guessed_at() {
        for entry in [
            r#"{"version":4,"origin":"https://pypi.org","session_id":"a"}"#,
            r#"{"version":0,"session_id":"a"}"#,
            r#"{"session_id":"a"}"#,
            "a.b.c",
            "",
        ] {
            assert!(read(&key("pypi"), entry.as_bytes()).is_none(), "{entry}");
        }
    }

    #[test]
    fn what_a_keyring_may_not_hold_is_not_written() {
        let entry = |session: &str| written(&key("pypi"), &cookies(session, None));
        let frame = entry("").expect("short enough").len();
        let longest = "x".repeat(LARGEST - frame);
        assert_eq!(entry(&longest).expect("just fits").len(), LARGEST);
        assert!(entry(&format!("{longest}x")).is_none(), "one byte too long");
        let long_name = key(&format!("https://{}.example", "a.".repeat(600)));
        assert!(written(&long_name, &KeptCookies::default()).is_none(), "an origin counts too");
    }
}
