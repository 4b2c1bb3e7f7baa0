//! Which pages to read next: those that an editor chose, else those that share the rarest topics, tags and title words.
//!
//! Each page is compared only with its nearest neighbours in the lists of its own words, so the cost grows with the site and no faster,
//! also where one topic holds half of all pages.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use super::page::{Page, PageId};
use crate::document::{Document, Kind};
use crate::text::word_key;

/// How many pages are named.
const MOST: usize = 4;
/// How many neighbours of each word's list are compared.
const NEIGHBOURS: usize = 40;
/// Shorter words of a title are ignored.
const SHORTEST_WORD: usize = 4;

/// A language and a word, as a number (FNV-1a): 80,000 of them are compared after each edit of a title.
type Word = u64;

/// Pages by the words that they share.
#[derive(Debug, Clone, Default)]
pub(super) struct Likeness {
    /// The words of each page.
    words: Vec<Arc<[Own]>>,
    /// The pages of each word, by their numbers.
    lists: HashMap<Word, Arc<Vec<u32>>, RandomState>,
    /// What each page is: in one place, since those of many pages are asked for.
    kinds: Arc<[Kind]>,
}

/// A word of a page.
#[derive(Debug, Clone, Copy)]
struct Own {
    word: Word,
    weight: f32,
    /// The page's place in the word's list, unless other pages joined or left the list since.
    place: u32,
}

impl Own {
    /// The page's place in the word's list.
    fn place(&self, list: &[u32], page: u32) -> usize {
        let place = self.place as usize;
        if list.get(place) == Some(&page) { place } else { list.partition_point(|other| *other < page) }
    }
}

/// Pages with a word of the pages `changed` that other pages have now. Both have the same pages, with the same numbers.
pub(super) fn differing(before: &Likeness, now: &Likeness, changed: impl Iterator<Item = PageId>) -> HashSet<PageId> {
    let words: HashSet<Word> =
        changed.flat_map(|id| before.words[id].iter().chain(&*now.words[id])).map(|own| own.word).collect();
    let differing = words.into_iter().filter(|word| before.lists.get(word) != now.lists.get(word));
    let pages = differing.flat_map(|word| [before.lists.get(&word), now.lists.get(&word)]);
    pages.flatten().flat_map(|list| list.iter().map(|page| *page as PageId)).collect()
}

impl Likeness {
    pub(super) fn new(pages: &[Page]) -> Self {
        let mut words: Vec<Arc<[Own]>> = pages.par_iter().map(|page| numbered(&page.document)).collect();
        let mut lists: HashMap<Word, Vec<u32>, RandomState> = HashMap::default();
        for (page, words) in (0..).zip(&mut words) {
            for own in Arc::get_mut(words).into_iter().flatten() {
                let list = lists.entry(own.word).or_default();
                own.place = list.len() as u32;
                list.push(page);
            }
        }
        let lists = lists.into_iter().map(|(word, list)| (word, Arc::new(list))).collect();
        Self { words, lists, kinds: pages.iter().map(|page| page.document.kind).collect() }
    }

    /// The same of a site in which only those pages have other words.
    pub(super) fn renewed(&self, pages: &[Page], changed: &[PageId]) -> Self {
        let Self { mut words, mut lists, kinds } = self.clone();
        for &id in changed {
            let page = id as u32;
            let before = std::mem::replace(&mut words[id], numbered(&pages[id].document));
            for own in &*before {
                let list = lists.get_mut(&own.word).map(Arc::make_mut);
                if list.is_some_and(|list| {
                    list.retain(|other| *other != page);
                    list.is_empty()
                }) {
                    lists.remove(&own.word);
                }
            }
            for own in &*words[id] {
                let list = Arc::make_mut(lists.entry(own.word).or_default());
                list.insert(list.partition_point(|other| *other < page), page);
            }
        }
        Self { words, lists, kinds }
    }

    /// The pages most like a page, of its kind and language, the most alike first.
    pub(super) fn nearest(&self, id: PageId) -> Vec<PageId> {
        let mut scores = Scores::with_room_for(self.words[id].len() * NEIGHBOURS);
        for own in &*self.words[id] {
            let list = &self.lists[&own.word];
            let worth = own.weight * (self.words.len() as f32 / list.len() as f32).ln_1p();
            let near = neighbours(list, own.place(list, id as u32));
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

    fn add(&mut self, page: u32, worth: f32) {
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

fn neighbours(list: &[u32], place: usize) -> &[u32] {
    let start = place.saturating_sub(NEIGHBOURS / 2);
    &list[start..list.len().min(start + NEIGHBOURS)]
}

fn numbered(document: &Document) -> Arc<[Own]> {
    let number = |word: &str| {
        let bytes = document.language.to_le_bytes().into_iter().chain(word.bytes());
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash: Word, byte| (hash ^ Word::from(byte)).wrapping_mul(0x0100_0000_01b3))
    };
    words_of(document).into_iter().map(|(word, weight)| Own { word: number(&word), weight, place: 0 }).collect()
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
        words.insert(format!("tag {}", word_key(tag)), 2.0);
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
