//! Answers about listings: of sections, topics and tags.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::body::whole;
use super::feed;
use super::summary::{summaries, summary_of};
use crate::document::Kind;
use crate::render::question::{Feed, Node, Question, Subject};
use crate::render::world::{DocumentReader, ListReader, Reader};
use crate::site::{Address, PageId};

/// How many pages the newest are.
const NEWEST_ARTICLES: usize = 8;

const NEWEST_LETTERS: usize = 6;

/// What a listing lists.
pub(super) struct Listed<'a> {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) document: Option<DocumentReader<'a>>,
    pub(super) first: Address,
    pub(super) list: ListReader<'a>,
    /// A listing of letters shows all of them, by topic.
    pub(super) whole: bool,
    pub(super) feed: Option<Feed>,
}

pub(super) fn listed<'a>(reader: Reader<'a>, subject: &Subject) -> Option<Listed<'a>> {
    let (list, feed) = match subject {
        Subject::Section(language, folder, _) => {
            let is_top = !folder.contains('/');
            (reader.section(*language, folder)?, is_top.then(|| Feed::Section(*language, folder.clone())))
        }
        Subject::Topic(language, key, _) => (reader.topic(*language, key)?, Some(Feed::Topic(*language, key.clone()))),
        Subject::Tag(language, key, _) => (reader.tag(*language, key)?, None),
        _ => return None,
    };
    Some(Listed {
        title: list.title(),
        description: list.description(),
        document: list.document(),
        first: list.address().clone(),
        whole: list.is_letters(),
        list,
        feed,
    })
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

pub(super) fn listing(reader: Reader<'_>, subject: &Subject) -> Node {
    let Some(listed) = listed(reader, subject) else { return Node::None };
    let pages = listed.list.pages();
    let per_page = if listed.whole { pages.len().max(1) } else { reader.config().per_page };
    let count = page_count(pages.len(), per_page);
    let number = number_of(subject);
    let start = ((number - 1) * per_page).min(pages.len());
    let items = &pages[start..pages.len().min(start + per_page)];
    let url = |number: usize| Node::text(reader.url(&page_address(&listed.first, number)));
    let (topic, tag) = match subject {
        Subject::Topic(language, slug, _) => (Node::Ask(Question::Topic(*language, slug.clone())), Node::None),
        Subject::Tag(..) => (Node::None, Node::text(&listed.title)),
        _ => (Node::None, Node::None),
    };
    Node::record([
        ("title", Node::text(&listed.title)),
        ("description", Node::text(&listed.description)),
        ("content", Node::Ask(Question::Introduction(subject.clone()))),
        ("items", summaries(reader, items.iter().copied())),
        ("total", Node::count(pages.len())),
        ("page_number", Node::count(number)),
        ("page_count", Node::count(count)),
        ("first_url", url(1)),
        ("previous_url", if number > 1 { url(number - 1) } else { Node::None }),
        ("next_url", if number < count { url(number + 1) } else { Node::None }),
        ("pages", page_links(reader, &listed.first, number, count)),
        ("groups", Node::Ask(Question::Groups(subject.clone()))),
        ("situations", Node::Ask(Question::Situations(reader.language_of(subject)))),
        ("topic", topic),
        ("tag", tag),
        ("feeds", listed.feed.as_ref().map_or(Node::None, |feed| feed_links(reader, feed))),
    ])
}

/// Links to the first, the last and the nearest pages: a listing of a thousand pages does not name each.
fn page_links(reader: Reader<'_>, first: &Address, number: usize, count: usize) -> Node {
    let near = |other: &usize| *other == 1 || *other == count || other.abs_diff(number) <= 2;
    let link = |other: usize| {
        Node::record([
            ("number", Node::count(other)),
            ("url", Node::text(reader.url(&page_address(first, other)))),
            ("current", Node::Flag(other == number)),
        ])
    };
    Node::list((1..=count).filter(near).map(link))
}

fn feed_links(reader: Reader<'_>, feed: &Feed) -> Node {
    let address = |name: &str| Node::text(reader.url(&feed::address(reader, feed, name)));
    Node::record([("atom", address("feed.xml")), ("json", address("feed.json"))])
}

/// The pages of a listing by their main topic, in the order of topics.
pub(super) fn groups(reader: Reader<'_>, subject: &Subject) -> Node {
    let Some(listed) = listed(reader, subject) else { return Node::None };
    let language = reader.language_of(subject);
    let topics: Vec<ListReader<'_>> = reader.topics(language).collect();
    let mut groups: BTreeMap<usize, Vec<PageId>> = BTreeMap::new();
    for &id in listed.list.pages() {
        let main = reader.page_of(id).front().topics.first();
        let place = main.and_then(|(slug, _)| reader.topic_place(language, slug)).unwrap_or(usize::MAX);
        groups.entry(place).or_default().push(id);
    }
    Node::list(groups.into_iter().map(|(place, ids)| {
        let topic = topics.get(place);
        let topic = topic.map_or(Node::None, |topic| Node::Ask(Question::Topic(language, topic.key().into())));
        Node::record([("topic", topic), ("items", summaries(reader, ids))])
    }))
}

/// Letters by the situations that their editors name; the situation with the most letters first.
pub(super) fn situations(reader: Reader<'_>, language: usize) -> Node {
    let mut situations: BTreeMap<&str, Vec<PageId>> = BTreeMap::new();
    let sections = reader.sections(language).filter(|section| section.is_letters());
    for &id in sections.flat_map(|section| section.pages()) {
        for situation in &reader.page_of(id).front().situations {
            situations.entry(situation).or_default().push(id);
        }
    }
    let mut situations: Vec<(&str, Vec<PageId>)> = situations.into_iter().collect();
    situations.sort_by_key(|(situation, ids)| (Reverse(ids.len()), *situation));
    Node::list(
        situations.into_iter().map(|(situation, ids)| {
            Node::record([("title", Node::text(situation)), ("items", summaries(reader, ids))])
        }),
    )
}

pub(super) fn introduction(reader: Reader<'_>, subject: &Subject) -> Node {
    let document = match subject {
        Subject::Home(language) => reader.home(*language),
        Subject::Topics(language) => reader.topics_page(*language),
        _ => listed(reader, subject).and_then(|listed| listed.document),
    };
    document.map_or_else(|| Node::Html("".into()), |document| whole(reader, document))
}

/// The newest articles, or the letters by weight and then the newest: a letter is wanted for what it does, not for being new.
pub(super) fn newest(reader: Reader<'_>, language: usize, letters: bool) -> Node {
    let newest = reader.newest(language).iter().copied();
    let most = if letters { NEWEST_LETTERS } else { NEWEST_ARTICLES };
    let wanted = newest.filter(|&id| is_letter(reader, id) == letters && reader.page_of(id).kind() != Kind::Page);
    if !letters {
        return summaries(reader, wanted.take(most));
    }
    let mut letters: Vec<PageId> = wanted.collect();
    letters.sort_by_key(|&id| reader.page_of(id).front().weight.unwrap_or(i64::MAX));
    summaries(reader, letters.into_iter().take(most))
}

/// Articles and letters by the first letter of their titles.
pub(super) fn a_to_z(reader: Reader<'_>, language: usize) -> Node {
    let mut groups: BTreeMap<String, Vec<(String, PageId)>> = BTreeMap::new();
    for &id in reader.newest(language) {
        let title = &reader.page_of(id).front().title;
        groups.entry(initial(title)).or_default().push((title.to_lowercase(), id));
    }
    Node::list(groups.into_iter().map(|(initial, mut titles)| {
        titles.sort();
        let items = titles.into_iter().map(|(_, id)| summary_of(reader, id));
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

pub(super) fn is_letter(reader: Reader<'_>, id: PageId) -> bool {
    reader.page_of(id).is_letter()
}
