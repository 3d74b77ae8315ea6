//! Packages come from the public registries by name. A lock or settings file written behind a mirror would name its host, and
//! then build for nobody else.

use super::{Finding, SourceFile};

const NPM: &str = "https://registry.npmjs.org/";
const CRATES: &str = "registry+https://github.com/rust-lang/crates.io-index";

pub(super) fn findings(file: &SourceFile) -> Vec<Finding> {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let is_foreign: fn(&str) -> bool = match name {
        "Cargo.lock" => foreign_crate,
        "package-lock.json" => foreign_package,
        ".npmrc" => foreign_registry,
        "config.toml" if file.path.contains(".cargo/") => replaced_source,
        _ => return Vec::new(),
    };
    let lines = file.text.lines().enumerate().filter(|(_, line)| is_foreign(line.trim()));
    lines
        .map(|(position, line)| Finding {
            line: position + 1,
            what: format!(
                "`{}`: packages come from crates.io and registry.npmjs.org only",
                line.trim()
            ),
        })
        .collect()
}

fn foreign_crate(line: &str) -> bool {
    line.strip_prefix("source = ").is_some_and(|source| source.trim_matches('"') != CRATES)
}

fn foreign_package(line: &str) -> bool {
    // Without a host it is a folder of ours.
    let resolved = line.strip_prefix("\"resolved\": \"").filter(|place| place.contains("://"));
    resolved.is_some_and(|place| !place.starts_with(NPM))
}

fn foreign_registry(line: &str) -> bool {
    let setting = line.split_once('=').map(|(name, value)| (name.trim(), value.trim()));
    setting.is_some_and(|(name, value)| {
        name.ends_with("registry") && value.trim_end_matches('/') != NPM.trim_end_matches('/')
    })
}

fn replaced_source(line: &str) -> bool {
    ["[source", "[registr", "replace-with"].iter().any(|start| line.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaks(path: &str, line: &str) -> bool {
        !findings(&SourceFile { path: path.to_owned(), text: format!("{line}\n") }).is_empty()
    }

    #[test]
    fn a_crate_comes_from_crates_io() {
        assert!(!breaks("Cargo.lock", &format!("source = \"{CRATES}\"")));
        assert!(breaks("Cargo.lock", "source = \"registry+https://crates.example/index\""));
        assert!(breaks("Cargo.lock", "source = \"git+https://git.example/a/b?rev=1#1\""));
    }

    #[test]
    fn an_npm_package_comes_from_the_public_registry_or_from_here() {
        let lock = "ui/package-lock.json";
        assert!(!breaks(
            lock,
            "\"resolved\": \"https://registry.npmjs.org/vite/-/vite-8.3.0.tgz\","
        ));
        assert!(!breaks(lock, "\"resolved\": \"../packages/own\","));
        assert!(breaks(lock, "\"resolved\": \"https://npm.example/vite/-/vite-8.3.0.tgz\","));
        assert!(
            breaks(lock, "\"resolved\": \"https://registry.npmjs.org.example/vite.tgz\","),
            "the host must end where npm's does"
        );
    }

    #[test]
    fn no_settings_file_redirects_a_registry() {
        assert!(breaks("ui/.npmrc", "registry=https://npm.example/"));
        assert!(breaks("ui/.npmrc", "@scope:registry = https://npm.example/"));
        assert!(!breaks("ui/.npmrc", "registry=https://registry.npmjs.org"));
        assert!(!breaks("ui/.npmrc", "fund=false"));
        assert!(breaks(".cargo/config.toml", "[source.crates-io]"));
        assert!(breaks(".cargo/config.toml", "replace-with = \"other\""));
        assert!(!breaks(".cargo/config.toml", "xtask = \"run --package xtask --\""));
    }
}
