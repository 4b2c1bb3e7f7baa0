//! What a build can keep of the site of the build before. It only saves work: a renewed site equals a new one.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use imbl::ordmap::DiffItem;

use super::bundles::LISTS;
use super::edition::Edition;
use super::order::{self, Order, newest_first};
use super::page::{Page, PageId};
use super::related;
use super::state::with_state;
use super::structure::{Derived, Site};
use crate::collect::Sources;
use crate::document::{Document, Documents, FrontMatter, Kind, Reference, ReferenceKind};
use crate::source::SourcePath;
use crate::storage::Fingerprint;

/// If more pages than this changed, all are sorted again.
const MOST_REORDERED: usize = 50;

impl Site {
    /// The site with other bodies, titles, dates and weights, if nothing else differs from `previous`, in which nothing was wrong.
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
        let changed = changed_pages(&previous.given, documents)?;
        let mut pages = previous.pages.clone();
        let mut dated = previous.documents.clone();
        for (_, now) in &changed {
            let (document, state) = with_state(now, sources);
            let (_, before) = dated.insert(now.path.clone(), (document, state))?;
            if before != state {
                return None;
            }
            if let Some(id) = previous.page_id(&now.path) {
                pages[id] = Page { document: Arc::clone(now), ..pages[id].clone() };
            }
        }
        let refers_alike = changed.iter().all(|(before, now)| refer_alike(before, now));
        let renewed = Self {
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
            derived: Derived {
                shown_in: if refers_alike { Arc::clone(&previous.derived.shown_in) } else { Arc::default() },
                ..previous.derived.clone()
            },
        };
        let is_in_order = changed.iter().all(|(before, now)| before.front == now.front);
        if is_in_order {
            return Some(renewed);
        }
        (changed.len() <= MOST_REORDERED).then(|| renewed.in_new_order(previous, &changed))
    }

    /// Puts changed pages in their new places on every list.
    fn in_new_order(mut self, previous: &Self, changed: &[(&Arc<Document>, &Arc<Document>)]) -> Self {
        let ids: Vec<PageId> = changed.iter().filter_map(|(_, now)| self.page_id(&now.path)).collect();
        let order = previous.order().renewed(&self.pages, &ids);
        self.editions = previous.editions.iter().map(|edition| self.edition_in(edition, &order, &ids)).collect();
        self.derived.order = Arc::new(OnceLock::from(order));
        let is_alike = changed.iter().all(|(before, now)| related::is_alike(before, now));
        if !is_alike {
            self.derived.likeness = Arc::new(OnceLock::from(previous.likeness().renewed(&self.pages, &ids)));
        }
        self.derived.neighbours = Arc::default();
        self.derived.by_kind = Arc::default();
        self
    }

    fn edition_in(&self, before: &Edition, by: &Order, ids: &[PageId]) -> Edition {
        let mut edition = before.clone();
        let put = |list: &mut Vec<PageId>| by.put(list, ids);
        edition.sections.values_mut().for_each(|section| put(&mut section.pages));
        edition.topics.iter_mut().for_each(|topic| put(&mut topic.pages));
        edition.tags.values_mut().for_each(|tag| put(&mut tag.pages));
        order::put(&mut edition.newest, ids, |id| newest_first(&self.pages, id));
        edition
    }

    /// Whether the files beside documents are the same.
    fn has_assets_of(&self, sources: &Sources, documents: usize) -> bool {
        let is_same = |(path, fingerprint): (&SourcePath, &Fingerprint)| {
            sources.content.get(path).is_some_and(|source| source.fingerprint == *fingerprint)
        };
        let others = sources.content.len() - documents;
        let assets = others - LISTS.iter().filter(|list| sources.content.contains_key(**list)).count();
        assets == self.assets.fingerprints().count() && self.assets.fingerprints().all(is_same)
    }
}

/// The documents that changed, as they were and as they are, if each is the same page as before.
fn changed_pages<'a>(before: &'a Documents, now: &'a Documents) -> Option<Vec<(&'a Arc<Document>, &'a Arc<Document>)>> {
    let changes = before.diff(now).map(|change| match change {
        DiffItem::Update { old: (_, old), new: (_, new) } => is_same_page(old, new).then_some((old, new)),
        DiffItem::Add(..) | DiffItem::Remove(..) => None,
    });
    changes.collect()
}

/// Whether two documents of the same path are pages at one address and on the same lists.
fn is_same_page(before: &Document, now: &Document) -> bool {
    let is_page = matches!(now.kind, Kind::Page | Kind::Article | Kind::Letter) && now.path.is_document();
    let is_same = before.path == now.path && before.kind == now.kind && before.key == now.key;
    is_page && is_same && before.language == now.language && is_listed_alike(&before.front, &now.front)
}

/// Whether two front matters lead to the same address, aliases, topics and tags, wherever these are in the file.
fn is_listed_alike(before: &FrontMatter, now: &FrontMatter) -> bool {
    let are_same = |before: &[(String, _)], now: &[(String, _)]| before.iter().map(word).eq(now.iter().map(word));
    before.slug == now.slug
        && before.tags == now.tags
        && before.topic_names == now.topic_names
        && are_same(&before.topics, &now.topics)
        && are_same(&before.aliases, &now.aliases)
}

fn word((word, _): &(String, Range<usize>)) -> &str {
    word
}

/// Whether two bodies lead to the same files.
pub(super) fn refer_alike(before: &Document, now: &Document) -> bool {
    before.body.references.iter().map(leads_to).eq(now.body.references.iter().map(leads_to))
}

fn leads_to(reference: &Reference) -> (ReferenceKind, &str) {
    (reference.kind, &reference.target)
}
