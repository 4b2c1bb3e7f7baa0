//! The words of all documents in some slots, brought together for the buckets.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::IndexedDocument;
use super::analysis::{Said, Start, TermsRef};
use super::bucket::{Bucket, Gathered};
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
pub(super) struct Stretches<'a> {
    members: &'a [Arc<IndexedDocument>],
    terms: Vec<TermsRef<'a>>,
    slots: Vec<Range<u16>>,
    /// Where each range begins in the first document, in the second, and so on: looked up once for all of them.
    starts: Vec<Start>,
}

impl<'a> Stretches<'a> {
    pub(super) fn of(members: &'a [Arc<IndexedDocument>]) -> Self {
        let slots = with_as_many_words(members);
        let terms: Vec<TermsRef> = members.par_iter().map(|member| member.terms.read()).collect();
        let starts = terms.par_iter().flat_map_iter(|terms| slots.iter().map(|slots| terms.start(slots.start)));
        Self { members, starts: starts.collect(), terms, slots }
    }

    /// The words of all documents in each slot, range by range: the slots of one are in memory at once.
    pub(super) fn gathered(&self, letter_words: &[String]) -> impl IndexedParallelIterator<Item = Vec<Gathered>> {
        (0..self.slots.len()).into_par_iter().map(|number| self.gather(number, letter_words))
    }

    fn gather(&self, number: usize, letter_words: &[String]) -> Vec<Gathered> {
        let slots = &self.slots[number];
        let starts = self.starts.iter().skip(number).step_by(self.slots.len());
        let place = |slot: u16| usize::from(slot - slots.start);
        let letter_words: Vec<(u16, &String)> =
            letter_words.iter().map(|word| (slot(word), word)).filter(|(slot, _)| slots.contains(slot)).collect();
        let mut gathered: Vec<Gathered> = Vec::new();
        gathered.resize_with(slots.len(), Gathered::default);
        for (document, (terms, start)) in (0..).zip(self.terms.iter().zip(starts)) {
            for said in terms.said(*start, slots.end) {
                add(&mut gathered[place(said.slot)], document, said);
            }
            let is_letter = |_: &&(u16, &String)| self.members[document as usize].entry.kind == "letter";
            for (slot, word) in letter_words.iter().filter(is_letter) {
                gathered[place(*slot)].word(document, word, LETTER_WORD);
            }
        }
        gathered
    }
}

/// Stretches of slots that have about as many words each.
fn with_as_many_words(members: &[Arc<IndexedDocument>]) -> Vec<Range<u16>> {
    let mut words = vec![0usize; SLOTS];
    let step = members.len() / SAMPLED + 1;
    for member in members.iter().step_by(step) {
        member.terms.slots().for_each(|slot| words[usize::from(slot)] += 1);
    }
    let share = words.iter().sum::<usize>() / (STRETCHES_A_THREAD * rayon::current_num_threads());
    let enough = share.min(MOST_GATHERED / step);
    let mut stretches = Vec::new();
    let (mut start, mut gathered) = (0, 0);
    for (end, words) in (1..).zip(words) {
        gathered += words;
        if gathered > enough || usize::from(end) == SLOTS {
            stretches.push(start..end);
            (start, gathered) = (end, 0);
        }
    }
    stretches
}

/// The documents of some terms of one slot. Only documents that had a word of them, and the `changed`, are read.
pub(super) fn gather_again(
    language: &Language,
    members: &[Arc<IndexedDocument>],
    letter_words: &[String],
    (slot, bucket): (u16, &Bucket),
    stems: &BTreeSet<String>,
    changed: &[u32],
) -> Gathered {
    let is_stale = |form: &str| stems.contains(&language.stem(form));
    let mut asked: BTreeSet<u32> = changed.iter().copied().collect();
    let mut forms: BTreeSet<&str> = BTreeSet::new();
    for term in bucket.terms.iter().filter(|term| is_stale(&term.forms[0])) {
        asked.extend(term.list.postings().into_iter().map(|(document, _)| document));
        forms.extend(term.forms.iter().map(String::as_str));
    }
    for document in changed {
        let terms = members[*document as usize].terms.read();
        let words = terms.said(terms.start(slot), slot + 1).map(|said| said.word);
        forms.extend(words.filter(|word| is_stale(word)));
    }
    let letter_words: Vec<&String> =
        letter_words.iter().filter(|word| self::slot(word) == slot && is_stale(word)).collect();
    let mut gathered = Gathered::default();
    for document in asked {
        let member = &members[document as usize];
        let terms = member.terms.read();
        let said = terms.said(terms.start(slot), slot + 1);
        for said in said.filter(|said| forms.contains(said.word)) {
            add(&mut gathered, document, said);
        }
        for word in letter_words.iter().filter(|_| member.entry.kind == "letter") {
            gathered.word(document, word, LETTER_WORD);
        }
    }
    gathered
}

fn add(gathered: &mut Gathered, document: u32, said: Said<'_>) {
    let first = gathered.word(document, said.word, said.steps);
    for (second, steps) in said.pairs() {
        gathered.pair(first, second, steps);
    }
}
