//! A page → its entry among the search results.

use super::answers::summary::{kind, letter_files, minutes};
use super::world::url;
use crate::letters::Words;
use crate::search;
use crate::site::{Page, Site};

/// How a search result presents a page.
pub(crate) fn search_entry(site: &Site, page: &Page, words: &Words) -> search::Entry {
    let document = &page.document;
    let edition = &site.editions[document.language];
    let topics = document.front.topics.iter().filter_map(|(slug, _)| edition.topic(slug));
    let date = document.front.updated.max(document.front.date);
    search::Entry {
        url: url(site, &page.address),
        kind: kind(document.kind).to_owned(),
        topics: topics.map(|topic| topic.title.clone()).collect(),
        date: date.map(|date| date.to_string()),
        minutes: u32::try_from(minutes(document, words)).unwrap_or(u32::MAX),
        files: letter_files(site, page),
    }
}
