//! Files and folders that nobody else on this computer can read, and the name of a moment in theirs.

use std::fs;
use std::io;
use std::path::Path;

use time::OffsetDateTime;

/// Makes the folder if it is not there, readable for its owner only.
#[cfg(unix)]
pub(super) fn folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

/// Makes the file if it is not there, readable for its owner only; what is in it stays.
#[cfg(unix)]
pub(super) fn file(path: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let mut options = fs::OpenOptions::new();
    let file = options.read(true).append(true).create(true).mode(0o600).open(path)?;
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    Ok(file)
}

/// A user's own folders are private on Windows already.
#[cfg(not(unix))]
pub(super) fn folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(not(unix))]
pub(super) fn file(path: &Path) -> io::Result<fs::File> {
    fs::OpenOptions::new().read(true).append(true).create(true).open(path)
}

/// Brings a file's content to the disk, and its name in its folder too.
pub(super) fn sync(path: &Path) -> io::Result<()> {
    fs::OpenOptions::new().append(true).open(path)?.sync_all()?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// Brings the names in a folder to the disk.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Windows keeps names without being asked.
#[cfg(not(unix))]
pub(super) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// A moment as a part of a file's name, such as `20261123T011458123Z`; later ones sort later.
pub(super) fn stamp(now_ms: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(now_ms) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}{:03}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second(),
        at.millisecond()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_named_so_that_later_ones_sort_later() {
        assert_eq!(stamp(1_795_338_000_007), "20261122T090000007Z");
        assert!(stamp(1_795_338_000_007) < stamp(1_795_338_000_010));
    }
}
