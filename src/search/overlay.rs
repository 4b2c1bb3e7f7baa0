//! Synonyms laid over the shelves: each word of a group gets the documents of the others, at a lower level.
//!
//! That is done in the index and not in the browser, so that a query for one word loads one list, whatever it stands
//! for. In: finished shelves and the editor's groups. Out: the shelves that differ, and what is wrong with the groups.

use super::Fault;
use super::language::Language;
use super::postings::{Posting, decode};
use super::shelf::{List, Pair, Shelf, Term};
use super::slot::slot;
use super::synonyms::{Phrase, Synonyms};
use super::weights::lower;
use super::words::folded;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A synonym's documents count this much of their own level: what the reader typed comes first.
const SHARE: f32 = 0.6;
/// Marks in excerpts need no more forms than these.
const MOST_FORMS: usize = 40;

/// What synonyms change.
#[derive(Debug, Default)]
pub(super) struct Overlay {
    synonyms: Synonyms,
    /// The shelves that it was made from.
    from: BTreeMap<u16, Arc<Shelf>>,
    /// The shelves that are seen in their place, by slot.
    pub(super) shelves: BTreeMap<u16, Arc<Shelf>>,
    pub(super) faults: Vec<Fault>,
}

impl Overlay {
    /// The words that stand for others, in the first form of each.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let terms = self.shelves.values().flat_map(|shelf| &shelf.terms);
        let replaced = |term: &&Term| !term.also.is_empty() || term.pairs.iter().any(|pair| !pair.also.is_empty());
        terms.filter(replaced).filter_map(|term| term.forms.first()).map(String::as_str)
    }
}

/// Lays the groups over the shelves, unless `remembered` was made from the same.
pub(super) fn overlay(
    language: &Language,
    shelves: &[Arc<Shelf>],
    synonyms: &Synonyms,
    remembered: Overlay,
) -> Overlay {
    let same = |(slot, shelf): (&u16, &Arc<Shelf>)| Arc::ptr_eq(shelf, &shelves[usize::from(*slot)]);
    if remembered.synonyms == *synonyms && remembered.from.iter().all(same) {
        return remembered;
    }
    let mut changed = BTreeMap::new();
    let mut faults = Vec::new();
    for group in &synonyms.groups {
        lay(language, shelves, group, &mut changed, &mut faults);
    }
    let from = slots(synonyms).map(|slot| (slot, shelves[usize::from(slot)].clone())).collect();
    let kept = |slot: &u16, shelf: Shelf| match remembered.shelves.get(slot) {
        Some(before) if **before == shelf => before.clone(),
        _ => Arc::new(shelf),
    };
    let shelves = changed.into_iter().map(|(slot, shelf)| (slot, kept(&slot, shelf))).collect();
    Overlay { synonyms: synonyms.clone(), from, shelves, faults }
}

/// The slots that the words of the groups are in.
fn slots(synonyms: &Synonyms) -> impl Iterator<Item = u16> {
    synonyms.groups.iter().flatten().flat_map(|phrase| folded(&phrase.text)).map(|word| slot(&word))
}

fn lay(
    language: &Language,
    shelves: &[Arc<Shelf>],
    group: &[Phrase],
    changed: &mut BTreeMap<u16, Shelf>,
    faults: &mut Vec<Fault>,
) {
    let members: Vec<Member> = group.iter().filter_map(|phrase| member(language, shelves, phrase, faults)).collect();
    if members.iter().all(|member| member.postings.is_empty()) {
        return faults.extend(group.first().map(unknown));
    }
    for (at, member) in members.iter().enumerate() {
        let others = members.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, member)| member);
        add(language, shelves, changed, member, &others.collect::<Vec<_>>());
    }
}

/// A phrase of a group, found in the index.
struct Member {
    words: Vec<String>,
    postings: Vec<Posting>,
    /// What to mark in a text that has it.
    forms: Vec<String>,
}

fn member(language: &Language, shelves: &[Arc<Shelf>], phrase: &Phrase, faults: &mut Vec<Fault>) -> Option<Member> {
    let mut words = folded(&phrase.text);
    words.retain(|word| !language.is_stop_word(word));
    match words.as_slice() {
        [word] => {
            let term = find(language, shelves, word);
            let postings = term.map(|t| decode(&t.list.bytes)).unwrap_or_default();
            let forms = term.map_or_else(|| vec![word.clone()], |t| t.forms.clone());
            Some(Member { words, postings, forms })
        }
        [first, second] => {
            let pair =
                find(language, shelves, first).and_then(|t| t.pairs.iter().find(|p| is_second(language, p, second)));
            let postings = pair.map(|p| decode(&p.list.bytes)).unwrap_or_default();
            let forms = vec![format!("{first} {second}")];
            Some(Member { words, postings, forms })
        }
        _ => {
            faults.push(wrong_length(phrase));
            None
        }
    }
}

fn find<'a>(language: &Language, shelves: &'a [Arc<Shelf>], word: &str) -> Option<&'a Term> {
    let shelf = shelves.get(usize::from(slot(word)))?;
    Some(&shelf.terms[place(language, shelf, word)?])
}

/// Where a word's term is, in any form.
fn place(language: &Language, shelf: &Shelf, word: &str) -> Option<usize> {
    let stem = language.stem(word);
    let begins_alike = |form: &String| form.chars().zip(word.chars()).take(3).all(|(a, b)| a == b);
    let is_form = |form: &String| form == word || begins_alike(form) && language.stem(form) == stem;
    shelf
        .terms
        .iter()
        .position(|term| term.forms.first().is_some_and(is_form) || term.forms.iter().any(|form| form == word))
}

fn is_second(language: &Language, pair: &Pair, word: &str) -> bool {
    pair.second == word || language.stem(&pair.second) == language.stem(word)
}

/// Gives a member the documents of the others.
fn add(
    language: &Language,
    shelves: &[Arc<Shelf>],
    changed: &mut BTreeMap<u16, Shelf>,
    member: &Member,
    others: &[&Member],
) {
    let slot = slot(&member.words[0]);
    let shelf = changed.entry(slot).or_insert_with(|| Shelf::clone(&shelves[usize::from(slot)]));
    let term = term_of(language, shelf, &member.words[0]);
    match member.words.get(1) {
        None => extend(&mut term.list, &mut term.also, others),
        Some(second) => {
            let pair = pair_of(language, term, second);
            extend(&mut pair.list, &mut pair.also, others);
        }
    }
}

fn term_of<'a>(language: &Language, shelf: &'a mut Shelf, word: &str) -> &'a mut Term {
    let at = place(language, shelf, word).unwrap_or_else(|| {
        let at = shelf.terms.partition_point(|term| term.forms[0].as_str() < word);
        shelf.terms.insert(at, Term { forms: vec![word.to_owned()], ..Term::default() });
        at
    });
    let term = &mut shelf.terms[at];
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

fn extend(list: &mut List, also: &mut Vec<String>, others: &[&Member]) {
    let own = decode(&list.bytes);
    let last = others.iter().flat_map(|other| other.postings.last()).chain(own.last()).map(|posting| posting.0).max();
    let mut levels = vec![0u8; last.map_or(0, |last| last as usize + 1)];
    own.into_iter().for_each(|(document, level)| levels[document as usize] = level);
    for (document, level) in others.iter().flat_map(|other| &other.postings) {
        levels[*document as usize] = levels[*document as usize].max(lower(*level, SHARE));
    }
    let postings: Vec<Posting> = (0..).zip(levels).filter(|(_, level)| *level > 0).collect();
    *list = List::new(&postings);
    also.extend(others.iter().flat_map(|other| other.forms.iter().cloned()));
    also.sort_unstable();
    also.dedup();
    also.truncate(MOST_FORMS);
}

fn unknown(phrase: &Phrase) -> Fault {
    Fault {
        span: phrase.span.clone(),
        message: format!("no page uses `{}` or any of its synonyms", phrase.text),
        hint: "add a word that a page does use, or take the group out".to_owned(),
    }
}

fn wrong_length(phrase: &Phrase) -> Fault {
    Fault {
        span: phrase.span.clone(),
        message: format!("`{}` can't be a synonym: it must have one or two words that say something", phrase.text),
        hint: "words such as `the` and `from` do not count; shorten the phrase, or take it out".to_owned(),
    }
}
