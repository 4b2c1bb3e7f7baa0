//! One document to its search terms: the costly half of the index, remembered by the caller.
//!
//! In: the text of one document. Out: its words with their weights and its telling pairs of neighbours. Must not depend on other documents, addresses or synonyms. Words stay as they were
//! written (folded): the index brings forms together by stem, once for the whole site.

use super::Text;
use super::language::{Language, language};
use super::slot::slot;
use super::vocabulary::Vocabulary;
use super::weights::{FIELDS, Field, is_telling, steps, worths};
use super::words::{Before, words};

/// How many different words are indexed: only generated pages have more.
const MOST_WORDS: usize = 60_000;
/// A longer run of letters is no word.
const LONGEST_WORD: usize = 40;
/// So many words, two of which a hyphen may have joined, are spelt in less than 2^16 bytes.
const GROUP: usize = 256;
/// So many numbers are for the pairs of a document, of which most have some hundreds.
const PAIR_NUMBERS: usize = 4096;
/// How many stop words neighbours may have between them ('letter of the manager').
const STOP_WORDS_BETWEEN: u32 = 2;

/// The search terms of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    /// The words, one after the other.
    spelling: Box<str>,
    /// The same, ordered by slot.
    words: Box<[Word]>,
    /// Where each group of [`GROUP`] words begins in the spelling.
    groups: Box<[u32]>,
    pairs: Box<[Pair]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Word {
    /// Where it ends in the spelling, from the beginning of its group.
    end: u16,
    steps: u16,
    slot: u16,
}

/// Two neighbouring words, by their places in `words`, and the pair's weighted occurrences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pair {
    first: u16,
    second: u16,
    steps: u16,
}

/// The same for a reader of many documents: where the words are, without access to [`Terms`] itself, which would often miss in
/// the processor's cache.
#[derive(Clone, Copy, Debug)]
pub(super) struct TermsRef<'a> {
    spelling: &'a str,
    words: &'a [Word],
    groups: &'a [u32],
    pairs: &'a [Pair],
}

/// A place in the words and the pairs of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    word: u32,
    pair: u32,
}

impl Terms {
    /// The slot of each word, ascending.
    #[inline]
    pub(super) fn slots(&self) -> impl Iterator<Item = u16> {
        self.words.iter().map(|word| word.slot)
    }

    pub(super) fn read(&self) -> TermsRef<'_> {
        TermsRef { spelling: &self.spelling, words: &self.words, groups: &self.groups, pairs: &self.pairs }
    }
}

impl<'a> TermsRef<'a> {
    /// Where the words of `slot` and of all slots behind it begin.
    pub(super) fn start(self, slot: u16) -> Start {
        let word = self.words.partition_point(|word| word.slot < slot);
        let pair = self.pairs.partition_point(|pair| usize::from(pair.first) < word);
        Start { word: word as u32, pair: pair as u32 }
    }

    /// The document's words from `start` on, in slots below `end`, which ascend.
    #[inline]
    pub(super) fn said(self, start: Start, end: u16) -> impl Iterator<Item = IndexedText<'a>> {
        let first = start.word as usize;
        let words = self.words[first..].iter().zip(first..).take_while(move |(word, _)| word.slot < end);
        let mut pairs = &self.pairs[start.pair as usize..];
        words.map(move |(word, number)| {
            let own = pairs.iter().take_while(|pair| usize::from(pair.first) == number).count();
            let (own, others) = pairs.split_at(own);
            pairs = others;
            IndexedText { slot: word.slot, word: self.word(number), steps: word.steps, pairs: own, terms: self }
        })
    }

    #[inline]
    fn word(self, number: usize) -> &'a str {
        let group = self.groups[number / GROUP] as usize;
        let start = if number.is_multiple_of(GROUP) { 0 } else { self.words[number - 1].end };
        &self.spelling[group + usize::from(start)..group + usize::from(self.words[number].end)]
    }
}

/// A word of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct IndexedText<'a> {
    pub(super) slot: u16,
    pub(super) word: &'a str,
    /// Its weighted occurrences.
    pub(super) steps: u16,
    /// The telling pairs whose first word it is.
    pairs: &'a [Pair],
    terms: TermsRef<'a>,
}

impl<'a> IndexedText<'a> {
    /// Its telling neighbours, each with the pair's weighted occurrences.
    #[inline]
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'a str, u16)> + use<'a> {
        let terms = self.terms;
        self.pairs.iter().map(move |pair| (terms.word(pair.second.into()), pair.steps))
    }
}

/// Reads the search terms of one document. Depends on its arguments alone.
pub fn analyse(language_code: &str, text: &Text<'_>) -> Terms {
    let mut reader = Reader::new(language(language_code));
    reader.read(Field::Title, text.title);
    reader.read(Field::Description, text.description);
    text.tags.iter().for_each(|tag| reader.read(Field::Tag, tag));
    for section in text.sections {
        reader.read(Field::Heading, section.heading.unwrap_or_default());
        reader.read(Field::Body, section.text);
    }
    reader.finish()
}

/// Collects words with their places.
struct Reader {
    language: Language,
    vocabulary: Vocabulary,
    counts: Vec<[u16; FIELDS]>,
    stop_words: Vec<bool>,
    pairs: Vec<Neighbours>,
    lengths: [u32; FIELDS],
}

impl Reader {
    fn new(language: Language) -> Self {
        Reader {
            language,
            vocabulary: Vocabulary::for_words(512),
            counts: Vec::with_capacity(512),
            stop_words: Vec::with_capacity(512),
            pairs: Vec::with_capacity(512),
            lengths: [0; FIELDS],
        }
    }

    fn read(&mut self, field: Field, text: &str) {
        let mut last: Option<u32> = None;
        let mut between = 0;
        words(text, |word, before| {
            if word.len() > LONGEST_WORD || self.counts.len() >= MOST_WORDS {
                return;
            }
            self.lengths[field as usize] += 1;
            let number = self.number(word);
            let neighbour = last.filter(|_| before != Before::Break && between <= STOP_WORDS_BETWEEN);
            if self.stop_words[number as usize] {
                between += 1;
                return self.count_stop_word(number, field);
            }
            self.count(number, field);
            if let Some(first) = neighbour {
                self.neighbours(first, number, before, field);
            }
            (last, between) = (Some(number), 0);
        });
    }

    /// Stop words count where they are chosen with care, in titles and headings: there they are few.
    fn count_stop_word(&mut self, number: u32, field: Field) {
        if matches!(field, Field::Title | Field::Heading) {
            self.count(number, field);
        }
    }

    /// Two neighbours are a pair; with a hyphen between them they are one word as well.
    fn neighbours(&mut self, first: u32, second: u32, before: Before, field: Field) {
        self.pairs.push(Neighbours::new(first, second, field));
        if before == Before::Hyphen {
            let joined = [self.vocabulary.word(first), self.vocabulary.word(second)].concat();
            let number = self.number(&joined);
            self.count(number, field);
        }
    }

    fn number(&mut self, word: &str) -> u32 {
        let number = self.vocabulary.number(word);
        if number as usize == self.counts.len() {
            self.counts.push([0; FIELDS]);
            self.stop_words.push(self.language.is_stop_word(word));
        }
        number
    }

    fn count(&mut self, number: u32, field: Field) {
        let count = &mut self.counts[number as usize][field as usize];
        *count = count.saturating_add(1);
    }

    fn finish(self) -> Terms {
        let worth = worths(&self.lengths);
        let order = self.order();
        let mut places = vec![0u16; self.counts.len()];
        order.iter().enumerate().for_each(|(place, word)| places[word.number()] = place as u16);
        let pairs = telling_pairs(self.pairs, &worth, &places);
        let mut spelling = String::with_capacity(order.len() * 8);
        let mut groups = Vec::with_capacity(order.len() / GROUP + 1);
        let mut words = Vec::with_capacity(order.len());
        for group in order.chunks(GROUP) {
            let start = spelling.len();
            groups.push(start as u32);
            words.extend(group.iter().map(|word| {
                spelling.push_str(self.vocabulary.word(word.number() as u32));
                let steps = steps(weighted(&self.counts[word.number()], &worth));
                Word { end: (spelling.len() - start) as u16, steps, slot: word.slot() }
            }));
        }
        Terms { spelling: spelling.into(), words: words.into(), groups: groups.into(), pairs }
    }

    /// The words that count, by slot.
    fn order(&self) -> Vec<Placed> {
        let counted = self.counts.iter().enumerate().filter(|(_, counts)| counts.iter().any(|count| *count > 0));
        let mut order: Vec<Placed> =
            counted.map(|(number, _)| Placed::new(slot(self.vocabulary.word(number as u32)), number)).collect();
        order.sort_unstable();
        order
    }
}

/// A slot and the number of a word in it, in one number, which is sorted in half the time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Placed(u64);

impl Placed {
    fn new(slot: u16, number: usize) -> Self {
        Self(u64::from(slot) << 32 | number as u64)
    }

    fn slot(self) -> u16 {
        (self.0 >> 32) as u16
    }

    fn number(self) -> usize {
        self.0 as u32 as usize
    }
}

/// Two neighbours by their numbers, and the field that they are in, as one number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Neighbours(u64);

impl Neighbours {
    fn new(first: u32, second: u32, field: Field) -> Self {
        Self(u64::from(first) << 32 | u64::from(second) << 8 | field as u64)
    }

    fn words(self) -> (usize, usize) {
        ((self.0 >> 32) as usize, (self.0 as u32 >> 8) as usize)
    }

    fn field(self) -> usize {
        usize::from(self.0 as u8)
    }

    /// A number below [`PAIR_NUMBERS`], the same for the same words.
    fn number(self) -> usize {
        let mixed = (self.0 >> 8).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 32) as usize % PAIR_NUMBERS
    }
}

fn weighted(counts: &[u16; FIELDS], worth: &[f32; FIELDS]) -> f32 {
    counts.iter().zip(worth).map(|(count, worth)| f32::from(*count) * worth).sum()
}

/// Drops most pairs that occur once without meaning much, which need not be sorted: those whose number no other pair has.
fn drop_single(found: &mut Vec<Neighbours>, worth: &[f32; FIELDS]) {
    let mut uses = [0u8; PAIR_NUMBERS];
    found.iter().for_each(|pair| uses[pair.number()] = uses[pair.number()].saturating_add(1));
    found.retain(|pair| uses[pair.number()] > 1 || is_telling(worth[pair.field()]));
}

fn telling_pairs(mut found: Vec<Neighbours>, worth: &[f32; FIELDS], places: &[u16]) -> Box<[Pair]> {
    drop_single(&mut found, worth);
    found.sort_unstable();
    let mut pairs = Vec::new();
    for same in found.chunk_by(|a, b| a.words() == b.words()) {
        let weighted: f32 = same.iter().map(|pair| worth[pair.field()]).sum();
        if is_telling(weighted) {
            let (first, second) = same[0].words();
            pairs.push(Pair { first: places[first], second: places[second], steps: steps(weighted) });
        }
    }
    pairs.sort_unstable_by_key(|pair| (pair.first, pair.second));
    pairs.into()
}
