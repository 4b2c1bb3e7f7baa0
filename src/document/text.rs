//! The text of a document, from its source.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Rule, cleaned};
use crate::source::{Source, SourcePath};
use crate::storage::StoredText;

/// The largest document, in bytes: a hundred novels.
const LARGEST: usize = 16 * 1024 * 1024;

/// A source's text without its byte order mark. What isn't UTF-8 is reported, and replaced so that the rest can be checked.
pub(super) fn decoded<'a>(path: &SourcePath, bytes: &'a [u8], diagnostics: &mut Vec<Diagnostic>) -> Cow<'a, str> {
    if bytes.len() > LARGEST {
        let message = format!("this file has {} MB, which is more than a page can have", bytes.len() / 1_000_000);
        let diagnostic = Diagnostic::error(Rule::UnreadableFile, message).in_file(path);
        diagnostics.push(diagnostic.hint("divide it, or give it another ending than .md to publish it as it is"));
        return Cow::Borrowed("---\ntitle: Too large\ndescription: This file is too large.\n---\n");
    }
    cleaned(path, bytes, diagnostics)
}

/// A decoded text to keep: the source's own, where nothing had to be replaced.
pub(super) fn kept(source: &Source, bytes: &[u8], text: Cow<'_, str>) -> StoredText {
    match (source.text(), text) {
        (Some(whole), Cow::Borrowed(text)) if bytes.len() == text.len() => whole,
        (_, text) => Arc::<str>::from(text).into(),
    }
}
