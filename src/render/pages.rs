//! Answers about single pages: summaries, bodies, letters, and what stands beside them.

use std::borrow::Cow;
use std::sync::Arc;

use super::question::{Node, Question};
use super::world::{Common, World, letter_files};
use crate::document::holes::Hole;
use crate::document::{Document, Kind, Part, holes};
use crate::images::{Picture, Set};
use crate::letters;
use crate::letters::{Blanks, Words};
use crate::site::{Page, PageId, Tag, Target, Topic};
use crate::source::SourcePath;
use crate::text::path_on_host;

/// How many words a reader reads in a minute (Brysbaert 2019 has 238 for English; second-language readers take longer).
const WORDS_A_MINUTE: usize = 200;
/// How wide a picture is at most where a program takes only one: a feed's reader, an old browser.
const PLAIN_WIDTH: u32 = 1200;
/// How wide a picture is at most on a card.
const CARD_WIDTH: u32 = 800;

/// A page in a listing.
pub(super) fn summary(world: &World, path: &SourcePath) -> Node {
    world.site.page(path).map_or(Node::None, |page| Node::record(summary_fields(world, page)))
}

fn summary_fields(world: &World, page: &Page) -> Vec<(&'static str, Node)> {
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
pub(super) fn kind(document: &Document) -> &'static str {
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
pub(super) fn minutes(document: &Document, words: &Words) -> usize {
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
        let key = crate::text::word_key(name);
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
        let title = super::listings::section_title(world, language, section);
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

/// A page of its own.
pub(super) fn page(world: &World, path: &SourcePath) -> Node {
    let Some(page) = world.site.page(path) else { return Node::None };
    let document = &page.document;
    let front = &document.front;
    let headings = document.body.headings.iter().filter(|heading| heading.level == 2).count();
    let is_letter = document.letter.is_some();
    let mut fields = summary_fields(world, page);
    fields.extend([
        ("parts", Node::Ask(Question::Parts(path.clone()))),
        ("toc", Node::Ask(Question::Contents(path.clone()))),
        ("show_toc", Node::Flag(front.toc.unwrap_or(headings >= 3))),
        ("review_by", Node::optional(front.review_by.map(|date| date.to_string()))),
        ("reviewed", Node::optional(front.updated.or(front.date).map(|date| date.to_string()))),
        ("previous", Node::Ask(Question::Neighbour(path.clone(), false))),
        ("next", Node::Ask(Question::Neighbour(path.clone(), true))),
        ("related", Node::Ask(Question::Related(path.clone()))),
        ("letters", Node::Ask(Question::Letters(path.clone()))),
        ("articles", Node::Ask(Question::Articles(path.clone()))),
        ("source", Node::text(path.as_str())),
        ("letter", if is_letter { Node::Ask(Question::Letter(path.clone(), true)) } else { Node::None }),
    ]);
    fields.extend(super::schema::fields(document));
    Node::record(fields)
}

/// A letter shown in an article: its summary, and the letter without a form.
pub(super) fn placed_letter(world: &World, path: &SourcePath) -> Node {
    let Some(page) = world.site.page(path) else { return Node::None };
    let mut fields = summary_fields(world, page);
    fields.push(("letter", Node::Ask(Question::Letter(path.clone(), false))));
    Node::record(fields)
}

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

fn heading_node(heading: &crate::document::Heading, children: impl IntoIterator<Item = Node>) -> Node {
    Node::record([
        ("id", Node::Text(Arc::clone(&heading.id))),
        ("title", Node::Text(Arc::clone(&heading.title))),
        ("level", Node::Number(heading.level.into())),
        ("children", Node::list(children)),
    ])
}

/// The page before or after in its section.
pub(super) fn neighbour(world: &World, path: &SourcePath, next: bool) -> Node {
    let neighbour = world.site.page_id(path).and_then(|id| world.site.neighbour(id, next));
    neighbour.map_or(Node::None, |id| summary_of(world, id))
}

/// The question after a page's summary.
pub(super) fn summary_of(world: &World, id: PageId) -> Node {
    Node::Ask(Question::Summary(world.site.pages[id].document.path.clone()))
}

pub(super) fn summaries(world: &World, ids: impl IntoIterator<Item = PageId>) -> Node {
    Node::list(ids.into_iter().map(|id| summary_of(world, id)))
}

pub(super) fn related(world: &World, path: &SourcePath) -> Node {
    summaries(world, world.site.page_id(path).map(|id| world.site.related(id)).unwrap_or_default())
}

pub(super) fn letters(world: &World, path: &SourcePath) -> Node {
    summaries(world, world.site.page_id(path).map(|id| world.site.letters_for(id)).unwrap_or_default())
}

pub(super) fn articles(world: &World, path: &SourcePath) -> Node {
    summaries(world, world.site.page_id(path).map(|id| world.site.articles_for(id)).unwrap_or_default())
}

/// A letter with its fields.
pub(super) fn letter(world: &World, path: &SourcePath, has_form: bool) -> Node {
    let Some(page) = world.site.page(path) else { return Node::None };
    let document = &page.document;
    let Some(letter) = &document.letter else { return Node::None };
    let words = &world.letter_words[document.language];
    let blanks = if has_form { Blanks::Links } else { Blanks::Plain };
    let subject = letters::subject_html(letter, blanks, words);
    Node::record([
        ("subject", subject.map_or(Node::None, |html| Node::Html(html.into()))),
        ("html", Node::Html(letters::html(letter, blanks, words).into())),
        ("guidance", whole(world, document)),
        ("fields", Node::list(letter.fields.iter().map(|field| field_node(&field.in_words(words))))),
        ("field_count", Node::count(letter.blank_count())),
        ("choices_count", Node::count(letter.choice_count())),
        ("is_email", Node::Flag(letter.is_email())),
    ])
}

fn field_node(field: &letters::Field) -> Node {
    Node::record([
        ("id", Node::text(&field.id)),
        ("name", Node::text(&field.name)),
        ("label", Node::text(&field.label)),
        ("type", Node::text(field.kind.name())),
        ("hint", Node::text(&field.hint)),
        ("example", Node::text(&field.example)),
        ("suggestions", Node::list(field.suggestions.iter().map(Node::text))),
        ("choices", Node::list(field.choices.iter().map(Node::text))),
        ("required", Node::Flag(field.required)),
        ("default", Node::text(&field.default)),
        ("autocomplete", Node::text(&field.autocomplete)),
        ("shared", Node::Flag(field.shared)),
        ("optional", Node::Flag(field.optional)),
    ])
}
