//! What rules look at: a page by itself, a page within the site, the whole site.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::definitions::Definitions;
use super::finding::Finding;
use super::heavy_pages::HeavyPages;
use super::nearest::{Anchors, Nearest};
use super::prose::{Prose, Slip};
use super::reading::Reading;
use super::site_rules::SiteRules;
use super::speller::Speller;
use crate::collect::ThemeFiles;
use crate::document::{Reference, UncachedDocument};
use crate::images::Images;
use crate::site::{Broken, Site, Target};
use crate::source::SourcePath;
use crate::text::Guesses;

/// One page by itself, and what the site sets for all its pages.
pub(crate) struct Page<'a> {
    pub(crate) document: &'a UncachedDocument<'a>,
    pub(crate) reading: &'a Reading,
    pub(crate) site_rules: &'a SiteRules<'a>,
    /// What this thread already knows of words.
    pub(crate) speller: &'a RefCell<Speller>,
    pub(crate) definitions: Definitions<'a>,
    pub(crate) guesses: Guesses,
}

impl Page<'_> {
    /// Whether the sign at a byte of the file has a backslash before it, so that it means itself.
    pub(crate) fn is_escaped(&self, at: usize) -> bool {
        self.document.text.get(..at).is_some_and(|before| before.ends_with('\\'))
    }
}

/// Everything that is published.
pub(crate) struct Whole<'a> {
    pub(crate) site: &'a Site,
    pub(crate) images: &'a Images,
    /// Published pages over the limit of weight, with their bytes.
    pub(crate) heavy: &'a HeavyPages,
    pub(crate) nearest: Nearest<'a>,
    pub(crate) theme: &'a ThemeFiles,
}

/// One live page within the site, and where its references lead: found once, for all rules.
pub(crate) struct Linked<'a, 's> {
    pub(crate) whole: &'a Whole<'s>,
    pub(crate) document: &'a UncachedDocument<'a>,
    pub(crate) targets: Vec<Result<Target, Broken>>,
    pub(crate) definitions: Definitions<'a>,
    /// The anchors of each page that a link to a part of it leads to.
    pub(crate) anchors: RefCell<HashMap<&'a SourcePath, Rc<Anchors<'a>>>>,
    pub(crate) guesses: Guesses,
}

impl Page<'_> {
    /// The texts of the page that hold Markdown: its body, and the guidance of a letter.
    pub(crate) fn proses(&self) -> impl Iterator<Item = &Prose> {
        std::iter::once(&self.reading.prose).chain(&self.reading.guidance)
    }

    /// Those that are shown as a page. A letter's own text has a syntax of its own.
    pub(crate) fn page_proses(&self) -> impl Iterator<Item = &Prose> {
        let is_letter = self.document.kind == crate::document::Kind::Letter;
        self.proses().filter(move |prose| !(is_letter && prose.is_body()))
    }

    pub(crate) fn report(&self, prose: &Prose, slip: Slip) -> Finding {
        let (source, file) = (self.document.source(), &self.document.text);
        let diagnostic = Finding::new(slip.message).at(source, prose.span(slip.range, file)).hint(slip.hint);
        match slip.mend.filter(|_| prose.is_body()) {
            Some((range, text)) => diagnostic.replace(source, prose.span(range, file), text),
            None => diagnostic,
        }
    }
}

impl<'a, 's> Linked<'a, 's> {
    pub(crate) fn new(whole: &'a Whole<'s>, document: &'a UncachedDocument<'a>) -> Self {
        let targets = document.body.references.iter().map(|reference| whole.site.resolve(document, reference));
        Self {
            whole,
            document,
            targets: targets.collect(),
            definitions: Definitions::of(document),
            anchors: RefCell::default(),
            guesses: Guesses::default(),
        }
    }

    /// The document's references, each with where it leads.
    pub(crate) fn references(&self) -> impl Iterator<Item = (&'a Reference, &Result<Target, Broken>)> {
        self.document.body.references.iter().zip(&self.targets)
    }
}
