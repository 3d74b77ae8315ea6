//! What a fresh index holds: the projects of a believable maintainer and of a few others. All dates count from one fixed
//! day, so that every fresh index is the same.

mod publishers;

use std::collections::BTreeMap;

use trustdesk_domain::Publisher;
use uuid::Uuid;

use super::{Database, Deed, EventKind, Organization, Pending, Project, Role, Status};
use crate::account::USERNAME;
use publishers::{github, publishers};

/// 20 November 2026, 09:00 UTC.
const TODAY_MS: i64 = 1_795_165_200_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// The first id of a seeded publisher; the others follow.
const FIRST_ID: u128 = 0x5eed_0000_7d1d_4c3a_9b5e_0000_0000_0001;

/// Name, summary, days since the newest release (none without one), days since its making.
type Line = (&'static str, &'static str, Option<i64>, i64);

const OWNED: &[Line] = &[
    ("sampleproject", "A small package to try trusted publishing with", Some(2), 700),
    ("tidepool", "Watches folders and settles their changes in batches", Some(9), 1460),
    ("lantern-cli", "Friendly progress and prompts for command lines", Some(16), 1100),
    ("quillmark", "Turns annotated Markdown into printable booklets", Some(31), 820),
    ("harbor-sync", "Moves build artefacts between object stores", Some(44), 1720),
    ("cartwheel-config", "Typed settings that roll back when a check fails", None, 58),
    ("pebble-queue", "A queue in one SQLite file", Some(75), 640),
    ("northlight-schema", "Schemas for Northlight's open data sets", Some(96), 510),
    ("inkwell-templates", "Letter and invoice templates for quillmark", Some(130), 790),
    ("kite-string", "Slugs, cases and abbreviations for many alphabets", Some(171), 2100),
    ("Moss.Garden_kit", "Sensors and watering plans for a small garden", Some(240), 900),
    ("saltmarsh", "Tide tables and moon phases without a network", Some(305), 1300),
    ("brass-kettle", "Timers that survive a restart", Some(360), 620),
    ("old-almanac", "Superseded by saltmarsh", Some(690), 2600),
];

/// One project for each account that has something the matter with it: its owner, and its line.
const OF_OTHERS: &[(&str, Line)] = &[
    ("no-recovery-codes", ("thin-ice", "Measures how thick it is", Some(6), 410)),
    ("security-key", ("brass-lock", "Opens what it should and nothing else", Some(12), 520)),
    ("security-key-and-totp", ("twin-keel", "Keeps two things upright at once", Some(19), 660)),
    ("new-device", ("driftnet", "Catches what drifts past a buoy", Some(27), 230)),
    ("no-two-factor", ("lone-candle", "Burns until it is out", Some(35), 380)),
    ("unverified-2fa", ("half-timber", "Fills frames with clay", Some(41), 700)),
    ("no-primary-email", ("dead-letter", "Keeps what nobody can deliver", Some(52), 930)),
    ("frozen", ("winter-sleep", "Waits for warmer days", Some(64), 1010)),
    ("compromised-password", ("open-secret", "Says what everybody knows", Some(77), 450)),
    ("terms-of-service", ("small-print", "Enlarges what nobody reads", Some(88), 275)),
];

pub(super) fn database() -> Database {
    let mut database = Database::default();
    for line in OWNED {
        database.insert_project(project(line, &[(USERNAME, Role::Owner)]));
    }
    for (owner, line) in OF_OTHERS {
        database.insert_project(project(line, &[(*owner, Role::Owner)]));
    }
    let orchard = ("orchard-metrics", "Counts what an orchard yields", Some(22), 480);
    let roles = [("mara", Role::Owner), (USERNAME, Role::Maintainer)];
    database.insert_project(project(&orchard, &roles));
    let elsewhere = ("driftwood", "Somebody else's project", Some(50), 333);
    database.insert_project(project(&elsewhere, &[("mara", Role::Owner)]));

    for name in ["inkwell-templates", "northlight-schema"] {
        amend(&mut database, name, |project| {
            project.roles.insert("jonas".to_owned(), Role::Owner);
        });
    }
    amend(&mut database, "northlight-schema", |project| {
        project.organization = Some("northlight".to_owned());
    });
    amend(&mut database, "brass-kettle", |project| project.status = Status::Quarantined);
    amend(&mut database, "old-almanac", |project| project.status = Status::Archived);

    database.organizations = organizations();
    let waiting = Pending {
        id: Uuid::from_u128(FIRST_ID - 1).to_string(),
        project_name: "orchard-atlas".to_owned(),
        publisher: github("moss-garden/orchard-atlas", "release.yml", None),
        added_by: "mara".to_owned(),
        organization: None,
        added_at_ms: TODAY_MS,
    };
    database.pending.push(waiting);

    for (number, (name, publisher)) in (0..).zip(publishers()) {
        add(&mut database, name, publisher, Uuid::from_u128(FIRST_ID + number));
    }
    database
}

/// What the account owns with others. Only one of them has a GitLab of its own.
pub(super) fn organizations() -> Vec<Organization> {
    let organization = |name: &str, display_name: &str, instances: &[&str]| Organization {
        name: name.to_owned(),
        display_name: display_name.to_owned(),
        owners: [USERNAME, "jonas"].map(str::to_owned).into(),
        gitlab_instances: instances.iter().map(|url| (*url).to_owned()).collect(),
    };
    vec![
        organization("northlight", "Northlight", &["https://gitlab.northlight.example"]),
        organization("harbor-guild", "The harbor guild", &[]),
    ]
}

/// Has at least so many generated projects.
pub(super) fn generate(database: &mut Database, count: usize) {
    let owner = [(USERNAME, Role::Owner)];
    for (number, day) in (1..=count).zip(1i64..) {
        let name = format!("generated-{number:04}");
        if database.project(&name).is_none() {
            let line = ("", "One of many, to see how the list bears them", Some(day), 800 + day);
            database.insert_project(Project { name, ..project(&line, &owner) });
        }
    }
}

fn project((name, summary, released, created): &Line, roles: &[(&str, Role)]) -> Project {
    // Nobody releases at midnight sharp, nor at the same minute every time.
    let hour_ms = i64::try_from(name.len()).unwrap_or_default() * 41 * 60 * 1000;
    Project {
        name: (*name).to_owned(),
        summary: (*summary).to_owned(),
        status: Status::Active,
        organization: None,
        created_at_ms: TODAY_MS - created * DAY_MS + hour_ms,
        released_at_ms: released.map(|days| TODAY_MS - days * DAY_MS + hour_ms),
        roles: roles
            .iter()
            .map(|(user, role)| ((*user).to_owned(), *role))
            .collect::<BTreeMap<_, _>>(),
        publishers: Vec::new(),
    }
}

/// Every publisher came a month after its project.
fn add(database: &mut Database, name: &str, publisher: Publisher, id: Uuid) {
    let created_at_ms = database.project(name).map_or(TODAY_MS, |project| project.created_at_ms);
    let at_ms = created_at_ms + 30 * DAY_MS;
    let deed = Deed { user: USERNAME, device: "Firefox (Linux)", at_ms };
    database.record(name, EventKind::PublisherAdded, &publisher, &deed);
    database.attach(name, publisher, id);
}

fn amend(database: &mut Database, name: &str, change: impl FnOnce(&mut Project)) {
    if let Some(mut project) = database.project(name).cloned() {
        change(&mut project);
        database.insert_project(project);
    }
}
