//! What a build can keep of the site of the build before, and in what two sites differ.
//!
//! Both only save work: a renewed site equals a new one, and what a difference doesn't name is the same in both.

use std::collections::HashSet;
use std::sync::Arc;

use imbl::ordmap::DiffItem;

use super::{Page, Site, calendar, related};
use crate::collect::{SourcePath, Sources};
use crate::document::{Document, Documents, Kind, Reference, ReferenceKind, is_document};

impl Site {
    /// The site with other bodies, if nothing else than the bodies of pages differs from `previous`.
    #[must_use]
    pub fn renewed(previous: &Self, sources: &Sources, documents: &Documents) -> Option<Self> {
        let is_same_day = previous.today == sources.today && previous.drafts == sources.drafts;
        let is_alike = is_same_day
            && previous.config == sources.config
            && previous.given.len() == documents.len()
            && previous.has_assets_of(sources, documents.len());
        if !is_alike {
            return None;
        }
        let changed = changed_bodies(&previous.given, documents)?;
        let mut pages = previous.pages.clone();
        let mut dated = previous.documents.clone();
        for now in &changed {
            dated.insert(now.path.clone(), calendar::with_state(now, sources));
            if let Some(id) = previous.page_id(&now.path) {
                pages[id] = Page { document: Arc::clone(now), ..pages[id].clone() };
            }
        }
        let refers_alike =
            changed.iter().all(|now| previous.document(&now.path).is_some_and(|before| refer_alike(before, now)));
        Some(Self {
            config: Arc::clone(&previous.config),
            today: previous.today,
            pages,
            editions: Arc::clone(&previous.editions),
            assets: Arc::clone(&previous.assets),
            redirects: Arc::clone(&previous.redirects),
            documents: dated,
            given: documents.clone(),
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

/// The documents that changed, if nothing but their bodies did.
fn changed_bodies<'a>(before: &Documents, now: &'a Documents) -> Option<Vec<&'a Arc<Document>>> {
    let changes = before.diff(now).map(|change| match change {
        DiffItem::Update { old: (_, old), new: (_, new) } => differs_in_body_only(old, new).then_some(new),
        DiffItem::Add(..) | DiffItem::Remove(..) => None,
    });
    changes.collect()
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
    /// Documents that came, went, changed their anchors, or are letters now or no more.
    pub anchors: HashSet<SourcePath>,
    /// Whether a document came, went, or became visible or invisible; one may lose its address to another.
    pub visibility: bool,
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
        let Changed { documents, anchors, references } = changed(before, now);
        let is_live = |site: &Site, path| site.address_of(path).is_some();
        let visibility = documents.iter().any(|path| !is_live(before, path) || !is_live(now, path));
        if Arc::ptr_eq(&before.editions, &now.editions) {
            return Some(Self {
                neighbours: Reach::Pages(HashSet::new()),
                related: Reach::Pages(documents.clone()),
                documents,
                anchors,
                visibility,
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
            anchors,
            visibility,
            references,
            beside: !has_same_pages || before.by_kind() != now.by_kind(),
            neighbours: if has_same_pages { neighbours(before, now) } else { Reach::All },
            related: if has_same_pages { related(before, now, &documents) } else { Reach::All },
            documents,
        })
    }
}

/// How documents differ.
#[derive(Default)]
struct Changed {
    documents: HashSet<SourcePath>,
    anchors: HashSet<SourcePath>,
    references: bool,
}

fn changed(before: &Site, now: &Site) -> Changed {
    let Changed { mut documents, mut anchors, mut references } = Changed::default();
    for change in before.documents.diff(&now.documents) {
        let (path, are_anchors_alike) = match change {
            DiffItem::Update { old: (_, (old, old_state)), new: (path, (new, new_state)) } => {
                references |= old_state != new_state || !refer_alike(old, new);
                (path, has_same_anchors(old, new))
            }
            DiffItem::Add(path, _) | DiffItem::Remove(path, _) => {
                references = true;
                (path, false)
            }
        };
        documents.insert(path.clone());
        if !are_anchors_alike {
            anchors.insert(path.clone());
        }
    }
    Changed { documents, anchors, references }
}

fn has_same_anchors(before: &Document, now: &Document) -> bool {
    let ids =
        |document: &Document| -> Vec<String> { document.body.anchors.iter().map(|anchor| anchor.id.clone()).collect() };
    before.letter.is_some() == now.letter.is_some() && ids(before) == ids(now)
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
