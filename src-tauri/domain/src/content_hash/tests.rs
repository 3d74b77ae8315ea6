use super::*;
use crate::{After, ChangeState, Detail, Github, Gitlab, Google, Intent, Publisher, PublisherId};

fn destination() -> Destination {
    Destination { index: "https://pypi.org/".to_owned(), account: "alice".to_owned() }
}

fn github(environment: Option<&str>) -> Publisher {
    Publisher::Github(Github {
        owner: "octo-org".to_owned(),
        repository: "sampleproject".to_owned(),
        workflow_filename: "release.yml".to_owned(),
        environment: environment.map(str::to_owned),
    })
}

fn gitlab() -> Publisher {
    Publisher::Gitlab(Gitlab {
        namespace: "northlight".to_owned(),
        project: "schema".to_owned(),
        workflow_filepath: ".gitlab-ci.yml".to_owned(),
        environment: None,
        issuer_url: "https://gitlab.com".to_owned(),
    })
}

fn google() -> Publisher {
    Publisher::Google(Google {
        email: "builder@demo.iam.gserviceaccount.com".to_owned(),
        sub: None,
    })
}

fn unknown() -> Publisher {
    let details = vec![
        Detail::new("Organization", Some("Harbör \"&\" <Sons>")),
        Detail::new("Context", None),
    ];
    Publisher::Other { name: "CircleCI".to_owned(), details }
}

fn add(publisher: Publisher) -> Intent {
    Intent::Add { publisher, listed_as: None }
}

fn removal(row: &str, publisher: Publisher, after: Option<After>) -> Intent {
    Intent::Remove { row: PublisherId(row.to_owned()), publisher, after }
}

fn after(id: &str, publisher: Publisher) -> Option<After> {
    let id = ChangeId(id.to_owned());
    Some(After { id, state: ChangeState::Waiting, publisher, listed_as: None })
}

fn hash(intent: &Intent) -> String {
    ContentHash::of(&destination(), "sampleproject", intent).expect("JSON").0
}

/// Made by another program from the line of JSON that the module describes. A version that changes one
/// of them needs a number of its own: lists that were reviewed before would not be sent any more.
#[test]
fn version_1_hashes_are_the_same_in_every_later_version() {
    for (intent, expected) in [
        (
            add(github(Some("pypi"))),
            "v1-dfe73646df2ba84cf074799f2d5757db43321b638399f17af684f78053613b84",
        ),
        (add(github(None)), "v1-b5a7e8bd29466e5890a4b995b7f6d2172cd4f03d4f0f55675c8c2fba5a9639ab"),
        (add(gitlab()), "v1-2b4039ee5aa4b06cb9a2af423d878007d0947bbb90ded53bf55f264f61d459f5"),
        (
            removal("17", google(), None),
            "v1-688e26b20c3220626050e2aef854a03316d600a7208c6ea5de12fc47a75f53d5",
        ),
        (
            removal("17", google(), after("0197-new", github(Some("pypi")))),
            "v1-38323bc070a265171845f7d9680c19dbcc1d5dd3d036cd9748a53b38aa31b416",
        ),
        (
            removal("18", unknown(), None),
            "v1-b4903b41bc46d7a828a8e2610c57623763e95f68dc5670556526b3bd111c9403",
        ),
    ] {
        assert_eq!(hash(&intent), expected, "{intent:?}");
    }
}

#[test]
fn hash_differs_with_every_part_of_the_content() {
    let new = || after("1", github(None));
    let intents = [
        add(github(Some("pypi"))),
        add(github(Some("PyPI"))),
        add(github(Some(""))),
        add(github(None)),
        add(google()),
        removal("17", github(None), None),
        removal("18", github(None), None),
        removal("17", google(), None),
        removal("17", google(), new()),
        removal("17", google(), after("2", github(None))),
        removal("17", google(), after("1", github(Some("pypi")))),
    ];
    let mut hashes: Vec<String> = intents.iter().map(hash).collect();
    let intent = add(github(None));
    for (index, account, project) in [
        ("https://test.pypi.org/", "alice", "sampleproject"),
        ("https://pypi.org/", "bob", "sampleproject"),
        ("https://pypi.org/", "alice", "sample-project"),
        ("https://pypi.org/alice", "", "sampleproject"),
    ] {
        let destination = Destination { index: index.to_owned(), account: account.to_owned() };
        hashes.push(ContentHash::of(&destination, project, &intent).expect("JSON").0);
    }
    let all = hashes.len();
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), all, "no two of them are the same");
}

#[test]
fn hash_is_the_same_whatever_a_later_reading_finds_out() {
    let publisher = github(None);
    let listed =
        Intent::Add { publisher: publisher.clone(), listed_as: Some(PublisherId("7".into())) };
    assert_eq!(hash(&listed), hash(&add(publisher.clone())));
    let done = After {
        id: ChangeId("1".to_owned()),
        state: ChangeState::Done,
        publisher: publisher.clone(),
        listed_as: Some(PublisherId("7".into())),
    };
    let waiting = removal("17", google(), after("1", publisher));
    assert_eq!(hash(&removal("17", google(), Some(done))), hash(&waiting));
}
