//! What a person or a program reads of a command: messages, progress, the last line.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{IsTerminal, Write, stderr, stdin, stdout};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::arguments::Format;
use letterpress::check::fix::Change;
use letterpress::diagnostic::{
    Diagnostic, Severity, render_github, render_human, render_json, render_plain, render_sarif,
};
use letterpress::pipeline::{Built, Report};
use letterpress::publish::{Published, Step};
use letterpress::{check, publish};

/// How many unknown files are named.
const MOST_NAMED: usize = 5;
/// How many warnings of one rule are shown to a person; the summary counts them all.
const SHOWN: usize = 25;

/// Prints for people or for programs.
pub(super) struct Printer {
    format: Format,
    colour: bool,
    all: bool,
    verbose: bool,
    /// The site's folder from the one that the command runs in, which on a build server is the repository's.
    folder: String,
}

impl Printer {
    /// Colours only where a terminal shows them and nobody asked for none (no-color.org).
    pub(super) fn new(format: Format, folder: &Path) -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self { format, colour: wanted && stderr().is_terminal(), all: false, verbose: false, folder: from_here(folder) }
    }

    /// The same, with every warning shown if `all`.
    pub(super) fn showing(self, all: bool) -> Self {
        Self { all, ..self }
    }

    /// The same, reporting each step if `verbose`.
    pub(super) fn logging(self, verbose: bool) -> Self {
        Self { verbose, ..self }
    }

    /// A sign of life during long work, on a terminal only.
    pub(super) fn progress(&self) -> ProgressBar {
        if !self.format.is_for_people() || !stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new_spinner().with_message("Building …");
        bar.set_style(
            ProgressStyle::with_template("{spinner} {msg} {elapsed}")
                .unwrap_or_else(|_| ProgressStyle::default_spinner()),
        );
        bar.enable_steady_tick(Duration::from_millis(120));
        bar
    }

    /// All diagnostics: for people on standard error, for programs on standard output.
    pub(super) fn diagnostics(&self, diagnostics: &[Diagnostic]) {
        let text: String = match self.format {
            Format::Human => self.for_people(diagnostics, |one| render_human(one, self.colour) + "\n\n"),
            Format::Plain => self.for_people(diagnostics, |one| render_plain(one) + "\n"),
            Format::Json => diagnostics.iter().map(|one| render_json(one) + "\n").collect(),
            Format::Sarif => render_sarif(diagnostics, &check::sarif_rules(), &self.folder) + "\n",
            Format::Github => diagnostics.iter().map(|one| render_github(one, &self.folder) + "\n").collect(),
        };
        // A closed pipe is the reader's choice.
        let _ = match self.format.is_for_people() {
            true => stderr().lock().write_all(text.as_bytes()),
            false => stdout().lock().write_all(text.as_bytes()),
        };
    }

    /// Every error, the first warnings of each rule, and how many there are of each.
    fn for_people(&self, diagnostics: &[Diagnostic], render: impl Fn(&Diagnostic) -> String) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut hidden: BTreeSet<&str> = BTreeSet::new();
        let mut text = String::new();
        for diagnostic in diagnostics {
            let count = counts.entry(diagnostic.rule.code()).or_default();
            *count += 1;
            if self.all || diagnostic.severity == Severity::Error || *count <= SHOWN {
                text.push_str(&render(diagnostic));
            } else {
                hidden.insert(diagnostic.rule.code());
            }
        }
        if counts.len() > 1 || counts.values().any(|count| *count > 3) {
            text.push_str(&summary(&counts, &hidden));
        }
        text
    }

    /// What `--fix` would do, on standard output.
    pub(super) fn changes(&self, changes: &[Change]) {
        let text: String = changes.iter().map(|change| change.difference() + "\n").collect();
        if self.format.is_for_people() {
            let _ = stdout().lock().write_all(text.as_bytes());
        }
    }

    /// Whether to go on. Where nobody can answer, the command was given knowingly.
    pub(super) fn confirm(&self, changes: &[Change]) -> bool {
        if !(stdin().is_terminal() && stderr().is_terminal()) {
            return true;
        }
        let _ = write!(stderr().lock(), "Write {}? [y/N] ", plural(changes.len(), "file"));
        let mut answer = String::new();
        stdin().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
    }

    pub(super) fn mended(&self, changes: &[Change], written: bool) {
        let faults = plural(changes.iter().map(|change| change.faults).sum(), "problem");
        let files = plural(changes.len(), "file");
        self.line(&match (changes.is_empty(), written) {
            (true, _) => "There is nothing that can be fixed safely.".to_owned(),
            (false, true) => format!("Fixed {faults} in {files}."),
            (false, false) => format!("{faults} in {files} can be fixed. Nothing was written."),
        });
    }

    pub(super) fn not_published(&self, diagnostics: &[Diagnostic], folder: &Path) {
        self.line(&format!("{}. Nothing was written to {}.", counts(diagnostics), folder.display()));
    }

    pub(super) fn published(
        &self,
        report: &Report,
        diagnostics: &[Diagnostic],
        published: Published,
        folder: &Path,
        time: Duration,
    ) {
        let warnings = match diagnostics.len() {
            0 => String::new(),
            _ => format!(" {}.", counts(diagnostics)),
        };
        let changes = match (published.written, published.removed) {
            (0, 0) => "nothing changed".to_owned(),
            (written, 0) => format!("{} written", plural(written, "file")),
            (written, removed) => format!("{} written, {removed} removed", plural(written, "file")),
        };
        let held = held_back(report);
        self.line(&format!(
            "{} in {}; {changes} in {}.{held}{warnings}",
            what(report),
            seconds(time),
            folder.display()
        ));
    }

    /// What is being done to the published folder.
    pub(super) fn step(&self, step: Step<'_>, folder: &Path) {
        match step {
            Step::Wait => {
                self.line(&format!("Another run is writing to {}; this one waits for its end.", folder.display()));
            }
            Step::NoLock => self.line(&publish::no_lock(folder)),
            Step::Write(file) if self.verbose => self.line(&format!("write   {}", folder.join(file).display())),
            Step::Remove(file) if self.verbose => self.line(&format!("remove  {}", folder.join(file).display())),
            Step::Write(_) | Step::Remove(_) => {}
        }
    }

    /// Files in the published folder that are not ours.
    pub(super) fn unknown_files(&self, unknown_files: &BTreeSet<String>, folder: &Path) {
        if unknown_files.is_empty() {
            return;
        }
        let names: Vec<String> = unknown_files.iter().take(MOST_NAMED).map(|name| format!("{name:?}")).collect();
        let more = match unknown_files.len() - names.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let names = names.join(", ");
        self.line(&format!("Not from this site, and left alone in {}: {names}{more}.", folder.display()));
    }

    pub(super) fn checked(&self, built: &Built, time: Duration) {
        let found =
            if built.diagnostics.is_empty() { "Nothing to mend".to_owned() } else { counts(&built.diagnostics) };
        self.line(&format!("{found}. {} checked in {}.", what(&built.report), seconds(time)));
    }

    fn line(&self, text: &str) {
        if self.format.is_for_people() {
            // A closed pipe is the reader's choice.
            let _ = writeln!(stderr().lock(), "{text}");
        }
    }
}

/// A folder as a prefix of paths: empty for the current one, else with `/` at its end. One outside of it has its whole path.
fn from_here(folder: &Path) -> String {
    let absolute = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    let here = std::env::current_dir().unwrap_or_default();
    let relative = absolute.strip_prefix(&here).unwrap_or(Path::new(""));
    relative.components().map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect()
}

/// The rules with their numbers, the most frequent first.
fn summary(counts: &BTreeMap<&str, usize>, hidden: &BTreeSet<&str>) -> String {
    let mut counts: Vec<(&str, usize)> = counts.iter().map(|(code, count)| (*code, *count)).collect();
    counts.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    let note = |code: &str| match hidden.contains(code) {
        true => " (not all of its warnings are shown; --all shows them)",
        false => "",
    };
    let lines = counts.iter().map(|(code, count)| format!("{count:>6}  {code}{}\n", note(code)));
    format!("{}\n", lines.collect::<String>())
}

fn what(report: &Report) -> String {
    format!("{} and {}", plural(report.pages, "page"), plural(report.letters, "letter"))
}

/// Pages that readers don't see yet.
fn held_back(report: &Report) -> String {
    let scheduled = plural(report.scheduled, "scheduled page");
    let held = match (report.drafts, report.scheduled) {
        (0, 0) => return String::new(),
        (drafts, 0) => plural(drafts, "draft"),
        (0, _) => scheduled,
        (drafts, _) => format!("{} and {scheduled}", plural(drafts, "draft")),
    };
    format!(" Held back: {held}; --drafts includes them.")
}

/// How many errors and warnings there are.
pub(super) fn counts(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error).count();
    match (errors, diagnostics.len() - errors) {
        (errors, 0) => plural(errors, "error"),
        (0, warnings) => plural(warnings, "warning"),
        (errors, warnings) => format!("{} and {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}

/// A number with its word.
pub(super) fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

/// How long each pass took, on standard error.
pub(super) fn timings(passes: &[(&str, Duration)]) {
    let line = |(pass, time): &(&str, Duration)| format!("{:>8.1} ms  {pass}\n", time.as_secs_f64() * 1000.0);
    let text: String = passes.iter().map(line).collect();
    let _ = stderr().lock().write_all(text.as_bytes());
}

/// What came after the passes, and all together.
pub(super) fn last_timings(passes: &[(&str, Duration)], write: Duration, all: Duration) {
    let known: Duration = passes.iter().map(|(_, time)| *time).sum();
    let rest = all.saturating_sub(known + write);
    timings(&[("write", write), ("messages, and the rest", rest), ("all", all)]);
}

/// A message about the command itself.
pub(super) fn error(message: &str) {
    let _ = writeln!(stderr().lock(), "letterpress: {message}");
}

/// A line about what was done, on standard error.
pub(super) fn note(text: &str) {
    // A closed pipe is the reader's choice.
    let _ = writeln!(stderr().lock(), "{text}");
}

/// A reference, on standard output.
pub(super) fn document(text: &str) {
    bytes(format!("{}\n", text.trim_end()).as_bytes());
}

/// Bytes as they are, on standard output.
pub(super) fn bytes(bytes: &[u8]) {
    // A closed pipe is the reader's choice.
    let _ = stdout().lock().write_all(bytes);
}

/// The files that a command made.
pub(super) fn made(paths: &[PathBuf]) {
    let here = std::env::current_dir().unwrap_or_default();
    for path in paths {
        let path = path.strip_prefix(&here).or_else(|_| path.strip_prefix(".")).unwrap_or(path);
        let _ = writeln!(stdout().lock(), "made {}", path.display());
    }
}

/// What to do with a file that was added.
pub(super) fn next_for_draft() {
    let _ = writeln!(
        stdout().lock(),
        "It is a draft: `letterpress watch --drafts` shows it. Remove the line `draft: true` to publish it."
    );
}

/// What to do in a new site.
pub(super) fn next_steps(folder: &Path) {
    let is_here = folder.components().all(|part| part == Component::CurDir);
    let source = if is_here { String::new() } else { format!(" --source {}", quoted(folder)) };
    let _ = writeln!(
        stdout().lock(),
        "\nYour site is ready. See it and write:\n\n    letterpress watch{source} --open\n\nBegin with content/articles/write-your-first-article.md; save, and the page changes."
    );
}

/// A path as it is typed at a prompt: in double quotes, which every shell knows, if it has a space.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    if path.contains(char::is_whitespace) { format!("\"{path}\"") } else { path }
}
