//! The differences between two sites, for the passes that reuse results. What no difference names is the same in both.

use std::collections::HashSet;
use std::sync::Arc;

use imbl::ordmap::DiffItem;

use super::edition::Edition;
use super::page::{Page, PageId};
use super::read::{List, Read};
use super::related;
use super::renewal::refer_alike;
use super::structure::Site;
use crate::document::{Document, Kind};
use crate::source::SourcePath;
use crate::text::word_key;

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

/// How the lists of two sites with the same pages differ.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    /// Lists of other pages, or in another order.
    pub moved: HashSet<List>,
    /// Lists that a changed page was or is on.
    pub touched: HashSet<List>,
    /// Whether a list is longer or shorter.
    pub lengths: bool,
    /// Languages whose newest pages are others.
    pub newest: HashSet<usize>,
    /// Topics whose first articles (`false`) or letters (`true`) are others.
    pub beside: HashSet<(usize, String, bool)>,
}

/// In what a site differs from that of the build before.
#[derive(Debug, Clone)]
pub struct Differences {
    /// Documents that changed, came, went, or became visible or invisible.
    pub documents: HashSet<SourcePath>,
    /// Those of them whose front matter differs.
    pub fronts: HashSet<SourcePath>,
    /// Documents that came, went, changed their anchors, or are letters now or no more.
    pub anchors: HashSet<SourcePath>,
    /// Whether a document came, went, or became visible or invisible; one may lose its address to another.
    pub visibility: bool,
    /// Whether documents lead to others than before.
    pub references: bool,
    /// Whether anything else than the bodies of pages may differ.
    pub structure: bool,
    /// Whether anything has another address, or the files that a link can lead to are others.
    pub places: bool,
    /// Whether there are other pages and redirects than before, or the document of a home page, section or topic changed.
    pub outline: bool,
    /// Lists; `None` if they may all be others.
    pub lists: Option<Lists>,
    /// Pages with another page before or after them.
    pub neighbours: Reach,
    /// Pages whose related pages may be others.
    pub related: Reach,
}

impl Differences {
    /// Compares a site with that of the build before. `None` if everything may differ.
    #[must_use]
    pub fn between(before: &Site, now: &Site) -> Option<Self> {
        if before.config != now.config || before.today != now.today || before.drafts != now.drafts {
            return None;
        }
        let Changed { documents, fronts, anchors, references, outline } = changed(before, now);
        let is_live = |site: &Site, path| site.address_of(path).is_some();
        let visibility = documents.iter().any(|path| !is_live(before, path) || !is_live(now, path));
        if Arc::ptr_eq(&before.editions, &now.editions) {
            return Some(Self {
                neighbours: Reach::Pages(HashSet::new()),
                related: Reach::Pages(documents.clone()),
                documents,
                fronts,
                anchors,
                visibility,
                references,
                structure: false,
                places: false,
                outline: false,
                lists: Some(Lists::default()),
            });
        }
        let has_same_pages = has_same_pages(before, now);
        let places = labels(before) != labels(now)
            || is_other(&before.assets, &now.assets)
            || is_other(&before.places, &now.places);
        Some(Self {
            structure: true,
            places,
            outline: outline || visibility || !has_same_pages || before.redirects != now.redirects,
            lists: has_same_pages.then(|| Lists::between(before, now, &documents)),
            anchors,
            visibility,
            references,
            neighbours: if has_same_pages { neighbours(before, now) } else { Reach::All },
            related: if has_same_pages { related(before, now, &documents) } else { Reach::All },
            documents,
            fronts,
        })
    }

    /// What an answer about `now` may read otherwise than before; `None` if that may be everything.
    #[must_use]
    pub fn reads(&self, now: &Site) -> Option<Vec<Read>> {
        let lists = self.lists.as_ref()?;
        let numbers = |paths: &HashSet<SourcePath>| -> Vec<u32> {
            paths.iter().filter_map(|path| now.page_id(path)).map(|id| id as u32).collect()
        };
        let numbers_of = |reach: &Reach| match reach {
            Reach::Pages(paths) => Some(numbers(paths)),
            Reach::All => None,
        };
        let mut reads: Vec<Read> = numbers(&self.documents).into_iter().map(Read::Body).collect();
        reads.extend(numbers(&self.fronts).into_iter().map(Read::Front));
        reads.extend(numbers_of(&self.neighbours)?.into_iter().map(Read::Neighbours));
        reads.extend(numbers_of(&self.related)?.into_iter().map(Read::Related));
        reads.extend(lists.moved.iter().map(|list| Read::List(list.clone().into())));
        reads.extend(lists.newest.iter().map(|language| Read::Newest(*language)));
        reads.extend(lists.beside.iter().map(|topic| Read::Beside(topic.clone().into())));
        let wholes =
            [(Read::Places, self.places), (Read::Outline, self.has_other_jobs()), (Read::References, self.references)];
        reads.extend(wholes.into_iter().filter(|(_, differs)| *differs).map(|(read, _)| read));
        Some(reads)
    }

    /// Whether the site has other pages, feeds and lists to make than before.
    #[must_use]
    pub fn has_other_jobs(&self) -> bool {
        self.structure && (self.outline || self.places || self.lists.as_ref().is_none_or(|lists| lists.lengths))
    }
}

/// What both share is not looked at.
fn is_other<T: PartialEq>(before: &Arc<T>, now: &Arc<T>) -> bool {
    !Arc::ptr_eq(before, now) && before != now
}

/// Whether the pages of both sites have the same numbers.
fn has_same_pages(before: &Site, now: &Site) -> bool {
    Arc::ptr_eq(&before.places, &now.places)
        || (before.pages.len() == now.pages.len()
            && before.pages.iter().zip(&now.pages).all(|(before, now)| before.document.path == now.document.path))
}

impl Lists {
    fn between(before: &Site, now: &Site, documents: &HashSet<SourcePath>) -> Self {
        let mut lists = Self::default();
        for (language, (old, new)) in before.editions.iter().zip(now.editions.iter()).enumerate() {
            lists.compare(language, old, new);
        }
        lists.compare_beside(before, now);
        for page in documents.iter().flat_map(|path| [before.page(path), now.page(path)]).flatten() {
            lists.touched.extend(lists_of(page));
        }
        lists
    }

    fn compare(&mut self, language: usize, before: &Edition, now: &Edition) {
        if before.newest != now.newest {
            self.newest.insert(language);
        }
        for (folder, section) in &now.sections {
            let known = before.sections.get(folder).map(|section| &section.pages);
            self.compare_list(known, &section.pages, || List::Section(language, folder.clone()));
        }
        for topic in &now.topics {
            let known = before.topic(&topic.key).map(|topic| &topic.pages);
            self.compare_list(known, &topic.pages, || List::Topic(language, topic.key.clone()));
        }
        for (slug, tag) in &now.tags {
            let known = before.tags.get(slug).map(|tag| &tag.pages);
            self.compare_list(known, &tag.pages, || List::Tag(language, slug.clone()));
        }
    }

    fn compare_list(&mut self, before: Option<&Vec<PageId>>, now: &Vec<PageId>, list: impl FnOnce() -> List) {
        if before != Some(now) {
            self.lengths |= before.is_none_or(|before| before.len() != now.len());
            self.moved.insert(list());
        }
    }

    /// Which topics name others than before beside their pages.
    fn compare_beside(&mut self, before: &Site, now: &Site) {
        for list in &self.moved {
            let List::Topic(language, slug) = list else { continue };
            for (kind, is_letter) in [(Kind::Article, false), (Kind::Letter, true)] {
                if !before.by_kind().begins_as(now.by_kind(), *language, slug, kind) {
                    self.beside.insert((*language, slug.clone(), is_letter));
                }
            }
        }
    }
}

/// The lists that a page is on.
fn lists_of(page: &Page) -> impl Iterator<Item = List> + '_ {
    let front = &page.document.front;
    let language = page.document.language;
    let sections = page.sections.iter().map(move |folder| List::Section(language, folder.clone()));
    let topics = front.topics.iter().map(move |(slug, _)| List::Topic(language, slug.clone()));
    let tags = front.tags.iter().map(move |name| List::Tag(language, word_key(name)));
    sections.chain(topics).chain(tags)
}

/// How documents differ.
#[derive(Default)]
struct Changed {
    documents: HashSet<SourcePath>,
    fronts: HashSet<SourcePath>,
    anchors: HashSet<SourcePath>,
    references: bool,
    /// Whether one is of a home page, a section or a topic, or search engines may list others.
    outline: bool,
}

fn changed(before: &Site, now: &Site) -> Changed {
    let mut changed = Changed::default();
    for change in before.documents.diff(&now.documents) {
        let (path, is_same_front, are_anchors_alike) = match change {
            DiffItem::Update { old: (_, (old, old_state)), new: (path, (new, new_state)) } => {
                changed.references |= old_state != new_state || !refer_alike(old, new);
                changed.outline |= old.front.no_index != new.front.no_index || now.page(path).is_none();
                (path, old.front == new.front, has_same_anchors(old, new))
            }
            DiffItem::Add(path, _) | DiffItem::Remove(path, _) => {
                changed.references = true;
                changed.outline = true;
                (path, false, false)
            }
        };
        changed.documents.insert(path.clone());
        if !is_same_front {
            changed.fronts.insert(path.clone());
        }
        if !are_anchors_alike {
            changed.anchors.insert(path.clone());
        }
    }
    changed
}

fn has_same_anchors(before: &Document, now: &Document) -> bool {
    fn ids(document: &Document) -> impl Iterator<Item = &str> {
        document.body.anchors.iter().map(|anchor| &*anchor.id)
    }
    before.letter.is_some() == now.letter.is_some() && ids(before).eq(ids(now))
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
