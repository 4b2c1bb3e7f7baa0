//! Which files of the folder are ours, and their hashes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::io;
use std::ops::Bound;
use std::path::{Component, Path};
use std::time::SystemTime;

use super::paths::path;
use crate::files::disk::Disk;
use crate::files::{bounded, named, write_whole_on};
use crate::output::{Artifact, Output};

/// The manifest's name in the published folder.
pub const FILE: &str = ".letterpress-manifest.json";

/// In the place of a hash: the file is ours, and may be old, new or gone.
const PENDING: &str = "";

#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// Hashes by file.
    files: BTreeMap<String, String>,
    /// When it was written: after every file that it names.
    written: Option<SystemTime>,
    /// Whether it is there and can't be understood.
    is_damaged: bool,
}

impl Manifest {
    /// The manifest of the last run. One that can't be understood is as good as none: then every file is compared.
    pub(super) fn read(folder: &Path) -> io::Result<Self> {
        let path = folder.join(FILE);
        let bytes = match bounded::read_named(&path, bounded::LARGEST_FILE) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(named(&error, "read", &path)),
        };
        let read = serde_json::from_slice::<BTreeMap<String, String>>(&bytes);
        let is_damaged = read.is_err();
        let files = read.unwrap_or_default();
        let written = std::fs::symlink_metadata(&path).and_then(|found| found.modified()).ok();
        Ok(Self { files: files.into_iter().filter(|(file, _)| is_inside(file)).collect(), written, is_damaged })
    }

    pub(super) fn of(output: &Output) -> Self {
        let files = output.iter().map(|(file, artifact)| (file.to_owned(), artifact.fingerprint.to_string()));
        Self { files: files.collect(), ..Self::default() }
    }

    /// Whether it lists each file of `output` with its bytes. The manifest of an edition of the program that hashed otherwise does not.
    pub(super) fn is_of(&self, output: &Output) -> bool {
        let is_said =
            |(file, artifact): (&str, &Artifact)| self.files.get(file).is_some_and(|hash| is_hash(hash, artifact));
        self.files.len() == output.len() && output.iter().all(is_said)
    }

    /// Whether no file of the folder is ours.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Whether it was there and could not be understood: files of ours may be in the folder that it doesn't name.
    pub(super) fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    /// Whether a file is ours.
    pub(super) fn names(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    /// Whether a file below that folder is ours.
    pub(super) fn names_below(&self, folder: &str) -> bool {
        let below = format!("{folder}/");
        let mut from = self.files.range::<str, _>((Bound::Included(below.as_str()), Bound::Unbounded));
        from.next().is_some_and(|(file, _)| file.starts_with(&below))
    }

    /// The names of our files.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Our files with their hashes, by name.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(file, hash)| (file.as_str(), hash.as_str()))
    }

    /// The files that a run which was cut off was about to change.
    pub(super) fn pending(&self) -> impl Iterator<Item = &str> + Clone {
        self.files.iter().filter(|(_, hash)| *hash == PENDING).map(|(file, _)| file.as_str())
    }

    /// Whether the folder already has exactly these bytes under that name. A file that we wrote and that nobody has touched since is not
    /// read again.
    pub(super) fn holds(&self, folder: &Path, file: &str, artifact: &Artifact) -> bool {
        let path = path(folder, file);
        let Ok(found) = std::fs::symlink_metadata(&path) else { return false };
        if !found.is_file() || found.len() != artifact.length() as u64 {
            return false;
        }
        let is_known = self.files.get(file).is_some_and(|hash| is_hash(hash, artifact));
        (is_known && self.is_older(&found)) || is_same(&path, artifact)
    }

    /// The length of a file that nobody has touched since the manifest was written.
    pub(super) fn length_if_untouched(&self, folder: &Path, file: &str) -> Option<u64> {
        let found = std::fs::symlink_metadata(path(folder, file)).ok()?;
        (found.is_file() && self.is_older(&found)).then_some(found.len())
    }

    fn is_older(&self, found: &Metadata) -> bool {
        self.written.is_some_and(|written| found.modified().is_ok_and(|modified| modified <= written))
    }

    /// Says before the first change what will be ours and what may be anything until the run is over, so that one that is cut off leaves
    /// no file that nobody owns, and no hash that is not true. Waits for the disk: after a power cut the names must be known.
    pub(super) fn announce(&self, disk: &dyn Disk, folder: &Path, changing: &BTreeSet<&str>) -> io::Result<()> {
        let mut files = self.files.clone();
        files.extend(changing.iter().map(|file| ((*file).to_owned(), PENDING.to_owned())));
        let announced = Self { files, ..Self::default() };
        write_whole_on(&folder.join(FILE), |temporary| disk.write_through(temporary, &announced.json()?), disk)
    }

    pub(super) fn write(&self, disk: &dyn Disk, folder: &Path) -> io::Result<()> {
        write_whole_on(&folder.join(FILE), |temporary| disk.write(temporary, &self.json()?), disk)
    }

    fn json(&self) -> io::Result<Vec<u8>> {
        serde_json::to_vec_pretty(&self.files).map_err(io::Error::other)
    }
}

fn is_hash(hash: &str, artifact: &Artifact) -> bool {
    hash == artifact.fingerprint.to_string()
}

/// Whether a name stays in the folder, on the system that this runs on. One that leads out is not one that we wrote.
pub(super) fn is_inside(file: &str) -> bool {
    let is_name = |part: &str| {
        let mut components = Path::new(part).components();
        matches!((components.next(), components.next()), (Some(Component::Normal(name)), None) if name == part)
    };
    file.split('/').all(is_name)
}

/// Whether a file has the bytes of an artifact. What can't be read is written again.
fn is_same(path: &Path, artifact: &Artifact) -> bool {
    let (Ok(found), Ok(wanted)) = (std::fs::read(path), artifact.read()) else { return false };
    *found == *wanted
}
