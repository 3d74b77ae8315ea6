//! Which e-mail addresses Warehouse's Google form takes. It asks email-validator for the syntax, with
//! UTF-8 allowed and nothing looked up. Here the rare corners are refused rather than guessed:
//! whatever is accepted here is accepted there.

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Bytes of an address, of its host's ASCII form, and of one label of that.
const LONGEST_ADDRESS: usize = 254;
const LONGEST_HOST: usize = 253;
const LONGEST_LABEL: usize = 63;

/// Top-level names that no mail is delivered to.
const SPECIAL: [&str; 6] = ["arpa", "invalid", "local", "localhost", "onion", "test"];

pub(super) fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let Some(ascii_host) = ascii_host(host) else { return false };
    is_local_part(local)
        && is_deliverable(&ascii_host)
        && text.len() <= LONGEST_ADDRESS
        && local.len() + 1 + ascii_host.len() <= LONGEST_ADDRESS
}

fn is_local_part(local: &str) -> bool {
    let atom = |character: char| {
        character.is_ascii_alphanumeric()
            || "!#$%&'*+-/=?^_`{|}~".contains(character)
            || is_plain_letter(character)
    };
    local.split('.').all(|part| !part.is_empty() && part.chars().all(atom))
        && !local.starts_with(is_combining_mark)
        && local.nfc().eq(local.chars())
}

/// A letter beyond ASCII that is one in every version of Unicode that an index may know.
fn is_plain_letter(character: char) -> bool {
    matches!(character, '\u{a1}'..='\u{ffff}')
        && (character.is_lowercase() || character.is_uppercase() || is_ideograph(character))
        && !is_combining_mark(character)
}

fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fa5}' | '\u{ac00}'..='\u{d7a3}')
}

/// The host as the domain name system spells it.
fn ascii_host(host: &str) -> Option<String> {
    let typed = |character: char| {
        character.is_ascii_alphanumeric()
            || matches!(character, '-' | '.')
            || is_plain_letter(character)
    };
    if !host.chars().all(typed) {
        return None;
    }
    let uts46 = Uts46::new();
    let (unicode, readable) =
        uts46.to_unicode(host.as_bytes(), AsciiDenyList::STD3, Hyphens::Check);
    if readable.is_err() || !unicode.chars().all(|it| it.is_ascii() || is_plain_letter(it)) {
        return None;
    }
    let ascii = uts46
        .to_ascii(host.as_bytes(), AsciiDenyList::STD3, Hyphens::Check, DnsLength::Verify)
        .ok()?;
    Some(ascii.into_owned())
}

fn is_deliverable(host: &str) -> bool {
    let is_label = |label: &str| {
        let ends_well = !label.starts_with('-') && !label.ends_with('-');
        // Two letters and two dashes begin a name in another alphabet, and nothing else.
        let reserved = label.get(2..4) == Some("--") && !label.starts_with("xn--");
        !label.is_empty() && label.len() <= LONGEST_LABEL && ends_well && !reserved
    };
    let Some((_, top)) = host.rsplit_once('.') else { return false };
    host.len() <= LONGEST_HOST
        && host.split('.').all(is_label)
        && top.ends_with(|last: char| last.is_ascii_alphabetic())
        && !SPECIAL.contains(&top.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn addresses_of_service_accounts_and_of_people_are_taken() {
        for email in [
            "svc@proj.iam.gserviceaccount.com",
            "1234-compute@developer.gserviceaccount.com",
            "A.B+tag@Gmail.com",
            "é@exämple.com",
            "user@bücher.example",
            "user@xn--bcher-kva.example",
        ] {
            assert!(is_email(email), "{email}");
        }
    }

    #[test]
    fn what_the_index_refuses_is_refused() {
        for email in [
            "",
            "svc",
            "@example.com",
            "svc@",
            "svc@localhost",
            "svc@x.test",
            "svc.@gmail.com",
            ".svc@gmail.com",
            "s..c@gmail.com",
            "\"a b\"@gmail.com",
            "svc@[127.0.0.1]",
            "svc@1.2.3.4",
            "Name <svc@gmail.com>",
            " svc@gmail.com",
            "svc@gmail.com\n",
            "svc@gmail..com",
            "svc@gmail.com.",
            "svc@-bad.com",
            "svc@a_b.com",
            "svc@ab--c.com",
            "svc@xn--.com",
            "a@b@gmail.com",
        ] {
            assert!(!is_email(email), "{email:?}");
        }
    }

    #[test]
    fn an_accent_apart_from_its_letter_is_refused_though_the_index_takes_it() {
        assert!(!is_email("e\u{301}@gmail.com"), "Google would not write it so");
    }
}
