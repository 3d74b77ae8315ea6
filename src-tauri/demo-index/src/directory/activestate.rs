//! ActiveState's organizations, by their display names, and its users. Nothing is stripped and case
//! counts.

const ORGANIZATIONS: &[&str] =
    &["acme", "Acme Corp", "Acme Inc", "harbor-works", "Tidepool Labs", "Northlight Data"];

/// User names and the ids that Warehouse stores. Two names of one id stand for a user who was renamed.
const ACTORS: &[(&str, &str)] = &[
    ("ada", "0f6c2c0e-0000-4000-8000-000000000001"),
    ("bob", "0f6c2c0e-0000-4000-8000-000000000002"),
    ("demo", "0f6c2c0e-0000-4000-8000-000000000003"),
    ("jonas", "0f6c2c0e-0000-4000-8000-000000000004"),
    ("mara", "0f6c2c0e-0000-4000-8000-000000000005"),
    ("mara-lind", "0f6c2c0e-0000-4000-8000-000000000005"),
];

/// Whether there is an organization of this name, or Warehouse's message.
pub(crate) fn activestate_organization(name: &str) -> Result<(), &'static str> {
    if ORGANIZATIONS.contains(&name) {
        return Ok(());
    }
    Err(trouble(name).unwrap_or("ActiveState organization not found"))
}

/// The id of the user, or Warehouse's message.
pub(crate) fn activestate_actor_id(name: &str) -> Result<&'static str, &'static str> {
    if let Some((_, id)) = ACTORS.iter().find(|(known, _)| *known == name) {
        return Ok(id);
    }
    Err(trouble(name).unwrap_or("ActiveState actor not found"))
}

/// A refusal, and an answer that is none, are told without a time; what never arrived is told with
/// one.
fn trouble(name: &str) -> Option<&'static str> {
    match name {
        "boom" | "gqlerr" => Some("Unexpected error from ActiveState. Try again"),
        "reset" | "slow" => Some("Unexpected error from ActiveState. Try again in a few minutes"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_exactly_and_a_renamed_user_keeps_the_id() {
        assert_eq!(activestate_organization("Acme Corp"), Ok(()));
        assert!(activestate_organization("acme corp").is_err());
        assert_eq!(activestate_actor_id("mara"), activestate_actor_id("mara-lind"));
        assert!(activestate_actor_id(" mara").is_err());
    }
}
