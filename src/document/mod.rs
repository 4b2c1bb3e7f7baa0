//! One source file → a [`Document`]: front matter, body, letter. Knows no other document and no address.
//!
//! What a body needs of the rest of the site (where a link leads, how large an image is, a word in the theme's language) stays open as a
//! [`holes`] mark and is filled at rendering. So a document depends on its own bytes and the configuration alone, and is remembered by their hash.

pub(crate) mod elements;
mod front_matter;
mod head;
mod highlight;
pub mod holes;
pub(crate) mod html_tags;
mod images;
mod kept_back;
mod markdown;
mod model;
mod page_fields;
mod place;
pub(crate) mod raw_html;
mod schema;
mod split;
mod text;

pub use front_matter::{Allowance, FrontMatter};
pub(crate) use front_matter::{cut_off, quoted};
pub use images::dimensions;
pub(crate) use kept_back::private_folder;
pub use kept_back::{Effect, KeptBack};
pub use markdown::{Anchor, Body, Heading, Part, Reference, ReferenceKind, Sections, Step, TextSection};
pub(crate) use markdown::{Colons, options as markdown_options};
pub use model::{Document, Documents, UncachedDocument};
pub use page_fields::{LETTER_FIELDS, PAGE_FIELDS};
pub use place::Kind;
pub use schema::{Answered, Schema, questions, steps};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Places, Rule, Severity, SourceText};
use crate::letters;
use crate::letters::Letter;
use crate::source::Source;
use crate::storage::Hash;

/// Whether a text begins as pages do, with front matter between two lines.
#[must_use]
pub(crate) fn has_front_matter(text: &str) -> bool {
    matches!(head::of(text), head::Head::Fenced { .. })
}

/// What a document's parse depends on.
#[must_use]
pub fn fingerprint(source: &Source, config: Hash, siblings: bool) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(config.as_bytes()).update(&source.fingerprint.to_bytes());
    hasher.update(source.path.as_str().as_bytes()).update(&[u8::from(siblings)]);
    hasher.finalize()
}

/// Reads one document. `siblings`: whether other pages are in its folder, which makes an `index.md` the page of a section.
#[must_use]
pub fn parse(source: &Source, config: &Config, hash: Hash, siblings: bool) -> Document {
    let mut diagnostics = Vec::new();
    let bytes = source.bytes();
    let text = text::decoded(&source.path, &bytes, &mut diagnostics);
    let place = place::place(&source.path, config, siblings);
    let places = Places::default();
    let source_text = SourceText::new(&source.path, &text).with(&places);
    if let Some(code) = place::foreign_language(&source.path, config) {
        let message = format!("this looks like a translation into `{code}`, a language that the site does not have");
        let hint = format!("add `[languages.{code}]` to letterpress.toml, or rename the file");
        diagnostics.push(Diagnostic::warning(Rule::UnknownLanguage, message).in_file(&source.path).hint(hint));
    }
    let mut split = split::front_matter(source_text, &mut diagnostics);
    let kept_back = kept_back::take(source_text, &mut split.entries, config.unknown_keys, &mut diagnostics);
    let mut front = front_matter::read(source_text, &split, &place, config, &mut diagnostics);
    front.keep_back(kept_back, &source.path);
    let (mut body, letter) = match place.kind {
        Kind::Letter => letter_of(source_text, split.body, &front, config, &mut diagnostics),
        _ => (markdown::parse(source_text, split.body, Some(&front.title), config.raw_html, &mut diagnostics), None),
    };
    if front.schema == Some(Schema::HowTo) {
        body.steps = markdown::numbered(source_text.text.get(split.body..).unwrap_or_default());
    }
    Document {
        path: source.path.clone(),
        hash,
        kind: place.kind,
        language: place.language,
        key: place.key,
        front,
        body,
        body_start: split.body,
        letter,
        text: text::kept(source, &bytes, text),
        places,
        diagnostics,
    }
}

/// A letter, and its guidance as the body.
fn letter_of(
    source: SourceText<'_>,
    body_start: usize,
    front: &FrontMatter,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Body, Option<Letter>) {
    let subject = front.subject.as_ref().map(|(subject, at)| (subject.as_str(), *at));
    let body = &source.text[body_start..];
    let (letter, faults) = letters::parse(body, body_start, subject, &front.fields, &config.letter_fields);
    diagnostics.extend(faults.into_iter().map(|fault| diagnostic_of(source, fault)));
    let guidance = front.guidance.as_ref().map_or_else(Body::default, |(guidance, span)| {
        markdown::parse_quoted(source, guidance, span.clone(), config.raw_html, diagnostics)
    });
    (guidance, Some(letter))
}

fn diagnostic_of(source: SourceText<'_>, fault: letters::LetterFault) -> Diagnostic {
    let severity = match fault.severity {
        letters::Severity::Error => Severity::Error,
        letters::Severity::Warning => Severity::Warning,
    };
    let location = Some(source.locate(fault.span));
    Diagnostic { rule: fault.rule, severity, message: fault.message, location, hint: fault.hint, replacement: None }
}
