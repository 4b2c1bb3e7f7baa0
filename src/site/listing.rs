//! The sections, topics and tags of a language, with their pages in order.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::address::{Address, folders_of, language_prefix, segment};
use super::edition::{Edition, Section};
use super::order::newest_first;
use super::page::PageId;
use super::structure::Site;
use super::taxonomy;
use crate::document::{Document, Kind};
use crate::text::titled;

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
        pages.par_sort_by_cached_key(|&id| newest_first(&self.pages, id));
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
            self.order().sort(&mut section.pages);
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
}
