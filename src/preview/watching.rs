//! The file system's events → [`Touch`]es.
//!
//! Where the system watches folder by folder (inotify), each folder is watched before it is read, never the other way round: so a file made
//! in a folder that was itself just made is either read or told. A link to a file is touched when the folder that it leads to is.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::{AccessKind, AccessMode, CreateKind, Event, EventKind, ModifyKind, RenameMode};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _, WatcherKind};
use walkdir::WalkDir;

use super::burst::{Stage, Touch};
use super::named::Named;
use crate::collect::{CONFIG_FILE, CONTENT_FOLDER, THEMES_FOLDER, is_editor_leftover};

/// Watches a site's files.
pub(super) struct Watching {
    site: PathBuf,
    watcher: RecommendedWatcher,
    /// Files elsewhere that the configuration names.
    named: Named,
    /// Links to files, by the folder in which the file itself lies.
    linked: BTreeMap<PathBuf, Vec<PathBuf>>,
}

/// Why watching is not possible.
pub(super) type Fault = notify::Error;

impl Watching {
    /// Watches the site in `folder`; what is touched goes to `touches`.
    pub(super) fn start(folder: &Path, named: Named, touches: Sender<Touch>) -> Result<Self, Fault> {
        let site = folder.to_path_buf();
        let watcher = notify::recommended_watcher(move |event: Result<Event, Fault>| {
            for touch in read(event) {
                // Nobody listens any more when the preview is stopping.
                let _ = touches.send(touch);
            }
        })?;
        let mut watching = Self { site, watcher, named, linked: BTreeMap::new() };
        watching.watcher.watch(folder, RecursiveMode::NonRecursive)?;
        watching.attend_all()?;
        Ok(watching)
    }

    /// Watches everything that a build may read.
    pub(super) fn attend_all(&mut self) -> Result<(), Fault> {
        let folders = [self.site.join(CONTENT_FOLDER), self.site.join(THEMES_FOLDER)];
        folders.iter().try_for_each(|folder| self.attend(folder))?;
        self.attend_named()
    }

    /// Watches the folders of files that the configuration names.
    pub(super) fn attend_named(&mut self) -> Result<(), Fault> {
        let files = self.named.all();
        let folders: BTreeSet<&Path> = files.iter().filter_map(|file| file.parent()).collect();
        let others = folders.into_iter().filter(|folder| *folder != self.site).map(Path::to_path_buf);
        others.collect::<Vec<_>>().iter().try_for_each(|folder| self.watch(folder, RecursiveMode::NonRecursive))
    }

    /// Watches a folder that may be new, with all that lies below it.
    pub(super) fn attend(&mut self, path: &Path) -> Result<(), Fault> {
        if path == self.site || !self.is_within(path) {
            return Ok(());
        }
        if RecommendedWatcher::kind() != WatcherKind::Inotify {
            return if path.is_dir() { self.watch(path, RecursiveMode::Recursive) } else { Ok(()) };
        }
        let walk = WalkDir::new(path).follow_links(true).into_iter();
        let wanted = walk
            .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_str().is_some_and(is_editor_leftover));
        for entry in wanted.flatten() {
            if entry.file_type().is_dir() {
                self.watch(entry.path(), RecursiveMode::NonRecursive)?;
            } else if entry.path_is_symlink() {
                self.attend_link(entry.path())?;
            }
        }
        Ok(())
    }

    /// The paths that a touched path stands for: itself, and links that lead there. None, if it isn't the site's.
    pub(super) fn meant(&self, path: &Path) -> Vec<PathBuf> {
        let links = path.parent().and_then(|folder| self.linked.get(folder));
        let links =
            links.into_iter().flatten().filter(|link| link.canonicalize().map_or(true, |target| target == path));
        let own = self.concerns(path).then(|| path.to_path_buf());
        links.cloned().chain(own).collect()
    }

    /// Whether a build may read what lies there.
    fn concerns(&self, path: &Path) -> bool {
        self.is_within(path) || self.named.holds(path)
    }

    /// Whether it is one of the site's own files.
    fn is_within(&self, path: &Path) -> bool {
        let Ok(inside) = path.strip_prefix(&self.site) else { return false };
        let mut parts = inside.components().map(|part| part.as_os_str().to_str().unwrap_or_default());
        let Some(first) = parts.next() else { return true };
        match first {
            CONFIG_FILE => true,
            CONTENT_FOLDER | THEMES_FOLDER => !parts.any(is_editor_leftover),
            _ => false,
        }
    }

    /// A folder that has vanished meanwhile needs no watching.
    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> Result<(), Fault> {
        match self.watcher.watch(path, mode) {
            Err(error) if is_missing(&error) => Ok(()),
            result => result,
        }
    }

    fn attend_link(&mut self, link: &Path) -> Result<(), Fault> {
        let Ok(target) = link.canonicalize() else { return Ok(()) };
        let Some(folder) = target.parent() else { return Ok(()) };
        let links = self.linked.entry(folder.to_path_buf()).or_default();
        if !links.iter().any(|known| known == link) {
            links.push(link.to_path_buf());
        }
        self.watch(folder, RecursiveMode::NonRecursive)
    }
}

fn is_missing(error: &Fault) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory),
        _ => false,
    }
}

/// What an event says was touched. Reading a file is an event as well, and says nothing.
fn read(event: Result<Event, Fault>) -> Vec<Touch> {
    let Ok(event) = event else { return vec![Touch::Everything] };
    if event.need_rescan() {
        return vec![Touch::Everything];
    }
    let Some(stage) = stage(&event.kind, &event.paths) else { return Vec::new() };
    event.paths.into_iter().map(|path| Touch::Path { path, stage }).collect()
}

/// How far the change has come that an event tells of. None for an event that changes nothing.
fn stage(kind: &EventKind, paths: &[PathBuf]) -> Option<Stage> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Stage::Settled),
        EventKind::Access(_) => None,
        // Both ends were told one by one before. A file that became another one of the site is there for good; one that was laid aside as an
        // editor's copy is about to be written anew.
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => {
            paths.get(1).filter(|to| !is_left(to)).map(|_| Stage::Settled)
        }
        EventKind::Modify(ModifyKind::Name(RenameMode::To) | ModifyKind::Metadata(_)) => Some(Stage::Settled),
        EventKind::Create(CreateKind::Folder) => Some(Stage::Settled),
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => Some(Stage::Gone),
        _ => Some(Stage::Open),
    }
}

fn is_left(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(is_editor_leftover)
}
