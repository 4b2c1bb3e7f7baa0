//! Letters: one model, and every form in which a reader takes a letter away.
//!
//! [`parse()`] takes the Markdown body of a letter file, its subject line and what its front matter and the
//! site set for fields, and returns a [`Letter`] with every diagnostic found on the way. [`html()`], [`text()`],
//! [`docx()`] and [`PdfWriter::pdf`] are made from that model alone and need nothing else of the site but [`Words`]
//! and a [`ExportContext`]. The module reads no file and no clock: the same letter has the same bytes.
//!
//! The grammar that an editor uses, beyond CommonMark, is four forms:
//!
//! ```text
//! [name of person]                       a placeholder; `\[` is a plain bracket
//! [optional: I can start at once.]       a sentence that the reader may leave out
//! ::: when notice is "one month"         a part for one choice, to a line `:::`; also
//! :::                                    `is not "…"` and `is "…" or "…"`
//! ::: optional                           a part that the reader may leave out
//! :::
//! ```

mod conditions;
mod docx;
mod export_context;
mod field;
mod fields;
mod files;
mod html;
mod inlines;
mod letter_faults;
mod model;
mod parse;
mod pdf;
mod structure;
#[cfg(test)]
mod tests;
mod text;
mod words;

pub use docx::docx;
pub use export_context::{Direction, ExportContext, ExportError};
pub use field::Field;
pub use fields::identifier;
pub use files::{LETTER_FILES, LetterFile};
pub use html::{Blanks, html, subject_html};
pub use letter_faults::{LetterFault, Severity};
pub use model::{Block, Condition, Conditional, Inline, Letter, Part, Passage, Role};
pub use parse::parse;
pub use pdf::{PdfWriter, prints};
pub use text::{said, subject_text, text};
pub use words::Words;
