//! Topics and tags: the words by which pages are grouped.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::address::{Address, collision, language_prefix};
use super::edition::{Tag, Topic};
use super::page::PageId;
use super::slugs::Slugs;
use super::structure::Site;
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::{Document, Kind};
use crate::text::{composed, did_you_mean, single_spaced, slug_of, titled, word_key};

/// A word of a language's pages.
#[derive(Default)]
struct Word {
    /// How many pages write it so.
    spellings: BTreeMap<String, usize>,
    pages: Vec<PageId>,
}

impl Word {
    fn add(&mut self, page: PageId, written: &str) {
        *self.spellings.entry(written.to_owned()).or_default() += 1;
        if self.pages.last() != Some(&page) {
            self.pages.push(page);
        }
    }

    /// The most frequent spelling; of several, the first in the order of their characters, in which capitals come first.
    fn name(&self) -> String {
        let best = self.spellings.iter().max_by(|one, other| one.1.cmp(other.1).then(other.0.cmp(one.0)));
        best.map(|(spelling, _)| spelling.clone()).unwrap_or_default()
    }
}

/// The topics that have a page of their own or a page on them, by weight, then title.
pub(super) fn topics(site: &Site, language: usize, pages: &[PageId]) -> Vec<Topic> {
    let mut words: BTreeMap<String, Word> = BTreeMap::new();
    for &id in pages {
        let front = &site.pages[id].document.front;
        for ((key, _), written) in front.topics.iter().zip(&front.topic_names) {
            words.entry(key.clone()).or_default().add(id, written);
        }
    }
    let mut slugs = Slugs::default();
    let mut topics: Vec<Topic> = Vec::new();
    let mut known = BTreeSet::new();
    for document in site.topic_documents(language) {
        let key = key_of_topic(document);
        if known.insert(key.clone()) {
            let pages = words.remove(&key).unwrap_or_default().pages;
            slugs.take(&slug_of_topic(document));
            topics.push(described(site, document, key, pages));
        }
    }
    for (key, slug) in slugs.of(words.keys()) {
        let word = words.remove(&key).unwrap_or_default();
        topics.push(undescribed(site, language, (key, slug), word));
    }
    topics.iter_mut().for_each(|topic| site.order().sort(&mut topic.pages));
    topics.sort_by_cached_key(|topic| (weight(topic), topic.title.to_lowercase(), topic.slug.clone()));
    topics
}

fn weight(topic: &Topic) -> i64 {
    topic.document.as_ref().and_then(|document| document.front.weight).unwrap_or(i64::MAX)
}

/// The word of a topic's file: its `slug`, or its name.
fn word_of_topic(document: &Document) -> &str {
    let name = || document.key.rsplit('/').next().unwrap_or_default();
    document.front.slug.as_deref().unwrap_or_else(name)
}

fn key_of_topic(document: &Document) -> String {
    word_key(word_of_topic(document))
}

fn slug_of_topic(document: &Document) -> String {
    slug_of(word_of_topic(document))
}

fn described(site: &Site, document: &Arc<Document>, key: String, pages: Vec<PageId>) -> Topic {
    let address = site.address_of(&document.path).cloned();
    let slug = slug_of_topic(document);
    Topic {
        title: document.front.title.clone(),
        description: document.front.description.clone(),
        address: address.unwrap_or_else(|| topic_address(site, document.language, &slug)),
        document: Some(Arc::clone(document)),
        pages,
        key,
        slug,
    }
}

fn undescribed(site: &Site, language: usize, (key, slug): (String, String), word: Word) -> Topic {
    Topic {
        title: shown(word.name()),
        description: String::new(),
        document: None,
        address: topic_address(site, language, &slug),
        pages: word.pages,
        key,
        slug,
    }
}

/// A topic's title as it is written; one written as addresses are, such as `leaving-a-job`, as words.
fn shown(written: String) -> String {
    if written.contains('-') && slug_of(&written) == written { titled(&written) } else { written }
}

fn topic_address(site: &Site, language: usize, slug: &str) -> Address {
    Address::new(&format!("{}topics/{slug}/", language_prefix(&site.config, language)))
}

/// Tags by key.
pub(super) fn tags(site: &Site, language: usize, pages: &[PageId]) -> BTreeMap<String, Tag> {
    let mut words: BTreeMap<String, Word> = BTreeMap::new();
    for &id in pages {
        for name in &site.pages[id].document.front.tags {
            let key = word_key(name);
            if !key.is_empty() {
                words.entry(key).or_default().add(id, &single_spaced(&composed(name)));
            }
        }
    }
    let prefix = language_prefix(&site.config, language);
    let mut tags = BTreeMap::new();
    for (key, slug) in Slugs::default().of(words.keys()) {
        let mut word = words.remove(&key).unwrap_or_default();
        site.order().sort(&mut word.pages);
        let address = Address::new(&format!("{prefix}tags/{slug}/"));
        tags.insert(key.clone(), Tag { name: word.name(), pages: word.pages, key, slug, address });
    }
    tags
}

/// Two documents of one topic, of which only one would be its page.
fn check_twins(site: &Site, language: usize, diagnostics: &mut Vec<Diagnostic>) {
    let mut owners: HashMap<String, &Arc<Document>> = HashMap::new();
    for document in site.topic_documents(language) {
        let slug = slug_of_topic(document);
        if let Some(owner) = owners.get(&slug) {
            let address = topic_address(site, language, &slug);
            diagnostics.push(collision(document, owner, &address));
            diagnostics.push(collision(owner, document, &address));
        } else {
            owners.insert(slug, document);
        }
    }
}

/// Where topics have pages of their own, a topic without one is probably misspelt.
pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    (0..site.config.languages.len()).for_each(|language| check_twins(site, language, diagnostics));
    for (language, _) in site.config.languages.iter().enumerate() {
        let known: HashMap<String, &str> =
            site.topic_documents(language).map(|document| (key_of_topic(document), word_of_topic(document))).collect();
        if !known.is_empty() {
            check_edition(site, language, &known, diagnostics);
        }
    }
}

/// `known` are the words of the topics that have pages, by key.
fn check_edition(site: &Site, language: usize, known: &HashMap<String, &str>, diagnostics: &mut Vec<Diagnostic>) {
    let pages = site.pages.iter().filter(|page| page.document.language == language);
    for document in pages.map(|page| &page.document).filter(|document| document.kind != Kind::Topic) {
        let front = &document.front;
        for ((key, span), written) in front.topics.iter().zip(&front.topic_names) {
            if !known.contains_key(key) {
                let diagnostic = Diagnostic::warning(Rule::UnknownTopic, format!("there is no topic `{written}`"));
                diagnostics.push(diagnostic.at(document.source(), span.clone()).hint(known_topics(key, known)));
            }
        }
    }
}

/// The topic that was probably meant, or what to do for one that is new.
fn known_topics(key: &str, known: &HashMap<String, &str>) -> String {
    let mut keys: Vec<&str> = known.keys().map(String::as_str).collect();
    keys.sort_unstable();
    let word = |key: &str| known.get(key).copied().unwrap_or_default().to_owned();
    let alike = keys.iter().copied().find(|other| slug_of(other) == slug_of(key));
    if let Some(meant) = alike.or_else(|| did_you_mean(key, keys.iter().copied())) {
        return format!("did you mean `{}`?", word(meant));
    }
    let words = keys.into_iter().map(word).collect::<Vec<_>>().join(", ");
    match key.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '.']) {
        true => format!("use one of: {words}"),
        false => format!("add content/topics/{key}.md, or use one of: {words}"),
    }
}
