//! A path → the bytes of a file, within bounds: nothing is waited for, and no file fills the memory.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The largest file of a site, in bytes. All files but the documents of a large site are held in memory at once.
pub(crate) const LARGEST_FILE: u64 = 1024 * 1024 * 1024;
/// The largest file of settings or words, in bytes.
pub(crate) const LARGEST_SETTINGS: u64 = 64 * 1024 * 1024;

/// Reads a file that is known to be one.
///
/// # Errors
/// As [`std::fs::read`], and if the file has more than `most` bytes.
pub(crate) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut bytes = Vec::new();
    if size <= most {
        bytes.try_reserve_exact(usize::try_from(size).unwrap_or_default())?;
        // // A file may grow, or claim to be empty.
        file.take(most + 1).read_to_end(&mut bytes)?;
    }
    let size = size.max(bytes.len() as u64);
    if size > most {
        let message = format!("it has {} MB, and at most {} MB are read", size / 1_000_000, most / 1_000_000);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

/// Reads what should be a file, and may be anything.
///
/// # Errors
/// As [`read`], and if it is no file: to open a pipe could wait for ever.
pub(crate) fn read_named(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    read(path, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "0123456789").unwrap();
        assert_eq!(read(&path, 10).unwrap(), b"0123456789");
        assert_eq!(read(&path, 9).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(read_named(folder.path(), 10).unwrap_err().kind(), io::ErrorKind::InvalidInput);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_does_not_say_how_large_it_is_is_bounded_too() {
        let path = Path::new("/proc/self/status");
        assert!(!read(path, 1_000_000).unwrap().is_empty());
        assert_eq!(read(path, 100).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }
}
