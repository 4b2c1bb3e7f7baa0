//! Answers about the body of a document: its HTML with the holes filled, and its table of contents.

use std::borrow::Cow;
use std::sync::Arc;

use crate::document::holes::Hole;
use crate::document::{Heading, Part, holes};
use crate::images::{ImageSource, PublishedImage};
use crate::render::question::{Node, Question};
use crate::render::world::{DocumentReader, PageReader, Reader};
use crate::site::Target;
use crate::source::SourcePath;
use crate::text::path_on_host;

/// How wide an image is at most where a program takes only one, in pixels: a feed's reader, an old browser.
const PLAIN_WIDTH: u32 = 1200;

/// The body in order.
pub(super) fn parts(reader: Reader<'_>, path: &SourcePath) -> Node {
    let Some(page) = reader.page(path) else { return Node::None };
    Node::list(page.body().parts.iter().map(|part| part_of(reader, page.document(), part)))
}

fn part_of(reader: Reader<'_>, document: DocumentReader<'_>, part: &Part) -> Node {
    match part {
        Part::Html(html) => Node::record([
            ("html", Node::Html(filled(reader, document, &html.uncached(), "").into())),
            ("letter", Node::None),
            ("title", Node::None),
        ]),
        Part::Letter(number, label) => {
            let letter = letter_at(reader, document, *number);
            let title =
                letter.map(|page| if label.trim().is_empty() { page.front().title.as_str() } else { label.as_str() });
            let letter = letter.map(|page| Node::Ask(Question::Placed(page.path().clone())));
            Node::record([
                ("html", Node::Html("".into())),
                ("letter", letter.unwrap_or(Node::None)),
                ("title", Node::optional(title)),
            ])
        }
    }
}

/// The letter that a reference leads to.
pub(super) fn letter_at<'a>(reader: Reader<'a>, document: DocumentReader<'_>, number: usize) -> Option<PageReader<'a>> {
    let reference = document.body().references.get(number)?;
    match reader.resolve(document, reference) {
        Ok(Target::Document(path, _)) => reader.page(&path).filter(|page| page.is_letter()),
        _ => None,
    }
}

/// All HTML of a document, for the introduction of a listing or a letter's guidance.
pub(super) fn whole(reader: Reader<'_>, document: DocumentReader<'_>) -> Node {
    let html = document.body().parts.iter().map(|part| match part {
        Part::Html(html) => filled(reader, document, &html.uncached(), ""),
        Part::Letter(..) => String::new(),
    });
    Node::Html(html.collect::<String>().into())
}

/// HTML with its holes filled. `origin` is put before addresses, for readers who see the HTML elsewhere.
pub(super) fn filled(reader: Reader<'_>, document: DocumentReader<'_>, html: &str, origin: &str) -> String {
    holes::filled(html, |hole| match hole {
        Hole::Link(number) => escaped(link(reader, document, number, origin)).into(),
        Hole::Image(number) => image(reader, document, number, origin).into(),
        Hole::Sources(number) if origin.is_empty() => sources(reader, document, number).into(),
        Hole::SourcesEnd(number) if origin.is_empty() => sources_end(reader, document, number).into(),
        Hole::Sources(_) | Hole::SourcesEnd(_) => "".into(),
        Hole::Word(key) => word(reader, document, key),
    })
}

fn word(reader: Reader<'_>, document: DocumentReader<'_>, key: &str) -> Cow<'static, str> {
    escaped(reader.strings(document.language()).map_or_else(|| key.to_owned(), |strings| strings.word(key))).into()
}

/// Where a link leads; what leads nowhere is reported by the checks and stays as it was written.
fn link(reader: Reader<'_>, document: DocumentReader<'_>, number: usize, origin: &str) -> String {
    let Some(reference) = document.body().references.get(number) else { return String::new() };
    let query = reference.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    let anchor = reference.anchor.as_ref().map(|anchor| format!("{query}#{anchor}")).unwrap_or(query);
    match reader.resolve(document, reference) {
        Ok(Target::Here) if origin.is_empty() => anchor,
        Ok(Target::Here) => {
            let own = document.address().map(|address| reader.permalink(address));
            format!("{}{anchor}", own.unwrap_or_default())
        }
        Ok(Target::Document(_, address) | Target::File(_, address)) => {
            format!("{origin}{}{anchor}", reader.url(&address))
        }
        Ok(Target::Outside(url)) => format!("{origin}{}{anchor}", path_on_host(&url)),
        Err(_) => format!("{}{anchor}", path_on_host(&reference.target)),
    }
}

/// An image's address; its size follows as further attributes, whose last quotation mark is the one after the hole.
fn image(reader: Reader<'_>, document: DocumentReader<'_>, number: usize, origin: &str) -> String {
    let Some(image) = image_at(reader, document, number) else {
        return escaped(link(reader, document, number, origin));
    };
    let mut attributes = match image.plain(PLAIN_WIDTH) {
        Some(variant) => escaped(format!("{origin}{}", reader.url(&variant.address))),
        None => escaped(link(reader, document, number, origin)),
    };
    if let Some(set) = image.sources.last().filter(|set| origin.is_empty() && set.variants.len() > 1) {
        attributes.push_str(&srcset(reader, set));
    }
    if let Some((width, height)) = image.size {
        attributes.push_str(&format!("\" width=\"{width}\" height=\"{height}"));
    }
    attributes
}

/// The image in more modern formats, for browsers that know them.
fn sources(reader: Reader<'_>, document: DocumentReader<'_>, number: usize) -> String {
    let sources = image_at(reader, document, number).map_or(&[][..], |image| &image.sources);
    let Some((_, modern)) = sources.split_last().filter(|(_, modern)| !modern.is_empty()) else { return String::new() };
    let source = |set: &ImageSource| format!("<source type=\"{}{}\">", set.media_type, srcset(reader, set));
    format!("<picture>{}", modern.iter().map(source).collect::<String>())
}

fn sources_end(reader: Reader<'_>, document: DocumentReader<'_>, number: usize) -> &'static str {
    let has_sources = image_at(reader, document, number).is_some_and(|image| image.sources.len() > 1);
    if has_sources { "</picture>" } else { "" }
}

/// Attributes after a quotation mark that is still to be closed, as [`image`] writes them.
fn srcset(reader: Reader<'_>, set: &ImageSource) -> String {
    let srcset = escaped(set.srcset(|address| reader.url(address)));
    format!("\" srcset=\"{srcset}\" sizes=\"{}", escaped(reader.image_sizes().to_owned()))
}

fn image_at<'a>(reader: Reader<'a>, document: DocumentReader<'_>, number: usize) -> Option<&'a PublishedImage> {
    let reference = document.body().references.get(number)?;
    match reader.resolve(document, reference) {
        Ok(Target::File(path, _)) => reader.image(&path),
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
pub(super) fn contents(reader: Reader<'_>, path: &SourcePath) -> Node {
    let Some(page) = reader.page(path) else { return Node::None };
    let headings: Vec<_> = page.body().headings.iter().filter(|heading| heading.level <= 3).collect();
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
