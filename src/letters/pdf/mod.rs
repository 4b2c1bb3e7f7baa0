//! The letter as a tagged PDF to print, sign and fill in by hand.
//!
//! Three steps: [`composition`] sets the letter's text in lines, [`paging`] puts lines on pages, [`drawing`] writes
//! them with their tags: Urdu as [`outlines`] with the words in a [`text_layer`]. The file has its fonts embedded and subset, and holds
//! no time and no random number.

mod composition;
mod drawing;
mod fonts;
mod outlines;
mod paging;
#[cfg(test)]
mod tests;
mod text_layer;

use super::export_context::{ExportContext, ExportError};
use super::model::Letter;
use composition::{Composed, Spacing};
use drawing::Conformance;
use paging::Row;

pub use fonts::{PdfWriter, prints};

/// So many letters later, what a file had packed (its glyphs' drawings, its subsets of fonts) is no longer kept for the files to come.
const KEPT_FOR_LETTERS: usize = 64;

impl PdfWriter {
    /// The letter as a PDF. Characters that the fonts do not have are shown as `?`; [`prints`] finds them.
    ///
    /// The file conforms to PDF/UA-1 unless it has no title or a mark combines with a letter of another script; then it
    /// is made all the same, with its tags, and does not claim to conform.
    ///
    /// # Errors
    /// If the file cannot be made, which no letter is known to cause.
    pub fn pdf(&mut self, letter: &Letter, context: &ExportContext<'_>) -> Result<Vec<u8>, ExportError> {
        let (composed, pages) = self.paged(letter, context, Spacing::Usual);
        let tight = (pages.len() > 1).then(|| self.paged(letter, context, Spacing::Tight));
        let (composed, pages) = tight.filter(|(_, tight)| tight.len() < pages.len()).unwrap_or((composed, pages));
        let pdf = drawing::draw(&composed, &pages, context, Conformance::PdfUa, self)
            .or_else(|_| drawing::draw(&composed, &pages, context, Conformance::None, self));
        comemo::evict(KEPT_FOR_LETTERS);
        pdf
    }

    fn paged(&mut self, letter: &Letter, context: &ExportContext<'_>, spacing: Spacing) -> (Composed, Vec<Vec<Row>>) {
        let composed = composition::compose(letter, context, spacing, self);
        let pages = paging::pages(&composed, context.paper);
        (composed, pages)
    }
}
