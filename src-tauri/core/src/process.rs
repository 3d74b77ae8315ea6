//! What the system may keep of this process' memory, in which passwords and cookies are for a while.

/// An environment variable; with `1` a debugger may look and a crash leaves a dump, for tests and
/// measurements.
const SWITCH: &str = "TRUSTDESK_DUMPABLE";

/// To be called before there is anything secret: a crash writes no memory to a file, nor do programs
/// that this one starts, and on Linux no other process of the same user can read the memory. The
/// last protection does not cover the processes of the webview.
pub fn keep_memory_private() {
    if std::env::var_os(SWITCH).is_none_or(|chosen| chosen != "1") {
        forbid_dumps();
    }
}

#[cfg(unix)]
fn forbid_dumps() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    // Every process may lower its own limit; one that could not would be no worse than before.
    let _a_limit_can_be_lowered = setrlimit(Resource::Core, none);
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _it_takes_no_right = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// Windows writes a dump only where its owner has asked for it.
#[cfg(not(unix))]
fn forbid_dumps() {}
