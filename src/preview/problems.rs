//! What is wrong → what browsers are shown of it. All of it may be fifty thousand messages: it is gone through once, and not copied.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::json;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::SourcePath;

/// What is wrong in a snapshot.
#[derive(Debug, Clone)]
pub(super) struct Problems {
    /// How much is wrong, and the first of it, as the overlay reads it.
    pub(super) json: Arc<str>,
    /// Errors and warnings of each file.
    counts: Arc<HashMap<SourcePath, (usize, usize)>>,
}

impl Problems {
    pub(super) fn of(diagnostics: &[Diagnostic]) -> Self {
        Self { json: json(diagnostics), counts: Arc::new(counts(diagnostics)) }
    }

    /// How many errors and warnings a file has.
    pub(super) fn in_file(&self, path: &SourcePath) -> (usize, usize) {
        self.counts.get(path).copied().unwrap_or_default()
    }
}

fn counts(diagnostics: &[Diagnostic]) -> HashMap<SourcePath, (usize, usize)> {
    let mut counts: HashMap<SourcePath, (usize, usize)> = HashMap::new();
    for diagnostic in diagnostics {
        let Some(location) = &diagnostic.location else { continue };
        let counts = counts.entry(location.file.clone()).or_default();
        match diagnostic.severity {
            Severity::Error => counts.0 += 1,
            Severity::Warning => counts.1 += 1,
        }
    }
    counts
}

/// How many diagnostics a browser shows at once.
const MOST_FAULTS: usize = 100;

/// What is wrong, as the overlay reads it.
fn json(diagnostics: &[Diagnostic]) -> Arc<str> {
    let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error);
    let warnings = diagnostics.iter().filter(|one| one.severity == Severity::Warning);
    let shown: Vec<_> = errors.clone().chain(warnings).take(MOST_FAULTS).map(fault).collect();
    let counts = (errors.count(), diagnostics.len());
    json!({ "errors": counts.0, "warnings": counts.1 - counts.0, "faults": shown }).to_string().into()
}

fn fault(diagnostic: &Diagnostic) -> serde_json::Value {
    let location = diagnostic.location.as_ref();
    let excerpt = location.filter(|location| !location.excerpt.is_empty()).map(|location| {
        let (start, end) = (location.marked.start, location.marked.end);
        [&location.excerpt[..start], &location.excerpt[start..end], &location.excerpt[end..]]
    });
    json!({
        "code": diagnostic.rule,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "file": location.map(|location| location.file.as_str()),
        "line": location.map(|location| location.start.line),
        "column": location.map(|location| location.start.column),
        "excerpt": excerpt,
        "hint": diagnostic.hint,
    })
}
