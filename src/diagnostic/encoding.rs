//! Bytes of a file → text in UTF-8 with line feeds, and a diagnostic for each part that had to be replaced.

use std::borrow::Cow;
use std::ops::Range;

use super::{Diagnostic, Places, SourceText};
use crate::diagnostic::Rule;
use crate::source::SourcePath;
use crate::text::{has_reserved, is_reserved, of_windows_1252, readable, without_reserved};

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
            let diagnostic = Diagnostic::error(Rule::NotUtf8, "this file is not UTF-8 text").at(place, at..at + 3);
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
    let replaced = without_reserved(text.into());
    let source = SourceText::new(path, &replaced);
    let places = Places::default();
    let source = source.with(&places);
    let mut at = 0;
    let mut found = Vec::new();
    for character in text.chars() {
        let length = readable(character).len_utf8();
        if is_reserved(character) && found.len() < MOST_CONTROLS {
            found.push(control(source, character, at..at + length));
        }
        at += length;
    }
    diagnostics.extend(found);
    replaced.into_owned()
}

fn control(source: SourceText<'_>, character: char, span: Range<usize>) -> Diagnostic {
    let number = u32::from(character);
    match of_windows_1252(character) {
        Some(meant) => {
            let message = format!("the control character U+{number:04X} is here instead of `{meant}`");
            let hint = format!("write `{meant}`; the text comes from a file in the encoding Windows-1252");
            let diagnostic = Diagnostic::warning(Rule::ControlCharacter, message).at(source, span.clone());
            diagnostic.hint(hint).replace(source, span, meant)
        }
        None => Diagnostic::warning(Rule::ControlCharacter, format!("no page can show the character U+{number:04X}"))
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
            read += readable(character).len_utf8();
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
}
