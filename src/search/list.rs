//! A word's documents in the parts that a browser loads.
//!
//! In: postings. Out: one encoded list, or of a common word two: the documents in which it weighs most, and the rest. A query
//! of several words reads the rest of its rarest words alone: whether a page mentions a common word in passing means little.
//! Knows nothing of words, and of files only that they hold such parts.

use super::postings::{Posting, decode, encode};
use super::weights::{LEVELS, effect};

/// A list of more documents than this is parted.
const LONG: usize = 1_200;
/// The foremost part has no more documents than this: about 0.7 kB.
const FOREMOST: usize = 800;

/// An encoded list of postings.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct List {
    /// How many documents, in all parts.
    pub(super) length: u32,
    /// The list, or its foremost part.
    pub(super) bytes: Vec<u8>,
    pub(super) rest: Option<Rest>,
}

/// The documents in which a common word weighs less.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rest {
    pub(super) length: u32,
    pub(super) bytes: Vec<u8>,
    /// What the word counts in them on average, in the browser's units.
    pub(super) effect: u32,
}

impl Default for List {
    fn default() -> Self {
        List::whole(&[])
    }
}

impl List {
    /// A list in one part, however long.
    pub(super) fn whole(postings: &[Posting]) -> Self {
        List { length: postings.len() as u32, bytes: encode(postings), rest: None }
    }

    /// A list in two parts if it is long.
    pub(super) fn parted(postings: &[Posting]) -> Self {
        if postings.len() <= LONG {
            return List::whole(postings);
        }
        let least = least_of_foremost(postings);
        let (foremost, others): (Vec<Posting>, Vec<Posting>) = postings.iter().partition(|(_, level)| *level >= least);
        let sum: f32 = others.iter().map(|(_, level)| effect(*level)).sum();
        let rest = Rest {
            length: others.len() as u32,
            bytes: encode(&others),
            effect: (sum / others.len().max(1) as f32).round() as u32,
        };
        List { length: postings.len() as u32, bytes: encode(&foremost), rest: Some(rest) }
    }

    /// The postings of all parts, ascending by document.
    pub(super) fn postings(&self) -> Vec<Posting> {
        let mut postings = decode(&self.bytes);
        if let Some(rest) = &self.rest {
            postings.extend(decode(&rest.bytes));
            postings.sort_unstable();
        }
        postings
    }

    /// What is encoded of each part, the foremost first.
    pub(super) fn parts(&self) -> impl Iterator<Item = &[u8]> {
        std::iter::once(self.bytes.as_slice()).chain(self.rest.iter().map(|rest| rest.bytes.as_slice()))
    }
}

/// The least level from which on there are few enough documents; above all levels if too many have the highest.
fn least_of_foremost(postings: &[Posting]) -> u8 {
    let mut documents = [0; LEVELS as usize + 1];
    postings.iter().for_each(|(_, level)| documents[usize::from(*level.min(&LEVELS))] += 1);
    let mut sum = 0;
    let too_many = (0..=LEVELS).rev().find(|level| {
        sum += documents[usize::from(*level)];
        sum > FOREMOST
    });
    too_many.map_or(0, |level| level + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn postings(documents: u32) -> Vec<Posting> {
        (0..documents).map(|document| (document * 3, 1 + (document % 27) as u8)).collect()
    }

    #[test]
    fn a_common_word_is_read_first_where_it_weighs_most() {
        let list = List::parted(&postings(6000));
        let foremost = decode(&list.bytes);
        let rest = list.rest.as_ref().map(|rest| decode(&rest.bytes)).unwrap_or_default();
        assert!((FOREMOST / 2..=FOREMOST).contains(&foremost.len()), "{}", foremost.len());
        assert!(list.bytes.len() < 1000, "{}", list.bytes.len());
        let least = foremost.iter().map(|posting| posting.1).min();
        assert!(rest.iter().all(|posting| Some(posting.1) < least));
        assert_eq!(foremost.len() + rest.len(), list.length as usize);
    }

    #[test]
    fn the_parts_are_all_of_it() {
        let (all, parted) = (postings(6000), List::parted(&postings(6000)).postings());
        let documents = |postings: &[Posting]| postings.iter().map(|posting| posting.0).collect::<Vec<_>>();
        assert_eq!(documents(&all), documents(&parted));
        assert!(all.iter().zip(&parted).all(|(a, b)| a.1.abs_diff(b.1) <= 2));
    }

    #[test]
    fn a_word_that_weighs_the_same_everywhere_has_no_foremost_documents() {
        let all: Vec<Posting> = (0..2000).map(|document| (document, 27)).collect();
        let list = List::parted(&all);
        assert_eq!((decode(&list.bytes).len(), list.postings().len()), (0, 2000));
    }

    #[test]
    fn a_rare_word_has_one_part() {
        assert!(List::parted(&postings(LONG as u32)).rest.is_none());
    }
}
