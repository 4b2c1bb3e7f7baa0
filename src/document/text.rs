//! Bytes → text, text → slugs and titles.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

use super::holes::{self, has_reserved, is_reserved, of_windows_1252, without_reserved};
use crate::collect::{Source, SourcePath};
use crate::diagnostic::{Diagnostic, Places, SourceText};
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
    cleaned(path, bytes, diagnostics)
}

/// A file's text without its byte order mark, with line feeds at its line ends. What isn't UTF-8, and control characters, are reported and
/// replaced.
pub(crate) fn cleaned<'a>(path: &SourcePath, bytes: &'a [u8], diagnostics: &mut Vec<Diagnostic>) -> Cow<'a, str> {
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
    let text = with_line_feeds(text);
    match has_reserved(&text) {
        true => without_controls(path, &text, diagnostics).into(),
        false => text,
    }
}

/// The text with a line feed for each carriage return that has none after it, as old Macs end their lines. No byte moves; of two carriage
/// returns before a line feed, which a conversion made of one, the first is white space.
fn with_line_feeds(text: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_alone = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let alone: Vec<usize> = memchr::memchr_iter(b'\r', bytes).filter(is_alone).collect();
    if alone.is_empty() {
        return text;
    }
    let mut mended = String::with_capacity(text.len());
    let mut from = 0;
    for at in alone {
        mended.push_str(&text[from..at]);
        mended.push(if text[at..].starts_with("\r\r\n") { ' ' } else { '\n' });
        from = at + 1;
    }
    mended.push_str(&text[from..]);
    Cow::Owned(mended)
}

/// How many control characters of a file are reported.
const MOST_CONTROLS: usize = 100;

fn without_controls(path: &SourcePath, text: &str, diagnostics: &mut Vec<Diagnostic>) -> String {
    let readable = without_reserved(text.into());
    let source = SourceText::new(path, &readable);
    let places = Places::default();
    let source = source.with(&places);
    let mut at = 0;
    let mut found = Vec::new();
    for character in text.chars() {
        let length = holes::readable(character).len_utf8();
        if is_reserved(character) && found.len() < MOST_CONTROLS {
            found.push(control(source, character, at..at + length));
        }
        at += length;
    }
    diagnostics.extend(found);
    readable.into_owned()
}

fn control(source: SourceText<'_>, character: char, span: Range<usize>) -> Diagnostic {
    let number = u32::from(character);
    match of_windows_1252(character) {
        Some(meant) => {
            let message = format!("the control character U+{number:04X} is here instead of `{meant}`");
            let hint = format!("write `{meant}`; the text comes from a file in the encoding Windows-1252");
            let diagnostic = Diagnostic::warning("control-character", message).at(source, span.clone());
            diagnostic.hint(hint).replace(source, span, meant)
        }
        None => Diagnostic::warning("control-character", format!("no page can show the character U+{number:04X}"))
            .at(source, span)
            .hint("remove it, or write what was meant"),
    }
}

/// Where places of a document's text are in its source, whose byte order mark and control characters have other lengths.
pub(crate) struct Origin {
    mark: usize,
    /// Places behind a control character, each with the bytes that the source has there and the bytes that the text has.
    shifts: Vec<(usize, usize, usize)>,
}

impl Origin {
    /// The places of the text that was read from `source`.
    pub(crate) fn of(source: &str) -> Self {
        let text = source.strip_prefix('\u{feff}').unwrap_or(source);
        let (mut written, mut read) = (0, 0);
        let mut shifts = Vec::new();
        let characters = if has_reserved(text) { text.chars() } else { "".chars() };
        for character in characters {
            written += character.len_utf8();
            read += holes::readable(character).len_utf8();
            if is_reserved(character) {
                shifts.push((read, written, read));
            }
        }
        Self { mark: source.len() - text.len(), shifts }
    }

    /// The byte of the source at a byte of the text.
    pub(crate) fn offset(&self, at: usize) -> usize {
        let before = self.shifts.partition_point(|(place, ..)| *place <= at);
        let (written, read) = before.checked_sub(1).map_or((0, 0), |last| (self.shifts[last].1, self.shifts[last].2));
        self.mark + at - read + written
    }
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

/// The text in Unicode's form NFC, in which a letter with an accent is one character wherever there is such a one. macOS gives names of files
/// in another form.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { ComposingNormalizerBorrowed::new_nfc().normalize(text) }
}

/// Whether a character is part of a word: a letter, a digit, or a mark on one, such as a vowel sign of Hindi.
pub(crate) fn is_of_word(character: char) -> bool {
    character.is_alphanumeric()
        || GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(character))
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

/// What makes two words for a topic or a tag the same: case, spaces and hyphens make no difference, and everything else does, so that `C++` and
/// `C#` are two. Letters that only keyboards tell apart, and signs that nobody sees, make none either.
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

    #[test]
    fn a_carriage_return_alone_ends_a_line_and_moves_no_byte() {
        assert_eq!(with_line_feeds("a\rb\r\nc\r\r\nd\r".into()), "a\nb\r\nc \r\nd\n");
        assert!(matches!(with_line_feeds("a\r\nb\n".into()), Cow::Borrowed(_)));
    }

    #[test]
    fn a_place_behind_a_control_character_is_found_in_the_source() {
        let source = "\u{feff}It\u{92}s a \u{0}b.";
        let mut diagnostics = Vec::new();
        let text = cleaned(&SourcePath::new("a.md"), source.as_bytes(), &mut diagnostics);
        let origin = Origin::of(source);
        for word in ["It", "s a", "b."] {
            assert_eq!(origin.offset(text.find(word).unwrap()), source.find(word).unwrap(), "{word}");
        }
        assert_eq!(diagnostics.len(), 2);
    }

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
