//! Touched paths → one batch for a series of events: a save by rename, a checkout of 5,000 files, a folder moved in.
//!
//! Waits no longer than needed: a file that was written and closed is ready at once; a file that vanished or is still open may be half of a
//! save, so a little longer; and the more was touched, the longer, since then more is on its way.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Something that may have changed on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Touch {
    /// A path, and how far the change has come.
    Path { path: PathBuf, stage: Stage },
    /// Events were lost: anything may have changed.
    Everything,
}

/// How far a change has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// The file is whole.
    Settled,
    /// The file is gone, perhaps to be replaced.
    Gone,
    /// The file is being written: it may be empty, or half of what it will be.
    Open,
}

/// What to read again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// Touched paths, each once.
    pub paths: Vec<PathBuf>,
    /// Whether anything else may have changed as well.
    pub everything: bool,
}

/// Quiet time after which one or two saved files are taken to be all.
const SAVED: Duration = Duration::from_millis(2);
/// Quiet time while a file is missing: a save by rename leaves its name free for a moment.
const GONE: Duration = Duration::from_millis(120);
/// Quiet time while a file is being written. Linux reports when it is closed, and until then it may be an empty file; other systems report only
/// of the last write.
const OPEN: Duration = Duration::from_millis(if cfg!(target_os = "linux") { 250 } else { 40 });
/// Quiet time when many files are touched.
const MANY: Duration = Duration::from_millis(60);
/// Quiet time after events were lost.
const LOST: Duration = Duration::from_millis(150);
/// A series of events that doesn't end is built in parts.
const LONGEST: Duration = Duration::from_secs(3);
/// So many files are many.
const FEW: usize = 3;

/// Paths that were touched since the last batch.
#[derive(Debug, Default)]
pub(super) struct Debounce {
    paths: BTreeMap<PathBuf, Stage>,
    everything: bool,
    first: Option<Instant>,
    last: Option<Instant>,
}

impl Debounce {
    /// Adds what was touched at `now`.
    pub(super) fn add(&mut self, touch: Touch, now: Instant) {
        match touch {
            Touch::Path { path, stage } => drop(self.paths.insert(path, stage)),
            Touch::Everything => self.everything = true,
        }
        self.first.get_or_insert(now);
        self.last = Some(now);
    }

    /// When the batch is ready, if nothing else is touched; `None` if nothing was.
    pub(super) fn due(&self) -> Option<Instant> {
        let stage = match self.paths.values().max() {
            Some(Stage::Open) => OPEN,
            Some(Stage::Gone) => GONE,
            Some(Stage::Settled) | None => SAVED,
        };
        let many = if self.paths.len() >= FEW { MANY } else { SAVED };
        let lost = if self.everything { LOST } else { SAVED };
        Some((self.last? + stage.max(many).max(lost)).min(self.first? + LONGEST))
    }

    /// The batch; nothing is left.
    pub(super) fn take(&mut self) -> Batch {
        let debounce = std::mem::take(self);
        Batch { paths: debounce.paths.into_keys().collect(), everything: debounce.everything }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touched(name: &str, stage: Stage) -> Touch {
        Touch::Path { path: PathBuf::from(name), stage }
    }

    #[test]
    fn a_saved_file_is_ready_almost_at_once() {
        let now = Instant::now();
        let mut debounce = Debounce::default();
        debounce.add(touched("a.md", Stage::Open), now);
        assert_eq!(debounce.due(), Some(now + OPEN));
        debounce.add(touched("a.md", Stage::Settled), now);
        assert_eq!(debounce.due(), Some(now + SAVED));
    }

    #[test]
    fn a_file_that_vanished_may_come_back() {
        let now = Instant::now();
        let mut debounce = Debounce::default();
        debounce.add(touched("a.md", Stage::Gone), now);
        assert_eq!(debounce.due(), Some(now + GONE));
        debounce.add(touched("a.md", Stage::Settled), now);
        assert_eq!(debounce.due(), Some(now + SAVED));
    }

    #[test]
    fn a_checkout_is_one_batch_and_ends() {
        let now = Instant::now();
        let mut debounce = Debounce::default();
        (0..5000).for_each(|number| debounce.add(touched(&format!("{number}.md"), Stage::Settled), now));
        assert_eq!(debounce.due(), Some(now + MANY));
        debounce.add(touched("late.md", Stage::Settled), now + LONGEST);
        assert_eq!(debounce.due(), Some(now + LONGEST));
        assert_eq!(debounce.take().paths.len(), 5001);
        assert_eq!(debounce.due(), None);
    }
}
