//! A walk over all that a build reads, through every link → the [`PathMap`], and what must be watched.
//!
//! Each folder is watched before it is read, never the other way round: so what is made in a folder that is itself new is either found or
//! reported by an event.

use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::path::{Component, Path, PathBuf};

use super::path_map::{Entry, PathMap};
use crate::collect::{is_editor_leftover, is_of_the_system};

/// What must be watched, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A folder whose files are read.
    Folder,
    /// A folder on the way to one, which may be renamed.
    Step,
    /// A folder that holds a link, or what a link leads to.
    Link,
    /// A file with several names, which may be written by one of the others.
    File,
}

/// Links that lead to links are followed so often, as Linux does.
const MOST_LINKS: usize = 40;

/// Walks over what is at `roots`. `want` hears of each path to watch before it is read, possibly several times.
pub(super) fn survey(roots: &[PathBuf], want: &mut dyn FnMut(&Path, Wanted)) -> PathMap {
    let mut survey = Survey { map: PathMap::default(), unread: Vec::new(), want };
    for root in roots {
        survey.follow(PathBuf::new(), root.as_os_str().to_owned(), &Entry::Root(root.clone()));
    }
    while let Some(folder) = survey.unread.pop() {
        survey.read(&folder);
    }
    survey.map
}

struct Survey<'a> {
    map: PathMap,
    /// Folders that are known and not yet read.
    unread: Vec<PathBuf>,
    want: &'a mut dyn FnMut(&Path, Wanted),
}

impl Survey<'_> {
    fn read(&mut self, folder: &Path) {
        (self.want)(folder, Wanted::Folder);
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        for entry in entries.filter(|entry| !entry.file_name().to_str().is_some_and(is_editor_leftover)) {
            let Ok(kind) = entry.file_type() else { continue };
            let known = Entry::Inside(folder.to_path_buf(), entry.file_name());
            if kind.is_dir() {
                self.enter(entry.path(), known);
            } else if kind.is_symlink() {
                self.follow(folder.to_path_buf(), entry.file_name(), &known);
            } else {
                self.file(&entry.path());
            }
        }
    }

    fn enter(&mut self, real: PathBuf, entry: Entry) {
        if !is_of_the_system(&real) && self.map.add_folder(&real, entry) {
            self.unread.push(real);
        }
    }

    /// Follows an entry to its end.
    fn follow(&mut self, folder: PathBuf, path: OsString, entry: &Entry) {
        let Some((real, found)) = self.end(folder, path, entry) else { return };
        if found.is_dir() {
            self.enter(real, entry.clone());
        } else {
            self.file(&real);
        }
    }

    /// Where a path leads from a real folder. `None` if it leads nowhere.
    fn end(&mut self, folder: PathBuf, path: OsString, entry: &Entry) -> Option<(PathBuf, Metadata)> {
        let mut real = folder;
        let mut left = vec![path];
        let mut links = 0;
        while let Some(path) = left.pop() {
            let mut parts = Path::new(&path).components();
            let Some(part) = parts.next() else { continue };
            left.push(parts.as_path().as_os_str().to_owned());
            match part {
                Component::Prefix(_) | Component::RootDir => real.push(part),
                Component::CurDir => {}
                Component::ParentDir => drop(real.pop()),
                Component::Normal(name) => {
                    let is_last = left.iter().all(|rest| rest.is_empty());
                    match self.step(&mut real, Path::new(name), is_last, entry)? {
                        None => {}
                        Some(_) if links == MOST_LINKS => return None,
                        Some(target) => {
                            links += 1;
                            left.push(target.into_os_string());
                        }
                    }
                }
            }
        }
        let found = real.symlink_metadata().ok()?;
        Some((real, found))
    }

    /// Goes one step into a folder. Gives the target of a link; `None` if there is nothing of that name.
    fn step(&mut self, real: &mut PathBuf, name: &Path, is_last: bool, entry: &Entry) -> Option<Option<PathBuf>> {
        (self.want)(real, Wanted::Step);
        let step = real.join(name);
        self.map.add_step(step.clone(), entry.clone());
        let found = step.symlink_metadata().ok();
        let is_link = found.as_ref().is_some_and(Metadata::is_symlink);
        if is_link || is_last || found.is_none() {
            (self.want)(real, Wanted::Link);
        }
        found?;
        if is_link {
            return fs::read_link(&step).ok().map(Some);
        }
        *real = step;
        Some(None)
    }

    fn file(&mut self, path: &Path) {
        if has_other_names(path) {
            (self.want)(path, Wanted::File);
        }
    }
}

/// Whether a file has hard links: what is written by one name is reported for that name alone.
#[cfg(unix)]
pub(super) fn has_other_names(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    path.symlink_metadata().is_ok_and(|found| found.is_file() && found.nlink() > 1)
}

#[cfg(not(unix))]
pub(super) fn has_other_names(_: &Path) -> bool {
    false
}
