//! What comes from elsewhere cannot steer the terminal, and colours are for those who see them.

use trustdesk_core::domain::{Index, Project, normalize_project_name};
use trustdesk_core::store::Store;

use crate::program::Program;

/// A cache with a project of this name.
fn with_project(name: &str) -> Program {
    let program = Program::new();
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    runtime.block_on(async {
        let store = Store::open(program.data()).await.expect("opens");
        let index = Index::pypi().expect("known");
        store.open_index(&index, 1).await.expect("opened");
        let account = store.open_account(&index.key, "mallory\u{1b}[2J", 1).await.expect("opened");
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

#[test]
fn colours_are_for_a_terminal() {
    let program = Program::new();
    let said = program.run("status --refresh");
    assert!(said.err.starts_with("trustdesk-cli: "), "not for a file: {:?}", said.err);
    let Some(on_terminal) = on_terminal(&program, "status --refresh", "") else { return };
    assert!(on_terminal.contains("\u{1b}["), "there it is red: {on_terminal:?}");
    let plain = self::on_terminal(&program, "status --refresh", "NO_COLOR=1").expect("as before");
    assert!(!plain.contains('\u{1b}') && plain.contains("trustdesk-cli: "), "{plain:?}");
}

/// What the words say on a terminal 40 columns wide. None: nothing here makes one.
fn on_terminal(program: &Program, words: &str, environment: &str) -> Option<String> {
    let cli = program.command(words.split(' '));
    let cli = cli.get_program().to_string_lossy().into_owned();
    let mut script = std::process::Command::new("script");
    let line = format!("stty rows 24 cols 40; {environment} {cli} {words}");
    script.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
    script.env("TRUSTDESK_DATA", program.data()).env("TERM", "xterm");
    script.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
        script.env_remove(name);
    }
    let Ok(output) = script.stdin(std::process::Stdio::null()).output() else {
        println!("skipped: there is no `script` to make a terminal with");
        return None;
    };
    Some(String::from_utf8(output.stdout).expect("text"))
}

#[test]
fn a_table_fits_the_terminal_and_is_whole_in_a_file() {
    let name = "a-project-with-quite-a-long-name-that-does-not-fit-into-forty-columns";
    let program = with_project(name);
    assert!(program.run("projects").out.contains(name), "a file has room");
    let Some(said) = on_terminal(&program, "projects", "") else { return };
    let widest = said.lines().map(|line| line.trim_end().chars().count()).max();
    assert!(widest.is_some_and(|widest| widest <= 40), "{widest:?}: {said}");
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
    assert!(letters(&said).contains("quite"), "wrapped, not cut: {said}");
}
