//! The letter as a tagged PDF to print, sign and fill in by hand.
//!
//! Three steps: [`composition`] sets the letter's text in lines, [`paging`] puts lines on pages, [`drawing`] writes
//! them with their tags. The file conforms to PDF/UA-1, has its fonts embedded and subset, and holds no time and no
//! random number.

mod composition;
mod drawing;
mod fonts;
mod paging;

use super::model::Letter;
use super::sheet::Sheet;

pub use fonts::{Press, prints};

/// A letter that could not be written as PDF, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfError(pub String);

impl std::fmt::Display for PdfError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "the PDF could not be made: {}", self.0)
    }
}

impl std::error::Error for PdfError {}

impl Press {
    /// The letter as a PDF. Characters that the fonts do not have are shown as `?`; [`prints`] tells which.
    ///
    /// # Errors
    /// If the file would not conform to PDF/UA-1, which no letter is known to cause.
    pub fn pdf(&mut self, letter: &Letter, sheet: &Sheet<'_>) -> Result<Vec<u8>, PdfError> {
        let composed = composition::compose(letter, sheet, self);
        let pages = paging::pages(&composed, sheet.paper);
        drawing::draw(&composed, &pages, sheet, self)
    }
}
