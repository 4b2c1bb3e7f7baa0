//! Answers about topics and sections as navigation shows them.

use std::sync::Arc;

use super::body::whole;
use super::listing::is_letter;
use super::summary::summaries;
use crate::render::question::{Node, Question};
use crate::render::world::{ListReader, Reader};
use crate::site::PageId;
use crate::text::word_key;

/// How many pages a topic's card names.
const TOP: usize = 3;

pub(super) fn topics(reader: Reader<'_>, language: usize) -> Node {
    let with_pages = reader.topics(language).filter(|topic| !topic.is_empty());
    Node::list(with_pages.map(|topic| Node::Ask(Question::Topic(language, topic.key().into()))))
}

/// The topics that the configuration names; all, if it names none.
pub(super) fn featured_topics(reader: Reader<'_>, language: usize) -> Node {
    let featured = &reader.config().featured_topics;
    if featured.is_empty() {
        return topics(reader, language);
    }
    let known = featured.iter().filter_map(|word| reader.topic(language, &word_key(word)));
    Node::list(known.map(|topic| Node::Ask(Question::Topic(language, topic.key().into()))))
}

pub(super) fn topic(reader: Reader<'_>, language: usize, slug: &Arc<str>) -> Node {
    let Some(topic) = reader.topic(language, slug) else { return Node::None };
    Node::record([
        ("title", Node::text(topic.title())),
        ("slug", Node::text(topic.slug())),
        ("description", Node::text(topic.description())),
        ("url", Node::text(reader.url(topic.address()))),
        ("articles", Node::Ask(Question::TopicCount(language, slug.clone(), false))),
        ("letters", Node::Ask(Question::TopicCount(language, slug.clone(), true))),
        ("top", Node::Ask(Question::TopicTop(language, slug.clone()))),
        ("latest", Node::Ask(Question::TopicLatest(language, slug.clone()))),
        ("content", Node::Ask(Question::TopicContent(language, slug.clone()))),
    ])
}

pub(super) fn topic_count(reader: Reader<'_>, language: usize, slug: &str, letters: bool) -> Node {
    let pages = reader.topic(language, slug).map_or(&[][..], |topic| topic.pages());
    Node::count(pages.iter().filter(|&&id| is_letter(reader, id) == letters).count())
}

/// Two articles and a letter, where there are such; else what comes first. Pages of which it is the main topic come before others.
pub(super) fn topic_top(reader: Reader<'_>, language: usize, slug: &str) -> Node {
    let mut pages = reader.topic(language, slug).map(|topic| topic.pages().to_vec()).unwrap_or_default();
    let is_beside = |&id: &PageId| {
        let main = reader.page_of(id).front().topics.first();
        main.is_none_or(|(main, _)| main != slug)
    };
    pages.sort_by_key(is_beside);
    let first = |letters: bool| pages.iter().copied().filter(move |&id| is_letter(reader, id) == letters);
    let mut top: Vec<PageId> = first(false).take(TOP - 1).chain(first(true).take(1)).collect();
    for &id in &pages {
        if top.len() < TOP && !top.contains(&id) {
            top.push(id);
        }
    }
    summaries(reader, top)
}

pub(super) fn topic_latest(reader: Reader<'_>, language: usize, slug: &str) -> Node {
    let pages = reader.topic(language, slug).map_or(&[][..], |topic| topic.pages());
    let fronts = pages.iter().map(|&id| reader.page_of(id).front());
    Node::optional(fronts.filter_map(|front| front.updated.max(front.date)).max().map(|date| date.to_string()))
}

pub(super) fn topic_content(reader: Reader<'_>, language: usize, slug: &str) -> Node {
    let document = reader.topic(language, slug).and_then(|topic| topic.document());
    document.map_or_else(|| Node::Html("".into()), |document| whole(reader, document))
}

/// The sections at the top, by weight, then title.
pub(super) fn sections(reader: Reader<'_>, language: usize) -> Node {
    let sections = reader.sections(language);
    let mut top: Vec<ListReader<'_>> =
        sections.filter(|section| !section.key().contains('/') && !section.is_empty()).collect();
    top.sort_by_key(|section| (section.weight(), section.is_letters(), section.written_title().to_lowercase()));
    Node::list(top.into_iter().map(|section| Node::Ask(Question::Section(language, section.key().into()))))
}

/// A section in navigation, with the keys of a summary that it can have.
pub(super) fn section(reader: Reader<'_>, language: usize, folder: &str) -> Node {
    let Some(section) = reader.section(language, folder) else { return Node::None };
    Node::record([
        ("kind", Node::text("section")),
        ("title", Node::text(section.title())),
        ("description", Node::text(section.description())),
        ("url", Node::text(reader.url(section.address()))),
        ("permalink", Node::text(reader.permalink(section.address()))),
        ("id", Node::text(section.key())),
        ("letters", Node::Flag(section.is_letters())),
    ])
}
