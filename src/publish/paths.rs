//! Files to publish, and where they are on disk.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::output::Artifact;

/// Files to write, with their bytes.
pub(super) type Changed<'a> = Vec<(&'a str, &'a Artifact)>;

/// Whether there is no such file, be it that a folder above it is missing or a file.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// The path of a published file.
pub(super) fn path(folder: &Path, file: &str) -> PathBuf {
    file.split('/').fold(folder.to_path_buf(), |path, part| path.join(part))
}

/// Every folder that the files are in, relative to the published one, parents first.
pub(super) fn folders_of<'a>(files: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    files.flat_map(|file| file.match_indices('/').map(|(at, _)| &file[..at])).collect()
}
