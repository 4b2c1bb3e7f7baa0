//! New text into a file that stays the same file: its owner, permissions, attributes and all of its names are kept.
//!
//! The bytes are written over the old ones. So that no text is lost if that is cut off, the old text is kept beside the file until it is done.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::files::{bounded, named};

/// Writes `after` into the file at `path`, which must hold `before`. A link stays a link, and the file that it leads to is written.
pub(super) fn overwrite(path: &Path, before: &str, after: &str) -> io::Result<()> {
    let path = std::fs::canonicalize(path).map_err(|error| named(&error, "read", path))?;
    let now = bounded::read_named(&path, bounded::LARGEST_FILE).map_err(|error| named(&error, "read", &path))?;
    if now != before.as_bytes() {
        let changed = io::Error::other("it changed meanwhile; check again");
        return Err(named(&changed, "write", &path));
    }
    replace(&path, before.as_bytes(), after.as_bytes()).map_err(|error| named(&error, "write", &path))
}

fn replace(path: &Path, before: &[u8], after: &[u8]) -> io::Result<()> {
    let file = OpenOptions::new().write(true).open(path);
    if file.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::PermissionDenied) {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "it is read-only; let it be written, then try again",
        ));
    }
    let mut file = file?;
    let copy = copy(path, before)?;
    let written = put(&mut file, after);
    let is_whole = written.is_ok() || put(&mut file, before).is_ok();
    if let Some(copy) = copy.filter(|_| is_whole) {
        std::fs::remove_file(copy)?;
    }
    written
}

fn put(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_data()
}

/// The old text in a file beside this one. `None` where the folder takes no file, although this file can be written.
fn copy(path: &Path, before: &[u8]) -> io::Result<Option<PathBuf>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let copy = path.with_file_name(format!(".{name}.before-fix"));
    match File::create_new(&copy) {
        Ok(mut file) => {
            file.write_all(before).and_then(|()| file.sync_data()).inspect_err(|_| {
                // What counts is why it could not be written.
                let _ = std::fs::remove_file(&copy);
            })?;
            Ok(Some(copy))
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let message = format!(
                "a run that was cut off left its old text in {}; compare both, and remove that",
                copy.display()
            );
            Err(io::Error::new(io::ErrorKind::AlreadyExists, message))
        }
        Err(error) if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_and_no_copy_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        std::fs::write(&path, "a long text").unwrap();
        overwrite(&path, "a long text", "short").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "short");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(overwrite(&path, "another", "x").unwrap_err().to_string().contains("changed meanwhile"));
    }

    #[test]
    fn the_copy_of_a_run_that_was_cut_off_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        std::fs::write(&path, "half").unwrap();
        std::fs::write(folder.path().join(".a.md.before-fix"), "the whole text").unwrap();
        let error = overwrite(&path, "half", "x").unwrap_err().to_string();
        assert!(error.contains(".a.md.before-fix"), "{error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "half");
    }
}
