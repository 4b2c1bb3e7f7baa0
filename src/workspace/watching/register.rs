//! What the system watches for us: each file or folder once, by one of its real paths.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::path_map::PathMap;
use super::survey::Wanted;

/// What distinguishes a file or folder from another one of the same name; the same for all where the system has no such number.
type Identity = Option<(u64, u64)>;

/// All that is watched.
pub(super) struct Register {
    watcher: RecommendedWatcher,
    watched: HashMap<PathBuf, Identity>,
    /// Paths at and below which something else may be by now, even of the same number.
    forgotten: HashSet<PathBuf>,
    is_all_forgotten: bool,
}

impl Register {
    pub(super) fn new(watcher: RecommendedWatcher) -> Self {
        Self { watcher, watched: HashMap::new(), forgotten: HashSet::new(), is_all_forgotten: false }
    }

    /// Whether a path is watched itself.
    pub(super) fn holds(&self, path: &Path) -> bool {
        self.watched.contains_key(path)
    }

    /// Has what is at a path and below it watched from new in the next round.
    pub(super) fn forget(&mut self, path: &Path) {
        self.forgotten.insert(path.to_path_buf());
    }

    /// The same for everything.
    pub(super) fn forget_all(&mut self) {
        self.is_all_forgotten = true;
    }

    /// Starts a new list of what is to be watched.
    pub(super) fn round(&mut self) -> Round<'_> {
        let known = self.watched.iter().filter_map(|(path, identity)| Some(((*identity)?, path.clone())));
        let by_identity = known.collect();
        Round {
            register: self,
            by_identity,
            wanted: HashSet::new(),
            trees: HashSet::new(),
            twins: Vec::new(),
            failed: None,
        }
    }

    fn is_forgotten(&self, path: &Path) -> bool {
        self.is_all_forgotten || path.ancestors().any(|folder| self.forgotten.contains(folder))
    }

    fn unwatch(&mut self, path: &Path) {
        if self.watched.remove(path).is_some() {
            // The system has ended it already if the folder is gone.
            let _ = self.watcher.unwatch(path);
        }
    }
}

/// A round in which everything that is to be watched is named again.
pub(super) struct Round<'a> {
    register: &'a mut Register,
    by_identity: HashMap<(u64, u64), PathBuf>,
    wanted: HashSet<PathBuf>,
    /// Folders that are watched with all that is below them.
    trees: HashSet<PathBuf>,
    /// Paths of what is watched by another name.
    twins: Vec<(PathBuf, PathBuf)>,
    failed: Option<notify::Error>,
}

impl Round<'_> {
    /// Watches a path, if it isn't watched yet.
    pub(super) fn want(&mut self, path: &Path, wanted: Wanted) {
        let Some(mode) = mode(wanted) else { return };
        let is_covered = path.ancestors().any(|folder| self.trees.contains(folder));
        if is_covered || !self.wanted.insert(path.to_path_buf()) {
            return;
        }
        if mode == RecursiveMode::Recursive {
            self.trees.insert(path.to_path_buf());
        }
        let Some(identity) = identity(path) else { return };
        match self.register.watched.get(path) {
            Some(known) if *known == identity && !self.register.is_forgotten(path) => return,
            Some(_) => self.register.unwatch(path),
            None => {}
        }
        if !self.is_twin(path, identity) {
            self.watch(path, mode, identity);
        }
    }

    /// Whether the same file or folder is watched by another name. To watch it by both would have the first one's end take both away.
    fn is_twin(&mut self, path: &Path, wanted: Identity) -> bool {
        let Some(other) = wanted.and_then(|wanted| self.by_identity.get(&wanted)).filter(|other| *other != path) else {
            return false;
        };
        let other = other.clone();
        if identity(&other) == Some(wanted) && !self.register.is_forgotten(&other) {
            self.twins.push((other, path.to_path_buf()));
            return true;
        }
        self.register.unwatch(&other);
        false
    }

    fn watch(&mut self, path: &Path, mode: RecursiveMode, identity: Identity) {
        match self.register.watcher.watch(path, mode) {
            Ok(()) => {
                self.register.watched.insert(path.to_path_buf(), identity);
                self.by_identity.extend(identity.map(|identity| (identity, path.to_path_buf())));
            }
            // What can't be read is reported by those who read; what has vanished needs no watching.
            Err(fault) if is_absent(&fault) => {}
            Err(fault) => drop(self.failed.get_or_insert(fault)),
        }
    }

    /// Ends what nobody wanted in this round.
    ///
    /// # Errors
    /// What kept something from being watched.
    pub(super) fn finish(self, map: &mut PathMap) -> Result<(), notify::Error> {
        self.twins.iter().for_each(|(path, twin)| map.add_twin(path, twin));
        let is_unwanted = |path: &&PathBuf| !self.wanted.contains(*path) && !map.has_twins(path);
        let unwanted: Vec<PathBuf> = self.register.watched.keys().filter(is_unwanted).cloned().collect();
        unwanted.iter().for_each(|path| self.register.unwatch(path));
        self.register.forgotten.clear();
        self.register.is_all_forgotten = false;
        self.failed.map_or(Ok(()), Err)
    }
}

/// Whether the system watches a folder with all that is below it.
const WATCHES_TREES: bool = cfg!(any(windows, target_os = "macos"));

/// How something is watched here; `None` if it isn't. Where trees are watched, the folders on the way to a link would bring the whole disk.
fn mode(wanted: Wanted) -> Option<RecursiveMode> {
    match wanted {
        Wanted::Folder if WATCHES_TREES => Some(RecursiveMode::Recursive),
        Wanted::Step | Wanted::File if WATCHES_TREES => None,
        _ => Some(RecursiveMode::NonRecursive),
    }
}

fn is_absent(fault: &notify::Error) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
    match &fault.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => matches!(error.kind(), NotFound | NotADirectory | PermissionDenied),
        _ => false,
    }
}

/// What is at a path, whatever it is called. `None` if there is nothing.
#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    path.symlink_metadata().ok().map(|found| Some((found.dev(), found.ino())))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    path.symlink_metadata().ok().map(|_| None)
}
