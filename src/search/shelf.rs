//! The words of one slot, with the documents of each: forms brought together by stem, lists made of weights.
//!
//! In: the documents that have words in the slot. Out: a `Shelf`, which depends on nothing else, so that it is
//! kept for as long as none of those words changes.

use super::analysis::Terms;
use super::language::Language;
use super::postings::{Posting, encode};
use super::vocabulary::Vocabulary;
use super::weights::{LETTER_WORD, level, pair_level};
use std::collections::BTreeMap;
use std::ops::Range;

/// A site with fewer documents keeps pairs that only one of them has.
const LARGE_SITE: usize = 1000;

/// The words of one slot.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shelf {
    /// Ascending by the first of their forms.
    pub(super) terms: Vec<Term>,
}

/// All forms of a word.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Term {
    /// Ascending, at least one.
    pub(super) forms: Vec<String>,
    /// Number of the form that most documents use.
    pub(super) usual: usize,
    /// Whether a query may have this word and a result lack it.
    pub(super) optional: bool,
    pub(super) list: List,
    /// Neighbours to the right that say something together with this word.
    pub(super) pairs: Vec<Pair>,
    /// Forms of its synonyms, whose documents are in `list`: to be marked like its own.
    pub(super) also: Vec<String>,
}

/// A word and its neighbour.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pair {
    /// The neighbour, in the form that most documents use.
    pub(super) second: String,
    pub(super) list: List,
    /// Forms of the pair's synonyms.
    pub(super) also: Vec<String>,
}

/// An encoded list of postings.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct List {
    /// How many documents.
    pub(super) length: u32,
    pub(super) bytes: Vec<u8>,
}

impl List {
    pub(super) fn new(postings: &[Posting]) -> Self {
        List { length: postings.len() as u32, bytes: encode(postings) }
    }
}

/// A document with words in the slot.
pub(super) struct Reading<'a> {
    pub(super) document: u32,
    pub(super) terms: &'a Terms,
    /// Its words in the slot.
    pub(super) words: Range<usize>,
    pub(super) is_letter: bool,
    pub(super) recency: f32,
}

/// Makes the shelf of one slot. `letter_words` are those of this slot; `readings` ascend by document.
pub(super) fn shelf(language: &Language, letter_words: &[String], readings: &[Reading<'_>], documents: usize) -> Shelf {
    let mut builder = Builder { language, forms: Vocabulary::default(), uses: Vec::new(), terms: Vec::new(), stems: BTreeMap::new() };
    for reading in readings {
        builder.read(reading);
        if reading.is_letter {
            letter_words.iter().for_each(|word| builder.add(word, reading, LETTER_WORD));
        }
    }
    let mut pairs = pairs(&mut builder, readings, documents);
    let terms = std::mem::take(&mut builder.terms);
    let mut terms: Vec<Term> =
        terms.into_iter().enumerate().map(|(number, term)| builder.term(term, pairs.remove(&(number as u32)))).collect();
    terms.sort_by(|a, b| a.forms.cmp(&b.forms));
    Shelf { terms }
}

struct Builder<'a> {
    language: &'a Language,
    forms: Vocabulary,
    /// For each form: its term, and how many documents use it.
    uses: Vec<(u32, u32)>,
    terms: Vec<Gathered>,
    stems: BTreeMap<String, u32>,
}

#[derive(Default)]
struct Gathered {
    forms: Vec<u32>,
    /// Document, weighted occurrences, recency.
    weights: Vec<(u32, u32, f32)>,
}

impl Builder<'_> {
    fn read(&mut self, reading: &Reading<'_>) {
        for number in reading.words.clone() {
            let (word, steps) = reading.terms.word(number);
            self.add(word, reading, steps);
        }
    }

    fn add(&mut self, word: &str, reading: &Reading<'_>, steps: u16) {
        let term = self.term_of(word);
        let weights = &mut self.terms[term as usize].weights;
        match weights.last_mut() {
            Some(last) if last.0 == reading.document => last.1 += u32::from(steps),
            _ => weights.push((reading.document, u32::from(steps), reading.recency)),
        }
    }

    fn term_of(&mut self, word: &str) -> u32 {
        let form = self.forms.number(word);
        if form as usize == self.uses.len() {
            let term = self.term_of_stem(word);
            self.terms[term as usize].forms.push(form);
            self.uses.push((term, 0));
        }
        let (term, uses) = &mut self.uses[form as usize];
        *uses += 1;
        *term
    }

    fn term_of_stem(&mut self, word: &str) -> u32 {
        let next = self.terms.len() as u32;
        let term = *self.stems.entry(self.language.stem(word)).or_insert(next);
        if term == next {
            self.terms.push(Gathered::default());
        }
        term
    }

    fn term(&self, gathered: Gathered, pairs: Option<Vec<Pair>>) -> Term {
        let mut forms: Vec<(&str, u32)> =
            gathered.forms.iter().map(|form| (self.forms.word(*form), self.uses[*form as usize].1)).collect();
        forms.sort_unstable();
        let usual = (0..forms.len()).rev().max_by_key(|at| forms[*at].1).unwrap_or_default();
        let postings: Vec<Posting> = gathered.weights.iter().map(|(d, steps, recency)| (*d, level(*steps, *recency))).collect();
        Term {
            optional: forms.iter().any(|(form, _)| self.language.is_stop_word(form)),
            forms: forms.into_iter().map(|(form, _)| form.to_owned()).collect(),
            usual,
            list: List::new(&postings),
            pairs: pairs.unwrap_or_default(),
            also: Vec::new(),
        }
    }
}

/// For each term its pairs, ascending by neighbour.
fn pairs(builder: &mut Builder<'_>, readings: &[Reading<'_>], documents: usize) -> BTreeMap<u32, Vec<Pair>> {
    let fewest = if documents < LARGE_SITE { 1 } else { 2 };
    let mut neighbours = Vocabulary::default();
    let mut found: Vec<(u32, u32, u32, u32)> = Vec::new();
    for (at, reading) in readings.iter().enumerate() {
        for (first, second, steps) in reading.terms.pairs(reading.words.clone()) {
            let term = builder.term_of(reading.terms.word(first).0);
            let neighbour = neighbours.number(reading.terms.word(second).0);
            found.push((term, neighbour, at as u32, u32::from(steps)));
        }
    }
    found.sort_unstable();
    let mut pairs: BTreeMap<(u32, String), Vec<Vec<(u32, u32, u32, u32)>>> = BTreeMap::new();
    for same in found.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|same| same.len() >= fewest) {
        let stem = builder.language.stem(neighbours.word(same[0].1));
        pairs.entry((same[0].0, stem)).or_default().push(same.to_vec());
    }
    let mut by_term: BTreeMap<u32, Vec<Pair>> = BTreeMap::new();
    for ((term, _), forms) in pairs {
        by_term.entry(term).or_default().push(pair(&forms, &neighbours, readings));
    }
    by_term
}

/// One pair from the uses of each form of its neighbour.
fn pair(forms: &[Vec<(u32, u32, u32, u32)>], neighbours: &Vocabulary, readings: &[Reading<'_>]) -> Pair {
    let usual = forms.iter().rev().max_by_key(|uses| uses.len()).map_or(0, |uses| uses[0].1);
    let mut steps: BTreeMap<u32, u32> = BTreeMap::new();
    forms.iter().flatten().for_each(|use_| *steps.entry(use_.2).or_default() += use_.3);
    let posting = |(at, steps): (u32, u32)| {
        let reading = &readings[at as usize];
        (reading.document, pair_level(steps, reading.recency))
    };
    let postings: Vec<Posting> = steps.into_iter().map(posting).collect();
    Pair { second: neighbours.word(usual).to_owned(), list: List::new(&postings), also: Vec::new() }
}
