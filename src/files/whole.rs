//! Writes files whole or not at all, and removes what unfinished writes left behind.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, RealDisk};
use super::named;

/// Writes beside the file and renames, so that a reader, a crash or a full disk never meets half of it.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_whole_on(path, |temporary| RealDisk.write(temporary, bytes), &RealDisk)
}

pub(crate) fn write_whole_on(
    path: &Path,
    write: impl FnOnce(&Path) -> io::Result<()>,
    disk: &dyn Disk,
) -> io::Result<()> {
    let temporary = temporary(path);
    let written = write(&temporary).and_then(|()| disk.rename(&temporary, path));
    written.map_err(|error| {
        // The file may not even have been made; what matters is the first error.
        let _ = disk.remove_file(&temporary);
        named(&error, "write", path)
    })
}

/// A name for the file while it is being written: of one length, since the file's own may be as long as names can be.
pub(crate) fn temporary(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default();
    let hash = blake3::hash(name.as_encoded_bytes()).to_hex();
    path.with_file_name(format!("{UNFINISHED}{}.new", &hash[..DIGITS]))
}

const UNFINISHED: &str = ".letterpress-";
const DIGITS: usize = 16;

/// Whether a name is one that [`temporary`] returns.
fn is_temporary(name: &str) -> bool {
    let digits = name.strip_prefix(UNFINISHED).and_then(|rest| rest.strip_suffix(".new"));
    digits.is_some_and(|digits| digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Removes the files of a folder that have the names of unfinished ones. What can't be removed does no harm.
pub(crate) fn sweep(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && entry.file_name().to_str().is_some_and(is_temporary) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}
