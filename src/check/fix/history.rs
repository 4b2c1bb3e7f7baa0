//! When files were last changed, by git's history, for pages without a date of their own.
//!
//! Only `letterpress check --fix` asks, and a site in no repository has no history. A commit that changed many files at once
//! (an import, a new format) means nothing for advice. The repository may come from anybody, so git is not run in it.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};

use jiff::civil::Date;

use super::front_matter::with_key;
use super::repository::Repository;
use crate::check::policy;
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::{Document, Kind};
use crate::site::Site;
use crate::source::{CONTENT_FOLDER, SourcePath};

/// A commit that changes more files of `content/` than this is about something else than their text.
const MANY: usize = 20;

/// The last day on which each file of `content/` was changed by itself.
#[derive(Debug, Default)]
pub struct History(HashMap<SourcePath, Date>);

impl History {
    /// Reads the history of a site's folder; empty if it is in no repository, or has none that git can read.
    #[must_use]
    pub fn read(folder: &Path) -> Self {
        Self(log(folder).map(|(log, prefix)| read(&log, &prefix)).unwrap_or_default())
    }

    /// Pages with a date that were changed after it and have no `updated`.
    #[must_use]
    pub fn missing_updated(&self, site: &Site) -> Vec<Diagnostic> {
        let pages = site.pages.iter().map(|page| &*page.document);
        let mut diagnostics: Vec<Diagnostic> = pages.filter_map(|document| of_page(document, &self.0)).collect();
        policy::settle_found(site, &mut diagnostics);
        diagnostics
    }
}

fn of_page(document: &Document, changed: &HashMap<SourcePath, Date>) -> Option<Diagnostic> {
    let date = document.front.date.filter(|_| document.front.updated.is_none())?;
    let changed = changed.get(&document.path).copied().filter(|changed| *changed > date)?;
    let is_page = matches!(document.kind, Kind::Page | Kind::Article | Kind::Letter);
    let (span, text) = with_key(document, "updated", &changed.to_string()).filter(|_| is_page)?;
    let message = format!("this page was changed on {changed}, and its front matter doesn't say so");
    let diagnostic = Diagnostic::warning(Rule::MissingUpdated, message).hint(format!("add `updated: {changed}`"));
    let diagnostic = diagnostic.at(document.source(), document.front.title_span.clone());
    Some(diagnostic.replace(document.source(), span, text))
}

/// Git's commits that changed a site's files, and the folder of the site in the repository. Git sees the repository's objects
/// and the first commit, and nothing else of it: no settings, attributes or hooks, which can name programs to run.
fn log(folder: &Path) -> Option<(String, String)> {
    let repository = Repository::of(folder)?;
    let head = repository.head()?;
    let bare = repository.bare_copy(&head)?;
    let empty = bare.path().join("empty");
    let mut command = Command::new("git");
    command.env_clear().envs(KEPT.iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
    command
        .env("GIT_DIR", bare.path())
        .env("GIT_OBJECT_DIRECTORY", repository.common.join("objects"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", &empty)
        .env("HOME", bare.path())
        .env("XDG_CONFIG_HOME", bare.path())
        // Commits that a partial clone lacks are not fetched.
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_ALLOW_PROTOCOL", "")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C");
    command.args(["--no-pager", "--literal-pathspecs", "-c", "core.quotePath=false", "log"]);
    command.args(["--no-show-signature", "--no-ext-diff", "--no-textconv", "--diff-filter=M", "--name-only"]);
    command.args(["--format=%x00%cs", &head, "--"]).arg(format!("{}{CONTENT_FOLDER}", repository.prefix));
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let log = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then_some((log, repository.prefix))
}

/// What a program needs of its environment, on Windows as well.
const KEPT: &[&str] = &["PATH", "SystemRoot", "TMPDIR", "TEMP", "TMP"];

/// Newest commits come first, so the first day of a file is its last change.
fn read(log: &str, prefix: &str) -> HashMap<SourcePath, Date> {
    let mut changed = HashMap::new();
    for commit in log.split('\0') {
        let mut lines = commit.lines().map(str::trim).filter(|line| !line.is_empty());
        let Some(day) = lines.next().and_then(|day| day.parse::<Date>().ok()) else { continue };
        let files: Vec<&str> = lines.collect();
        if files.len() <= MANY {
            for file in files.iter().filter_map(|file| file.strip_prefix(prefix)) {
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
        let changed = read(&log, "");
        assert_eq!(changed[&SourcePath::new("content/1.md")].to_string(), "2026-03-01");
        assert_eq!(changed.len(), 1);
    }
}
