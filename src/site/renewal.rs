//! What a build can keep of the site of the build before, and in what two sites differ.
//!
//! Both only save work: a renewed site equals a new one, and what a difference doesn't name is the same in both.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Page, Site, calendar, related};
use crate::collect::{SourcePath, Sources};
use crate::document::{Document, Kind, Reference, ReferenceKind, is_document};

impl Site {
    /// The site with other bodies, if nothing else than the bodies of pages differs from `previous`.
    #[must_use]
    pub fn renewed(previous: &Self, sources: &Sources, documents: &[Arc<Document>]) -> Option<Self> {
        let is_same_day = previous.today == sources.today && previous.drafts == sources.drafts;
        let known = previous.documents.iter().map(|(document, _)| document);
        let is_alike = is_same_day
            && previous.config == sources.config
            && previous.documents.len() == documents.len()
            && known
                .clone()
                .zip(documents)
                .all(|(before, now)| Arc::ptr_eq(before, now) || differs_in_body_only(before, now))
            && previous.has_assets_of(sources, documents.len());
        if !is_alike {
            return None;
        }
        let changed: HashMap<&SourcePath, &Arc<Document>> = known
            .zip(documents)
            .filter(|(before, now)| !Arc::ptr_eq(before, now))
            .map(|(_, now)| (&now.path, now))
            .collect();
        let mut pages = previous.pages.clone();
        for (path, document) in &changed {
            if let Some(id) = previous.page_id(path) {
                pages[id] = Page { document: Arc::clone(document), ..pages[id].clone() };
            }
        }
        let refers_alike =
            changed.values().all(|now| previous.document(&now.path).is_some_and(|before| refer_alike(before, now)));
        Some(Self {
            config: Arc::clone(&previous.config),
            today: previous.today,
            pages,
            editions: Arc::clone(&previous.editions),
            assets: Arc::clone(&previous.assets),
            redirects: Arc::clone(&previous.redirects),
            documents: documents.iter().map(|document| calendar::with_state(Arc::clone(document), sources)).collect(),
            drafts: previous.drafts,
            places: Arc::clone(&previous.places),
            special: previous.special.clone(),
            order: Arc::clone(&previous.order),
            likeness: Arc::clone(&previous.likeness),
            shown_in: if refers_alike { Arc::clone(&previous.shown_in) } else { Arc::default() },
            neighbours: Arc::clone(&previous.neighbours),
            by_kind: Arc::clone(&previous.by_kind),
        })
    }

    /// Whether the files beside documents are the same.
    fn has_assets_of(&self, sources: &Sources, documents: usize) -> bool {
        let is_same = |(path, asset): (&SourcePath, &super::Asset)| {
            sources.content.get(path).is_some_and(|source| source.hash == asset.hash)
        };
        let others = sources.content.len() - documents;
        let published =
            others - super::address::LISTS.iter().filter(|list| sources.content.contains_key(**list)).count();
        published == self.assets.iter().count() && self.assets.iter().all(is_same)
    }
}

/// Whether two documents of the same path are the same page to the rest of the site.
fn differs_in_body_only(before: &Document, now: &Document) -> bool {
    let is_page = matches!(now.kind, Kind::Page | Kind::Article | Kind::Letter);
    let is_same_page = before.path == now.path && before.kind == now.kind && before.key == now.key;
    is_page && is_same_page && before.language == now.language && before.front == now.front && is_document(&now.path)
}

/// Whether two bodies lead to the same files.
fn refer_alike(before: &Document, now: &Document) -> bool {
    let targets = |document: &Document| -> Vec<(ReferenceKind, String)> {
        document.body.references.iter().map(|Reference { kind, target, .. }| (*kind, target.clone())).collect()
    };
    targets(before) == targets(now)
}

/// Pages that a difference concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// These.
    Pages(HashSet<SourcePath>),
    /// All.
    All,
}

impl Reach {
    /// Whether it concerns the page of that path.
    #[must_use]
    pub fn includes(&self, path: &SourcePath) -> bool {
        match self {
            Self::Pages(pages) => pages.contains(path),
            Self::All => true,
        }
    }
}

/// In what a site differs from that of the build before.
#[derive(Debug, Clone)]
pub struct Differences {
    /// Documents that changed, came, went, or became visible or invisible.
    pub documents: HashSet<SourcePath>,
    /// Whether anything else than the bodies of pages may differ.
    pub structure: bool,
    /// Whether anything has another address, or the files that a link can lead to are others.
    pub places: bool,
    /// Whether a topic, tag or section has another name or address.
    pub labels: bool,
    /// Whether documents lead to others than before.
    pub references: bool,
    /// Whether the articles or letters of a topic are others, or in another order.
    pub beside: bool,
    /// Pages with another page before or after them.
    pub neighbours: Reach,
    /// Pages whose related pages may be others.
    pub related: Reach,
}

impl Differences {
    /// Compares a site with that of the build before. None if everything may differ.
    #[must_use]
    pub fn between(before: &Site, now: &Site) -> Option<Self> {
        if before.config != now.config || before.today != now.today || before.drafts != now.drafts {
            return None;
        }
        let (documents, references) = documents(before, now);
        if Arc::ptr_eq(&before.editions, &now.editions) {
            return Some(Self {
                neighbours: Reach::Pages(HashSet::new()),
                related: Reach::Pages(documents.clone()),
                documents,
                references,
                structure: false,
                places: false,
                labels: false,
                beside: false,
            });
        }
        let has_same_pages = before.pages.len() == now.pages.len()
            && before.pages.iter().zip(&now.pages).all(|(before, now)| before.document.path == now.document.path);
        let labels = labels(before) != labels(now);
        Some(Self {
            structure: true,
            places: labels || before.assets != now.assets || before.places != now.places,
            labels,
            references,
            beside: !has_same_pages || before.by_kind() != now.by_kind(),
            neighbours: if has_same_pages { neighbours(before, now) } else { Reach::All },
            related: if has_same_pages { related(before, now, &documents) } else { Reach::All },
            documents,
        })
    }
}

/// Documents that differ, and whether they lead to other files. Both sites have theirs by path.
fn documents(before: &Site, now: &Site) -> (HashSet<SourcePath>, bool) {
    let mut changed = HashSet::new();
    let mut references = false;
    let mut known = before.documents.iter().peekable();
    for (document, state) in &now.documents {
        while let Some((gone, _)) = known.next_if(|(known, _)| known.path < document.path) {
            changed.insert(gone.path.clone());
            references = true;
        }
        match known.next_if(|(known, _)| known.path == document.path) {
            Some((same, known)) if Arc::ptr_eq(same, document) && known == state => continue,
            Some((other, known)) => references |= known != state || !refer_alike(other, document),
            None => references = true,
        }
        changed.insert(document.path.clone());
    }
    let gone: Vec<SourcePath> = known.map(|(gone, _)| gone.path.clone()).collect();
    references |= !gone.is_empty();
    changed.extend(gone);
    (changed, references)
}

/// The names and addresses that every page may show.
fn labels(site: &Site) -> Vec<(&str, &str, &str)> {
    let mut labels = Vec::new();
    for edition in site.editions.iter() {
        labels.extend(
            edition.topics.iter().map(|topic| (topic.slug.as_str(), topic.title.as_str(), topic.address.as_str())),
        );
        labels.extend(edition.tags.values().map(|tag| (tag.slug.as_str(), tag.name.as_str(), tag.address.as_str())));
        let sections = edition.sections.values();
        labels.extend(
            sections.map(|section| (section.folder.as_str(), section.title.as_str(), section.address.as_str())),
        );
    }
    labels
}

/// Pages are the same in both sites, so they have the same numbers.
fn neighbours(before: &Site, now: &Site) -> Reach {
    let pairs = before.neighbours().iter().zip(now.neighbours()).zip(&now.pages);
    let moved = pairs.filter(|((before, now), _)| before != now).map(|(_, page)| page.document.path.clone());
    Reach::Pages(moved.collect())
}

/// Pages that share a word with a changed one where the pages of that word are others.
fn related(before: &Site, now: &Site, changed: &HashSet<SourcePath>) -> Reach {
    let ids = changed.iter().filter_map(|path| now.page_id(path));
    let sharing = related::differing(before.likeness(), now.likeness(), ids);
    let pages = sharing.into_iter().map(|id| now.pages[id].document.path.clone());
    Reach::Pages(pages.chain(changed.iter().cloned()).collect())
}
