//! The files of a site → batches of what was touched, by events of the file system, or by polling where there are none.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::debounce::{Batch, Debounce, Stage, Touch};
use super::external_files::ExternalFiles;
use super::polling;
use super::watching::Watching;

/// What comes next.
pub(crate) enum Next {
    /// A series of events ended.
    Batch(Batch),
    /// Nothing was touched for that long.
    Quiet,
    /// Nothing will be touched any more.
    Closed,
}

/// A watch on a site's files.
pub(crate) struct FileWatch {
    folder: PathBuf,
    /// `None` where the files are polled instead.
    watching: Option<Watching>,
    /// Files elsewhere that the configuration names.
    external: ExternalFiles,
    /// What was touched since the last batch.
    debounce: Debounce,
    touches: Sender<Touch>,
    inbox: Receiver<Touch>,
}

impl FileWatch {
    /// Watches the site in `folder`; polls it with `poll`, or if the system watches no more. `trouble` is called with the reason.
    pub(crate) fn start(folder: &Path, poll: bool, trouble: &dyn Fn(String)) -> Self {
        let (touches, inbox) = mpsc::channel();
        let external = ExternalFiles::default();
        let mut watch = Self {
            folder: folder.to_path_buf(),
            watching: None,
            external,
            debounce: Debounce::default(),
            touches,
            inbox,
        };
        if !poll {
            match Watching::start(folder, watch.external.clone(), watch.touches.clone()) {
                Ok(watching) => {
                    watch.watching = Some(watching);
                    return watch;
                }
                Err(error) => trouble(cannot_watch(&error)),
            }
        }
        watch.poll();
        watch
    }

    fn poll(&mut self) {
        self.watching = None;
        polling::start(&self.folder, self.external.clone(), self.touches.clone());
    }

    /// Watches new folders. To be called before they are read. Where the system watches no more of them, all files are polled from now on.
    pub(crate) fn attend(&mut self, trouble: &dyn Fn(String)) {
        let Some(Err(error)) = self.watching.as_mut().map(Watching::attend) else { return };
        trouble(cannot_watch(&error));
        self.poll();
        self.debounce.add(Touch::Everything, Instant::now());
    }

    /// Watches the files that the configuration names outside of the site's folders. They are known once it is read, so new ones are read once
    /// more, now that they are watched.
    pub(crate) fn attend_external(&mut self, files: BTreeSet<PathBuf>) {
        let fresh = self.external.renew(files);
        if let Some(watching) = self.watching.as_mut().filter(|_| !fresh.is_empty()) {
            watching.outdate();
        }
        let now = Instant::now();
        fresh.into_iter().for_each(|path| self.debounce.add(Touch::Path { path, stage: Stage::Settled }, now));
    }

    /// Waits for the next series of events to end, at most for `quiet` without any.
    pub(crate) fn next(&mut self, quiet: Duration) -> Next {
        loop {
            let wait = self.debounce.due().map_or(quiet, |due| due.saturating_duration_since(Instant::now()));
            match self.inbox.recv_timeout(wait) {
                Ok(touch) => self.add(touch),
                Err(RecvTimeoutError::Disconnected) => return Next::Closed,
                Err(RecvTimeoutError::Timeout) if self.debounce.due().is_some() => {
                    return Next::Batch(self.debounce.take());
                }
                Err(RecvTimeoutError::Timeout) => return Next::Quiet,
            }
        }
    }

    /// Takes what is touched within `pause`; whether anything was.
    pub(crate) fn is_touched_within(&mut self, pause: Duration) -> bool {
        let touches: Vec<Touch> = self.inbox.recv_timeout(pause).into_iter().chain(self.inbox.try_iter()).collect();
        touches.into_iter().for_each(|touch| self.add(touch));
        self.debounce.due().is_some()
    }

    /// Adds a touched path under the site's own names of it, if it has any.
    fn add(&mut self, touch: Touch) {
        let touches = match &mut self.watching {
            Some(watching) => watching.meant(touch),
            None => vec![touch],
        };
        touches.into_iter().for_each(|touch| self.debounce.add(touch, Instant::now()));
    }
}

/// Why files are polled from now on, in an editor's words.
fn cannot_watch(error: &notify::Error) -> String {
    let reason = match error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system watches no more folders for this user (on Linux, `sysctl fs.inotify.max_user_watches` shows how many)".to_owned()
        }
        _ => format!("the system can't watch the files ({error})"),
    };
    format!("{reason}, so they are looked at again and again, as with --poll")
}
