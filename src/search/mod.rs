//! Documents to an index that a browser searches from a plain static host.
//!
//! In: the words of each document (`analyse`, once per document) and where each document lies (`index`, every
//! build). Out: files for the `/search/` folder, under names made from their content. Nothing here reads the
//! disk, knows the theme, or depends on the order of a hash map.

mod analysis;
mod build;
mod language;
mod lexicon;
mod overlay;
mod postings;
mod results;
mod shelf;
mod slot;
mod synonyms;
mod vocabulary;
mod weights;
mod words;

use std::ops::Range;
use std::sync::Arc;

pub use analysis::{Terms, analyse};
pub use build::{Memory, index};
pub use synonyms::{Synonyms, synonyms};

/// What a document says: all that its own search terms depend on.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The title, as text.
    pub title: &'a str,
    /// The one-sentence description, as text; empty if there is none.
    pub description: &'a str,
    /// The tags, as written.
    pub tags: &'a [String],
    /// The body: the lead (no heading), then one section a heading.
    pub sections: &'a [Section],
}

/// A part of a body that a result can lead to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Section {
    /// The heading's id; none for the lead.
    pub anchor: Option<String>,
    /// The heading, as text; none for the lead.
    pub heading: Option<String>,
    /// The words below the heading, as text: no markup, no code, no navigation.
    pub text: String,
}

/// Where a document lies and how a result presents it.
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
    /// How many blanks a letter has; 0 for other kinds.
    pub fields: u32,
    /// A letter's files: kind (`pdf`, `docx`, `txt`) and address.
    pub files: Vec<(String, String)>,
}

/// A file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path below the language's `/search/` folder; holds a hash of the bytes.
    pub name: String,
    /// The whole file.
    pub bytes: Arc<[u8]>,
}

impl File {
    /// A file named for its content.
    fn named(folder: &str, extension: &str, bytes: Vec<u8>) -> Self {
        let hash = content_hash([bytes.as_slice()]);
        File { name: format!("{folder}/{hash}.{extension}"), bytes: bytes.into() }
    }

    /// The same, in no folder.
    fn beside(name: &str, extension: &str, bytes: Vec<u8>) -> Self {
        let hash = content_hash([bytes.as_slice()]);
        File { name: format!("{name}.{hash}.{extension}"), bytes: bytes.into() }
    }

    /// The hash in a name that `named` made.
    fn hash(&self) -> &str {
        self.name.split(['/', '.']).nth(1).unwrap_or_default()
    }
}

/// Ten characters, a to z and 2 to 7, that stand for these bytes (50 bits of BLAKE3).
fn content_hash<'a>(bytes: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = blake3::Hasher::new();
    bytes.into_iter().for_each(|part| {
        hasher.update(part);
    });
    let hash = hasher.finalize();
    hash.as_bytes()[..10]
        .iter()
        .map(|byte| char::from(b"abcdefghijklmnopqrstuvwxyz234567"[usize::from(byte & 31)]))
        .collect()
}

/// The search index of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// All files, sorted by name.
    pub files: Vec<File>,
    /// Name of the file that the others are found from: its address goes into `data-index`.
    pub entry: String,
    /// What is wrong with the synonyms, now that the site's words are known.
    pub faults: Vec<Fault>,
}

/// Something to tell the editor about `content/search.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Bytes of the file that it is about.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it; empty if the message says it.
    pub hint: String,
}
