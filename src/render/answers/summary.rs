//! Answers about a page in a listing.

use crate::config::Config;
use crate::document::{Document, Kind};
use crate::images::ImageSource;
use crate::letters;
use crate::letters::{LETTER_FILES, Words};
use crate::render::question::{Node, Question};
use crate::render::world::{Common, DocumentReader, ListReader, PageReader, Reader, link};
use crate::site::{Address, Page, PageId, Site};
use crate::source::SourcePath;
use crate::text::word_key;

/// How many words a reader reads in a minute (Brysbaert 2019 has 238 for English; second-language readers take longer).
const WORDS_A_MINUTE: usize = 200;

/// How wide an image is at most on a card, in pixels.
const CARD_WIDTH: u32 = 800;

/// A page in a listing.
pub(super) fn summary(reader: Reader<'_>, path: &SourcePath) -> Node {
    reader.page(path).map_or(Node::None, |page| Node::record(summary_fields(reader, page)))
}

pub(super) fn summary_fields(reader: Reader<'_>, page: PageReader<'_>) -> Vec<(&'static str, Node)> {
    let document = page.document();
    let front = document.front();
    let path = document.path();
    let language = document.language();
    let code = &reader.language(language).code;
    let kind = kind(document.kind());
    vec![
        ("kind", reader.once(Common::Word, language, kind, || Node::text(kind))),
        ("title", Node::text(&front.title)),
        ("description", Node::text(document.description())),
        ("url", Node::text(reader.url(page.address()))),
        ("permalink", Node::text(reader.permalink(page.address()))),
        ("date", Node::optional(front.date.map(|date| date.to_string()))),
        ("updated", Node::optional(front.updated.map(|date| date.to_string()))),
        ("authors", authors(reader, document)),
        ("topics", topics(reader, document)),
        ("tags", tags(reader, document)),
        ("image", image(reader, document)),
        // Questions of their own, so that an edit of a body leaves lists alone that don't show them.
        ("minutes", Node::Ask(Question::Minutes(path.clone()))),
        ("words", Node::Ask(Question::Words(path.clone()))),
        ("section", section(reader, page)),
        ("language", reader.once(Common::Word, language, code, || Node::text(code))),
        ("weight", front.weight.map_or(Node::None, Node::Number)),
        ("fields", Node::count(blank_count(document))),
        ("files", files(reader, page)),
        ("id", Node::text(document.key().trim_start_matches("content/").replace('/', "-"))),
    ]
}

/// Only letters have blanks, so only their summaries read the body.
fn blank_count(document: DocumentReader<'_>) -> usize {
    let letter = document.is_letter().then(|| document.letter()).flatten();
    letter.map_or(0, |letter| letter.blank_count())
}

/// How many words a page has.
pub(super) fn words(reader: Reader<'_>, path: &SourcePath) -> Node {
    let count = |page: PageReader<'_>| word_count(page.whole(), &reader.letter_words[page.language()]);
    reader.page(path).map_or(Node::None, |page| Node::count(count(page)))
}

/// How many minutes a page takes to read.
pub(super) fn reading_time(reader: Reader<'_>, path: &SourcePath) -> Node {
    let count = |page: PageReader<'_>| minutes(page.whole(), &reader.letter_words[page.language()]);
    reader.page(path).map_or(Node::None, |page| Node::count(count(page)))
}

/// What templates call a page.
pub(in crate::render) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Letter => "letter",
        Kind::Article => "article",
        Kind::Home | Kind::Section | Kind::Page | Kind::Topic => "page",
    }
}

/// A letter has the words of its own text beside those of its guidance.
fn word_count(document: &Document, words: &Words) -> usize {
    let letter = document.letter.as_ref().map_or(0, |letter| letters::text(letter, words).split_whitespace().count());
    document.body.words + letter
}

/// How many minutes a page takes to read.
pub(in crate::render) fn minutes(document: &Document, words: &Words) -> usize {
    word_count(document, words).div_ceil(WORDS_A_MINUTE).max(1)
}

/// Who wrote a page, as its language presents them.
pub(super) fn authors(reader: Reader<'_>, document: DocumentReader<'_>) -> Node {
    let known = &reader.language(document.language()).authors;
    let filled = |text: &String| (!text.is_empty()).then(|| text.clone());
    let author = |name: &String| {
        let author = known.get(name);
        let shown = author.and_then(|author| filled(&author.name)).unwrap_or_else(|| name.clone());
        Node::record([
            ("name", Node::text(shown)),
            ("role", Node::optional(author.and_then(|author| filled(&author.role)))),
        ])
    };
    let named = document.front().authors.iter();
    Node::list(named.map(|name| reader.once(Common::Author, document.language(), name, || author(name))))
}

fn topics(reader: Reader<'_>, document: DocumentReader<'_>) -> Node {
    let language = document.language();
    let found = document.front().topics.iter().filter_map(|(key, _)| reader.topic(language, key));
    let link = |topic: ListReader<'_>| {
        reader.once(Common::Topic, language, topic.key(), || {
            Node::record([
                ("title", Node::text(topic.title())),
                ("url", Node::text(reader.url(topic.address()))),
                ("slug", Node::text(topic.slug())),
            ])
        })
    };
    Node::list(found.map(link))
}

fn tags(reader: Reader<'_>, document: DocumentReader<'_>) -> Node {
    let language = document.language();
    let found = document.front().tags.iter().filter_map(|name| reader.tag(language, &word_key(name)));
    let link = |tag: ListReader<'_>| {
        reader.once(Common::Tag, language, tag.key(), || {
            Node::record([("name", Node::text(tag.title())), ("url", Node::text(reader.url(tag.address())))])
        })
    };
    Node::list(found.map(link))
}

/// The image for cards.
fn image(reader: Reader<'_>, document: DocumentReader<'_>) -> Node {
    let path = document.image_path();
    let Some((path, asset)) = path.and_then(|path| reader.asset(&path).map(|asset| (path, asset))) else {
        return Node::None;
    };
    let image = reader.image(&path);
    let plain = image.and_then(|image| image.plain(CARD_WIDTH));
    let (width, height) = image.and_then(|image| image.size).unzip();
    let length = |length: Option<u32>| length.map_or(Node::None, |length| Node::Number(length.into()));
    let sources = image.map_or(&[][..], |image| &image.sources);
    let source = |set: &ImageSource| {
        Node::record([
            ("type", Node::text(set.media_type)),
            ("srcset", Node::text(set.srcset(|address| reader.url(address)))),
        ])
    };
    Node::record([
        ("url", Node::text(reader.url(plain.map_or(&asset.address, |variant| &variant.address)))),
        ("width", length(width)),
        ("height", length(height)),
        ("sources", Node::list(sources.iter().map(source))),
    ])
}

fn section(reader: Reader<'_>, page: PageReader<'_>) -> Node {
    let language = page.language();
    let Some(section) = page.folders().first().and_then(|folder| reader.section(language, folder)) else {
        return Node::None;
    };
    reader.once(Common::Section, language, section.key(), || {
        Node::record([("title", Node::text(section.title())), ("url", Node::text(reader.url(section.address())))])
    })
}

/// The files in which a letter is taken away.
fn files(reader: Reader<'_>, page: PageReader<'_>) -> Node {
    let record = |files: &[(String, String)]| {
        let file = |kind: &str| Node::optional(files.iter().find(|(known, _)| known == kind).map(|(_, url)| url));
        Node::record([("pdf", file("pdf")), ("docx", file("docx")), ("txt", file("txt"))])
    };
    match page.is_letter() {
        true => record(&files_at(reader.config(), page.address())),
        false => reader.once(Common::NoFiles, page.language(), "", || record(&[])),
    }
}

/// The question after a page's summary.
pub(super) fn summary_of(reader: Reader<'_>, id: PageId) -> Node {
    Node::Ask(Question::Summary(reader.page_of(id).path().clone()))
}

pub(super) fn summaries(reader: Reader<'_>, ids: impl IntoIterator<Item = PageId>) -> Node {
    Node::list(ids.into_iter().map(|id| summary_of(reader, id)))
}

/// The files in which a letter at that address is taken away: kind and address.
fn files_at(config: &Config, address: &Address) -> Vec<(String, String)> {
    LETTER_FILES.iter().map(|file| (file.kind.to_owned(), link(config, &address.join(file.name)))).collect()
}

/// The files in which a letter is taken away: kind and address; none for other pages.
pub(in crate::render) fn letter_files(site: &Site, page: &Page) -> Vec<(String, String)> {
    match page.document.letter {
        Some(_) => files_at(&site.config, &page.address),
        None => Vec::new(),
    }
}
