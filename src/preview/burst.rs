//! Touched paths → one batch for a burst: a save by rename, a checkout of 5,000 files, a folder moved in.
//!
//! Waits no longer than needed: a file that was written and closed is ready at once; a file that vanished or is still being written may be
//! half of a save, so a little longer; and the more was touched, the longer, since then more is on its way.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Something that may have changed on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Touch {
    /// A path; `settled` once the writing is over.
    Path { path: PathBuf, settled: bool },
    /// Events were lost: anything may have changed.
    Everything,
}

/// What to look at again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Batch {
    /// Touched paths, each once.
    pub(super) paths: Vec<PathBuf>,
    /// Whether anything else may have changed as well.
    pub(super) everything: bool,
}

/// Quiet time after which one or two saved files are taken to be all.
const SAVED: Duration = Duration::from_millis(2);
/// Quiet time while a file is missing or being written.
const UNSETTLED: Duration = Duration::from_millis(40);
/// Quiet time when many files are touched.
const MANY: Duration = Duration::from_millis(60);
/// Quiet time after events were lost.
const LOST: Duration = Duration::from_millis(150);
/// A burst that doesn't end is built in parts.
const LONGEST: Duration = Duration::from_secs(3);
/// More than so many files are many.
const FEW: usize = 3;

/// Paths that were touched since the last batch.
#[derive(Debug, Default)]
pub(super) struct Burst {
    paths: BTreeMap<PathBuf, bool>,
    everything: bool,
    first: Option<Instant>,
    last: Option<Instant>,
}

impl Burst {
    /// Adds what was touched at `now`.
    pub(super) fn add(&mut self, touch: Touch, now: Instant) {
        match touch {
            Touch::Path { path, settled } => drop(self.paths.insert(path, settled)),
            Touch::Everything => self.everything = true,
        }
        self.first.get_or_insert(now);
        self.last = Some(now);
    }

    /// When the batch is ready, if nothing else is touched; none if nothing was.
    pub(super) fn due(&self) -> Option<Instant> {
        let quiet = match self.paths.len() {
            _ if self.everything => LOST,
            FEW.. => MANY,
            _ if self.paths.values().any(|settled| !settled) => UNSETTLED,
            _ => SAVED,
        };
        Some((self.last? + quiet).min(self.first? + LONGEST))
    }

    /// The batch; nothing is left.
    pub(super) fn take(&mut self) -> Batch {
        let burst = std::mem::take(self);
        Batch { paths: burst.paths.into_keys().collect(), everything: burst.everything }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touched(name: &str, settled: bool) -> Touch {
        Touch::Path { path: PathBuf::from(name), settled }
    }

    #[test]
    fn a_saved_file_is_ready_almost_at_once() {
        let now = Instant::now();
        let mut burst = Burst::default();
        burst.add(touched("a.md", false), now);
        burst.add(touched("a.md", true), now);
        assert_eq!(burst.due(), Some(now + SAVED));
    }

    #[test]
    fn a_file_that_vanished_may_come_back() {
        let now = Instant::now();
        let mut burst = Burst::default();
        burst.add(touched("a.md", false), now);
        assert_eq!(burst.due(), Some(now + UNSETTLED));
        burst.add(touched("a.md", true), now);
        assert_eq!(burst.due(), Some(now + SAVED));
    }

    #[test]
    fn a_checkout_is_one_batch_and_ends() {
        let now = Instant::now();
        let mut burst = Burst::default();
        (0..5000).for_each(|number| burst.add(touched(&format!("{number}.md"), true), now));
        assert_eq!(burst.due(), Some(now + MANY));
        burst.add(touched("late.md", true), now + LONGEST);
        assert_eq!(burst.due(), Some(now + LONGEST));
        assert_eq!(burst.take().paths.len(), 5001);
        assert_eq!(burst.due(), None);
    }
}
