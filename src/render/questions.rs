//! All questions that pages asked, each with its last answer's fingerprint, the numbers of the pages that asked it, and what the answer read.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use smallvec::SmallVec;

use super::answer::Answer;
use super::question::Question;
use crate::site::Read;
use crate::storage::Fingerprint;

/// Questions by number.
#[derive(Debug, Default)]
pub(super) struct Questions {
    known: Vec<Known>,
    /// The number of each question that is not forgotten. Questions themselves are stored in `known` alone.
    numbers: HashTable<u32>,
    /// The numbers of the questions whose answers read something; some of them no longer do.
    readers: HashMap<Read, Numbers, RandomState>,
    hasher: RandomState,
}

/// A question, its last answer's fingerprint, and the numbers of the pages that asked it.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) question: Question,
    /// `None` while the answer is left to the late pages.
    pub(super) fingerprint: Option<Fingerprint>,
    pub(super) askers: Numbers,
}

/// Most questions are asked by one page, and most reads have few readers.
type Numbers = SmallVec<[u32; 4]>;

/// So few readers are searched for one that is noted already.
const FEW: usize = 64;

impl Questions {
    /// The question of a number.
    pub(super) fn get(&self, number: u32) -> &Known {
        &self.known[number as usize]
    }

    /// The question of a number, to be changed.
    pub(super) fn get_mut(&mut self, number: u32) -> &mut Known {
        &mut self.known[number as usize]
    }

    /// All questions by number, forgotten ones included.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Known> {
        self.known.iter_mut()
    }

    /// The numbers that no page asks.
    pub(super) fn unasked(&self) -> Vec<u32> {
        let known = self.known.iter().zip(0..);
        known.filter(|(known, _)| known.askers.is_empty()).map(|(_, number)| number).collect()
    }

    /// All numbers.
    pub(super) fn numbers(&self) -> std::ops::Range<u32> {
        0..self.known.len() as u32
    }

    /// The numbers of the questions whose answers read any of these, each once.
    pub(super) fn reading(&self, reads: &[Read]) -> Vec<u32> {
        let mut numbers: Vec<u32> = reads.iter().filter_map(|read| self.readers.get(read)).flatten().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// Notes what the answer to a question read. What it read before stays noted, which costs a comparison and misses nothing.
    pub(super) fn note_reads(&mut self, number: u32, reads: &[Read]) {
        for read in reads {
            let readers = match self.readers.get_mut(read) {
                Some(readers) => readers,
                None => self.readers.entry(read.clone()).or_default(),
            };
            if readers.last() != Some(&number) && !(readers.len() <= FEW && readers.contains(&number)) {
                readers.push(number);
            }
        }
    }

    /// Forgets what every answer read, before all are found again.
    pub(super) fn forget_reads(&mut self) {
        self.readers.clear();
    }

    /// The number of a question that was answered: a new one if it was not known.
    pub(super) fn number(&mut self, answer: &Answer) -> u32 {
        let Answer { question, fingerprint, .. } = answer;
        if let Some(number) = self.find(question) {
            let known = &mut self.known[number as usize].fingerprint;
            let is_new = known.is_none();
            *known = known.or(*fingerprint);
            debug_assert_eq!(known, fingerprint, "the answer to {question:?} changed, and nothing that it read did");
            if is_new {
                self.note_reads(number, &answer.reads);
            }
            return number;
        }
        let number = self.known.len() as u32;
        self.known.push(Known { question: question.clone(), fingerprint: *fingerprint, askers: Numbers::new() });
        let hash = |number: &u32| self.hasher.hash_one(&self.known[*number as usize].question);
        self.numbers.insert_unique(hash(&number), number, hash);
        self.note_reads(number, &answer.reads);
        number
    }

    /// Forgets a question that no page asks any more.
    pub(super) fn forget(&mut self, number: u32) {
        let known = &self.known[number as usize];
        if !known.askers.is_empty() || self.find(&known.question) != Some(number) {
            return;
        }
        let question = known.question.clone();
        if let Ok(entry) = self.numbers.find_entry(self.hasher.hash_one(&question), |other| *other == number) {
            entry.remove();
        }
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    fn find(&self, question: &Question) -> Option<u32> {
        let is_it = |number: &u32| self.known[*number as usize].question == *question;
        self.numbers.find(self.hasher.hash_one(question), is_it).copied()
    }
}
