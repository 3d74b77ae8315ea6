//! The publishers of a fresh index.

use trustdesk_domain::{Activestate, Github, Gitlab, Google, Publisher};

/// Which project has which publisher, in the order in which they were added.
pub(super) fn publishers() -> Vec<(&'static str, Publisher)> {
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

pub(super) fn github(path: &str, workflow_filename: &str, environment: Option<&str>) -> Publisher {
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
