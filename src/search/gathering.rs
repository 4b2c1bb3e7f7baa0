//! What all documents say in some slots, brought together for the shelves.

use super::language::Language;
use super::shelf::{Gathered, Shelf};
use super::slot::slot;
use super::weights::LETTER_WORD;
use super::{Member, Terms};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// What all documents say in each of these slots, which ascend.
pub(super) fn gather(members: &[Arc<Member>], letter_words: &[String], slots: &[u16]) -> Vec<Gathered> {
    let mut gathered: Vec<Gathered> = Vec::new();
    gathered.resize_with(slots.len(), Gathered::default);
    let place = |word: &String| slots.binary_search(&slot(word)).ok();
    let letter_words: Vec<(usize, &String)> =
        letter_words.iter().filter_map(|word| Some((place(word)?, word))).collect();
    let (Some(first), Some(last)) = (slots.first(), slots.last()) else { return gathered };
    for (number, member) in (0..).zip(members) {
        let mut at = 0;
        for (slot, range) in member.terms.runs(*first, *last + 1) {
            at += slots[at..].iter().take_while(|wanted| **wanted < slot).count();
            if slots[at] == slot {
                add(&mut gathered[at], number, &member.terms, range, |_| true);
            }
        }
        for (at, word) in letter_words.iter().filter(|_| member.entry.kind == "letter") {
            gathered[*at].word(number, word, LETTER_WORD);
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
