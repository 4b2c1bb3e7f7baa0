//! Sections: the folders of `content/`, with the pages in them and below.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::address::{language_prefix, segment};
use super::{Address, Edition, PageId, Site, taxonomy};
use crate::document::{Document, Kind};
use crate::source::CONTENT_FOLDER;
use crate::text::titled;

/// A folder of `content/`.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its path below `content/`.
    pub folder: String,
    /// Its title: that of its `_index.md`, else its name.
    pub title: String,
    /// Its page, if it has one.
    pub document: Option<Arc<Document>>,
    /// Where it lives.
    pub address: Address,
    /// The pages in it and below, in order.
    pub pages: Vec<PageId>,
}

impl Section {
    /// Whether it holds the site's letters.
    #[must_use]
    pub fn is_letters(&self) -> bool {
        self.folder == "letters"
    }

    /// Its place among sections.
    #[must_use]
    pub fn weight(&self) -> i64 {
        self.document.as_ref().and_then(|document| document.front.weight).unwrap_or(i64::MAX)
    }
}

/// The folders below `content/` that a document lies in, nearest first. The folder of a bundle is not one of them.
pub(super) fn folders_of(document: &Document) -> Vec<String> {
    let key = document.key.strip_prefix(CONTENT_FOLDER).unwrap_or(&document.key).trim_start_matches('/');
    let mut folders = Vec::new();
    let mut rest = key;
    while let Some((folder, _)) = rest.rsplit_once('/') {
        folders.push(folder.to_owned());
        rest = folder;
    }
    folders
}

/// Pages with a weight by weight, then the others, newest first, then by title.
pub fn in_order(site: &Site, pages: &mut [PageId]) {
    let order = site.order();
    pages.sort_unstable_by_key(|&id| order.places[id]);
}

/// The order of all pages: every listing is a part of it.
#[derive(Debug)]
pub(super) struct Order {
    pages: Vec<PageId>,
    /// The place of each page.
    places: Vec<u32>,
}

impl Order {
    pub(super) fn new(site: &Site) -> Self {
        let mut pages: Vec<PageId> = (0..site.pages.len()).collect();
        pages.par_sort_by_cached_key(|&id| weighted(site, id));
        Self::of(pages)
    }

    fn of(pages: Vec<PageId>) -> Self {
        let mut places = vec![0; pages.len()];
        for (place, &id) in (0..).zip(&pages) {
            places[id] = place;
        }
        Self { pages, places }
    }

    /// The order of a site in which only those pages may have other places.
    pub(super) fn renewed(&self, site: &Site, changed: &[PageId]) -> Self {
        let mut pages = self.pages.clone();
        put(&mut pages, changed, |id| weighted(site, id));
        Self::of(pages)
    }

    /// Puts changed pages of a list, which is in order but for these, in their places.
    pub(super) fn put(&self, list: &mut Vec<PageId>, changed: &[PageId]) {
        put(list, changed, |id| self.places[id]);
    }
}

fn weighted(site: &Site, id: PageId) -> impl Ord {
    (site.pages[id].document.front.weight.unwrap_or(i64::MAX), newest_first(site, id))
}

/// What pages are sorted by where the newest comes first.
pub(super) fn newest_first(site: &Site, id: PageId) -> impl Ord + use<> {
    let front = &site.pages[id].document.front;
    (Reverse(front.updated.max(front.date)), front.title.to_lowercase(), id)
}

/// Puts changed pages of a list, which is in order but for these, in their places.
pub(super) fn put<K: Ord>(list: &mut Vec<PageId>, changed: &[PageId], key: impl Fn(PageId) -> K) {
    let listed: Vec<PageId> = changed.iter().copied().filter(|id| list.contains(id)).collect();
    list.retain(|id| !listed.contains(id));
    for id in listed {
        let own = key(id);
        let place = list.partition_point(|&other| key(other) < own);
        list.insert(place, id);
    }
}

/// The pages before and after a page in its section.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Neighbours {
    pub(super) previous: Option<PageId>,
    pub(super) next: Option<PageId>,
}

/// The neighbours of each page, in the nearest section that it lies in.
pub(super) fn neighbours(site: &Site) -> Vec<Neighbours> {
    let mut neighbours = vec![Neighbours::default(); site.pages.len()];
    for edition in site.editions.iter() {
        for section in edition.sections.values() {
            let is_own = |id: &&PageId| site.pages[**id].sections.first() == Some(&section.folder);
            let own: Vec<PageId> = section.pages.iter().filter(is_own).copied().collect();
            for pair in own.windows(2) {
                neighbours[pair[0]].next = Some(pair[1]);
                neighbours[pair[1]].previous = Some(pair[0]);
            }
        }
    }
    neighbours
}

impl Site {
    /// The site in one language.
    pub(super) fn edition(&self, language: usize) -> Edition {
        let pages: Vec<PageId> =
            (0..self.pages.len()).filter(|&id| self.pages[id].document.language == language).collect();
        let special = || self.special.iter().filter(|document| document.language == language);
        let topics = taxonomy::topics(self, language, &pages);
        Edition {
            home: special().find(|document| document.kind == Kind::Home).cloned(),
            sections: self.sections(language, &pages),
            topic_places: topics.iter().enumerate().map(|(place, topic)| (topic.key.clone(), place)).collect(),
            topics,
            tags: taxonomy::tags(self, language, &pages),
            newest: self.newest(pages),
        }
    }

    fn newest(&self, mut pages: Vec<PageId>) -> Vec<PageId> {
        pages.par_sort_by_cached_key(|&id| newest_first(self, id));
        pages
    }

    fn sections(&self, language: usize, pages: &[PageId]) -> BTreeMap<String, Section> {
        let mut sections: BTreeMap<String, Section> = BTreeMap::new();
        for document in self.special.iter().filter(|document| document.language == language) {
            if document.kind == Kind::Section
                && let Some(folder) = folders_of(document).into_iter().next()
                && folder != "topics"
            {
                let section = self.section(language, &folder, Some(document));
                sections.insert(folder, section);
            }
        }
        for &id in pages {
            for folder in self.pages[id].sections.iter() {
                let section = sections.entry(folder.clone()).or_insert_with(|| self.section(language, folder, None));
                section.pages.push(id);
            }
        }
        for section in sections.values_mut() {
            in_order(self, &mut section.pages);
        }
        sections
    }

    fn section(&self, language: usize, folder: &str, document: Option<&Arc<Document>>) -> Section {
        let name = folder.rsplit('/').next().unwrap_or(folder);
        let path: String = folder.split('/').map(|part| format!("{}/", segment(part))).collect();
        Section {
            folder: folder.to_owned(),
            title: document.map_or_else(|| titled(name), |document| document.front.title.clone()),
            document: document.cloned(),
            address: Address::new(&format!("{}{path}", language_prefix(&self.config, language))),
            pages: Vec::new(),
        }
    }

    /// The topics' own page, if an editor wrote one.
    #[must_use]
    pub fn topics_page(&self, language: usize) -> Option<&Arc<Document>> {
        let is_it = |document: &&Arc<Document>| {
            document.kind == Kind::Section && document.language == language && document.key == "content/topics/_index"
        };
        self.special.iter().find(is_it)
    }

    /// The documents of topics in one language.
    pub(super) fn topic_documents(&self, language: usize) -> impl Iterator<Item = &Arc<Document>> {
        self.special.iter().filter(move |document| document.kind == Kind::Topic && document.language == language)
    }
}
