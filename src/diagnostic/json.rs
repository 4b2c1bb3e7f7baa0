//! Diagnostics as lines of JSON, one object each, described by [`SCHEMA`].

use serde_json::{Value, json};

use super::{Diagnostic, Position, Replacement};

/// The JSON Schema (2020-12) of a line.
pub const SCHEMA: &str = include_str!("schema.json");

/// A diagnostic as one line of JSON. Lines and columns count from 1, columns in characters; an end is the place behind the last character.
#[must_use]
pub fn render_json(diagnostic: &Diagnostic) -> String {
    let location = diagnostic.location.as_ref();
    json!({
        "code": diagnostic.rule.code(),
        "severity": diagnostic.severity,
        "file": location.map(|location| location.file.as_str()),
        "line": location.map(|location| location.start.line),
        "column": location.map(|location| location.start.column),
        "end_line": location.map(|location| location.end.line),
        "end_column": location.map(|location| location.end.column),
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "replacement": diagnostic.replacement.as_ref().map(replacement),
    })
    .to_string()
}

fn replacement(replacement: &Replacement) -> Value {
    let Position { line, column } = replacement.start;
    let end = replacement.end;
    json!({ "line": line, "column": column, "end_line": end.line, "end_column": end.column, "text": replacement.text })
}
