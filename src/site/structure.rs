//! The site's structure: pages with their addresses, editions, redirects, and what each document's state is.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use imbl::OrdMap;
use jiff::civil::Date;

use super::address::Address;
use super::assets::Assets;
use super::beside::ByKind;
use super::edition::Edition;
use super::order::{Neighbours, Order, neighbours};
use super::page::{HashMap, Page, PageId};
use super::related::Likeness;
use super::state::State;
use crate::config::Config;
use crate::document::{Document, Documents, Kind};
use crate::source::SourcePath;

/// An old address and where its readers are sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Redirect {
    /// The old address.
    pub from: Address,
    /// The page that took its place.
    pub to: Address,
}

impl Redirect {
    /// Whether a page leads on from the old address; for any other kind of file only hosts' rules do.
    #[must_use]
    pub fn is_page(&self) -> bool {
        self.from.as_str().is_empty() || self.from.as_str().ends_with('/') || self.from.as_str().ends_with(".html")
    }
}

/// The site's structure.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub config: Arc<Config>,
    /// The day that counts as today.
    pub today: Date,
    /// Live pages, by path.
    pub pages: Vec<Page>,
    /// One edition a language, in the configuration's order.
    pub editions: Arc<[Edition]>,
    /// Files beside documents that are published as they are.
    pub assets: Arc<Assets>,
    /// Old addresses, by address.
    pub redirects: Arc<[Redirect]>,
    /// All documents with their state, the hidden ones included.
    pub documents: OrdMap<SourcePath, (Arc<Document>, State)>,
    /// The same as they came.
    pub(super) given: Documents,
    pub(super) drafts: bool,
    pub(super) places: Arc<Places>,
    /// Documents of home pages, sections and topics.
    pub(super) special: Vec<Arc<Document>>,
    pub(super) derived: Derived,
}

/// What is derived from pages and editions when it is first needed.
#[derive(Debug, Clone, Default)]
pub(super) struct Derived {
    pub(super) order: Arc<OnceLock<Order>>,
    pub(super) likeness: Arc<OnceLock<Likeness>>,
    /// The articles that refer to each letter.
    pub(super) shown_in: Arc<OnceLock<HashMap<PageId, Vec<PageId>>>>,
    pub(super) neighbours: Arc<OnceLock<Vec<Neighbours>>>,
    pub(super) by_kind: Arc<OnceLock<ByKind>>,
}

/// What lives where.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Places {
    pub(super) by_path: HashMap<SourcePath, PageId>,
    /// In the order of paths, since messages name the first of several that fit.
    pub(super) addresses: BTreeMap<SourcePath, Address>,
    pub(super) pages_by_address: HashMap<Address, PageId>,
    pub(super) hidden: HashMap<SourcePath, State>,
    pub(super) translations: HashMap<String, Vec<SourcePath>>,
}

impl Site {
    /// The site with these redirects alone.
    #[must_use]
    pub fn with_redirects(&self, redirects: Vec<Redirect>) -> Self {
        Self {
            config: Arc::clone(&self.config),
            pages: self.pages.clone(),
            editions: Arc::clone(&self.editions),
            assets: Arc::clone(&self.assets),
            redirects: redirects.into(),
            documents: self.documents.clone(),
            given: self.given.clone(),
            places: Arc::clone(&self.places),
            special: self.special.clone(),
            derived: self.derived.clone(),
            ..*self
        }
    }

    /// The page made from that file.
    #[must_use]
    pub fn page(&self, path: &SourcePath) -> Option<&Page> {
        self.places.by_path.get(path).map(|&id| &self.pages[id])
    }

    /// The page at an address.
    #[must_use]
    pub fn page_at(&self, address: &Address) -> Option<&Page> {
        self.places.pages_by_address.get(address).map(|&id| &self.pages[id])
    }

    /// The number of the page made from that file.
    #[must_use]
    pub fn page_id(&self, path: &SourcePath) -> Option<PageId> {
        self.places.by_path.get(path).copied()
    }

    /// The live document of that path: a page, a section, a topic or the home page.
    #[must_use]
    pub fn document(&self, path: &SourcePath) -> Option<&Document> {
        let special = || self.special.iter().find(|document| document.path == *path);
        self.page(path).map(|page| &page.document).or_else(special).map(|document| &**document)
    }

    /// All live documents.
    pub fn live(&self) -> impl Iterator<Item = &Document> {
        let pages = self.pages.iter().map(|page| &*page.document);
        pages.chain(self.special.iter().map(|document| &**document))
    }

    /// The documents that readers don't see today.
    pub fn hidden(&self) -> impl Iterator<Item = &Document> {
        let documents = self.places.hidden.keys().filter_map(|path| self.documents.get(path));
        documents.map(|(document, _)| &**document)
    }

    /// The files that a link can lead to, by path.
    pub fn linkable(&self) -> impl Iterator<Item = &SourcePath> {
        let mut paths: Vec<&SourcePath> =
            self.places.addresses.keys().chain(self.assets.iter().map(|(path, _)| path)).collect();
        paths.sort_unstable();
        paths.into_iter()
    }

    /// Where the document of that path lives: a page, a section, a topic or the home page.
    #[must_use]
    pub fn address_of(&self, path: &SourcePath) -> Option<&Address> {
        let page = self.page(path).map(|page| &page.address);
        page.or_else(|| self.places.addresses.get(path))
    }

    /// The documents that are the same page in other languages, itself included, in the configuration's order.
    #[must_use]
    pub fn translations_of(&self, key: &str) -> &[SourcePath] {
        self.places.translations.get(key).map_or(&[], Vec::as_slice)
    }

    /// The languages that readers find: the first one, and the others that have pages.
    pub fn live_languages(&self) -> impl Iterator<Item = usize> + Clone {
        let has_pages = |language: &usize| *language == 0 || !self.editions[*language].newest.is_empty();
        (0..self.editions.len()).filter(has_pages)
    }

    /// The pages to read after this one: those that its editor chose, else the most alike of the same kind and language.
    #[must_use]
    pub fn related(&self, id: PageId) -> Vec<PageId> {
        let document = &self.pages[id].document;
        let chosen = document.front.related.iter().filter_map(|(target, _)| document.path.join(target));
        let chosen: Vec<PageId> = chosen.filter_map(|path| self.page_id(&path)).filter(|&other| other != id).collect();
        if chosen.is_empty() { self.likeness().nearest(id) } else { chosen }
    }

    /// The page before or after in its section.
    #[must_use]
    pub fn neighbour(&self, id: PageId, next: bool) -> Option<PageId> {
        let neighbours = &self.neighbours()[id];
        if next { neighbours.next } else { neighbours.previous }
    }

    pub(super) fn neighbours(&self) -> &[Neighbours] {
        self.derived.neighbours.get_or_init(|| neighbours(&self.pages, &self.editions))
    }

    /// The order of listings.
    pub(super) fn order(&self) -> &Order {
        self.derived.order.get_or_init(|| Order::new(&self.pages))
    }

    pub(super) fn likeness(&self) -> &Likeness {
        self.derived.likeness.get_or_init(|| Likeness::new(&self.pages))
    }

    pub(super) fn by_kind(&self) -> &ByKind {
        self.derived.by_kind.get_or_init(|| ByKind::new(&self.pages, &self.editions))
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
