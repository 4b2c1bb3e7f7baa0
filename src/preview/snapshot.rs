//! What the preview shows: the last good build, and what is wrong since.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::watch;

use super::media::Media;
use super::problems::Problems;
use crate::output::{Artifact, Output};
use crate::site::{Address, Site};
use crate::source::SourcePath;

/// The state of the preview after a build. Immutable; browsers are reported the difference between two of them.
#[derive(Debug, Clone)]
pub(super) struct Snapshot {
    /// Grows with each snapshot.
    pub(super) revision: u64,
    /// The files of the last good build, but for the search index.
    pub(super) output: Output,
    /// The search index.
    pub(super) index: Output,
    /// The path under which they are served.
    pub(super) base_path: String,
    /// The same as links have it.
    pub(super) home: String,
    /// The site as it is on disk, good or not.
    pub(super) site: Arc<Site>,
    /// The site's folder.
    pub(super) folder: PathBuf,
    /// What is wrong.
    pub(super) problems: Problems,
    /// Images and other files that keep their address.
    pub(super) media: Arc<Media>,
    /// The page that was edited last, with the revision, if browsers are to follow.
    pub(super) followed: Option<(u64, String)>,
}

impl Snapshot {
    /// The file of that name.
    pub(super) fn file(&self, name: &str) -> Option<&Artifact> {
        self.output.get(name).or_else(|| self.index.get(name))
    }

    /// What a browser that shows a page of this snapshot knows: its revision, and the state of its media.
    pub(super) fn known(&self) -> (u64, &str) {
        (self.revision, self.media.state())
    }

    /// The document whose page lives in that file.
    pub(super) fn source_of(&self, file: &str) -> Option<SourcePath> {
        let address = Address::new(file.strip_suffix("index.html").unwrap_or(file));
        self.site.page_at(&address).map(|page| page.document.path.clone())
    }
}

/// Channel that holds the latest snapshot, and announces when it changes.
#[derive(Debug, Clone)]
pub(super) struct Channel(watch::Sender<Option<Arc<Snapshot>>>);

impl Default for Channel {
    fn default() -> Self {
        Self(watch::Sender::new(None))
    }
}

impl Channel {
    /// Publishes a new snapshot.
    pub(super) fn show(&self, snapshot: Arc<Snapshot>) {
        self.0.send_replace(Some(snapshot));
    }

    /// The latest snapshot, if there is one yet.
    pub(super) fn latest(&self) -> Option<Arc<Snapshot>> {
        self.0.borrow().clone()
    }

    /// Somebody who is reported of each change.
    pub(super) fn reader(&self) -> watch::Receiver<Option<Arc<Snapshot>>> {
        self.0.subscribe()
    }
}
