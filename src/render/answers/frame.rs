//! Answers about the frame that every page has, whatever it shows.

use super::card;
use super::listing::{Listed, listed, number_of, page_address, page_count};
use super::summary::kind;
use super::translation::counterparts;
use crate::languages::direction;
use crate::render::question::{Node, Subject};
use crate::render::world::{DocumentReader, Reader};
use crate::site::Address;
use crate::source::SourcePath;

/// What every page has, whatever it shows.
pub(super) fn view(reader: Reader<'_>, subject: &Subject) -> Node {
    let language = reader.language_of(subject);
    let frame = frame(reader, subject, language);
    let code = &reader.language(language).code;
    Node::record([
        ("kind", Node::text(frame.kind)),
        ("url", Node::text(reader.url(&frame.address))),
        ("permalink", Node::text(reader.permalink(&frame.address))),
        ("title", Node::text(&frame.title)),
        ("description", Node::text(&frame.description)),
        ("no_index", Node::Flag(frame.no_index)),
        ("language", Node::text(code)),
        ("direction", Node::text(direction(code))),
        (
            "published",
            Node::optional(frame.document.and_then(|document| document.front().date).map(|day| day.to_string())),
        ),
        (
            "updated",
            Node::optional(frame.document.and_then(|document| document.front().updated).map(|day| day.to_string())),
        ),
        ("image", frame.document.map_or(Node::None, |document| share_image(reader, document))),
        ("card", Node::optional(card::address(reader, subject).map(|address| reader.permalink(&address)))),
        ("section", Node::optional(own_section(reader, subject, language))),
        ("breadcrumbs", breadcrumbs(reader, subject, language)),
        ("translations", translations(reader, subject, language)),
    ])
}

struct Frame<'a> {
    kind: &'static str,
    address: Address,
    title: String,
    description: String,
    no_index: bool,
    document: Option<DocumentReader<'a>>,
}

fn frame<'a>(reader: Reader<'a>, subject: &Subject, language: usize) -> Frame<'a> {
    let own = reader.language(language);
    let word = |key: &str| reader.strings(language).map_or_else(|| key.to_owned(), |strings| strings.word(key));
    let plain = |kind, path: &str, title: String| Frame {
        kind,
        address: reader.own_address(language, path),
        title,
        description: String::new(),
        no_index: false,
        document: None,
    };
    match subject {
        Subject::Home(_) => Frame { description: own.description.clone(), ..plain("home", "", own.title.clone()) },
        Subject::Page(path) => of_page(reader, path).unwrap_or_else(|| plain("page", "", String::new())),
        Subject::Topics(_) => of_topics(reader, language, plain("topics", "topics/", word("topics"))),
        Subject::AToZ(_) => Frame { description: word("a_z_lead"), ..plain("a-z", "a-z/", word("a_z")) },
        Subject::Search(_) => {
            let about = phrase(reader, language, "search_description", &[("title", &own.title)]);
            Frame { description: about, ..plain("search", "search/", word("search")) }
        }
        Subject::NotFound(_) => Frame { no_index: true, ..plain("not-found", "404.html", word("not_found_title")) },
        Subject::Section(..) | Subject::Topic(..) | Subject::Tag(..) => {
            let Some(listed) = listed(reader, subject) else { return plain("section", "", String::new()) };
            of_listing(reader, subject, listed, language)
        }
    }
}

/// What distinguishes a further page of a listing from the first: `, page 2 of 3`.
fn place_in_listing(reader: Reader<'_>, listed: &Listed<'_>, language: usize, number: usize) -> String {
    if number <= 1 {
        return String::new();
    }
    let count = page_count(listed.list.len(), reader.config().per_page).to_string();
    phrase(reader, language, "listing_place", &[("number", &number.to_string()), ("count", &count)])
}

/// A text of the theme with its values.
fn phrase(reader: Reader<'_>, language: usize, key: &str, values: &[(&str, &str)]) -> String {
    let values: Vec<(&str, String)> = values.iter().map(|(name, value)| (*name, (*value).into())).collect();
    reader.strings(language).and_then(|strings| strings.get(key, None, &values)).unwrap_or_default()
}

fn of_topics<'a>(reader: Reader<'a>, language: usize, frame: Frame<'a>) -> Frame<'a> {
    let Some(document) = reader.topics_page(language) else { return frame };
    Frame { title: document.front().title.clone(), description: document.description().to_owned(), ..frame }
}

fn of_page<'a>(reader: Reader<'a>, path: &SourcePath) -> Option<Frame<'a>> {
    let page = reader.page(path)?;
    let document = page.document();
    Some(Frame {
        kind: kind(document.kind()),
        address: page.address().clone(),
        title: document.front().title.clone(),
        description: document.description().to_owned(),
        no_index: document.front().no_index,
        document: Some(document),
    })
}

fn of_listing<'a>(reader: Reader<'a>, subject: &Subject, listed: Listed<'a>, language: usize) -> Frame<'a> {
    let kind = match subject {
        Subject::Topic(..) => "topic",
        Subject::Tag(..) => "tag",
        _ if listed.whole => "letters",
        _ => "section",
    };
    let number = number_of(subject);
    let place = place_in_listing(reader, &listed, language, number);
    let title = listed.title + &place;
    let description = match listed.description.is_empty() {
        true => phrase(reader, language, "listing_description", &[("title", &title)]),
        false => listed.description + &place,
    };
    Frame {
        kind,
        address: page_address(&listed.first, number),
        title,
        description,
        no_index: listed.document.is_some_and(|document| document.front().no_index),
        document: None,
    }
}

/// The image for shared links, with scheme and host. Programs that show links show no SVG and no modern formats.
fn share_image(reader: Reader<'_>, document: DocumentReader<'_>) -> Node {
    Node::optional(document.shared_image().map(|variant| reader.permalink(&variant.address)))
}

fn breadcrumbs(reader: Reader<'_>, subject: &Subject, language: usize) -> Node {
    let mut crumbs = Vec::new();
    if !matches!(subject, Subject::Home(_)) {
        crumbs.push(crumb(reader, &reader.language(language).title, &reader.own_address(language, "")));
    }
    match subject {
        Subject::Page(path) => {
            let folders = reader.page(path).map(|page| page.folders()).unwrap_or_default();
            crumbs.extend(folders.iter().rev().filter_map(|folder| section_crumb(reader, language, folder)));
        }
        Subject::Section(_, folder, _) => {
            let above = folder.match_indices('/').map(|(at, _)| &folder[..at]);
            crumbs.extend(above.filter_map(|folder| section_crumb(reader, language, folder)));
        }
        Subject::Topic(..) => {
            let title = reader.strings(language).map(|strings| strings.word("topics")).unwrap_or_default();
            crumbs.push(crumb(reader, &title, &reader.own_address(language, "topics/")));
        }
        _ => {}
    }
    Node::list(crumbs)
}

fn crumb(reader: Reader<'_>, title: &str, address: &Address) -> Node {
    Node::record([("title", Node::text(title)), ("url", Node::text(reader.url(address)))])
}

fn section_crumb(reader: Reader<'_>, language: usize, folder: &str) -> Option<Node> {
    let section = reader.section(language, folder)?;
    Some(crumb(reader, &section.title(), section.address()))
}

/// The same page in the other languages.
fn translations(reader: Reader<'_>, subject: &Subject, language: usize) -> Node {
    let others = counterparts(reader, subject).into_iter().filter(|(other, _)| *other != language);
    Node::list(others.map(|(other, address)| Node::record(reader.about_language(other, &address))))
}

/// The address of the top-level section that a page or listing is in.
fn own_section(reader: Reader<'_>, subject: &Subject, language: usize) -> Option<String> {
    let folder = match subject {
        Subject::Page(path) => reader.page(path)?.folders().last()?.as_str(),
        Subject::Section(_, folder, _) => folder.split('/').next()?,
        _ => return None,
    };
    reader.section(language, folder).map(|section| reader.url(section.address()))
}
