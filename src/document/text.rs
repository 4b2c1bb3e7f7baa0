//! Bytes → text, text → slugs and titles.

use std::borrow::Cow;
use std::sync::Arc;

use super::holes::without_reserved;
use crate::collect::{Source, SourcePath};
use crate::diagnostic::{Diagnostic, SourceText};
use crate::glance;
use crate::scratch::HeldText;

/// The largest document, in bytes: a hundred novels.
const LARGEST: usize = 16 * 1024 * 1024;

/// A source's text without its byte order mark. What isn't UTF-8 is told, and replaced so that the rest can be checked.
pub(super) fn decoded<'a>(path: &SourcePath, bytes: &'a [u8], diagnostics: &mut Vec<Diagnostic>) -> Cow<'a, str> {
    if bytes.len() > LARGEST {
        let message = format!("this file has {} MB, which is more than a page can have", bytes.len() / 1_000_000);
        let diagnostic = Diagnostic::error("unreadable-file", message).in_file(path);
        diagnostics.push(diagnostic.hint("divide it, or give it another ending than .md to publish it as it is"));
        return Cow::Borrowed("---\ntitle: Too large\ndescription: This file is too large.\n---\n");
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) => {
            let text = String::from_utf8_lossy(bytes);
            let place = SourceText::new(path, &text);
            let at = error.valid_up_to();
            let diagnostic = Diagnostic::error("not-utf8", "this file is not UTF-8 text").at(place, at..at + 3);
            diagnostics.push(diagnostic.hint("save it again with the encoding 'UTF-8'"));
            Cow::Owned(text.into_owned())
        }
    };
    without_reserved(text)
}

/// A decoded text to keep: the source's own, where nothing had to be replaced.
pub(super) fn kept(source: &Source, bytes: &[u8], text: Cow<'_, str>) -> HeldText {
    match (source.text(), text) {
        (Some(whole), Cow::Borrowed(text)) if bytes.len() == text.len() => whole,
        (_, text) => Arc::<str>::from(text).into(),
    }
}

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

/// Whether a text has no white space but single spaces, as far as a glance can tell: it takes no other white space for text.
fn is_single_spaced(text: &[u8]) -> bool {
    // White space beyond ASCII begins with one of these (Unicode's White_Space); what begins with E2 is mostly punctuation.
    let is_suspect = |byte: u8| (byte == 0xc2) | (byte == 0xe1) | (byte == 0xe3);
    let is_punctuation = |at: usize| matches!(text[at + 1..], [0x80, 0x90..=0xa7, ..]);
    glance::is_single_spaced(text)
        && glance::position(text, is_suspect).is_none()
        && memchr::memchr_iter(0xe2, text).all(is_punctuation)
}

/// The longest slug, in bytes: file systems allow names of 255, and one sign of another script may become a whole word.
const LONGEST_SLUG: usize = 200;

/// A word for an address: ASCII letters, digits and single hyphens.
#[must_use]
pub fn slug_of(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in deunicode::deunicode(text).chars() {
        match character {
            'a'..='z' | '0'..='9' => slug.push(character),
            'A'..='Z' => slug.push(character.to_ascii_lowercase()),
            '\'' => {}
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.truncate(LONGEST_SLUG);
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The words of a slug or file name as a title: `offers-and-pay` is 'Offers and pay'.
#[must_use]
pub fn titled(slug: &str) -> String {
    let words = slug.replace(['-', '_'], " ");
    let mut characters = words.trim().chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::holes::is_reserved;

    #[test]
    fn a_text_of_single_spaces_is_taken_as_it_is_and_no_white_space_is_overlooked() {
        let plain = "The manager’s word – “yes” – نوکری";
        assert!(matches!(single_spaced(plain), Cow::Borrowed(text) if text == plain));
        for space in (0..=0x10_ffff).filter_map(char::from_u32).filter(|character| character.is_whitespace()) {
            assert_eq!(single_spaced(&format!("a{space}b{space}{space} c{space}")), "a b c", "{space:?}");
        }
    }

    #[test]
    fn slugs_are_plain_words_with_hyphens() {
        assert_eq!(slug_of("How to say “no” — politely"), "how-to-say-no-politely");
        assert_eq!(slug_of("Résumé & CV"), "resume-cv");
        assert_eq!(slug_of("Don't"), "dont");
        assert_eq!(slug_of("…"), "");
    }

    #[test]
    fn what_html_forbids_is_replaced_and_line_ends_stay() {
        let forbidden = ['\0', '\u{1}', '\u{1b}', '\u{7f}', '\u{85}', '\u{fdd0}', '\u{ffff}', '\u{1fffe}'];
        assert!(forbidden.into_iter().all(is_reserved));
        assert!(!['\t', '\n', '\r', 'a', 'ک', '\u{200d}', '\u{fffd}'].into_iter().any(is_reserved));
    }

    #[test]
    fn a_slug_reads_as_a_title() {
        assert_eq!(titled("offers-and-pay"), "Offers and pay");
    }
}
