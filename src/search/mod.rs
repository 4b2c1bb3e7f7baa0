//! Documents to an index that a browser searches from a plain static host.
//!
//! In: each document's text and place, made into an `IndexedDocument` once, and all indexed documents (`index`, every build). Out:
//! files for the `/search/` folder, under names made from their content. Nothing here reads the
//! disk, knows the theme, or depends on the order of a hash map.

mod analysis;
mod bucket;
mod build;
mod changed_terms;
mod collecting;
mod indexed_document;
mod language;
mod list;
mod postings;
mod results;
mod slot;
mod synonym_postings;
mod synonyms;
mod term_dictionary;
mod vocabulary;
mod weights;
mod words;

use std::ops::Range;
use std::sync::Arc;

use crate::output::Artifact;
use crate::storage::{StoreIn, StoredText};

pub use analysis::{Terms, analyse};
pub use build::{IndexCache, index};
pub use indexed_document::IndexedDocument;
pub use synonyms::{Synonyms, synonyms};

/// A document's text: all that its own search terms depend on.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The title, as text.
    pub title: &'a str,
    /// The one-sentence description, as text; empty if there is none.
    pub description: &'a str,
    /// The tags, as written.
    pub tags: &'a [String],
    /// The body: the lead (no heading), then one section a heading.
    pub sections: &'a [Section<'a>],
    /// How the file that shows it as a result is held.
    pub place: StoreIn<'a>,
}

/// A part of a body that a result can lead to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Section<'a> {
    /// The heading's id; none for the lead.
    pub anchor: Option<&'a str>,
    /// The heading, as text; none for the lead.
    pub heading: Option<&'a str>,
    /// The words below the heading, as text: no markup, no code, no navigation.
    pub text: &'a StoredText,
}

impl<'a> Section<'a> {
    /// Words without a heading.
    #[must_use]
    pub fn lead(text: &'a StoredText) -> Self {
        Self { anchor: None, heading: None, text }
    }
}

/// A document's address and how a result presents it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Entry {
    /// Address of the page, with the base path.
    pub url: String,
    /// `article`, `letter` or `page`.
    pub kind: String,
    /// Titles of the topics, the main one first.
    pub topics: Vec<String>,
    /// Day of the last update or review, ISO 8601.
    pub date: Option<String>,
    /// Reading time in minutes.
    pub minutes: u32,
    /// A letter's files: kind (`pdf`, `docx`, `txt`) and address.
    pub files: Vec<(String, String)>,
}

/// A file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path below the language's `/search/` folder; holds a hash of the bytes.
    pub name: Arc<str>,
    /// The whole file.
    pub content: Artifact,
}

impl File {
    /// A file named for its content.
    fn named(folder: &str, extension: &str, bytes: Vec<u8>) -> Self {
        let content = Artifact::new(bytes);
        File { name: format!("{folder}/{}.{extension}", letters(&content.fingerprint.to_bytes())).into(), content }
    }

    /// The same, in no folder.
    fn beside(name: &str, extension: &str, bytes: Vec<u8>) -> Self {
        let content = Artifact::new(bytes);
        File { name: format!("{name}.{}.{extension}", letters(&content.fingerprint.to_bytes())).into(), content }
    }

    /// The hash in a name that `named` made.
    fn hash_in_name(&self) -> &str {
        self.name.split(['/', '.']).nth(1).unwrap_or_default()
    }
}

/// A hash's first 50 bits as ten characters, a to z and 2 to 7.
fn letters(hash: &[u8]) -> String {
    let bytes = hash[..10].iter();
    bytes.map(|byte| char::from(b"abcdefghijklmnopqrstuvwxyz234567"[usize::from(byte & 31)])).collect()
}

/// The search index of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// All files, sorted by name.
    pub files: Vec<File>,
    /// Name of the file that the others are found from: its address goes into `data-index`.
    pub entry: Arc<str>,
    /// What is wrong with the synonyms, now that the site's words are known.
    pub faults: Vec<SynonymFault>,
}

/// A diagnostic about `content/search.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SynonymFault {
    /// Bytes of the file that it is about.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it; empty if that follows from the message.
    pub hint: String,
}
