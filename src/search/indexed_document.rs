//! One document in the index: its words, its place, and the file that shows it as a result.
//!
//! In: its text and its entry. Out: an `IndexedDocument`, which the caller keeps until one of them changes: nothing is compared
//! of an indexed document that two builds share.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use super::{Entry, Terms, Text, analyse};
use crate::output::{Artifact, Pieces};
use crate::storage::{StoreIn, StoredText};
use crate::text::byte_scan;

/// More text than this is not kept for excerpts: a file of the index stays below 100 kB.
const LONGEST_TEXT: usize = 60_000;

/// A document of the index.
#[derive(Clone, Debug)]
pub struct IndexedDocument {
    pub(super) entry: Entry,
    pub(super) terms: Arc<Terms>,
    /// Its place among all documents: a number made from its address alone.
    pub(super) place: u64,
    /// What a result shows.
    pub(super) shown: Artifact,
}

impl IndexedDocument {
    /// Reads a document. Depends on its arguments alone.
    #[must_use]
    pub fn new(language_code: &str, text: &Text<'_>, entry: Entry) -> Self {
        Self::made(Arc::new(analyse(language_code, text)), text, entry)
    }

    /// The same text in another place, or shown otherwise.
    #[must_use]
    pub fn with(&self, text: &Text<'_>, entry: Entry) -> Self {
        Self::made(Arc::clone(&self.terms), text, entry)
    }

    fn made(terms: Arc<Terms>, text: &Text<'_>, entry: Entry) -> Self {
        let place =
            blake3::hash(entry.url.as_bytes()).as_bytes()[..8].iter().fold(0, |n, byte| n << 8 | u64::from(*byte));
        let shown = shown(&entry, text);
        IndexedDocument { shown, entry, terms, place }
    }
}

/// What the browser shows of a document, and cuts excerpts from.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(rename = "u")]
    url: &'a str,
    #[serde(rename = "k")]
    kind: &'a str,
    #[serde(rename = "o")]
    topics: &'a [String],
    #[serde(rename = "w")]
    date: Option<&'a str>,
    #[serde(rename = "m")]
    minutes: u32,
    #[serde(rename = "f")]
    files: &'a [(String, String)],
    #[serde(rename = "t")]
    title: &'a str,
    #[serde(rename = "d")]
    description: &'a str,
}

/// The file: behind what is shown, `s` holds each section's anchor, heading and text. The texts stay in the memory in which the document has
/// them, as far as JSON writes them as they are; if it does not keep them, the file is packed by what they were read from.
fn shown(entry: &Entry, text: &Text<'_>) -> Artifact {
    let shown = Shown {
        url: &entry.url,
        kind: &entry.kind,
        topics: &entry.topics,
        date: entry.date.as_deref(),
        minutes: entry.minutes,
        files: &entry.files,
        title: text.title,
        description: text.description,
    };
    let mut pieces = Pieces::default();
    pieces.push(without_end(&json(&shown)));
    pieces.push(b",\"s\":[");
    let mut left = LONGEST_TEXT;
    for (number, section) in text.sections.iter().enumerate() {
        pieces.push(if number == 0 { b"" } else { b"," });
        pieces.push(without_end(&json(&(section.anchor, section.heading))));
        pieces.push(b",");
        match shortened(section.text, &mut left) {
            Cow::Borrowed(_) if !matches!(text.place, StoreIn::Packed(_)) => push_string(&mut pieces, section.text),
            short => pieces.push(&json(&short)),
        }
        pieces.push(b"]");
    }
    pieces.push(b"]}");
    Artifact::of_pieces(pieces, text.place)
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// An object or a list that goes on.
fn without_end(json: &[u8]) -> &[u8] {
    json.strip_suffix(b"}").or_else(|| json.strip_suffix(b"]")).unwrap_or(json)
}

/// Adds a text as a JSON string: escapes, and between them extents of the text itself.
fn push_string(pieces: &mut Pieces, text: &StoredText) {
    pieces.push(b"\"");
    let mut at = 0;
    while let Some(length) = byte_scan::position(&text.as_bytes()[at..], is_escaped) {
        let escaped = at + length;
        pieces.push_stretch(text, at..escaped);
        let string = json(&&text[escaped..=escaped]);
        pieces.push(&string[1..string.len() - 1]);
        at = escaped + 1;
    }
    pieces.push_stretch(text, at..text.len());
    pieces.push(b"\"");
}

/// Whether JSON doesn't write a byte as it is (RFC 8259, section 7).
fn is_escaped(byte: u8) -> bool {
    (byte < b' ') | (byte == b'"') | (byte == b'\\')
}

/// A text with single spaces between its words, as far as `left` bytes go.
fn shortened<'a>(text: &'a str, left: &mut usize) -> Cow<'a, str> {
    let is_plain = text.len() < *left && byte_scan::is_single_spaced(text.as_bytes());
    let short = if is_plain { Cow::Borrowed(text) } else { Cow::Owned(squeezed(text, *left)) };
    *left -= short.len();
    short
}

fn squeezed(text: &str, most: usize) -> String {
    let mut short = String::with_capacity(text.len().min(most));
    for word in text.split_ascii_whitespace() {
        if short.len() + word.len() >= most {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::super::Section;
    use super::*;

    #[test]
    fn a_result_file_is_the_json_that_a_browser_reads() {
        let texts = ["", "Plain. ", "Say \"no\"\u{1}, C:\\temp, and ", "نوکری کی درخواست "]
            .map(|text| StoredText::from(text.repeat(50).trim_end()));
        let sections: Vec<Section> =
            texts.iter().map(|text| Section { anchor: Some("a"), heading: Some("\"A\""), text }).collect();
        let text =
            Text { title: "Rest \"well\"", description: "", tags: &[], sections: &sections, place: StoreIn::Memory };
        let shown = |text: &Text<'_>| {
            IndexedDocument::new("en", text, Entry { url: "/a/".to_owned(), ..Entry::default() }).shown
        };
        let file: serde_json::Value = serde_json::from_slice(&shown(&text).read().expect("its bytes")).expect("JSON");
        let told: Vec<_> = texts.iter().map(|text| serde_json::json!(["a", "\"A\"", **text])).collect();
        assert_eq!((&file["u"], &file["t"]), (&"/a/".into(), &"Rest \"well\"".into()));
        assert_eq!(file["s"], serde_json::Value::from(told));
        let model: Arc<[u8]> = texts[1].as_bytes().into();
        let packed = Text { place: StoreIn::Packed(&model), ..text };
        assert_eq!(shown(&packed).read().ok(), shown(&text).read().ok(), "packed or not");
    }
}
