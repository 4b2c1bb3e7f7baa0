//! What a run has learnt about a host, so that one which doesn't answer is given up.

use std::sync::{Mutex, PoisonError};

use super::verdict::Verdict;

/// After this many links in a row without an answer, a host's other links are not asked.
const MOST_FAILURES: usize = 2;

/// A host that is being asked, by several threads.
#[derive(Debug, Default)]
pub(super) struct Host(Mutex<Learnt>);

#[derive(Debug, Default)]
struct Learnt {
    /// Failures since the last answer.
    failures: usize,
    /// The verdict on all further links, once the host is given up.
    rest: Option<Verdict>,
}

impl Host {
    /// The verdict on each further link; `None` as long as the host may answer.
    pub(super) fn given_up(&self) -> Option<Verdict> {
        self.learnt(|learnt| learnt.rest.clone())
    }

    /// The host answered, whatever its status.
    pub(super) fn answered(&self) {
        self.learnt(|learnt| learnt.failures = 0);
    }

    /// The host failed to answer; if it did so too often, `rest` is the verdict on its other links.
    pub(super) fn failed(&self, rest: Verdict) {
        self.learnt(|learnt| {
            learnt.failures += 1;
            if learnt.failures >= MOST_FAILURES {
                learnt.rest.get_or_insert(rest);
            }
        });
    }

    /// There is nobody to ask: `rest` is the verdict on all links.
    pub(super) fn is_absent(&self, rest: Verdict) {
        self.learnt(|learnt| learnt.rest = Some(rest));
    }

    fn learnt<T>(&self, look: impl FnOnce(&mut Learnt) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_given_up_after_two_failures_in_a_row() {
        let host = Host::default();
        let rest = || Verdict::Unverified("not asked".to_owned());
        host.failed(rest());
        host.answered();
        host.failed(rest());
        assert_eq!(host.given_up(), None);
        host.failed(rest());
        assert_eq!(host.given_up(), Some(rest()));
    }
}
