//! What a link or image of a document points at.

use std::ops::Range;

/// What a reference is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceKind {
    /// A link to a page or file.
    Link,
    /// A picture.
    Image,
    /// A letter shown in place.
    Letter,
}

/// A link or picture whose target is a file of the site, or an address on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What it is for.
    pub kind: ReferenceKind,
    /// The path as written, percent-decoded; empty for a place on the same page.
    pub target: String,
    /// What stands between `?` and `#`, as written.
    pub query: Option<String>,
    /// What follows `#`, percent-decoded.
    pub anchor: Option<String>,
    /// The words of the link, or the picture's alternative text.
    pub label: String,
    /// Where it stands in the file.
    pub span: Range<usize>,
}
