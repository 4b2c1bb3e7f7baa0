//! What the last build published and from what, kept on disk: if both are as they were, there is nothing to build.
//!
//! A build is a function of its [`Sources`], so sources with the same fingerprint give the site that is published already. As with all that is
//! remembered, a receipt that is missing, damaged or of another program costs the time of a build and changes nothing else.

use std::fs::File;
use std::io;
use std::path::Path;
use std::thread::{self, JoinHandle};

use serde::{Deserialize, Serialize};

use crate::collect::Sources;
use crate::diagnostic::{Diagnostic, Location, Replacement, Rule, Severity};
use crate::files::Cache;
use crate::output::Output;
use crate::pipeline::Report;
use crate::publish;
use crate::storage::Hash;

/// The running program, whose bytes are read while the site is. Two programs of one version may differ, and may have one length and one time.
#[derive(Debug)]
pub struct Program(JoinHandle<io::Result<Hash>>);

impl Program {
    /// Begins to read the program.
    #[must_use]
    pub fn running() -> Self {
        Self(thread::spawn(|| {
            let mut hasher = blake3::Hasher::new();
            io::copy(&mut open()?, &mut hasher)?;
            Ok(hasher.finalize())
        }))
    }

    fn hash(self) -> Option<Hash> {
        self.0.join().ok()?.ok()
    }
}

/// Linux keeps the file of a running program, also when another one has its name by now.
fn open() -> io::Result<File> {
    File::open("/proc/self/exe").or_else(|_| File::open(std::env::current_exe()?))
}

/// All that a published folder depends on: the program, what was read, what was wrong in the reading, and whether it was to be packed. `None` if
/// the program can't be read: then nothing is known to be the same.
#[must_use]
pub fn fingerprint(program: Program, sources: &Sources, collected: &[Diagnostic], is_packed: bool) -> Option<Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(sources.fingerprint().as_bytes());
    hasher.update(format!("{collected:?}{is_packed}").as_bytes());
    hasher.update(program.hash()?.as_bytes());
    Some(hasher.finalize())
}

/// The report of a build.
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
struct StoredReport {
    fingerprint: String,
    published: String,
    counts: [usize; 4],
    diagnostics: Vec<StoredDiagnostic>,
}

/// A diagnostic.
#[derive(Serialize, Deserialize)]
struct StoredDiagnostic {
    rule: Rule,
    severity: Severity,
    message: String,
    location: Option<Location>,
    hint: Option<String>,
    replacement: Option<Replacement>,
}

/// The report of the last build into `folder`, if it was of the same site and what it published is unchanged, with the names of its files.
#[must_use]
pub fn find(cache: &Cache, fingerprint: &Hash, folder: &Path) -> Option<(Receipt, Vec<String>)> {
    let kept: StoredReport = serde_json::from_slice(&cache.get(&key(folder))?).ok()?;
    if kept.fingerprint != *fingerprint.to_hex() {
        return None;
    }
    let published = publish::state(folder)?;
    let diagnostics = kept.diagnostics.into_iter().map(StoredDiagnostic::restored).collect::<Option<_>>()?;
    let [pages, letters, drafts, scheduled] = kept.counts;
    let report = Report { pages, letters, drafts, scheduled, ..Report::default() };
    (kept.published == *published.hash.to_hex()).then_some((Receipt { report, diagnostics }, published.files))
}

/// Stores the report of the build just published into `folder`.
pub fn keep(cache: &Cache, fingerprint: &Hash, folder: &Path, output: &Output, receipt: Receipt) {
    let Receipt { report, diagnostics } = receipt;
    let kept = StoredReport {
        fingerprint: fingerprint.to_hex().to_string(),
        published: publish::published_hash(output).to_hex().to_string(),
        counts: [report.pages, report.letters, report.drafts, report.scheduled],
        diagnostics: diagnostics.into_iter().map(StoredDiagnostic::from).collect(),
    };
    if let Ok(json) = serde_json::to_vec(&kept) {
        cache.put(&key(folder), &json);
    }
}

impl From<Diagnostic> for StoredDiagnostic {
    fn from(diagnostic: Diagnostic) -> Self {
        let Diagnostic { rule, severity, message, location, hint, replacement } = diagnostic;
        Self { rule, severity, message, location, hint, replacement }
    }
}

impl StoredDiagnostic {
    /// `None` if this program has no such rule.
    fn restored(self) -> Option<Diagnostic> {
        let Self { rule, severity, message, location, hint, replacement } = self;
        Some(Diagnostic { rule, severity, message, location, hint, replacement })
    }
}
