//! Which pages to read next: those that an editor chose, else those that share the rarest topics, tags and title words.
//!
//! Each page is compared only with its nearest neighbours in the lists of its own words, so the cost grows with the site and no faster,
//! also where one topic holds half of all pages.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use super::{PageId, Site};
use crate::document::{Document, Kind};

/// How many pages are named.
const MOST: usize = 4;
/// How many neighbours of each word's list are compared.
const NEIGHBOURS: usize = 40;
/// Shorter words of a title say little.
const SHORTEST_WORD: usize = 4;

/// A language and a word, as a number (FNV-1a): 80,000 of them are compared after each edit of a title.
type Word = u64;

/// Pages by the words that they share.
#[derive(Debug, Clone, Default)]
pub(super) struct Likeness {
    /// The words of each page with their weights.
    words: Vec<Arc<[(Word, f32)]>>,
    /// The pages of each word, by their numbers.
    lists: HashMap<Word, Arc<Vec<PageId>>, RandomState>,
    /// What each page is: in one place, since those of many pages are asked for.
    kinds: Arc<[Kind]>,
}

/// Pages with a word of the pages `changed` that other pages have now. Both have the same pages, with the same numbers.
pub(super) fn differing(before: &Likeness, now: &Likeness, changed: impl Iterator<Item = PageId>) -> HashSet<PageId> {
    let words: HashSet<Word> =
        changed.flat_map(|id| before.words[id].iter().chain(&*now.words[id])).map(|(word, _)| *word).collect();
    let differing = words.into_iter().filter(|word| before.lists.get(word) != now.lists.get(word));
    let pages = differing.flat_map(|word| [before.lists.get(&word), now.lists.get(&word)]);
    pages.flatten().flat_map(|list| list.iter().copied()).collect()
}

/// The pages chosen by hand; where there are none, the most alike of the same kind and language.
pub(super) fn related(site: &Site, id: PageId) -> Vec<PageId> {
    let document = &site.pages[id].document;
    let chosen = document.front.related.iter().filter_map(|(target, _)| document.path.join(target));
    let chosen: Vec<PageId> = chosen.filter_map(|path| site.page_id(&path)).filter(|&other| other != id).collect();
    if !chosen.is_empty() {
        return chosen;
    }
    site.likeness().nearest(site, id)
}

impl Likeness {
    pub(super) fn new(site: &Site) -> Self {
        let words: Vec<Arc<[(Word, f32)]>> = site.pages.par_iter().map(|page| numbered(&page.document)).collect();
        let mut lists: HashMap<Word, Vec<PageId>, RandomState> = HashMap::default();
        for (id, own) in words.iter().enumerate() {
            own.iter().for_each(|(word, _)| lists.entry(*word).or_default().push(id));
        }
        let lists = lists.into_iter().map(|(word, list)| (word, Arc::new(list))).collect();
        Self { words, lists, kinds: site.pages.iter().map(|page| page.document.kind).collect() }
    }

    /// The same of a site in which only those pages have other words.
    pub(super) fn renewed(&self, site: &Site, changed: &[PageId]) -> Self {
        let Self { mut words, mut lists, kinds } = self.clone();
        for &id in changed {
            let before = std::mem::replace(&mut words[id], numbered(&site.pages[id].document));
            for (word, _) in before.iter() {
                let list = lists.get_mut(word).map(Arc::make_mut);
                if list.is_some_and(|list| {
                    list.retain(|other| *other != id);
                    list.is_empty()
                }) {
                    lists.remove(word);
                }
            }
            for (word, _) in words[id].iter() {
                let list = Arc::make_mut(lists.entry(*word).or_default());
                list.insert(list.partition_point(|other| *other < id), id);
            }
        }
        Self { words, lists, kinds }
    }

    fn nearest(&self, site: &Site, id: PageId) -> Vec<PageId> {
        let mut scores = Scores::with_room_for(self.words[id].len() * NEIGHBOURS);
        for &(word, weight) in self.words[id].iter() {
            let list = &self.lists[&word];
            let worth = weight * (site.pages.len() as f32 / list.len() as f32).ln_1p();
            let near = neighbours(list, list.partition_point(|other| *other < id));
            near.iter().for_each(|&other| scores.add(other, worth));
        }
        let mut nearest: Vec<(PageId, f32)> = Vec::with_capacity(MOST + 1);
        for (other, score) in scores.found() {
            if nearest.len() == MOST && score < nearest[MOST - 1].1 {
                continue;
            }
            // Of pages that are as much alike, the first comes first.
            let is_nearer =
                |&(known, before): &(PageId, f32)| before.total_cmp(&score).reverse().then(known.cmp(&other)).is_lt();
            let place = nearest.partition_point(is_nearer);
            if place < MOST && other != id && self.kinds[other] == self.kinds[id] {
                nearest.insert(place, (other, score));
                nearest.truncate(MOST);
            }
        }
        nearest.into_iter().map(|(other, _)| other).collect()
    }
}

/// How much some pages are like one: a hash table that is never more than half full. Small, since one is made for each page.
struct Scores(Vec<(u32, f32)>);

/// In place of a page.
const NONE: u32 = u32::MAX;

impl Scores {
    fn with_room_for(pages: usize) -> Self {
        Self(vec![(NONE, 0.0); (pages * 2).next_power_of_two()])
    }

    fn add(&mut self, page: PageId, worth: f32) {
        let page = page as u32;
        let mask = self.0.len() - 1;
        let mut at = page.wrapping_mul(0x9e37_79b1) as usize & mask;
        while self.0[at].0 != page && self.0[at].0 != NONE {
            at = (at + 1) & mask;
        }
        self.0[at] = (page, self.0[at].1 + worth);
    }

    /// In no order.
    fn found(&self) -> impl Iterator<Item = (PageId, f32)> {
        self.0.iter().filter(|(page, _)| *page != NONE).map(|(page, score)| (*page as PageId, *score))
    }
}

fn neighbours(list: &[PageId], place: usize) -> &[PageId] {
    let start = place.saturating_sub(NEIGHBOURS / 2);
    &list[start..list.len().min(start + NEIGHBOURS)]
}

fn numbered(document: &Document) -> Arc<[(Word, f32)]> {
    let number = |word: &str| {
        let bytes = document.language.to_le_bytes().into_iter().chain(word.bytes());
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash: Word, byte| (hash ^ Word::from(byte)).wrapping_mul(0x0100_0000_01b3))
    };
    words_of(document).into_iter().map(|(word, weight)| (number(&word), weight)).collect()
}

/// Whether a page that is one in two sites is as much like others in both.
pub(super) fn is_alike(before: &Document, now: &Document) -> bool {
    words_of(before) == words_of(now)
}

/// The words by which a page is alike others, each with its weight.
fn words_of(document: &Document) -> BTreeMap<String, f32> {
    let mut words = BTreeMap::new();
    for (place, (topic, _)) in document.front.topics.iter().enumerate() {
        words.insert(format!("topic {topic}"), if place == 0 { 3.0 } else { 2.0 });
    }
    for tag in &document.front.tags {
        words.insert(format!("tag {}", tag.to_lowercase()), 2.0);
    }
    if document.kind != Kind::Letter || words.is_empty() {
        for word in document.front.title.split(|character: char| !character.is_alphanumeric()) {
            if word.chars().count() >= SHORTEST_WORD {
                words.insert(word.to_lowercase(), 1.0);
            }
        }
    }
    words
}
