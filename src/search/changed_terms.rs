//! What one document adds to each term of the index, and the terms for which that differs from what it added before.
//!
//! A term is made from the claims of all documents, and of them from nothing but what is compared here: the forms, the
//! levels, the neighbours. So a term that an edit doesn't name here stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::IndexedDocument;
use super::analysis::IndexedText;
use super::language::Language;
use super::slot::{SLOTS, slot};
use super::weights::{LETTER_WORD, level, pair_level, recency};

/// Terms by slot, each by its stem.
pub(super) type Stems = BTreeMap<u16, BTreeSet<String>>;

/// Adds to `stale` the terms to rebuild when one indexed document replaces another.
pub(super) fn compare(language: &Language, before: &IndexedDocument, now: &IndexedDocument, stale: &mut Stems) {
    let letter_words = language.letter_words();
    let (before, now) =
        (ChangedTerms::of(language, before, &letter_words), ChangedTerms::of(language, now, &letter_words));
    for key in before.0.keys().chain(now.0.keys()) {
        if before.0.get(key) != now.0.get(key) {
            stale.entry(key.0).or_default().insert(key.1.clone());
        }
    }
}

/// A document's claims, by slot and stem.
struct ChangedTerms<'a>(BTreeMap<(u16, String), ChangedTerm<'a>>);

/// What a document adds to one term.
#[derive(Default, PartialEq)]
struct ChangedTerm<'a> {
    forms: Vec<&'a str>,
    level: u8,
    pairs: Vec<ChangedPair<'a>>,
    steps: u32,
}

#[derive(PartialEq, PartialOrd)]
struct ChangedPair<'a> {
    first: &'a str,
    second: &'a str,
    level: u8,
    /// What its level was made from, where another pair may be added to it.
    exact: Option<(u32, f32)>,
}

impl<'a> ChangedTerms<'a> {
    fn of(language: &Language, document: &'a IndexedDocument, letter_words: &'a [String]) -> Self {
        let recency = recency(document.entry.date.as_deref());
        let mut changed_terms = ChangedTerms(BTreeMap::new());
        let terms = document.terms.read();
        for said in terms.said(terms.start(0), SLOTS as u16) {
            changed_terms.said(language, said, recency);
        }
        for word in letter_words.iter().filter(|_| document.entry.kind == "letter") {
            changed_terms.word(language, slot(word), word, LETTER_WORD);
        }
        changed_terms.settle(language, recency);
        changed_terms
    }

    fn said(&mut self, language: &Language, said: IndexedText<'a>, recency: f32) {
        let claim = self.word(language, said.slot, said.word, said.steps);
        claim.pairs.extend(said.pairs().map(|(second, steps)| ChangedPair {
            first: said.word,
            second,
            level: pair_level(steps.into(), recency),
            exact: Some((steps.into(), recency)),
        }));
    }

    fn word(&mut self, language: &Language, slot: u16, word: &'a str, steps: u16) -> &mut ChangedTerm<'a> {
        let claim = self.0.entry((slot, language.stem(word))).or_default();
        claim.forms.push(word);
        claim.steps += u32::from(steps);
        claim
    }

    /// Turns occurrences into levels, and puts what has no order into one.
    fn settle(&mut self, language: &Language, recency: f32) {
        for claim in self.0.values_mut() {
            claim.level = level(std::mem::take(&mut claim.steps), recency);
            claim.forms.sort_unstable();
            let mut seconds = BTreeSet::new();
            if claim.pairs.iter().all(|pair| seconds.insert(language.stem(pair.second))) {
                claim.pairs.iter_mut().for_each(|pair| pair.exact = None);
            }
            claim.pairs.sort_unstable_by(|a, b| (a.first, a.second).cmp(&(b.first, b.second)));
        }
    }
}
