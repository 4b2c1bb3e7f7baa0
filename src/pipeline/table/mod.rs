//! Every file that a build will write, and who writes it, known before anything is rendered.
//!
//! Takes the site with what it will render, and returns what is left when each path has one owner, with a diagnostic at both places
//! where two want the same. Who comes first keeps the path: what Letterpress needs, a file that a site may bring itself, what it
//! generates, pages, the files beside these, and old addresses last. Nothing here writes.

mod claim;
mod collisions;
mod names;
mod own;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::images::Images;
use crate::letters::LETTER_FILES;
use crate::render::{Jobs, Made, SEARCH_ENTRY};
use crate::site::{Address, Differences, Page, Redirect, Site, is_reserved, language_prefix};
use crate::source::{CONFIG_FILE, SourcePath};
use crate::theme::Theme;
use crate::{publish, render};
use claim::{Claim, Claimant, Meeting};

type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;

/// What the last table found.
#[derive(Debug, Default)]
pub struct TableCache {
    /// The theme with which each path had one owner.
    clean_with: Option<Arc<Theme>>,
    /// Diagnostics about files that the site brings itself.
    replaced: Vec<Diagnostic>,
}

/// What is left to write when each path has one owner.
pub(super) struct Settled {
    /// What is rendered; `None` if that is the same as in the last build.
    pub(super) jobs: Option<Jobs>,
    /// The site without the redirects that would take another file's path.
    pub(super) site: Arc<Site>,
    /// Files of `content/` that are not published.
    pub(super) left_out: HashSet<SourcePath>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Gives each path its owner. If no address differs from the last build, whose paths had one each, there is nothing to look at.
pub(super) fn settle(
    site: &Arc<Site>,
    theme: &Arc<Theme>,
    images: &Arc<Images>,
    differences: Option<&Differences>,
    memory: &mut TableCache,
) -> Settled {
    let is_same_theme = memory.clean_with.take().is_some_and(|before| Arc::ptr_eq(&before, theme));
    if is_same_theme && differences.is_some_and(|differences| !differences.has_other_jobs()) {
        memory.clean_with = Some(Arc::clone(theme));
        let site = Arc::clone(site);
        return Settled { jobs: None, site, left_out: HashSet::new(), diagnostics: memory.replaced.clone() };
    }
    let jobs = render::jobs(site, theme, images);
    let composed = Composed::of(site);
    let mut table = Table::new(site, jobs.len());
    table.fill(&jobs, theme, images, &composed);
    let Table { diagnostics, lost_jobs, lost_redirects, left_out, .. } = table;
    let is_clean = lost_redirects.is_empty() && diagnostics.iter().all(|one| one.rule == own::RULE);
    memory.clean_with = is_clean.then(|| Arc::clone(theme));
    memory.replaced = if is_clean { diagnostics.clone() } else { Vec::new() };
    if lost_redirects.is_empty() {
        return Settled { jobs: Some(jobs.without(&lost_jobs)), site: Arc::clone(site), left_out, diagnostics };
    }
    let kept = site.redirects.iter().enumerate().filter(|(number, _)| !lost_redirects.contains(number));
    let site = Arc::new(site.with_redirects(kept.map(|(_, redirect)| redirect.clone()).collect()));
    // Redirects come last, so the others have the same numbers.
    let jobs = render::jobs(&site, theme, images).without(&lost_jobs);
    Settled { jobs: Some(jobs), site, left_out, diagnostics }
}

struct Table<'a> {
    site: &'a Site,
    claims: Vec<Claim<'a>>,
    /// Claims by their path, as systems compare paths.
    files: HashMap<Cow<'a, str>, usize>,
    /// For each folder, a claim that needs it.
    folders: HashMap<Cow<'a, str>, usize>,
    lost_jobs: HashSet<usize>,
    lost_redirects: HashSet<usize>,
    left_out: HashSet<SourcePath>,
    diagnostics: Vec<Diagnostic>,
}

/// Names in the published folder that are not for pages.
const RESERVED: &[(&str, &str)] = &[
    (CONFIG_FILE, "the name by which Letterpress knows the folder of a site"),
    (publish::MANIFEST_FILE, "Letterpress's list of published files"),
    (".nojekyll", "a file for GitHub Pages"),
];
/// The search index's folders and its entry, below each language's `search/`.
const INDEX: &[&str] = &[SEARCH_ENTRY, "words", "lists", "results", "filters", "spelling"];

impl<'a> Table<'a> {
    /// An empty table with room for that many files.
    fn new(site: &'a Site, files: usize) -> Self {
        Self {
            site,
            claims: Vec::with_capacity(files),
            files: HashMap::with_capacity_and_hasher(files, RandomState::default()),
            folders: HashMap::with_capacity_and_hasher(files, RandomState::default()),
            lost_jobs: HashSet::new(),
            lost_redirects: HashSet::new(),
            left_out: HashSet::new(),
            diagnostics: Vec::new(),
        }
    }

    fn fill(&mut self, jobs: &'a Jobs, theme: &'a Theme, images: &'a Images, composed: &'a Composed<'a>) {
        for (name, what) in RESERVED {
            self.claim(name, Claimant::Reserved(what));
        }
        self.own_files(jobs);
        self.generated(jobs);
        self.documents(jobs);
        for (file, document) in &composed.letters {
            self.claim(file, Claimant::Letter(document));
        }
        for file in &composed.index {
            self.claim(file, Claimant::Reserved("a part of the search index"));
        }
        for asset in theme.assets.values() {
            self.claim(&asset.address, Claimant::Theme);
        }
        for (path, variant) in images.variants() {
            // // Two copies of one image have the same smaller copies.
            if !self.is_variant(variant.as_str()) {
                self.claim(variant.as_str(), Claimant::Variant(path));
            }
        }
        self.content();
        self.aliases(composed);
    }

    /// Files of `content/` that may take the place of generated ones.
    fn own_files(&mut self, jobs: &'a Jobs) {
        let named = self.site.assets.iter().filter(|(_, asset)| own::may_be_own(asset.address.as_str()));
        let mut own: HashMap<&str, &SourcePath> = named.map(|(path, asset)| (asset.address.as_str(), path)).collect();
        let generated = jobs.iter().filter(|(_, made)| matches!(made, Made::Generated(_)));
        let generated = generated.map(|(file, _)| file).chain(self.site.config.cname.as_ref().map(|_| "CNAME"));
        for file in generated {
            let Some(path) = own.remove(file) else { continue };
            self.claim(file, Claimant::File(path));
            self.diagnostics.extend(own::replaced(path, file, !self.site.redirects.is_empty()));
        }
    }

    fn is_own(&self, file: &str) -> bool {
        self.files.get(file).is_some_and(|&owner| matches!(self.claims[owner].by, Claimant::File(_)))
    }

    fn is_variant(&self, file: &str) -> bool {
        self.files.get(file).is_some_and(|&owner| matches!(self.claims[owner].by, Claimant::Variant(_)))
    }

    fn generated(&mut self, jobs: &'a Jobs) {
        for (number, (file, made)) in jobs.iter().enumerate() {
            let claimant = match made {
                Made::Generated(what) if !self.is_own(file) => Claimant::Generated(what, None),
                Made::Listing(what, subject) => Claimant::Generated(what, Some(subject)),
                Made::Generated(_) => {
                    self.lost_jobs.insert(number);
                    continue;
                }
                Made::Document(_) | Made::Redirect => continue,
            };
            if !self.claim(file, claimant) {
                self.lost_jobs.insert(number);
            }
        }
    }

    fn documents(&mut self, jobs: &'a Jobs) {
        for (number, (file, made)) in jobs.iter().enumerate() {
            let Made::Document(path) = made else { continue };
            let Some(page) = self.site.page(path) else { continue };
            // One at an address that is needed is reported already.
            let is_reported = is_reserved(&page.address, &self.site.config);
            let before = self.diagnostics.len();
            if !self.claim(file, Claimant::Document(&page.document)) {
                self.lost_jobs.insert(number);
                self.diagnostics.truncate(if is_reported { before } else { usize::MAX });
            }
        }
    }

    fn content(&mut self) {
        for (path, asset) in self.site.assets.iter() {
            let file = asset.address.as_str();
            let is_own = self.files.get(file).is_some_and(|&owner| self.claims[owner].is_of(path));
            if !is_own && !self.claim(file, Claimant::File(path)) {
                self.left_out.insert(path.clone());
            }
        }
    }

    /// Old addresses that become pages, then those that are rules for hosts alone and need no folder.
    fn aliases(&mut self, composed: &'a Composed<'a>) {
        let mut places = self.site.places_of_aliases();
        // From the last of equal ones to the first, so that each takes its own.
        let owner = |redirect| places.get_mut(redirect).and_then(Vec::pop);
        let mut owners: Vec<_> = self.site.redirects.iter().rev().map(owner).collect();
        owners.reverse();
        let numbered = self.site.redirects.iter().zip(owners).enumerate();
        let (pages, rules): (Vec<_>, Vec<_>) = numbered.partition(|(_, (redirect, _))| redirect.is_page());
        for (number, (redirect, owner)) in pages.into_iter().chain(rules) {
            let alias = Claimant::Alias(redirect, owner);
            let path = &composed.redirects[number];
            let is_won = match redirect.is_page() {
                true => self.claim(path, alias),
                false => self.is_no_letters_file(redirect, alias) && self.claim_rule(path, alias),
            };
            if !is_won {
                self.lost_redirects.insert(number);
            }
        }
    }
}

impl<'a> Table<'a> {
    /// Whether an old address may be redirected: in a letter's own folder are the files that are made of the letter, and no others.
    fn is_no_letters_file(&mut self, redirect: &'a Redirect, by: Claimant<'a>) -> bool {
        let address = redirect.from.as_str();
        let Some((folder, name)) = address.rsplit_once('/') else { return true };
        let is_export =
            LETTER_FILES.iter().any(|file| name.strip_suffix(file.kind).is_some_and(|stem| stem.ends_with('.')));
        let letter =
            self.site.page_at(&Address::new(&format!("{folder}/"))).filter(|page| page.document.letter.is_some());
        let Some(letter) = letter.filter(|_| is_export && !self.files.contains_key(address)) else { return true };
        self.diagnostics.extend(collisions::in_letter(self.site, &by, &redirect.from, &letter.document));
        false
    }
}

/// Paths that are put together here.
struct Composed<'a> {
    letters: Vec<(String, &'a Document)>,
    index: Vec<String>,
    /// What each redirect is: the file of its page, or the address that hosts' rules name.
    redirects: Vec<String>,
}

impl<'a> Composed<'a> {
    fn of(site: &'a Site) -> Self {
        let letters = site.pages.iter().filter(|page| page.document.letter.is_some());
        let names =
            |page: &'a Page| LETTER_FILES.iter().map(|file| (page.address.join(file.name).file(), &*page.document));
        let languages = site.live_languages().filter(|language| !site.editions[*language].newest.is_empty());
        let index = languages.flat_map(|language| {
            let folder = format!("{}search/", language_prefix(&site.config, language));
            INDEX.iter().map(move |name| format!("{folder}{name}"))
        });
        Self {
            letters: letters.flat_map(names).collect(),
            index: index.collect(),
            redirects: site.redirects.iter().map(|redirect| redirect.from.file()).collect(),
        }
    }
}

impl<'a> Table<'a> {
    /// Whether the claimant gets the path; if not, that is reported.
    fn claim(&mut self, file: &'a str, by: Claimant<'a>) -> bool {
        let claim = Claim { file, by };
        let key = names::compared(file);
        if let Some((owner, meeting)) = self.meeting(&key, file) {
            self.report(claim, owner, meeting);
            return false;
        }
        self.add_folders(key.clone(), self.claims.len());
        self.add(key, claim);
        true
    }

    /// The same for an address that becomes no file: it needs no folder, and only a file at the same path is in its way.
    fn claim_rule(&mut self, address: &'a str, by: Claimant<'a>) -> bool {
        let claim = Claim { file: address, by };
        let key = names::compared(address);
        if let Some(&owner) = self.files.get(&key) {
            let meeting = if self.claims[owner].file == address { Meeting::Same } else { Meeting::Alike };
            self.report(claim, self.claims[owner], meeting);
            return false;
        }
        self.add(key, claim);
        true
    }

    fn add(&mut self, key: Cow<'a, str>, claim: Claim<'a>) {
        if cfg!(windows) && names::is_forbidden_on_windows(claim.file) {
            self.diagnostics.extend(collisions::forbidden(&claim, self.site));
        }
        self.files.insert(key, self.claims.len());
        self.claims.push(claim);
    }

    /// The claim that is in the way of one for that path.
    fn meeting(&self, key: &str, file: &str) -> Option<(Claim<'a>, Meeting)> {
        if let Some(&owner) = self.files.get(key) {
            let meeting = if self.claims[owner].file == file { Meeting::Same } else { Meeting::Alike };
            return Some((self.claims[owner], meeting));
        }
        if let Some(&owner) = self.folders.get(key) {
            return Some((self.claims[owner], Meeting::FileAtFolder));
        }
        let mut unknown = folders(key).take_while(|folder| !self.folders.contains_key(*folder));
        let owner = unknown.find_map(|folder| self.files.get(folder))?;
        Some((self.claims[*owner], Meeting::FolderAtFile))
    }

    fn add_folders(&mut self, key: Cow<'a, str>, number: usize) {
        for folder in folders(&key) {
            if self.folders.contains_key(folder) {
                return;
            }
            let folder = match &key {
                Cow::Borrowed(key) => Cow::Borrowed(&key[..folder.len()]),
                Cow::Owned(_) => Cow::Owned(folder.to_owned()),
            };
            self.folders.insert(folder, number);
        }
    }

    fn report(&mut self, claim: Claim<'a>, owner: Claim<'a>, meeting: Meeting) {
        self.diagnostics.extend(collisions::both(self.site, claim, owner, meeting));
    }
}

/// The folders that a file is in, the nearest first.
fn folders(file: &str) -> impl Iterator<Item = &str> {
    file.rmatch_indices('/').map(|(at, _)| &file[..at])
}

impl Claim<'_> {
    fn is_of(&self, path: &SourcePath) -> bool {
        matches!(self.by, Claimant::File(own) if own == path)
    }
}
