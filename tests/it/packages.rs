//! Which packages use which: the picture of `ARCHITECTURE.md`, held against the manifests.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// What each package may use of the others. Tests and the demo index's own tests may use everything.
const PACKAGES: [(&str, &[&str]); 6] = [
    ("trustdesk-domain", &[]),
    ("trustdesk-files", &[]),
    ("trustdesk-core", &["trustdesk-domain", "trustdesk-files"]),
    ("trustdesk-demo-index", &["trustdesk-domain", "trustdesk-files"]),
    (
        "trustdesk-cli",
        &["trustdesk-core", "trustdesk-demo-index", "trustdesk-domain", "trustdesk-files"],
    ),
    (
        "trustdesk",
        &["trustdesk-core", "trustdesk-demo-index", "trustdesk-domain", "trustdesk-files"],
    ),
];

/// A library, and the only package that may use it.
const LIBRARIES: [(&str, &str); 8] = [
    ("reqwest", "trustdesk-core"),
    ("scraper", "trustdesk-core"),
    ("sqlx", "trustdesk-core"),
    ("keyring-core", "trustdesk-core"),
    ("tauri", "trustdesk"),
    ("tauri-plugin-store", "trustdesk"),
    ("tracing-subscriber", "trustdesk"),
    ("axum", "trustdesk-demo-index"),
];

/// What each package of the workspace names in its manifest, without what its tests need.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let metadata = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages").iter();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    packages
        .map(|package| {
            let all = package["dependencies"].as_array().expect("dependencies").iter();
            let shipped = all.filter(|one| one["kind"].is_null());
            (text(&package["name"]), shipped.map(|one| text(&one["name"])).collect())
        })
        .collect()
}

#[test]
fn every_package_uses_only_the_packages_and_libraries_it_may() {
    let all = dependencies();
    for (package, may_use) in PACKAGES {
        let used = all.get(package).expect("in the workspace").iter().map(String::as_str);
        let used: Vec<&str> = used.filter(|name| name.starts_with("trustdesk")).collect();
        assert_eq!(used, may_use, "{package}");
    }
    for (library, only) in LIBRARIES {
        let users = all.iter().filter(|(_, used)| used.contains(library));
        let users: Vec<&str> = users.map(|(name, _)| name.as_str()).collect();
        let of_tests = users.iter().filter(|name| **name != "trustdesk-tests").collect::<Vec<_>>();
        assert_eq!(of_tests, [&only], "{library}");
    }
}
