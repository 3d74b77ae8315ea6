//! The whole way over real TLS: an index that checks `Origin` and `Referer` and whose cookies are
//! secure, behind a certificate that the system's trust, and nothing else, decides about.

use std::process::Output;

use tokio::process::Command;
use trustdesk_demo_index::{DemoIndex, Options};
use trustdesk_tests::desk::{self, PROJECT};
use trustdesk_tests::forward_proxy::{ForwardProxy, VARIABLES};
use trustdesk_tests::time::{START_MS, Time};
use trustdesk_tests::tls::Tls;

/// Where the system's trust is read from, if this is set.
const AUTHORITIES: &str = "SSL_CERT_FILE";

async fn index() -> DemoIndex {
    let clock = Time::at(START_MS);
    let options = Options { behind_https: true, clock, ..Options::default() };
    DemoIndex::start(options).await.expect("the demo index starts")
}

async fn one_add(tls: &Tls, trusting: Option<&Tls>) -> Output {
    one_add_at(tls.origin().as_str(), trusting, None).await
}

async fn one_add_at(
    origin: &str,
    trusting: Option<&Tls>,
    proxy: Option<(&str, &ForwardProxy)>,
) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    let mut add = Command::new(env!("CARGO_BIN_EXE_one_add"));
    add.arg(folder.path()).arg(origin).arg(START_MS.to_string());
    match trusting {
        Some(tls) => add.env(AUTHORITIES, tls.authority()),
        None => add.env_remove(AUTHORITIES),
    };
    for variable in VARIABLES {
        add.env_remove(variable);
    }
    if let Some((variable, proxy)) = proxy {
        add.env(variable, format!("http://alice:proxy-password@{}", proxy.address()));
    }
    add.kill_on_drop(true).output().await.expect("the process ran")
}

#[tokio::test]
async fn a_publisher_is_added_over_https_to_an_index_that_checks_where_a_form_comes_from() {
    let index = index().await;
    let before = index.publishers(PROJECT).len();
    let tls = Tls::before(&index, "127.0.0.1").await;
    let output = one_add(&tls, Some(&tls)).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(index.publishers(PROJECT).len(), before + 1, "the index took every form");
    assert_eq!(desk::posts(&index), 1, "and took it at once");
}

#[tokio::test]
async fn an_index_whose_certificate_nobody_vouches_for_is_told_nothing() {
    let index = index().await;
    let tls = Tls::before(&index, "127.0.0.1").await;
    let another = Tls::before(&index, "127.0.0.1").await;
    for trusting in [None, Some(&another)] {
        let output = one_add(&tls, trusting).await;
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("Offline"), "the sign-in cannot begin: {said}");
        assert!(index.requests().is_empty(), "no request was sent: {:?}", index.requests());
    }
}

#[tokio::test]
async fn a_certificate_of_another_host_does_not_do() {
    let index = index().await;
    let tls = Tls::before(&index, "pypi.example").await;
    let output = one_add(&tls, Some(&tls)).await;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("Offline"), "the sign-in cannot begin: {said}");
    assert!(index.requests().is_empty(), "no request was sent: {:?}", index.requests());
}

#[tokio::test]
async fn https_index_behind_a_proxy_is_reached_through_connect_and_the_proxy_reads_nothing() {
    let index = index().await;
    let tls = Tls::before(&index, "index.example").await;
    let proxy = ForwardProxy::leading_to(tls.address());
    let output =
        one_add_at("https://index.example/", Some(&tls), Some(("https_proxy", &proxy))).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(desk::posts(&index), 1, "the add arrived");
    let heard = proxy.heard();
    assert!(!heard.is_empty(), "there is no other way to this name");
    for head in heard {
        assert!(head.starts_with("CONNECT index.example:443 HTTP/1.1\r\n"), "{head}");
        assert!(head.contains("roxy-") && !head.contains("ookie"), "{head}");
    }
}

#[tokio::test]
async fn https_index_on_this_computer_is_never_asked_through_a_proxy() {
    let index = index().await;
    let tls = Tls::before(&index, "127.0.0.1").await;
    for variable in ["https_proxy", "ALL_PROXY"] {
        let proxy = ForwardProxy::leading_to(tls.address());
        let output = one_add_at(tls.origin().as_str(), Some(&tls), Some((variable, &proxy))).await;
        assert_eq!(proxy.heard(), Vec::<String>::new(), "{variable}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("Offline"), "it was reached: {said}");
    }
}
