//! The state on disk. A change is on disk before its answer leaves, and a file is replaced as a whole,
//! so that a crash leaves either the old state or the new one.

use std::io;
use std::path::{Path, PathBuf};

use trustdesk_files as files;

use super::State;
use crate::Error;

/// More than the state of the largest account that anybody tries, in bytes.
const LARGEST: u64 = 256 << 20;

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
        let _the_next_write_tries_again = files::delete_unfinished(&path);
        let read = files::read_own(&path).and_then(|file| files::content(file, LARGEST));
        let text = match read {
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
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        files::make_folder(folder)?;
    }
    files::replace(path, text)
}
