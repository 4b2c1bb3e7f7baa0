//! Answers about feeds (RFC 4287, JSON Feed 1.1).

use std::cmp::Reverse;

use super::body::{filled, letter_at};
use super::summary::{authors, description};
use crate::document::{Document, Part};
use crate::letters;
use crate::letters::Blanks;
use crate::render::question::{Feed, Node};
use crate::render::world::World;
use crate::site::{Address, Page, PageId};

/// How many entries a feed has.
const ENTRIES: usize = 20;

/// Where a feed lives: beside the page that lists the same.
pub(in crate::render) fn address(world: &World, feed: &Feed, name: &str) -> Address {
    match feed {
        Feed::All(language) => world.own_address(*language, name),
        Feed::Topic(language, key) => {
            let topic = world.site.editions[*language].topic(key);
            topic.map_or_else(|| world.own_address(*language, name), |topic| topic.address.join(name))
        }
        Feed::Section(language, folder) => {
            let section = world.site.editions[*language].sections.get(&**folder);
            section.map_or_else(|| world.own_address(*language, name), |section| section.address.join(name))
        }
    }
}

/// A feed with the newest pages first. Pages without a date are not news.
pub(super) fn feed(world: &World, feed: &Feed) -> Node {
    let (title, about, home, pages) = contents(world, feed);
    let mut dated: Vec<PageId> =
        pages.into_iter().filter(|&id| changed(&world.site.pages[id].document).is_some()).collect();
    let newest_first = |&id: &PageId| (Reverse(changed(&world.site.pages[id].document)), id);
    if dated.len() > ENTRIES {
        dated.select_nth_unstable_by_key(ENTRIES, newest_first);
        dated.truncate(ENTRIES);
    }
    dated.sort_by_key(newest_first);
    let latest = dated.first().and_then(|&id| changed(&world.site.pages[id].document));
    Node::record([
        ("title", Node::text(title)),
        ("description", Node::text(about)),
        ("url", Node::text(world.permalink(&home))),
        ("self_url", Node::text(world.permalink(&address(world, feed, "feed.xml")))),
        ("self_json_url", Node::text(world.permalink(&address(world, feed, "feed.json")))),
        ("updated", Node::text(latest.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), timestamp))),
        ("items", Node::list(dated.into_iter().map(|id| item(world, &world.site.pages[id])))),
    ])
}

/// Title, description, page and pages of a feed.
fn contents(world: &World, feed: &Feed) -> (String, String, Address, Vec<PageId>) {
    let (Feed::All(language) | Feed::Topic(language, _) | Feed::Section(language, _)) = feed;
    let edition = &world.site.editions[*language];
    let own = world.language(*language);
    let titled = |title: &str| format!("{title} – {}", own.title);
    let topic = |slug: &str| {
        let topic = edition.topic(slug)?;
        Some((titled(&topic.title), topic.description.clone(), topic.address.clone(), topic.pages.clone()))
    };
    let section = |folder: &str| {
        let section = edition.sections.get(folder)?;
        let about = section.document.as_deref().map(description).unwrap_or_default().to_owned();
        Some((titled(&world.section_title(*language, section)), about, section.address.clone(), section.pages.clone()))
    };
    let of_part = match feed {
        Feed::All(_) => None,
        Feed::Topic(_, slug) => topic(slug),
        Feed::Section(_, folder) => section(folder),
    };
    of_part.unwrap_or_else(|| {
        (own.title.clone(), own.description.clone(), world.own_address(*language, ""), edition.newest.clone())
    })
}

pub(super) fn changed(document: &Document) -> Option<jiff::civil::Date> {
    document.front.updated.max(document.front.date)
}

/// RFC 3339, as Atom wants it (RFC 4287 § 3.3): midnight, UTC, so that every machine writes the same.
fn timestamp(date: jiff::civil::Date) -> String {
    format!("{date}T00:00:00Z")
}

fn item(world: &World, page: &Page) -> Node {
    let document = &page.document;
    let time = |date: Option<jiff::civil::Date>| Node::optional(date.map(timestamp));
    Node::record([
        ("id", Node::text(world.permalink(&page.address))),
        ("title", Node::text(&document.front.title)),
        ("url", Node::text(world.permalink(&page.address))),
        ("published", time(document.front.date)),
        ("updated", time(changed(document))),
        ("summary", Node::text(description(document))),
        ("authors", authors(world, document)),
        ("html", Node::text(html(world, document))),
    ])
}

/// The body with addresses that work elsewhere; letters in it are links.
fn html(world: &World, document: &Document) -> String {
    let origin = &world.site.config.origin;
    let mut html = String::new();
    for part in &document.body.parts {
        match part {
            Part::Html(part) => html.push_str(&filled(world, document, &part.uncached(), origin)),
            Part::Letter(number, _) => html.push_str(&letter_link(world, document, *number)),
        }
    }
    if let Some(letter) = &document.letter {
        html.push_str(&letters::html(letter, Blanks::Plain, &world.letter_words[document.language]));
    }
    html
}

fn letter_link(world: &World, document: &Document, number: usize) -> String {
    let Some(page) = letter_at(world, document, number) else { return String::new() };
    let mut title = String::new();
    // Writing to a string can't fail.
    let _ = pulldown_cmark_escape::escape_html_body_text(&mut title, &page.document.front.title);
    format!("<p><a href=\"{}\">{title}</a></p>\n", world.permalink(&page.address))
}
