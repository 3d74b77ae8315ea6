//! What stands in a keyring's entry: JSON with a version, short enough for every keyring.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::KeptCookies;

const VERSION: u32 = 2;
/// Bytes of an entry. Windows takes no more than twice as many.
const LARGEST: usize = 1_200;

/// The bytes of an entry, wiped after use.
pub(super) type Entry = Zeroizing<Vec<u8>>;

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    session_id: Option<&'a str>,
    remember_device: Option<&'a str>,
}

/// Version 1 had the session only.
#[derive(Deserialize)]
struct Read {
    version: u32,
    session_id: Option<SecretString>,
    #[serde(default)]
    remember_device: Option<SecretString>,
}

/// None: they are longer than an entry may be.
pub(super) fn written(cookies: &KeptCookies) -> Option<Entry> {
    let written = Written {
        version: VERSION,
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

/// None: it is no entry of ours, or a later version's.
pub(super) fn read(entry: &[u8]) -> Option<KeptCookies> {
    let read: Read = serde_json::from_slice(entry).ok()?;
    (1..=VERSION).contains(&read.version).then_some(KeptCookies {
        session: read.session_id,
        remembered_device: read.remember_device,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookies(session: &str, remembered_device: Option<&str>) -> KeptCookies {
        KeptCookies {
            session: Some(SecretString::from(session)),
            remembered_device: remembered_device.map(SecretString::from),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let kept = cookies("a.b-c", Some("mark"));
        let entry = written(&kept).expect("short enough");
        let text = br#"{"version":2,"session_id":"a.b-c","remember_device":"mark"}"#;
        assert_eq!(entry.as_slice(), text);
        assert!(read(&entry).expect("read").are(&kept));
        let nothing = written(&KeptCookies::default()).expect("short enough");
        assert!(read(&nothing).expect("read").are(&KeptCookies::default()));
    }

    #[test]
    fn an_entry_of_version_1_holds_the_session_alone() {
        let entry = br#"{"version":1,"session_id":"a.b.c"}"#;
        assert!(read(entry).expect("read").are(&cookies("a.b.c", None)));
    }

    #[test]
    fn an_entry_of_a_later_version_or_of_somebody_else_is_not_guessed_at() {
        for entry in [r#"{"version":3,"session_id":"a"}"#, r#"{"session_id":"a"}"#, "a.b.c", ""] {
            assert!(read(entry.as_bytes()).is_none(), "{entry}");
        }
    }

    #[test]
    fn what_a_keyring_may_not_hold_is_not_written() {
        let frame = written(&cookies("", None)).expect("short enough").len();
        let longest = "x".repeat(LARGEST - frame);
        assert_eq!(written(&cookies(&longest, None)).expect("just fits").len(), LARGEST);
        assert!(written(&cookies(&format!("{longest}x"), None)).is_none(), "one byte too long");
    }
}
