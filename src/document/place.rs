//! What a document is, in which language, and what it shares with its translations: read from its path.

use crate::config::Config;
use crate::languages::native_name;
use crate::source::{CONTENT_FOLDER, SourcePath};

/// What a source file is, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The home page: `content/_index.md`.
    Home,
    /// A section's own page: `_index.md` in a folder.
    Section,
    /// A page at the top of `content/`.
    Page,
    /// A page in a section.
    Article,
    /// A page in `content/letters/`.
    Letter,
    /// The page of a topic: `content/topics/SLUG.md`.
    Topic,
}

/// What follows from a document's path.
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
