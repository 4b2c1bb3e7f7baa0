//! Which files of the folder are ours, and their hashes.

use std::io;
use std::path::Path;

use super::{Files, path, write_whole};
use crate::collect::named;
use crate::output::{Artifact, Output};

/// The manifest's name in the published folder.
pub const FILE: &str = ".letterpress-manifest.json";

#[derive(Debug, Default)]
pub(super) struct Manifest(Files);

impl Manifest {
    /// The manifest of the last run. One that can't be understood is as good as none: then everything is written again.
    pub(super) fn read(folder: &Path) -> io::Result<Self> {
        let path = folder.join(FILE);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Self(serde_json::from_slice(&bytes).unwrap_or_default())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(named(&error, "read", &path)),
        }
    }

    pub(super) fn of(output: &Output) -> Self {
        Self(output.iter().map(|(file, artifact)| (file.to_owned(), artifact.hash.to_hex().to_string())).collect())
    }

    /// The names of our files. A name that leads out of the folder is not one that we wrote.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        let is_inside =
            |file: &&str| !file.split(['/', '\\']).any(|part| matches!(part, "" | "." | "..")) && !file.contains(':');
        self.0.keys().map(String::as_str).filter(is_inside)
    }

    /// Whether the folder already has exactly these bytes under that name: we wrote them, and nobody changed the file's length since.
    pub(super) fn holds(&self, folder: &Path, file: &str, artifact: &Artifact) -> bool {
        let is_same = self.0.get(file).is_some_and(|hash| *hash == *artifact.hash.to_hex());
        is_same && std::fs::metadata(path(folder, file)).is_ok_and(|found| found.len() == artifact.bytes.len() as u64)
    }

    /// Says before the first write what will be ours, so that a run that is cut off leaves no file that nobody owns. A file that is about
    /// to change has no hash until it is written.
    pub(super) fn announce(&self, folder: &Path, changed: &[(&str, &Artifact)]) -> io::Result<()> {
        let mut files = self.0.clone();
        files.extend(changed.iter().map(|(file, _)| ((*file).to_owned(), String::new())));
        Self(files).write(folder)
    }

    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let json = serde_json::to_vec_pretty(&self.0).map_err(io::Error::other)?;
        write_whole(&folder.join(FILE), &json)
    }
}
