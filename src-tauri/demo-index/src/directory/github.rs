//! GitHub's users and organizations. Warehouse stores the spelling that GitHub answers with.

/// The owners that exist, as they spell themselves.
const LOGINS: &[&str] = &[
    "octo-org",
    "octocat",
    "Acme-Corp",
    "demo",
    "tidepool-labs",
    "lantern-tools",
    "quillmark",
    "harbor-works",
    "northlight-data",
    "saltmarsh",
    "moss-garden",
    "kite-collective",
];

/// The owner's own spelling, or Warehouse's message. Four names stand for what can go wrong.
pub(crate) fn github_login(owner: &str) -> Result<&'static str, &'static str> {
    if let Some(login) = LOGINS.iter().find(|login| login.eq_ignore_ascii_case(owner)) {
        return Ok(login);
    }
    Err(match owner.to_ascii_lowercase().as_str() {
        "ratelimited" => "GitHub has rate-limited this action. Try again in a few minutes.",
        "boom" => "Unexpected error from GitHub. Try again.",
        "reset" => "Unexpected connection error from GitHub. Try again in a few minutes.",
        "slow" => "Unexpected timeout from GitHub. Try again in a few minutes.",
        _ => "Unknown GitHub user or organization.",
    })
}

#[cfg(test)]
mod tests {
    use super::github_login;

    #[test]
    fn the_directory_answers_with_its_own_spelling() {
        assert_eq!(github_login("acme-corp"), Ok("Acme-Corp"));
        assert_eq!(github_login("nobody"), Err("Unknown GitHub user or organization."));
    }
}
