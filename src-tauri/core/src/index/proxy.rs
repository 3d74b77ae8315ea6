//! Which proxy carries the requests to an index. One on this computer is never asked through a proxy: it
//! could not reach it, and would be told password and session, which no https hides on the way there.

use hyper_util::client::proxy::matcher::Matcher;
use url::{Host, Url};

/// The proxy between here and an index, as HOST:PORT, without what it may want to know of the person.
/// None: the index is asked directly. Found by the library by which reqwest finds it.
pub(crate) fn proxy_of(index: &Url) -> Option<String> {
    proxy_among(&Matcher::from_system(), index)
}

fn proxy_among(proxies: &Matcher, index: &Url) -> Option<String> {
    if is_never_proxied(index) {
        return None;
    }
    let found = proxies.intercept(&index.as_str().parse().ok()?)?;
    let address = found.uri();
    let port = address.port_u16().unwrap_or(match address.scheme_str() {
        Some("https") => 443,
        Some(scheme) if scheme.starts_with("socks") => 1080,
        _ => 80,
    });
    Some(format!("{}:{port}", address.host()?))
}

/// Whether an address leads to this computer. A name such as localhost does so for certain only where
/// it is resolved here: a proxy would lead it to itself.
pub(super) fn is_never_proxied(index: &Url) -> bool {
    trustdesk_domain::is_on_this_computer(index)
        || match index.host() {
            Some(Host::Domain(name)) => {
                let name = name.trim_end_matches('.');
                name == "localhost" || name.ends_with(".localhost")
            }
            Some(Host::Ipv6(address)) => {
                address.to_ipv4_mapped().is_some_and(|address| address.is_loopback())
            }
            Some(Host::Ipv4(_)) | None => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(proxy: &str, index: &str) -> Option<String> {
        let proxies = Matcher::builder().all(proxy).build();
        proxy_among(&proxies, &Url::parse(index).expect("an address"))
    }

    #[test]
    fn an_index_on_this_computer_has_no_proxy() {
        for index in [
            "http://127.0.0.1:8035/",
            "http://127.255.1.2/",
            "http://[::1]:8035/",
            "https://127.0.0.1/",
            "https://localhost:8443/",
            "https://LOCALHOST./",
            "https://index.localhost/",
            "https://[::ffff:127.0.0.1]/",
        ] {
            assert_eq!(through("http://proxy.example:3128", index), None, "{index}");
        }
    }

    #[test]
    fn the_proxy_of_any_other_index_is_named_without_its_credentials() {
        for (proxy, named) in [
            ("http://proxy.example:3128", "proxy.example:3128"),
            ("http://alice:secret@proxy.example:3128/", "proxy.example:3128"),
            ("proxy.example", "proxy.example:80"),
            ("https://proxy.example", "proxy.example:443"),
            ("socks5h://alice:secret@[2001:db8::1]", "[2001:db8::1]:1080"),
        ] {
            assert_eq!(through(proxy, "https://pypi.org/").as_deref(), Some(named), "{proxy}");
        }
        for not_here in ["https://localhost.evil.example/", "https://notlocalhost/"] {
            assert!(through("http://proxy.example", not_here).is_some(), "{not_here}");
        }
    }

    #[test]
    fn an_index_that_the_person_excepts_has_no_proxy() {
        let proxies = Matcher::builder().all("http://proxy.example").no("pypi.org").build();
        let asked = |index| proxy_among(&proxies, &Url::parse(index).expect("an address"));
        assert_eq!(asked("https://test.pypi.org/"), None);
        assert!(asked("https://index.example/").is_some());
    }
}
