//! Where the texts of a site are stored while the program runs.

use std::path::Path;

use crate::files::cache;
use crate::storage::Scratch;

/// Where the texts of a site are held while the program runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Texts {
    /// In memory, from which they are had soonest.
    #[default]
    InMemory,
    /// Those of a large site on the disk: 100,000 articles would take 5 GB of memory.
    LargeOnDisk,
    /// On the disk.
    OnDisk,
}

/// A site of so many files is large: they take a gigabyte of memory.
/// (Much fewer where assertions are on, so that tests have large sites.)
const LARGE: usize = if cfg!(debug_assertions) { 40 } else { 20_000 };

impl Texts {
    /// A scratch file for the texts of a site of so many files; `None` if they are to be held in memory, or the disk takes nothing.
    pub(super) fn scratch(self, folder: &Path, files: usize) -> Option<Scratch> {
        let is_on_disk = match self {
            Self::InMemory => false,
            Self::LargeOnDisk => files >= LARGE,
            Self::OnDisk => true,
        };
        is_on_disk.then(|| cache::scratch(folder)).flatten()
    }
}
