//! Every help has an example.

use crate::program::Program;

/// The commands that a help lists.
fn commands(help: &str) -> Vec<String> {
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = listed.take_while(|line| !line.trim().is_empty());
    let name = |line: &str| line.strip_prefix("  ")?.split(' ').next().map(str::to_owned);
    listed.filter_map(name).filter(|name| !name.is_empty() && name != "help").collect()
}

#[test]
fn every_command_shows_how_it_is_used() {
    let program = Program::new();
    let mut left = vec![String::new()];
    let mut seen = 0;
    while let Some(command) = left.pop() {
        let said = program.run(&format!("{command} --help"));
        assert_eq!(said.exit, 0, "{command}");
        let example = said.out.lines().find_map(|line| line.trim().strip_prefix("Example: "));
        let example = example.unwrap_or_else(|| panic!("{command} has no example: {}", said.out));
        assert!(example.starts_with("trustdesk-cli "), "{example}");
        assert!(example.contains(command.trim()), "{example} shows another command than {command}");
        let below = commands(&said.out);
        left.extend(below.iter().map(|name| format!("{command} {name}").trim().to_owned()));
        seen += 1;
    }
    assert!(seen >= 17, "only {seen} helps were found");
}

#[test]
fn completions_know_the_commands_of_each_shell() {
    let program = Program::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let said = program.run(&format!("completions {shell}"));
        assert_eq!(said.exit, 0);
        assert!(said.out.contains("confirm-password"), "{shell}");
        let (_, answer) = program.json(&format!("completions {shell}"));
        assert_eq!(answer["shell"], shell);
        assert_eq!(answer["script"].as_str(), Some(said.out.as_str()));
    }
    let said = program.run("completions tcsh");
    assert_eq!(said.exit, 2);
    assert!(said.err.contains("<SHELL>") && said.err.contains("zsh"), "{}", said.err);
}
