//! Where a document belongs, told by its path, and where its front matter ends.

use super::head::{Head, Misplaced};
use super::{Kind, head};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Rule, SourceText};
use crate::fields::{Entry, parse_toml, parse_yaml};
use crate::languages::native_name;
use crate::source::{CONTENT_FOLDER, SourcePath};

/// What a path says of a document.
pub(super) struct Place {
    pub kind: Kind,
    pub language: usize,
    pub key: String,
}

/// Reads kind, language and key off a path.
pub(super) fn place(path: &SourcePath, config: &Config, siblings: bool) -> Place {
    let inside = path.as_str().strip_prefix(CONTENT_FOLDER).unwrap_or(path.as_str()).trim_start_matches('/');
    let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (stem, language) = language_of(stem, config);
    let is_section = stem == "_index" || (stem == "index" && (siblings || folder.is_empty()));
    let kind = match folder.split('/').next().unwrap_or_default() {
        "" if is_section => Kind::Home,
        _ if is_section => Kind::Section,
        "" => Kind::Page,
        "letters" => Kind::Letter,
        "topics" => Kind::Topic,
        _ if stem == "index" && !folder.contains('/') => Kind::Page,
        _ => Kind::Article,
    };
    let own = if matches!(stem, "index" | "_index") { folder.to_owned() } else { join(folder, stem) };
    let key = if is_section { format!("{own}/_index") } else { own };
    Place { kind, language, key: join(CONTENT_FOLDER, key.trim_start_matches('/')) }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// `slug.ur` is the Urdu translation of `slug`, if the site has Urdu.
fn language_of<'a>(stem: &'a str, config: &Config) -> (&'a str, usize) {
    if let Some((stem, code)) = stem.rsplit_once('.')
        && let Some(language) = config.languages.iter().position(|language| language.code.eq_ignore_ascii_case(code))
    {
        return (stem, language);
    }
    (stem, 0)
}

/// The code of a language that a file's name ends in, as `slug.fr.md` does, and that the site does not have.
pub(super) fn foreign_language<'a>(path: &'a SourcePath, config: &Config) -> Option<&'a str> {
    let (stem, _) = path.file_name().rsplit_once('.')?;
    let (_, code) = stem.rsplit_once('.')?;
    let is_known = config.languages.iter().any(|language| language.code.eq_ignore_ascii_case(code));
    (!is_known && native_name(code).is_some()).then_some(code)
}

/// A document's front matter and where its body begins.
pub(super) struct Split {
    pub entries: Vec<Entry>,
    pub body: usize,
    /// Whether there was front matter that could not be read, so that nothing more needs to be said of missing fields.
    pub broken: bool,
}

/// Reads the YAML between two lines `---`, or the TOML between two lines `+++`, at the head of a text.
pub(super) fn front_matter(source: SourceText<'_>, diagnostics: &mut Vec<Diagnostic>) -> Split {
    match head::of(source.text) {
        Head::Body => Split { entries: Vec::new(), body: 0, broken: false },
        Head::Misplaced(misplaced) => refused(source, misplaced, diagnostics),
        Head::Fenced { fence, at, matter, indent } => {
            let opening = Opening { fence, at, matter, indent: &source.text[indent] };
            fenced(source, &opening, diagnostics)
        }
    }
}

/// The line that opens front matter.
struct Opening<'a> {
    fence: &'static str,
    /// A byte of the text.
    at: usize,
    /// Where the front matter begins behind it.
    matter: usize,
    indent: &'a str,
}

fn fenced(source: SourceText<'_>, opening: &Opening<'_>, diagnostics: &mut Vec<Diagnostic>) -> Split {
    let Opening { fence, matter: start, .. } = *opening;
    let Some((end, body)) = head::closing(&source.text[start..], fence, opening.indent) else {
        let message = format!("the front matter that begins here is not closed by a line `{fence}`");
        let at = source.text[opening.at..].find(fence).map_or(opening.at, |at| opening.at + at);
        let diagnostic = Diagnostic::error(Rule::UnclosedFrontMatter, message).at(source, at..at + fence.len());
        diagnostics.push(diagnostic.hint(where_to_close(
            &source.text[opening.at..],
            fence,
            line_of(source.text, opening.at),
        )));
        return unreadable(source);
    };
    let (end, body) = (start + end, start + body);
    let matter = &source.text[start..end];
    let parsed = if fence == "---" { parse_yaml(matter, start) } else { parse_toml(matter, start) };
    let second = match &parsed {
        Ok(entries) if entries.is_empty() => head::misplaced(source.text, body),
        Ok(_) => head::second(source.text, body),
        Err(_) => None,
    };
    if let Some(misplaced) = second {
        return refused(source, misplaced, diagnostics);
    }
    match parsed {
        Ok(entries) => Split { entries, body, broken: false },
        Err(fault) => {
            let code = if fence == "---" { Rule::InvalidYaml } else { Rule::InvalidToml };
            diagnostics.push(fault.diagnostic(code, source));
            Split { entries: Vec::new(), body, broken: true }
        }
    }
}

/// Front matter that can't be read: nothing of the text is shown.
fn unreadable(source: SourceText<'_>) -> Split {
    Split { entries: Vec::new(), body: source.text.len(), broken: true }
}

fn refused(source: SourceText<'_>, misplaced: Misplaced, diagnostics: &mut Vec<Diagnostic>) -> Split {
    let Misplaced { span, message, hint, replacement } = misplaced;
    let diagnostic = Diagnostic::error(Rule::MisplacedFrontMatter, message).at(source, span.clone()).hint(hint);
    diagnostics.push(match replacement {
        Some(text) => diagnostic.replace(source, span, text),
        None => diagnostic,
    });
    unreadable(source)
}

/// The number of the line that a byte is in.
fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// What was meant as the closing line, or where it belongs: behind the last line that looks like one of the front matter.
fn where_to_close(text: &str, fence: &str, first: usize) -> String {
    let lines = || text.lines().map(str::trim_end).zip(first..).skip(1);
    let sign = |line: &str| line.trim().chars().all(|sign| "-+—–*=_.~".contains(sign));
    if let Some((line, number)) = lines().find(|(line, _)| line.trim().len() > 1 && sign(line)) {
        return format!("write `{fence}` in line {number}, where `{line}` stands");
    }
    let separator = if fence == "---" { ':' } else { '=' };
    let is_matter = |line: &str| line.contains(separator) || line.starts_with([' ', '\t', '-', '#', '[', ']']);
    let last = lines().take_while(|(line, _)| is_matter(line)).last().map_or(first, |(_, number)| number);
    format!("write a line `{fence}` behind line {last}")
}
