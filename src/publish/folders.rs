//! The folders of published files: created as they are needed, removed when the last file of ours is gone, links out of them never followed.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::paths::{folders_of, is_absent, path};
use crate::files::disk::Disk;
use crate::files::named;

/// Makes the folders of these files.
pub(super) fn create<'a>(disk: &dyn Disk, top: &Path, files: impl Iterator<Item = &'a str>) -> io::Result<()> {
    let mut by_depth: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    folders_of(files).into_iter().for_each(|folder| by_depth.entry(depth(folder)).or_default().push(folder));
    by_depth.values().try_for_each(|folders| folders.par_iter().try_for_each(|folder| made(disk, &path(top, folder))))
}

fn depth(folder: &str) -> usize {
    folder.matches('/').count()
}

fn made(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    match disk.create_folder(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => refuse_link(folder),
        Err(error) => Err(named(&error, "create", folder)),
    }
}

/// A link among the folders may lead anywhere, and what it leads to is not ours to write.
fn refuse_link(folder: &Path) -> io::Result<()> {
    let found = std::fs::symlink_metadata(folder).map_err(|error| named(&error, "look at", folder))?;
    let what = match found.is_symlink() {
        true => "a link; remove it, so that nothing is written where it leads",
        false if found.is_dir() => return Ok(()),
        false => "a file that Letterpress has not written; move it away",
    };
    let message = format!("could not write into {}: it is {what}", folder.display());
    Err(io::Error::new(io::ErrorKind::AlreadyExists, message))
}

/// Removes files of an earlier run, and the folders that they leave empty.
pub(super) fn remove_files(disk: &dyn Disk, top: &Path, files: &[&str]) -> io::Result<()> {
    let reached = |file: &&&str| folders_of(std::iter::once(**file)).into_iter().all(|folder| is_folder(top, folder));
    for file in files.iter().filter(reached) {
        let path = path(top, file);
        match disk.remove_file(&path) {
            Ok(()) => remove_empty(disk, top, &path),
            Err(error) if is_absent(&error) => remove_empty(disk, top, &path),
            Err(_) if path.is_dir() => {}
            Err(error) => return Err(named(&error, "remove", &path)),
        }
    }
    Ok(())
}

fn is_folder(top: &Path, folder: &str) -> bool {
    std::fs::symlink_metadata(path(top, folder)).is_ok_and(|found| found.is_dir())
}

fn remove_empty(disk: &dyn Disk, top: &Path, path: &Path) {
    let above = path.ancestors().skip(1).take_while(|folder| *folder != top && folder.starts_with(top));
    for folder in above {
        // Fails, as it should, for a folder that still holds something.
        if disk.remove_folder(folder).is_err() {
            return;
        }
    }
}
