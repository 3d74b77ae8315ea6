//! Values that a client carries and cannot change: text, time and a hash over both with the index's
//! secret, joined by dots.

use sha2::{Digest, Sha256};

pub(super) fn signed(secret: &str, text: &str, at_ms: i64) -> String {
    format!("{text}.{at_ms}.{}", hash(secret, text, at_ms))
}

pub(super) fn unsigned(secret: &str, value: &str) -> Option<(String, i64)> {
    let (rest, claimed) = value.rsplit_once('.')?;
    let (text, at_ms) = rest.rsplit_once('.')?;
    let at_ms = at_ms.parse().ok()?;
    (hash(secret, text, at_ms) == claimed).then(|| (text.to_owned(), at_ms))
}

fn hash(secret: &str, text: &str, at_ms: i64) -> String {
    let digest = Sha256::digest(format!("{secret}\n{text}\n{at_ms}"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_value_is_no_value() {
        let value = signed("secret", "text", 7);
        assert_eq!(unsigned("secret", &value), Some(("text".to_owned(), 7)));
        assert_eq!(unsigned("secret", &value.replacen(".7.", ".8.", 1)), None);
        assert_eq!(unsigned("other", &value), None);
        assert_eq!(unsigned("secret", "text"), None);
    }
}
