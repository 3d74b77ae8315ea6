//! What other users of the computer can see of a run: its files, its folder and its memory.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use trustdesk_tests::built::built;

use crate::program::{Program, Said};

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).expect("there").permissions().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
}

/// Runs it as somebody does whose new files everybody may write.
fn with_open_mask(program: &Program, words: &str) -> Said {
    let cli = built("trustdesk-cli");
    let mut shell = program.shell(&format!("umask 0; {} {words}", cli.display()));
    shell.output().expect("runs").into()
}

#[test]
fn everything_that_is_made_is_its_owners_only_whatever_the_mask() {
    let program = Program::new();
    let data = program.data().join("inner");
    let said = with_open_mask(&program, &format!("--data {} index add testpypi", data.display()));
    assert_eq!(said.exit, 0, "{said:?}");
    assert_eq!(mode(&data), 0o700);
    for entry in fs::read_dir(&data).expect("listed") {
        let path = entry.expect("an entry").path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn named_folder_keeps_its_mode_and_others_rights_to_it_are_warned_of() {
    for (chosen, warned) in [
        (0o700, ""),
        (0o755, "can be read by other users"),
        (0o1777, "can be written by other users"),
    ] {
        let program = Program::new();
        set_mode(program.data(), chosen);
        let said = program.run("index add testpypi");
        assert_eq!((said.exit, mode(program.data())), (0, chosen), "{said:?}");
        assert!(said.err.contains(warned) && said.err.is_empty() == warned.is_empty(), "{said:?}");
    }
}

#[test]
fn usual_folder_is_closed_to_others() {
    let program = Program::new();
    let usual = program.data().join("dev.trustdesk.desktop");
    fs::create_dir(&usual).expect("made");
    set_mode(&usual, 0o755);
    let mut command = program.command(["index", "add", "testpypi"]);
    command.env_remove("TRUSTDESK_DATA").env("XDG_DATA_HOME", program.data());
    let said: Said = command.output().expect("runs").into();
    assert_eq!((said.exit, said.err.as_str(), mode(&usual)), (0, "", 0o700), "{said:?}");
}

#[cfg(target_os = "linux")]
mod memory {
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;
    use std::process::{Child, Command, Stdio};

    use super::*;

    /// A run that waits for its input. Who runs the tests as root has it run by nobody: what is root's
    /// tells nothing.
    fn waiting_run(folder: &Path, environment: &[(&str, &str)]) -> Child {
        let nobody = 65_534;
        set_mode(folder, 0o755);
        let copy = folder.join("trustdesk-cli");
        fs::copy(built("trustdesk-cli"), &copy).expect("copied");
        let mut command = Command::new(copy);
        if is_root() {
            command.uid(nobody).gid(nobody);
        }
        command.arg("check").envs(environment.iter().copied());
        let mut running =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
        // When it has answered, it has done all that it does at its start.
        let mut answer = [0];
        std::io::Write::write_all(running.stdin.as_mut().expect("its input"), b"{}\n")
            .expect("written");
        let output = running.stdout.as_mut().expect("its output");
        std::io::Read::read_exact(output, &mut answer).expect("an answer");
        running
    }

    fn is_root() -> bool {
        fs::metadata("/proc/self").expect("there").uid() == 0
    }

    #[test]
    fn memory_of_a_run_is_neither_dumped_nor_readable_unless_that_is_wanted() {
        for (environment, limit, is_private) in
            [(&[][..], Some("0"), true), (&[("TRUSTDESK_DUMPABLE", "1")], None, false)]
        {
            let folder = tempfile::tempdir().expect("a folder");
            let mut running = waiting_run(folder.path(), environment);
            let process = format!("/proc/{}", running.id());
            let limits = fs::read_to_string(format!("{process}/limits")).expect("there");
            let core = limits.lines().find(|line| line.starts_with("Max core file size"));
            let core: Vec<&str> =
                core.expect("a limit").split_whitespace().skip(4).take(2).collect();
            let owner = fs::metadata(format!("{process}/environ")).expect("there").uid();
            running.kill().expect("ended");
            running.wait().expect("ended");
            if let Some(limit) = limit {
                assert_eq!(core, [limit, limit], "no memory is written to a file");
            }
            // The system gives what must not be read to root.
            assert_eq!(owner == 0, is_private, "{environment:?}");
        }
    }
}
