//! A theme's templates, compiled strictly, and their faults as diagnostics.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::thread;

use minijinja::value::{Object, ObjectRepr};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, escape_formatter};

use super::content_size::ContentSize;
use super::limits;
use crate::collect::ThemeFiles;
use crate::diagnostic::{Diagnostic, Rule, SourceText};
use crate::site::HOST_FILES;
use crate::storage::Hash;

const FOLDER: &str = "templates/";
/// What one page of a small site may cost before its template must be a runaway, in steps of the template or pieces of 64 bytes that it makes.
const FUEL: u64 = 2_000_000;
/// What each file of the content adds to it, since listings grow with the site.
const FUEL_PER_FILE: u64 = 200;
/// What each byte of the largest document adds to it, since a page grows with its headings, and a form with its blanks.
const FUEL_PER_BYTE: u64 = 16;

/// The templates that every theme must have beside those of the files for hosts.
const PAGE_TEMPLATES: &[&str] = &[
    "404.html",
    "a-z.html",
    "article.html",
    "feed.json",
    "feed.xml",
    "home.html",
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
];

/// The templates that every theme must have.
pub fn template_names() -> impl Iterator<Item = &'static str> {
    PAGE_TEMPLATES.iter().copied().chain(HOST_FILES.iter().map(|file| file.template))
}

/// A theme's templates.
pub(super) struct Compiled {
    pub(super) environment: Environment<'static>,
    /// What they depend on.
    pub(super) hash: Hash,
    /// Those that are reported, and can't be used.
    pub(super) broken: BTreeSet<String>,
}

/// Compiles them, on a thread with the stack that it may take.
pub(super) fn compile(files: &ThemeFiles, content: ContentSize, diagnostics: &mut Vec<Diagnostic>) -> Compiled {
    let mut compiled =
        Compiled { environment: environment(content), hash: hash(files, content), broken: BTreeSet::new() };
    thread::scope(|scope| {
        let work = || add_all(&mut compiled, files, diagnostics);
        let thread = thread::Builder::new().stack_size(limits::STACK).spawn_scoped(scope, work);
        if let Err(panic) = thread.map_or(Ok(()), thread::ScopedJoinHandle::join) {
            std::panic::resume_unwind(panic);
        }
    });
    for name in template_names().filter(|name| !files.files.contains_key(&format!("{FOLDER}{name}"))) {
        let message = format!("the theme has no template `{name}`");
        let hint = "add it, or write `extends = \"default\"` into theme.toml";
        diagnostics.push(Diagnostic::error(Rule::MissingTemplate, message).hint(hint));
    }
    compiled
}

fn add_all(compiled: &mut Compiled, files: &ThemeFiles, diagnostics: &mut Vec<Diagnostic>) {
    for (path, source) in &files.files {
        let Some(name) = path.strip_prefix(FOLDER) else { continue };
        let text = source.lossy_text().to_string();
        let fault = match limits::excess(&text) {
            Some((place, message)) => {
                let hint = "split it into several, or put what it lists into the content";
                Some(
                    Diagnostic::error(Rule::TemplateError, message)
                        .hint(hint)
                        .at(SourceText::new(&source.path, &text), place),
                )
            }
            None => {
                let added = compiled.environment.add_template_owned(name.to_owned(), text);
                added.err().map(|error| template_error(&error, files))
            }
        };
        if let Some(fault) = fault {
            compiled.broken.insert(name.to_owned());
            diagnostics.push(fault);
        }
    }
}

fn hash(files: &ThemeFiles, content: ContentSize) -> Hash {
    let mut hasher = blake3::Hasher::new();
    content.add_to(&mut hasher);
    for (path, source) in &files.files {
        if let Some(name) = path.strip_prefix(FOLDER) {
            hasher.update(name.as_bytes()).update(&source.fingerprint.to_bytes());
        }
    }
    hasher.finalize()
}

fn fuel(content: ContentSize) -> u64 {
    FUEL + FUEL_PER_FILE * content.files as u64 + FUEL_PER_BYTE * content.largest as u64
}

fn environment(content: ContentSize) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    if let Ok(syntax) = environment.syntax().to_builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_fuel(Some(fuel(content)));
    // Lists in lists without end could be built in it, which take more of the stack than there is.
    environment.remove_global("namespace");
    environment.set_debug(true);
    environment.set_auto_escape_callback(|name| match name.rsplit('.').next() {
        Some("html" | "xml") => AutoEscape::Html,
        _ => AutoEscape::None,
    });
    environment.set_formatter(format);
    environment
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
    let diagnostic = explained(error);
    let Some(source) = error.name().and_then(|name| files.files.get(&format!("{FOLDER}{name}"))) else {
        return diagnostic;
    };
    let text = source.lossy_text();
    let span = error.range().unwrap_or_else(|| line_span(&text, error.line().unwrap_or(1)));
    diagnostic.at(SourceText::new(&source.path, &text), span)
}

/// What is wrong, in a theme author's words where minijinja has its own.
fn explained(error: &Error) -> Diagnostic {
    let detail = error.detail().unwrap_or_default();
    let wrong = |message: &str| Diagnostic::error(Rule::TemplateError, message);
    match error.kind() {
        ErrorKind::OutOfFuel => wrong("the page takes too much work or too much memory, so it is not made")
            .hint("look for a loop in a loop, or for text that is joined to itself"),
        ErrorKind::InvalidOperation if detail == "recursion limit exceeded" => {
            wrong("templates, macros or blocks call each other in a circle, or too deep in one another")
                .hint("let each one call only others that do not lead back to it")
        }
        ErrorKind::SyntaxError if detail == "template exceeds maximum recursion limits" => {
            wrong("this is too deep in brackets or blocks").hint("give parts of it a name with `{% set name = … %}`")
        }
        ErrorKind::UnknownFunction if detail.contains("namespace") => wrong("templates have no `namespace`").hint(
            "collect text with `{% set name %}…{% endset %}`, or pick from a list with `selectattr`, `map` and `first`",
        ),
        kind if detail.is_empty() => wrong(&kind.to_string()),
        kind => wrong(&format!("{kind}: {detail}")),
    }
}

/// The template that an error names as missing.
pub(super) fn missing_template(error: &Error) -> Option<&str> {
    let errors = std::iter::successors(Some(error), |error| {
        std::error::Error::source(*error).and_then(|source| source.downcast_ref::<Error>())
    });
    let missing = errors.filter(|error| error.kind() == ErrorKind::TemplateNotFound).last()?;
    missing.detail()?.split('"').nth(1)
}

fn line_span(text: &str, line: usize) -> std::ops::Range<usize> {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let length = text[start..].lines().next().unwrap_or_default().len();
    start..start + length
}
