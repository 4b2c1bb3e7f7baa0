//! The file system's events → [`Touch`]es.
//!
//! A survey of the site finds what must be watched, and by which of the site's paths each real path is read; it is repeated when an event
//! shows that a folder or a link is another one. Real paths alone are watched: the system watches a folder once, whatever it is called.
//!
//! Linux watches folder by folder (inotify), so every folder on the way to a link's target is watched too. On Windows and macOS whole trees
//! are watched, and a folder above the site or above a link's target that is renamed is seen with the next edit.

mod path_map;
mod register;
mod survey;

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::{AccessKind, AccessMode, CreateKind, Event, EventKind, ModifyKind, RenameMode};

use super::debounce::{Stage, Touch};
use super::external_files::ExternalFiles;
use crate::collect::is_editor_leftover;
use crate::source::{CONFIG_FILE, CONTENT_FOLDER, THEMES_FOLDER};
use path_map::PathMap;
use register::Register;

/// Watches a site's files.
pub(super) struct Watching {
    site: PathBuf,
    register: Register,
    map: PathMap,
    /// Files elsewhere that the configuration names.
    external: ExternalFiles,
    /// Whether a folder or a link is another one than at the last survey.
    is_outdated: bool,
}

impl Watching {
    /// Watches the site in `folder`; what is touched goes to `touches`.
    pub(super) fn start(folder: &Path, external: ExternalFiles, touches: Sender<Touch>) -> Result<Self, notify::Error> {
        let watcher = notify::recommended_watcher(move |event: Result<Event, notify::Error>| {
            for touch in read(event) {
                // Nobody listens any more when the preview is stopping.
                let _ = touches.send(touch);
            }
        })?;
        let register = Register::new(watcher);
        let site = folder.to_path_buf();
        let mut watching = Self { site, register, map: PathMap::default(), external, is_outdated: true };
        watching.attend()?;
        Ok(watching)
    }

    /// Watches what a build may read now. To be called before it is read.
    ///
    /// # Errors
    /// When the system watches no more.
    pub(super) fn attend(&mut self) -> Result<(), notify::Error> {
        if !self.is_outdated {
            return Ok(());
        }
        let own = [CONFIG_FILE, CONTENT_FOLDER, THEMES_FOLDER].map(|name| self.site.join(name));
        let roots: Vec<PathBuf> = own.into_iter().chain(self.external.all()).collect();
        let mut round = self.register.round();
        let mut map = survey::survey(&roots, &mut |path, wanted| round.want(path, wanted));
        self.is_outdated = false;
        let done = round.finish(&mut map);
        self.map = map;
        done
    }

    /// Has the next [`attend`](Self::attend) look at everything.
    pub(super) fn outdate(&mut self) {
        self.is_outdated = true;
    }

    /// What is touched, by the site's own paths. Nothing, if it isn't the site's.
    pub(super) fn meant(&mut self, touch: Touch) -> Vec<Touch> {
        let Touch::Path { path, stage } = touch else {
            self.register.forget_all();
            self.is_outdated = true;
            return vec![touch];
        };
        let paths = self.map.site_paths(&path);
        let concerns_us = paths.as_ref().is_none_or(|paths| !paths.is_empty());
        if concerns_us || self.register.holds(&path) {
            self.note(&path, stage);
        }
        match paths {
            Some(paths) => paths.into_iter().map(|path| Touch::Path { path, stage }).collect(),
            None => vec![Touch::Everything],
        }
    }

    /// Notes whether an event means that other folders must be watched.
    fn note(&mut self, path: &Path, stage: Stage) {
        let is_known = self.register.holds(path) || self.map.is_step(path);
        if stage == Stage::Gone && is_known {
            self.register.forget(path);
            self.is_outdated = true;
        }
        let leads_on = path.symlink_metadata().is_ok_and(|found| found.is_dir() || found.is_symlink());
        self.is_outdated |= leads_on || (!is_known && survey::has_other_names(path));
    }
}

/// The paths that an event reports as touched. Reading a file is an event as well, and changes nothing.
fn read(event: Result<Event, notify::Error>) -> Vec<Touch> {
    let Ok(event) = event else { return vec![Touch::Everything] };
    if event.need_rescan() {
        return vec![Touch::Everything];
    }
    let Some(stage) = stage(&event.kind, &event.paths) else { return Vec::new() };
    event.paths.into_iter().map(|path| Touch::Path { path, stage }).collect()
}

/// The stage of the change that an event reports. `None` for an event that changes nothing.
fn stage(kind: &EventKind, paths: &[PathBuf]) -> Option<Stage> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Stage::Settled),
        EventKind::Access(_) => None,
        // // Both ends were reported one by one before. A file that replaced one of the site is complete; one that was moved away as an
        // // editor's copy is about to be written again.
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
