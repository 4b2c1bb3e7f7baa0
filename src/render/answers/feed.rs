//! Answers about feeds (RFC 4287, JSON Feed 1.1).

use std::cmp::Reverse;

use jiff::civil::Date;

use super::body::{filled, letter_at};
use super::summary::authors;
use crate::document::Part;
use crate::letters;
use crate::letters::Blanks;
use crate::render::question::{Feed, Node};
use crate::render::world::{DocumentReader, PageReader, Reader};
use crate::site::{Address, PageId};

/// How many entries a feed has.
const ENTRIES: usize = 20;

/// Where a feed lives: beside the page that lists the same.
pub(in crate::render) fn address(reader: Reader<'_>, feed: &Feed, name: &str) -> Address {
    match feed {
        Feed::All(language) => reader.own_address(*language, name),
        Feed::Topic(language, key) => {
            let topic = reader.topic(*language, key);
            topic.map_or_else(|| reader.own_address(*language, name), |topic| topic.address().join(name))
        }
        Feed::Section(language, folder) => {
            let section = reader.section(*language, folder);
            section.map_or_else(|| reader.own_address(*language, name), |section| section.address().join(name))
        }
    }
}

/// A feed with the newest pages first. Pages without a date are not news.
pub(super) fn feed(reader: Reader<'_>, feed: &Feed) -> Node {
    let (title, about, home, pages) = contents(reader, feed);
    let mut dated: Vec<PageId> =
        pages.into_iter().filter(|&id| changed(reader.page_of(id).document()).is_some()).collect();
    let newest_first = |&id: &PageId| (Reverse(changed(reader.page_of(id).document())), id);
    if dated.len() > ENTRIES {
        dated.select_nth_unstable_by_key(ENTRIES, newest_first);
        dated.truncate(ENTRIES);
    }
    dated.sort_by_key(newest_first);
    let latest = dated.first().and_then(|&id| changed(reader.page_of(id).document()));
    Node::record([
        ("title", Node::text(title)),
        ("description", Node::text(about)),
        ("url", Node::text(reader.permalink(&home))),
        ("self_url", Node::text(reader.permalink(&address(reader, feed, "feed.xml")))),
        ("self_json_url", Node::text(reader.permalink(&address(reader, feed, "feed.json")))),
        ("updated", Node::text(latest.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), timestamp))),
        ("items", Node::list(dated.into_iter().map(|id| item(reader, reader.page_of(id))))),
    ])
}

/// Title, description, page and pages of a feed.
fn contents(reader: Reader<'_>, feed: &Feed) -> (String, String, Address, Vec<PageId>) {
    let (Feed::All(language) | Feed::Topic(language, _) | Feed::Section(language, _)) = feed;
    let own = reader.language(*language);
    let list = match feed {
        Feed::All(_) => None,
        Feed::Topic(_, key) => reader.topic(*language, key),
        Feed::Section(_, folder) => reader.section(*language, folder),
    };
    match list {
        Some(list) => {
            let title = format!("{} – {}", list.title(), own.title);
            (title, list.description(), list.address().clone(), list.pages().to_vec())
        }
        None => {
            let pages = reader.newest(*language).to_vec();
            (own.title.clone(), own.description.clone(), reader.own_address(*language, ""), pages)
        }
    }
}

pub(super) fn changed(document: DocumentReader<'_>) -> Option<Date> {
    document.front().updated.max(document.front().date)
}

/// RFC 3339, as Atom wants it (RFC 4287 § 3.3): midnight, UTC, so that every machine writes the same.
fn timestamp(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

fn item(reader: Reader<'_>, page: PageReader<'_>) -> Node {
    let document = page.document();
    let time = |date: Option<Date>| Node::optional(date.map(timestamp));
    Node::record([
        ("id", Node::text(reader.permalink(page.address()))),
        ("title", Node::text(&document.front().title)),
        ("url", Node::text(reader.permalink(page.address()))),
        ("published", time(document.front().date)),
        ("updated", time(changed(document))),
        ("summary", Node::text(document.description())),
        ("authors", authors(reader, document)),
        ("html", Node::text(html(reader, document))),
    ])
}

/// The body with addresses that work elsewhere; letters in it are links.
fn html(reader: Reader<'_>, document: DocumentReader<'_>) -> String {
    let origin = &reader.config().origin;
    let mut html = String::new();
    for part in &document.body().parts {
        match part {
            Part::Html(part) => html.push_str(&filled(reader, document, &part.uncached(), origin)),
            Part::Letter(number, _) => html.push_str(&letter_link(reader, document, *number)),
        }
    }
    if let Some(letter) = document.letter() {
        html.push_str(&letters::html(letter, Blanks::Plain, &reader.letter_words[document.language()]));
    }
    html
}

fn letter_link(reader: Reader<'_>, document: DocumentReader<'_>, number: usize) -> String {
    let Some(page) = letter_at(reader, document, number) else { return String::new() };
    let mut title = String::new();
    // Writing to a string can't fail.
    let _ = pulldown_cmark_escape::escape_html_body_text(&mut title, &page.front().title);
    format!("<p><a href=\"{}\">{title}</a></p>\n", reader.permalink(page.address()))
}
