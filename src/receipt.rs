//! What the last build published and from what, kept on disk: if both are as they were, there is nothing to build.
//!
//! A build is a function of its [`Sources`], so sources with the same fingerprint give the site that is published already. As with all that is
//! remembered, a receipt that is missing, damaged or of another version of the program costs the time of a build and changes nothing else.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::build::Report;
use crate::cache::Cache;
use crate::check;
use crate::collect::{Hash, SourcePath, Sources};
use crate::diagnostic::{Diagnostic, Location, Position, Replacement, Severity};
use crate::publish;

/// All that a published folder depends on: what was read, what was wrong in the reading, and whether it was to be packed.
#[must_use]
pub fn fingerprint(sources: &Sources, collected: &[Diagnostic], is_packed: bool) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(program().as_bytes());
    hasher.update(sources.fingerprint().as_bytes());
    hasher.update(format!("{collected:?}{is_packed}").as_bytes());
    hasher.finalize()
}

/// This very program: two builds of one version may differ.
fn program() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let made = file.map(|file| (file.len(), file.modified().ok()));
    format!("{} {:?}", env!("CARGO_PKG_VERSION"), made.ok())
}

/// What a build told.
#[derive(Debug)]
pub struct Receipt {
    /// What it did.
    pub report: Report,
    /// Everything that was wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// The receipt in its own folder's name: a site may be published into several.
fn key(folder: &Path) -> Hash {
    blake3::hash(format!("receipt {}", std::path::absolute(folder).unwrap_or_default().display()).as_bytes())
}

#[derive(Serialize, Deserialize)]
struct Kept {
    fingerprint: String,
    published: String,
    counts: [usize; 4],
    diagnostics: Vec<KeptDiagnostic>,
}

#[derive(Serialize, Deserialize)]
struct KeptDiagnostic {
    code: String,
    is_error: bool,
    message: String,
    hint: Option<String>,
    location: Option<(String, [usize; 4], String, usize, usize)>,
    replacement: Option<(usize, usize, [usize; 4], String)>,
}

/// What the last build into `folder` told, if it was one of the same and what it published is still there, with the names of its files.
#[must_use]
pub fn find(cache: &Cache, fingerprint: &Hash, folder: &Path) -> Option<(Receipt, Vec<String>)> {
    let kept: Kept = serde_json::from_slice(&cache.get(&key(folder))?).ok()?;
    if kept.fingerprint != *fingerprint.to_hex() {
        return None;
    }
    let published = publish::state(folder)?;
    let diagnostics = kept.diagnostics.into_iter().map(KeptDiagnostic::restored).collect::<Option<_>>()?;
    let [pages, letters, drafts, scheduled] = kept.counts;
    let report = Report { pages, letters, drafts, scheduled, ..Report::default() };
    (kept.published == *published.hash.to_hex()).then_some((Receipt { report, diagnostics }, published.files))
}

/// Keeps what a build told that has just been published into `folder`.
pub fn keep(cache: &Cache, fingerprint: &Hash, folder: &Path, report: &Report, diagnostics: &[Diagnostic]) {
    let Some(published) = publish::state(folder) else { return };
    let kept = Kept {
        fingerprint: fingerprint.to_hex().to_string(),
        published: published.hash.to_hex().to_string(),
        counts: [report.pages, report.letters, report.drafts, report.scheduled],
        diagnostics: diagnostics.iter().map(KeptDiagnostic::of).collect(),
    };
    if let Ok(json) = serde_json::to_vec(&kept) {
        cache.put(&key(folder), &json);
    }
}

fn written(start: Position, end: Position) -> [usize; 4] {
    [start.line, start.column, end.line, end.column]
}

fn read([line, column, end_line, end_column]: [usize; 4]) -> (Position, Position) {
    (Position { line, column }, Position { line: end_line, column: end_column })
}

impl KeptDiagnostic {
    fn of(diagnostic: &Diagnostic) -> Self {
        let location = diagnostic.location.as_ref().map(|location| {
            let Location { file, start, end, excerpt, marked } = location;
            (file.as_str().to_owned(), written(*start, *end), excerpt.to_string(), marked.start, marked.end)
        });
        let replacement = diagnostic.replacement.as_ref().map(|replacement| {
            let Replacement { span, start, end, text } = replacement;
            (span.start, span.end, written(*start, *end), text.clone())
        });
        Self {
            code: diagnostic.code.to_owned(),
            is_error: diagnostic.severity == Severity::Error,
            message: diagnostic.message.clone(),
            hint: diagnostic.hint.clone(),
            location,
            replacement,
        }
    }

    /// None if this program has no such rule.
    fn restored(self) -> Option<Diagnostic> {
        let location = self.location.map(|(file, places, excerpt, from, to)| {
            let (start, end) = read(places);
            Location { file: SourcePath::new(&file), start, end, excerpt: excerpt.into(), marked: from..to }
        });
        let replacement = self.replacement.map(|(from, to, places, text)| {
            let (start, end) = read(places);
            Replacement { span: from..to, start, end, text }
        });
        Some(Diagnostic {
            code: check::rule(&self.code)?.code,
            severity: if self.is_error { Severity::Error } else { Severity::Warning },
            message: self.message,
            hint: self.hint,
            location,
            replacement,
        })
    }
}
