//! What comes from elsewhere cannot steer the terminal.

use trustdesk_core::store::Store;
use trustdesk_domain::{Index, Project, normalize_project_name};

use crate::program::Program;

/// A cache with a project of this name.
pub(crate) fn with_project(name: &str) -> Program {
    let program = Program::new();
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    runtime.block_on(async {
        let store = Store::open(program.data()).await.expect("opens");
        let index = Index::pypi().expect("known");
        store.select_index(&index).await.expect("opened");
        let account =
            store.select_account_named(&index.key, "mallory\u{1b}[2J").await.expect("opened");
        let project = Project {
            name: name.to_owned(),
            normalized_name: normalize_project_name(name),
            organization: None,
            sole_owner: true,
            date: None,
            summary: None,
            archived: false,
            can_manage: true,
            has_page: true,
        };
        store.save_projects(account.id, &[project], 2).await.expect("saved");
        store.close().await;
    });
    program
}

#[test]
fn a_name_is_shown_and_never_obeyed() {
    let name = "evil\u{1b}]0;owned\u{7}\u{202e}\r\nname";
    let program = with_project(name);
    for words in ["projects", "status", "account list", "publishers"] {
        let said = program.run(words);
        assert_eq!(said.exit, 0, "{words}: {said:?}");
        let steers = |symbol: char| symbol.is_control() && symbol != '\n' || symbol == '\u{202e}';
        assert!(!said.out.contains(steers), "{words}: {:?}", said.out);
    }
    assert!(program.run("projects").out.contains("evil\u{fffd}]0;owned"), "it is still recognized");
    let (_, answer) = program.json("projects");
    assert_eq!(answer["projects"][0]["name"], name, "a program gets it letter by letter");
}
