//! Answers about groups of pages, and about the frame that every page has.

use std::collections::BTreeMap;

use super::pages::{description, kind, summaries, summary_of, whole};
use super::question::{Feed, Node, Question, Subject};
use super::world::World;
use crate::document::{Document, Kind};
use crate::images::Variant;
use crate::languages::direction;
use crate::site::{Address, PageId, Section, Tag, Topic};
use crate::text::word_key;

/// How many pages the newest are.
const NEWEST_ARTICLES: usize = 8;
const NEWEST_LETTERS: usize = 6;
/// How many pages a topic's card names.
const TOP: usize = 3;
/// How wide a picture for shared links is at most.
const SHARED_WIDTH: u32 = 1600;

/// What a listing lists.
struct Listed<'a> {
    title: String,
    description: String,
    document: Option<&'a Document>,
    first: Address,
    pages: &'a [PageId],
    /// A listing of letters shows all of them, by topic.
    whole: bool,
    feed: Option<Feed>,
}

fn listed<'a>(world: &'a World, subject: &Subject) -> Option<Listed<'a>> {
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
        title: section_title(world, language, section),
        description: document.map(|document| description(document).to_owned()).unwrap_or_default(),
        document,
        first: section.address.clone(),
        pages: &section.pages,
        whole: section.is_letters(),
        feed: is_top.then(|| Feed::Section(language, section.folder.as_str().into())),
    }
}

/// A section's own title. One that nobody has written is the theme's word for it, if it has one; the name of a folder is in no language.
pub(super) fn section_title(world: &World, language: usize, section: &Section) -> String {
    let word = || world.strings(language).and_then(|strings| strings.get(&section.folder, None, &[]));
    let is_named = section.document.is_some() || !matches!(section.folder.as_str(), "articles" | "letters");
    if is_named { section.title.clone() } else { word().unwrap_or_else(|| section.title.clone()) }
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

fn number_of(subject: &Subject) -> usize {
    match subject {
        Subject::Section(_, _, number) | Subject::Topic(_, _, number) | Subject::Tag(_, _, number) => *number,
        _ => 1,
    }
}

pub(super) fn language_of(world: &World, subject: &Subject) -> usize {
    match subject {
        Subject::Page(path) => world.site.page(path).map_or(0, |page| page.document.language),
        Subject::Section(language, ..) | Subject::Topic(language, ..) | Subject::Tag(language, ..) => *language,
        Subject::Home(language)
        | Subject::Topics(language)
        | Subject::AToZ(language)
        | Subject::Search(language)
        | Subject::NotFound(language) => *language,
    }
}

/// The address of a page of a listing.
pub(super) fn page_address(first: &Address, number: usize) -> Address {
    if number <= 1 { first.clone() } else { first.join(&format!("page/{number}/")) }
}

/// How many pages a listing takes.
pub(super) fn page_count(pages: usize, per_page: usize) -> usize {
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
        ("situations", Node::Ask(Question::Situations(language_of(world, subject)))),
        ("topic", topic),
        ("tag", tag),
        ("feeds", listed.feed.as_ref().map_or(Node::None, |feed| feeds(world, feed))),
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

fn feeds(world: &World, feed: &Feed) -> Node {
    let address = |name: &str| Node::text(world.url(&super::feeds::address(world, feed, name)));
    Node::record([("atom", address("feed.xml")), ("json", address("feed.json"))])
}

/// The pages of a listing by their main topic, in the order of topics.
pub(super) fn groups(world: &World, subject: &Subject) -> Node {
    let Some(listed) = listed(world, subject) else { return Node::None };
    let language = language_of(world, subject);
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
    situations.sort_by_key(|(situation, ids)| (std::cmp::Reverse(ids.len()), *situation));
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

pub(super) fn topic(world: &World, language: usize, slug: &std::sync::Arc<str>) -> Node {
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

fn is_letter(world: &World, id: PageId) -> bool {
    world.site.pages[id].document.kind == Kind::Letter
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

/// The address of the section at the top in which a page or a listing lies.
fn own_section(world: &World, subject: &Subject, language: usize) -> Option<String> {
    let folder = match subject {
        Subject::Page(path) => world.site.page(path)?.sections.last()?.as_ref(),
        Subject::Section(_, folder, _) => folder.split('/').next()?,
        _ => return None,
    };
    world.site.editions[language].sections.get(folder).map(|section| world.url(&section.address))
}

/// A section in navigation, with the keys of a summary that it can have.
pub(super) fn section(world: &World, language: usize, folder: &str) -> Node {
    let Some(section) = world.site.editions[language].sections.get(folder) else { return Node::None };
    let summary = section.document.as_deref().map(description).unwrap_or_default();
    Node::record([
        ("kind", Node::text("section")),
        ("title", Node::text(section_title(world, language, section))),
        ("description", Node::text(summary)),
        ("url", Node::text(world.url(&section.address))),
        ("permalink", Node::text(world.permalink(&section.address))),
        ("id", Node::text(&section.folder)),
        ("letters", Node::Flag(section.is_letters())),
    ])
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

/// What every page has, whatever it shows.
pub(super) fn view(world: &World, subject: &Subject) -> Node {
    let language = language_of(world, subject);
    let frame = frame(world, subject, language);
    let code = &world.language(language).code;
    Node::record([
        ("kind", Node::text(frame.kind)),
        ("url", Node::text(world.url(&frame.address))),
        ("permalink", Node::text(world.permalink(&frame.address))),
        ("title", Node::text(&frame.title)),
        ("description", Node::text(&frame.description)),
        ("no_index", Node::Flag(frame.no_index)),
        ("language", Node::text(code)),
        ("direction", Node::text(direction(code))),
        (
            "published",
            Node::optional(frame.document.and_then(|document| document.front.date).map(|day| day.to_string())),
        ),
        (
            "updated",
            Node::optional(frame.document.and_then(|document| document.front.updated).map(|day| day.to_string())),
        ),
        ("image", frame.document.map_or(Node::None, |document| share_image(world, document))),
        ("card", Node::optional(super::cards::address(world, subject).map(|address| world.permalink(&address)))),
        ("section", Node::optional(own_section(world, subject, language))),
        ("breadcrumbs", breadcrumbs(world, subject, language)),
        ("translations", translations(world, subject, language)),
    ])
}

struct Frame<'a> {
    kind: &'static str,
    address: Address,
    title: String,
    description: String,
    no_index: bool,
    document: Option<&'a Document>,
}

fn frame<'a>(world: &'a World, subject: &Subject, language: usize) -> Frame<'a> {
    let own = world.language(language);
    let word = |key: &str| world.strings(language).map_or_else(|| key.to_owned(), |strings| strings.word(key));
    let plain = |kind, path: &str, title: String| Frame {
        kind,
        address: world.own_address(language, path),
        title,
        description: String::new(),
        no_index: false,
        document: None,
    };
    match subject {
        Subject::Home(_) => Frame { description: own.description.clone(), ..plain("home", "", own.title.clone()) },
        Subject::Page(path) => of_page(world, path).unwrap_or_else(|| plain("page", "", String::new())),
        Subject::Topics(_) => of_topics(world, language, plain("topics", "topics/", word("topics"))),
        Subject::AToZ(_) => Frame { description: word("a_z_lead"), ..plain("a-z", "a-z/", word("a_z")) },
        Subject::Search(_) => {
            let about = phrase(world, language, "search_description", &[("title", &own.title)]);
            Frame { description: about, ..plain("search", "search/", word("search")) }
        }
        Subject::NotFound(_) => Frame { no_index: true, ..plain("not-found", "404.html", word("not_found_title")) },
        Subject::Section(..) | Subject::Topic(..) | Subject::Tag(..) => {
            let Some(listed) = listed(world, subject) else { return plain("section", "", String::new()) };
            of_listing(world, subject, listed, language)
        }
    }
}

/// What tells a further page of a listing from the first: `, page 2 of 3`.
fn place_in_listing(world: &World, listed: &Listed<'_>, language: usize, number: usize) -> String {
    if number <= 1 {
        return String::new();
    }
    let count = page_count(listed.pages.len(), world.site.config.per_page).to_string();
    phrase(world, language, "listing_place", &[("number", &number.to_string()), ("count", &count)])
}

/// A text of the theme with its values.
fn phrase(world: &World, language: usize, key: &str, values: &[(&str, &str)]) -> String {
    let values: Vec<(&str, String)> = values.iter().map(|(name, value)| (*name, (*value).into())).collect();
    world.strings(language).and_then(|strings| strings.get(key, None, &values)).unwrap_or_default()
}

fn of_topics<'a>(world: &'a World, language: usize, frame: Frame<'a>) -> Frame<'a> {
    let Some(document) = world.site.topics_page(language) else { return frame };
    Frame { title: document.front.title.clone(), description: description(document).to_owned(), ..frame }
}

fn of_page<'a>(world: &'a World, path: &crate::source::SourcePath) -> Option<Frame<'a>> {
    let page = world.site.page(path)?;
    let document = &*page.document;
    Some(Frame {
        kind: kind(document),
        address: page.address.clone(),
        title: document.front.title.clone(),
        description: description(document).to_owned(),
        no_index: document.front.no_index,
        document: Some(document),
    })
}

fn of_listing<'a>(world: &'a World, subject: &Subject, listed: Listed<'a>, language: usize) -> Frame<'a> {
    let kind = match subject {
        Subject::Topic(..) => "topic",
        Subject::Tag(..) => "tag",
        _ if listed.whole => "letters",
        _ => "section",
    };
    let number = number_of(subject);
    let place = place_in_listing(world, &listed, language, number);
    let title = listed.title + &place;
    let description = match listed.description.is_empty() {
        true => phrase(world, language, "listing_description", &[("title", &title)]),
        false => listed.description + &place,
    };
    Frame {
        kind,
        address: page_address(&listed.first, number),
        title,
        description,
        no_index: listed.document.is_some_and(|document| document.front.no_index),
        document: None,
    }
}

/// The picture for shared links, with scheme and host. Those who show links show no drawings (SVG) and none of the modern kinds.
fn share_image(world: &World, document: &Document) -> Node {
    Node::optional(shared_picture(world, document).map(|variant| world.permalink(&variant.address)))
}

/// The picture of a page for shared links.
pub(super) fn shared_picture<'a>(world: &'a World, document: &Document) -> Option<&'a Variant> {
    let path = document.front.image.as_ref().and_then(|(image, _)| document.path.join(image))?;
    world.pictures.get(&path)?.plain(SHARED_WIDTH)
}

fn breadcrumbs(world: &World, subject: &Subject, language: usize) -> Node {
    let mut crumbs = Vec::new();
    if !matches!(subject, Subject::Home(_)) {
        crumbs.push(crumb(world, &world.language(language).title, &world.own_address(language, "")));
    }
    match subject {
        Subject::Page(path) => {
            let folders = world.site.page(path).map(|page| &*page.sections).unwrap_or_default();
            crumbs.extend(folders.iter().rev().filter_map(|folder| section_crumb(world, language, folder)));
        }
        Subject::Section(_, folder, _) => {
            let above = folder.match_indices('/').map(|(at, _)| &folder[..at]);
            crumbs.extend(above.filter_map(|folder| section_crumb(world, language, folder)));
        }
        Subject::Topic(..) => {
            let title = world.strings(language).map(|strings| strings.word("topics")).unwrap_or_default();
            crumbs.push(crumb(world, &title, &world.own_address(language, "topics/")));
        }
        _ => {}
    }
    Node::list(crumbs)
}

fn crumb(world: &World, title: &str, address: &Address) -> Node {
    Node::record([("title", Node::text(title)), ("url", Node::text(world.url(address)))])
}

fn section_crumb(world: &World, language: usize, folder: &str) -> Option<Node> {
    let section = world.site.editions[language].sections.get(folder)?;
    Some(crumb(world, &section_title(world, language, section), &section.address))
}

/// The same page in the other languages.
fn translations(world: &World, subject: &Subject, language: usize) -> Node {
    let others = counterparts(world, subject).into_iter().filter(|(other, _)| *other != language);
    Node::list(others.map(|(other, address)| Node::record(world.about_language(other, &address))))
}

/// The same page in every language that has it, its own included. A further page of a listing has one where the other listing is as long.
pub(super) fn counterparts(world: &World, subject: &Subject) -> Vec<(usize, Address)> {
    let languages = world.site.live_languages();
    let own = |path: &str| languages.clone().map(|other| (other, world.own_address(other, path))).collect();
    match subject {
        Subject::Page(path) => {
            let key = world.site.page(path).map(|page| page.document.key.as_str()).unwrap_or_default();
            let pages = world.site.translations_of(key).iter().filter_map(|path| world.site.page(path));
            pages.map(|page| (page.document.language, page.address.clone())).collect()
        }
        Subject::Home(_) => own(""),
        Subject::Topics(_) => own("topics/"),
        Subject::AToZ(_) => own("a-z/"),
        Subject::Search(_) => own("search/"),
        Subject::NotFound(_) => own("404.html"),
        Subject::Section(..) | Subject::Topic(..) | Subject::Tag(..) => {
            languages.filter_map(|other| Some((other, listing_in(world, subject, other)?))).collect()
        }
    }
}

/// The address of a listing's page in another language.
fn listing_in(world: &World, subject: &Subject, other: usize) -> Option<Address> {
    let subject = match subject {
        Subject::Section(_, folder, number) => Subject::Section(other, folder.clone(), *number),
        Subject::Topic(language, slug, number) => {
            let topic = taxonomy_counterpart(world, *language, slug, other)?;
            Subject::Topic(other, topic.key.as_str().into(), *number)
        }
        Subject::Tag(_, slug, number) => Subject::Tag(other, slug.clone(), *number),
        _ => return None,
    };
    let listed = listed(world, &subject)?;
    let count = if listed.whole { 1 } else { page_count(listed.pages.len(), world.site.config.per_page) };
    let number = number_of(&subject);
    (number <= count && !listed.pages.is_empty()).then(|| page_address(&listed.first, number))
}

/// The same topic: the one whose document is the translation, or the one of the same slug.
fn taxonomy_counterpart<'a>(world: &'a World, language: usize, slug: &str, other: usize) -> Option<&'a Topic> {
    let key_of = |topic: &'a Topic| topic.document.as_ref().map(|document| document.key.as_str());
    let edition = &world.site.editions[other];
    let own_key = world.site.editions[language].topic(slug).and_then(key_of);
    let by_document = own_key.and_then(|key| edition.topics.iter().find(|topic| key_of(topic) == Some(key)));
    by_document.or_else(|| edition.topic(slug))
}
