//! The words of one slot, with the documents of each: forms brought together by stem, lists made of weights.
//!
//! In: the words of documents in the slot, collected document by document. Out: a `Bucket`, which depends on nothing
//! else, so that it is kept for as long as none of those words changes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::language::Language;
use super::list::List;
use super::postings::Posting;
use super::vocabulary::Vocabulary;
use super::weights::{level, pair_level};

/// A site with fewer documents keeps pairs that only one of them has.
const LARGE_SITE: usize = 200;
/// No bucket offers more words for spelling, none of fewer letters, and none that one document alone has.
const MOST_FREQUENT: usize = 50;
const SHORTEST_FREQUENT: usize = 4;

/// The words of one slot.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Bucket {
    /// Ascending by the first of their forms.
    pub(super) terms: Vec<Arc<Term>>,
    /// For spelling, the terms that most documents use, most first, each with how many do.
    pub(super) frequent: Vec<(u32, Arc<Term>)>,
    /// About how many bytes the terms take in a term dictionary file.
    pub(super) size: usize,
}

/// All forms of a word.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Term {
    /// Ascending, at least one.
    pub(super) forms: Vec<String>,
    /// Which of the forms most documents use.
    pub(super) usual: usize,
    pub(super) list: List,
    /// Neighbours to the right that are meaningful together with this word.
    pub(super) pairs: Vec<Pair>,
    /// Forms of its synonyms, whose documents are in `list`: to be marked like its own.
    pub(super) also: Vec<String>,
}

/// A word's neighbour.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pair {
    /// The neighbour, in the form that most documents use.
    pub(super) second: String,
    pub(super) list: List,
    /// Forms of the pair's synonyms.
    pub(super) also: Vec<String>,
}

/// The words of documents in one slot.
#[derive(Default)]
pub(super) struct Collected {
    forms: Vocabulary,
    uses: Vec<Use>,
    seconds: Vocabulary,
    pairs: Vec<PairUse>,
}

/// A document's use of a form.
struct Use {
    form: u32,
    document: u32,
    steps: u16,
}

/// A document's use of a pair: the number of its first word's use, and its second word.
struct PairUse {
    first: u32,
    second: u32,
    steps: u16,
}

impl Collected {
    /// Adds a document's use of a word, and returns its number; documents ascend.
    #[inline]
    pub(super) fn word(&mut self, document: u32, word: &str, steps: u16) -> usize {
        let form = self.forms.number(word);
        self.uses.push(Use { form, document, steps });
        self.uses.len() - 1
    }

    /// Adds a pair whose first word is the one added as number `first` of all.
    #[inline]
    pub(super) fn pair(&mut self, first: usize, second: &str, steps: u16) {
        let second = self.seconds.number(second);
        self.pairs.push(PairUse { first: first as u32, second, steps });
    }
}

/// Makes the bucket of one slot. `recency` is each document's.
pub(super) fn bucket(language: &Language, collected: &Collected, recency: &[f32]) -> Bucket {
    Bucket::of(language, terms(language, collected, recency))
}

/// The bucket with the terms of some stems rebuilt from all documents that use them.
pub(super) fn renewed(
    language: &Language,
    bucket: &Bucket,
    stems: &BTreeSet<String>,
    collected: &Collected,
    recency: &[f32],
) -> Bucket {
    let kept = bucket.terms.iter().filter(|term| !stems.contains(&language.stem(&term.forms[0]))).cloned();
    Bucket::of(language, kept.chain(terms(language, collected, recency)).collect())
}

impl Bucket {
    fn of(language: &Language, mut terms: Vec<Arc<Term>>) -> Self {
        terms.sort_unstable_by(|a, b| a.forms.cmp(&b.forms));
        let is_offered = |term: &&Arc<Term>| {
            term.list.length > 1
                && term.usual().chars().count() >= SHORTEST_FREQUENT
                && !language.is_stop_word(&term.forms[0])
        };
        let mut frequent: Vec<(u32, Arc<Term>)> =
            terms.iter().filter(is_offered).map(|term| (term.list.length, Arc::clone(term))).collect();
        frequent.sort_unstable_by(|a, b| (b.0, a.1.usual()).cmp(&(a.0, b.1.usual())));
        frequent.truncate(MOST_FREQUENT);
        Bucket { size: terms.iter().map(|term| term.size()).sum(), terms, frequent }
    }
}

impl Term {
    /// The form that most documents use.
    pub(super) fn usual(&self) -> &str {
        &self.forms[self.usual]
    }

    /// About how many bytes it takes in a term dictionary file.
    pub(super) fn size(&self) -> usize {
        let pairs: usize = self.pairs.iter().map(|pair| pair.second.len() + 1).sum();
        let also: usize = self.also.iter().map(|form| form.len() + 1).sum();
        6 + 3 * self.forms.len() + pairs + also
    }
}

fn terms(language: &Language, collected: &Collected, recency: &[f32]) -> Vec<Arc<Term>> {
    let builder = Builder::new(language, collected, recency);
    let mut pairs = builder.pairs();
    let terms = builder.terms.iter().zip(0..);
    terms.map(|(term, number)| Arc::new(builder.term(term, pairs.remove(&number).unwrap_or_default()))).collect()
}

struct Builder<'a> {
    language: &'a Language,
    collected: &'a Collected,
    recency: &'a [f32],
    /// For each form: its term, and how many documents use it.
    forms: Vec<(u32, u32)>,
    terms: Vec<Weights>,
}

/// A term while it is made: its forms; documents and weighted occurrences.
#[derive(Default)]
struct Weights {
    forms: Vec<u32>,
    documents: Vec<(u32, u32)>,
}

impl<'a> Builder<'a> {
    fn new(language: &'a Language, collected: &'a Collected, recency: &'a [f32]) -> Self {
        let mut builder = Builder { language, collected, recency, forms: Vec::new(), terms: Vec::new() };
        builder.bring_together();
        builder.weigh();
        builder
    }

    /// Finds the term of each form: forms of one stem have the same.
    fn bring_together(&mut self) {
        let mut stems: BTreeMap<String, u32> = BTreeMap::new();
        for form in 0..self.collected.forms.len() as u32 {
            let next = self.terms.len() as u32;
            let term = *stems.entry(self.language.stem(self.collected.forms.word(form))).or_insert(next);
            if term == next {
                self.terms.push(Weights::default());
            }
            self.terms[term as usize].forms.push(form);
            self.forms.push((term, 0));
        }
    }

    fn weigh(&mut self) {
        for use_ in &self.collected.uses {
            let (term, uses) = &mut self.forms[use_.form as usize];
            *uses += 1;
            let documents = &mut self.terms[*term as usize].documents;
            match documents.last_mut() {
                Some(last) if last.0 == use_.document => last.1 += u32::from(use_.steps),
                _ => documents.push((use_.document, u32::from(use_.steps))),
            }
        }
    }

    fn term(&self, weights: &Weights, pairs: Vec<Pair>) -> Term {
        let form = |form: &u32| (self.collected.forms.word(*form), self.forms[*form as usize].1);
        let mut forms: Vec<(&str, u32)> = weights.forms.iter().map(form).collect();
        forms.sort_unstable();
        let usual = (0..forms.len()).max_by_key(|at| (forms[*at].1, Reverse(*at))).unwrap_or_default();
        let recency = |document: u32| self.recency[document as usize];
        let postings: Vec<Posting> =
            weights.documents.iter().map(|(d, steps)| (*d, level(*steps, recency(*d)))).collect();
        let forms = forms.into_iter().map(|(form, _)| form.to_owned()).collect();
        Term { forms, usual, list: List::parted(&postings), pairs, also: Vec::new() }
    }

    /// For each term its pairs, ascending by neighbour.
    fn pairs(&self) -> BTreeMap<u32, Vec<Pair>> {
        let Collected { uses, seconds, pairs, .. } = self.collected;
        let pair_of = |pair: &PairUse| {
            let Use { form, document, .. } = uses[pair.first as usize];
            let (term, _) = self.forms[form as usize];
            PairOf { term, second: pair.second, document, steps: u32::from(pair.steps) }
        };
        let mut found: Vec<PairOf> = pairs.iter().map(pair_of).collect();
        found.sort_unstable();
        let mut pairs: BTreeMap<u32, BTreeMap<String, Vec<&[PairOf]>>> = BTreeMap::new();
        for same in
            found.chunk_by(|a, b| (a.term, a.second) == (b.term, b.second)).filter(|same| same.len() >= self.fewest())
        {
            let stem = self.language.stem(seconds.word(same[0].second));
            pairs.entry(same[0].term).or_default().entry(stem).or_default().push(same);
        }
        let made = |forms: BTreeMap<String, Vec<&[PairOf]>>| forms.values().map(|forms| self.pair(forms)).collect();
        pairs.into_iter().map(|(term, forms)| (term, made(forms))).collect()
    }

    fn fewest(&self) -> usize {
        if self.recency.len() < LARGE_SITE { 1 } else { 2 }
    }

    /// One pair from the uses of each form of its second word.
    fn pair(&self, forms: &[&[PairOf]]) -> Pair {
        let second = |uses: &[PairOf]| self.collected.seconds.word(uses[0].second);
        let usual = forms.iter().map(|uses| (uses.len(), Reverse(second(uses)))).max();
        let mut documents: BTreeMap<u32, u32> = BTreeMap::new();
        forms.iter().copied().flatten().for_each(|pair| *documents.entry(pair.document).or_default() += pair.steps);
        let postings: Vec<Posting> = documents
            .into_iter()
            .map(|(document, steps)| (document, pair_level(steps, self.recency[document as usize])))
            .collect();
        let second = usual.map(|(_, Reverse(word))| word.to_owned()).unwrap_or_default();
        Pair { second, list: List::whole(&postings), also: Vec::new() }
    }
}

/// A use of a pair, by term and by number of its second word.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct PairOf {
    term: u32,
    second: u32,
    document: u32,
    steps: u32,
}
