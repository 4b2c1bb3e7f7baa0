//! What a person or a program reads of a command: messages, progress, the last line.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use letterpress::build::Built;
use letterpress::diagnostic::{Diagnostic, Severity, render_human, render_json};
use letterpress::publish::Published;

use super::arguments::Format;

/// Prints for people or for programs.
pub(super) struct Printer {
    format: Format,
    colour: bool,
}

impl Printer {
    /// Colours only where a terminal shows them and nobody asked for none (no-color.org).
    pub(super) fn new(format: Format) -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self { format, colour: wanted && stderr().is_terminal() }
    }

    /// A sign of life during long work, on a terminal only.
    pub(super) fn progress(&self) -> ProgressBar {
        if self.format == Format::Json || !stderr().is_terminal() {
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
            Format::Human => diagnostics.iter().map(|one| format!("{}\n\n", render_human(one, self.colour))).collect(),
            Format::Json => diagnostics.iter().map(|one| render_json(one) + "\n").collect(),
        };
        // A closed pipe is the reader's choice.
        let _ = match self.format {
            Format::Human => stderr().lock().write_all(text.as_bytes()),
            Format::Json => stdout().lock().write_all(text.as_bytes()),
        };
    }

    pub(super) fn not_published(&self, diagnostics: &[Diagnostic], folder: &Path) {
        self.line(&format!("{}. Nothing was written to {}.", counts(diagnostics), folder.display()));
    }

    pub(super) fn published(&self, built: &Built, published: Published, folder: &Path, time: Duration) {
        let warnings = match built.diagnostics.len() {
            0 => String::new(),
            _ => format!(" {}.", counts(&built.diagnostics)),
        };
        let changes = match (published.written, published.removed) {
            (0, 0) => "nothing changed".to_owned(),
            (written, 0) => format!("{} written", plural(written, "file")),
            (written, removed) => format!("{} written, {removed} removed", plural(written, "file")),
        };
        self.line(&format!("{} in {}; {changes} in {}.{warnings}", what(built), seconds(time), folder.display()));
    }

    pub(super) fn checked(&self, built: &Built, time: Duration) {
        let found =
            if built.diagnostics.is_empty() { "Nothing to mend".to_owned() } else { counts(&built.diagnostics) };
        self.line(&format!("{found}. {} checked in {}.", what(built), seconds(time)));
    }

    fn line(&self, text: &str) {
        if self.format == Format::Human {
            // A closed pipe is the reader's choice.
            let _ = writeln!(stderr().lock(), "{text}");
        }
    }
}

fn what(built: &Built) -> String {
    format!("{} and {}", plural(built.report.pages, "page"), plural(built.report.letters, "letter"))
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

/// A message about the command itself.
pub(super) fn error(message: &str) {
    let _ = writeln!(stderr().lock(), "letterpress: {message}");
}

/// The files that a command made.
pub(super) fn made(paths: &[PathBuf]) {
    for path in paths {
        let _ = writeln!(stdout().lock(), "made {}", path.display());
    }
}

/// What to do in a new site.
pub(super) fn next_steps(folder: &Path) {
    let folder = folder.display();
    let _ = writeln!(
        stdout().lock(),
        "\nYour site is ready. See it and write:\n\n    letterpress watch --source {folder} --open\n\nBegin with content/articles/write-your-first-article.md; save, and the page changes."
    );
}
