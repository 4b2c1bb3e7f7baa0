//! Where files beside documents are published: a file of a page bundle beside its page, any other where it is in `content/`.

use std::collections::{BTreeMap, BTreeSet};

use super::address::Address;
use super::assets::{Asset, Assets};
use super::files::Unpublished;
use super::structure::Site;
use crate::collect::Sources;
use crate::document::{Documents, Kind};
use crate::source::{CONTENT_FOLDER, SourcePath};

/// The address of each file: beside the page whose bundle it is in, else where it is in `content/`.
pub(super) fn assets(sources: &Sources, site: &Site, documents: &Documents) -> Assets {
    let bundles = bundles(site);
    let hidden = hidden_bundles(site, documents);
    let mut assets = Assets::default();
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

/// The folders of bundles whose page readers don't see today.
fn hidden_bundles(site: &Site, documents: &Documents) -> BTreeSet<String> {
    let is_bundle = |path: &&SourcePath| path.file_name().starts_with("index.");
    let is_page = |path: &&SourcePath| {
        let kind = documents.get(*path).map(|document| document.kind);
        matches!(kind, Some(Kind::Page | Kind::Article | Kind::Letter))
    };
    site.places.hidden.keys().filter(is_bundle).filter(is_page).map(|path| path.folder().to_owned()).collect()
}

/// Whether the nearest bundle that a file is in is one of a page that readers don't see.
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
