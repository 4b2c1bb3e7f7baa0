//! What can be read of a site, in the pieces that a later build compares.

/// Something that an answer read. As long as the pages of two sites have the same numbers, an answer whose reads are all unchanged is unchanged.
///
/// What follows from a page's path alone (its kind, language and key) is not a read: another path is another page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Read {
    /// The front matter of a page.
    Front(u32),
    /// The body of a page, or its letter.
    Body(u32),
    /// Names and addresses of pages, sections, topics, tags and files; the images that files become.
    Places,
    /// Which pages, lists and redirects there are, how long lists are, and the documents of home pages, sections and topics.
    Outline,
    /// Which pages refer to which.
    References,
    /// The pages of a list.
    List(Box<List>),
    /// The pages of a language, newest first.
    Newest(usize),
    /// The first articles, or letters (`true`), of a topic: language, key.
    Beside(Box<(usize, String, bool)>),
    /// The pages before and after a page.
    Neighbours(u32),
    /// The pages related to a page.
    Related(u32),
}

/// A list of pages in a language: of a section by its folder, of a topic or a tag by its slug.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum List {
    /// A section's.
    Section(usize, String),
    /// A topic's.
    Topic(usize, String),
    /// A tag's.
    Tag(usize, String),
}
