//! File-system helpers: reads with a limit, writes of whole files, the cache folder. They know nothing of what the files are.

pub(crate) mod bounded;
pub mod cache;
pub(crate) mod disk;
mod whole;

use std::io;
use std::path::Path;

pub use cache::{CACHE_FOLDER, Cache};
pub(crate) use whole::{sweep, temporary, write_whole, write_whole_on};

/// An I/O error that names what was being done to which path.
pub(crate) fn named(error: &io::Error, doing: &str, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("could not {doing} {}: {error}", path.display()))
}
