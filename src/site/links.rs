//! Where references lead, and which pages refer to each other.

use std::ops::Range;

use super::address::{Address, is_reserved};
use super::alias::Aliases;
use super::beside::MOST_BESIDE;
use super::files::Unpublished;
use super::page::{HashMap, PageId};
use super::state::State;
use super::structure::{Redirect, Site};
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::{Document, Kind, Reference, ReferenceKind};
use crate::source::{CONTENT_FOLDER, SourcePath};

/// What a reference leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A place on the same page.
    Here,
    /// A document's page.
    Document(SourcePath, Address),
    /// A file that is published as it is.
    File(SourcePath, Address),
    /// An address on the same host that is not this site's to know.
    Outside(String),
}

/// Why a reference leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// There is no such file.
    Missing,
    /// The file is there, and readers don't see it today.
    Hidden(SourcePath, State),
    /// The file is there and is not published.
    Unpublished(SourcePath, Unpublished),
    /// The path leads out of the site's folder.
    OutOfSite,
}

/// A document, and where one of its aliases is in its file.
pub type PlacedAlias<'a> = (&'a Document, &'a Range<usize>);

impl Site {
    /// Where a reference of a document leads.
    ///
    /// # Errors
    /// Why it leads nowhere.
    pub fn resolve(&self, from: &Document, reference: &Reference) -> Result<Target, Broken> {
        if reference.target.is_empty() {
            return Ok(Target::Here);
        }
        if let Some(path) = reference.target.strip_prefix('/') {
            return Ok(self.rooted(path));
        }
        let path = from.path.join(&reference.target).ok_or(Broken::OutOfSite)?;
        if !path.as_str().starts_with(CONTENT_FOLDER) {
            return Err(Broken::OutOfSite);
        }
        self.at_path(&path)
    }

    /// The file at a path; or, as other generators allow, the document of that name or folder.
    fn at_path(&self, path: &SourcePath) -> Result<Target, Broken> {
        let mut hidden = None;
        for candidate in candidates(path) {
            if let Some(address) = self.address_of(&candidate) {
                return Ok(Target::Document(candidate, address.clone()));
            }
            if let Some(asset) = self.assets.get(&candidate) {
                return Ok(Target::File(candidate, asset.address.clone()));
            }
            hidden = hidden.or_else(|| self.hidden_at(candidate));
        }
        if let Some(address) = self.section_at(path) {
            return Ok(Target::Document(path.clone(), address));
        }
        Err(hidden.unwrap_or(Broken::Missing))
    }

    /// What is at a path that readers don't see.
    fn hidden_at(&self, path: SourcePath) -> Option<Broken> {
        match (self.places.hidden.get(&path), self.assets.unpublished(&path)) {
            (Some(state), _) => Some(Broken::Hidden(path, *state)),
            (None, Some(why)) => Some(Broken::Unpublished(path, why)),
            (None, None) => None,
        }
    }

    /// A folder without a page of its own still has a listing.
    fn section_at(&self, path: &SourcePath) -> Option<Address> {
        let folder = path.as_str().strip_prefix(CONTENT_FOLDER)?.trim_start_matches('/');
        let folder = folder.trim_end_matches("/_index.md");
        self.editions.first()?.sections.get(folder).map(|section| section.address.clone())
    }

    /// An address from the root of the host, which may be this site's or the publisher's.
    fn rooted(&self, path: &str) -> Target {
        let below = self.config.base_path.trim_start_matches('/');
        let inside = path.strip_prefix(below).unwrap_or(path);
        for address in [Address::new(inside), Address::new(&format!("{}/", inside.trim_end_matches('/')))] {
            if let Some(&id) = self.places.pages_by_address.get(&address) {
                return Target::Document(self.pages[id].document.path.clone(), address);
            }
        }
        self.at_root(inside).unwrap_or_else(|| Target::Outside(format!("/{path}")))
    }

    /// What other generators name by its path from the root: a file of `content/`, or the page that they make of one.
    fn at_root(&self, inside: &str) -> Option<Target> {
        let name = inside.trim_end_matches('/');
        let leads_out = name.is_empty() || name.split('/').any(|part| part == "..");
        let names = [Some(name), name.strip_suffix(".html")].into_iter().flatten().filter(|_| !leads_out);
        let paths = names.map(|name| SourcePath::new(&format!("{CONTENT_FOLDER}/{name}")));
        paths.into_iter().find_map(|path| self.at_path(&path).ok())
    }

    /// The redirects of all aliases. One that names no address of the site is reported; whether another file has that address, the table
    /// of all files decides.
    pub(super) fn aliases(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<Redirect> {
        let aliases = self.alias_reader();
        let mut redirects: Vec<Redirect> = Vec::new();
        for (document, to) in self.addressed() {
            for (alias, span) in &document.front.aliases {
                match aliases.address(alias) {
                    Ok(from) => redirects.push(Redirect { from, to: to.clone() }),
                    Err(fault) => diagnostics.push(fault.diagnostic().at(document.source(), span.clone())),
                }
            }
        }
        redirects.sort_by(|a, b| a.from.cmp(&b.from));
        redirects
    }

    fn alias_reader(&self) -> Aliases<'_> {
        Aliases::new(&self.config, self.places.addresses.values())
    }

    /// The documents with their addresses, pages first.
    fn addressed(&self) -> impl Iterator<Item = (&Document, &Address)> {
        let pages = self.pages.iter().map(|page| (&*page.document, &page.address));
        let special = self.special.iter().filter_map(|document| Some((&**document, self.address_of(&document.path)?)));
        pages.chain(special)
    }

    /// Each redirect's aliases: the documents that have them, and their places there. In the order of [`Site::redirects`] where several are equal.
    #[must_use]
    pub fn places_of_aliases(&self) -> HashMap<Redirect, Vec<PlacedAlias<'_>>> {
        let aliases = self.alias_reader();
        let mut places: HashMap<Redirect, Vec<PlacedAlias<'_>>> = HashMap::default();
        for (document, to) in self.addressed() {
            for (alias, span) in &document.front.aliases {
                if let Ok(from) = aliases.address(alias) {
                    places.entry(Redirect { from, to: to.clone() }).or_default().push((document, span));
                }
            }
        }
        places
    }

    /// The document of that address.
    #[must_use]
    pub fn document_at(&self, address: &Address) -> Option<&Document> {
        self.addressed().find(|(_, own)| *own == address).map(|(document, _)| document)
    }

    /// Pages at addresses that the program needs.
    pub(super) fn reserved(&self, diagnostics: &mut Vec<Diagnostic>) {
        for page in self.pages.iter().filter(|page| is_reserved(&page.address, &self.config)) {
            let message = format!("{} is an address that Letterpress needs for itself", page.address);
            let diagnostic = Diagnostic::error(Rule::ReservedAddress, message);
            let span = page.document.front.address_span();
            diagnostics.push(diagnostic.at(page.document.source(), span).hint("rename the file or folder"));
        }
    }

    /// The pages that a page's body refers to, in order.
    fn referred(&self, id: PageId, kind: Kind) -> Vec<PageId> {
        let document = &self.pages[id].document;
        let mut referred = Vec::new();
        let shown = document.body.references.iter().filter(|reference| reference.kind == ReferenceKind::Letter);
        let linked = document.body.references.iter().filter(|reference| reference.kind == ReferenceKind::Link);
        for reference in shown.chain(linked) {
            if let Ok(Target::Document(path, _)) = self.resolve(document, reference)
                && let Some(other) = self.page_id(&path)
                && self.pages[other].document.kind == kind
                && other != id
                && !referred.contains(&other)
            {
                referred.push(other);
            }
        }
        referred
    }

    /// Which articles refer to each letter.
    fn shown_in(&self) -> &HashMap<PageId, Vec<PageId>> {
        self.derived.shown_in.get_or_init(|| {
            let mut shown_in: HashMap<PageId, Vec<PageId>> = HashMap::default();
            for id in 0..self.pages.len() {
                for letter in self.referred(id, Kind::Letter) {
                    shown_in.entry(letter).or_default().push(id);
                }
            }
            shown_in
        })
    }

    /// The letters that an article shows or links to, then others on its main topic.
    #[must_use]
    pub fn letters_for(&self, id: PageId) -> Vec<PageId> {
        self.filled_up(id, self.referred(id, Kind::Letter), Kind::Letter)
    }

    /// The articles that show or link to a letter, then others on its main topic.
    #[must_use]
    pub fn articles_for(&self, id: PageId) -> Vec<PageId> {
        let mut referring = self.shown_in().get(&id).cloned().unwrap_or_default();
        referring.retain(|&other| self.pages[other].document.kind != Kind::Letter);
        self.filled_up(id, referring, Kind::Article)
    }

    /// The pages found, then others of the same kind from the page's main topic.
    fn filled_up(&self, id: PageId, mut found: Vec<PageId>, kind: Kind) -> Vec<PageId> {
        let document = &self.pages[id].document;
        let main_topic = document.front.topics.first();
        let alike = main_topic.map(|(slug, _)| self.by_kind().of(document.language, slug, kind)).unwrap_or_default();
        for &other in alike {
            if found.len() >= MOST_BESIDE {
                break;
            }
            if other != id && !found.contains(&other) {
                found.push(other);
            }
        }
        found.truncate(MOST_BESIDE);
        found
    }
}

fn candidates(path: &SourcePath) -> impl Iterator<Item = SourcePath> {
    let path = path.as_str().trim_end_matches('/').to_owned();
    ["", ".md", "/index.md", "/_index.md"].into_iter().map(move |ending| SourcePath::new(&format!("{path}{ending}")))
}
