//! Whether readers see a document today.

use std::sync::Arc;

use jiff::civil::Date;

use crate::collect::Sources;
use crate::document::Document;

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
