//! A document, as the passes after this one read it.

use std::ops::Deref;
use std::sync::Arc;

use imbl::OrdMap;

use super::front_matter::FrontMatter;
use super::markdown::Body;
use super::place::Kind;
use super::schema::Schema;
use crate::diagnostic::{Diagnostic, Places, SourceText};
use crate::letters::Letter;
use crate::source::SourcePath;
use crate::storage::{Hash, Scratch, StoredText};

/// Documents by path. Those of two builds share what is the same in both.
pub type Documents = OrdMap<SourcePath, Arc<Document>>;

/// A source file, read and understood by itself.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its path.
    pub path: SourcePath,
    /// What its parse depends on: its bytes, its path and the configuration.
    pub hash: Hash,
    /// What it is.
    pub kind: Kind,
    /// The place of its language in the configuration.
    pub language: usize,
    /// Its path without language and extension; translations of each other share it: `content/articles/a`.
    pub key: String,
    /// Its front matter.
    pub front: FrontMatter,
    /// Its body; for a letter, its guidance.
    pub body: Body,
    /// Where the text behind the front matter begins: the body, or the letter.
    pub body_start: usize,
    /// The letter, if it is one.
    pub letter: Option<Letter>,
    /// The source's text, for the places of later diagnostics.
    pub text: StoredText,
    /// The lines and columns of that text.
    pub(super) places: Places,
    /// What is wrong in it, as far as it can be found without other documents.
    pub diagnostics: Vec<Diagnostic>,
}

/// A document follows from what its hash is made of.
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl Eq for Document {}

impl Document {
    /// What the page is to search engines.
    #[must_use]
    pub fn schema(&self) -> Schema {
        match self.kind {
            Kind::Letter => Schema::Article,
            _ => self.front.schema.unwrap_or_else(|| Schema::of(&self.body)),
        }
    }

    /// The same document with its texts in the scratch file of its source's text.
    #[must_use]
    pub(crate) fn spill(mut self, scratch: &Scratch) -> Self {
        self.text = self.text.spill(scratch);
        self.body.spill(scratch);
        self
    }

    /// The document with its text read from the scratch file, if it was spilled there, and not cached.
    #[must_use]
    pub fn uncached(&self) -> UncachedDocument<'_> {
        UncachedDocument { document: self, text: self.text.uncached() }
    }

    /// Path and text, for diagnostics.
    #[must_use]
    pub fn source(&self) -> SourceText<'_> {
        self.source_of(&self.text)
    }

    fn source_of<'a>(&'a self, text: &'a str) -> SourceText<'a> {
        SourceText::new(&self.path, text).with(&self.places)
    }
}

/// A document whose text is not cached: `text` here is read for this value, `document.text` would stay in memory.
#[derive(Debug)]
pub struct UncachedDocument<'a> {
    document: &'a Document,
    /// The source's text.
    pub text: StoredText,
}

impl UncachedDocument<'_> {
    /// Path and text, for diagnostics.
    #[must_use]
    pub fn source(&self) -> SourceText<'_> {
        self.source_of(&self.text)
    }
}

impl Deref for UncachedDocument<'_> {
    type Target = Document;

    fn deref(&self) -> &Document {
        self.document
    }
}
