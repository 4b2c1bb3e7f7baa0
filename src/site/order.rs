//! The order of pages in listings, and the pages before and after each.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::edition::Edition;
use super::page::{Page, PageId};

/// The order of all pages: every listing is a part of it.
#[derive(Debug)]
pub(super) struct Order {
    pages: Vec<PageId>,
    /// The place of each page.
    places: Vec<u32>,
}

impl Order {
    pub(super) fn new(pages: &[Page]) -> Self {
        let mut order: Vec<PageId> = (0..pages.len()).collect();
        order.par_sort_by_cached_key(|&id| weighted(pages, id));
        Self::of(order)
    }

    fn of(pages: Vec<PageId>) -> Self {
        let mut places = vec![0; pages.len()];
        for (place, &id) in (0..).zip(&pages) {
            places[id] = place;
        }
        Self { pages, places }
    }

    /// The order of a site in which only those pages may have other places.
    pub(super) fn renewed(&self, pages: &[Page], changed: &[PageId]) -> Self {
        let mut order = self.pages.clone();
        put(&mut order, changed, |id| weighted(pages, id));
        Self::of(order)
    }

    /// Puts pages in the order of listings.
    pub(super) fn sort(&self, pages: &mut [PageId]) {
        pages.sort_unstable_by_key(|&id| self.places[id]);
    }

    /// Puts changed pages of a list, which is in order but for these, in their places.
    pub(super) fn put(&self, list: &mut Vec<PageId>, changed: &[PageId]) {
        put(list, changed, |id| self.places[id]);
    }
}

fn weighted(pages: &[Page], id: PageId) -> impl Ord {
    (pages[id].document.front.weight.unwrap_or(i64::MAX), newest_first(pages, id))
}

/// What pages are sorted by where the newest comes first.
pub(super) fn newest_first(pages: &[Page], id: PageId) -> impl Ord + use<> {
    let front = &pages[id].document.front;
    (Reverse(front.updated.max(front.date)), front.title.to_lowercase(), id)
}

/// Puts changed pages of a list, which is in order but for these, in their places.
pub(super) fn put<K: Ord>(list: &mut Vec<PageId>, changed: &[PageId], key: impl Fn(PageId) -> K) {
    let listed: Vec<PageId> = changed.iter().copied().filter(|id| list.contains(id)).collect();
    list.retain(|id| !listed.contains(id));
    for id in listed {
        let own = key(id);
        let place = list.partition_point(|&other| key(other) < own);
        list.insert(place, id);
    }
}

/// The pages before and after a page in its section.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Neighbours {
    pub(super) previous: Option<PageId>,
    pub(super) next: Option<PageId>,
}

/// The neighbours of each page, in the nearest section that it is in.
pub(super) fn neighbours(pages: &[Page], editions: &[Edition]) -> Vec<Neighbours> {
    let mut neighbours = vec![Neighbours::default(); pages.len()];
    for edition in editions {
        for section in edition.sections.values() {
            let is_own = |id: &&PageId| pages[**id].sections.first() == Some(&section.folder);
            let own: Vec<PageId> = section.pages.iter().filter(is_own).copied().collect();
            for pair in own.windows(2) {
                neighbours[pair[0]].next = Some(pair[1]);
                neighbours[pair[1]].previous = Some(pair[0]);
            }
        }
    }
    neighbours
}
