//! The state on disk. A change is on disk before its answer leaves, and a file is replaced as a whole,
//! so that a crash leaves either the old state or the new one.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::State;
use crate::Error;

/// Where the state is kept, and what was last written there.
#[derive(Debug)]
pub(crate) struct StateFile {
    path: PathBuf,
    written: Vec<u8>,
}

impl StateFile {
    /// The file and the state in it; none if there is no such file yet.
    ///
    /// # Errors
    /// A file that cannot be read or understood is named and left as it is.
    pub(crate) fn open(path: PathBuf) -> Result<(Self, Option<State>), Error> {
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok((Self { path, written: Vec::new() }, None));
            }
            Err(source) => return Err(Error::Read { path, source }),
        };
        match serde_json::from_slice(&text) {
            Ok(state) => Ok((Self { path, written: text }, Some(state))),
            Err(source) => Err(Error::Damaged { path, source }),
        }
    }

    /// Writes the state unless the file says the same already.
    pub(crate) fn keep(&mut self, state: &State) -> Result<(), Error> {
        let failed = |source| Error::Write { path: self.path.clone(), source };
        let text = serde_json::to_vec(state).map_err(|error| failed(error.into()))?;
        if text != self.written {
            replace(&self.path, &text).map_err(failed)?;
            self.written = text;
        }
        Ok(())
    }
}

fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        fs::create_dir_all(folder)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let temporary = path.with_file_name(name);
    let mut file = File::create(&temporary)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    // The rename itself is on disk only when the folder is. Windows cannot open one for that.
    #[cfg(unix)]
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(())
}
