//! The system's keyring on its bad days: slow, locked, missing, restarted; and a real one.

mod calls;
mod journeys;
mod pretended;
mod real;

#[test]
fn tests_never_run_on_the_keyring_of_whoever_runs_them() {
    let chosen = std::env::var("TRUSTDESK_KEYRING").ok();
    let is_safe = match chosen.as_deref() {
        Some("none") => true,
        // In a session that `cargo xtask desktop` made, with a bus and a keyring of its own.
        Some("system") => cfg!(target_os = "linux"),
        _ => false,
    };
    assert!(is_safe, "cargo sets it (.cargo/config.toml): {chosen:?}");
}
