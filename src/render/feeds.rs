//! Answers for machines: feeds and redirects.

use super::functions::pattern;
use super::listings::section_title;
use super::pages::{authors, description, filled, letter_at};
use super::question::{Feed, Node};
use super::world::World;
use crate::document::{Document, Part};
use crate::letters;
use crate::letters::Blanks;
use crate::site::{Address, Page, PageId};

/// How many entries a feed has.
const ENTRIES: usize = 20;

/// Where a feed lives: beside the page that lists the same.
pub(super) fn address(world: &World, feed: &Feed, name: &str) -> Address {
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
    let newest_first = |&id: &PageId| (std::cmp::Reverse(changed(&world.site.pages[id].document)), id);
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
        Some((titled(&section_title(world, *language, section)), about, section.address.clone(), section.pages.clone()))
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

/// Old addresses and where their readers are sent.
pub(super) fn redirects(world: &World) -> Node {
    let base = &world.site.config.base_path;
    let site = &world.site;
    let sections = site.editions.iter().flat_map(|edition| edition.sections.values().map(|section| &section.address));
    let files = site.assets.iter().map(|(_, asset)| &asset.address);
    let pages = site.pages.iter().map(|page| &page.address);
    let mut live: Vec<&str> = pages.chain(sections).chain(files).map(|address| address.as_str()).collect();
    live.sort_unstable();
    Node::list(world.site.redirects.iter().map(|redirect| {
        let path = format!("{base}{}", redirect.from.as_str());
        Node::record([
            ("from", Node::text(world.url(&redirect.from))),
            ("to", Node::text(world.url(&redirect.to))),
            ("pattern", Node::text(pattern(&path))),
            ("key", Node::text(path.trim_start_matches('/'))),
            ("to_key", Node::text(format!("{base}{}", redirect.to.as_str()).trim_start_matches('/'))),
            ("is_folder", Node::Flag(is_folder(redirect.from.as_str(), &live))),
            ("path", Node::text(path)),
        ])
    }))
}

/// Whether everything below an old address is gone with it. `live` is in order.
fn is_folder(from: &str, live: &[&str]) -> bool {
    let next = live.get(live.partition_point(|address| *address < from));
    from.ends_with('/') && !next.is_some_and(|address| address.starts_with(from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_its_path_alone() {
        assert_eq!(pattern("/a-b/c.d(e)/"), "/a-b/c\\.d\\(e\\)/");
    }

    #[test]
    fn an_old_address_above_a_live_page_is_no_folder() {
        let live = ["articles/old/part-two/", "articles/pay/"];
        assert!(!is_folder("articles/old/", &live));
        assert!(is_folder("articles/older/", &live));
        assert!(!is_folder("old.html", &live));
    }
}
