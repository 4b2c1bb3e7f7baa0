//! One publication at a time into a folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use crate::collect::named;

/// The lock's file in the published folder. It is empty, and stays: removing it could take it away from a run that waits for it.
pub(super) const FILE: &str = ".letterpress-lock";

/// Held while a folder is being written. The system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the folder. `waiting` is told once if another run has it.
    ///
    /// A file system without locks, as some network shares are, gives none; then two runs at once are not kept apart.
    pub(super) fn take(folder: &Path, waiting: &dyn Fn()) -> io::Result<Self> {
        let path = folder.join(FILE);
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let file = file.map_err(|error| named(&error, "open", &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting();
                file.lock().map_err(|error| named(&error, "wait for", &path))?;
            }
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(named(&error, "lock", &path)),
        }
        Ok(Self { _file: file })
    }
}
