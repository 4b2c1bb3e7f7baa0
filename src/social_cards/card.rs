//! What is on a card, and its size and colours.

/// Width and height in pixels: what Open Graph's readers show without cutting.
pub const SIZE: (u32, u32) = (1200, 630);

/// The text of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The page's title.
    pub title: String,
    /// The site's title in the page's language; empty on the home page, whose title it is.
    pub site: String,
    /// Who publishes it; empty where the site's title contains it.
    pub publisher: String,
    /// Whether the page is a letter, which shows a sheet of paper.
    pub is_letter: bool,
    /// Whether it is read from the right.
    pub is_rtl: bool,
}

impl Card {
    pub(super) fn texts(&self) -> [&str; 3] {
        [&self.title, &self.site, &self.publisher]
    }
}

/// The colours of a card as red, green and blue, from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colours {
    pub(super) ground: [u8; 3],
    pub(super) ink: [u8; 3],
    pub(super) accent: [u8; 3],
    pub(super) paper: [u8; 3],
    /// The lines of a letter that are not blanks.
    pub(super) line: [u8; 3],
}
