//! What the site sets for all its pages: terms to avoid, dictionaries, the day.

use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use super::speller::{Dictionaries, DictionaryCache};
use crate::collect::Sources;
use crate::diagnostic::{Diagnostic, Places, Rule, SourceText};
use crate::document::Document;
use crate::fields::{Entry, Field, Kind, Reader, UnknownKeys, read_toml_file};
use crate::source::Source;
use crate::storage::Hash;

/// Where editors keep the terms that the site avoids.
pub(crate) const TERMS: &str = "content/terms.toml";

/// The settings of `content/terms.toml`.
pub(crate) const TERMS_FIELDS: &[Field] = &[Field {
    name: "avoid",
    kind: Kind::Groups,
    help: "A term to avoid, the better word, and why.",
    example: "[{ term = \"utilise\", better = \"use\" }]",
}];

/// Maximum number of terms: the automaton that finds them is built in quadratic time.
const MOST_TERMS: usize = 5_000;

const TERM_FIELDS: &[Field] = &[
    Field { name: "term", kind: Kind::Text, help: "The word or phrase to avoid.", example: "\"utilise\"" },
    Field { name: "better", kind: Kind::Text, help: "What to write.", example: "\"use\"" },
    Field { name: "reason", kind: Kind::Text, help: "Why.", example: "\"Readers know it at once.\"" },
];

/// A term to avoid.
#[derive(Debug)]
pub(crate) struct Term {
    pub(crate) term: String,
    pub(crate) better: Option<String>,
    pub(crate) reason: Option<String>,
}

/// What rules about pages need of the site.
pub(crate) struct SiteRules<'a> {
    pub(crate) sources: &'a Sources,
    pub(crate) terms: Vec<Term>,
    /// Finds `terms` by their numbers.
    pub(crate) finder: Option<AhoCorasick>,
    pub(crate) dictionaries: Arc<Dictionaries>,
    /// The hash of all that rules about a page depend on beside the page, whose own hash holds the configuration's.
    pub(crate) hash: Hash,
}

impl<'a> SiteRules<'a> {
    pub(crate) fn new(sources: &'a Sources, memory: &mut DictionaryCache) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let source = sources.content.get(TERMS);
        let terms = source.map(|source| terms(source, &mut diagnostics)).unwrap_or_default();
        let finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(terms.iter().map(|term| &term.term))
            .ok()
            .filter(|_| !terms.is_empty());
        let dictionaries = Dictionaries::of_files(&sources.spelling, memory, &mut diagnostics);
        let hash = hash(sources);
        (Self { sources, terms, finder, dictionaries, hash }, diagnostics)
    }

    /// The language of a document, without region or script.
    pub(crate) fn language(&self, document: &Document) -> &str {
        let code = self.language_tag(document);
        code.split('-').next().unwrap_or(code)
    }

    /// The language of a document as the configuration writes it.
    pub(crate) fn language_tag(&self, document: &Document) -> &str {
        self.sources.config.languages.get(document.language).map_or("en", |language| &language.code)
    }
}

fn hash(sources: &Sources) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(sources.today.to_string().as_bytes());
    if let Some(source) = sources.content.get(TERMS) {
        hasher.update(&source.fingerprint.to_bytes());
    }
    hasher.update(sources.spelling.fingerprint().as_bytes());
    hasher.finalize()
}

fn terms(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Vec<Term> {
    let text = source.lossy_text();
    let places = Places::default();
    let place = SourceText::new(&source.path, &text).with(&places);
    let entries = read_toml_file(place, diagnostics).unwrap_or_default();
    let mut reader = Reader::new(place, &entries, TERMS_FIELDS, UnknownKeys::Error, diagnostics);
    let mut groups = reader.groups("avoid");
    if groups.len() > MOST_TERMS {
        groups.truncate(MOST_TERMS);
        let message = format!("`avoid` lists more than {MOST_TERMS} terms; the others are not looked for");
        reader.report("avoid", Diagnostic::warning(Rule::WrongType, message).hint("remove those that nobody writes"));
    }
    groups.into_iter().filter_map(|entries| term(&mut reader, entries)).collect()
}

fn term(reader: &mut Reader<'_, '_>, entries: &[Entry]) -> Option<Term> {
    let place = reader.source();
    let mut inner = Reader::new(place, entries, TERM_FIELDS, UnknownKeys::Error, reader.diagnostics());
    let Some(term) = inner.text("term") else {
        inner.report("term", Diagnostic::error(Rule::WrongType, "each of `avoid` needs a `term`"));
        return None;
    };
    Some(Term { term, better: inner.text("better"), reason: inner.text("reason") })
}
