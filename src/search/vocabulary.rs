//! Words as numbers, for one document or one slot at a time. Numbers follow the order of first use, so nothing that
//! is made from them depends on the hash.

use std::hash::{BuildHasher, Hasher};
use std::ops::Range;

use foldhash::fast::RandomState;

/// Numbers for words in the order of their first use: a hash table over one string.
pub(super) struct Vocabulary {
    spelling: String,
    /// Where each word begins in the spelling, and where the last one ends.
    bounds: Vec<u32>,
    /// A power of two long and never more than half full.
    table: Vec<Entry>,
    hasher: RandomState,
}

/// A word's number plus one, or 0; and a part of its hash, by which most other words are reported from it at once.
#[derive(Clone, Copy, Default)]
struct Entry {
    after: u32,
    tag: u32,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self::for_words(16)
    }
}

impl Vocabulary {
    /// An empty vocabulary with room for about that many words.
    pub(super) fn for_words(words: usize) -> Self {
        Vocabulary {
            spelling: String::with_capacity(words * 8),
            bounds: vec![0],
            table: vec![Entry::default(); (words * 2).next_power_of_two()],
            hasher: RandomState::default(),
        }
    }

    /// The word of a number.
    #[inline]
    pub(super) fn word(&self, number: u32) -> &str {
        &self.spelling[self.range(number)]
    }

    #[inline]
    fn range(&self, number: u32) -> Range<usize> {
        let number = number as usize;
        self.bounds[number] as usize..self.bounds[number + 1] as usize
    }

    /// The number of a word: a new one at its first use.
    #[inline]
    pub(super) fn number(&mut self, word: &str) -> u32 {
        let hash = self.hash(word);
        let (mask, tag) = (self.table.len() - 1, (hash >> 32) as u32);
        let mut at = hash as usize & mask;
        while self.table[at].after != 0 {
            let entry = self.table[at];
            if entry.tag == tag && self.spelling.as_bytes()[self.range(entry.after - 1)] == *word.as_bytes() {
                return entry.after - 1;
            }
            at = (at + 1) & mask;
        }
        self.spelling.push_str(word);
        self.bounds.push(self.spelling.len() as u32);
        let after = self.len() as u32;
        self.table[at] = Entry { after, tag };
        if self.len() * 2 > self.table.len() {
            self.grow();
        }
        after - 1
    }

    /// How many words there are.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.bounds.len() - 1
    }

    /// A hash of the word's bytes alone; a hash of more would also have to encode where the word ends.
    #[inline]
    fn hash(&self, word: &str) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        hasher.write(word.as_bytes());
        hasher.finish()
    }

    fn grow(&mut self) {
        let mask = self.table.len() * 2 - 1;
        let mut table = vec![Entry::default(); mask + 1];
        for number in 0..self.len() as u32 {
            let hash = self.hash(self.word(number));
            let mut at = hash as usize & mask;
            while table[at].after != 0 {
                at = (at + 1) & mask;
            }
            table[at] = Entry { after: number + 1, tag: (hash >> 32) as u32 };
        }
        self.table = table;
    }
}
