//! Addresses: where a document or file lives below the base path, and on disk.

use std::fmt;
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::{Document, Kind};
use crate::source::CONTENT_FOLDER;
use crate::text::slug_of;

/// An address below the base path, without a `/` at its head: `articles/a/`, `feed.xml`, and the empty one for the home page.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Arc<str>);

impl Address {
    /// An address from its text.
    #[must_use]
    pub fn new(address: &str) -> Self {
        Self(address.trim_start_matches('/').into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that a host serves for it.
    #[must_use]
    pub fn file(&self) -> String {
        match self.0.is_empty() || self.0.ends_with('/') {
            true => format!("{}index.html", self.0),
            false => self.0.to_string(),
        }
    }

    /// The address of something below this one.
    #[must_use]
    pub fn join(&self, name: &str) -> Self {
        Self(format!("{}{name}", self.0).into())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "/{}", self.0)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "/{}", self.0)
    }
}

/// First path segments that the program uses itself.
const RESERVED: &[&str] = &["a-z", "assets", "search", "tags", "404.html"];

/// `ur/` for every language but the first.
pub(crate) fn language_prefix(config: &Config, language: usize) -> String {
    match (language, config.languages.get(language)) {
        (0, _) | (_, None) => String::new(),
        (_, Some(language)) => format!("{}/", language.code.to_lowercase()),
    }
}

/// Where a document lives: the slugs of its folders and its own.
pub(super) fn of(document: &Document, config: &Config) -> Address {
    let key = document.key.strip_prefix(CONTENT_FOLDER).unwrap_or(&document.key).trim_start_matches('/');
    let key = if key == "_index" { "" } else { key.trim_end_matches("/_index") };
    let mut segments: Vec<String> = key.split('/').filter(|part| !part.is_empty()).map(segment).collect();
    let is_listed = !matches!(document.kind, Kind::Home | Kind::Section);
    if let (Some(slug), Some(last), true) = (&document.front.slug, segments.last_mut(), is_listed) {
        last.clone_from(slug);
    }
    let path: String = segments.iter().map(|segment| format!("{segment}/")).collect();
    Address::new(&format!("{}{path}", language_prefix(config, document.language)))
}

/// A folder's or file's name as a segment of an address.
pub(super) fn segment(name: &str) -> String {
    let slug = slug_of(name);
    if slug.is_empty() { "page".to_owned() } else { slug }
}

/// The diagnostic at one of two documents with the same address.
pub(super) fn collision(document: &Document, owner: &Document, address: &Address) -> Diagnostic {
    let message = format!("this page and {} would both live at {address}", owner.path);
    Diagnostic::error(Rule::AddressCollision, message)
        .at(document.source(), document.front.address_span())
        .hint("give one of them another file name, or another `slug`")
}

/// Whether a page took an address that the program needs, in its language's part of the site or at its top.
pub(crate) fn is_reserved(address: &Address, config: &Config) -> bool {
    let begins = |address: &str| RESERVED.contains(&address.split('/').next().unwrap_or_default());
    let prefixes = (1..config.languages.len()).map(|language| language_prefix(config, language));
    let mut inside = prefixes.filter_map(|prefix| address.as_str().strip_prefix(prefix.as_str()));
    begins(address.as_str()) || inside.any(begins)
}

/// The folders below `content/` that a document is in, nearest first. The folder of a bundle is not one of them.
pub(super) fn folders_of(document: &Document) -> Vec<String> {
    let key = document.key.strip_prefix(CONTENT_FOLDER).unwrap_or(&document.key).trim_start_matches('/');
    let mut folders = Vec::new();
    let mut rest = key;
    while let Some((folder, _)) = rest.rsplit_once('/') {
        folders.push(folder.to_owned());
        rest = folder;
    }
    folders
}
