//! One publication at a time into a folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use super::step::Step;
use crate::files::named;

/// The lock's file in the published folder. It is empty, and stays: removing it could take it away from a run that waits for it.
pub(super) const FILE: &str = ".letterpress-lock";

/// Held while a folder is being written. The system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the folder. `tell` is called once if another run has it, or if nothing can keep two runs apart.
    ///
    /// On a file system without locks, as some network shares are, the run goes on without one.
    pub(super) fn take(folder: &Path, tell: &dyn Fn(Step<'_>)) -> io::Result<Self> {
        let path = folder.join(FILE);
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let file = file.map_err(|error| named(&error, "open", &path))?;
        match locked(&file, tell) {
            Ok(()) => {}
            Err(error) if has_no_locks(&error) => tell(Step::NoLock),
            Err(error) => return Err(named(&error, "lock", &path)),
        }
        Ok(Self { _file: file })
    }
}

fn locked(file: &File, tell: &dyn Fn(Step<'_>)) -> io::Result<()> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            tell(Step::Wait);
            wait(file)
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// A signal that doesn't end the program doesn't end the waiting either.
fn wait(file: &File) -> io::Result<()> {
    loop {
        match file.lock() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

/// The errors of systems where a file system has no locks (flock(2), `ENOLCK`, `ENOSYS` and `EOPNOTSUPP`).
fn has_no_locks(error: &io::Error) -> bool {
    let codes: &[i32] = if cfg!(any(target_os = "linux", target_os = "android")) {
        &[37, 38, 95]
    } else if cfg!(unix) {
        &[77, 78, 102, 45]
    } else {
        &[]
    };
    error.kind() == io::ErrorKind::Unsupported || error.raw_os_error().is_some_and(|code| codes.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_system_without_locks_is_known_by_what_it_says() {
        for code in [37, 38, 95] {
            assert!(has_no_locks(&io::Error::from_raw_os_error(code)), "{code}");
        }
        for code in [4, 5, 13, 22, 28] {
            assert!(!has_no_locks(&io::Error::from_raw_os_error(code)), "{code}");
        }
    }
}
