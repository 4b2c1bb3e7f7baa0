//! What the last build published and from what, kept on disk: if both are as they were, there is nothing to build.
//!
//! A build is a function of its [`Sources`], so sources with the same fingerprint give the site that is published already. As with all that is
//! remembered, a receipt that is missing, damaged or of another version of the program costs the time of a build and changes nothing else.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::build::Report;
use crate::cache::Cache;
use crate::check;
use crate::collect::{Hash, Sources};
use crate::diagnostic::{Diagnostic, Location, Replacement, Severity};
use crate::output::Output;
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

/// Under which a folder's receipt is kept: a site may be published into several.
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

/// A diagnostic, its code as text.
#[derive(Serialize, Deserialize)]
struct KeptDiagnostic {
    code: String,
    severity: Severity,
    message: String,
    location: Option<Location>,
    hint: Option<String>,
    replacement: Option<Replacement>,
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

/// Keeps what a build told whose output has just been published into `folder`.
pub fn keep(cache: &Cache, fingerprint: &Hash, folder: &Path, output: &Output, receipt: Receipt) {
    let Receipt { report, diagnostics } = receipt;
    let kept = Kept {
        fingerprint: fingerprint.to_hex().to_string(),
        published: publish::published_hash(output).to_hex().to_string(),
        counts: [report.pages, report.letters, report.drafts, report.scheduled],
        diagnostics: diagnostics.into_iter().map(KeptDiagnostic::from).collect(),
    };
    if let Ok(json) = serde_json::to_vec(&kept) {
        cache.put(&key(folder), &json);
    }
}

impl From<Diagnostic> for KeptDiagnostic {
    fn from(diagnostic: Diagnostic) -> Self {
        let Diagnostic { code, severity, message, location, hint, replacement } = diagnostic;
        Self { code: code.to_owned(), severity, message, location, hint, replacement }
    }
}

impl KeptDiagnostic {
    /// None if this program has no such rule.
    fn restored(self) -> Option<Diagnostic> {
        let Self { code, severity, message, location, hint, replacement } = self;
        Some(Diagnostic { code: check::rule(&code)?.code, severity, message, location, hint, replacement })
    }
}
