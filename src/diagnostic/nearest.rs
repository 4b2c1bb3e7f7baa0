//! The word that was probably meant.

use std::cell::Cell;

/// The nearest of `known` to what was written, if it is near enough to be what was meant.
#[must_use]
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    guess(written, known).0
}

/// The nearest word, and how many steps it took to find it.
fn guess<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> (Option<&'a str>, usize) {
    let written = written.to_lowercase();
    let letters = letters_of(&written);
    let (mut steps, mut measured) = (0, 0);
    let nearest = known
        .into_iter()
        .inspect(|candidate| steps += candidate.len())
        .filter(|candidate| may_be_near(&written, letters, candidate))
        .map(|candidate| (strsim::osa_distance(&written, &candidate.to_lowercase()), candidate))
        .inspect(|(_, candidate)| measured += candidate.len() * written.len())
        .filter(|(distance, candidate)| *distance <= allowed_distance(candidate))
        .filter(|(distance, candidate)| 2 * distance < candidate.chars().count().max(written.chars().count()))
        .min();
    (nearest.map(|(_, candidate)| candidate), steps + measured)
}

/// Guesses for the sake of one page. When that has been enough work no more are made: whoever made a hundred thousand slips in one page
/// mends the first thousand first.
#[derive(Debug)]
pub struct Guesses {
    /// How many more steps they may take.
    left: Cell<usize>,
}

impl Default for Guesses {
    fn default() -> Self {
        Self { left: Cell::new(50_000_000) }
    }
}

impl Guesses {
    /// As [`did_you_mean`].
    pub fn did_you_mean<'a>(&self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        if self.left.get() == 0 {
            return None;
        }
        let (meant, steps) = guess(written, known);
        self.left.set(self.left.get().saturating_sub(steps));
        meant
    }
}

/// One slip in a short word, two in a longer one, three in a long one; and always fewer than half of its letters.
fn allowed_distance(word: &str) -> usize {
    match word.chars().count() {
        0..=3 => 1,
        4..=9 => 2,
        _ => 3,
    }
}

/// Rules out at a glance nearly all of the ten thousand paths that a broken link is compared with: a slip adds one letter at most and
/// takes one away.
fn may_be_near(written: &str, letters: u64, candidate: &str) -> bool {
    let bytes_a_slip = 4;
    written.len().abs_diff(candidate.len()) <= 3 * bytes_a_slip
        && (letters ^ letters_of(candidate)).count_ones() as usize
            <= 2 * bytes_a_slip * allowed_distance(candidate).min(2)
}

/// Which letters a text has, as a set of 64; case aside.
fn letters_of(text: &str) -> u64 {
    text.bytes().fold(0, |letters, byte| letters | 1 << (byte.to_ascii_lowercase() & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        assert_eq!(did_you_mean("tilte", ["title", "date"]), Some("title"));
        assert_eq!(did_you_mean("layout", ["title", "date"]), None);
        assert_eq!(did_you_mean("b", ["a"]), None);
        assert_eq!(did_you_mean("cv", ["cvs"]), Some("cvs"));
        assert_eq!(did_you_mean("Titel", ["title", "date"]), Some("title"));
    }

    #[test]
    fn letters_of_other_scripts_slip_as_well() {
        assert_eq!(did_you_mean("استعفا", ["استعفیٰ", "چھٹی"]), Some("استعفیٰ"));
    }
}
