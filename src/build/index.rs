//! Documents → the files of the search index, one index a language.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::collect::{Hash, SourcePath, Sources};
use crate::diagnostic::{Diagnostic, Places, SourceText};
use crate::document::Document;
use crate::letters;
use crate::memo::Memo;
use crate::output::{Artifact, Output};
use crate::render::{SEARCH_ENTRY, letter_words, search_entry};
use crate::search::{self, Entry, Section, Synonyms, Terms};
use crate::site::{Page, Site};
use crate::theme::Theme;

/// Where editors keep the site's synonyms.
const SYNONYMS: &str = "content/search.toml";

/// Adds the index of each language. Terms are remembered by document and, for letters, the theme's words.
pub(super) fn search(
    sources: &Sources,
    site: &Site,
    theme: &Theme,
    memo: &mut Memo,
    output: &mut Output,
) -> Vec<Diagnostic> {
    let (synonyms, mut diagnostics) = read_synonyms(sources);
    let pages: Vec<&Page> = site.pages.iter().filter(|page| page.document.front.search).collect();
    let known = std::mem::take(&mut memo.terms);
    let words = letter_words(site, theme);
    memo.terms = pages.par_iter().map(|page| remembered_terms(site, page, &words, &known)).collect();
    memo.indexes.resize_with(site.config.languages.len(), Default::default);
    let mut unused: Option<Vec<search::Fault>> = None;
    for (language, memory) in memo.indexes.iter_mut().enumerate() {
        let entries: Vec<(Entry, Arc<Terms>)> = pages
            .iter()
            .filter(|page| page.document.language == language)
            .map(|page| (search_entry(site, page, &words[language]), Arc::clone(&memo.terms[&page.document.path].1)))
            .collect();
        if !entries.is_empty() {
            let code = &site.config.languages[language].code;
            let index = search::index(code, &entries, &synonyms, memory);
            unused = Some(in_every_language(unused, &index.faults));
            publish(site, language, index, output);
        }
    }
    diagnostics.extend(faults(sources, unused.unwrap_or_default()));
    diagnostics
}

/// One file of synonyms serves all languages, so a word that one of them uses is no fault.
fn in_every_language(before: Option<Vec<search::Fault>>, found: &[search::Fault]) -> Vec<search::Fault> {
    match before {
        None => found.to_vec(),
        Some(mut before) => {
            before.retain(|fault| found.contains(fault));
            before
        }
    }
}

type Known = HashMap<SourcePath, (Hash, Arc<Terms>)>;

fn remembered_terms(
    site: &Site,
    page: &Page,
    words: &[letters::Words],
    known: &Known,
) -> (SourcePath, (Hash, Arc<Terms>)) {
    let document = &page.document;
    let path = document.path.clone();
    let fingerprint = fingerprint(document, &words[document.language]);
    match known.get(&path) {
        Some((hash, terms)) if *hash == fingerprint => (path, (fingerprint, Arc::clone(terms))),
        _ => (path, (fingerprint, Arc::new(terms(site, document, &words[document.language])))),
    }
}

/// Terms depend on the document (whose hash holds the configuration's); what a letter says, on the theme's words as well.
fn fingerprint(document: &Document, words: &letters::Words) -> Hash {
    if document.letter.is_none() {
        return document.hash;
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update(document.hash.as_bytes()).update(format!("{words:?}").as_bytes());
    hasher.finalize()
}

fn terms(site: &Site, document: &Document, words: &letters::Words) -> Terms {
    let mut sections: Vec<Section> = document.body.sections.iter().map(section).collect();
    if let Some(letter) = &document.letter {
        sections.insert(0, Section { text: letters::said(letter, words), ..Section::default() });
    }
    let text = search::Text {
        title: &document.front.title,
        description: &document.front.description,
        tags: &document.front.tags,
        sections: &sections,
    };
    search::analyse(&site.config.languages[document.language].code, &text)
}

fn section(section: &crate::document::TextSection) -> Section {
    Section { anchor: section.anchor.clone(), heading: section.heading.clone(), text: section.text.clone() }
}

/// The entry has a name that stays, so that an edited article does not change every page; the others have their own hashes.
fn publish(site: &Site, language: usize, index: search::Index, output: &mut Output) {
    let folder = format!("{}search/", crate::site::language_prefix(&site.config, language));
    for file in index.files {
        let name = if file.name == index.entry { SEARCH_ENTRY } else { &file.name };
        output.insert(format!("{folder}{name}"), Artifact::new(file.bytes));
    }
}

fn read_synonyms(sources: &Sources) -> (Synonyms, Vec<Diagnostic>) {
    let Some(source) = sources.content.get(SYNONYMS) else { return (Synonyms::default(), Vec::new()) };
    let (synonyms, found) = search::synonyms(&String::from_utf8_lossy(&source.bytes));
    (synonyms, faults(sources, found))
}

fn faults(sources: &Sources, faults: Vec<search::Fault>) -> Vec<Diagnostic> {
    let Some(source) = sources.content.get(SYNONYMS) else { return Vec::new() };
    let text = String::from_utf8_lossy(&source.bytes);
    let places = Places::default();
    let place = SourceText::new(&source.path, &text).with(&places);
    let diagnostic = |fault: search::Fault| {
        let diagnostic = Diagnostic::warning("search-synonyms", fault.message).at(place, fault.span);
        if fault.hint.is_empty() { diagnostic } else { diagnostic.hint(fault.hint) }
    };
    faults.into_iter().map(diagnostic).collect()
}
