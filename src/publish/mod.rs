//! [`Output`] → a folder such as `public/`: the only writer of a site.
//!
//! Writes only what changed, each file whole or not at all, and removes only files that an earlier run wrote: the manifest names them.
//! A file of somebody else's stays.

mod compress;
mod guard;
mod lost;
mod manifest;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::collect::named;
use crate::output::{Artifact, Output};
use manifest::Manifest;

pub use compress::compress;
pub use guard::{Refusal, check as check_folder};
pub use lost::{Lost, lost};
pub use manifest::FILE as MANIFEST_FILE;

/// What was done to the folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Published {
    /// Files written.
    pub written: usize,
    /// Files removed.
    pub removed: usize,
    /// Files left as they were.
    pub unchanged: usize,
}

/// Brings `folder` up to date with `output`.
///
/// # Errors
/// The first file that could not be written or removed, by its path. Every file is then whole, old or new, and the next run goes on from there.
pub fn publish(output: &Output, folder: &Path) -> io::Result<Published> {
    std::fs::create_dir_all(folder).map_err(|error| named(&error, "create", folder))?;
    let manifest = Manifest::read(folder)?;
    let changed: Vec<(&str, &Artifact)> =
        output.iter().filter(|(file, artifact)| !manifest.holds(folder, file, artifact)).collect();
    let strays: Vec<&str> = manifest.files().filter(|file| output.get(file).is_none()).collect();
    let published =
        Published { written: changed.len(), removed: strays.len(), unchanged: output.len() - changed.len() };
    if changed.is_empty() && strays.is_empty() {
        return Ok(published);
    }
    manifest.announce(folder, &changed)?;
    remove(folder, &strays)?;
    write(folder, &changed)?;
    Manifest::of(output).write(folder)?;
    Ok(published)
}

fn write(folder: &Path, files: &[(&str, &Artifact)]) -> io::Result<()> {
    let paths: Vec<(PathBuf, &Artifact)> =
        files.iter().map(|(file, artifact)| (path(folder, file), *artifact)).collect();
    let parents: BTreeSet<&Path> = paths.iter().filter_map(|(path, _)| path.parent()).collect();
    for parent in parents {
        std::fs::create_dir_all(parent).map_err(|error| named(&error, "create", parent))?;
    }
    paths.par_iter().try_for_each(|(path, artifact)| write_whole(path, &artifact.bytes))
}

/// Writes beside the file and renames, so that a reader, a crash or a full disk never meets half of it.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = temporary(path);
    let written = std::fs::write(&temporary, bytes).and_then(|()| std::fs::rename(&temporary, path));
    written.map_err(|error| {
        // The file may not even have been made; what matters is the first error.
        let _ = std::fs::remove_file(&temporary);
        named(&error, "write", path)
    })
}

fn temporary(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".letterpress-");
    name.push(path.file_name().unwrap_or_default());
    name.push(".new");
    path.with_file_name(name)
}

/// Removes files of an earlier run, and the folders that they leave empty.
fn remove(folder: &Path, files: &[&str]) -> io::Result<()> {
    for file in files {
        let path = path(folder, file);
        match std::fs::remove_file(&path) {
            Ok(()) => remove_empty_folders(folder, &path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(named(&error, "remove", &path)),
        }
    }
    Ok(())
}

fn remove_empty_folders(top: &Path, path: &Path) {
    let above = path.ancestors().skip(1).take_while(|folder| *folder != top && folder.starts_with(top));
    for folder in above {
        // Fails, as it should, for a folder that still holds something.
        if std::fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

fn path(folder: &Path, file: &str) -> PathBuf {
    file.split('/').fold(folder.to_path_buf(), |path, part| path.join(part))
}

/// Files of an earlier or of this run, by name.
type Files = BTreeMap<String, String>;
