//! All questions that pages asked, each with its last answer's fingerprint and the numbers of the pages that asked it.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use smallvec::SmallVec;

use super::answer::Answer;
use super::question::Question;
use crate::source::SourcePath;
use crate::storage::Fingerprint;

/// Questions by number.
#[derive(Debug, Default)]
pub(super) struct Questions {
    known: Vec<Known>,
    /// The number of each question that is not forgotten: what it asks stands in `known` alone.
    numbers: HashTable<u32>,
    /// The numbers of the questions about single pages, by page, and of all others.
    of_pages: HashMap<SourcePath, Vec<u32>, RandomState>,
    of_site: Vec<u32>,
    hasher: RandomState,
}

/// A question, its last answer's fingerprint, and the numbers of the pages that asked it.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) question: Question,
    /// None while the answer is left to the late pages.
    pub(super) fingerprint: Option<Fingerprint>,
    pub(super) askers: Askers,
}

/// Most questions are asked by one page.
type Askers = SmallVec<[u32; 4]>;

impl Questions {
    /// The question of a number.
    pub(super) fn get(&self, number: u32) -> &Known {
        &self.known[number as usize]
    }

    /// The same, to be changed.
    pub(super) fn get_mut(&mut self, number: u32) -> &mut Known {
        &mut self.known[number as usize]
    }

    /// All questions by number, forgotten ones with them.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Known> {
        self.known.iter_mut()
    }

    /// The numbers that nobody asks.
    pub(super) fn unasked(&self) -> Vec<u32> {
        let known = self.known.iter().zip(0..);
        known.filter(|(known, _)| known.askers.is_empty()).map(|(_, number)| number).collect()
    }

    /// All numbers.
    pub(super) fn numbers(&self) -> std::ops::Range<u32> {
        0..self.known.len() as u32
    }

    /// The numbers of the questions about these pages, and of those that are about no single page.
    pub(super) fn about<'a>(&self, pages: impl IntoIterator<Item = &'a SourcePath>) -> Vec<u32> {
        let of_pages = pages.into_iter().filter_map(|page| self.of_pages.get(page)).flatten();
        of_pages.chain(&self.of_site).copied().collect()
    }

    /// The number of a question that was answered: a new one if it was not known.
    pub(super) fn number(&mut self, answer: &Answer) -> u32 {
        let Answer { question, fingerprint, .. } = answer;
        if let Some(number) = self.find(question) {
            let known = &mut self.known[number as usize].fingerprint;
            *known = known.or(*fingerprint);
            debug_assert_eq!(
                known, fingerprint,
                "dependence.rs says that the answer to {question:?} stays, and it does not"
            );
            return number;
        }
        let number = self.known.len() as u32;
        self.known.push(Known { question: question.clone(), fingerprint: *fingerprint, askers: Askers::new() });
        let hash = |number: &u32| self.hasher.hash_one(&self.known[*number as usize].question);
        self.numbers.insert_unique(hash(&number), number, hash);
        self.alike(question).push(number);
        number
    }

    /// Forgets a question that nobody asks any more.
    pub(super) fn forget(&mut self, number: u32) {
        let known = &self.known[number as usize];
        if !known.askers.is_empty() || self.find(&known.question) != Some(number) {
            return;
        }
        let question = known.question.clone();
        if let Ok(entry) = self.numbers.find_entry(self.hasher.hash_one(&question), |other| *other == number) {
            entry.remove();
        }
        self.alike(&question).retain(|other| *other != number);
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    fn find(&self, question: &Question) -> Option<u32> {
        let is_it = |number: &u32| self.known[*number as usize].question == *question;
        self.numbers.find(self.hasher.hash_one(question), is_it).copied()
    }

    /// The numbers of the questions about the same page.
    fn alike(&mut self, question: &Question) -> &mut Vec<u32> {
        match question.page() {
            Some(page) => self.of_pages.entry(page.clone()).or_default(),
            None => &mut self.of_site,
        }
    }
}
