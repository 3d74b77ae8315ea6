//! Files that a person asks for: new ones in the person's own folders, complete or not there at all,
//! never in the place of another file.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use trustdesk_files as files;

use crate::error::IpcError;

/// Below the data folder, where the person has no other.
const FOLDER: &str = "exports";

/// Where such files go.
pub(crate) struct Exports {
    /// The first one that is there and can be written is taken.
    wanted: Vec<PathBuf>,
    last: PathBuf,
}

impl Exports {
    pub(crate) fn new(wanted: impl IntoIterator<Item = PathBuf>, data: &Path) -> Self {
        Self { wanted: wanted.into_iter().collect(), last: data.join(FOLDER) }
    }

    /// Writes a file of this name, or of the next one that is free, readable for its owner only.
    pub(crate) fn write(
        &self,
        name: &str,
        ending: &str,
        content: impl Fn(&mut File) -> io::Result<()>,
    ) -> Result<PathBuf, IpcError> {
        for folder in self.wanted.iter().filter(|folder| folder.is_dir()) {
            match write_into(folder, name, ending, &content) {
                Err(error) if is_refused(&error) => {}
                written => return written.map_err(|error| IpcError::file(folder, &error)),
            }
        }
        files::make_folder(self.last.parent().unwrap_or(&self.last))
            .and_then(|()| files::make_own_folder(&self.last))
            .and_then(|()| write_into(&self.last, name, ending, &content))
            .map_err(|error| IpcError::file(&self.last, &error))
    }
}

fn is_refused(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

fn write_into(
    folder: &Path,
    name: &str,
    ending: &str,
    content: impl Fn(&mut File) -> io::Result<()>,
) -> io::Result<PathBuf> {
    // Private from its first byte; gone by itself if it does not become complete.
    let mut file = tempfile::Builder::new().prefix(".trustdesk-").tempfile_in(folder)?;
    content(file.as_file_mut())?;
    file.as_file_mut().flush()?;
    file.as_file().sync_all()?;
    let mut number = 1;
    loop {
        let path = match number {
            1 => folder.join(format!("{name}.{ending}")),
            _ => folder.join(format!("{name}-{number}.{ending}")),
        };
        match file.persist_noclobber(&path) {
            Ok(_) => return Ok(path),
            Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => {
                file = taken.file;
                number += 1;
            }
            Err(failed) => return Err(failed.error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("listed");
        let name = |entry: io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
        let mut names: Vec<String> =
            entries.map(|entry| name(entry).to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn text(file: &mut File) -> io::Result<()> {
        file.write_all(b"text")
    }

    #[test]
    fn a_file_never_takes_the_place_of_another() {
        let downloads = tempfile::tempdir().expect("a folder");
        let exports = Exports::new([downloads.path().to_owned()], Path::new("/nowhere"));
        fs::write(downloads.path().join("a.json"), "somebody's own").expect("written");
        let second = exports.write("a", "json", text).expect("written");
        let third = exports.write("a", "json", text).expect("written");
        assert_eq!(names(downloads.path()), ["a-2.json", "a-3.json", "a.json"]);
        assert_eq!(second, downloads.path().join("a-2.json"));
        assert_eq!(fs::read(third).expect("there"), b"text");
        let first = fs::read(downloads.path().join("a.json")).expect("there");
        assert_eq!(first, b"somebody's own");
    }

    #[test]
    fn what_does_not_become_complete_leaves_nothing() {
        let downloads = tempfile::tempdir().expect("a folder");
        let exports = Exports::new([downloads.path().to_owned()], Path::new("/nowhere"));
        let error = exports.write("a", "json", |file| {
            text(file)?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert!(matches!(error, Err(IpcError::DiskFull { .. })), "{error:?}");
        assert_eq!(names(downloads.path()), [""; 0]);
    }

    #[test]
    fn without_downloads_or_a_home_it_goes_below_the_data() {
        let data = tempfile::tempdir().expect("a folder");
        let exports = Exports::new([data.path().join("not there")], data.path());
        let path = exports.write("a", "json", text).expect("written");
        assert_eq!(path, data.path().join("exports/a.json"));
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let downloads = tempfile::tempdir().expect("a folder");
        let exports = Exports::new([downloads.path().to_owned()], Path::new("/nowhere"));
        let path = exports.write("a", "json", text).expect("written");
        assert_eq!(fs::metadata(path).expect("there").permissions().mode() & 0o777, 0o600);
    }
}
