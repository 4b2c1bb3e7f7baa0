//! Letters → the files in which readers take them away, beside each letter's page.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{LanguageConfig, Paper};
use crate::diagnostic::{Diagnostic, Rule};
use crate::languages::direction;
use crate::letters::{Direction, ExportContext, ExportError, LETTER_FILES, PdfWriter, Words};
use crate::output::{Artifact, Output};
use crate::render::letter_words;
use crate::site::{Page, Site};
use crate::source::SourcePath;
use crate::storage::{Hash, Storage, StoreIn};
use crate::theme::Theme;

/// A letter's files by their names.
pub type LetterFiles = Vec<(&'static str, Artifact)>;

/// What a letter's files depend on beside the letter.
struct Setting {
    words: Words,
    /// The hash of the words.
    hash: Hash,
    language: String,
    direction: Direction,
    paper: Paper,
    publisher: String,
    storage: Storage,
}

/// Writes the files of each letter; those of an unchanged letter are reused. A file that can't be written is left out and reported.
pub(super) fn letters(
    storage: &Storage,
    site: &Site,
    theme: &Theme,
    known: &mut HashMap<SourcePath, (Hash, Arc<LetterFiles>)>,
    output: &mut Output,
) -> Vec<Diagnostic> {
    let settings = settings(storage, site, theme);
    let pages: Vec<&Page> = site.pages.iter().filter(|page| page.document.letter.is_some()).collect();
    let remembered = &*known;
    let made: Vec<Result<(Hash, Arc<LetterFiles>), ExportError>> = pages
        .par_iter()
        .map_init(PdfWriter::new, |pdf_writer, page| {
            of_page(page, &settings[page.document.language], remembered, pdf_writer)
        })
        .collect();
    let mut diagnostics = Vec::new();
    let mut kept = HashMap::with_capacity(pages.len());
    for (page, made) in pages.into_iter().zip(made) {
        match made {
            Ok((hash, files)) => {
                for (name, artifact) in files.iter() {
                    output.insert(page.address.join(name).file(), artifact.clone());
                }
                kept.insert(page.document.path.clone(), (hash, files));
            }
            Err(error) => diagnostics.push(not_made(page, &error)),
        }
    }
    *known = kept;
    diagnostics
}

fn settings(storage: &Storage, site: &Site, theme: &Theme) -> Vec<Setting> {
    let setting = |(words, language): (Words, &LanguageConfig)| Setting {
        hash: words.fingerprint(),
        words,
        language: language.code.clone(),
        direction: match direction(&language.code) {
            "rtl" => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        },
        paper: site.config.paper,
        publisher: site.config.publisher.name.clone(),
        storage: storage.clone(),
    };
    letter_words(site, theme).into_iter().zip(&site.config.languages).map(setting).collect()
}

fn of_page(
    page: &Page,
    setting: &Setting,
    known: &HashMap<SourcePath, (Hash, Arc<LetterFiles>)>,
    pdf_writer: &mut PdfWriter,
) -> Result<(Hash, Arc<LetterFiles>), ExportError> {
    let document = &page.document;
    let fingerprint = fingerprint(document.hash, setting);
    if let Some((hash, files)) = known.get(&document.path)
        && *hash == fingerprint
    {
        return Ok((fingerprint, Arc::clone(files)));
    }
    let files = files(page, setting, pdf_writer)?;
    Ok((fingerprint, Arc::new(files)))
}

fn not_made(page: &Page, error: &ExportError) -> Diagnostic {
    Diagnostic::error(Rule::LetterExport, format!("the files of this letter can't be made: {error}"))
        .in_file(&page.document.path)
}

/// A letter's files depend on its document (whose hash holds the configuration's) and on the theme's words.
fn fingerprint(document: Hash, setting: &Setting) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(document.as_bytes()).update(setting.hash.as_bytes());
    hasher.finalize()
}

fn files(page: &Page, setting: &Setting, pdf_writer: &mut PdfWriter) -> Result<LetterFiles, ExportError> {
    let Some(letter) = &page.document.letter else { return Ok(LetterFiles::new()) };
    let place = setting.storage.scratch().map_or(StoreIn::Memory, StoreIn::Disk);
    let made = |bytes: Vec<u8>| Artifact::stored(bytes, place);
    let context = ExportContext {
        title: &page.document.front.title,
        language: &setting.language,
        direction: setting.direction,
        paper: setting.paper,
        publisher: &setting.publisher,
        words: &setting.words,
    };
    LETTER_FILES.iter().map(|file| Ok((file.name, made((file.write)(letter, &context, pdf_writer)?)))).collect()
}
