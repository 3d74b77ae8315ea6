//! `projects` and `publishers`: from the index, and from the cache.

use serde_json::{Value, json};
use trustdesk_domain::{Detail, Publisher};

use crate::demo::Demo;
use crate::program::Program;

/// The program after everything was read once. There is no session any more.
fn everything_read() -> (Demo, Program) {
    let demo = Demo::start();
    let program = Program::on(&demo);
    let said = program.fed(
        "batch --keep-going",
        format!(
            "sign-in demo --password-env PASSWORD --code {}\nprojects --refresh\npublishers --refresh",
            demo.code()
        )
        .as_bytes(),
    );
    let outcomes = said.documents();
    assert_eq!(outcomes[1]["exit"], 0, "{said:?}");
    let failed = outcomes[2]["result"]["failed"].as_array().expect("a list");
    let failed: Vec<&Value> = failed.iter().map(|failed| &failed["error"]["kind"]).collect();
    assert_eq!(failed, ["forbidden"], "one is quarantined, the others went on");
    assert_eq!(outcomes[2]["exit"], 1);
    (demo, program)
}

fn names(answer: &Value) -> Vec<&str> {
    let projects = answer["projects"].as_array().expect("a list").iter();
    projects.map(|project| project["name"].as_str().expect("a name")).collect()
}

#[test]
fn projects_come_from_the_cache_with_the_time_they_were_read() {
    let demo = Demo::start();
    let program = Program::on(&demo);
    let read = program.signed_in(&demo, &["projects", "projects --refresh"]);
    assert_eq!(read[0], json!({ "read_at_ms": null, "projects": [], "not_read": 0, "failed": [] }));
    assert!(read[1]["read_at_ms"].is_i64());
    assert_eq!(
        read[1]["projects"][0],
        json!({
            "name": "sampleproject", "organization": null, "sole_owner": true, "archived": false,
            "can_manage": true, "publishers": null, "open_changes": 0,
        })
    );
    drop(demo);
    assert_eq!(program.json("projects"), (0, read[1].clone()), "without the index too");
    let said = program.run("projects");
    assert!(said.out.contains("sampleproject"), "{}", said.out);
    assert!(said.out.contains("not read yet"), "never none: {}", said.out);
    assert!(said.out.contains("\nRead 20"), "{}", said.out);
}

#[test]
fn projects_are_filtered_by_name_and_by_what_is_known_of_their_publishers() {
    let (_demo, program) = everything_read();
    let (_, all) = program.json("projects");
    let (_, moss) = program.json("projects --filter moss-garden");
    assert_eq!(names(&moss), ["Moss.Garden_kit"], "any spelling of the name finds it");
    let (_, none) = program.json("projects --without-publisher");
    let known_none = |project: &&Value| project["publishers"] == json!([]);
    let projects = all["projects"].as_array().expect("a list");
    assert_eq!(names(&none).len(), projects.iter().filter(known_none).count());
    assert!(names(&none).contains(&"sampleproject"), "{none}");
    assert!(!names(&none).contains(&"orchard-metrics"), "nobody knows: it may not be read");
    let (_, any) = program.json("projects --any-environment");
    assert!(names(&any).contains(&"old-almanac") && !names(&any).contains(&"tidepool"), "{any}");
    let said = program.run("projects --without-publisher --any-environment");
    assert_eq!(said.exit, 2);
    assert!(said.err.contains("'--without-publisher'"), "{}", said.err);
}

#[test]
fn publishers_are_read_one_project_after_the_other_with_progress() {
    let demo = Demo::start();
    let program = Program::on(&demo);
    let lines = format!(
        "sign-in demo --password-env PASSWORD --code {}\npublishers TidePool no-such sampleproject --refresh",
        demo.code()
    );
    let said = program.fed("batch", lines.as_bytes());
    assert_eq!(said.exit, 1, "{said:?}");
    for line in ["[1/3] tidepool", "[2/3] no-such", "[3/3] sampleproject"] {
        assert!(said.err.lines().any(|said| said == line), "{}", said.err);
    }
    assert!(
        said.err.contains("trustdesk-cli: no-such: the index does not know it"),
        "{}",
        said.err
    );
    let mut read = said.documents()[1]["result"].take();
    assert!(read["projects"][0]["read_at_ms"].take().is_i64());
    assert!(read["projects"][1]["read_at_ms"].take().is_i64());
    let listed = demo.publishers("tidepool");
    let Publisher::Github(github) = &listed[0].publisher else { panic!("{listed:?}") };
    assert_eq!(
        read["projects"][0]["publishers"][0],
        json!({
            "id": listed[0].id.0, "provider": "github", "owner": github.owner,
            "repository": github.repository, "workflow_filename": github.workflow_filename,
            "environment": github.environment, "any_environment": false,
        })
    );
    assert_eq!(
        read["projects"][1],
        json!({ "project": "sampleproject", "read_at_ms": null, "publishers": [] })
    );
    assert_eq!(
        read["failed"],
        json!([{
            "project": "no-such",
            "error": { "kind": "not_found", "message": "the index does not know it" },
        }])
    );
    drop(demo);
    let said = program.run("publishers tidepool northlight-schema");
    assert_eq!(said.exit, 0, "the cache serves without an index");
    assert!(said.out.contains(&listed[0].id.0), "what a removal needs: {}", said.out);
    assert!(said.out.contains("northlight-schema, not read yet"), "{}", said.out);
}

#[test]
fn publisher_of_an_unknown_provider_is_listed_with_its_values_and_can_be_removed() {
    let demo = Demo::start();
    let line = |label: &str, value: &str| Detail::new(label, Some(value));
    let details = vec![line("Organization ID", "3f1c"), Detail::new("Context", None)];
    let publisher = Publisher::Other { name: "CircleCI".to_owned(), details };
    demo.add_publisher_behind("sampleproject", publisher);
    let id = demo.publishers("sampleproject")[0].id.0.clone();
    let program = Program::on(&demo);
    let remove = format!("remove sampleproject --id {id}");
    let answers = program.signed_in(&demo, &["publishers sampleproject --refresh", &remove]);
    assert_eq!(
        answers[0]["projects"][0]["publishers"][0],
        json!({
            "id": id, "provider": "other", "name": "CircleCI", "any_environment": false,
            "details": [
                { "label": "Organization ID", "value": "3f1c", "link": null },
                { "label": "Context", "value": null, "link": null },
            ],
        })
    );
    assert_eq!(answers[1]["results"][0]["result"], "queued");
    let said = program.run("publishers sampleproject").out;
    let row = said.lines().find(|line| line.contains(&id)).expect("listed");
    assert!(row.contains("Organization ID: 3f1c, Context: (Any)"), "{said}");
    assert_eq!(row.matches("CircleCI").count(), 1, "{said}");
    let said = program.run("changes").out;
    assert!(said.contains("CircleCI: Organization ID: 3f1c, Context: (Any)"), "{said}");
}
