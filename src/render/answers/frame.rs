//! Answers about the frame that every page has, whatever it shows.

use super::card;
use super::listing::{Listed, listed, number_of, page_address, page_count};
use super::summary::{description, kind};
use super::translation::counterparts;
use crate::document::Document;
use crate::languages::direction;
use crate::render::question::{Node, Subject};
use crate::render::world::World;
use crate::site::Address;
use crate::source::SourcePath;

/// What every page has, whatever it shows.
pub(super) fn view(world: &World, subject: &Subject) -> Node {
    let language = world.language_of(subject);
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
        ("card", Node::optional(card::address(world, subject).map(|address| world.permalink(&address)))),
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

fn of_page<'a>(world: &'a World, path: &SourcePath) -> Option<Frame<'a>> {
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
    Node::optional(world.shared_picture(document).map(|variant| world.permalink(&variant.address)))
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
    Some(crumb(world, &world.section_title(language, section), &section.address))
}

/// The same page in the other languages.
fn translations(world: &World, subject: &Subject, language: usize) -> Node {
    let others = counterparts(world, subject).into_iter().filter(|(other, _)| *other != language);
    Node::list(others.map(|(other, address)| Node::record(world.about_language(other, &address))))
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
