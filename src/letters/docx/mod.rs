//! The letter as a Word document: real paragraph styles, and a content control for every blank.
//!
//! The fixed parts are XML files beside this module; `assets/letter.js` has the same ones for the filled-in document
//! that it makes in the browser. Archive times are fixed and identifiers are counted, so that the same letter has
//! the same bytes (ECMA-376, transitional).

mod document;
#[cfg(test)]
mod tests;
mod xml;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::export_context::{Direction, ExportContext, ExportError};
use super::model::Letter;
use xml::Xml;

const CONTENT_TYPES: &str = include_str!("content-types.xml");
const RELATIONSHIPS: &str = include_str!("relationships.xml");
const DOCUMENT_RELATIONSHIPS: &str = include_str!("document-relationships.xml");
const STYLES: &str = include_str!("styles.xml");
const NUMBERING: &str = include_str!("numbering.xml");
/// Says that the file is of today's kind, without which Word opens it in 'compatibility mode'.
const SETTINGS: &str = include_str!("settings.xml");

/// The letter as a DOCX file.
///
/// # Errors
/// If the archive cannot be written, which in memory no letter causes.
pub fn docx(letter: &Letter, context: &ExportContext<'_>) -> Result<Vec<u8>, ExportError> {
    let document = document::document(letter, context);
    let language = xml::escaped(context.language);
    archive(&[
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONSHIPS.to_owned()),
        ("docProps/core.xml", properties(context)),
        ("word/document.xml", document.body),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONSHIPS.to_owned()),
        ("word/styles.xml", STYLES.replace("{language}", &language).replace("{leading}", leading(context.direction))),
        ("word/numbering.xml", NUMBERING.replace("{numbers}", &document.numbers)),
        ("word/settings.xml", SETTINGS.to_owned()),
    ])
    .map_err(|error| ExportError(error.to_string()))
}

/// Space between lines, in parts of 240; Urdu fonts have much of their own.
fn leading(direction: Direction) -> &'static str {
    match direction {
        Direction::LeftToRight => "288",
        Direction::RightToLeft => "240",
    }
}

fn archive(parts: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::with_capacity(8192)));
    for (name, content) in parts {
        archive.start_file(*name, options)?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Title, author and language (Dublin Core).
fn properties(context: &ExportContext<'_>) -> String {
    let mut xml = Xml::document();
    let namespaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    xml.within("cp:coreProperties", &namespaces, |xml| {
        xml.within("dc:title", &[], |xml| xml.text(context.title));
        xml.within("dc:creator", &[], |xml| xml.text(context.publisher));
        xml.within("dc:language", &[], |xml| xml.text(context.language));
    });
    xml.finish()
}
