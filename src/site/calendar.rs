//! Which documents are live today, and what changes next.

use std::sync::Arc;

use jiff::civil::Date;

use super::Site;
use crate::collect::Sources;
use crate::config::Config;
use crate::document::Document;
use crate::source::SourcePath;

/// Whether readers see a document today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// They do.
    Live,
    /// `draft: true` keeps it back.
    Draft,
    /// Its front matter can't be understood, or keeps it back in the words of another generator.
    Withheld,
    /// Its date is still to come.
    Scheduled(Date),
    /// The day of `expires` has come.
    Expired(Date),
}

/// What happens to a page on a day to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is published.
    Published,
    /// It should be read again.
    ReviewDue,
    /// It is withdrawn.
    Withdrawn,
}

/// A change to come.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Upcoming {
    /// The day.
    pub day: Date,
    /// What happens.
    pub change: Change,
    /// To which document.
    pub path: SourcePath,
}

pub(super) fn with_state(document: &Arc<Document>, sources: &Sources) -> (Arc<Document>, State) {
    (Arc::clone(document), state(document, sources))
}

/// Drafts and scheduled pages are live where drafts are asked for: both are what an editor is still working on.
fn state(document: &Document, sources: &Sources) -> State {
    let front = &document.front;
    if let Some(expires) = front.ends().filter(|expires| *expires <= sources.today) {
        return State::Expired(expires);
    }
    if sources.drafts {
        return State::Live;
    }
    match front.starts() {
        _ if front.draft => State::Draft,
        _ if front.is_withheld(&sources.config) => State::Withheld,
        Some(date) if date > sources.today => State::Scheduled(date),
        _ => State::Live,
    }
}

impl Site {
    /// What changes from tomorrow on, soonest first.
    #[must_use]
    pub fn upcoming(&self) -> Vec<Upcoming> {
        let mut upcoming: Vec<Upcoming> =
            self.documents.values().flat_map(|(document, _)| changes(document, &self.config)).collect();
        upcoming.retain(|change| change.day > self.today);
        upcoming.sort();
        upcoming
    }
}

fn changes(document: &Document, config: &Config) -> impl Iterator<Item = Upcoming> {
    let front = &document.front;
    let days = [
        (front.starts().filter(|_| !front.draft && !front.is_withheld(config)), Change::Published),
        (front.review_by, Change::ReviewDue),
        (front.ends(), Change::Withdrawn),
    ];
    days.into_iter().filter_map(|(day, change)| Some(Upcoming { day: day?, change, path: document.path.clone() }))
}
