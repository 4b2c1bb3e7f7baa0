//! The site as answers read it. Each look is noted as a [`Read`], so that a later build knows which answers to find again.
//!
//! Answers have no other way to the site: forgetting to note a read is not possible outside of this file.

use std::cell::RefCell;
use std::ops::Deref;

use super::World;
use crate::document::{Body, Document, FrontMatter, Kind, Reference};
use crate::images::{PublishedImage, Variant};
use crate::letters::Letter;
use crate::render::question::Subject;
use crate::site::{
    Address, Asset, Broken, Edition, List, Page, PageId, Read, Redirect, Section, Site, Tag, Target, Topic,
};
use crate::source::SourcePath;

/// How wide an image for shared links is at most, in pixels.
const SHARED_WIDTH: u32 = 1600;

/// What was read so far, some of it more than once.
#[derive(Debug, Default)]
pub(in crate::render) struct Reads(Option<RefCell<Vec<Read>>>);

impl Reads {
    /// Reads that are noted.
    pub(in crate::render) fn noted() -> Self {
        Self(Some(RefCell::default()))
    }

    /// Reads that nobody will compare.
    pub(in crate::render) fn ignored() -> Self {
        Self(None)
    }

    fn note(&self, read: impl FnOnce() -> Read) {
        if let Some(reads) = &self.0 {
            reads.borrow_mut().push(read());
        }
    }

    /// All of them, each once.
    pub(in crate::render) fn into_reads(self) -> Box<[Read]> {
        let mut reads = self.0.map(RefCell::into_inner).unwrap_or_default();
        reads.sort_unstable();
        reads.dedup();
        reads.into()
    }
}

/// A world whose site is read through it.
#[derive(Clone, Copy)]
pub(in crate::render) struct Reader<'a> {
    world: &'a World,
    reads: &'a Reads,
}

/// A document, whose front matter and body are read apart.
#[derive(Clone, Copy)]
pub(in crate::render) struct DocumentReader<'a> {
    reader: Reader<'a>,
    document: &'a Document,
    /// `None` for home pages, sections and topics, whose documents are part of the outline.
    id: Option<PageId>,
}

/// A page: a document with an address.
#[derive(Clone, Copy)]
pub(in crate::render) struct PageReader<'a> {
    document: DocumentReader<'a>,
    page: &'a Page,
    id: PageId,
}

/// A section, topic or tag.
#[derive(Clone, Copy)]
pub(in crate::render) struct ListReader<'a> {
    reader: Reader<'a>,
    language: usize,
    of: ListOf<'a>,
}

#[derive(Clone, Copy)]
enum ListOf<'a> {
    Section(&'a Section),
    Topic(&'a Topic),
    Tag(&'a Tag),
}

impl<'a> Reader<'a> {
    pub(in crate::render) fn new(world: &'a World, reads: &'a Reads) -> Self {
        Self { world, reads }
    }

    fn note(self, read: impl FnOnce() -> Read) {
        self.reads.note(read);
    }

    fn edition(self, language: usize) -> &'a Edition {
        &self.world.site.editions[language]
    }

    /// The page made from that file.
    pub(in crate::render) fn page(self, path: &SourcePath) -> Option<PageReader<'a>> {
        self.world.site.page_id(path).map(|id| self.page_of(id))
    }

    /// The page of that number.
    pub(in crate::render) fn page_of(self, id: PageId) -> PageReader<'a> {
        let page = &self.world.site.pages[id];
        PageReader { document: DocumentReader { reader: self, document: &page.document, id: Some(id) }, page, id }
    }

    /// All live pages, by path.
    pub(in crate::render) fn pages(self) -> impl Iterator<Item = PageReader<'a>> {
        (0..self.world.site.pages.len()).map(move |id| self.page_of(id))
    }

    /// The pages of a language, newest first.
    pub(in crate::render) fn newest(self, language: usize) -> &'a [PageId] {
        self.note(|| Read::Newest(language));
        &self.edition(language).newest
    }

    /// Whether a language has pages. Follows from which pages there are.
    pub(in crate::render) fn has_pages(self, language: usize) -> bool {
        !self.edition(language).newest.is_empty()
    }

    fn outline_document(self, document: &'a Document) -> DocumentReader<'a> {
        self.note(|| Read::Outline);
        DocumentReader { reader: self, document, id: None }
    }

    /// The document of a home page, if there is one.
    pub(in crate::render) fn home(self, language: usize) -> Option<DocumentReader<'a>> {
        self.note(|| Read::Outline);
        self.edition(language).home.as_deref().map(|document| self.outline_document(document))
    }

    /// The document of the list of topics, if there is one.
    pub(in crate::render) fn topics_page(self, language: usize) -> Option<DocumentReader<'a>> {
        self.note(|| Read::Outline);
        self.world.site.topics_page(language).map(|document| self.outline_document(document))
    }

    /// A section by its folder.
    pub(in crate::render) fn section(self, language: usize, folder: &str) -> Option<ListReader<'a>> {
        self.note(|| Read::Places);
        let section = self.edition(language).sections.get(folder)?;
        Some(ListReader { reader: self, language, of: ListOf::Section(section) })
    }

    /// All sections of a language, by folder.
    pub(in crate::render) fn sections(self, language: usize) -> impl Iterator<Item = ListReader<'a>> {
        self.note(|| Read::Outline);
        let sections = self.edition(language).sections.values();
        sections.map(move |section| ListReader { reader: self, language, of: ListOf::Section(section) })
    }

    /// A topic by its key.
    pub(in crate::render) fn topic(self, language: usize, key: &str) -> Option<ListReader<'a>> {
        self.note(|| Read::Places);
        let topic = self.edition(language).topic(key)?;
        Some(ListReader { reader: self, language, of: ListOf::Topic(topic) })
    }

    /// The place of a topic among all topics of a language.
    pub(in crate::render) fn topic_place(self, language: usize, key: &str) -> Option<usize> {
        self.note(|| Read::Outline);
        self.edition(language).topic_place(key)
    }

    /// All topics of a language, in their order.
    pub(in crate::render) fn topics(self, language: usize) -> impl Iterator<Item = ListReader<'a>> {
        self.note(|| Read::Outline);
        let topics = self.edition(language).topics.iter();
        topics.map(move |topic| ListReader { reader: self, language, of: ListOf::Topic(topic) })
    }

    /// A tag by its key.
    pub(in crate::render) fn tag(self, language: usize, key: &str) -> Option<ListReader<'a>> {
        self.note(|| Read::Places);
        let tag = self.edition(language).tags.get(key)?;
        Some(ListReader { reader: self, language, of: ListOf::Tag(tag) })
    }

    /// All tags of a language, by key.
    pub(in crate::render) fn tags(self, language: usize) -> impl Iterator<Item = ListReader<'a>> {
        self.note(|| Read::Outline);
        let tags = self.edition(language).tags.values();
        tags.map(move |tag| ListReader { reader: self, language, of: ListOf::Tag(tag) })
    }

    /// Where a reference of a document leads.
    pub(in crate::render) fn resolve(self, from: DocumentReader<'_>, reference: &Reference) -> Result<Target, Broken> {
        self.note(|| Read::Places);
        self.world.site.resolve(from.document, reference)
    }

    /// The address of a file beside documents, if it is published.
    pub(in crate::render) fn asset(self, path: &SourcePath) -> Option<&'a Asset> {
        self.note(|| Read::Places);
        self.world.site.assets.get(path)
    }

    /// The addresses of all files beside documents.
    pub(in crate::render) fn assets(self) -> impl Iterator<Item = &'a Address> {
        self.note(|| Read::Places);
        self.world.site.assets.iter().map(|(_, asset)| &asset.address)
    }

    /// What an image file becomes.
    pub(in crate::render) fn image(self, path: &SourcePath) -> Option<&'a PublishedImage> {
        self.note(|| Read::Places);
        self.world.images.get(path)
    }

    /// All redirects.
    pub(in crate::render) fn redirects(self) -> &'a [Redirect] {
        self.note(|| Read::Outline);
        &self.world.site.redirects
    }

    /// The languages that readers find. Follows from which pages there are.
    pub(in crate::render) fn live_languages(self) -> impl Iterator<Item = usize> + Clone + 'a {
        self.world.site.live_languages()
    }

    /// The pages that share a key: translations of each other. Follows from which pages there are.
    pub(in crate::render) fn translations_of(self, key: &str) -> impl Iterator<Item = PageReader<'a>> + use<'a> {
        self.world.site.translations_of(key).iter().filter_map(move |path| self.page(path))
    }

    /// The language of a page.
    pub(in crate::render) fn language_of(self, subject: &Subject) -> usize {
        match subject {
            Subject::Page(path) => self.page(path).map_or(0, |page| page.language()),
            Subject::Section(language, ..) | Subject::Topic(language, ..) | Subject::Tag(language, ..) => *language,
            Subject::Home(language)
            | Subject::Topics(language)
            | Subject::AToZ(language)
            | Subject::Search(language)
            | Subject::NotFound(language) => *language,
        }
    }
}

/// Settings, theme and strings are no reads: if one of them differs, every answer is found again.
impl<'a> Deref for Reader<'a> {
    type Target = World;

    fn deref(&self) -> &World {
        self.world
    }
}

impl<'a> DocumentReader<'a> {
    /// Where the document is in the site's folder.
    pub(in crate::render) fn path(self) -> &'a SourcePath {
        &self.document.path
    }

    /// What it is.
    pub(in crate::render) fn kind(self) -> Kind {
        self.document.kind
    }

    /// The place of its language in the configuration.
    pub(in crate::render) fn language(self) -> usize {
        self.document.language
    }

    /// What it shares with its translations.
    pub(in crate::render) fn key(self) -> &'a str {
        &self.document.key
    }

    /// Its front matter.
    pub(in crate::render) fn front(self) -> &'a FrontMatter {
        self.note(Read::Front);
        &self.document.front
    }

    /// Its body.
    pub(in crate::render) fn body(self) -> &'a Body {
        self.note(Read::Body);
        &self.document.body
    }

    /// Its letter, if it is one.
    pub(in crate::render) fn letter(self) -> Option<&'a Letter> {
        self.note(Read::Body);
        self.document.letter.as_ref()
    }

    /// Whether it is a letter.
    pub(in crate::render) fn is_letter(self) -> bool {
        self.document.kind == Kind::Letter
    }

    /// Its description; where there is none, the first paragraph, or at least the title.
    pub(in crate::render) fn description(self) -> &'a str {
        let front = self.front();
        if front.description.is_empty() {
            self.body();
        }
        description(self.document)
    }

    /// The document itself: reads all of it.
    pub(in crate::render) fn whole(self) -> &'a Document {
        self.note(Read::Front);
        self.note(Read::Body);
        self.document
    }

    /// Its own address.
    pub(in crate::render) fn address(self) -> Option<&'a Address> {
        self.reader.note(|| Read::Places);
        self.reader.world.site.address_of(&self.document.path)
    }

    /// The image file for cards and shared links, beside the document.
    pub(in crate::render) fn image_path(self) -> Option<SourcePath> {
        let (image, _) = self.front().image.as_ref()?;
        self.document.path.join(image)
    }

    /// The image for shared links.
    pub(in crate::render) fn shared_image(self) -> Option<&'a Variant> {
        self.reader.image(&self.image_path()?)?.plain(SHARED_WIDTH)
    }

    fn note(self, read: fn(u32) -> Read) {
        self.reader.note(|| self.id.map_or(Read::Outline, |id| read(id as u32)));
    }
}

impl<'a> PageReader<'a> {
    /// Where readers find it.
    pub(in crate::render) fn address(self) -> &'a Address {
        self.document.reader.note(|| Read::Places);
        &self.page.address
    }

    /// The folders that it is in, nearest first.
    pub(in crate::render) fn folders(self) -> &'a [String] {
        &self.page.sections
    }

    /// Its document.
    pub(in crate::render) fn document(self) -> DocumentReader<'a> {
        self.document
    }

    /// The page before or after it in its section.
    pub(in crate::render) fn neighbour(self, next: bool) -> Option<PageId> {
        self.note(Read::Neighbours);
        self.site().neighbour(self.id, next)
    }

    /// The pages to read after it.
    pub(in crate::render) fn related(self) -> Vec<PageId> {
        self.note(Read::Related);
        self.site().related(self.id)
    }

    /// The letters that it refers to, then others on its main topic.
    pub(in crate::render) fn letters(self) -> Vec<PageId> {
        self.document.note(Read::Body);
        self.note_beside(true);
        self.site().letters_for(self.id)
    }

    /// The articles that refer to it, then others on its main topic.
    pub(in crate::render) fn articles(self) -> Vec<PageId> {
        self.document.reader.note(|| Read::References);
        self.note_beside(false);
        self.site().articles_for(self.id)
    }

    fn note_beside(self, letters: bool) {
        self.document.reader.note(|| Read::Places);
        if let Some((topic, _)) = self.front().topics.first() {
            let language = self.language();
            self.document.reader.note(|| Read::Beside(Box::new((language, topic.clone(), letters))));
        }
    }

    fn note(self, read: fn(u32) -> Read) {
        self.document.reader.note(|| read(self.id as u32));
    }

    fn site(self) -> &'a Site {
        &self.document.reader.world.site
    }
}

impl<'a> Deref for PageReader<'a> {
    type Target = DocumentReader<'a>;

    fn deref(&self) -> &DocumentReader<'a> {
        &self.document
    }
}

impl<'a> ListReader<'a> {
    /// Its title: for a section that nobody titled, the theme's word, since the name of a folder is in no language.
    pub(in crate::render) fn title(self) -> String {
        self.reader.note(|| Read::Places);
        match self.of {
            ListOf::Section(section) => self.reader.world.section_title(self.language, section),
            ListOf::Topic(topic) => topic.title.clone(),
            ListOf::Tag(tag) => tag.name.clone(),
        }
    }

    /// Its title as it is written; of a section without one, the name of its folder.
    pub(in crate::render) fn written_title(self) -> &'a str {
        self.reader.note(|| Read::Places);
        match self.of {
            ListOf::Section(section) => &section.title,
            ListOf::Topic(topic) => &topic.title,
            ListOf::Tag(tag) => &tag.name,
        }
    }

    /// Where it is.
    pub(in crate::render) fn address(self) -> &'a Address {
        self.reader.note(|| Read::Places);
        match self.of {
            ListOf::Section(section) => &section.address,
            ListOf::Topic(topic) => &topic.address,
            ListOf::Tag(tag) => &tag.address,
        }
    }

    /// The document of its own, if it has one.
    pub(in crate::render) fn document(self) -> Option<DocumentReader<'a>> {
        self.reader.note(|| Read::Outline);
        let document = match self.of {
            ListOf::Section(section) => section.document.as_deref(),
            ListOf::Topic(topic) => topic.document.as_deref(),
            ListOf::Tag(_) => None,
        };
        document.map(|document| self.reader.outline_document(document))
    }

    /// One sentence about it, or nothing.
    pub(in crate::render) fn description(self) -> String {
        self.reader.note(|| Read::Outline);
        match self.of {
            ListOf::Section(section) => section.document.as_deref().map(description).unwrap_or_default().to_owned(),
            ListOf::Topic(topic) => topic.description.clone(),
            ListOf::Tag(_) => String::new(),
        }
    }

    /// Its pages, in order.
    pub(in crate::render) fn pages(self) -> &'a [PageId] {
        self.reader.note(|| Read::List(Box::new(self.list())));
        match self.of {
            ListOf::Section(section) => &section.pages,
            ListOf::Topic(topic) => &topic.pages,
            ListOf::Tag(tag) => &tag.pages,
        }
    }

    /// How many pages it has.
    pub(in crate::render) fn len(self) -> usize {
        self.reader.note(|| Read::Outline);
        match self.of {
            ListOf::Section(section) => section.pages.len(),
            ListOf::Topic(topic) => topic.pages.len(),
            ListOf::Tag(tag) => tag.pages.len(),
        }
    }

    /// Whether it has none.
    pub(in crate::render) fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Its folder, or its key.
    pub(in crate::render) fn key(self) -> &'a str {
        match self.of {
            ListOf::Section(section) => &section.folder,
            ListOf::Topic(topic) => &topic.key,
            ListOf::Tag(tag) => &tag.key,
        }
    }

    /// Its word in addresses; of a section, its folder.
    pub(in crate::render) fn slug(self) -> &'a str {
        self.reader.note(|| Read::Places);
        match self.of {
            ListOf::Section(section) => &section.folder,
            ListOf::Topic(topic) => &topic.slug,
            ListOf::Tag(tag) => &tag.slug,
        }
    }

    /// Whether it holds the site's letters.
    pub(in crate::render) fn is_letters(self) -> bool {
        matches!(self.of, ListOf::Section(section) if section.is_letters())
    }

    /// The place of a section among sections.
    pub(in crate::render) fn weight(self) -> i64 {
        self.document().and_then(|document| document.front().weight).unwrap_or(i64::MAX)
    }

    fn list(self) -> List {
        match self.of {
            ListOf::Section(section) => List::Section(self.language, section.folder.clone()),
            ListOf::Topic(topic) => List::Topic(self.language, topic.key.clone()),
            ListOf::Tag(tag) => List::Tag(self.language, tag.key.clone()),
        }
    }
}

/// The description of a document; where there is none, the first paragraph, or at least the title.
fn description(document: &Document) -> &str {
    let candidates = [&document.front.description, &document.body.excerpt, &document.front.title];
    candidates.into_iter().find(|text| !text.is_empty()).map_or("", String::as_str)
}
