//! Which pages the rules within the site need not look at again: those in which nothing was wrong, while nothing changed that could be.
//!
//! Whether such a rule finds anything depends on the page, on the pages that it translates, on where things are, and of the pages that it
//! leads to, on their anchors and whether they are letters. So after an edit that moves nothing, only the edited page is looked at again, with
//! its translations and, if it has other anchors, those that lead to it; and every page in which something is wrong, since a hint may name
//! any page of the site. Nothing here reports anything; the rules do.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use super::policy;
use super::rule_entry::Find;
use super::subjects::{Linked, Whole};
use super::tables::rules;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::site::{Broken, Differences, Redirect, Site, Target};
use crate::source::SourcePath;

/// The pages in which nothing was wrong.
#[derive(Debug, Default)]
pub(super) struct SiteCheckCache {
    sound: HashSet<SourcePath, RandomState>,
    /// The pages that lead to a page, as far as they are among these; some may not do it any more.
    led_from: HashMap<SourcePath, HashSet<SourcePath, RandomState>, RandomState>,
    redirects: Arc<[Redirect]>,
}

/// Everything that is wrong with live pages within the site.
pub(super) fn check(
    whole: &Whole<'_>,
    live: &[&Document],
    differences: Option<&Differences>,
    memory: &mut SiteCheckCache,
) -> Vec<Diagnostic> {
    let has_moved = |differences: &&Differences| differences.places || differences.visibility;
    match differences.filter(|differences| !has_moved(differences) && memory.redirects == whole.site.redirects) {
        Some(differences) => memory.drop_concerned(whole.site, differences),
        None => *memory = SiteCheckCache::default(),
    }
    memory.redirects = Arc::clone(&whole.site.redirects);
    let sound = &memory.sound;
    let anew = live.par_iter().filter(|document| !sound.contains(&document.path));
    let found: Vec<(SourcePath, Vec<SourcePath>, Vec<Diagnostic>)> = anew
        .map(|document| {
            let document = document.uncached();
            let linked = Linked::new(whole, &document);
            (document.path.clone(), leads_to(&linked), of_document(&linked))
        })
        .collect();
    let mut diagnostics = Vec::new();
    for (path, leads_to, wrong) in found {
        if wrong.is_empty() {
            memory.keep(path, leads_to);
        }
        diagnostics.extend(wrong);
    }
    diagnostics
}

/// The pages that a page leads to, seen or hidden.
fn leads_to(linked: &Linked<'_, '_>) -> Vec<SourcePath> {
    let targets = linked.references().filter_map(|(_, target)| match target {
        Ok(Target::Document(path, _)) | Err(Broken::Hidden(path, _)) => Some(path.clone()),
        _ => None,
    });
    let document = linked.document;
    let related = document.front.related.iter().filter_map(|(target, _)| document.path.join(target));
    targets.chain(related).collect()
}

impl SiteCheckCache {
    fn keep(&mut self, path: SourcePath, leads_to: Vec<SourcePath>) {
        for target in leads_to {
            self.led_from.entry(target).or_default().insert(path.clone());
        }
        self.sound.insert(path);
    }

    /// Forgets that those pages were sound which changed, or lead to one with other anchors; translations look at each other.
    fn drop_concerned(&mut self, site: &Site, differences: &Differences) {
        for led in differences.anchors.iter().flat_map(|path| self.led_from.remove(path).unwrap_or_default()) {
            self.sound.remove(&led);
        }
        for path in &differences.documents {
            let keys = site.document(path).map(|document| document.key.as_str()).into_iter();
            for translation in keys.flat_map(|key| site.translations_of(key)) {
                self.sound.remove(translation);
            }
            self.sound.remove(path);
        }
    }
}

fn of_document(linked: &Linked<'_, '_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for entry in rules().filter(|entry| policy::is_on(entry, &linked.whole.site.config.check)) {
        if let Find::Document(find) = entry.find {
            entry.report(&mut diagnostics, |findings| find(linked, findings));
        }
    }
    once(diagnostics)
}

/// Each only once: links may share the line of their address.
fn once(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut told = HashSet::new();
    let key = |one: &Diagnostic| {
        let place = one.location.as_ref().map(|location| (location.start, location.end));
        (one.rule, one.message.clone(), place.map(|(start, end)| (start.line, start.column, end.line, end.column)))
    };
    let is_new: Vec<bool> = diagnostics.iter().map(|one| told.insert(key(one))).collect();
    diagnostics.into_iter().zip(is_new).filter_map(|(one, is_new)| is_new.then_some(one)).collect()
}
