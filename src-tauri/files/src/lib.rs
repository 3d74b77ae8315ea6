//! Files and folders that only their owner can read, made so from the start, and reads that end.
//! Within a data folder no symbolic link is followed: a link would let whoever can write there choose
//! which file of the person's is opened, emptied or given another mode.
#![warn(missing_docs)]

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

/// Why a path is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It leads to another place.
    #[error("a symbolic link")]
    Link,
    /// A folder, a device, a pipe: reading it may never end.
    #[error("not a regular file")]
    NotAFile,
    /// Something else has the name of a folder.
    #[error("not a folder")]
    NotAFolder,
    /// More than is ever needed, in bytes.
    #[error("larger than {0} bytes")]
    TooLarge(u64),
}

impl Refusal {
    /// The refusal in an error of this module; none: the system's own error.
    #[must_use]
    pub fn of(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref().copied()
    }
}

impl From<Refusal> for io::Error {
    fn from(refusal: Refusal) -> Self {
        Self::new(io::ErrorKind::InvalidInput, refusal)
    }
}

/// Who else can use a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposure {
    /// Others can list or read what is in it.
    Readable,
    /// Others can put files into it.
    Writable,
}

/// Makes a folder and those above it, open to their owner only. One that is there stays as it is: it
/// may be the person's choice.
///
/// # Errors
/// It cannot be made.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    builder().recursive(true).create(folder)
}

/// Makes the folder that data lies in where nobody has named another one, open to its owner only; one
/// that is there is made so, unless its name is a link and it lies where the person wants it.
///
/// # Errors
/// It cannot be made or changed.
pub fn make_usual_folder(folder: &Path) -> io::Result<()> {
    make_folder(folder)?;
    match close_to_others(folder) {
        Err(error) if Refusal::of(&error) == Some(Refusal::Link) => Ok(()),
        closed => closed,
    }
}

/// Makes one folder inside a data folder, open to its owner only; one that is there is made so.
///
/// # Errors
/// It cannot be made, or its name is a link or a file.
pub fn make_own_folder(folder: &Path) -> io::Result<()> {
    match builder().create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => close_to_others(folder),
        made => made,
    }
}

/// Makes one folder that must not be there yet.
///
/// # Errors
/// It cannot be made, or its name is taken.
pub fn make_new_folder(folder: &Path) -> io::Result<()> {
    builder().create(folder)
}

#[cfg(unix)]
fn builder() -> fs::DirBuilder {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = fs::DirBuilder::new();
    builder.mode(0o700);
    builder
}

/// A user's own folders are private on Windows already.
#[cfg(not(unix))]
fn builder() -> fs::DirBuilder {
    fs::DirBuilder::new()
}

/// Takes the rights of others from a folder of ours.
///
/// # Errors
/// It is a link or no folder, or cannot be changed.
#[cfg(unix)]
pub fn close_to_others(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    expect_folder(folder)?;
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::DIRECTORY;
    let opened =
        File::options().read(true).custom_flags(flags.bits().cast_signed()).open(folder)?;
    if opened.metadata()?.permissions().mode() & 0o077 == 0 {
        return Ok(());
    }
    opened.set_permissions(fs::Permissions::from_mode(0o700))
}

/// A user's own folders are private on Windows already.
///
/// # Errors
/// It is a link or no folder.
#[cfg(not(unix))]
pub fn close_to_others(folder: &Path) -> io::Result<()> {
    expect_folder(folder)
}

fn expect_folder(folder: &Path) -> io::Result<()> {
    let kind = fs::symlink_metadata(folder)?.file_type();
    if kind.is_symlink() {
        return Err(Refusal::Link.into());
    }
    if kind.is_dir() { Ok(()) } else { Err(Refusal::NotAFolder.into()) }
}

/// Who else can use this folder; none: nobody, or it cannot be told.
#[cfg(unix)]
#[must_use]
pub fn exposure(folder: &Path) -> Option<Exposure> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(folder).ok()?.permissions().mode();
    match mode {
        _ if mode & 0o022 != 0 => Some(Exposure::Writable),
        _ if mode & 0o055 != 0 => Some(Exposure::Readable),
        _ => None,
    }
}

/// Who else can use this folder; Windows' lists of rights are not read.
#[cfg(not(unix))]
#[must_use]
pub fn exposure(_folder: &Path) -> Option<Exposure> {
    None
}

/// Opens a file inside a data folder for reading and writing, or makes it, readable for its owner
/// only. What is in it stays.
///
/// # Errors
/// It cannot be opened, or it is a link or no regular file.
pub fn open_own(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    // Not for appending: Windows then refuses to shorten it.
    let file = opened(options.read(true).write(true).create(true).truncate(false), path)?;
    close_file_to_others(&file)?;
    Ok(file)
}

/// Opens a file inside a data folder for writing at its end, or makes it, readable for its owner only.
///
/// # Errors
/// It cannot be opened, or it is a link or no regular file.
pub fn append_own(path: &Path) -> io::Result<File> {
    let file = opened(File::options().append(true).create(true), path)?;
    close_file_to_others(&file)?;
    Ok(file)
}

/// Makes a file that must not be there yet, readable for its owner only.
///
/// # Errors
/// It cannot be made, or its name is taken.
pub fn create_own(path: &Path) -> io::Result<File> {
    opened(File::options().read(true).write(true).create_new(true), path)
}

/// Opens a file inside a data folder for reading.
///
/// # Errors
/// It cannot be opened, or it is a link or no regular file.
pub fn read_own(path: &Path) -> io::Result<File> {
    opened(File::options().read(true), path)
}

/// Opens a file that the person named, through links if there are some.
///
/// # Errors
/// It cannot be opened, or it is no regular file.
pub fn read_named(path: &Path) -> io::Result<File> {
    read_own(&path.canonicalize()?)
}

/// All that is in a file, if it is no more than this.
///
/// # Errors
/// It cannot be read, or there is more in it.
pub fn content(file: File, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= limit) {
        return Ok(bytes);
    }
    Err(Refusal::TooLarge(limit).into())
}

/// Whether this process' user owns the file, which nobody else can bring about.
#[cfg(unix)]
#[must_use]
pub fn is_mine(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.metadata().is_ok_and(|file| file.uid() == rustix::process::geteuid().as_raw())
}

/// Windows' owners are not read: a user's own folders are private there.
#[cfg(not(unix))]
#[must_use]
pub fn is_mine(_file: &File) -> bool {
    true
}

/// Whether a regular file has this name, and not a link to one.
///
/// # Errors
/// The system cannot tell.
pub fn is_file(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(found.is_file()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Refuses what has this name and is no regular file; nothing may have it.
///
/// # Errors
/// It is a link or no regular file, or the system cannot tell.
pub fn expect_file(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => Err(Refusal::Link.into()),
        Ok(found) if !found.is_file() => Err(Refusal::NotAFile.into()),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Writes a file as a whole, readable for its owner only: whenever the process ends, the old content
/// is there or the new one. What an earlier process left unfinished is deleted.
///
/// # Errors
/// It cannot be written, or its name is that of a link or no regular file.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    expect_file(path)?;
    let _the_next_one_tries_again = delete_unfinished(path);
    let unfinished = unfinished(path);
    let written = create_own(&unfinished).and_then(|mut file| {
        // Says that this process lives. Where there are no locks, another one may delete the file,
        // and the renaming fails: the old content stays.
        let _there_may_be_no_locks = file.try_lock_shared();
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&unfinished, path)
    });
    if written.is_err() {
        let _there_is_nothing_to_add_to_the_first_error = fs::remove_file(&unfinished);
    }
    written?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// What stands before and behind the part of a name that nobody can guess.
fn around_unfinished(path: &Path) -> (String, &'static str) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    (format!(".{name}."), ".new")
}

/// A name beside a file that nobody can guess.
fn unfinished(path: &Path) -> PathBuf {
    let (before, behind) = around_unfinished(path);
    path.with_file_name(format!("{before}{}{behind}", Uuid::new_v4()))
}

/// Deletes the new content of this file that a process which was stopped could not put in its place.
/// What a running process is writing stays.
///
/// # Errors
/// The folder cannot be read, or what was found cannot be deleted.
pub fn delete_unfinished(path: &Path) -> io::Result<()> {
    let (before, behind) = around_unfinished(path);
    let is_unfinished = |name: &str| {
        let number = name.strip_prefix(&before).and_then(|name| name.strip_suffix(behind));
        number.is_some_and(|number| Uuid::try_parse(number).is_ok())
    };
    let here = Path::new(".");
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(here);
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if !entry.file_name().to_str().is_some_and(is_unfinished) || !is_file(&entry.path())? {
            continue;
        }
        let file = read_own(&entry.path())?;
        if !matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Brings a file's content to the disk, and its name in its folder too.
///
/// # Errors
/// The disk did not do it.
pub fn sync(path: &Path) -> io::Result<()> {
    opened(File::options().write(true), path)?.sync_all()?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// Brings the names in a folder to the disk.
///
/// # Errors
/// The disk did not do it.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    let here = Path::new(".");
    File::open(if folder.as_os_str().is_empty() { here } else { folder })?.sync_all()
}

/// Windows keeps names without being asked.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Opens what is a regular file, or is to become one, and nothing else.
fn opened(options: &mut fs::OpenOptions, path: &Path) -> io::Result<File> {
    expect_file(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // A link or a pipe may have taken the name since: neither is followed nor waited for.
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.mode(0o600).custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(Refusal::NotAFile.into()) }
}

/// Takes the rights of others from a file of ours. A second name of it may be in another folder, where
/// its mode is somebody's choice, and another user's file is not ours to change.
#[cfg(unix)]
fn close_file_to_others(file: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let found = file.metadata()?;
    if found.mode() & 0o077 == 0 || found.nlink() > 1 || !is_mine(file) {
        return Ok(());
    }
    file.set_permissions(fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn close_file_to_others(_file: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
