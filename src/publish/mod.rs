//! [`Output`] → a folder such as `public/`: the only writer of a site. Writes only what changed, and removes only what an earlier run wrote.
//!
//! **What is promised.** Whatever ends a run, be it a kill, a full disk or a fault of the disk, each published file is whole, old or new: it is
//! written under another name, or the first time in another folder, and renamed. The manifest names every file that is ours, before the first of
//! them is written, and has a hash only for files that have those bytes; so the next run knows what to repair and which leftovers are ours.
//! Images, styles and scripts are written before the pages that name them, and old files are removed after both, so that a reader meanwhile
//! finds what a page asks for. A file that somebody else changed is repaired if its length or time differs; one with an older time and the
//! same length is not looked at. A file of somebody else's stays: if one of ours would have its name, nothing is written. Links among the folders are
//! not followed. Two runs at once come one after the other.
//!
//! **What is not.** The files themselves are not flushed to the disk one by one, which would cost minutes in a large site. After a power cut
//! one may be empty, as the file system has it; the next run sees that by its length.

mod compress;
mod first_publish;
mod folders;
mod foreign_files;
mod lock;
mod manifest;
mod output_checks;
mod own_names;
mod paths;
mod removed_pages;
mod step;
#[cfg(test)]
mod tests;
mod unknown_files;

use std::collections::HashSet;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use crate::files::disk::{Disk, RealDisk};
use crate::files::{named, sweep, temporary, write_whole_on};
use crate::output::{Artifact, Output};
use crate::storage::Hash;
use lock::Lock;
use manifest::Manifest;
use own_names::is_own_name;
use paths::{Changed, folders_of, is_absent, path};

pub use compress::compress;
pub(crate) use compress::{brotli, gzip, is_text};
pub use foreign_files::ForeignFiles;
pub use manifest::FILE as MANIFEST_FILE;
pub use output_checks::{Refusal, check as check_folder};
pub use removed_pages::{RemovedPage, lost};
pub use step::{Step, Tell, no_lock};
pub use unknown_files::unknown_files;

/// What was done to the folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Published {
    /// Files written.
    pub written: usize,
    /// Files removed.
    pub removed: usize,
    /// Files left as they were.
    pub unchanged: usize,
    /// Whether there was nothing in the folder before.
    pub is_first: bool,
}

/// Brings `folder` up to date with `output`, after any other run that is writing to it.
///
/// # Errors
/// The first file that could not be written or removed, by its path. Every file is then whole, old or new, and the next run goes on from there.
pub fn publish(output: &Output, folder: &Path, tell: Tell<'_>) -> io::Result<Published> {
    std::fs::create_dir_all(folder).map_err(|error| named(&error, "create", folder))?;
    let _lock = Lock::take(folder, &|step| tell(step))?;
    publish_on(&RealDisk, output, folder, tell)
}

/// A published folder in which every file is as the last run left it.
#[derive(Debug)]
pub struct State {
    /// A hash of the files' names, hashes and lengths.
    pub hash: Hash,
    /// Their names.
    pub files: Vec<String>,
}

/// The state of a folder; `None` if a run is going on or was cut off, if a file is gone, or if somebody else wrote one.
#[must_use]
pub fn state(folder: &Path) -> Option<State> {
    let manifest = Manifest::read(folder).ok()?;
    let is_cut_off = temporary(&folder.join(MANIFEST_FILE)).exists();
    if is_cut_off || manifest.pending().next().is_some() {
        return None;
    }
    let entries: Vec<(&str, &str)> = manifest.entries().collect();
    let lengths: Option<Vec<u64>> =
        entries.par_iter().map(|(file, _)| manifest.length_if_untouched(folder, file)).collect();
    let entries = entries.into_iter().zip(lengths?).map(|((file, hash), length)| (file, hash, length));
    Some(State { hash: state_hash(entries), files: manifest.files().map(str::to_owned).collect() })
}

/// The names of the files that the last run wrote into a folder, in their order. `None` if it was cut off, or if there was none.
///
/// # Errors
/// If the folder can't be read.
pub(crate) fn published_files(folder: &Path) -> io::Result<Option<Vec<String>>> {
    std::fs::read_dir(folder).map_err(|error| named(&error, "list", folder))?;
    let manifest = Manifest::read(folder)?;
    let is_finished = manifest.pending().next().is_none();
    Ok(is_finished.then(|| manifest.files().map(str::to_owned).collect()))
}

/// The hash of the [`State`] of a folder into which `output` was published, as long as nobody changes a file.
#[must_use]
pub fn published_hash(output: &Output) -> Hash {
    state_hash(output.iter().map(|(file, artifact)| (file, artifact.fingerprint.to_string(), artifact.length() as u64)))
}

/// A hash of files, in the order of their names: name, hash and length.
fn state_hash<'a>(files: impl Iterator<Item = (&'a str, impl AsRef<str>, u64)>) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for (file, hash, length) in files {
        hasher.update(file.as_bytes()).update(b"\0").update(hash.as_ref().as_bytes()).update(&length.to_le_bytes());
    }
    hasher.finalize()
}

fn publish_on(disk: &dyn Disk, output: &Output, folder: &Path, tell: Tell<'_>) -> io::Result<Published> {
    refuse_unfit(output)?;
    let manifest = Manifest::read(folder)?;
    clear_leftovers(disk, folder, &manifest, output)?;
    let files: Changed<'_> = output.iter().collect();
    if !files.is_empty() && manifest.is_empty() && first_publish::is_first(folder)? {
        return publish_first(disk, &files, output, folder, tell);
    }
    let changed: Changed<'_> =
        files.into_par_iter().filter(|(file, artifact)| !manifest.holds(folder, file, artifact)).collect();
    foreign_files::refuse_to_replace(folder, &changed, &manifest)?;
    let old: Vec<&str> = manifest.files().filter(|file| output.get(file).is_none()).collect();
    let (written, removed, unchanged) = (changed.len(), old.len(), output.len() - changed.len());
    let published = Published { written, removed, unchanged, is_first: false };
    if changed.is_empty() && old.is_empty() && manifest.is_of(output) {
        return Ok(published);
    }
    let (in_the_way, old) = in_the_way_or_not(old, output, &changed);
    let changing = changed.iter().map(|(file, _)| *file).chain(old.iter().copied()).chain(in_the_way.iter().copied());
    manifest.announce(disk, folder, &changing.collect())?;
    changed.iter().for_each(|(file, _)| tell(Step::Write(file)));
    old.iter().chain(&in_the_way).for_each(|file| tell(Step::Remove(file)));
    folders::remove_files(disk, folder, &in_the_way)?;
    folders::create(disk, folder, changed.iter().map(|(file, _)| *file))?;
    let (pages, parts): (Changed<'_>, Changed<'_>) = changed.into_iter().partition(|(file, _)| file.ends_with(".html"));
    write(disk, folder, &parts)?;
    write(disk, folder, &pages)?;
    folders::remove_files(disk, folder, &old)?;
    Manifest::of(output).write(disk, folder)?;
    Ok(published)
}

/// All files into a folder that holds nothing.
fn publish_first(
    disk: &dyn Disk,
    files: &Changed<'_>,
    output: &Output,
    folder: &Path,
    tell: Tell<'_>,
) -> io::Result<Published> {
    Manifest::default().announce(disk, folder, &files.iter().map(|(file, _)| *file).collect())?;
    files.iter().for_each(|(file, _)| tell(Step::Write(file)));
    first_publish::write(disk, folder, files)?;
    Manifest::of(output).write(disk, folder)?;
    Ok(Published { written: files.len(), is_first: true, ..Published::default() })
}

/// No pass returns such names; if one ever did, nothing would be written.
fn refuse_unfit(output: &Output) -> io::Result<()> {
    let fault = |message: String| Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    // In their order, all files below `a` come behind `a`, and of these names each begins as the one before it does.
    let mut beginnings: Vec<&str> = Vec::new();
    for (file, _) in output.iter() {
        if !manifest::is_inside(file) {
            return fault(format!("{file:?} would lie outside of the folder"));
        }
        if is_own_name(file) {
            return fault(format!("{file:?} is a name that Letterpress needs for itself"));
        }
        while beginnings.pop_if(|beginning| !file.starts_with(*beginning)).is_some() {}
        if let Some(above) = beginnings.iter().find(|above| file[above.len()..].starts_with('/')) {
            return fault(format!("{above:?} can't be a file, since {file:?} needs a folder of that name"));
        }
        beginnings.push(file);
    }
    Ok(())
}

/// Old files, those first that must go before new ones can come: where one lay is now a folder, or the other way round, or a name that
/// differs in case alone, which is the same one on some systems.
fn in_the_way_or_not<'a>(old: Vec<&'a str>, output: &Output, changed: &Changed<'_>) -> (Vec<&'a str>, Vec<&'a str>) {
    let folded: HashSet<String> = changed.iter().map(|(file, _)| file.to_lowercase()).collect();
    let is_in_the_way = |old: &&str| {
        let lies_below_a_file = old.match_indices('/').any(|(at, _)| output.get(&old[..at]).is_some());
        lies_below_a_file || output.holds_below(old) || folded.contains(&old.to_lowercase())
    };
    old.into_iter().partition(is_in_the_way)
}

/// What runs that were cut off left: beside the files that they were about to write, or, if no manifest names these, beside any.
fn clear_leftovers(disk: &dyn Disk, folder: &Path, manifest: &Manifest, output: &Output) -> io::Result<()> {
    let files = manifest.pending().map(|file| path(folder, file)).chain([folder.join(MANIFEST_FILE)]);
    for leftover in files.map(|file| temporary(&file)) {
        match disk.remove_file(&leftover) {
            Err(error) if !is_absent(&error) => return Err(named(&error, "remove", &leftover)),
            _ => {}
        }
    }
    if manifest.is_empty() {
        let folders = folders_of(output.iter().map(|(file, _)| file));
        folders.into_iter().chain([""]).for_each(|inside| sweep(&path(folder, inside)));
    }
    first_publish::clear(disk, folder)
}

fn write(disk: &dyn Disk, folder: &Path, files: &[(&str, &Artifact)]) -> io::Result<()> {
    files.par_iter().try_for_each(|(file, artifact)| {
        write_whole_on(&path(folder, file), |temporary| disk.write(temporary, &artifact.read()?), disk)
    })
}
