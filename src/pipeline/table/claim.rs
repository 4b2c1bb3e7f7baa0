//! Who claims a path of the output, and how two claims meet.

use crate::document::Document;
use crate::render::Subject;
use crate::site::{PlacedAlias, Redirect};
use crate::source::SourcePath;

/// Who wants to write a file.
#[derive(Debug, Clone, Copy)]
pub(super) enum Claimant<'a> {
    /// A name that Letterpress needs for something else.
    Reserved(&'static str),
    /// Something that it generates: what, and the list that it shows.
    Generated(&'static str, Option<&'a Subject>),
    /// A document's page.
    Document(&'a Document),
    /// One of the files of a letter.
    Letter(&'a Document),
    /// A file of the theme.
    Theme,
    /// A smaller copy of an image.
    Variant(&'a SourcePath),
    /// A file of `content/`.
    File(&'a SourcePath),
    /// An old address, with the alias that it comes from.
    Alias(&'a Redirect, Option<PlacedAlias<'a>>),
}

/// A path and who claims it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claim<'a> {
    pub(super) file: &'a str,
    pub(super) by: Claimant<'a>,
}

/// How two claims meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meeting {
    /// At the same path.
    Same,
    /// At paths that some systems take for one.
    Alike,
    /// The first one is a file where the second needs a folder.
    FileAtFolder,
    /// The first one needs a folder where the second is a file.
    FolderAtFile,
}
