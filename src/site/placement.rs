//! Documents → [`Site`]: each live document with its address, and each page with its number.

use std::sync::Arc;

use foldhash::fast::RandomState;
use imbl::OrdMap;
use rayon::prelude::*;

use super::address::{self, Address, folders_of};
use super::bundles::assets;
use super::page::{HashMap, Page};
use super::state::{State, with_state};
use super::structure::{Derived, Places, Site};
use super::taxonomy;
use crate::collect::Sources;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Documents, Kind};

impl Site {
    /// Puts the documents in their places.
    #[must_use]
    pub fn new(sources: &Sources, documents: Documents) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let dated: Vec<_> = documents.values().map(|document| with_state(document, sources)).collect();
        let mut site = Self::empty(sources);
        site.place(&dated, &mut diagnostics);
        site.assets = Arc::new(assets(sources, &site, &documents));
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
            derived: Derived::default(),
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
                let sections = folders_of(document).into();
                self.pages.push(Page { document: Arc::clone(document), address, sections });
            }
            Kind::Home | Kind::Section | Kind::Topic => self.special.push(Arc::clone(document)),
        }
    }
}
