//! What a link or image of a document points at.

use std::ops::Range;

/// What a reference is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceKind {
    /// A link to a page or file.
    Link,
    /// An image.
    Image,
    /// A letter shown in place.
    Letter,
}

/// A link or image whose target is a file of the site, or an address on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What it is for.
    pub kind: ReferenceKind,
    /// The path as written, percent-decoded; empty for a place on the same page.
    pub target: String,
    /// The query between `?` and `#`, as written.
    pub query: Option<String>,
    /// What follows `#`, percent-decoded.
    pub anchor: Option<String>,
    /// The words of the link, or the image's alternative text.
    pub label: String,
    /// Its place in the file.
    pub span: Range<usize>,
}
