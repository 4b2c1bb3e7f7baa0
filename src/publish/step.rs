//! What a publication reports while it runs.

use std::path::Path;

/// What a publication is doing. Reported from several threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// Another run is writing to the folder; its end is waited for.
    Wait,
    /// The folder's file system has no locks: nothing keeps two runs apart.
    NoLock,
    /// A file is written.
    Write(&'a str),
    /// A file is removed.
    Remove(&'a str),
}

/// The warning for [`Step::NoLock`].
#[must_use]
pub fn no_lock(folder: &Path) -> String {
    format!(
        "warning: the disk of {} can't lock files, so nothing keeps two runs apart; don't start a second one into this folder.",
        folder.display()
    )
}

/// Receives each step.
pub type Tell<'a> = &'a (dyn Fn(Step<'_>) + Sync);
