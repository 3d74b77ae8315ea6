//! What a fresh index holds: the projects of a believable maintainer. All dates count from one fixed
//! day, so that every fresh index is the same.

use std::collections::BTreeMap;

use trustdesk_core::domain::{Activestate, Github, Gitlab, Google, Publisher};
use uuid::Uuid;

use super::{Database, Project, Role, Status};
use crate::account::USERNAME;

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

pub(super) fn database() -> Database {
    let mut database = Database::default();
    for line in OWNED {
        database.insert_project(project(line, &[(USERNAME, Role::Owner)]));
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

    for (number, (name, publisher)) in (0..).zip(publishers()) {
        database.attach(name, publisher, Uuid::from_u128(FIRST_ID + number));
    }
    database
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

fn amend(database: &mut Database, name: &str, change: impl FnOnce(&mut Project)) {
    if let Some(mut project) = database.project(name).cloned() {
        change(&mut project);
        database.insert_project(project);
    }
}

fn publishers() -> Vec<(&'static str, Publisher)> {
    let harbor = "harbor-sync";
    vec![
        ("tidepool", github("tidepool-labs/tidepool", "release.yml", Some("pypi"))),
        ("tidepool", gitlab("tidepool-labs/mirrors/tidepool", ".gitlab-ci.yml", Some("release"))),
        ("lantern-cli", github("lantern-tools/lantern-cli", "publish.yml", Some("pypi"))),
        ("quillmark", github("quillmark/quillmark", "release.yml", None)),
        ("inkwell-templates", github("quillmark/quillmark", "release.yml", None)),
        (harbor, github("harbor-works/harbor-sync", "release.yml", None)),
        (harbor, github("harbor-works/harbor-sync", "release.yml", Some("pypi"))),
        (harbor, github("harbor-works/harbor-sync", "nightly.yaml", Some("nightly"))),
        (harbor, github("harbor-works/harbor-sync-wheels", "wheels.yml", Some("pypi"))),
        (harbor, github("Acme-Corp/harbor-sync-enterprise", "ship.yml", None)),
        (harbor, gitlab("harbor-works/harbor-sync", ".gitlab-ci.yml", None)),
        (harbor, gitlab("harbor-works/tools/harbor-sync", "ci/release.yml", Some("production"))),
        (harbor, google("release@harbor-works.iam.gserviceaccount.com", None)),
        (
            harbor,
            google("nightly@harbor-works.iam.gserviceaccount.com", Some("104839201175640028193")),
        ),
        (harbor, activestate("harbor-works", "harbor-sync", "mara")),
        (harbor, activestate("Acme Corp", "harbor-build", "jonas")),
        ("pebble-queue", google("builder@pebble-queue.iam.gserviceaccount.com", None)),
        ("northlight-schema", gitlab("northlight/data/schema", ".gitlab-ci.yml", Some("release"))),
        ("kite-string", github("kite-collective/kite-string", "publish.yml", None)),
        ("Moss.Garden_kit", github("moss-garden/garden-kit", "release.yml", Some("release"))),
        ("old-almanac", github("saltmarsh/old-almanac", "release.yml", None)),
    ]
}

fn github(path: &str, workflow_filename: &str, environment: Option<&str>) -> Publisher {
    let (owner, repository) = path.split_once('/').unwrap_or_default();
    Publisher::Github(Github {
        owner: owner.to_owned(),
        repository: repository.to_owned(),
        workflow_filename: workflow_filename.to_owned(),
        environment: environment.map(str::to_owned),
    })
}

fn gitlab(path: &str, workflow_filepath: &str, environment: Option<&str>) -> Publisher {
    let (namespace, project) = path.rsplit_once('/').unwrap_or_default();
    Publisher::Gitlab(Gitlab {
        namespace: namespace.to_owned(),
        project: project.to_owned(),
        workflow_filepath: workflow_filepath.to_owned(),
        environment: environment.map(str::to_owned),
        issuer_url: "https://gitlab.com".to_owned(),
    })
}

fn google(email: &str, sub: Option<&str>) -> Publisher {
    Publisher::Google(Google { email: email.to_owned(), sub: sub.map(str::to_owned) })
}

fn activestate(organization: &str, project: &str, actor: &str) -> Publisher {
    Publisher::Activestate(Activestate {
        organization: organization.to_owned(),
        project: project.to_owned(),
        actor: actor.to_owned(),
    })
}
