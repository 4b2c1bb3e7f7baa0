//! Which pages the rules within the site need not look at again: those in which nothing was wrong, while nothing changed that could be.
//!
//! Whether such a rule finds anything depends on the page, on the pages that it leads to or translates, and on where things are. So after an
//! edit that moves nothing, only the edited page and those that lead to it are looked at again; and every page in which something is wrong,
//! since a hint may name any page of the site. Nothing here says what is wrong; that is the rules' own.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Linked, Whole, of_document};
use crate::collect::SourcePath;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::site::{Broken, Differences, Site, Target};

/// A site, and its pages in which nothing was wrong.
#[derive(Debug, Default)]
pub(super) struct Memory {
    site: Option<Arc<Site>>,
    sound: HashMap<SourcePath, LeadsTo>,
}

/// The pages that a page leads to, seen or hidden.
type LeadsTo = Box<[SourcePath]>;

/// Everything that is wrong with live pages within the site.
pub(super) fn check(whole: &Whole<'_>, site: &Arc<Site>, live: &[&Document], memory: &mut Memory) -> Vec<Diagnostic> {
    let mut sound = std::mem::take(&mut memory.sound);
    match memory.site.as_ref().and_then(|before| Changes::between(before, site)) {
        Some(changes) => sound.retain(|path, leads_to| changes.spare(path, leads_to, site)),
        None => sound.clear(),
    }
    let anew = live.par_iter().filter(|document| !sound.contains_key(&document.path));
    let found: Vec<(SourcePath, LeadsTo, Vec<Diagnostic>)> = anew
        .map(|document| {
            let linked = Linked::new(whole, document);
            (document.path.clone(), leads_to(&linked), of_document(&linked))
        })
        .collect();
    let mut diagnostics = Vec::new();
    for (path, leads_to, wrong) in found {
        if wrong.is_empty() {
            sound.insert(path, leads_to);
        }
        diagnostics.extend(wrong);
    }
    *memory = Memory { site: Some(Arc::clone(site)), sound };
    diagnostics
}

fn leads_to(linked: &Linked<'_, '_>) -> LeadsTo {
    let targets = linked.references().filter_map(|(_, target)| match target {
        Ok(Target::Document(path, _)) | Err(Broken::Hidden(path, _)) => Some(path.clone()),
        _ => None,
    });
    let document = linked.document;
    let related = document.front.related.iter().filter_map(|(target, _)| document.path.join(target));
    targets.chain(related).collect()
}

/// A change that left everything in its place.
struct Changes {
    documents: HashSet<SourcePath>,
    /// The changed documents without their languages: translations look at each other.
    keys: HashSet<String>,
}

impl Changes {
    /// None if anything moved, so that a link may lead elsewhere.
    fn between(before: &Site, now: &Site) -> Option<Self> {
        let differences = Differences::between(before, now)?;
        if differences.places || before.redirects != now.redirects {
            return None;
        }
        let documents = differences.documents;
        // A page that comes or goes may move nothing: one that lost its address to another has no place.
        let both = |path| Some((before.document(path)?, now.document(path)?));
        let pairs: Option<Vec<_>> = documents.iter().map(both).collect();
        let keys = pairs?.into_iter().flat_map(|(before, now)| [before.key.clone(), now.key.clone()]).collect();
        Some(Self { documents, keys })
    }

    /// Whether a page in which nothing was wrong is still one.
    fn spare(&self, path: &SourcePath, leads_to: &LeadsTo, site: &Site) -> bool {
        let is_changed = |path: &SourcePath| self.documents.contains(path);
        let is_alike = site.document(path).is_some_and(|document| !self.keys.contains(&document.key));
        is_alike && !is_changed(path) && !leads_to.iter().any(is_changed)
    }
}
