//! Documents → the files of the search index, one index a language.

use std::sync::Arc;

use rayon::prelude::*;

use crate::collect::Sources;
use crate::diagnostic::{Diagnostic, Places, Rule, SourceText};
use crate::document::Document;
use crate::output::Output;
use crate::render::{SEARCH_ENTRY, letter_words, search_entry};
use crate::search::{IndexedDocument, Section, Synonyms};
use crate::site::{Address, Edition, Page, Site};
use crate::source::SourcePath;
use crate::storage::{Hash, Storage, StoredText};
use crate::theme::Theme;
use crate::{letters, search};

/// Where editors keep the site's synonyms.
const SYNONYMS: &str = "content/search.toml";

/// What is remembered of one page.
#[derive(Debug)]
pub struct Known {
    path: SourcePath,
    /// What its terms were made from.
    said: (Arc<Document>, Hash),
    /// What else a result shows.
    shown: (Address, Hash),
    document_of: Arc<IndexedDocument>,
}

/// What is remembered of the index from build to build.
#[derive(Debug, Default)]
pub struct IndexedPages {
    documents: Vec<Known>,
    indexes: Vec<search::IndexCache>,
}

/// What an index is built from.
#[derive(Clone, Copy)]
pub(super) struct SiteToIndex<'a> {
    pub(super) sources: &'a Sources,
    pub(super) site: &'a Site,
    pub(super) theme: &'a Theme,
    pub(super) storage: &'a Storage,
}

/// Adds the index of each language.
pub(super) fn search(from: &SiteToIndex<'_>, memory: &mut IndexedPages, output: &mut Output) -> Vec<Diagnostic> {
    let SiteToIndex { sources, site, theme, storage } = *from;
    let (synonyms, mut diagnostics) = read_synonyms(sources);
    memory.documents = indexed(site, theme, std::mem::take(&mut memory.documents), storage);
    memory.indexes.resize_with(site.config.languages.len(), Default::default);
    let mut unused: Option<Vec<search::SynonymFault>> = None;
    for (language, index_memory) in memory.indexes.iter_mut().enumerate() {
        let own = memory.documents.iter().filter(|known| known.said.0.language == language);
        let indexed: Vec<Arc<IndexedDocument>> = own.map(|known| Arc::clone(&known.document_of)).collect();
        if !indexed.is_empty() {
            let code = &site.config.languages[language].code;
            let index = search::index(code, &indexed, &synonyms, index_memory);
            unused = Some(in_every_language(unused, &index.faults));
            publish(site, language, index, output);
        }
    }
    diagnostics.extend(faults(sources, unused.unwrap_or_default()));
    diagnostics
}

/// One file of synonyms serves all languages, so a word that one of them uses is no fault.
fn in_every_language(
    before: Option<Vec<search::SynonymFault>>,
    found: &[search::SynonymFault],
) -> Vec<search::SynonymFault> {
    match before {
        None => found.to_vec(),
        Some(mut before) => {
            before.retain(|fault| found.contains(fault));
            before
        }
    }
}

/// Every page that can be found, those that are as they were from memory. Pages are in the order of paths.
fn indexed(site: &Site, theme: &Theme, known: Vec<Known>, storage: &Storage) -> Vec<Known> {
    let editions = site.editions.iter().zip(letter_words(site, theme));
    let editions: Vec<Surroundings<'_>> = editions.map(|edition| Surroundings::of(edition, storage)).collect();
    let mut known = known.into_iter().peekable();
    let pages = site.pages.iter().filter(|page| page.document.front.search);
    let found: Vec<(&Page, Option<Known>)> = pages
        .map(|page| {
            let path = &page.document.path;
            while known.next_if(|known| known.path < *path).is_some() {}
            (page, known.next_if(|known| known.path == *path))
        })
        .collect();
    let document_of =
        |(page, known): (&Page, Option<Known>)| known_or_new(site, page, known, &editions[page.document.language]);
    found.into_par_iter().map(document_of).collect()
}

/// What pages of one language have from elsewhere.
struct Surroundings<'a> {
    storage: &'a Storage,
    words: letters::Words,
    words_hash: Hash,
    topics_hash: Hash,
}

impl<'a> Surroundings<'a> {
    fn of((edition, words): (&Edition, letters::Words), storage: &'a Storage) -> Self {
        let topics = edition.topics.iter().map(|topic| (&topic.slug, &topic.title));
        Self {
            storage,
            words_hash: words.fingerprint(),
            topics_hash: blake3::hash(format!("{:?}", topics.collect::<Vec<_>>()).as_bytes()),
            words,
        }
    }
}

/// Terms depend on the document (whose hash holds the configuration's) and, for letters, on the theme's words; what a result shows, on the
/// page's address and the names of topics as well.
fn known_or_new(site: &Site, page: &Page, known: Option<Known>, surroundings: &Surroundings<'_>) -> Known {
    let document = &page.document;
    let says_the_same = |(before, words): &(Arc<Document>, Hash)| {
        Arc::ptr_eq(before, document) && (document.letter.is_none() || *words == surroundings.words_hash)
    };
    let is_shown_the_same =
        |(address, topics): &(Address, Hash)| *address == page.address && *topics == surroundings.topics_hash;
    let known = known.filter(|known| says_the_same(&known.said));
    match known {
        Some(known) if is_shown_the_same(&known.shown) => known,
        known => Known {
            path: document.path.clone(),
            said: (Arc::clone(document), surroundings.words_hash),
            shown: (page.address.clone(), surroundings.topics_hash),
            document_of: Arc::new(document_of(
                site,
                page,
                surroundings,
                known.map(|known| known.document_of).as_deref(),
            )),
        },
    }
}

/// `known` is one of the same terms.
fn document_of(
    site: &Site,
    page: &Page,
    surroundings: &Surroundings<'_>,
    known: Option<&IndexedDocument>,
) -> IndexedDocument {
    let document = &page.document;
    let words = &surroundings.words;
    let said = document.letter.as_ref().map(|letter| StoredText::from(letters::said(letter, words)));
    let letter = said.as_ref().map(Section::lead);
    let read = document.body.sections.get();
    let sections: Vec<Section> = letter.into_iter().chain(read.iter().map(section)).collect();
    let model: Arc<[u8]> = match surroundings.storage {
        Storage::Packed => Arc::clone(document.text.shared()).into(),
        Storage::Memory | Storage::Disk(_) => Arc::default(),
    };
    let text = search::Text {
        title: &document.front.title,
        description: &document.front.description,
        tags: &document.front.tags,
        sections: &sections,
        place: surroundings.storage.place(&model),
    };
    let entry = search_entry(site, page, words);
    match known {
        Some(known) => known.with(&text, entry),
        None => IndexedDocument::new(&site.config.languages[document.language].code, &text, entry),
    }
}

fn section(section: &crate::document::TextSection) -> Section<'_> {
    Section { anchor: section.anchor.as_deref(), heading: section.heading.as_deref(), text: &section.text }
}

/// The entry has a name that stays, so that an edited article does not change every page; the others have their own hashes.
fn publish(site: &Site, language: usize, index: search::Index, output: &mut Output) {
    let folder = format!("{}search/", crate::site::language_prefix(&site.config, language));
    for file in index.files {
        let name = if file.name == index.entry { SEARCH_ENTRY } else { &file.name };
        output.insert(format!("{folder}{name}"), file.content);
    }
}

fn read_synonyms(sources: &Sources) -> (Synonyms, Vec<Diagnostic>) {
    let Some(source) = sources.content.get(SYNONYMS) else { return (Synonyms::default(), Vec::new()) };
    let (synonyms, found) = search::synonyms(&source.lossy_text());
    (synonyms, faults(sources, found))
}

fn faults(sources: &Sources, faults: Vec<search::SynonymFault>) -> Vec<Diagnostic> {
    let Some(source) = sources.content.get(SYNONYMS) else { return Vec::new() };
    let text = source.lossy_text();
    let places = Places::default();
    let place = SourceText::new(&source.path, &text).with(&places);
    let diagnostic = |fault: search::SynonymFault| {
        let diagnostic = Diagnostic::warning(Rule::SearchSynonyms, fault.message).at(place, fault.span);
        if fault.hint.is_empty() { diagnostic } else { diagnostic.hint(fault.hint) }
    };
    faults.into_iter().map(diagnostic).collect()
}
