//! Addresses: where a document or file lives below the base path, and on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::{Site, Unpublished};
use crate::collect::Sources;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::{Document, Documents, Kind};
use crate::source::{CONTENT_FOLDER, SourcePath};
use crate::storage::Fingerprint;
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

/// A folder's or file's name as it stands in an address.
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

/// A file beside documents, published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Where it lives.
    pub address: Address,
    /// What tells its bytes from others.
    pub fingerprint: Fingerprint,
}

/// The files of `content/` that are not documents.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Assets {
    published: BTreeMap<SourcePath, Asset>,
    unpublished: BTreeMap<SourcePath, (Unpublished, Fingerprint)>,
}

impl Assets {
    /// Gives each file its address: beside the page whose bundle it lies in, else where it lies.
    pub(super) fn new(sources: &Sources, site: &Site, documents: &Documents) -> Self {
        let bundles = bundles(site);
        let hidden = hidden_bundles(site, documents);
        let mut assets = Self::default();
        let files = sources.content.values().filter(|source| !source.path.is_document() && !is_list(&source.path));
        for source in files {
            let path = source.path.clone();
            let of_hidden = || is_of_hidden(&path, &bundles, &hidden).then_some(Unpublished::OfHiddenPage);
            match Unpublished::of(source, &sources.config).or_else(of_hidden) {
                Some(why) => drop(assets.unpublished.insert(path, (why, source.fingerprint))),
                None => {
                    let address = asset_address(&path, &bundles);
                    assets.published.insert(path, Asset { address, fingerprint: source.fingerprint });
                }
            }
        }
        assets
    }

    /// The asset made from that file.
    #[must_use]
    pub fn get(&self, path: &SourcePath) -> Option<&Asset> {
        self.published.get(path)
    }

    /// All of them, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &Asset)> {
        self.published.iter()
    }

    /// Why a file is not published. `None` if it is, or isn't there.
    #[must_use]
    pub fn unpublished(&self, path: &SourcePath) -> Option<Unpublished> {
        self.unpublished.get(path).map(|(why, _)| *why)
    }

    /// The files that are not published, by path.
    pub fn all_unpublished(&self) -> impl Iterator<Item = (&SourcePath, Unpublished)> {
        self.unpublished.iter().map(|(path, (why, _))| (path, *why))
    }

    /// All files with what tells their bytes from others.
    pub(super) fn fingerprints(&self) -> impl Iterator<Item = (&SourcePath, &Fingerprint)> {
        let published = self.published.iter().map(|(path, asset)| (path, &asset.fingerprint));
        published.chain(self.unpublished.iter().map(|(path, (_, fingerprint))| (path, fingerprint)))
    }
}

/// The folders of bundles whose page readers don't see today.
fn hidden_bundles(site: &Site, documents: &Documents) -> BTreeSet<String> {
    let is_bundle = |path: &&SourcePath| path.file_name().starts_with("index.");
    let is_page = |path: &&SourcePath| {
        let kind = documents.get(*path).map(|document| document.kind);
        matches!(kind, Some(Kind::Page | Kind::Article | Kind::Letter))
    };
    site.places.hidden.keys().filter(is_bundle).filter(is_page).map(|path| path.folder().to_owned()).collect()
}

/// Whether the nearest bundle that a file lies in is one of a page that readers don't see.
fn is_of_hidden(path: &SourcePath, bundles: &BTreeMap<String, Address>, hidden: &BTreeSet<String>) -> bool {
    let folders =
        std::iter::successors(Some(path.folder()), |folder| folder.rsplit_once('/').map(|(parent, _)| parent));
    let nearest = folders.into_iter().find(|folder| bundles.contains_key(*folder) || hidden.contains(*folder));
    nearest.is_some_and(|folder| !bundles.contains_key(folder))
}

/// The site's own lists at the top of `content/`, which are read but not published.
pub(super) const LISTS: &[&str] = &["content/search.toml", "content/terms.toml"];

fn is_list(path: &SourcePath) -> bool {
    LISTS.contains(&path.as_str())
}

/// The folders of page bundles with the page's address; the first language's page, if there are several.
fn bundles(site: &Site) -> BTreeMap<String, Address> {
    let mut bundles = BTreeMap::new();
    for page in &site.pages {
        if page.document.path.file_name().starts_with("index.") {
            bundles.entry(page.document.path.folder().to_owned()).or_insert_with(|| page.address.clone());
        }
    }
    bundles
}

fn asset_address(path: &SourcePath, bundles: &BTreeMap<String, Address>) -> Address {
    let mut folder = path.folder();
    while !folder.is_empty() {
        if let Some(address) = bundles.get(folder) {
            return address.join(&path.as_str()[folder.len() + 1..]);
        }
        folder = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
    }
    Address::new(path.as_str().strip_prefix(CONTENT_FOLDER).unwrap_or(path.as_str()))
}
