//! A theme's templates, compiled strictly, and their faults as diagnostics.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr};
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior, Value, escape_formatter};

use crate::collect::{Hash, ThemeFiles};
use crate::diagnostic::{Diagnostic, SourceText};

const FOLDER: &str = "templates/";
/// What one page may cost before its template must be a runaway; the largest real listing takes a hundredth of it.
const FUEL: u64 = 500_000_000;

/// The templates that every theme must have.
#[must_use]
pub fn template_names() -> &'static [&'static str] {
    &[
        "404.html",
        "_headers",
        "_nginx.conf",
        "_redirects",
        "_s3-routing-rules.json",
        "a-z.html",
        "article.html",
        "feed.json",
        "feed.xml",
        "home.html",
        "htaccess",
        "letter.html",
        "letters.html",
        "opensearch.xml",
        "page.html",
        "redirect.html",
        "robots.txt",
        "search.html",
        "section.html",
        "site.webmanifest",
        "sitemap.xml",
        "tag.html",
        "topic.html",
        "topics.html",
    ]
}

pub(super) fn compile(files: &ThemeFiles, diagnostics: &mut Vec<Diagnostic>) -> (Environment<'static>, Hash) {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    if let Ok(syntax) = environment.syntax().to_builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_fuel(Some(FUEL));
    environment.set_debug(true);
    environment.set_auto_escape_callback(|name| match name.rsplit('.').next() {
        Some("html" | "xml") => AutoEscape::Html,
        _ => AutoEscape::None,
    });
    environment.set_formatter(format);
    let mut hasher = blake3::Hasher::new();
    for (path, source) in &files.files {
        let Some(name) = path.strip_prefix(FOLDER) else { continue };
        hasher.update(name.as_bytes()).update(&source.fingerprint.to_bytes());
        let text = source.lossy_text().to_string();
        if let Err(error) = environment.add_template_owned(name.to_owned(), text) {
            diagnostics.push(template_error(&error, files));
        }
    }
    for name in template_names().iter().filter(|name| !files.files.contains_key(&format!("{FOLDER}{name}"))) {
        let message = format!("the theme has no template `{name}`");
        let hint = "add it, or write `extends = \"default\"` into theme.toml";
        diagnostics.push(Diagnostic::error("missing-template", message).hint(hint));
    }
    (environment, hasher.finalize())
}

/// Writes a value. Text in HTML is escaped where HTML asks for it (§ 13.1.2) and nowhere else: minijinja's own escaping turns each `/` of each
/// address into six characters.
fn format(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if let Some(finished) = value.downcast_object_ref::<Finished>() {
        return Ok(finished.write(out)?);
    }
    match value.as_str() {
        Some(text) if *state.auto_escape() == AutoEscape::Html && !value.is_safe() => escape(out, text),
        _ => escape_formatter(out, state, value),
    }
}

/// Texts that are written as they are, each on lines of its own, and are held once, however many pages show them.
#[derive(Debug)]
pub enum Finished {
    /// One.
    Text(Arc<str>),
    /// As many as there are.
    Texts(Box<[Arc<str>]>),
}

impl Finished {
    fn texts(&self) -> &[Arc<str>] {
        match self {
            Self::Text(text) => std::slice::from_ref(text),
            Self::Texts(texts) => texts,
        }
    }

    fn write(&self, out: &mut impl fmt::Write) -> fmt::Result {
        for (number, text) in self.texts().iter().enumerate() {
            out.write_str(if number == 0 { "" } else { "\n" })?;
            out.write_str(text)?;
        }
        Ok(())
    }
}

impl Object for Finished {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        self.texts().iter().any(|text| !text.is_empty())
    }

    fn render(self: &Arc<Self>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(formatter)
    }
}

fn escape(out: &mut Output<'_>, text: &str) -> Result<(), Error> {
    let is_escaped = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    let mut rest = text;
    // By bytes, which is quicker than by characters: each of these is one byte in any text of UTF-8.
    while let Some(at) = rest.bytes().position(is_escaped) {
        let (before, from) = rest.split_at(at);
        out.write_str(before)?;
        out.write_str(match from.as_bytes()[0] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &from[1..];
    }
    out.write_str(rest)?;
    Ok(())
}

/// A template's fault at its place.
#[must_use]
pub fn template_error(error: &minijinja::Error, files: &ThemeFiles) -> Diagnostic {
    let innermost = std::iter::successors(Some(error), |error| {
        std::error::Error::source(*error).and_then(|source| source.downcast_ref::<minijinja::Error>())
    });
    let error = innermost.filter(|error| error.line().is_some()).last().unwrap_or(error);
    let message = match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    };
    let diagnostic = Diagnostic::error("template-error", message);
    let Some(source) = error.name().and_then(|name| files.files.get(&format!("{FOLDER}{name}"))) else {
        return diagnostic;
    };
    let text = source.lossy_text();
    let span = error.range().unwrap_or_else(|| line_span(&text, error.line().unwrap_or(1)));
    diagnostic.at(SourceText::new(&source.path, &text), span)
}

fn line_span(text: &str, line: usize) -> std::ops::Range<usize> {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let length = text[start..].lines().next().unwrap_or_default().len();
    start..start + length
}
