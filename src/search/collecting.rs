//! The words of all documents in some slots, brought together for the buckets.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::IndexedDocument;
use super::analysis::{IndexedText, Start, TermsRef};
use super::bucket::{Bucket, Collected};
use super::language::Language;
use super::slot::{SLOTS, slot};
use super::weights::LETTER_WORD;

/// How many ranges of slots each thread has: enough to share the work out, few enough that going to every document costs little
/// beside reading it.
const STRETCHES_A_THREAD: usize = 4;
/// What is collected for a range is in memory at once, so a range has no more words of documents than this.
const MOST_GATHERED: usize = 5_000_000;
/// The words of about this many documents decide how long a range should be.
const SAMPLED: usize = 1000;

/// All slots, in ranges that are collected one by one. The result does not depend on where they end.
pub(super) struct SlotRanges<'a> {
    documents: &'a [Arc<IndexedDocument>],
    terms: Vec<TermsRef<'a>>,
    slots: Vec<Range<u16>>,
    /// Where each range begins in the first document, in the second, and so on: looked up once for all of them.
    starts: Vec<Start>,
}

impl<'a> SlotRanges<'a> {
    pub(super) fn of(documents: &'a [Arc<IndexedDocument>]) -> Self {
        let slots = with_as_many_words(documents);
        let terms: Vec<TermsRef> = documents.par_iter().map(|document| document.terms.read()).collect();
        let starts = terms.par_iter().flat_map_iter(|terms| slots.iter().map(|slots| terms.start(slots.start)));
        Self { documents, starts: starts.collect(), terms, slots }
    }

    /// The words of all documents in each slot, range by range: the slots of one are in memory at once.
    pub(super) fn collected(&self, letter_words: &[String]) -> impl IndexedParallelIterator<Item = Vec<Collected>> {
        (0..self.slots.len()).into_par_iter().map(|number| self.collect(number, letter_words))
    }

    fn collect(&self, number: usize, letter_words: &[String]) -> Vec<Collected> {
        let slots = &self.slots[number];
        let starts = self.starts.iter().skip(number).step_by(self.slots.len());
        let place = |slot: u16| usize::from(slot - slots.start);
        let letter_words: Vec<(u16, &String)> =
            letter_words.iter().map(|word| (slot(word), word)).filter(|(slot, _)| slots.contains(slot)).collect();
        let mut collected: Vec<Collected> = Vec::new();
        collected.resize_with(slots.len(), Collected::default);
        for (document, (terms, start)) in (0..).zip(self.terms.iter().zip(starts)) {
            for said in terms.said(*start, slots.end) {
                add(&mut collected[place(said.slot)], document, said);
            }
            let is_letter = |_: &&(u16, &String)| self.documents[document as usize].entry.kind == "letter";
            for (slot, word) in letter_words.iter().filter(is_letter) {
                collected[place(*slot)].word(document, word, LETTER_WORD);
            }
        }
        collected
    }
}

/// SlotRanges of slots that have about as many words each.
fn with_as_many_words(documents: &[Arc<IndexedDocument>]) -> Vec<Range<u16>> {
    let mut words = vec![0usize; SLOTS];
    let step = documents.len() / SAMPLED + 1;
    for document in documents.iter().step_by(step) {
        document.terms.slots().for_each(|slot| words[usize::from(slot)] += 1);
    }
    let share = words.iter().sum::<usize>() / (STRETCHES_A_THREAD * rayon::current_num_threads());
    let enough = share.min(MOST_GATHERED / step);
    let mut ranges = Vec::new();
    let (mut start, mut collected) = (0, 0);
    for (end, words) in (1..).zip(words) {
        collected += words;
        if collected > enough || usize::from(end) == SLOTS {
            ranges.push(start..end);
            (start, collected) = (end, 0);
        }
    }
    ranges
}

/// The documents of some terms of one slot. Only documents that had a word of them, and the `changed`, are read.
pub(super) fn gather_again(
    language: &Language,
    documents: &[Arc<IndexedDocument>],
    letter_words: &[String],
    (slot, bucket): (u16, &Bucket),
    stems: &BTreeSet<String>,
    changed: &[u32],
) -> Collected {
    let is_stale = |form: &str| stems.contains(&language.stem(form));
    let mut asked: BTreeSet<u32> = changed.iter().copied().collect();
    let mut forms: BTreeSet<&str> = BTreeSet::new();
    for term in bucket.terms.iter().filter(|term| is_stale(&term.forms[0])) {
        asked.extend(term.list.postings().into_iter().map(|(document, _)| document));
        forms.extend(term.forms.iter().map(String::as_str));
    }
    for document in changed {
        let terms = documents[*document as usize].terms.read();
        let words = terms.said(terms.start(slot), slot + 1).map(|said| said.word);
        forms.extend(words.filter(|word| is_stale(word)));
    }
    let letter_words: Vec<&String> =
        letter_words.iter().filter(|word| self::slot(word) == slot && is_stale(word)).collect();
    let mut collected = Collected::default();
    for number in asked {
        let document = &documents[number as usize];
        let terms = document.terms.read();
        let said = terms.said(terms.start(slot), slot + 1);
        for said in said.filter(|said| forms.contains(said.word)) {
            add(&mut collected, number, said);
        }
        for word in letter_words.iter().filter(|_| document.entry.kind == "letter") {
            collected.word(number, word, LETTER_WORD);
        }
    }
    collected
}

fn add(collected: &mut Collected, document: u32, said: IndexedText<'_>) {
    let first = collected.word(document, said.word, said.steps);
    for (second, steps) in said.pairs() {
        collected.pair(first, second, steps);
    }
}
