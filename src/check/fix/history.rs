//! When files were last changed, by git's history, for pages that don't say it themselves.
//!
//! Only `letterpress check --fix` asks, and a site that lies in no repository has no history. A commit that changed many files at once
//! (an import, a new format) says nothing about advice.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use jiff::civil::Date;

use super::front_matter::with_key;
use crate::check::policy;
use crate::collect::{CONTENT_FOLDER, SourcePath};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Kind};
use crate::site::Site;

/// A commit that changes more files of `content/` than this is about something else than what they say.
const MANY: usize = 20;

/// Pages with a date that were changed after it and have no `updated`.
#[must_use]
pub fn missing_updated(site: &Site, folder: &Path) -> Vec<Diagnostic> {
    let changed = changes(folder);
    let pages = site.pages.iter().map(|page| &*page.document);
    let mut diagnostics: Vec<Diagnostic> = pages.filter_map(|document| of_page(document, &changed)).collect();
    policy::settle_found(site, &mut diagnostics);
    diagnostics
}

fn of_page(document: &Document, changed: &HashMap<SourcePath, Date>) -> Option<Diagnostic> {
    let date = document.front.date.filter(|_| document.front.updated.is_none())?;
    let changed = changed.get(&document.path).copied().filter(|changed| *changed > date)?;
    let is_page = matches!(document.kind, Kind::Page | Kind::Article | Kind::Letter);
    let (span, text) = with_key(document, "updated", &changed.to_string()).filter(|_| is_page)?;
    let message = format!("this page was changed on {changed}, and its front matter doesn't say so");
    let diagnostic = Diagnostic::warning("missing-updated", message).hint(format!("add `updated: {changed}`"));
    let diagnostic = diagnostic.at(document.source(), document.front.title_span.clone());
    Some(diagnostic.replace(document.source(), span, text))
}

/// The last day on which each file was changed by itself.
fn changes(folder: &Path) -> HashMap<SourcePath, Date> {
    let log = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args([
            "-c",
            "core.quotePath=false",
            "log",
            "--relative",
            "--diff-filter=M",
            "--name-only",
            "--format=%x00%cs",
            "--",
            CONTENT_FOLDER,
        ])
        .output();
    match log {
        Ok(output) if output.status.success() => read(&String::from_utf8_lossy(&output.stdout)),
        _ => HashMap::new(),
    }
}

/// Newest commits come first, so the first day of a file is its last change.
fn read(log: &str) -> HashMap<SourcePath, Date> {
    let mut changed = HashMap::new();
    for commit in log.split('\0') {
        let mut lines = commit.lines().map(str::trim).filter(|line| !line.is_empty());
        let Some(day) = lines.next().and_then(|day| day.parse::<Date>().ok()) else { continue };
        let files: Vec<&str> = lines.collect();
        if files.len() <= MANY {
            for file in files {
                changed.entry(SourcePath::new(file)).or_insert(day);
            }
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_change_counts_and_an_import_does_not() {
        let many: String = (0..30).map(|number| format!("content/{number}.md\n")).collect();
        let log = format!("\0 2026-05-01\n\n{many}\0 2026-03-01\n\ncontent/1.md\n\0 2025-01-01\n\ncontent/1.md\n");
        let changed = read(&log);
        assert_eq!(changed[&SourcePath::new("content/1.md")].to_string(), "2026-03-01");
        assert_eq!(changed.len(), 1);
    }
}
