//! The site in one language: its sections, topics and tags, each with its pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::address::Address;
use super::page::{HashMap, PageId};
use crate::document::Document;

/// The site in one language.
#[derive(Debug, Clone, Default)]
pub struct Edition {
    /// The home page's document, if there is one.
    pub home: Option<Arc<Document>>,
    /// Sections by folder (`articles`, `articles/guides`).
    pub sections: BTreeMap<String, Section>,
    /// Topics, by weight, then title.
    pub topics: Vec<Topic>,
    /// Tags by key.
    pub tags: BTreeMap<String, Tag>,
    /// All pages, last changed first.
    pub newest: Vec<PageId>,
    pub(super) topic_places: HashMap<String, usize>,
}

impl Edition {
    /// The topic of that key.
    #[must_use]
    pub fn topic(&self, slug: &str) -> Option<&Topic> {
        self.topic_place(slug).map(|place| &self.topics[place])
    }

    /// The place among [`Edition::topics`] of the topic of that key.
    #[must_use]
    pub fn topic_place(&self, slug: &str) -> Option<usize> {
        self.topic_places.get(slug).copied()
    }
}

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

/// A topic with its pages.
#[derive(Debug, Clone)]
pub struct Topic {
    /// What its words have in common, whichever way they are written.
    pub key: String,
    /// Its word in addresses.
    pub slug: String,
    /// Its title; of one without a page of its own, its word as most pages write it.
    pub title: String,
    /// One sentence, or nothing.
    pub description: String,
    /// Its page in `content/topics/`, if it has one.
    pub document: Option<Arc<Document>>,
    /// Where it lives.
    pub address: Address,
    /// Its pages, in order.
    pub pages: Vec<PageId>,
}

/// A tag with its pages.
#[derive(Debug, Clone)]
pub struct Tag {
    /// What its words have in common, whichever way they are written.
    pub key: String,
    /// Its word in addresses.
    pub slug: String,
    /// As most pages write it.
    pub name: String,
    /// Where it lives.
    pub address: Address,
    /// Its pages, in order.
    pub pages: Vec<PageId>,
}
