//! All documents → [`Site`]: addresses, sections, topics, tags, translations, what is related, what is live today.
//!
//! Works on metadata only and is rebuilt in every build; it must cost milliseconds at 10,000 documents. Renders nothing and reads no file.

mod address;
mod alias;
mod calendar;
mod differences;
mod files;
mod host_files;
mod links;
mod listing;
mod related;
mod renewal;
mod slugs;
mod taxonomy;
mod translations;

pub use address::{Address, Asset, Assets};
pub(crate) use address::{is_reserved, language_prefix};
pub use calendar::{Change, State, Upcoming};
pub use differences::{Differences, List, Lists, Reach};
pub use files::Unpublished;
pub use host_files::{Contents, HOST_FILES, HostFile};
pub use links::{Broken, PlacedAlias, Target};
pub use listing::{Section, in_order};
pub use taxonomy::{Tag, Topic};
pub use translations::{Lag, Untranslated};

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use foldhash::fast::RandomState;
use imbl::OrdMap;
use jiff::civil::Date;
use rayon::prelude::*;

use crate::collect::Sources;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Documents, Kind};
use crate::source::SourcePath;

/// A map whose keys no attacker chooses.
type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;

/// The place of a page in [`Site::pages`]; it holds for one build only.
pub type PageId = usize;

/// A live page: an article, a letter or a page at the top.
#[derive(Debug, Clone)]
pub struct Page {
    /// What the editor wrote.
    pub document: Arc<Document>,
    /// Where readers find it.
    pub address: Address,
    /// The folders of `content/` that it lies in, nearest first, as keys of [`Edition::sections`].
    pub sections: Arc<[String]>,
}

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
    topic_places: HashMap<String, usize>,
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
    given: Documents,
    drafts: bool,
    places: Arc<Places>,
    /// Documents of home pages, sections and topics.
    special: Vec<Arc<Document>>,
    order: Arc<OnceLock<listing::Order>>,
    likeness: Arc<OnceLock<related::Likeness>>,
    shown_in: Arc<OnceLock<HashMap<PageId, Vec<PageId>>>>,
    neighbours: Arc<OnceLock<Vec<listing::Neighbours>>>,
    by_kind: Arc<OnceLock<links::ByKind>>,
}

/// What lives where.
#[derive(Debug, Default, Clone, PartialEq)]
struct Places {
    by_path: HashMap<SourcePath, PageId>,
    /// In the order of paths, since messages name the first of several that fit.
    addresses: BTreeMap<SourcePath, Address>,
    pages_by_address: HashMap<Address, PageId>,
    hidden: HashMap<SourcePath, State>,
    translations: HashMap<String, Vec<SourcePath>>,
}

impl Site {
    /// Puts the documents in their places.
    #[must_use]
    pub fn new(sources: &Sources, documents: Documents) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let dated: Vec<_> = documents.values().map(|document| calendar::with_state(document, sources)).collect();
        let mut site = Self::empty(sources);
        site.place(&dated, &mut diagnostics);
        site.assets = Arc::new(Assets::new(sources, &site, &documents));
        site.editions = (0..site.config.languages.len()).map(|language| site.edition(language)).collect();
        site.redirects = site.aliases(&mut diagnostics).into();
        site.reserved(&mut diagnostics);
        taxonomy::check(&site, &mut diagnostics);
        site.documents = documents.keys().cloned().zip(dated).collect();
        site.given = documents;
        (site, diagnostics)
    }

    fn empty(sources: &Sources) -> Self {
        Self {
            config: Arc::clone(&sources.config),
            today: sources.today,
            pages: Vec::new(),
            editions: Arc::default(),
            assets: Arc::default(),
            redirects: Arc::default(),
            documents: OrdMap::new(),
            given: Documents::new(),
            drafts: sources.drafts,
            places: Arc::default(),
            special: Vec::new(),
            order: Arc::default(),
            likeness: Arc::default(),
            shown_in: Arc::default(),
            neighbours: Arc::default(),
            by_kind: Arc::default(),
        }
    }

    /// Gives each live document its address, and each page its number.
    fn place(&mut self, documents: &[(Arc<Document>, State)], diagnostics: &mut Vec<Diagnostic>) {
        let mut owners: HashMap<Address, Arc<Document>> =
            HashMap::with_capacity_and_hasher(documents.len(), RandomState::default());
        let mut places = Places::default();
        let config = Arc::clone(&self.config);
        let addresses: Vec<Address> =
            documents.par_iter().map(|(document, _)| address::of(document, &config)).collect();
        for ((document, state), address) in documents.iter().zip(addresses) {
            if *state != State::Live {
                places.hidden.insert(document.path.clone(), *state);
                continue;
            }
            if let Some(owner) = owners.get(&address) {
                diagnostics.push(address::collision(document, owner, &address));
                diagnostics.push(address::collision(owner, document, &address));
                continue;
            }
            owners.insert(address.clone(), Arc::clone(document));
            places.addresses.insert(document.path.clone(), address.clone());
            places.translations.entry(document.key.clone()).or_default().push(document.path.clone());
            self.add_page(document, address, &mut places);
        }
        self.places = Arc::new(places);
    }

    fn add_page(&mut self, document: &Arc<Document>, address: Address, places: &mut Places) {
        match document.kind {
            Kind::Page | Kind::Article | Kind::Letter => {
                let id = self.pages.len();
                places.by_path.insert(document.path.clone(), id);
                places.pages_by_address.insert(address.clone(), id);
                let sections = listing::folders_of(document).into();
                self.pages.push(Page { document: Arc::clone(document), address, sections });
            }
            Kind::Home | Kind::Section | Kind::Topic => self.special.push(Arc::clone(document)),
        }
    }

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
            order: Arc::clone(&self.order),
            likeness: Arc::clone(&self.likeness),
            shown_in: Arc::clone(&self.shown_in),
            neighbours: Arc::clone(&self.neighbours),
            by_kind: Arc::clone(&self.by_kind),
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

    /// The pages to read after this one.
    #[must_use]
    pub fn related(&self, id: PageId) -> Vec<PageId> {
        related::related(self, id)
    }

    /// The page before or after in its section.
    #[must_use]
    pub fn neighbour(&self, id: PageId, next: bool) -> Option<PageId> {
        let neighbours = &self.neighbours()[id];
        if next { neighbours.next } else { neighbours.previous }
    }

    fn neighbours(&self) -> &[listing::Neighbours] {
        self.neighbours.get_or_init(|| listing::neighbours(self))
    }

    /// The order of listings.
    fn order(&self) -> &listing::Order {
        self.order.get_or_init(|| listing::Order::new(self))
    }

    fn likeness(&self) -> &related::Likeness {
        self.likeness.get_or_init(|| related::Likeness::new(self))
    }

    fn by_kind(&self) -> &links::ByKind {
        self.by_kind.get_or_init(|| links::ByKind::new(self))
    }

    /// The letters that an article shows or links to, then others on its main topic.
    #[must_use]
    pub fn letters_for(&self, id: PageId) -> Vec<PageId> {
        links::letters_for(self, id)
    }

    /// The articles that show or link to a letter, then others on its main topic.
    #[must_use]
    pub fn articles_for(&self, id: PageId) -> Vec<PageId> {
        links::articles_for(self, id)
    }
}
