//! Where the texts of a site are stored while the program runs.

use std::path::Path;

use crate::files::cache;
use crate::storage::Scratch;

/// When the texts of a site are stored on disk instead of in memory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SpillTexts {
    /// Never.
    #[default]
    Never,
    /// If `content/` has at least this many files.
    FromFiles(usize),
}

/// From this many files on, texts are stored on disk: those of 100,000 articles would take 5 GB of memory.
pub const LARGE_SITE: usize = 20_000;

impl SpillTexts {
    /// Scratch files for a site of that many files; `None` if its texts stay in memory, or no disk is writable.
    pub(super) fn scratch(self, folder: &Path, files: usize) -> Option<Scratch> {
        match self {
            Self::FromFiles(least) if files >= least => cache::scratch(folder),
            Self::FromFiles(_) | Self::Never => None,
        }
    }
}
