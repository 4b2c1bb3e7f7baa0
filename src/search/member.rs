//! One document as the index has it: its words, where it lies, and the file that shows it as a result.
//!
//! In: its text and its entry. Out: a `Member`, which the caller keeps until one of them changes: of a member that two
//! builds are both handed, nothing needs a second look.

use super::{Entry, Terms, Text, analyse};
use crate::output::{Artifact, Pieces};
use memchr::{memchr, memchr3, memmem};
use serde::Serialize;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// More text than this is not kept for excerpts: a file of the index stays below 100 kB.
const LONGEST_TEXT: usize = 60_000;

/// A document of the index.
#[derive(Clone, Debug)]
pub struct Member {
    pub(super) entry: Entry,
    pub(super) terms: Arc<Terms>,
    /// Where it stands among all documents: a number made from its address alone.
    pub(super) place: u64,
    /// What a result shows.
    pub(super) shown: Artifact,
}

impl Member {
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
        Member { shown, entry, terms, place }
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
    #[serde(rename = "s")]
    sections: Vec<(Option<&'a str>, Option<&'a str>, Cow<'a, str>)>,
}

fn shown(entry: &Entry, text: &Text<'_>) -> Artifact {
    let mut left = LONGEST_TEXT;
    let sections = text.sections.iter();
    let shown = Shown {
        url: &entry.url,
        kind: &entry.kind,
        topics: &entry.topics,
        date: entry.date.as_deref(),
        minutes: entry.minutes,
        files: &entry.files,
        title: text.title,
        description: text.description,
        sections: sections.map(|s| (s.anchor, s.heading, shortened(s.text, &mut left))).collect(),
    };
    held_once(&serde_json::to_vec(&shown).unwrap_or_default(), text)
}

/// The file, with the text of sections in the memory in which their document has it, as far as JSON writes it as it is.
fn held_once(file: &[u8], text: &Text<'_>) -> Artifact {
    let mut pieces = Pieces::default();
    pieces.push_repeating(file, text.sections.iter().flat_map(|section| plain(section.text)));
    Artifact::of_pieces(pieces)
}

/// The stretches of a text that JSON writes without an escape (RFC 8259, section 7).
fn plain(text: &Arc<str>) -> impl Iterator<Item = (&Arc<str>, Range<usize>)> {
    let is_escaped = |character: char| matches!(character, '"' | '\\' | '\0'..='\x1f');
    text.split(is_escaped)
        .scan(0, |start, stretch| {
            let range = *start..*start + stretch.len();
            *start = range.end + 1;
            Some(range)
        })
        .map(move |range| (text, range))
}

/// A text with single spaces between its words, as far as `left` bytes go.
fn shortened<'a>(text: &'a str, left: &mut usize) -> Cow<'a, str> {
    let is_plain = text.len() < *left && is_single_spaced(text.as_bytes());
    let short = if is_plain { Cow::Borrowed(text) } else { Cow::Owned(squeezed(text, *left)) };
    *left -= short.len();
    short
}

fn is_single_spaced(text: &[u8]) -> bool {
    let ends_in_space = text.first() == Some(&b' ') || text.last() == Some(&b' ');
    let has_other_space = memchr3(b'\n', b'\t', b'\r', text).is_some() || memchr(b'\x0c', text).is_some();
    !ends_in_space && !has_other_space && memmem::find(text, b"  ").is_none()
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
