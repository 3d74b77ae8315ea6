//! Where the window with the index's own page may go.
//!
//! Its top level stays on the index's origin. A frame inside it may also come from the captchas that
//! Warehouse knows (hCaptcha, reCAPTCHA) and from Cloudflare's challenge, which are shown in frames of
//! their own hosts; Fastly's, which PyPI has, comes from the index itself. WebKit asks for a frame
//! as it asks for the top level and does not say which it is, so a captcha's address is let through
//! for both, and the window leads back whatever stands at its top level then.

use url::{Host, Url};

/// All pages on the way to a session are below it, and none of them has one.
const ON_THE_WAY: &str = "/account/";

/// The index's own sign-in page.
pub(super) fn sign_in_page(origin: &Url) -> Url {
    let mut page = origin.clone();
    page.set_path("/account/login/");
    // Without it the index goes on to its front page, which says less.
    page.set_query(Some("next=/manage/projects/"));
    page
}

/// Whether the address is the index's.
pub(super) fn is_of(origin: &Url, address: &Url) -> bool {
    // A `blob:` address has the origin of who made it.
    address.scheme() == origin.scheme() && address.origin() == origin.origin()
}

/// Whether the window may load it, at its top level or in a frame.
pub(super) fn may_load(origin: &Url, address: &Url) -> bool {
    is_of(origin, address)
        || is_captcha(address)
        || matches!(address.as_str(), "about:blank" | "about:srcdoc")
}

/// Whether a page at this address can have a session of somebody.
pub(super) fn may_be_signed_in(origin: &Url, address: &Url) -> bool {
    is_of(origin, address) && !address.path().starts_with(ON_THE_WAY)
}

fn is_captcha(address: &Url) -> bool {
    let Some(Host::Domain(host)) = address.host() else { return false };
    if address.scheme() != "https" || address.port().is_some() {
        return false;
    }
    match host {
        "hcaptcha.com" | "challenges.cloudflare.com" => true,
        "www.google.com" | "www.recaptcha.net" => address.path().starts_with("/recaptcha/"),
        _ => host.ends_with(".hcaptcha.com"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Url {
        text.parse().expect("an address")
    }

    #[test]
    fn the_window_goes_nowhere_but_to_its_index() {
        let pypi = address("https://pypi.org/");
        for allowed in ["https://pypi.org/account/login/", "https://PyPI.org:443/", "about:blank"] {
            assert!(may_load(&pypi, &address(allowed)), "{allowed}");
        }
        for refused in [
            "http://pypi.org/",
            "https://test.pypi.org/",
            "https://pypi.org:8443/",
            "https://pypi.org.evil.example/",
            "https://evil.example/pypi.org",
            "https://pypi.org@evil.example/",
            "https://docs.pypi.org/",
            "tauri://localhost/",
            "http://tauri.localhost/",
            "file:///etc/passwd",
            "data:text/html,x",
            "blob:https://pypi.org/1",
            "javascript:alert(1)",
            "about:config",
        ] {
            assert!(!may_load(&pypi, &address(refused)), "{refused}");
        }
    }

    #[test]
    fn a_captcha_may_show_itself_in_a_frame() {
        let pypi = address("https://pypi.org/");
        for allowed in [
            "https://newassets.hcaptcha.com/captcha/v1/x",
            "https://www.google.com/recaptcha/api2/anchor",
            "https://www.recaptcha.net/recaptcha/api2/anchor",
            "https://challenges.cloudflare.com/turnstile/",
        ] {
            assert!(may_load(&pypi, &address(allowed)), "{allowed}");
            assert!(!is_of(&pypi, &address(allowed)), "{allowed} is led back at the top level");
        }
        for refused in [
            "http://newassets.hcaptcha.com/",
            "https://nothcaptcha.com/",
            "https://hcaptcha.com:8443/",
            "https://hcaptcha.com.evil.example/",
            "https://www.google.com/search",
            "https://evil.challenges.cloudflare.com/",
        ] {
            assert!(!may_load(&pypi, &address(refused)), "{refused}");
        }
    }

    #[test]
    fn a_session_is_looked_for_where_there_can_be_one() {
        let demo = address("http://127.0.0.1:8000/");
        let may = |text: &str| may_be_signed_in(&demo, &address(text));
        assert!(may("http://127.0.0.1:8000/manage/projects/"));
        assert!(may("http://127.0.0.1:8000/"));
        for on_the_way in
            ["/account/login/", "/account/two-factor/?token", "/account/confirm-login/"]
        {
            assert!(!may(&format!("http://127.0.0.1:8000{on_the_way}")), "{on_the_way}");
        }
        assert!(!may("http://127.0.0.1:8001/manage/projects/"), "another server");
        assert!(!may("about:blank"));
    }

    #[test]
    fn the_sign_in_page_says_where_to_go_on_to() {
        let page = sign_in_page(&address("https://pypi.org/"));
        assert_eq!(page.as_str(), "https://pypi.org/account/login/?next=/manage/projects/");
    }
}
