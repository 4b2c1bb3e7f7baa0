//! The articles and letters that can be named beside the pages of a topic.

use super::edition::Edition;
use super::page::{HashMap, Page, PageId};
use crate::document::Kind;

/// How many letters or articles are named beside a page.
pub(super) const MOST_BESIDE: usize = 6;

/// The articles and the letters of each topic, in order.
#[derive(Debug, Default, PartialEq)]
pub(super) struct ByKind(Vec<HashMap<String, ArticlesAndLetters>>);

/// The articles and the letters of a topic.
type ArticlesAndLetters = (Vec<PageId>, Vec<PageId>);

impl ByKind {
    pub(super) fn new(pages: &[Page], editions: &[Edition]) -> Self {
        let of_kind = |listed: &[PageId], kind: Kind| {
            listed.iter().copied().filter(|&id| pages[id].document.kind == kind).collect::<Vec<PageId>>()
        };
        let of_edition = |edition: &Edition| {
            let topics = edition.topics.iter();
            topics
                .map(|topic| {
                    (topic.key.clone(), (of_kind(&topic.pages, Kind::Article), of_kind(&topic.pages, Kind::Letter)))
                })
                .collect()
        };
        Self(editions.iter().map(of_edition).collect())
    }

    /// Whether what can be named beside a page is the same: the first pages, also where some of them are named already.
    pub(super) fn begins_as(&self, other: &Self, language: usize, topic: &str, kind: Kind) -> bool {
        let first =
            |lists: &Self| lists.of(language, topic, kind).iter().copied().take(2 * MOST_BESIDE).collect::<Vec<_>>();
        first(self) == first(other)
    }

    pub(super) fn of(&self, language: usize, topic: &str, kind: Kind) -> &[PageId] {
        let Some((articles, letters)) = self.0.get(language).and_then(|topics| topics.get(topic)) else { return &[] };
        if kind == Kind::Letter { letters } else { articles }
    }
}
