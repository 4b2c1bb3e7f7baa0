//! Answers about listings: of sections, topics and tags.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::body::whole;
use super::feed;
use super::summary::{description, summaries, summary_of};
use crate::document::{Document, Kind};
use crate::render::question::{Feed, Node, Question, Subject};
use crate::render::world::World;
use crate::site::{Address, PageId, Section, Tag, Topic};

/// How many pages the newest are.
const NEWEST_ARTICLES: usize = 8;

const NEWEST_LETTERS: usize = 6;

/// What a listing lists.
pub(super) struct Listed<'a> {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) document: Option<&'a Document>,
    pub(super) first: Address,
    pub(super) pages: &'a [PageId],
    /// A listing of letters shows all of them, by topic.
    pub(super) whole: bool,
    pub(super) feed: Option<Feed>,
}

pub(super) fn listed<'a>(world: &'a World, subject: &Subject) -> Option<Listed<'a>> {
    match subject {
        Subject::Section(language, folder, _) => {
            let section = world.site.editions[*language].sections.get(&**folder)?;
            Some(of_section(world, section, *language))
        }
        Subject::Topic(language, slug, _) => Some(of_topic(world.site.editions[*language].topic(slug)?, *language)),
        Subject::Tag(language, slug, _) => Some(of_tag(world.site.editions[*language].tags.get(&**slug)?)),
        _ => None,
    }
}

fn of_section<'a>(world: &World, section: &'a Section, language: usize) -> Listed<'a> {
    let document = section.document.as_deref();
    let is_top = !section.folder.contains('/');
    Listed {
        title: world.section_title(language, section),
        description: document.map(|document| description(document).to_owned()).unwrap_or_default(),
        document,
        first: section.address.clone(),
        pages: &section.pages,
        whole: section.is_letters(),
        feed: is_top.then(|| Feed::Section(language, section.folder.as_str().into())),
    }
}

fn of_topic(topic: &Topic, language: usize) -> Listed<'_> {
    Listed {
        title: topic.title.clone(),
        description: topic.description.clone(),
        document: topic.document.as_deref(),
        first: topic.address.clone(),
        pages: &topic.pages,
        whole: false,
        feed: Some(Feed::Topic(language, topic.key.as_str().into())),
    }
}

fn of_tag(tag: &Tag) -> Listed<'_> {
    Listed {
        title: tag.name.clone(),
        description: String::new(),
        document: None,
        first: tag.address.clone(),
        pages: &tag.pages,
        whole: false,
        feed: None,
    }
}

pub(super) fn number_of(subject: &Subject) -> usize {
    match subject {
        Subject::Section(_, _, number) | Subject::Topic(_, _, number) | Subject::Tag(_, _, number) => *number,
        _ => 1,
    }
}

/// The address of a page of a listing.
pub(in crate::render) fn page_address(first: &Address, number: usize) -> Address {
    if number <= 1 { first.clone() } else { first.join(&format!("page/{number}/")) }
}

/// How many pages a listing takes.
pub(in crate::render) fn page_count(pages: usize, per_page: usize) -> usize {
    pages.div_ceil(per_page).max(1)
}

pub(super) fn listing(world: &World, subject: &Subject) -> Node {
    let Some(listed) = listed(world, subject) else { return Node::None };
    let per_page = if listed.whole { listed.pages.len().max(1) } else { world.site.config.per_page };
    let count = page_count(listed.pages.len(), per_page);
    let number = number_of(subject);
    let start = ((number - 1) * per_page).min(listed.pages.len());
    let items = &listed.pages[start..listed.pages.len().min(start + per_page)];
    let url = |number: usize| Node::text(world.url(&page_address(&listed.first, number)));
    let (topic, tag) = match subject {
        Subject::Topic(language, slug, _) => (Node::Ask(Question::Topic(*language, slug.clone())), Node::None),
        Subject::Tag(..) => (Node::None, Node::text(&listed.title)),
        _ => (Node::None, Node::None),
    };
    Node::record([
        ("title", Node::text(&listed.title)),
        ("description", Node::text(&listed.description)),
        ("content", Node::Ask(Question::Introduction(subject.clone()))),
        ("items", summaries(world, items.iter().copied())),
        ("total", Node::count(listed.pages.len())),
        ("page_number", Node::count(number)),
        ("page_count", Node::count(count)),
        ("first_url", url(1)),
        ("previous_url", if number > 1 { url(number - 1) } else { Node::None }),
        ("next_url", if number < count { url(number + 1) } else { Node::None }),
        ("pages", page_links(world, &listed.first, number, count)),
        ("groups", Node::Ask(Question::Groups(subject.clone()))),
        ("situations", Node::Ask(Question::Situations(world.language_of(subject)))),
        ("topic", topic),
        ("tag", tag),
        ("feeds", listed.feed.as_ref().map_or(Node::None, |feed| feed_links(world, feed))),
    ])
}

/// Links to the first, the last and the nearest pages: a listing of a thousand pages does not name each.
fn page_links(world: &World, first: &Address, number: usize, count: usize) -> Node {
    let near = |other: &usize| *other == 1 || *other == count || other.abs_diff(number) <= 2;
    let link = |other: usize| {
        Node::record([
            ("number", Node::count(other)),
            ("url", Node::text(world.url(&page_address(first, other)))),
            ("current", Node::Flag(other == number)),
        ])
    };
    Node::list((1..=count).filter(near).map(link))
}

fn feed_links(world: &World, feed: &Feed) -> Node {
    let address = |name: &str| Node::text(world.url(&feed::address(world, feed, name)));
    Node::record([("atom", address("feed.xml")), ("json", address("feed.json"))])
}

/// The pages of a listing by their main topic, in the order of topics.
pub(super) fn groups(world: &World, subject: &Subject) -> Node {
    let Some(listed) = listed(world, subject) else { return Node::None };
    let language = world.language_of(subject);
    let edition = &world.site.editions[language];
    let mut groups: BTreeMap<usize, Vec<PageId>> = BTreeMap::new();
    for &id in listed.pages {
        let main = world.site.pages[id].document.front.topics.first();
        let place = main.and_then(|(slug, _)| edition.topic_place(slug)).unwrap_or(usize::MAX);
        groups.entry(place).or_default().push(id);
    }
    Node::list(groups.into_iter().map(|(place, ids)| {
        let topic = edition.topics.get(place);
        let topic = topic.map_or(Node::None, |topic| Node::Ask(Question::Topic(language, topic.key.as_str().into())));
        Node::record([("topic", topic), ("items", summaries(world, ids))])
    }))
}

/// Letters by the situations that their editors name; the situation with the most letters first.
pub(super) fn situations(world: &World, language: usize) -> Node {
    let mut situations: BTreeMap<&str, Vec<PageId>> = BTreeMap::new();
    let sections = world.site.editions[language].sections.values().filter(|section| section.is_letters());
    for &id in sections.flat_map(|section| &section.pages) {
        for situation in &world.site.pages[id].document.front.situations {
            situations.entry(situation).or_default().push(id);
        }
    }
    let mut situations: Vec<(&str, Vec<PageId>)> = situations.into_iter().collect();
    situations.sort_by_key(|(situation, ids)| (Reverse(ids.len()), *situation));
    Node::list(
        situations
            .into_iter()
            .map(|(situation, ids)| Node::record([("title", Node::text(situation)), ("items", summaries(world, ids))])),
    )
}

pub(super) fn introduction(world: &World, subject: &Subject) -> Node {
    let document = match subject {
        Subject::Home(language) => world.site.editions[*language].home.as_deref(),
        Subject::Topics(language) => world.site.topics_page(*language).map(|document| &**document),
        _ => listed(world, subject).and_then(|listed| listed.document),
    };
    document.map_or_else(|| Node::Html("".into()), |document| whole(world, document))
}

/// The newest articles, or the letters by weight and then the newest: a letter is wanted for what it does, not for being new.
pub(super) fn newest(world: &World, language: usize, letters: bool) -> Node {
    let newest = world.site.editions[language].newest.iter().copied();
    let most = if letters { NEWEST_LETTERS } else { NEWEST_ARTICLES };
    let wanted =
        newest.filter(|&id| is_letter(world, id) == letters && world.site.pages[id].document.kind != Kind::Page);
    if !letters {
        return summaries(world, wanted.take(most));
    }
    let mut letters: Vec<PageId> = wanted.collect();
    letters.sort_by_key(|&id| world.site.pages[id].document.front.weight.unwrap_or(i64::MAX));
    summaries(world, letters.into_iter().take(most))
}

/// Articles and letters by the first letter of their titles.
pub(super) fn a_to_z(world: &World, language: usize) -> Node {
    let mut groups: BTreeMap<String, Vec<(String, PageId)>> = BTreeMap::new();
    for &id in &world.site.editions[language].newest {
        let title = &world.site.pages[id].document.front.title;
        groups.entry(initial(title)).or_default().push((title.to_lowercase(), id));
    }
    Node::list(groups.into_iter().map(|(initial, mut titles)| {
        titles.sort();
        let items = titles.into_iter().map(|(_, id)| summary_of(world, id));
        Node::record([("initial", Node::text(initial)), ("items", Node::list(items))])
    }))
}

/// The first letter, without its accent if it is Latin; `0–9` for a number, `#` for anything else.
fn initial(title: &str) -> String {
    let Some(first) = title.chars().find(|character| character.is_alphanumeric()) else { return "#".to_owned() };
    if first.is_numeric() {
        return "0–9".to_owned();
    }
    let is_latin = matches!(first, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}');
    let plain = is_latin.then(|| deunicode::deunicode_char(first)).flatten().and_then(|plain| plain.chars().next());
    // Georgian has capitals for whole lines alone (Unicode § 7.7), and few fonts have them.
    let is_georgian = matches!(first, '\u{10d0}'..='\u{10ff}');
    if is_georgian { first.into() } else { plain.unwrap_or(first).to_uppercase().collect() }
}

pub(super) fn is_letter(world: &World, id: PageId) -> bool {
    world.site.pages[id].document.kind == Kind::Letter
}
