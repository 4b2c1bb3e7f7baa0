//! Images and other files that keep their address → those that a browser must fetch again.
//!
//! A browser sends the state in which it knows them all. The state is a hash of their fingerprints, so it means the same after a restart: a browser that
//! stayed open is reported what changed while nothing was watched, and nothing if nothing did.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::render;
use crate::site::{Assets, Site};
use crate::storage::Fingerprint;

/// How many changes are remembered for browsers that were away.
const MOST_CHANGES: usize = 200;
/// This many letters of a hash distinguish two states.
const STATE_LETTERS: usize = 16;

/// The files that are published as they are, and how they came to be so.
#[derive(Debug)]
pub(super) struct Media {
    assets: Arc<Assets>,
    fingerprints: BTreeMap<String, Fingerprint>,
    state: String,
    /// What changed, with the state before; the latest changes.
    changes: Vec<(String, String)>,
}

/// What a browser must fetch again.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stale<'a> {
    /// The files at these addresses; often none.
    At(Vec<&'a str>),
    /// Whatever it shows: the state that it knows is too long ago.
    Everything,
}

impl Media {
    /// The files of a site, after those that were shown before.
    pub(super) fn after(before: Option<&Arc<Self>>, site: &Site) -> Arc<Self> {
        match before {
            Some(before) if Arc::ptr_eq(&before.assets, &site.assets) => Arc::clone(before),
            _ => {
                let fingerprints =
                    site.assets.iter().map(|(_, asset)| (render::url(site, &asset.address), asset.fingerprint));
                let now = Self::of(before.map(AsRef::as_ref), fingerprints.collect());
                Arc::new(Self { assets: Arc::clone(&site.assets), ..now })
            }
        }
    }

    fn of(before: Option<&Self>, fingerprints: BTreeMap<String, Fingerprint>) -> Self {
        let mut changes = before.map(|before| before.changes.clone()).unwrap_or_default();
        if let Some(before) = before {
            let changed = fingerprints
                .iter()
                .filter(|(address, fingerprint)| before.fingerprints.get(*address) != Some(fingerprint));
            changes.extend(changed.map(|(address, _)| (before.state.clone(), address.clone())));
        }
        changes.drain(..changes.len().saturating_sub(MOST_CHANGES));
        Self { assets: Arc::default(), state: state(&fingerprints), fingerprints, changes }
    }

    /// The state of them all.
    pub(super) fn state(&self) -> &str {
        &self.state
    }

    /// What differs for a browser that knows them in a state.
    pub(super) fn since(&self, known: &str) -> Stale<'_> {
        if known == self.state {
            return Stale::At(Vec::new());
        }
        let states = self.changes.iter().enumerate();
        let mut steps = states.filter(|(at, (before, _))| *at == 0 || self.changes[at - 1].0 != *before);
        // The first change may be the rest of a step whose beginning is forgotten.
        let is_whole = |at: usize| at > 0 || self.changes.len() < MOST_CHANGES;
        match steps.rfind(|(at, (before, _))| before == known && is_whole(*at)) {
            Some((at, _)) => Stale::At(self.changes[at..].iter().map(|(_, address)| address.as_str()).collect()),
            None => Stale::Everything,
        }
    }
}

fn state(fingerprints: &BTreeMap<String, Fingerprint>) -> String {
    let mut hasher = blake3::Hasher::new();
    for (address, fingerprint) in fingerprints {
        hasher.update(&(address.len() as u64).to_le_bytes()).update(address.as_bytes()).update(&fingerprint.to_bytes());
    }
    hasher.finalize().to_hex()[..STATE_LETTERS].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(before: Option<&Media>, files: &[(&str, &str)]) -> Media {
        let fingerprints =
            files.iter().map(|(address, bytes)| ((*address).to_owned(), Fingerprint::of(bytes.as_bytes())));
        Media::of(before, fingerprints.collect())
    }

    #[test]
    fn a_browser_is_told_what_changed_since_it_looked() {
        let first = with(None, &[("/a.png", "a"), ("/b.png", "b")]);
        let second = with(Some(&first), &[("/a.png", "A"), ("/b.png", "b")]);
        let third = with(Some(&second), &[("/a.png", "A"), ("/b.png", "B"), ("/c.png", "c")]);
        assert_eq!(third.since(first.state()), Stale::At(vec!["/a.png", "/b.png", "/c.png"]));
        assert_eq!(third.since(second.state()), Stale::At(vec!["/b.png", "/c.png"]));
        assert_eq!(third.since(third.state()), Stale::At(Vec::new()));
        assert_eq!(third.since("of long ago"), Stale::Everything);
    }

    #[test]
    fn a_restart_that_changed_nothing_renews_nothing() {
        let before = with(None, &[("/a.png", "a")]);
        let same = with(None, &[("/a.png", "a")]);
        assert_eq!(same.since(before.state()), Stale::At(Vec::new()));
        assert_eq!(with(None, &[("/a.png", "A")]).since(before.state()), Stale::Everything);
    }

    #[test]
    fn a_step_of_which_a_part_is_forgotten_is_not_trusted() {
        let names: Vec<String> = (0..MOST_CHANGES + 5).map(|number| format!("/{number}.png")).collect();
        let files = |bytes| names.iter().map(|name| (name.as_str(), bytes)).collect::<Vec<_>>();
        let first = with(None, &files("a"));
        let second = with(Some(&first), &files("b"));
        assert_eq!(second.since(first.state()), Stale::Everything);
    }
}
