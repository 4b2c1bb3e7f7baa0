//! What an export needs to know beside the letter.

use super::words::Words;
use crate::config::Paper;

/// Which way the language is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// As English.
    #[default]
    LeftToRight,
    /// As Urdu.
    RightToLeft,
}

/// What an export needs beside the letter.
#[derive(Clone, Copy, Debug)]
pub struct ExportContext<'a> {
    /// The letter's title.
    pub title: &'a str,
    /// BCP 47 tag of the letter's language.
    pub language: &'a str,
    /// The way that language is written.
    pub direction: Direction,
    /// The paper.
    pub paper: Paper,
    /// Who publishes the letter: the author in the file's properties.
    pub publisher: &'a str,
    /// The letter's own words.
    pub words: &'a Words,
}

/// A letter that could not be written in some form, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportError(pub(super) String);

impl std::fmt::Display for ExportError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "the file could not be made: {}", self.0)
    }
}

impl std::error::Error for ExportError {}
