//! Looking again and again → [`Touch`]es, for file systems that give no events (network shares, some containers).
//!
//! Compares what can be known of a file without reading it. A file that was written in the very moment of looking may be written once more
//! without another trace, so it counts as touched the next time too (git calls such a file racily clean).

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, SystemTime};

use walkdir::{DirEntry, WalkDir};

use super::debounce::{Stage, Touch};
use super::external_files::ExternalFiles;
use crate::collect::is_editor_leftover;
use crate::source::{CONFIG_FILE, CONTENT_FOLDER, THEMES_FOLDER};

/// Time between two looks.
const INTERVAL: Duration = Duration::from_millis(400);
/// The coarsest clock of a file system in use (FAT).
const COARSEST: Duration = Duration::from_secs(2);

/// What is known of a file without reading it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Trace {
    length: u64,
    written: Option<SystemTime>,
    number: u64,
    /// Whether it was written too recently to be sure of it.
    is_fresh: bool,
}

type Seen = BTreeMap<PathBuf, Trace>;

/// Looks at the site's files until nobody listens.
pub(super) fn start(folder: &Path, external: ExternalFiles, touches: Sender<Touch>) {
    let folder = folder.to_path_buf();
    let mut seen = look(&folder, &external);
    thread::spawn(move || {
        loop {
            thread::sleep(INTERVAL);
            let now = look(&folder, &external);
            for path in differences(&seen, &now) {
                if touches.send(Touch::Path { path, stage: Stage::Settled }).is_err() {
                    return;
                }
            }
            seen = now;
        }
    });
}

fn look(folder: &Path, external: &ExternalFiles) -> Seen {
    let roots = [CONFIG_FILE, CONTENT_FOLDER, THEMES_FOLDER].map(|name| folder.join(name));
    let entries = roots.into_iter().chain(external.all()).flat_map(|root| {
        let walk = WalkDir::new(root).follow_links(true).into_iter();
        walk.filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_str().is_some_and(is_editor_leftover))
    });
    let now = SystemTime::now();
    entries.filter_map(|entry| seen(entry, now)).collect()
}

/// A file as it is now. What can't be looked at, such as a link that leads nowhere or back to its folder, may be another thing next time.
fn seen(entry: walkdir::Result<DirEntry>, now: SystemTime) -> Option<(PathBuf, Trace)> {
    match entry {
        Ok(entry) if entry.file_type().is_dir() => None,
        Ok(entry) => Some((entry.path().to_path_buf(), trace(&entry.metadata().ok()?, now))),
        Err(error) => Some((error.path()?.to_path_buf(), Trace::default())),
    }
}

fn trace(found: &Metadata, now: SystemTime) -> Trace {
    let written = found.modified().ok();
    let age = written.and_then(|written| now.duration_since(written).ok()).unwrap_or_default();
    Trace { length: found.len(), written, number: number(found), is_fresh: age < COARSEST }
}

#[cfg(unix)]
fn number(found: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> u64 {
    0
}

/// Paths that differ, or of which it can't be known.
fn differences(before: &Seen, now: &Seen) -> Vec<PathBuf> {
    let is_same =
        |a: &Trace, b: &Trace| !a.is_fresh && (a.length, a.written, a.number) == (b.length, b.written, b.number);
    let changed = now.iter().filter(|(path, trace)| before.get(*path).is_none_or(|known| !is_same(known, trace)));
    let gone = before.iter().filter(|(path, _)| !now.contains_key(*path));
    changed.chain(gone).map(|(path, _)| path.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_written_twice_in_one_moment_is_seen_twice() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("content/a.md");
        std::fs::create_dir_all(folder.path().join("content")).unwrap();
        std::fs::write(&file, "one").unwrap();
        let external = ExternalFiles::default();
        let first = look(folder.path(), &external);
        assert_eq!(differences(&first, &look(folder.path(), &external)), [file]);
    }
}
