//! The word that was probably meant.

use std::cell::Cell;

/// The nearest of `known` to what was written, if it is near enough to be what was meant.
#[must_use]
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    guess(written, known).0
}

/// What it takes to pass over a word, beside its length.
const STEPS_TO_PASS: usize = 64;
/// What it takes to measure a distance, beside the product of both lengths.
const STEPS_TO_MEASURE: usize = 512;

/// The nearest word, and how many steps it took to find it.
fn guess<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> (Option<&'a str>, usize) {
    let written = written.to_lowercase();
    let letters = written.chars().count();
    let (mut steps, mut measured) = (0, 0);
    let mut nearest: Option<(usize, &str)> = None;
    for candidate in known {
        steps += STEPS_TO_PASS + candidate.len();
        let (ours, theirs) = differing(&written, candidate);
        // One that is farther off than the nearest so far need not be measured.
        let allowed = nearest.map_or(usize::MAX, |(distance, _)| distance).min(allowed_distance(candidate));
        if !may_be_near(ours, theirs, allowed) {
            continue;
        }
        measured += STEPS_TO_MEASURE + ours.len() * theirs.len();
        let distance = strsim::osa_distance(ours, &theirs.to_lowercase());
        let is_near = distance <= allowed && 2 * distance < candidate.chars().count().max(letters);
        if is_near && nearest.is_none_or(|nearest| (distance, candidate) < nearest) {
            nearest = Some((distance, candidate));
        }
    }
    (nearest.map(|(_, candidate)| candidate), steps + measured)
}

/// Both words without the letters at their heads and ends in which they are alike: thousands of paths differ in a few letters each.
fn differing<'a, 'b>(written: &'a str, candidate: &'b str) -> (&'a str, &'b str) {
    let is_same = |(one, other): &(&u8, &u8)| one.is_ascii() && **one == other.to_ascii_lowercase();
    let head = written.as_bytes().iter().zip(candidate.as_bytes()).take_while(is_same).count();
    // Behind letters of one byte a character begins.
    let (written, candidate) = (&written[head..], &candidate[head..]);
    let ends = written.as_bytes().iter().rev().zip(candidate.as_bytes().iter().rev());
    let end = ends.take_while(is_same).count();
    (&written[..written.len() - end], &candidate[..candidate.len() - end])
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

/// Rules out nearly all of the ten thousand paths that a broken link is compared with, by their letters: a typing error adds one letter at most and
/// takes one away.
fn may_be_near(written: &str, candidate: &str, allowed: usize) -> bool {
    let bytes_a_letter = if written.is_ascii() && candidate.is_ascii() { 1 } else { 4 };
    written.len().abs_diff(candidate.len()) <= allowed * bytes_a_letter
        && (letters_of(written) ^ letters_of(candidate)).count_ones() as usize <= 2 * allowed * bytes_a_letter
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
    fn what_is_left_out_changes_no_distance() {
        let words = [
            "content/articles/p12.md",
            "content/articles/p21.md",
            "Content/articles/p12/index.md",
            "",
            "p",
            "é.md",
            "É.md",
            "ab",
            "ba",
        ];
        for written in words {
            for candidate in words {
                let whole = strsim::osa_distance(&written.to_lowercase(), &candidate.to_lowercase());
                let near = did_you_mean(written, [candidate]);
                let longer = candidate.chars().count().max(written.chars().count());
                assert_eq!(
                    near.is_some(),
                    whole <= allowed_distance(candidate) && 2 * whole < longer,
                    "{written} {candidate}"
                );
            }
        }
    }

    #[test]
    fn letters_of_other_scripts_slip_as_well() {
        assert_eq!(did_you_mean("استعفا", ["استعفیٰ", "چھٹی"]), Some("استعفیٰ"));
    }
}
