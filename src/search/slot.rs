//! The slot of a word, which decides its bucket: a number made from its first two letters.
//!
//! The script in the browser computes the same number from a query, so no table of beginnings has to be sent.
//! Words that begin alike share a slot, which is where misspellings and unfinished words are looked for.

/// How many slots there are.
pub(super) const SLOTS: usize = 4096;

/// Places for the letters a to z, the digits, and nothing.
const PLAIN: u32 = 37;
const PLAIN_SLOTS: u32 = PLAIN * PLAIN;

/// The slot of a folded word.
pub(super) fn slot(word: &str) -> u16 {
    let mut letters = word.chars();
    let (first, second) = (letters.next(), letters.next());
    let slot = match (plain(first), plain(second)) {
        (Some(first), Some(second)) => first * PLAIN + second,
        _ => {
            let mixed = code(first).wrapping_mul(31).wrapping_add(code(second));
            PLAIN_SLOTS + mixed % (SLOTS as u32 - PLAIN_SLOTS)
        }
    };
    slot as u16
}

fn plain(letter: Option<char>) -> Option<u32> {
    match letter {
        None => Some(0),
        Some(digit @ '0'..='9') => Some(digit as u32 - '0' as u32 + 1),
        Some(letter @ 'a'..='z') => Some(letter as u32 - 'a' as u32 + 11),
        Some(_) => None,
    }
}

fn code(letter: Option<char>) -> u32 {
    letter.map_or(0, u32::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_follow_the_alphabet() {
        let slots: Vec<u16> = ["7", "a", "ab", "abz", "b", "cv", "zz"].map(slot).to_vec();
        assert!(slots.is_sorted(), "{slots:?}");
        assert_eq!(slot("ab"), slot("abz"));
    }

    #[test]
    fn other_scripts_have_slots_of_their_own() {
        assert!(usize::from(slot("نوکری")) < SLOTS && u32::from(slot("نوکری")) >= PLAIN_SLOTS);
    }
}
