//! What rules about a page within its site found, remembered while nothing changed that they look at.
//!
//! Such a rule looks at the page, at the pages that it leads to or translates, and at where things are. So after an edit that moves nothing,
//! only the edited page and those that lead to it are looked at again. Nothing here says what is wrong; that is the rules' own.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Whole, of_document};
use crate::collect::SourcePath;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::site::{Broken, Differences, Site, Target};

/// What the rules found, and the site in which they did.
#[derive(Debug, Default)]
pub(super) struct Memory {
    site: Option<Arc<Site>>,
    found: HashMap<SourcePath, Known>,
}

#[derive(Debug)]
struct Known {
    /// The pages that it leads to, seen or hidden.
    leads_to: Box<[SourcePath]>,
    diagnostics: Box<[Diagnostic]>,
}

/// Everything that is wrong with live pages within the site.
pub(super) fn check(whole: &Whole<'_>, site: &Arc<Site>, live: &[&Document], memory: &mut Memory) -> Vec<Diagnostic> {
    let changes = memory.site.as_ref().and_then(|before| Changes::between(before, site));
    let mut known = changes.as_ref().map(|_| std::mem::take(&mut memory.found)).unwrap_or_default();
    let stays =
        |document: &Document, known: &Known| changes.as_ref().is_some_and(|changes| changes.spare(document, known));
    let (kept, anew): (Vec<_>, Vec<_>) = live
        .iter()
        .map(|document| (*document, known.remove(&document.path).filter(|known| stays(document, known))))
        .partition(|(_, known)| known.is_some());
    let kept = kept.into_iter().filter_map(|(document, known)| Some((document.path.clone(), known?)));
    let anew: Vec<(SourcePath, Known)> =
        anew.par_iter().map(|(document, _)| (document.path.clone(), Known::of(whole, document))).collect();
    memory.found = kept.chain(anew).collect();
    memory.site = Some(Arc::clone(site));
    live.iter()
        .filter_map(|document| memory.found.get(&document.path))
        .flat_map(|known| known.diagnostics.iter().cloned())
        .collect()
}

impl Known {
    fn of(whole: &Whole<'_>, document: &Document) -> Self {
        let linked =
            document.body.references.iter().filter_map(|reference| match whole.site.resolve(document, reference) {
                Ok(Target::Document(path, _)) | Err(Broken::Hidden(path, _)) => Some(path),
                _ => None,
            });
        let related = document.front.related.iter().filter_map(|(target, _)| document.path.join(target));
        Self { leads_to: linked.chain(related).collect(), diagnostics: of_document(whole, document).into() }
    }
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

    /// Whether what was found in a page still holds.
    fn spare(&self, document: &Document, known: &Known) -> bool {
        let is_changed = |path: &SourcePath| self.documents.contains(path);
        !is_changed(&document.path) && !self.keys.contains(&document.key) && !known.leads_to.iter().any(is_changed)
    }
}
