//! The one build: [`Sources`] → [`Output`], through every pass in order, with each pass's diagnostics.
//!
//! `build`, `check` and `watch` differ only in the [`Memo`] that they pass, which changes time and memory, never bytes.

mod documents;
mod exports;
mod index;
mod memo;
mod table;

pub use documents::DocumentCache;
pub use exports::LetterFiles;
pub use index::IndexedPages;
pub use memo::Memo;
pub use table::TableCache;

use std::collections::HashSet;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::collect::Sources;
use crate::diagnostic::Diagnostic;
use crate::document::Documents;
use crate::images::Images;
use crate::output::{Artifact, Output};
use crate::site::{Differences, Site, State};
use crate::source::{Source, SourcePath};
use crate::storage::{Scratch, Storage};
use crate::theme::{ContentSize, Theme};
use crate::{check, diagnostic, render, social_cards};

/// The result of a build.
#[derive(Debug)]
pub struct Built {
    /// The published site.
    pub output: Output,
    /// The part of it for which no page waits: the search index, and the cards of shared links.
    pub index: Output,
    /// Its structure.
    pub site: Arc<Site>,
    /// Everything that is wrong, in the order of files.
    pub diagnostics: Vec<Diagnostic>,
    /// What was done.
    pub report: Report,
}

/// What a build did, for the last line of a command.
#[derive(Debug, Default, Clone)]
pub struct Report {
    /// Live pages that are not letters.
    pub pages: usize,
    /// Live letters.
    pub letters: usize,
    /// Drafts that are held back.
    pub drafts: usize,
    /// Pages that are held back until their day.
    pub scheduled: usize,
    /// Pages rendered, and pages reused.
    pub rendered: render::Counts,
    /// How long each pass took.
    pub timings: Vec<(&'static str, Duration)>,
}

/// A build that lacks nothing but the search index, and, if they are not new, feeds, lists for programs and pages of many thousand lines, such
/// as a large A–Z, which are still the last ones.
#[derive(Debug)]
pub struct Pages {
    /// The published site so far.
    pub output: Output,
    /// Its structure.
    pub site: Arc<Site>,
    /// What is wrong so far, in the order of files.
    pub diagnostics: Vec<Diagnostic>,
    /// What was done so far.
    pub report: Report,
    theme: Arc<Theme>,
    images: Arc<Images>,
}

/// Builds the site. `collected` is what was already found wrong while reading.
///
/// # Errors
/// If a text of a large site can't be read back from the disk that it was stored on.
pub fn build(sources: &Sources, collected: Vec<Diagnostic>, memo: &mut Memo) -> io::Result<Built> {
    let pages = pages(sources, collected, memo)?;
    complete(sources, pages, memo)
}

/// How this build stores what it needs later.
fn storage(sources: &Sources, memo: &Memo) -> Storage {
    match &sources.scratch {
        Some(scratch) => Storage::Disk(scratch.clone()),
        None if memo.is_for_one_build() => Storage::Memory,
        None => Storage::Packed,
    }
}

/// A build whose texts could not all be read back is not used.
fn checked<T>(built: T, storage: &Storage) -> io::Result<T> {
    storage.scratch().map_or(Ok(()), Scratch::failure).map(|()| built)
}

/// The first part of [`build`]: everything that an editor waits for.
///
/// # Errors
/// As [`build`].
pub fn pages(sources: &Sources, collected: Vec<Diagnostic>, memo: &mut Memo) -> io::Result<Pages> {
    let mut clock = Clock::default();
    let mut diagnostics = collected;
    let storage = storage(sources, memo);
    let documents = documents::parse(sources, &mut memo.documents, &storage, &mut diagnostics);
    clock.lap("parse");
    let theme = theme(sources, memo);
    diagnostics.extend(theme.diagnostics.iter().cloned());
    clock.lap("theme");
    let (site, found) = site(sources, documents, memo);
    diagnostics.extend(found);
    clock.lap("site");
    let image_settings = sources.theme.images.clone().unwrap_or_default();
    let (images, found) = Images::new(sources, &site, &image_settings, &mut memo.images, &memo.cache);
    let images = Arc::new(images);
    diagnostics.extend(found);
    clock.lap("pictures");
    let settled = settle(&site, &theme, &images, memo);
    let site = settled.site;
    diagnostics.extend(settled.diagnostics);
    let differences = memo.built.replace(Arc::clone(&site)).and_then(|before| Differences::between(&before, &site));
    let differences = differences.as_ref();
    clock.lap("files");
    let jobs = (settled.jobs, differences);
    let (mut output, rendered, found) = render::render(&site, &theme, &images, sources, &mut memo.pages, jobs);
    diagnostics.extend(found);
    clock.lap("render");
    diagnostics.extend(exports::letters(&storage, &site, &theme, &mut memo.letters, &mut output));
    clock.lap("letters' files");
    copy_assets(sources, &site, &theme, &settled.left_out, &mut output);
    images.publish(&site, &settled.left_out, &mut output);
    clock.lap("assets");
    diagnostics.extend(check::check(sources, &site, &images, &output, differences, &mut memo.checks));
    check::settle(&site, &mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    clock.lap("check");
    let report = report(&site, rendered, clock.laps);
    checked(Pages { output, site, diagnostics, report, theme, images }, &storage)
}

/// The second part of [`build`]: the largest pages and the search index, for which no other page waits.
///
/// # Errors
/// As [`build`].
pub fn complete(sources: &Sources, pages: Pages, memo: &mut Memo) -> io::Result<Built> {
    let mut clock = Clock::default();
    let storage = storage(sources, memo);
    let Pages { mut output, site, mut diagnostics, mut report, theme, images } = pages;
    let (rendered, found) = render::rest(&site, &theme, &images, sources, &mut memo.pages, &mut output);
    report.rendered.rendered += rendered;
    report.rendered.reused -= rendered;
    diagnostics.extend(found);
    clock.lap("largest pages");
    let mut index = Output::default();
    let cards = render::cards(&site, &theme, &images);
    social_cards::publish(cards, &theme.card_style, &mut memo.cards, &memo.cache, &mut index);
    clock.lap("cards");
    let site_to_index = index::SiteToIndex { sources, site: &site, theme: &theme, storage: &storage };
    diagnostics.extend(index::search(&site_to_index, &mut memo.search, &mut index));
    diagnostic::sort(&mut diagnostics);
    output.extend(&index);
    clock.lap("search index");
    report.timings.extend(clock.laps);
    checked(Built { output, index, site, diagnostics, report }, &storage)
}

/// The site; if only bodies of pages changed since the last build, renewed from that one.
fn site(sources: &Sources, documents: Documents, memo: &mut Memo) -> (Arc<Site>, Vec<Diagnostic>) {
    let renewed = memo.site.as_ref().and_then(|previous| Site::renewed(previous, sources, &documents));
    let (site, found) = renewed.map_or_else(|| Site::new(sources, documents), |site| (site, Vec::new()));
    let site = Arc::new(site);
    memo.site = found.is_empty().then(|| Arc::clone(&site));
    (site, found)
}

/// Gives each file one owner. The differences are those from the last site whose files were settled so.
fn settle(site: &Arc<Site>, theme: &Arc<Theme>, images: &Arc<Images>, memo: &mut Memo) -> table::Settled {
    let differences = memo.built.as_ref().and_then(|before| Differences::between(before, site));
    let settled = table::settle(site, theme, images, differences.as_ref(), &mut memo.files);
    if !Arc::ptr_eq(&settled.site, site) {
        memo.site = None;
    }
    settled
}

fn report(site: &Site, rendered: render::Counts, timings: Vec<(&'static str, Duration)>) -> Report {
    let letters = site.pages.iter().filter(|page| page.document.letter.is_some()).count();
    let states = || site.documents.values().map(|(_, state)| *state);
    let drafts = states().filter(|state| matches!(state, State::Draft | State::Withheld)).count();
    let scheduled = states().filter(|state| matches!(state, State::Scheduled(_))).count();
    Report { pages: site.pages.len() - letters, letters, drafts, scheduled, rendered, timings }
}

/// The compiled theme, remembered as long as its files and settings stay the same.
fn theme(sources: &Sources, memo: &mut Memo) -> Arc<Theme> {
    let content = ContentSize::of(sources);
    let fingerprint = Theme::fingerprint(&sources.theme, &sources.config, content);
    if let Some((known, theme)) = &memo.theme
        && *known == fingerprint
    {
        return Arc::clone(theme);
    }
    let mut theme = Theme::new(&sources.theme, &sources.config, content);
    render::register(&mut theme.templates);
    let theme = Arc::new(theme);
    memo.theme = Some((fingerprint, Arc::clone(&theme)));
    theme
}

/// Files beside documents, and the theme's assets, are published as they are; images replace theirs. With them go the
/// files by which some hosts know a site.
fn copy_assets(sources: &Sources, site: &Site, theme: &Theme, left_out: &HashSet<SourcePath>, output: &mut Output) {
    for (path, asset) in site.assets.iter().filter(|(path, _)| !left_out.contains(*path)) {
        if let Some(source) = sources.content.get(path) {
            output.insert(asset.address.file(), artifact(source));
        }
    }
    for asset in theme.assets.values() {
        output.insert(asset.address.clone(), Artifact::new(Arc::clone(&asset.bytes)));
    }
    // GitHub Pages would otherwise leave out files whose names begin with `_`.
    output.insert(".nojekyll", Artifact::new(Vec::new()));
    if let Some(name) = sources.config.cname.as_ref().filter(|_| output.get("CNAME").is_none()) {
        output.insert("CNAME", Artifact::new(format!("{name}\n").into_bytes()));
    }
}

fn artifact(source: &Source) -> Artifact {
    Artifact::known(source.bytes(), source.fingerprint)
}

/// Times passes.
struct Clock {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Default for Clock {
    fn default() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }
}

impl Clock {
    fn lap(&mut self, pass: &'static str) {
        let now = Instant::now();
        self.laps.push((pass, now - self.last));
        self.last = now;
    }
}
