//! Files outside of the content and the themes that the configuration names, as dictionaries are; shared by those who watch and who look.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The files that are named at present. Clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct ExternalFiles(Arc<Mutex<BTreeSet<PathBuf>>>);

impl ExternalFiles {
    /// All of them.
    pub(super) fn all(&self) -> BTreeSet<PathBuf> {
        self.files().clone()
    }

    /// Names these from now on. Gives those that were not named before.
    pub(super) fn renew(&self, files: BTreeSet<PathBuf>) -> Vec<PathBuf> {
        let mut known = self.files();
        let fresh = files.difference(&known).cloned().collect();
        *known = files;
        fresh
    }

    fn files(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
