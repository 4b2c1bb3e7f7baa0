//! Questions about all bytes of a text that are asked of many bytes at a time, since for nearly all texts the answer is no.

use memchr::memmem;

/// So many bytes are asked at once: the compiler makes a few instructions of them.
const AT_ONCE: usize = 64;

/// The offset of the first byte that `is_sought` accepts. It should not branch (`|` and `&` instead of `||` and `&&`).
pub(crate) fn position(text: &[u8], is_sought: impl Fn(u8) -> bool) -> Option<usize> {
    let has_some = |bytes: &[u8]| bytes.iter().fold(false, |found, byte| found | is_sought(*byte));
    let (number, bytes) = text.chunks(AT_ONCE).enumerate().find(|(_, bytes)| has_some(bytes))?;
    bytes.iter().position(|byte| is_sought(*byte)).map(|at| number * AT_ONCE + at)
}

/// Whether the only white space of ASCII in a text are single spaces between other characters. No other control is taken for a character.
pub(crate) fn is_single_spaced(text: &[u8]) -> bool {
    let ends_in_space = text.first() == Some(&b' ') || text.last() == Some(&b' ');
    !ends_in_space && position(text, |byte| byte < b' ').is_none() && memmem::find(text, b"  ").is_none()
}

/// Whether a word of ASCII letters and digits, of at most `longest` bytes, may follow itself with only spaces between. May be true for a few texts
/// in which none does.
pub(crate) fn may_repeat(text: &[u8], longest: usize) -> bool {
    match memmem::find(text, b"  ") {
        None => (1..=longest).any(|length| may_repeat_of(text, length)),
        Some(_) => memchr::memchr_iter(b' ', text).any(|space| may_repeat_at(text, space, longest)),
    }
}

/// The same for words of one length with one space between: their first and last bytes are compared, and no letter may follow.
fn may_repeat_of(text: &[u8], length: usize) -> bool {
    let Some(last_start) = text.len().checked_sub(2 * length + 1) else { return false };
    let at = |offset: usize| &text[offset..][..last_start];
    let (firsts, lasts, spaces) = (at(0), at(length - 1), at(length));
    let (firsts_again, lasts_again, behind) = (at(length + 1), at(2 * length), at(2 * length + 1));
    let differ = |one: u8, other: u8| (one ^ other) & !CASE;
    let is_found = |at: usize| {
        let differences =
            differ(firsts[at], firsts_again[at]) | differ(lasts[at], lasts_again[at]) | (spaces[at] ^ b' ');
        (differences == 0) & !is_letter(behind[at])
    };
    may_repeat_at(text, last_start + length, length) || (0..last_start).fold(false, |found, at| found | is_found(at))
}

/// The same at one place in which spaces begin, however many.
fn may_repeat_at(text: &[u8], space: usize, longest: usize) -> bool {
    // Within a row of spaces no word ends, and the row is as long as the text may be.
    if space == 0 || text[space - 1] == b' ' {
        return false;
    }
    let spaces = text[space..].iter().take_while(|byte| **byte == b' ').count();
    let behind = &text[space + spaces..];
    let length = behind.iter().take(longest + 1).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let is_word = (1..=longest).contains(&length) && length <= space && spaces > 0;
    is_word && text[space - length..space].eq_ignore_ascii_case(&behind[..length])
}

/// The bit by which small letters differ from capitals.
const CASE: u8 = 0x20;

fn is_letter(byte: u8) -> bool {
    (byte | CASE).wrapping_sub(b'a') < 26
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_is_found_wherever_it_stands() {
        for at in [0, 1, 63, 64, 65, 200] {
            let mut text = [b'a'; 201];
            (text[at], text[200]) = (b'"', b'"');
            assert_eq!(position(&text, |byte| byte == b'"'), Some(at));
        }
        assert_eq!(position(b"a", |byte| byte == b'"'), None);
    }

    #[test]
    fn white_space_other_than_single_spaces_is_seen() {
        assert!(["", "a", "a b"].iter().all(|text| is_single_spaced(text.as_bytes())));
        assert!(![" a", "a ", "a  b", "a\nb", "a\tb"].iter().any(|text| is_single_spaced(text.as_bytes())));
    }

    #[test]
    fn a_word_that_stands_twice_is_seen_wherever_it_stands() {
        let twice =
            ["the the", "a  a", "(The the", "of of.", "I read the\u{2014}the the", "so should Should", "x a A-level"];
        assert!(twice.iter().all(|text| may_repeat(text.as_bytes(), 6)));
        assert!(twice.iter().all(|text| may_repeat(format!("Words before {text} and behind").as_bytes(), 6)));
        let once = ["", " ", "the", "the they", "bathe them", "a b", "one ones", "the, the", "longest longest"];
        assert!(!once.iter().any(|text| may_repeat(text.as_bytes(), 6)));
    }

    proptest::proptest! {
        #[test]
        fn no_repeated_word_is_overlooked(text in "[aAbB1 .é]{0,40}") {
            let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
            let is_plain = |word: &str| word.len() < 7 && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let repeats = words.windows(2).any(|two| is_plain(two[0]) && two[0].eq_ignore_ascii_case(two[1]));
            proptest::prop_assert!(!repeats || may_repeat(text.as_bytes(), 6));
        }
    }
}
