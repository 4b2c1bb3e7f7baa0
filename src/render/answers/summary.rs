//! Answers about a page in a listing.

use crate::document::{Document, Kind};
use crate::images::Set;
use crate::letters;
use crate::letters::{LETTER_FILES, Words};
use crate::render::question::{Node, Question};
use crate::render::world::{Common, World, url};
use crate::site::{Page, PageId, Site, Tag, Topic};
use crate::source::SourcePath;
use crate::text::word_key;

/// How many words a reader reads in a minute (Brysbaert 2019 has 238 for English; second-language readers take longer).
const WORDS_A_MINUTE: usize = 200;

/// How wide a picture is at most on a card.
const CARD_WIDTH: u32 = 800;

/// A page in a listing.
pub(super) fn summary(world: &World, path: &SourcePath) -> Node {
    world.site.page(path).map_or(Node::None, |page| Node::record(summary_fields(world, page)))
}

pub(super) fn summary_fields(world: &World, page: &Page) -> Vec<(&'static str, Node)> {
    let document = &page.document;
    let front = &document.front;
    let path = &document.path;
    let code = &world.language(document.language).code;
    vec![
        ("kind", world.once(Common::Word, document.language, kind(document), || Node::text(kind(document)))),
        ("title", Node::text(&front.title)),
        ("description", Node::text(description(document))),
        ("url", Node::text(world.url(&page.address))),
        ("permalink", Node::text(world.permalink(&page.address))),
        ("date", Node::optional(front.date.map(|date| date.to_string()))),
        ("updated", Node::optional(front.updated.map(|date| date.to_string()))),
        ("authors", authors(world, document)),
        ("topics", topics(world, document)),
        ("tags", tags(world, document)),
        ("image", image(world, document)),
        // Asked for themselves, so that an edit of a body leaves the lists alone that don't show them.
        ("minutes", Node::Ask(Question::Minutes(path.clone()))),
        ("words", Node::Ask(Question::Words(path.clone()))),
        ("section", section(world, page)),
        ("language", world.once(Common::Word, document.language, code, || Node::text(code))),
        ("weight", front.weight.map_or(Node::None, Node::Number)),
        ("fields", Node::count(document.letter.as_ref().map_or(0, |letter| letter.blank_count()))),
        ("files", files(world, page)),
        ("id", Node::text(document.key.trim_start_matches("content/").replace('/', "-"))),
    ]
}

/// How many words a page has.
pub(super) fn words(world: &World, path: &SourcePath) -> Node {
    let count = |page: &Page| word_count(&page.document, &world.letter_words[page.document.language]);
    world.site.page(path).map_or(Node::None, |page| Node::count(count(page)))
}

/// How many minutes a page takes to read.
pub(super) fn reading_time(world: &World, path: &SourcePath) -> Node {
    let count = |page: &Page| minutes(&page.document, &world.letter_words[page.document.language]);
    world.site.page(path).map_or(Node::None, |page| Node::count(count(page)))
}

/// What templates call a page.
pub(in crate::render) fn kind(document: &Document) -> &'static str {
    match document.kind {
        Kind::Letter => "letter",
        Kind::Article => "article",
        Kind::Home | Kind::Section | Kind::Page | Kind::Topic => "page",
    }
}

/// The description; where there is none, the first paragraph, or at least the title.
pub(super) fn description(document: &Document) -> &str {
    let candidates = [&document.front.description, &document.body.excerpt, &document.front.title];
    candidates.into_iter().find(|text| !text.is_empty()).map_or("", String::as_str)
}

/// A letter has the words of its own text beside those of its guidance.
fn word_count(document: &Document, words: &Words) -> usize {
    let letter = document.letter.as_ref().map_or(0, |letter| letters::text(letter, words).split_whitespace().count());
    document.body.words + letter
}

/// How long a page takes to read.
pub(in crate::render) fn minutes(document: &Document, words: &Words) -> usize {
    minutes_of(word_count(document, words))
}

fn minutes_of(words: usize) -> usize {
    words.div_ceil(WORDS_A_MINUTE).max(1)
}

/// Who wrote a page, as its language presents them.
pub(super) fn authors(world: &World, document: &Document) -> Node {
    let known = &world.language(document.language).authors;
    let filled = |text: &String| (!text.is_empty()).then(|| text.clone());
    let author = |name: &String| {
        let author = known.get(name);
        let shown = author.and_then(|author| filled(&author.name)).unwrap_or_else(|| name.clone());
        Node::record([
            ("name", Node::text(shown)),
            ("role", Node::optional(author.and_then(|author| filled(&author.role)))),
        ])
    };
    let named = document.front.authors.iter();
    Node::list(named.map(|name| world.once(Common::Author, document.language, name, || author(name))))
}

fn topics(world: &World, document: &Document) -> Node {
    let edition = &world.site.editions[document.language];
    let found = document.front.topics.iter().filter_map(|(slug, _)| edition.topic(slug));
    let link = |topic: &Topic| world.once(Common::Topic, document.language, &topic.key, || topic_link(world, topic));
    Node::list(found.map(link))
}

fn topic_link(world: &World, topic: &Topic) -> Node {
    Node::record([
        ("title", Node::text(&topic.title)),
        ("url", Node::text(world.url(&topic.address))),
        ("slug", Node::text(&topic.slug)),
    ])
}

fn tags(world: &World, document: &Document) -> Node {
    let edition = &world.site.editions[document.language];
    let link =
        |tag: &Tag| Node::record([("name", Node::text(&tag.name)), ("url", Node::text(world.url(&tag.address)))]);
    Node::list(document.front.tags.iter().filter_map(|name| {
        let key = word_key(name);
        let tag = edition.tags.get(&key)?;
        Some(world.once(Common::Tag, document.language, &key, || link(tag)))
    }))
}

/// The picture for cards.
fn image(world: &World, document: &Document) -> Node {
    let path = document.front.image.as_ref().and_then(|(image, _)| document.path.join(image));
    let Some((path, asset)) = path.and_then(|path| world.site.assets.get(&path).map(|asset| (path, asset))) else {
        return Node::None;
    };
    let picture = world.pictures.get(&path);
    let plain = picture.and_then(|picture| picture.plain(CARD_WIDTH));
    let (width, height) = picture.and_then(|picture| picture.size).unzip();
    let length = |length: Option<u32>| length.map_or(Node::None, |length| Node::Number(length.into()));
    let sets = picture.map_or(&[][..], |picture| &picture.sets);
    let source = |set: &Set| {
        Node::record([
            ("type", Node::text(set.media_type)),
            ("srcset", Node::text(set.srcset(|address| world.url(address)))),
        ])
    };
    Node::record([
        ("url", Node::text(world.url(plain.map_or(&asset.address, |variant| &variant.address)))),
        ("width", length(width)),
        ("height", length(height)),
        ("sources", Node::list(sets.iter().map(source))),
    ])
}

fn section(world: &World, page: &Page) -> Node {
    let language = page.document.language;
    let sections = &world.site.editions[language].sections;
    let Some((folder, section)) = page.sections.first().and_then(|folder| sections.get_key_value(folder)) else {
        return Node::None;
    };
    world.once(Common::Section, language, folder, || {
        let title = world.section_title(language, section);
        Node::record([("title", Node::text(title)), ("url", Node::text(world.url(&section.address)))])
    })
}

/// The files in which a letter is taken away.
fn files(world: &World, page: &Page) -> Node {
    let record = |files: &[(String, String)]| {
        let file = |kind: &str| Node::optional(files.iter().find(|(known, _)| known == kind).map(|(_, url)| url));
        Node::record([("pdf", file("pdf")), ("docx", file("docx")), ("txt", file("txt"))])
    };
    match page.document.letter {
        Some(_) => record(&letter_files(&world.site, page)),
        None => world.once(Common::NoFiles, page.document.language, "", || record(&[])),
    }
}

/// The question after a page's summary.
pub(super) fn summary_of(world: &World, id: PageId) -> Node {
    Node::Ask(Question::Summary(world.site.pages[id].document.path.clone()))
}

pub(super) fn summaries(world: &World, ids: impl IntoIterator<Item = PageId>) -> Node {
    Node::list(ids.into_iter().map(|id| summary_of(world, id)))
}

/// The files in which a letter is taken away: kind and address.
pub(in crate::render) fn letter_files(site: &Site, page: &Page) -> Vec<(String, String)> {
    let names = LETTER_FILES.iter().filter(|_| page.document.letter.is_some());
    names.map(|file| (file.kind.to_owned(), url(site, &page.address.join(file.name)))).collect()
}
