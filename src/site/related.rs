//! Which pages to read next: those that an editor chose, else those that share the rarest topics, tags and title words.
//!
//! Each page is compared only with its nearest neighbours in the lists of its own words, so the cost grows with the site and no faster,
//! also where one topic holds half of all pages.

use std::collections::{BTreeMap, HashMap};

use super::{PageId, Site};
use crate::document::Kind;

/// How many pages are named.
const MOST: usize = 4;
/// How many neighbours of each word's list are compared.
const NEIGHBOURS: usize = 40;
/// Shorter words of a title say little.
const SHORTEST_WORD: usize = 4;

/// Pages by the words that they share.
#[derive(Debug)]
pub(super) struct Likeness {
    words: Vec<Vec<(usize, f32)>>,
    lists: Vec<Vec<PageId>>,
    places: HashMap<(usize, PageId), usize>,
}

/// The pages chosen by hand; where there are none, the most alike of the same kind and language.
pub(super) fn related(site: &Site, id: PageId) -> Vec<PageId> {
    let document = &site.pages[id].document;
    let chosen = document.front.related.iter().filter_map(|(target, _)| document.path.join(target));
    let chosen: Vec<PageId> = chosen.filter_map(|path| site.page_id(&path)).filter(|&other| other != id).collect();
    if !chosen.is_empty() {
        return chosen;
    }
    site.likeness.get_or_init(|| Likeness::new(site)).nearest(site, id)
}

impl Likeness {
    fn new(site: &Site) -> Self {
        let mut numbers: HashMap<(usize, String), usize> = HashMap::new();
        let mut lists: Vec<Vec<PageId>> = Vec::new();
        let mut words: Vec<Vec<(usize, f32)>> = Vec::new();
        let mut places = HashMap::new();
        for (id, page) in site.pages.iter().enumerate() {
            let mut own = Vec::new();
            for (word, weight) in words_of(&page.document) {
                let number = *numbers.entry((page.document.language, word)).or_insert_with(|| {
                    lists.push(Vec::new());
                    lists.len() - 1
                });
                places.insert((number, id), lists[number].len());
                lists[number].push(id);
                own.push((number, weight));
            }
            words.push(own);
        }
        Self { words, lists, places }
    }

    fn nearest(&self, site: &Site, id: PageId) -> Vec<PageId> {
        let mut scores: BTreeMap<PageId, f32> = BTreeMap::new();
        for &(word, weight) in &self.words[id] {
            let list = &self.lists[word];
            let rarity = (site.pages.len() as f32 / list.len() as f32).ln_1p();
            for &other in self.neighbours(word, id) {
                *scores.entry(other).or_default() += weight * rarity;
            }
        }
        scores.remove(&id);
        let kind = site.pages[id].document.kind;
        let mut ranked: Vec<(PageId, f32)> =
            scores.into_iter().filter(|(other, _)| site.pages[*other].document.kind == kind).collect();
        ranked.sort_by(|(a, a_score), (b, b_score)| b_score.total_cmp(a_score).then(a.cmp(b)));
        ranked.into_iter().take(MOST).map(|(other, _)| other).collect()
    }

    fn neighbours(&self, word: usize, id: PageId) -> &[PageId] {
        let list = &self.lists[word];
        let place = self.places.get(&(word, id)).copied().unwrap_or_default();
        let start = place.saturating_sub(NEIGHBOURS / 2);
        &list[start..list.len().min(start + NEIGHBOURS)]
    }
}

/// The words by which a page is alike others, each with its weight.
fn words_of(document: &crate::document::Document) -> BTreeMap<String, f32> {
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
