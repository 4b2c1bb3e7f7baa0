//! Synonyms laid over the buckets: each word of a group gets the documents of the others, at a lower level.
//!
//! That is done in the index and not in the browser, so that a query for one word loads one list, however many synonyms it
//! for. In: finished buckets and the editor's groups. Out: the buckets that differ, and what is wrong with the groups.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::SynonymFault;
use super::bucket::{Bucket, Pair, Term};
use super::language::Language;
use super::list::List;
use super::postings::Posting;
use super::slot::slot;
use super::synonyms::{Phrase, Synonyms};
use super::weights::lower;
use super::words::folded;

/// A synonym's documents count this much of their own level: what the reader typed comes first.
const SHARE: f32 = 0.6;
/// Marks in excerpts need no more forms than these.
const MOST_FORMS: usize = 40;

/// What synonyms change.
#[derive(Debug, Default)]
pub(super) struct SynonymPostings {
    synonyms: Synonyms,
    /// The groups' phrases as they were found in the buckets.
    groups: Vec<Vec<Found>>,
    /// The buckets that they were found in.
    from: BTreeMap<u16, Arc<Bucket>>,
    /// The buckets that are seen in the place of those, by slot.
    pub(super) buckets: BTreeMap<u16, Arc<Bucket>>,
    pub(super) faults: Vec<SynonymFault>,
}

impl SynonymPostings {
    /// The words that have synonyms, in the first form of each.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let terms = self.buckets.values().flat_map(|bucket| &bucket.terms);
        let replaced = |term: &&Arc<Term>| !term.also.is_empty() || term.pairs.iter().any(|pair| !pair.also.is_empty());
        terms.filter(replaced).filter_map(|term| term.forms.first()).map(String::as_str)
    }

    /// Whether it was made from these buckets and groups.
    fn is_of(&self, buckets: &[Arc<Bucket>], synonyms: &Synonyms) -> bool {
        let is_same = |(slot, bucket): (&u16, &Arc<Bucket>)| Arc::ptr_eq(bucket, &buckets[usize::from(*slot)]);
        self.synonyms == *synonyms && self.from.iter().all(is_same)
    }
}

/// Lays the groups over the buckets. Of `remembered` is kept what was made from the same.
pub(super) fn synonym_postings(
    language: &Language,
    buckets: &[Arc<Bucket>],
    synonyms: &Synonyms,
    remembered: SynonymPostings,
) -> SynonymPostings {
    if remembered.is_of(buckets, synonyms) {
        return remembered;
    }
    let mut faults = Vec::new();
    let found = |group: &Vec<Phrase>| found(language, buckets, group, &mut faults);
    let groups: Vec<Vec<Found>> = synonyms.groups.iter().map(found).collect();
    let all = || groups.iter().flatten().map(Found::slot);
    let from: BTreeMap<u16, Arc<Bucket>> = all().map(|slot| (slot, Arc::clone(&buckets[usize::from(slot)]))).collect();
    let stale = stale(&groups, &from, &remembered);
    let of_slot = of_slot(&groups);
    let laid = |slot: u16| match remembered.buckets.get(&slot) {
        Some(bucket) if !stale.contains(&slot) => (slot, Arc::clone(bucket)),
        _ => (slot, Arc::new(laid(language, &from[&slot], of_slot.get(&slot).map_or(&[], Vec::as_slice)))),
    };
    let buckets = all().collect::<BTreeSet<u16>>().into_iter().map(laid).collect();
    SynonymPostings { synonyms: synonyms.clone(), groups, from, buckets, faults }
}

/// The slots in which something is not what `remembered` was made from: the bucket, or a group with a word there.
fn stale(groups: &[Vec<Found>], from: &BTreeMap<u16, Arc<Bucket>>, remembered: &SynonymPostings) -> BTreeSet<u16> {
    if groups.len() != remembered.groups.len() {
        return from.keys().copied().collect();
    }
    let is_changed = |(slot, bucket): &(&u16, &Arc<Bucket>)| {
        remembered.from.get(slot).is_none_or(|before| !Arc::ptr_eq(before, bucket))
    };
    let buckets = from.iter().filter(is_changed).map(|(slot, _)| *slot);
    let changed = groups.iter().zip(&remembered.groups).filter(|(now, before)| now != before);
    buckets.chain(changed.flat_map(|(now, before)| now.iter().chain(before).map(Found::slot))).collect()
}

/// The phrases of known groups by slot: each group, and the phrase's place in it.
fn of_slot(groups: &[Vec<Found>]) -> BTreeMap<u16, Vec<(&[Found], usize)>> {
    let mut of_slot: BTreeMap<u16, Vec<(&[Found], usize)>> = BTreeMap::new();
    for group in groups.iter().filter(|group| !is_unknown(group)) {
        for (at, found) in group.iter().enumerate() {
            of_slot.entry(found.slot()).or_default().push((group, at));
        }
    }
    of_slot
}

/// The bucket of a slot, with the documents of each word's synonyms.
fn laid(language: &Language, bucket: &Bucket, phrases: &[(&[Found], usize)]) -> Bucket {
    let mut bucket = bucket.clone();
    for (group, at) in phrases {
        let others = group.iter().enumerate().filter(|(other, _)| other != at).map(|(_, other)| other);
        add(language, &mut bucket, &group[*at].words, &others.map(Found::document).collect::<Vec<_>>());
    }
    bucket.size = bucket.terms.iter().map(|term| term.size()).sum();
    bucket
}

/// A phrase of a group: one word, or two; and the term of its first one.
#[derive(Debug)]
struct Found {
    words: Vec<String>,
    term: Option<Arc<Term>>,
    /// Which of the term's pairs the two words are.
    pair: Option<usize>,
}

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        let is_same_term = match (&self.term, &other.term) {
            (Some(own), Some(other)) => Arc::ptr_eq(own, other),
            (own, other) => own.is_none() && other.is_none(),
        };
        self.words == other.words && is_same_term
    }
}

/// What a phrase brings to the others of its group.
struct GroupWord {
    postings: Vec<Posting>,
    /// What to mark in a text that has it.
    forms: Vec<String>,
}

impl Found {
    fn slot(&self) -> u16 {
        slot(&self.words[0])
    }

    fn list(&self) -> Option<&List> {
        let term = self.term.as_ref()?;
        if self.words.len() == 1 { Some(&term.list) } else { Some(&term.pairs[self.pair?].list) }
    }

    fn document(&self) -> GroupWord {
        let forms = self.term.as_ref().filter(|_| self.words.len() == 1).map(|term| term.forms.clone());
        GroupWord {
            postings: self.list().map(List::postings).unwrap_or_default(),
            forms: forms.unwrap_or_else(|| vec![self.words.join(" ")]),
        }
    }
}

/// A group's phrases in the buckets.
fn found(language: &Language, buckets: &[Arc<Bucket>], group: &[Phrase], faults: &mut Vec<SynonymFault>) -> Vec<Found> {
    let mut all = Vec::new();
    for phrase in group {
        let mut words = folded(&phrase.text);
        words.retain(|word| !language.is_stop_word(word));
        if words.is_empty() || words.len() > 2 {
            faults.push(wrong_length(phrase));
            continue;
        }
        let term = find(language, &buckets[usize::from(slot(&words[0]))], &words[0]);
        let pair_of = |(term, second): (&Arc<Term>, &String)| {
            term.pairs.iter().position(|pair| is_second(language, pair, second))
        };
        let pair = term.as_ref().zip(words.get(1)).and_then(pair_of);
        all.push(Found { words, term, pair });
    }
    if is_unknown(&all) {
        faults.extend(group.first().map(unknown));
    }
    all
}

/// Whether no page uses any of a group's phrases.
fn is_unknown(group: &[Found]) -> bool {
    group.iter().all(|found| found.list().is_none_or(|list| list.length == 0))
}

fn find(language: &Language, bucket: &Bucket, word: &str) -> Option<Arc<Term>> {
    Some(Arc::clone(&bucket.terms[place(language, bucket, word)?]))
}

/// Where a word's term is, in any form.
fn place(language: &Language, bucket: &Bucket, word: &str) -> Option<usize> {
    let stem = language.stem(word);
    let begins_alike = |form: &String| form.chars().zip(word.chars()).take(3).all(|(a, b)| a == b);
    let is_form = |form: &String| form == word || begins_alike(form) && language.stem(form) == stem;
    bucket
        .terms
        .iter()
        .position(|term| term.forms.first().is_some_and(is_form) || term.forms.iter().any(|form| form == word))
}

fn is_second(language: &Language, pair: &Pair, word: &str) -> bool {
    pair.second == word || language.stem(&pair.second) == language.stem(word)
}

/// Gives a word, or two, the documents of the others.
fn add(language: &Language, bucket: &mut Bucket, words: &[String], others: &[GroupWord]) {
    let term = term_of(language, bucket, &words[0]);
    match words.get(1) {
        None => term.list = List::parted(&extended(&term.list, &mut term.also, others)),
        Some(second) => {
            let pair = pair_of(language, term, second);
            pair.list = List::whole(&extended(&pair.list, &mut pair.also, others));
        }
    }
}

fn term_of<'a>(language: &Language, bucket: &'a mut Bucket, word: &str) -> &'a mut Term {
    let at = place(language, bucket, word).unwrap_or_else(|| {
        let at = bucket.terms.partition_point(|term| term.forms[0].as_str() < word);
        bucket.terms.insert(at, Arc::new(Term { forms: vec![word.to_owned()], ..Term::default() }));
        at
    });
    let term = Arc::make_mut(&mut bucket.terms[at]);
    if let Err(place) = term.forms.binary_search_by(|form| form.as_str().cmp(word)) {
        term.forms.insert(place, word.to_owned());
    }
    term
}

fn pair_of<'a>(language: &Language, term: &'a mut Term, second: &str) -> &'a mut Pair {
    let at = term.pairs.iter().position(|pair| is_second(language, pair, second)).unwrap_or_else(|| {
        term.pairs.push(Pair { second: second.to_owned(), list: List::default(), also: Vec::new() });
        term.pairs.len() - 1
    });
    &mut term.pairs[at]
}

/// The postings of a list and, lower, of others; `also` gets their forms.
fn extended(list: &List, also: &mut Vec<String>, others: &[GroupWord]) -> Vec<Posting> {
    let own = list.postings();
    let last = others.iter().flat_map(|other| other.postings.last()).chain(own.last()).map(|posting| posting.0).max();
    let mut levels = vec![0u8; last.map_or(0, |last| last as usize + 1)];
    own.into_iter().for_each(|(document, level)| levels[document as usize] = level);
    for (document, level) in others.iter().flat_map(|other| &other.postings) {
        levels[*document as usize] = levels[*document as usize].max(lower(*level, SHARE));
    }
    also.extend(others.iter().flat_map(|other| other.forms.iter().cloned()));
    also.sort_unstable();
    also.dedup();
    also.truncate(MOST_FORMS);
    (0..).zip(levels).filter(|(_, level)| *level > 0).collect()
}

fn unknown(phrase: &Phrase) -> SynonymFault {
    SynonymFault {
        span: phrase.span.clone(),
        message: format!("no page uses `{}` or any of its synonyms", phrase.text),
        hint: "add a word that a page does use, or take the group out".to_owned(),
    }
}

fn wrong_length(phrase: &Phrase) -> SynonymFault {
    SynonymFault {
        span: phrase.span.clone(),
        message: format!("`{}` can't be a synonym: it must have one or two words that say something", phrase.text),
        hint: "words such as `the` and `from` do not count; shorten the phrase, or take it out".to_owned(),
    }
}
