//! Answers about the body of a document: its HTML with the holes filled, and its table of contents.

use std::borrow::Cow;
use std::sync::Arc;

use crate::document::holes::Hole;
use crate::document::{Document, Heading, Part, holes};
use crate::images::{Picture, Set};
use crate::render::question::{Node, Question};
use crate::render::world::World;
use crate::site::{Page, Target};
use crate::source::SourcePath;
use crate::text::path_on_host;

/// How wide a picture is at most where a program takes only one: a feed's reader, an old browser.
const PLAIN_WIDTH: u32 = 1200;

/// The body in order.
pub(super) fn parts(world: &World, path: &SourcePath) -> Node {
    let Some(page) = world.site.page(path) else { return Node::None };
    Node::list(page.document.body.parts.iter().map(|part| part_of(world, &page.document, part)))
}

fn part_of(world: &World, document: &Document, part: &Part) -> Node {
    match part {
        Part::Html(html) => Node::record([
            ("html", Node::Html(filled(world, document, &html.uncached(), "").into())),
            ("letter", Node::None),
            ("title", Node::None),
        ]),
        Part::Letter(number, label) => {
            let letter = letter_at(world, document, *number);
            let title = letter.map(|page| if label.trim().is_empty() { &page.document.front.title } else { label });
            let letter = letter.map(|page| Node::Ask(Question::Placed(page.document.path.clone())));
            Node::record([
                ("html", Node::Html("".into())),
                ("letter", letter.unwrap_or(Node::None)),
                ("title", Node::optional(title)),
            ])
        }
    }
}

/// The letter that a reference leads to.
pub(super) fn letter_at<'a>(world: &'a World, document: &Document, number: usize) -> Option<&'a Page> {
    let reference = document.body.references.get(number)?;
    match world.site.resolve(document, reference) {
        Ok(Target::Document(path, _)) => world.site.page(&path).filter(|page| page.document.letter.is_some()),
        _ => None,
    }
}

/// All HTML of a document, for the introduction of a listing or a letter's guidance.
pub(super) fn whole(world: &World, document: &Document) -> Node {
    let html = document.body.parts.iter().map(|part| match part {
        Part::Html(html) => filled(world, document, &html.uncached(), ""),
        Part::Letter(..) => String::new(),
    });
    Node::Html(html.collect::<String>().into())
}

/// HTML with its holes filled. `origin` is put before addresses, for readers who see the HTML elsewhere.
pub(super) fn filled(world: &World, document: &Document, html: &str, origin: &str) -> String {
    holes::filled(html, |hole| match hole {
        Hole::Link(number) => escaped(link(world, document, number, origin)).into(),
        Hole::Image(number) => picture(world, document, number, origin).into(),
        Hole::Sources(number) if origin.is_empty() => sources(world, document, number).into(),
        Hole::SourcesEnd(number) if origin.is_empty() => sources_end(world, document, number).into(),
        Hole::Sources(_) | Hole::SourcesEnd(_) => "".into(),
        Hole::Word(key) => word(world, document, key),
    })
}

fn word(world: &World, document: &Document, key: &str) -> Cow<'static, str> {
    escaped(world.strings(document.language).map_or_else(|| key.to_owned(), |strings| strings.word(key))).into()
}

/// Where a link leads; what leads nowhere is told by the checks and stays as it was written.
fn link(world: &World, document: &Document, number: usize, origin: &str) -> String {
    let Some(reference) = document.body.references.get(number) else { return String::new() };
    let query = reference.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    let anchor = reference.anchor.as_ref().map(|anchor| format!("{query}#{anchor}")).unwrap_or(query);
    match world.site.resolve(document, reference) {
        Ok(Target::Here) if origin.is_empty() => anchor,
        Ok(Target::Here) => {
            let own = world.site.address_of(&document.path).map(|address| world.permalink(address));
            format!("{}{anchor}", own.unwrap_or_default())
        }
        Ok(Target::Document(_, address) | Target::File(_, address)) => {
            format!("{origin}{}{anchor}", world.url(&address))
        }
        Ok(Target::Outside(url)) => format!("{origin}{}{anchor}", path_on_host(&url)),
        Err(_) => format!("{}{anchor}", path_on_host(&reference.target)),
    }
}

/// A picture's address; its size follows as further attributes, whose last quotation mark is the one behind the hole.
fn picture(world: &World, document: &Document, number: usize, origin: &str) -> String {
    let Some(picture) = picture_at(world, document, number) else {
        return escaped(link(world, document, number, origin));
    };
    let mut attributes = match picture.plain(PLAIN_WIDTH) {
        Some(variant) => escaped(format!("{origin}{}", world.url(&variant.address))),
        None => escaped(link(world, document, number, origin)),
    };
    if let Some(set) = picture.sets.last().filter(|set| origin.is_empty() && set.variants.len() > 1) {
        attributes.push_str(&srcset(world, set));
    }
    if let Some((width, height)) = picture.size {
        attributes.push_str(&format!("\" width=\"{width}\" height=\"{height}"));
    }
    attributes
}

/// The picture in a more modern kind, for browsers that know it.
fn sources(world: &World, document: &Document, number: usize) -> String {
    let sets = picture_at(world, document, number).map_or(&[][..], |picture| &picture.sets);
    let Some((_, modern)) = sets.split_last().filter(|(_, modern)| !modern.is_empty()) else { return String::new() };
    let source = |set: &Set| format!("<source type=\"{}{}\">", set.media_type, srcset(world, set));
    format!("<picture>{}", modern.iter().map(source).collect::<String>())
}

fn sources_end(world: &World, document: &Document, number: usize) -> &'static str {
    let has_sources = picture_at(world, document, number).is_some_and(|picture| picture.sets.len() > 1);
    if has_sources { "</picture>" } else { "" }
}

/// Attributes behind a quotation mark that is still to be closed, as [`picture`] writes them.
fn srcset(world: &World, set: &Set) -> String {
    let srcset = escaped(set.srcset(|address| world.url(address)));
    format!("\" srcset=\"{srcset}\" sizes=\"{}", escaped(world.pictures.sizes.clone()))
}

fn picture_at<'a>(world: &'a World, document: &Document, number: usize) -> Option<&'a Picture> {
    let reference = document.body.references.get(number)?;
    match world.site.resolve(document, reference) {
        Ok(Target::File(path, _)) => world.pictures.get(&path),
        _ => None,
    }
}

fn escaped(text: String) -> String {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    // Writing to a string can't fail.
    let _ = pulldown_cmark_escape::escape_html(&mut escaped, &text);
    escaped
}

/// The headings as a tree.
pub(super) fn contents(world: &World, path: &SourcePath) -> Node {
    let Some(page) = world.site.page(path) else { return Node::None };
    let headings: Vec<_> = page.document.body.headings.iter().filter(|heading| heading.level <= 3).collect();
    let mut rest = headings.as_slice();
    let mut nodes = Vec::new();
    while let Some((heading, after)) = rest.split_first() {
        let children = after.iter().take_while(|below| below.level > heading.level).count();
        nodes.push(heading_node(heading, after[..children].iter().map(|below| heading_node(below, []))));
        rest = &after[children..];
    }
    Node::list(nodes)
}

fn heading_node(heading: &Heading, children: impl IntoIterator<Item = Node>) -> Node {
    Node::record([
        ("id", Node::Text(Arc::clone(&heading.id))),
        ("title", Node::Text(Arc::clone(&heading.title))),
        ("level", Node::Number(heading.level.into())),
        ("children", Node::list(children)),
    ])
}
