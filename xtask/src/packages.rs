//! The system packages that the build and the window tests need: found, and on Debian and Ubuntu installed.

use std::collections::HashSet;

use crate::program::{answer, is_installed, program, run_shown};
use crate::repository::Repository;
use crate::screen;
use crate::stop::Stop;

/// What the packages are needed for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To compile the shell.
    Build,
    /// To compile it and to drive its window under a virtual display.
    Window,
}

/// A Debian package, and how to see on another Linux that its work is there.
struct Package {
    name: &'static str,
    sign: Sign,
}

enum Sign {
    Program(&'static str),
    Library(&'static str),
    /// Nothing that could be looked for: taken to be there.
    None,
}

const BUILD: &[Package] = &[
    Package { name: "libwebkit2gtk-4.1-dev", sign: Sign::Library("webkit2gtk-4.1") },
    Package { name: "build-essential", sign: Sign::Program("cc") },
    Package { name: "pkg-config", sign: Sign::Program("pkg-config") },
];

const WINDOW: &[Package] = &[
    Package { name: "webkit2gtk-driver", sign: Sign::Program("WebKitWebDriver") },
    Package { name: "xvfb", sign: Sign::Program("xvfb-run") },
    Package { name: "xauth", sign: Sign::Program("xauth") },
    Package { name: "openbox", sign: Sign::Program("openbox") },
    Package { name: "gnome-keyring", sign: Sign::Program("gnome-keyring-daemon") },
    Package { name: "dbus", sign: Sign::Program("dbus-run-session") },
    Package { name: "dbus-x11", sign: Sign::None },
    Package { name: "xdotool", sign: Sign::Program("xdotool") },
    // Ends processes at single system calls.
    Package { name: "strace", sign: Sign::Program("strace") },
    Package { name: "at-spi2-core", sign: Sign::None },
    Package { name: "fonts-dejavu-core", sign: Sign::None },
];

const INSTALL: &[&str] = &["install", "-y", "--no-install-recommends"];

/// Returns when all packages are there. WebView2 and WKWebView come with Windows and macOS, so nothing is needed to build there.
pub(crate) fn ensure(repository: &Repository, purpose: Purpose) -> Result<(), Stop> {
    if !cfg!(target_os = "linux") {
        return if purpose == Purpose::Build { Ok(()) } else { Err(Stop::NoWindowTests) };
    }
    let needed = needed(purpose);
    if !is_installed("dpkg-query") {
        return elsewhere(repository, &needed);
    }
    let names: Vec<&str> = needed.iter().map(|package| package.name).collect();
    let missing = missing(repository, &names);
    if missing.is_empty() { Ok(()) } else { install(repository, &missing) }
}

fn needed(purpose: Purpose) -> Vec<&'static Package> {
    let window = if purpose == Purpose::Window { WINDOW } else { &[] };
    BUILD.iter().chain(window).collect()
}

fn elsewhere(repository: &Repository, needed: &[&Package]) -> Result<(), Stop> {
    let absent = |package: &&&Package| match package.sign {
        Sign::Program(name) => !is_installed(name),
        Sign::Library(name) => {
            answer(program(repository, "pkg-config").args(["--exists", name])).is_none()
        }
        Sign::None => false,
    };
    let missing: Vec<String> =
        needed.iter().filter(absent).map(|package| package.name.to_owned()).collect();
    if missing.is_empty() { Ok(()) } else { Err(Stop::PackagesMissing { missing, command: None }) }
}

fn missing(repository: &Repository, names: &[&str]) -> Vec<String> {
    // dpkg-query fails as soon as one name is unknown to it, and still lists the others: its exit code says nothing here.
    let mut query = program(repository, "dpkg-query");
    query.args(["--show", "--showformat", "${Package} ${db:Status-Status}\n"]).args(names);
    let listed = query.output().map(|output| output.stdout).unwrap_or_default();
    not_installed(names, &String::from_utf8_lossy(&listed))
}

/// The names that dpkg-query does not list as installed (it also lists removed packages whose settings are left).
fn not_installed(names: &[&str], listed: &str) -> Vec<String> {
    let installed: HashSet<&str> =
        listed.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    names.iter().filter(|name| !installed.contains(*name)).map(|name| (*name).to_owned()).collect()
}

fn install(repository: &Repository, missing: &[String]) -> Result<(), Stop> {
    let root = answer(program(repository, "id").arg("-u")).is_some_and(|id| id.trim() == "0");
    if !root && !is_installed("sudo") {
        let command =
            format!("apt-get update && apt-get {} {}", INSTALL.join(" "), missing.join(" "));
        return Err(Stop::PackagesMissing { missing: missing.to_vec(), command: Some(command) });
    }
    screen::line(&format!("Installing system packages: {}", missing.join(" ")));
    let apt_get = || {
        let mut words = if root { vec![] } else { vec!["sudo"] };
        // sudo drops the environment: `env` sets the variable on its far side.
        words.extend(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        let mut words = words.into_iter();
        let mut command = program(repository, words.next().unwrap_or("env"));
        command.args(words).args(["-q", "-o", "DPkg::Lock::Timeout=300"]);
        command
    };
    run_shown(apt_get().arg("update"))?;
    run_shown(apt_get().args(INSTALL).args(missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_missing_unless_dpkg_says_that_it_is_installed() {
        let listed = "xvfb installed\nopenbox config-files\ndbus installed\n";
        assert_eq!(
            not_installed(&["xvfb", "openbox", "dbus", "xdotool"], listed),
            ["openbox", "xdotool"],
            "openbox was removed (its settings are left), xdotool is unknown"
        );
    }

    #[test]
    fn nothing_is_missing_when_all_are_installed() {
        assert!(not_installed(&["xvfb"], "xvfb installed\n").is_empty());
    }

    #[test]
    fn every_package_is_missing_where_dpkg_lists_nothing() {
        assert_eq!(not_installed(&["xvfb", "dbus"], ""), ["xvfb", "dbus"]);
    }

    #[test]
    fn building_needs_no_package_of_the_window_tests() {
        let names: Vec<_> = needed(Purpose::Build).iter().map(|package| package.name).collect();
        assert!(!names.contains(&"xvfb"), "a person who only runs the app has a display");
        assert!(names.contains(&"libwebkit2gtk-4.1-dev"), "the shell links WebKit");
    }
}
