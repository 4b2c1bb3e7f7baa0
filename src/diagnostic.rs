//! What is wrong with a site's sources, where, and how to mend it.
//!
//! A pass makes [`Diagnostic`]s from spans in a [`SourceText`] and hands them on; nothing here prints or exits.
//! Each one carries its own excerpt, so that it can be shown long after the source has gone:
//! for people ([`render_human`]), as JSON lines ([`render_json`]) or as HTML in the preview.

use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

use crate::collect::SourcePath;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The site can't be published like this.
    Error,
    /// The site is published, but something deserves a look.
    Warning,
}

/// A place in a source file, counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character within the line, from 1.
    pub column: usize,
}

/// Where in which file, with the lines around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file, from the site's folder.
    pub file: SourcePath,
    /// Where it begins.
    pub start: Position,
    /// Where it ends; the character at this position no longer belongs to it.
    pub end: Position,
    /// The lines that the span touches (long ones shortened).
    pub excerpt: Arc<str>,
    /// The span, in bytes of `excerpt`.
    pub marked: Range<usize>,
}

/// One thing that is wrong: what, how bad, where, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that was broken, such as `broken-link`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
    /// Where; none if it concerns no single file.
    pub location: Option<Location>,
    /// What to do about it.
    pub hint: Option<String>,
}

/// A source file's path and text, from which diagnostics take their excerpts.
#[derive(Debug, Clone, Copy)]
pub struct SourceText<'a> {
    /// The file, from the site's folder.
    pub path: &'a SourcePath,
    /// Its whole text.
    pub text: &'a str,
}

/// An excerpt shows at most this many lines of a span.
const EXCERPT_LINES: usize = 3;
/// An excerpt's line is cut beyond this many bytes before and after the span.
const EXCERPT_REACH: usize = 160;

impl Diagnostic {
    /// An error about the site as a whole.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, message: message.into(), location: None, hint: None }
    }

    /// A warning about the site as a whole.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// The same, placed at a span (in bytes) of a source.
    #[must_use]
    pub fn at(mut self, source: SourceText<'_>, span: Range<usize>) -> Self {
        self.location = Some(source.locate(span));
        self
    }

    /// The same, placed in a file of which no text can be shown.
    #[must_use]
    pub fn in_file(self, path: &SourcePath) -> Self {
        self.at(SourceText { path, text: "" }, 0..0)
    }

    /// The same with advice on how to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl SourceText<'_> {
    /// Turns a span in bytes into lines, columns and an excerpt. A span that reaches over the end or into the middle of a
    /// character is moved to the nearest place that exists.
    #[must_use]
    pub fn locate(&self, span: Range<usize>) -> Location {
        let start = floor_char_boundary(self.text, span.start);
        let end = floor_char_boundary(self.text, span.end.max(start));
        let first = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let last = self.text[end..].find('\n').map_or(self.text.len(), |at| end + at);
        let (excerpt, marked) = cut(self.text, first..last, start..end);
        Location {
            file: self.path.clone(),
            start: self.position(start),
            end: self.position(end),
            excerpt: excerpt.into(),
            marked,
        }
    }

    fn position(&self, offset: usize) -> Position {
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Position {
            line: 1 + before.bytes().filter(|&byte| byte == b'\n').count(),
            column: 1 + before[line_start..].chars().count(),
        }
    }
}

/// The excerpt of `lines` with `span` marked in it, cut to a size that a screen can show.
fn cut(text: &str, lines: Range<usize>, span: Range<usize>) -> (String, Range<usize>) {
    let begin = floor_char_boundary(text, lines.start.max(span.start.saturating_sub(EXCERPT_REACH)));
    let shown_end = text[span.start..lines.end]
        .match_indices('\n')
        .nth(EXCERPT_LINES - 1)
        .map_or(lines.end, |(at, _)| span.start + at);
    let end = floor_char_boundary(text, shown_end.min(span.end.min(shown_end) + EXCERPT_REACH));
    let excerpt = text[begin..end].trim_end_matches(['\r', '\n']).to_owned();
    let marked_end = (span.end - begin).min(excerpt.len());
    let marked_start = (span.start - begin).min(marked_end);
    (excerpt, marked_start..marked_end)
}

fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Puts diagnostics in the order in which people mend them: by file, then by place, errors before warnings; each said once.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
    diagnostics.dedup();
}

fn key(diagnostic: &Diagnostic) -> (Option<(&SourcePath, Position)>, Severity, &str, &str) {
    let place = diagnostic.location.as_ref().map(|location| (&location.file, location.start));
    (place, diagnostic.severity, diagnostic.code, &diagnostic.message)
}

/// Whether any of them is an error.
#[must_use]
pub fn any_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// A diagnostic as people read it in a terminal: message, place, excerpt with the span marked, hint.
#[must_use]
pub fn render_human(diagnostic: &Diagnostic, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    let mut group = annotate_snippets::Group::with_title(title);
    if let Some(location) = &diagnostic.location {
        group = match location.excerpt.is_empty() {
            true => group.element(annotate_snippets::Origin::path(location.file.as_str())),
            false => group.element(snippet(location)),
        };
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

fn snippet(location: &Location) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    Snippet::source(&*location.excerpt)
        .path(location.file.as_str())
        .line_start(location.start.line)
        .annotation(AnnotationKind::Primary.span(location.marked.clone()))
}

/// A diagnostic as one line of JSON: `code`, `severity`, `file`, `line`, `column`, `end_line`, `end_column`, `message`, `hint`.
#[must_use]
pub fn render_json(diagnostic: &Diagnostic) -> String {
    let location = diagnostic.location.as_ref();
    serde_json::json!({
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "file": location.map(|location| location.file.as_str()),
        "line": location.map(|location| location.start.line),
        "column": location.map(|location| location.start.column),
        "end_line": location.map(|location| location.end.line),
        "end_column": location.map(|location| location.end.column),
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    })
    .to_string()
}

/// The nearest of `known` to what was written, if it is near enough to be what was meant.
#[must_use]
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    // Words of very different lengths are not compared at all: there may be ten thousand of them.
    let near = |candidate: &&str| candidate.len().abs_diff(written.len()) <= 2 * allowed_distance(candidate);
    known
        .into_iter()
        .filter(near)
        .map(|candidate| (strsim::damerau_levenshtein(&written, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= allowed_distance(candidate))
        .min()
        .map(|(_, candidate)| candidate)
}

/// One slip in a short word, two in a longer one, three in a long one.
fn allowed_distance(word: &str) -> usize {
    match word.chars().count() {
        0..=3 => 1,
        4..=9 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> (SourcePath, String) {
        (SourcePath::new("content/articles/a.md"), text.to_owned())
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let (path, text) = source("ab\nنام [x]\n");
        let location =
            SourceText { path: &path, text: &text }.locate(text.find("[x]").unwrap()..text.find("]").unwrap() + 1);
        assert_eq!((location.start.line, location.start.column), (2, 5));
        assert_eq!(&location.excerpt[location.marked.clone()], "[x]");
    }

    #[test]
    fn a_span_outside_the_text_is_moved_inside() {
        let (path, text) = source("é");
        let location = SourceText { path: &path, text: &text }.locate(1..99);
        assert_eq!((location.start.column, location.end.column), (1, 2));
    }

    #[test]
    fn a_line_of_a_megabyte_is_cut_round_the_span() {
        let (path, text) = source(&"x".repeat(1_000_000));
        let location = SourceText { path: &path, text: &text }.locate(500_000..500_003);
        assert!(location.excerpt.len() < 400);
        assert_eq!(location.start.column, 500_001);
    }

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        assert_eq!(did_you_mean("tilte", ["title", "date"]), Some("title"));
        assert_eq!(did_you_mean("layout", ["title", "date"]), None);
    }
}
