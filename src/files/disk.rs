//! What a publication does to a disk, one call a system call, so that tests can let any of them fail.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// The calls by which a publication changes something.
pub(crate) trait Disk: Sync {
    /// Makes a file of its own with these bytes, or replaces what it holds.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Writes, and waits until the bytes are on the disk.
    fn write_through(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Puts a file in the place of another.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Makes a folder whose parent is there.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
}

/// The machine's own.
pub(crate) struct RealDisk;

impl Disk for RealDisk {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        create(path)?.write_all(bytes)
    }

    fn write_through(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = create(path)?;
        file.write_all(bytes)?;
        file.sync_data()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }
}

/// Creates a file. What is already at its name is a leftover, or a link placed there to have another file written.
fn create(path: &Path) -> io::Result<File> {
    match File::create_new(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            File::create_new(path)
        }
        created => created,
    }
}
