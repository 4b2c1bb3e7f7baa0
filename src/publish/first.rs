//! The first publication into a folder that holds nothing: all files are written below one folder in it, and moved out by their first names.
//!
//! That is a rename a folder and not one a file, which takes a fifth off the time. What is promised stays the same: a file has its own name when
//! it is whole. Later publications, and those on Windows, where a folder can't be renamed while a virus scanner looks into it, take each
//! file by itself.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::disk::Disk;
use super::manifest::FILE as MANIFEST_FILE;
use super::{Changed, folders, folders_of, is_absent, lock, path};
use crate::collect::named;

/// Where the files are until all of them are written.
const STAGE: &str = ".letterpress-first";

/// Whether nothing lies in the folder that a publication would have to look at.
pub(super) fn is_first(folder: &Path) -> io::Result<bool> {
    let listed = |error: &io::Error| named(error, "list", folder);
    for entry in std::fs::read_dir(folder).map_err(|error| listed(&error))? {
        let name = entry.map_err(|error| listed(&error))?.file_name();
        if name != MANIFEST_FILE && name != lock::FILE {
            return Ok(false);
        }
    }
    Ok(cfg!(unix))
}

/// Writes all files; if that fails, what was written and has not its own name yet is removed again.
pub(super) fn write(disk: &dyn Disk, folder: &Path, files: &Changed<'_>) -> io::Result<()> {
    let written = write_all(disk, folder, files).and_then(|()| move_out(disk, folder, files));
    if written.is_err() {
        // The first error is the one that matters.
        let _ = clear(disk, folder, files.iter().map(|(file, _)| *file));
    }
    written
}

fn write_all(disk: &dyn Disk, folder: &Path, files: &Changed<'_>) -> io::Result<()> {
    let stage = stage(folder);
    disk.create_folder(&stage).map_err(|error| named(&error, "create", &stage))?;
    folders::create(disk, &stage, files.iter().map(|(file, _)| *file))?;
    files.par_iter().try_for_each(|(file, artifact)| {
        let written = artifact.read().and_then(|bytes| disk.write(&path(&stage, file), &bytes));
        written.map_err(|error| named(&error, "write", &path(folder, file)))
    })
}

/// Gives the files their own names, pages of the first folder last: they lead to all others.
fn move_out(disk: &dyn Disk, folder: &Path, files: &Changed<'_>) -> io::Result<()> {
    let names: BTreeSet<&str> = files.iter().map(|(file, _)| file.split('/').next().unwrap_or(file)).collect();
    let (pages, others): (Vec<&str>, Vec<&str>) = names.into_iter().partition(|name| name.ends_with(".html"));
    for name in others.into_iter().chain(pages) {
        let to = folder.join(name);
        disk.rename(&stage(folder).join(name), &to).map_err(|error| named(&error, "write", &to))?;
    }
    disk.remove_folder(&stage(folder)).map_err(|error| named(&error, "remove", &stage(folder)))
}

/// Removes what a publication that was cut off left of these files. Nothing is removed that it did not write.
pub(super) fn clear<'a>(
    disk: &dyn Disk,
    folder: &Path,
    files: impl Iterator<Item = &'a str> + Clone,
) -> io::Result<()> {
    let stage = stage(folder);
    if !std::fs::symlink_metadata(&stage).is_ok_and(|found| found.is_dir()) {
        return Ok(());
    }
    for path in files.clone().map(|file| path(&stage, file)) {
        match disk.remove_file(&path) {
            Err(error) if !is_absent(&error) => return Err(named(&error, "remove", &path)),
            _ => {}
        }
    }
    for folder in folders_of(files).into_iter().rev().map(|folder| path(&stage, folder)).chain([stage.clone()]) {
        // Fails, as it should, for a folder that is not there, or holds something of somebody else's.
        let _ = disk.remove_folder(&folder);
    }
    Ok(())
}

fn stage(folder: &Path) -> PathBuf {
    folder.join(STAGE)
}
