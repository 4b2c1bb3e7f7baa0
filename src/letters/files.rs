//! The kinds of files in which a reader takes a letter away: an entry here and an exporter for each.

use super::docx::docx;
use super::export_context::{ExportContext, ExportError};
use super::model::Letter;
use super::pdf::PdfWriter;
use super::text::text;

/// Writes a letter as a file's bytes.
type Write = fn(&Letter, &ExportContext<'_>, &mut PdfWriter) -> Result<Vec<u8>, ExportError>;

/// A kind of file.
#[derive(Debug)]
pub struct LetterFile {
    /// What templates call it, which is its extension.
    pub kind: &'static str,
    /// Its name beside the letter's page.
    pub name: &'static str,
    /// Writes it.
    pub write: Write,
}

/// Every kind, in the order of the page.
pub const LETTER_FILES: &[LetterFile] = &[
    LetterFile {
        kind: "pdf",
        name: "letter.pdf",
        write: |letter, context, pdf_writer| pdf_writer.pdf(letter, context),
    },
    LetterFile { kind: "docx", name: "letter.docx", write: |letter, context, _| docx(letter, context) },
    LetterFile {
        kind: "txt",
        name: "letter.txt",
        write: |letter, context, _| Ok(text(letter, context.words).into_bytes()),
    },
];
