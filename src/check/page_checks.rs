//! The findings on each page by itself, cached until the page changes, or what the site sets for all its pages.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use super::definitions::Definitions;
use super::policy;
use super::reading::Reading;
use super::rule_entry::Find;
use super::site_rules::SiteRules;
use super::speller::Speller;
use super::subjects::Page;
use super::tables::rules;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, UncachedDocument};
use crate::source::SourcePath;
use crate::storage::Hash;
use crate::text::Guesses;

/// What the rules found on each live page.
#[derive(Debug, Default)]
pub(super) struct PageCheckCache {
    /// What the site sets for all its pages.
    site_rules: Option<Hash>,
    found: HashMap<SourcePath, (Hash, Arc<[Diagnostic]>), RandomState>,
    /// The pages on which something is wrong.
    faulty: BTreeSet<SourcePath>,
}

/// Everything that is wrong with live pages by themselves.
pub(super) fn check(site_rules: &SiteRules<'_>, live: &[&Document], memory: &mut PageCheckCache) -> Vec<Diagnostic> {
    if memory.site_rules != Some(site_rules.hash) {
        *memory = PageCheckCache { site_rules: Some(site_rules.hash), ..PageCheckCache::default() };
    }
    let known = &memory.found;
    let anew =
        live.par_iter().filter(|document| known.get(&document.path).is_none_or(|(hash, _)| *hash != document.hash));
    let found: Vec<(&Document, Arc<[Diagnostic]>)> = anew
        .map_init(RefCell::default, |speller, document| {
            (*document, of_page(site_rules, &document.uncached(), speller).into())
        })
        .collect();
    for (document, found) in found {
        memory.keep(document, found);
    }
    if memory.found.len() > live.len() {
        memory.forget_others(live);
    }
    memory
        .faulty
        .iter()
        .filter_map(|path| memory.found.get(path))
        .flat_map(|(_, found)| found.iter().cloned())
        .collect()
}

impl PageCheckCache {
    fn keep(&mut self, document: &Document, found: Arc<[Diagnostic]>) {
        match found.is_empty() {
            true => self.faulty.remove(&document.path),
            false => self.faulty.insert(document.path.clone()),
        };
        self.found.insert(document.path.clone(), (document.hash, found));
    }

    fn forget_others(&mut self, live: &[&Document]) {
        let live: BTreeSet<&SourcePath> = live.iter().map(|document| &document.path).collect();
        self.found.retain(|path, _| live.contains(path));
        self.faulty.retain(|path| live.contains(path));
    }
}

fn of_page(site_rules: &SiteRules<'_>, document: &UncachedDocument<'_>, speller: &RefCell<Speller>) -> Vec<Diagnostic> {
    let reading = Reading::of(document);
    let page = Page {
        document,
        reading: &reading,
        site_rules,
        speller,
        definitions: Definitions::of(document),
        guesses: Guesses::default(),
    };
    let mut diagnostics = Vec::new();
    for entry in rules().filter(|entry| policy::is_on(entry, &site_rules.sources.config.check)) {
        if let Find::Page(find) = entry.find {
            entry.report(&mut diagnostics, |findings| find(&page, findings));
        }
    }
    diagnostics
}
