//! Where the data folder lies. On a network SQLite's locks may not hold, and its log works among the
//! programs of one computer only; a synced folder is copied in the middle of a write. Neither can be
//! made good by another journal mode, so that it is said and nothing is done differently.

use std::path::{Path, PathBuf};

/// Where a folder lies, as far as it can be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// On this computer.
    Here,
    /// On a drive of the network, with the name of its file system.
    Network(String),
    /// In a folder that this program copies to other computers.
    Synced(&'static str),
}

/// File systems whose files are elsewhere, as Linux names them.
const NETWORKS: [&str; 22] = [
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "fuse.ceph",
    "fuse.davfs",
    "fuse.glusterfs",
    "fuse.gvfsd-fuse",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.sshfs",
    "glusterfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "prl_fs",
    "smb3",
    "smbfs",
];

/// Programs that sync a folder: how the folder is named, or how its name begins.
const NAMED: [(&str, &str, &str); 6] = [
    ("Dropbox", "Dropbox", "Dropbox ("),
    ("OneDrive", "OneDrive", "OneDrive-"),
    ("OneDrive", "OneDrive", "OneDrive - "),
    ("iCloud", "Mobile Documents", "iCloud~"),
    ("Google Drive", "Google Drive", "GoogleDrive-"),
    ("Nextcloud", "Nextcloud", "Nextcloud-"),
];

/// What some of them leave in their folder, however it is named.
const MARKED: [(&str, &str); 4] = [
    ("Dropbox", ".dropbox.cache"),
    ("Nextcloud", ".nextcloudsync.log"),
    ("ownCloud", ".owncloudsync.log"),
    ("Syncthing", ".stfolder"),
];

impl Place {
    /// Where this folder lies.
    #[must_use]
    pub(super) fn of(folder: &Path) -> Self {
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        // Only Linux has such a table; elsewhere a network drive is not noticed.
        let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
        judge(&folder, &mounts, |marker| marker.exists())
    }
}

fn judge(folder: &Path, mounts: &str, exists: impl Fn(&Path) -> bool) -> Place {
    if let Some(file_system) = file_system(folder, mounts).filter(|it| NETWORKS.contains(it)) {
        return Place::Network(file_system.to_owned());
    }
    let by = folder.ancestors().find_map(|ancestor| {
        let name = ancestor.file_name()?.to_str()?;
        let is_named =
            |(_, whole, begins): &&(_, &str, &str)| name == *whole || name.starts_with(begins);
        let named = NAMED.iter().find(is_named).map(|(by, ..)| *by);
        let is_marked = |(_, marker): &&(_, &str)| exists(&ancestor.join(marker));
        named.or_else(|| MARKED.iter().find(is_marked).map(|(by, _)| *by))
    });
    by.map_or(Place::Here, Place::Synced)
}

/// The file system of the innermost mount that holds the folder; of several at one place the last
/// covers the others.
fn file_system<'a>(folder: &Path, mounts: &'a str) -> Option<&'a str> {
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        Some((unescaped(words.next()?), words.next()?))
    });
    let holds = mounts.filter(|(at, _)| folder.starts_with(at));
    holds.max_by_key(|(at, _)| at.components().count()).map(|(_, file_system)| file_system)
}

/// The table writes a space as `\040`, and so the few other signs that would break its lines.
fn unescaped(path: &str) -> PathBuf {
    let written = [(r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", r"\")];
    let plain = |path: String, (code, sign): (&str, &str)| path.replace(code, sign);
    written.into_iter().fold(path.to_owned(), plain).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw,vers=4.2 0 0
/dev/sdb1 /home/alice/disk ext4 rw 0 0
//server/share /mnt/my\\040share cifs rw 0 0
alice@server: /mnt/ssh fuse.sshfs rw 0 0
/dev/sdc1 /mnt/usb fuseblk rw 0 0
gocryptfs /mnt/secret fuse.gocryptfs rw 0 0
/dev/sdd1 /mnt/covered ext4 rw 0 0
host /mnt/covered 9p rw 0 0
";

    #[test]
    fn a_folder_on_a_network_is_known_by_the_innermost_mount() {
        let network = |name: &str| Place::Network(name.to_owned());
        for (folder, place) in [
            ("/var/lib/trustdesk", Place::Here),
            ("/home/alice/.local/share/trustdesk", network("nfs4")),
            ("/home/alice/disk/trustdesk", Place::Here),
            ("/homely/trustdesk", Place::Here),
            ("/mnt/my share/trustdesk", network("cifs")),
            ("/mnt/ssh", network("fuse.sshfs")),
            ("/mnt/usb/trustdesk", Place::Here),
            ("/mnt/secret/trustdesk", Place::Here),
            ("/mnt/covered/trustdesk", network("9p")),
        ] {
            assert_eq!(judge(Path::new(folder), MOUNTS, |_| false), place, "{folder}");
        }
        let without_a_table = judge(Path::new("/home/alice/trustdesk"), "", |_| false);
        assert_eq!(without_a_table, Place::Here, "what cannot be seen is not warned of");
    }

    #[test]
    fn a_folder_that_is_synced_is_known_by_its_name_or_by_what_lies_in_it() {
        let markers =
            ["/work/team/.stfolder", "/data/cloud/.nextcloudsync.log", "/data/box/.dropbox.cache"];
        let exists = |path: &Path| markers.iter().any(|marker| Path::new(marker) == path);
        for (folder, place) in [
            ("/home/alice/Dropbox/trustdesk", Place::Synced("Dropbox")),
            ("/home/alice/Dropbox (Harbor)/trustdesk", Place::Synced("Dropbox")),
            ("/home/alice/Dropbox.old/trustdesk", Place::Here),
            ("/Users/alice/OneDrive - Harbor/a/b/trustdesk", Place::Synced("OneDrive")),
            ("/Users/alice/Library/Mobile Documents/x/trustdesk", Place::Synced("iCloud")),
            ("/Users/a/Library/CloudStorage/GoogleDrive-a@b.c/t", Place::Synced("Google Drive")),
            ("/work/team/tools/trustdesk", Place::Synced("Syncthing")),
            ("/data/cloud/trustdesk", Place::Synced("Nextcloud")),
            ("/data/box", Place::Synced("Dropbox")),
            ("/data/other/trustdesk", Place::Here),
        ] {
            assert_eq!(judge(Path::new(folder), "", exists), place, "{folder}");
        }
    }
}
