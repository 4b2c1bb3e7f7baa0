//! Words of a text: white space, Unicode's composed form, what makes two words the same.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

use super::byte_scan;

/// The words of a text, separated by single spaces.
pub(crate) fn single_spaced(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if is_single_spaced(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    Cow::Owned(spaced)
}

/// Whether a text has no white space but single spaces. Knows ASCII white space alone: other white space counts as text.
fn is_single_spaced(text: &[u8]) -> bool {
    // White space beyond ASCII begins with one of these (Unicode's White_Space); what begins with E2 is mostly punctuation.
    let is_suspect = |byte: u8| (byte == 0xc2) | (byte == 0xe1) | (byte == 0xe3);
    let is_punctuation = |at: usize| matches!(text[at + 1..], [0x80, 0x90..=0xa7, ..]);
    byte_scan::is_single_spaced(text)
        && byte_scan::position(text, is_suspect).is_none()
        && memchr::memchr_iter(0xe2, text).all(is_punctuation)
}

/// The text in Unicode's form NFC, in which a letter with an accent is one character where there is one. macOS gives names of files
/// in another form.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { ComposingNormalizerBorrowed::new_nfc().normalize(text) }
}

/// Whether a character is part of a word: a letter, a digit, or a mark on one, such as a vowel sign of Hindi.
pub(crate) fn is_of_word(character: char) -> bool {
    character.is_alphanumeric()
        || GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(character))
}

/// What makes two words for a topic or a tag the same: case, spaces and hyphens make no difference, and everything else does, so that `C++` and
/// `C#` are two. Letters that differ only in the keyboard they come from, and invisible characters, make no difference either.
pub(crate) fn word_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for character in composed(text).chars().flat_map(char::to_lowercase) {
        match character {
            '\''
            | '’'
            | '‘'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {}
            'ي' => key.push('ی'),
            'ك' => key.push('ک'),
            '-' | '_' | '‐' | '‑' | '–' | '—' => hyphen(&mut key),
            space if space.is_whitespace() => hyphen(&mut key),
            other => key.push(other),
        }
    }
    key.truncate(key.trim_end_matches('-').len());
    key
}

fn hyphen(key: &mut String) {
    if !key.is_empty() && !key.ends_with('-') {
        key.push('-');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_single_spaces_is_taken_as_it_is_and_no_white_space_is_overlooked() {
        let plain = "The manager’s word – “yes” – نوکری";
        assert!(matches!(single_spaced(plain), Cow::Borrowed(text) if text == plain));
        for space in (0..=0x10_ffff).filter_map(char::from_u32).filter(|character| character.is_whitespace()) {
            assert_eq!(single_spaced(&format!("a{space}b{space}{space} c{space}")), "a b c", "{space:?}");
        }
    }

    #[test]
    fn words_are_the_same_but_for_case_spaces_and_hyphens() {
        let same = [
            ("HR", "hr"),
            ("Offers and pay", "offers-and-pay"),
            ("cafe\u{301}", "Café"),
            ("تنخواه\u{200c}", "تنخواه"),
            ("كي", "کی"),
        ];
        same.iter().for_each(|(one, other)| assert_eq!(word_key(one), word_key(other)));
        let words = [
            "C++", "C#", "C", ".NET", "NET", "F#", "F", "R&D", "RD", "R D", "علم", "الم", "résumé", "resume", "año",
            "ano",
        ];
        let keys: std::collections::BTreeSet<String> = words.iter().map(|word| word_key(word)).collect();
        assert_eq!(keys.len(), words.len());
    }
}
