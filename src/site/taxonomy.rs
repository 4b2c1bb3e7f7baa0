//! Topics and tags: the words by which pages are grouped.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::address::{collision, language_prefix};
use super::{Address, PageId, Site, in_order};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::document::{Document, Kind, slug_of, titled};

/// A topic with its pages.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Its word in addresses and front matter.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// One sentence, or nothing.
    pub description: String,
    /// Its page in `content/topics/`, if it has one.
    pub document: Option<Arc<Document>>,
    /// Where it lives.
    pub address: Address,
    /// Its pages, in order.
    pub pages: Vec<PageId>,
}

/// A tag with its pages.
#[derive(Debug, Clone)]
pub struct Tag {
    /// Its word in addresses.
    pub slug: String,
    /// As the first page writes it.
    pub name: String,
    /// Where it lives.
    pub address: Address,
    /// Its pages, in order.
    pub pages: Vec<PageId>,
}

/// The topics that have a page of their own or a page on them, by weight, then title.
pub(super) fn topics(site: &Site, language: usize, pages: &[PageId]) -> Vec<Topic> {
    let mut topics: BTreeMap<String, Topic> = BTreeMap::new();
    for document in site.topic_documents(language) {
        let slug = slug_of_topic(document);
        topics.insert(slug.clone(), described(site, document, slug));
    }
    for &id in pages {
        for (slug, _) in &site.pages[id].document.front.topics {
            let topic = topics.entry(slug.clone()).or_insert_with(|| undescribed(site, language, slug));
            topic.pages.push(id);
        }
    }
    let mut topics: Vec<Topic> = topics.into_values().collect();
    topics.iter_mut().for_each(|topic| in_order(site, &mut topic.pages));
    topics.sort_by_cached_key(|topic| (weight(topic), topic.title.to_lowercase(), topic.slug.clone()));
    topics
}

fn weight(topic: &Topic) -> i64 {
    topic.document.as_ref().and_then(|document| document.front.weight).unwrap_or(i64::MAX)
}

fn slug_of_topic(document: &Document) -> String {
    let name = document.key.rsplit('/').next().unwrap_or_default();
    document.front.slug.clone().unwrap_or_else(|| slug_of(name))
}

fn described(site: &Site, document: &Arc<Document>, slug: String) -> Topic {
    let address = site.address_of(&document.path).cloned();
    Topic {
        title: document.front.title.clone(),
        description: document.front.description.clone(),
        address: address.unwrap_or_else(|| topic_address(site, document.language, &slug)),
        document: Some(Arc::clone(document)),
        pages: Vec::new(),
        slug,
    }
}

fn undescribed(site: &Site, language: usize, slug: &str) -> Topic {
    Topic {
        slug: slug.to_owned(),
        title: titled(slug),
        description: String::new(),
        document: None,
        address: topic_address(site, language, slug),
        pages: Vec::new(),
    }
}

fn topic_address(site: &Site, language: usize, slug: &str) -> Address {
    Address::new(&format!("{}topics/{slug}/", language_prefix(&site.config, language)))
}

/// Tags by slug.
pub(super) fn tags(site: &Site, language: usize, pages: &[PageId]) -> BTreeMap<String, Tag> {
    let mut tags: BTreeMap<String, Tag> = BTreeMap::new();
    for &id in pages {
        for name in &site.pages[id].document.front.tags {
            let slug = slug_of(name);
            if slug.is_empty() {
                continue;
            }
            let tag = tags.entry(slug).or_insert_with_key(|slug| Tag {
                slug: slug.clone(),
                name: name.clone(),
                address: Address::new(&format!("{}tags/{slug}/", language_prefix(&site.config, language))),
                pages: Vec::new(),
            });
            if tag.pages.last() != Some(&id) {
                tag.pages.push(id);
            }
        }
    }
    tags.values_mut().for_each(|tag| in_order(site, &mut tag.pages));
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
        let known: Vec<String> = site.topic_documents(language).map(|document| slug_of_topic(document)).collect();
        if !known.is_empty() {
            let known_slugs: HashMap<&str, ()> = known.iter().map(|slug| (slug.as_str(), ())).collect();
            check_edition(site, language, &known_slugs, &known, diagnostics);
        }
    }
}

fn check_edition(
    site: &Site,
    language: usize,
    known_slugs: &HashMap<&str, ()>,
    known: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let pages = site.pages.iter().filter(|page| page.document.language == language);
    for document in pages.map(|page| &page.document).filter(|document| document.kind != Kind::Topic) {
        for (slug, span) in &document.front.topics {
            if !known_slugs.contains_key(slug.as_str()) {
                let diagnostic = Diagnostic::warning("unknown-topic", format!("there is no topic `{slug}`"));
                let hint = match did_you_mean(slug, known.iter().map(String::as_str)) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("add content/topics/{slug}.md, or use one of: {}", known.join(", ")),
                };
                diagnostics.push(diagnostic.at(document.source(), span.clone()).hint(hint));
            }
        }
    }
}
