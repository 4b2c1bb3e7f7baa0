//! Where a document belongs, told by its path, and where its front matter ends.

use super::Kind;
use crate::collect::{CONTENT_FOLDER, Config, SourcePath, native_name};
use crate::diagnostic::{Diagnostic, SourceText};
use crate::fields::{Entry, parse_toml, parse_yaml};

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
    let none = Split { entries: Vec::new(), body: 0, broken: false };
    let Some(fence) = ["---", "+++"].into_iter().find(|fence| first_line(source.text).trim_end() == *fence) else {
        return none;
    };
    let start = first_line(source.text).len();
    let Some((end, body)) = closing(source.text, start, fence) else {
        let message = format!("the front matter that begins here is not closed by a line `{fence}`");
        let diagnostic = Diagnostic::error("unclosed-front-matter", message).at(source, 0..fence.len());
        diagnostics.push(diagnostic.hint(where_to_close(source.text, fence)));
        return Split { body: source.text.len(), broken: true, ..none };
    };
    let matter = &source.text[start..end];
    let parsed = if fence == "---" { parse_yaml(matter, start) } else { parse_toml(matter, start) };
    match parsed {
        Ok(entries) => Split { entries, body, broken: false },
        Err(fault) => {
            let code = if fence == "---" { "invalid-yaml" } else { "invalid-toml" };
            let mut diagnostic = Diagnostic::error(code, fault.message).at(source, fault.span);
            diagnostic.hint = fault.hint;
            diagnostics.push(diagnostic);
            Split { body, broken: true, ..none }
        }
    }
}

/// What was meant as the closing line, or where it belongs: behind the last line that looks like one of the front matter.
fn where_to_close(text: &str, fence: &str) -> String {
    let lines = || text.lines().map(str::trim_end).zip(1..).skip(1);
    let sign = |line: &str| line.trim().chars().all(|sign| "-+—–*=_.~".contains(sign));
    if let Some((line, number)) = lines().find(|(line, _)| line.trim().len() > 1 && sign(line)) {
        return format!("write `{fence}` in line {number}, where `{line}` stands");
    }
    let separator = if fence == "---" { ':' } else { '=' };
    let is_matter = |line: &str| line.contains(separator) || line.starts_with([' ', '\t', '-', '#', '[', ']']);
    let last = lines().take_while(|(line, _)| is_matter(line)).last().map_or(1, |(_, number)| number);
    format!("write a line `{fence}` behind line {last}")
}

/// The first line with its end.
fn first_line(text: &str) -> &str {
    text.split_inclusive('\n').next().unwrap_or_default()
}

/// Where the front matter ends and where the body begins.
fn closing(text: &str, start: usize, fence: &str) -> Option<(usize, usize)> {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == fence {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}
