use super::*;

fn refused<T: std::fmt::Debug>(result: io::Result<T>) -> Refusal {
    let error = result.expect_err("refused");
    Refusal::of(&error).unwrap_or_else(|| panic!("{error:?} is no refusal"))
}

#[test]
fn content_ends_at_the_limit() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.json");
    fs::write(&path, "12345").expect("written");
    let read = |limit| content(read_named(&path).expect("opens"), limit);
    assert_eq!(read(5).expect("just fits"), b"12345");
    assert_eq!(refused(read(4)), Refusal::TooLarge(4));
}

#[test]
fn what_is_no_regular_file_is_never_read() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(refused(read_named(folder.path())), Refusal::NotAFile);
    assert_eq!(refused(open_own(folder.path())), Refusal::NotAFile);
    assert!(!is_file(folder.path()).expect("asked"));
    #[cfg(unix)]
    assert_eq!(refused(read_named(Path::new("/dev/zero"))), Refusal::NotAFile);
}

#[test]
fn replaced_file_has_the_new_content_and_nothing_is_left_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state.json");
    replace(&path, b"first, which is longer").expect("written");
    replace(&path, b"second").expect("written");
    assert_eq!(fs::read(&path).expect("there"), b"second");
    assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("there").permissions().mode() & 0o7777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
    }

    #[test]
    fn link_is_refused_and_its_target_stays_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let (target, link) = (folder.path().join("letter"), folder.path().join("trustdesk.lock"));
        fs::write(&target, "dear").expect("written");
        set_mode(&target, 0o644);
        symlink(&target, &link).expect("made");
        assert_eq!(refused(open_own(&link)), Refusal::Link);
        assert_eq!(refused(read_own(&link)), Refusal::Link);
        assert_eq!(refused(sync(&link)), Refusal::Link);
        assert_eq!(refused(replace(&link, b"x")), Refusal::Link);
        assert_eq!((mode(&target), fs::read(&target).expect("there")), (0o644, b"dear".to_vec()));
        assert_eq!(
            content(read_named(&link).expect("the person named it"), 9).expect("read"),
            b"dear"
        );
        let dangling = folder.path().join("dangling");
        symlink(folder.path().join("made-elsewhere"), &dangling).expect("made");
        assert_eq!(refused(open_own(&dangling)), Refusal::Link);
        assert!(!folder.path().join("made-elsewhere").exists());
    }

    #[test]
    fn linked_folder_is_refused_and_its_target_stays_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let (target, link) = (folder.path().join("shared"), folder.path().join("damaged"));
        fs::create_dir(&target).expect("made");
        set_mode(&target, 0o755);
        symlink(&target, &link).expect("made");
        assert_eq!(refused(make_own_folder(&link)), Refusal::Link);
        assert_eq!(mode(&target), 0o755);
        let file = folder.path().join("file");
        fs::write(&file, "").expect("written");
        assert_eq!(refused(make_own_folder(&file)), Refusal::NotAFolder);
    }

    #[test]
    fn pipe_is_refused_without_waiting_for_its_other_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().expect("runs").success());
        assert_eq!(refused(read_named(&pipe)), Refusal::NotAFile);
        assert_eq!(refused(open_own(&pipe)), Refusal::NotAFile);
    }

    #[test]
    fn what_is_made_is_its_owners_only_and_what_was_open_to_others_is_closed() {
        let folder = tempfile::tempdir().expect("a folder");
        let (inner, file) = (folder.path().join("a/b"), folder.path().join("a/b/c"));
        make_folder(&inner).expect("made");
        open_own(&file).expect("made");
        assert_eq!((mode(&inner), mode(&file)), (0o700, 0o600));
        set_mode(&inner, 0o755);
        set_mode(&file, 0o644);
        make_own_folder(&inner).expect("there");
        open_own(&file).expect("there");
        assert_eq!((mode(&inner), mode(&file)), (0o700, 0o600));
    }

    #[test]
    fn folder_that_the_person_chose_keeps_its_mode_and_its_exposure_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let (readable, writable) = (Some(Exposure::Readable), Some(Exposure::Writable));
        for (chosen, told) in
            [(0o700, None), (0o500, None), (0o755, readable), (0o750, readable), (0o1777, writable)]
        {
            set_mode(folder.path(), chosen);
            make_folder(folder.path()).expect("there");
            assert_eq!(
                (mode(folder.path()), exposure(folder.path())),
                (chosen, told),
                "{chosen:o}"
            );
        }
        set_mode(folder.path(), 0o700);
    }

    #[test]
    fn file_with_a_second_name_keeps_its_mode() {
        let folder = tempfile::tempdir().expect("a folder");
        let (letter, second) = (folder.path().join("letter"), folder.path().join("trustdesk.lock"));
        fs::write(&letter, "dear").expect("written");
        set_mode(&letter, 0o644);
        fs::hard_link(&letter, &second).expect("linked");
        open_own(&second).expect("a regular file");
        assert_eq!(mode(&letter), 0o644);
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("listed");
    let name = |entry: io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
    let mut names: Vec<String> =
        entries.map(|entry| name(entry).to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn what_a_stopped_process_left_beside_a_file_is_deleted_by_the_next_replacement() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state.json");
    fs::write(unfinished(&path), "the first half").expect("written");
    fs::write(folder.path().join(".state.json.notes.new"), "somebody's own").expect("written");
    replace(&path, b"whole").expect("written");
    assert_eq!(names(folder.path()), [".state.json.notes.new", "state.json"]);
}

#[test]
fn content_that_a_running_process_is_writing_stays_until_that_has_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state.json");
    let being_written = unfinished(&path);
    let file = create_own(&being_written).expect("made");
    file.lock_shared().expect("locked");
    replace(&path, b"of another process").expect("written");
    assert!(being_written.exists());
    drop(file);
    delete_unfinished(&path).expect("deleted");
    assert_eq!(names(folder.path()), ["state.json"]);
}
