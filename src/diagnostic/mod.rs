//! What is wrong with a site's sources, where, and how to mend it.
//!
//! A pass creates [`Diagnostic`]s from spans in a [`SourceText`] and returns them; nothing here prints or exits.
//! Each one carries its own excerpt, so that it can be shown long after the source has gone: for people ([`render_human`], and
//! [`render_plain`] for screen readers), as JSON lines ([`render_json`]), as SARIF ([`render_sarif`]) or on a pull request ([`render_github`]).

mod encoding;
mod fresh;
mod github;
mod human;
mod json;
mod places;
mod rule;
mod sarif;

pub(crate) use encoding::{Origin, cleaned};
pub use fresh::fresh;
pub use github::render_github;
pub use human::{render_human, render_plain};
pub use json::{SCHEMA, render_json};
pub use places::{Places, Position};
pub use rule::Rule;
pub use sarif::{SarifRule, render_sarif};

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::source::SourcePath;
use crate::text::did_you_mean;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The site can't be published like this.
    Error,
    /// The site is published, but something deserves a look.
    Warning,
}

/// Where in which file, with the lines around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The rule that reports it.
    pub rule: Rule,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
    /// Where; `None` if it concerns no single file.
    pub location: Option<Location>,
    /// What to do about it.
    pub hint: Option<String>,
    /// What mends it for certain, in the file of `location`.
    pub replacement: Option<Replacement>,
}

/// Text to put in the place of other text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// The bytes to replace, in the text of the source (without its byte order mark).
    pub span: Range<usize>,
    /// Where they begin.
    pub start: Position,
    /// Where they end; the character at this position stays.
    pub end: Position,
    /// The text that replaces it.
    pub text: String,
}

/// A source file's path and text, from which diagnostics take their excerpts.
#[derive(Debug, Clone, Copy)]
pub struct SourceText<'a> {
    /// The file, from the site's folder.
    pub path: &'a SourcePath,
    /// Its whole text.
    pub text: &'a str,
    /// What is remembered of the text's places, where many are asked for.
    places: Option<&'a Places>,
}

/// An excerpt shows at most this many lines of a span.
const EXCERPT_LINES: usize = 3;
/// An excerpt's line is cut beyond this many bytes before and after the span.
const EXCERPT_REACH: usize = 160;
/// A span is shown up to this many bytes.
const EXCERPT_SPAN: usize = 640;

impl Diagnostic {
    /// An error about the site as a whole.
    pub fn error(rule: Rule, message: impl Into<String>) -> Self {
        Self { rule, severity: Severity::Error, message: message.into(), location: None, hint: None, replacement: None }
    }

    /// A warning about the site as a whole.
    pub fn warning(rule: Rule, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, message) }
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
        self.at(SourceText::new(path, ""), 0..0)
    }

    /// The same with advice on how to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with text that mends it for certain, in the same file.
    #[must_use]
    pub fn replace(mut self, source: SourceText<'_>, span: Range<usize>, text: impl Into<String>) -> Self {
        self.replacement = Some(Replacement::new(source, span, text));
        self
    }
}

impl Replacement {
    /// Replaces a span (in bytes) of a source.
    pub(crate) fn new(source: SourceText<'_>, span: Range<usize>, text: impl Into<String>) -> Self {
        let place = source.locate(span.clone());
        Self { span, start: place.start, end: place.end, text: text.into() }
    }
}

impl<'a> SourceText<'a> {
    /// A file and its text.
    #[must_use]
    pub fn new(path: &'a SourcePath, text: &'a str) -> Self {
        Self { path, text, places: None }
    }

    /// The same for many diagnostics; `places` must be of this text alone.
    #[must_use]
    pub fn with(self, places: &'a Places) -> Self {
        Self { places: Some(places), ..self }
    }

    /// Turns a span in bytes into lines, columns and an excerpt. Line ends at its end are left out; a span that reaches over the end or into the middle of a
    /// character is moved to the nearest place that exists.
    #[must_use]
    pub fn locate(&self, span: Range<usize>) -> Location {
        let start = self.text.floor_char_boundary(span.start);
        let end = self.text.floor_char_boundary(span.end.max(start));
        let end = start + self.text[start..end].trim_end_matches(['\n', '\r']).len();
        let (excerpt, marked) = cut(self.text, start..end);
        Location {
            file: self.path.clone(),
            start: self.position(start),
            end: self.position(end),
            excerpt: excerpt.into(),
            marked,
        }
    }

    fn position(&self, offset: usize) -> Position {
        match self.places {
            Some(places) => places.position(self.text, offset),
            None => places::advance(Position { line: 1, column: 1 }, &self.text[..offset]),
        }
    }
}

/// The lines that `span` touches with the span marked in them, cut to a size that a screen can show.
fn cut(text: &str, span: Range<usize>) -> (String, Range<usize>) {
    let span = span.start..text.floor_char_boundary(span.end.min(span.start + EXCERPT_SPAN));
    let before = text.floor_char_boundary(span.start.saturating_sub(EXCERPT_REACH));
    let begin = text[before..span.start].rfind('\n').map_or(before, |at| before + at + 1);
    let after = text.floor_char_boundary(span.end + EXCERPT_REACH);
    let last = text[span.end..after].find('\n').map_or(after, |at| span.end + at);
    let end = text[span.start..last].match_indices('\n').nth(EXCERPT_LINES - 1).map_or(last, |(at, _)| span.start + at);
    let excerpt = text[begin..end].trim_end_matches(['\r', '\n']).to_owned();
    let marked_end = (span.end - begin).min(excerpt.len());
    let marked_start = (span.start - begin).min(marked_end);
    (excerpt, marked_start..marked_end)
}

/// Sorts diagnostics in the order in which people fix them: by file, then by place, errors before warnings; each once.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
    diagnostics.dedup_by(|later, earlier| key(later) == key(earlier));
    shorten(diagnostics);
}

/// How often a rule is reported in one file: nobody fixes a thousand places one by one.
const MOST_OF_A_KIND: usize = 1000;

/// Keeps the first diagnostics of each kind in each file; the last of them counts the others.
fn shorten(diagnostics: &mut Vec<Diagnostic>) {
    let mut counts: HashMap<(SourcePath, Rule), usize> = HashMap::new();
    let kind = |one: &Diagnostic| one.location.as_ref().map(|location| (location.file.clone(), one.rule));
    diagnostics.retain(|one| {
        kind(one).is_none_or(|kind| {
            let count = counts.entry(kind).or_default();
            *count += 1;
            *count <= MOST_OF_A_KIND
        })
    });
    counts.retain(|_, count| *count > MOST_OF_A_KIND);
    for one in diagnostics.iter_mut().rev() {
        if let Some(count) = kind(one).and_then(|kind| counts.remove(&kind)) {
            one.message = format!("{}; and {} more like this in the file", one.message, count - MOST_OF_A_KIND);
        }
    }
}

fn key(diagnostic: &Diagnostic) -> (Option<(&SourcePath, Position)>, Severity, &str, &str) {
    let place = diagnostic.location.as_ref().map(|location| (&location.file, location.start));
    (place, diagnostic.severity, diagnostic.rule.code(), &diagnostic.message)
}

/// Whether any of them is an error.
#[must_use]
pub fn any_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Reports a code that no rule has.
pub(crate) fn unknown_rule(code: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(Rule::UnknownRule, format!("there is no rule `{code}`"));
    match did_you_mean(code, Rule::ALL.iter().map(|rule| rule.code())) {
        Some(meant) => diagnostic.hint(format!("did you mean `{meant}`?")),
        None => diagnostic.hint("`letterpress check --rules` lists them all"),
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
        let location = SourceText::new(&path, &text).locate(text.find("[x]").unwrap()..text.find("]").unwrap() + 1);
        assert_eq!((location.start.line, location.start.column), (2, 5));
        assert_eq!(&location.excerpt[location.marked.clone()], "[x]");
    }

    #[test]
    fn a_span_outside_the_text_is_moved_inside() {
        let (path, text) = source("é");
        let location = SourceText::new(&path, &text).locate(1..99);
        assert_eq!((location.start.column, location.end.column), (1, 2));
    }

    #[test]
    fn a_line_of_a_megabyte_is_cut_round_the_span() {
        let (path, text) = source(&"x".repeat(1_000_000));
        let location = SourceText::new(&path, &text).locate(500_000..500_003);
        assert!(location.excerpt.len() < 400);
        assert_eq!(location.start.column, 500_001);
    }
}
