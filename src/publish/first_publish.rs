//! The first publication into a folder that holds nothing: all files are written below one folder in it, and moved out by their first names.
//!
//! That is a rename a folder and not one a file, which takes a fifth off the time. What is promised stays the same: a file has its own name when
//! it is whole. Later publications, and those on Windows, where a folder can't be renamed while a virus scanner looks into it, take each
//! file by itself.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::FILE as MANIFEST_FILE;
use super::paths::{Changed, is_absent, path};
use super::{folders, lock};
use crate::files::disk::Disk;
use crate::files::named;

/// Where the files are until all of them are written.
pub(super) const STAGE: &str = ".letterpress-first";

/// Whether the folder contains nothing that a publication would have to compare.
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
        let _ = clear(disk, folder);
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

/// Removes what a publication that was cut off left below the folder for first publications. Links in it are not followed.
pub(super) fn clear(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    let stage = stage(folder);
    match std::fs::symlink_metadata(&stage).is_ok_and(|found| found.is_dir()) {
        true => remove_all(disk, &stage),
        false => Ok(()),
    }
}

fn remove_all(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    let listed = |error: io::Error| named(&error, "list", folder);
    for entry in std::fs::read_dir(folder).map_err(listed)? {
        let entry = entry.map_err(listed)?;
        let path = entry.path();
        if entry.file_type().map_err(listed)?.is_dir() {
            remove_all(disk, &path)?;
        } else {
            removed(disk.remove_file(&path), &path)?;
        }
    }
    removed(disk.remove_folder(folder), folder)
}

fn removed(result: io::Result<()>, path: &Path) -> io::Result<()> {
    match result {
        Err(error) if !is_absent(&error) => Err(named(&error, "remove", path)),
        _ => Ok(()),
    }
}

fn stage(folder: &Path) -> PathBuf {
    folder.join(STAGE)
}
