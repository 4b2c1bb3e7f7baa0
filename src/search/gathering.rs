//! What all documents say in some slots, brought together for the shelves.

use super::language::Language;
use super::shelf::{Gathered, Shelf};
use super::slot::{SLOTS, slot};
use super::weights::LETTER_WORD;
use super::{Member, Terms};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// So many stretches of slots are made for each thread: enough to share the work out, few enough that looking a stretch up in every document
/// costs little beside reading it.
const STRETCHES_A_THREAD: usize = 4;
/// What is gathered in a stretch lies in memory at once, so that a stretch has no more words of documents than this.
const MOST_GATHERED: usize = 3_000_000;
/// The words of about so many documents tell how long a stretch should be.
const SAMPLED: usize = 1000;

/// All slots, in stretches that have about as many words each. What is gathered in them does not depend on where they end.
pub(super) fn stretches(members: &[Arc<Member>]) -> Vec<Range<u16>> {
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

/// What all documents say in each of these slots.
pub(super) fn gather(members: &[Arc<Member>], letter_words: &[String], slots: &Range<u16>) -> Vec<Gathered> {
    let mut gathered: Vec<Gathered> = Vec::new();
    gathered.resize_with(slots.len(), Gathered::default);
    let place = |slot: u16| usize::from(slot - slots.start);
    let letter_words: Vec<(u16, &String)> = letter_words.iter().map(|word| (slot(word), word)).collect();
    for (number, member) in (0..).zip(members) {
        for (slot, range) in member.terms.runs(slots.start, slots.end) {
            add(&mut gathered[place(slot)], number, &member.terms, range, |_| true);
        }
        let is_letter = member.entry.kind == "letter";
        for (slot, word) in letter_words.iter().filter(|(slot, _)| is_letter && slots.contains(slot)) {
            gathered[place(*slot)].word(number, word, LETTER_WORD);
        }
    }
    gathered
}

/// What all documents say of some terms of one slot. Only those are asked that had a word of them, and the `changed`.
pub(super) fn gather_again(
    language: &Language,
    members: &[Arc<Member>],
    letter_words: &[String],
    (slot, shelf): (u16, &Shelf),
    stems: &BTreeSet<String>,
    changed: &[u32],
) -> Gathered {
    let is_stale = |form: &str| stems.contains(&language.stem(form));
    let mut asked: BTreeSet<u32> = changed.iter().copied().collect();
    let mut forms: BTreeSet<&str> = BTreeSet::new();
    for term in shelf.terms.iter().filter(|term| is_stale(&term.forms[0])) {
        asked.extend(term.list.postings().into_iter().map(|(document, _)| document));
        forms.extend(term.forms.iter().map(String::as_str));
    }
    for document in changed {
        let terms = &members[*document as usize].terms;
        let words = terms.runs(slot, slot + 1).flat_map(|(_, range)| range).map(|number| terms.word(number).0);
        forms.extend(words.filter(|word| is_stale(word)));
    }
    let letter_words: Vec<&String> =
        letter_words.iter().filter(|word| self::slot(word) == slot && is_stale(word)).collect();
    let mut gathered = Gathered::default();
    for document in asked {
        let member = &members[document as usize];
        for (_, range) in member.terms.runs(slot, slot + 1) {
            add(&mut gathered, document, &member.terms, range, |word| forms.contains(word));
        }
        for word in letter_words.iter().filter(|_| member.entry.kind == "letter") {
            gathered.word(document, word, LETTER_WORD);
        }
    }
    gathered
}

/// Adds what a document says in one slot with the words that are wanted.
fn add(gathered: &mut Gathered, document: u32, terms: &Terms, range: Range<usize>, is_wanted: impl Fn(&str) -> bool) {
    let mut pairs = terms.pairs(range.clone()).peekable();
    for number in range {
        let (word, steps) = terms.word(number);
        let wanted = is_wanted(word).then(|| gathered.word(document, word, steps));
        while let Some((_, second, steps)) = pairs.next_if(|pair| pair.0 == number) {
            if let Some(first) = wanted {
                gathered.pair(first, terms.word(second).0, steps);
            }
        }
    }
}
