//! A document's Markdown as rules read it: passages of plain text, headings, links, images, tables and raw HTML, each with its place.
//!
//! The writer of pages keeps what readers see; rules ask what the editor wrote, so this walks the source once more. For a letter it is
//! the letter that is read, not its guidance. Quotation marks stay as they are typed, so that places in text and file agree.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::prose::{Covering, Prose, options};
use crate::document::html_tags::{Tag as HtmlTag, tags};
use crate::document::raw_html::without_references;
use crate::document::{Colons, Kind, UncachedDocument};
use crate::text::is_block;

/// Replaces code, images and other things that are no words.
pub(crate) const NO_WORD: char = '\u{fffc}';

/// A document as rules read it.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) passages: Vec<Passage>,
    pub(crate) headings: Vec<Heading>,
    pub(crate) links: Vec<Link>,
    pub(crate) images: Vec<Image>,
    pub(crate) tables: Vec<Table>,
    pub(crate) html: Vec<Html>,
    /// The body as it is written.
    pub(crate) prose: Prose,
    /// The same of a letter's guidance.
    pub(crate) guidance: Option<Prose>,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PassageKind {
    /// A value of the front matter.
    FrontMatter,
    Heading,
    Paragraph,
    Item,
    Cell,
}

/// A passage of running text.
#[derive(Debug)]
pub(crate) struct Passage {
    pub(crate) kind: PassageKind,
    /// Whether it is quoted from somebody else.
    pub(crate) quoted: bool,
    /// The words; a line that the editor ended on purpose ends in `\n`.
    pub(crate) text: String,
    /// The places of the pieces of `text`: byte of the text, bytes of the file.
    places: Vec<(usize, Range<usize>)>,
}

#[derive(Debug)]
pub(crate) struct Heading {
    /// 1 to 6, as written.
    pub(crate) level: u8,
    pub(crate) title: String,
    pub(crate) span: Range<usize>,
}

#[derive(Debug)]
pub(crate) struct Link {
    /// The address, as written.
    pub(crate) target: String,
    /// Its words; an image counts by its alternative text.
    pub(crate) label: String,
    pub(crate) span: Range<usize>,
}

#[derive(Debug)]
pub(crate) struct Image {
    pub(crate) target: String,
    pub(crate) alternative: String,
    /// Whether it is a tag of raw HTML.
    pub(crate) is_html: bool,
    /// Whether the editor marked it as decorative: `alt=""`.
    pub(crate) is_ornament: bool,
    pub(crate) span: Range<usize>,
}

#[derive(Debug)]
pub(crate) struct Table {
    /// Whether a cell of its first line has text.
    pub(crate) has_header: bool,
    pub(crate) span: Range<usize>,
}

/// HTML that the editor wrote.
#[derive(Debug)]
pub(crate) struct Html {
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
}

impl Passage {
    /// Where an extent of the text is in the file.
    pub(crate) fn span(&self, range: Range<usize>) -> Range<usize> {
        let start = self.place(range.start, range.start);
        let end = self.place(range.end.saturating_sub(1), range.end);
        start..end.max(start)
    }

    /// The place of byte `at`, found by the piece that byte `within` belongs to.
    fn place(&self, within: usize, at: usize) -> usize {
        let piece = self.places.partition_point(|(start, _)| *start <= within).saturating_sub(1);
        self.places.get(piece).map_or(0, |(start, span)| (span.start + at.saturating_sub(*start)).min(span.end))
    }

    /// The words of a value of the front matter at `span`.
    fn quoted_value(text: &str, span: &Range<usize>, source: &str) -> Self {
        let offset = source.get(span.clone()).and_then(|written| written.find(text)).unwrap_or(0);
        let start = span.start + offset;
        let place = (0, start..(start + text.len()).min(span.end));
        Self { kind: PassageKind::FrontMatter, quoted: false, text: text.to_owned(), places: vec![place] }
    }
}

impl Reading {
    pub(crate) fn of(document: &UncachedDocument<'_>) -> Self {
        let mut reader =
            Reader { start: document.body_start, is_letter: document.kind == Kind::Letter, ..Reader::default() };
        reader.front_matter(document);
        let body = document.text.get(document.body_start..).unwrap_or_default();
        let colons = Colons::of(body);
        let place = document.body_start..document.text.len();
        let mut covering = Covering::new(body, Some(document.body_start), place);
        let mut events = Parser::new_ext(colons.text(), options()).into_offset_iter();
        for (mut event, span) in events.by_ref() {
            colons.restore(&mut event);
            covering.take(&event, &span);
            reader.take(event, &span);
        }
        reader.close_html_lines();
        reader.close_passage();
        let prose = covering.finish(events.reference_definitions());
        Self { prose, guidance: Prose::of_guidance(document), ..reader.reading }
    }
}

#[derive(Default)]
struct Reader {
    reading: Reading,
    /// Where the parsed text begins in the file.
    start: usize,
    is_letter: bool,
    passage: Option<Passage>,
    /// The kinds of block that are open, outermost first.
    blocks: Vec<PassageKind>,
    quotes: usize,
    in_code: bool,
    in_table_head: bool,
    /// A line that begins a part of a letter, up to its end.
    in_fence: bool,
    open_links: Vec<Link>,
    /// How many elements of raw HTML that hold code are open in this block.
    html_code: usize,
    /// A link of raw HTML that is open.
    html_link: Option<Link>,
    /// Lines of raw HTML that may go on.
    html_lines: Option<Html>,
    open_images: Vec<Image>,
}

impl Reader {
    fn front_matter(&mut self, document: &UncachedDocument<'_>) {
        let front = &document.front;
        let is_own_title =
            document.text.get(front.title_span.clone()).is_some_and(|written| written.contains(&front.title));
        if is_own_title {
            self.reading.passages.push(Passage::quoted_value(&front.title, &front.title_span, &document.text));
        }
        if !front.description.is_empty() {
            self.reading.passages.push(Passage::quoted_value(
                &front.description,
                &front.description_span,
                &document.text,
            ));
        }
    }

    fn take(&mut self, event: Event<'_>, span: &Range<usize>) {
        let place = self.start + span.start..self.start + span.end;
        if !matches!(event, Event::Html(_)) {
            self.close_html_lines();
        }
        match event {
            Event::Start(tag) => self.open(tag, place),
            Event::End(tag) => self.close(tag),
            Event::Text(text) => self.text(&text, place),
            Event::Code(code) => self.inline_code(&code, place),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => self.no_word(place),
            Event::Html(html) => self.html_line(&html, place),
            Event::InlineHtml(html) => self.raw_html(&html, place, true),
            Event::SoftBreak => self.line_end(" ", place),
            Event::HardBreak => self.line_end("\n", place),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>, place: Range<usize>) {
        if is_block(&tag) {
            self.close_passage();
        }
        match tag {
            Tag::Heading { level, .. } => {
                self.blocks.push(PassageKind::Heading);
                self.reading.headings.push(Heading { level: level as u8, title: String::new(), span: place });
            }
            Tag::Item | Tag::DefinitionListDefinition => self.blocks.push(PassageKind::Item),
            Tag::TableCell => self.blocks.push(PassageKind::Cell),
            Tag::BlockQuote(None) => self.quotes += 1,
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::Table(_) => self.reading.tables.push(Table { has_header: false, span: place }),
            Tag::TableHead => self.in_table_head = true,
            Tag::Link { dest_url, .. } => {
                self.open_links.push(Link { target: dest_url.into_string(), label: String::new(), span: place });
            }
            Tag::Image { dest_url, .. } => {
                let target = dest_url.into_string();
                self.open_images.push(Image {
                    target,
                    alternative: String::new(),
                    is_html: false,
                    is_ornament: false,
                    span: place,
                });
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => self.reading.links.extend(self.open_links.pop()),
            TagEnd::Image => self.close_image(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::Heading(_) => self.close_heading(),
            _ => self.close_passage(),
        }
        match tag {
            TagEnd::Heading(_) | TagEnd::Item | TagEnd::DefinitionListDefinition | TagEnd::TableCell => {
                self.blocks.pop();
            }
            TagEnd::BlockQuote(None) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::TableHead => self.in_table_head = false,
            _ => {}
        }
    }

    fn close_heading(&mut self) {
        let title = self.passage.as_ref().map(|passage| passage.text.trim().to_owned()).unwrap_or_default();
        if let Some(heading) = self.reading.headings.last_mut() {
            heading.title = title;
        }
        self.close_passage();
    }

    fn close_image(&mut self) {
        let Some(image) = self.open_images.pop() else { return };
        if let Some(link) = self.open_links.last_mut() {
            link.label.push_str(&image.alternative);
        }
        self.html_words(&image.alternative);
        self.no_word(image.span.clone());
        self.reading.images.push(image);
    }

    fn text(&mut self, text: &str, place: Range<usize>) {
        if let Some(image) = self.open_images.last_mut() {
            image.alternative.push_str(text);
            return;
        }
        if let Some(link) = self.open_links.last_mut() {
            link.label.push_str(text);
        }
        self.html_words(text);
        if self.in_table_head && !text.trim().is_empty() {
            self.reading.tables.last_mut().into_iter().for_each(|table| table.has_header = true);
        }
        if self.is_letter && self.passage.is_none() && text.starts_with(":::") {
            self.in_fence = true;
        }
        match self.html_code {
            0 if !self.in_code && !self.in_fence => self.push(text, place),
            0 => {}
            _ => self.no_word(place),
        }
    }

    fn inline_code(&mut self, code: &str, place: Range<usize>) {
        if let Some(link) = self.open_links.last_mut() {
            link.label.push_str(code);
        }
        self.html_words(code);
        if self.in_table_head {
            self.reading.tables.last_mut().into_iter().for_each(|table| table.has_header = true);
        }
        self.no_word(place);
    }

    fn no_word(&mut self, place: Range<usize>) {
        self.push(NO_WORD.encode_utf8(&mut [0; 4]), place);
    }

    /// Links and images count as Markdown's own; the text between two tags are words of the link that is open.
    fn raw_html(&mut self, html: &str, place: Range<usize>, is_inline: bool) {
        let mut words = 0;
        for tag in tags(html, 0) {
            let place = place.start + tag.span.start..place.start + tag.span.end;
            self.html_words(&html[words..tag.span.start]);
            words = tag.span.end;
            match tag.name.as_str() {
                "br" if is_inline => self.push("\n", place),
                "code" | "kbd" | "samp" | "tt" if is_inline => self.html_code_tag(tag.closing),
                "a" if tag.closing => self.close_html_link(place.end),
                "a" => self.open_html_link(&tag, place),
                "img" => self.html_image(&tag, place, is_inline),
                _ => {}
            }
        }
        self.html_words(&html[words..]);
        self.reading.html.push(Html { text: html.to_owned(), span: place });
    }

    /// Lines that follow each other are read together, since a tag may go on over the end of one.
    fn html_line(&mut self, html: &str, place: Range<usize>) {
        match self.html_lines.as_mut().filter(|lines| lines.span.end == place.start) {
            Some(lines) => {
                lines.text.push_str(html);
                lines.span.end = place.end;
            }
            None => {
                self.close_html_lines();
                self.html_lines = Some(Html { text: html.to_owned(), span: place });
            }
        }
    }

    fn close_html_lines(&mut self) {
        if let Some(lines) = self.html_lines.take() {
            self.raw_html(&lines.text, lines.span, false);
        }
    }

    fn html_code_tag(&mut self, is_end: bool) {
        self.html_code = if is_end { self.html_code.saturating_sub(1) } else { self.html_code + 1 };
    }

    fn html_words(&mut self, words: &str) {
        self.html_link.iter_mut().for_each(|link| link.label.push_str(words));
    }

    fn open_html_link(&mut self, tag: &HtmlTag, place: Range<usize>) {
        let target = tag.attribute("href").map(|target| without_references(target.value).into_owned());
        self.html_link = target.map(|target| Link { target, label: String::new(), span: place });
    }

    fn close_html_link(&mut self, end: usize) {
        self.reading.links.extend(self.html_link.take().map(|link| Link { span: link.span.start..end, ..link }));
    }

    fn html_image(&mut self, tag: &HtmlTag, place: Range<usize>, is_inline: bool) {
        let value = |name| tag.attribute(name).map(|value| without_references(value.value).into_owned());
        let (target, alternative) = (value("src").unwrap_or_default(), value("alt"));
        self.html_words(alternative.as_deref().unwrap_or_default());
        if is_inline {
            self.no_word(place.clone());
        }
        let is_ornament = alternative.as_ref().is_some_and(String::is_empty);
        let alternative = alternative.unwrap_or_default();
        self.reading.images.push(Image { target, alternative, is_html: true, is_ornament, span: place });
    }

    fn line_end(&mut self, text: &str, place: Range<usize>) {
        match self.in_fence {
            true => self.in_fence = false,
            false => self.push(text, place),
        }
    }

    fn push(&mut self, text: &str, place: Range<usize>) {
        let kind = self.blocks.last().copied().unwrap_or(PassageKind::Paragraph);
        let quoted = self.quotes > 0;
        let passage =
            self.passage.get_or_insert_with(|| Passage { kind, quoted, text: String::new(), places: Vec::new() });
        passage.places.push((passage.text.len(), place));
        passage.text.push_str(text);
    }

    fn close_passage(&mut self) {
        (self.in_fence, self.html_code) = (false, 0);
        self.reading.passages.extend(self.passage.take());
    }
}
