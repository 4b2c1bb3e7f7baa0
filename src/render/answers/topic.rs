//! Answers about topics and sections as navigation shows them.

use std::sync::Arc;

use super::body::whole;
use super::listing::is_letter;
use super::summary::{description, summaries};
use crate::render::question::{Node, Question};
use crate::render::world::World;
use crate::site::{PageId, Section, Topic};
use crate::text::word_key;

/// How many pages a topic's card names.
const TOP: usize = 3;

pub(super) fn topics(world: &World, language: usize) -> Node {
    let with_pages = world.site.editions[language].topics.iter().filter(|topic| !topic.pages.is_empty());
    Node::list(with_pages.map(|topic| Node::Ask(Question::Topic(language, topic.key.as_str().into()))))
}

/// The topics that the configuration names; all, if it names none.
pub(super) fn featured_topics(world: &World, language: usize) -> Node {
    let featured = &world.site.config.featured_topics;
    if featured.is_empty() {
        return topics(world, language);
    }
    let known = featured.iter().filter_map(|word| world.site.editions[language].topic(&word_key(word)));
    Node::list(known.map(|topic| Node::Ask(Question::Topic(language, topic.key.as_str().into()))))
}

fn found<'a>(world: &'a World, language: usize, slug: &str) -> Option<&'a Topic> {
    world.site.editions[language].topic(slug)
}

pub(super) fn topic(world: &World, language: usize, slug: &Arc<str>) -> Node {
    let Some(topic) = found(world, language, slug) else { return Node::None };
    Node::record([
        ("title", Node::text(&topic.title)),
        ("slug", Node::text(&topic.slug)),
        ("description", Node::text(&topic.description)),
        ("url", Node::text(world.url(&topic.address))),
        ("articles", Node::Ask(Question::TopicCount(language, slug.clone(), false))),
        ("letters", Node::Ask(Question::TopicCount(language, slug.clone(), true))),
        ("top", Node::Ask(Question::TopicTop(language, slug.clone()))),
        ("latest", Node::Ask(Question::TopicLatest(language, slug.clone()))),
        ("content", Node::Ask(Question::TopicContent(language, slug.clone()))),
    ])
}

pub(super) fn topic_count(world: &World, language: usize, slug: &str, letters: bool) -> Node {
    let pages = found(world, language, slug).map_or(&[][..], |topic| &topic.pages);
    Node::count(pages.iter().filter(|&&id| is_letter(world, id) == letters).count())
}

/// Two articles and a letter, where there are such; else what comes first. Pages of which it is the main topic come before others.
pub(super) fn topic_top(world: &World, language: usize, slug: &str) -> Node {
    let mut pages = found(world, language, slug).map(|topic| topic.pages.clone()).unwrap_or_default();
    let is_beside = |&id: &PageId| {
        let main = world.site.pages[id].document.front.topics.first();
        main.is_none_or(|(main, _)| main != slug)
    };
    pages.sort_by_key(is_beside);
    let first = |letters: bool| pages.iter().copied().filter(move |&id| is_letter(world, id) == letters);
    let mut top: Vec<PageId> = first(false).take(TOP - 1).chain(first(true).take(1)).collect();
    for &id in &pages {
        if top.len() < TOP && !top.contains(&id) {
            top.push(id);
        }
    }
    summaries(world, top)
}

pub(super) fn topic_latest(world: &World, language: usize, slug: &str) -> Node {
    let pages = found(world, language, slug).map_or(&[][..], |topic| &topic.pages);
    let fronts = pages.iter().map(|&id| &world.site.pages[id].document.front);
    Node::optional(fronts.filter_map(|front| front.updated.max(front.date)).max().map(|date| date.to_string()))
}

pub(super) fn topic_content(world: &World, language: usize, slug: &str) -> Node {
    let document = found(world, language, slug).and_then(|topic| topic.document.as_deref());
    document.map_or_else(|| Node::Html("".into()), |document| whole(world, document))
}

/// The sections at the top, by weight, then title.
pub(super) fn sections(world: &World, language: usize) -> Node {
    let sections = world.site.editions[language].sections.values();
    let mut top: Vec<&Section> =
        sections.filter(|section| !section.folder.contains('/') && !section.pages.is_empty()).collect();
    top.sort_by_key(|section| (section.weight(), section.is_letters(), section.title.to_lowercase()));
    Node::list(top.into_iter().map(|section| Node::Ask(Question::Section(language, section.folder.as_str().into()))))
}

/// A section in navigation, with the keys of a summary that it can have.
pub(super) fn section(world: &World, language: usize, folder: &str) -> Node {
    let Some(section) = world.site.editions[language].sections.get(folder) else { return Node::None };
    let summary = section.document.as_deref().map(description).unwrap_or_default();
    Node::record([
        ("kind", Node::text("section")),
        ("title", Node::text(world.section_title(language, section))),
        ("description", Node::text(summary)),
        ("url", Node::text(world.url(&section.address))),
        ("permalink", Node::text(world.permalink(&section.address))),
        ("id", Node::text(&section.folder)),
        ("letters", Node::Flag(section.is_letters())),
    ])
}
