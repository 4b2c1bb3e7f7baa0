//! A place in parsed Markdown → its place in the file.

use std::ops::Range;

use super::quoted::Quoted;

/// How a place in the parsed text becomes a place in the file.
pub(super) enum Spans<'a> {
    /// The text is the file's, from this byte on.
    From(usize),
    /// The text is a value of the front matter.
    Within(Quoted<'a>),
}

impl Spans<'_> {
    pub(super) fn in_file(&self, span: &Range<usize>) -> Range<usize> {
        match self {
            Self::From(start) => span.start + start..span.end + start,
            Self::Within(quoted) => quoted.in_file(span),
        }
    }
}
