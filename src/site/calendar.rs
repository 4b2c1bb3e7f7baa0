//! What changes next: pages that are published, due for review or withdrawn.

use jiff::civil::Date;

use super::structure::Site;
use crate::config::Config;
use crate::document::Document;
use crate::source::SourcePath;

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
