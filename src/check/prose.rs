//! A Markdown text as written, without what Markdown has understood: what is left over is what readers see as signs, or don't see at all.
//!
//! Code, HTML, addresses, escapes and the signs of links, emphasis and notes that were made are covered by [`COVER`], byte for byte, so that places
//! in the covered text are places in the file. Rules look for signs in it that were meant to do something.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, RefDefs, Tag, TagEnd};

use crate::document::{Colons, UncachedDocument, markdown_options};

/// What covers a byte that Markdown has understood. It is neither white space nor a letter nor a sign.
pub(crate) const COVER: char = '\u{1}';

/// A Markdown text and what was made of it.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    /// The text as written.
    pub(crate) written: String,
    /// The same, where what was understood is covered.
    pub(crate) text: String,
    /// Where the text begins in the file; `None` for the guidance of a letter, which is quoted in the front matter.
    start: Option<usize>,
    /// Where the whole text is in the file.
    value: Range<usize>,
    pub(crate) fences: Vec<Fence>,
    pub(crate) tables: Vec<Table>,
    pub(crate) notes: Notes,
    pub(crate) labels: Labels,
    /// Where words of the text begin with a bracket: lines that define a label are none of it.
    pub(crate) texts_with_bracket: HashSet<usize>,
    /// Paragraphs that are bold and nothing else, outside lists, quotations and tables.
    pub(crate) bold_lines: Vec<BoldLine>,
}

/// A block of code between fences.
#[derive(Debug)]
pub(crate) struct Fence {
    pub(crate) span: Range<usize>,
    /// Whether it is in a list, a quotation or a note.
    pub(crate) is_inside: bool,
}

#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) columns: usize,
    /// The lines of its rows, the first included and the rule left out.
    pub(crate) rows: Vec<Range<usize>>,
}

/// Notes, each with its name and place.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) defined: Vec<(String, Range<usize>)>,
    pub(crate) used: Vec<(String, Range<usize>)>,
}

/// Lines that give a label its address.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    /// The first line of each label.
    pub(crate) defined: Vec<(String, Range<usize>)>,
    pub(crate) used: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct BoldLine {
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
    /// The level of the heading above it, 1 if there is none.
    pub(crate) level_above: u8,
}

/// A line of a text, without its end.
#[derive(Debug, Clone)]
pub(crate) struct Line<'a> {
    pub(crate) text: &'a str,
    pub(crate) start: usize,
}

impl Line<'_> {
    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The line without the marks of quotations and its indentation, and where that begins.
    pub(crate) fn content(&self) -> (&str, usize) {
        let content = self.text.trim_start_matches([' ', '\t', '>']);
        (content, self.start + self.text.len() - content.len())
    }
}

/// The lines of a text, each with its place.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> + Clone {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let found = Line { text: line.trim_end_matches(['\n', '\r']), start };
        start += line.len();
        found
    })
}

/// Whether only spaces and the marks of quotations are before a byte on its line.
pub(crate) fn opens_line(text: &str, at: usize) -> bool {
    let before = text[..at].bytes().rev().find(|byte| !matches!(byte, b' ' | b'\t' | b'>'));
    before.is_none_or(|byte| byte == b'\n')
}

/// Whether only spaces are behind a byte on its line.
pub(crate) fn ends_line(text: &str, at: usize) -> bool {
    let behind = text[at..].bytes().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
    behind.is_none_or(|byte| byte == b'\n')
}

/// The head of a text, so that a look ahead costs the same however long the text is.
pub(crate) fn head(text: &str) -> &str {
    const LONGEST: usize = 500;
    &text[..text.floor_char_boundary(LONGEST)]
}

impl Prose {
    /// The guidance of a letter.
    pub(crate) fn of_guidance(document: &UncachedDocument<'_>) -> Option<Self> {
        let (guidance, span) = document.front.guidance.as_ref()?;
        let colons = Colons::of(guidance);
        let mut covering = Covering::new(guidance, None, span.clone());
        let mut events = Parser::new_ext(colons.text(), options()).into_offset_iter();
        for (mut event, span) in events.by_ref() {
            colons.restore(&mut event);
            covering.take(&event, &span);
        }
        Some(covering.finish(events.reference_definitions()))
    }

    /// Whether it is the file's own text, which can be corrected.
    pub(crate) fn is_body(&self) -> bool {
        self.start.is_some()
    }

    /// Where an extent of the text is in the file.
    pub(crate) fn span(&self, range: Range<usize>, file: &str) -> Range<usize> {
        match self.start {
            Some(start) => start + range.start..start + range.end,
            None => self.quoted(range, file).unwrap_or_else(|| self.value.clone()),
        }
    }

    /// The same words within the value of the front matter.
    fn quoted(&self, range: Range<usize>, file: &str) -> Option<Range<usize>> {
        let words = self.written.get(range)?.lines().next()?.trim();
        let at = file.get(self.value.clone())?.find(words).filter(|_| !words.is_empty())?;
        Some(self.value.start + at..self.value.start + at + words.len())
    }

    /// The lines of the covered text.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Line<'_>> + Clone {
        lines(&self.text)
    }

    /// Whether any of some signs is left in the text.
    pub(crate) fn has(&self, sign: &str) -> bool {
        memchr::memmem::find(self.text.as_bytes(), sign.as_bytes()).is_some()
    }
}

/// Names of notes and labels are alike whatever their case and white space (CommonMark § 4.7).
pub(crate) fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Follows the parser through a text and covers what it understands.
#[derive(Default)]
pub(crate) struct Covering {
    covered: Vec<u8>,
    prose: Prose,
    /// How many lists, quotations and notes are open.
    containers: usize,
    level: u8,
    /// The paragraph that has just begun.
    paragraph: Option<Range<usize>>,
    /// A paragraph that is bold and nothing else: its place, and the words so far.
    bold: Option<(Range<usize>, String)>,
    in_code: bool,
}

impl Covering {
    /// `start` and `value` are those of [`Prose`].
    pub(crate) fn new(text: &str, start: Option<usize>, value: Range<usize>) -> Self {
        let prose = Prose { written: text.to_owned(), start, value, ..Prose::default() };
        Self { covered: text.as_bytes().to_vec(), prose, ..Self::default() }
    }

    pub(crate) fn take(&mut self, event: &Event<'_>, span: &Range<usize>) {
        self.follow_bold(event, span);
        match event {
            Event::Start(tag) => self.open(tag, span),
            Event::End(
                TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::DefinitionList,
            ) => {
                self.containers = self.containers.saturating_sub(1);
            }
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => self.cover(span.clone()),
            Event::FootnoteReference(name) => {
                self.prose.notes.used.push((folded(name), span.clone()));
                self.cover(span.clone());
            }
            Event::Text(words) if !self.in_code => {
                self.cover_escape(span);
                if words.starts_with('[') {
                    self.prose.texts_with_bracket.insert(span.start);
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>, span: &Range<usize>) {
        match tag {
            Tag::List(_) | Tag::BlockQuote(_) | Tag::DefinitionList => self.containers += 1,
            Tag::FootnoteDefinition(name) => {
                self.containers += 1;
                let mark = span.start..(span.start + name.len() + "[^]:".len()).min(span.end);
                self.prose.notes.defined.push((folded(name), mark.clone()));
                self.cover(mark);
            }
            Tag::CodeBlock(kind) => self.code(kind, span),
            Tag::Heading { level, .. } => self.level = *level as u8,
            Tag::Table(columns) => self.prose.tables.push(Table { columns: columns.len(), rows: Vec::new() }),
            Tag::TableHead | Tag::TableRow => self.row(span),
            Tag::Strong => self.cover_ends(span, 2),
            Tag::Emphasis => self.cover_ends(span, 1),
            Tag::Strikethrough => self.cover_strikethrough(span),
            Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. } => self.link(*link_type, id, span),
            _ => {}
        }
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>, span: &Range<usize>) {
        self.in_code = true;
        self.cover(span.clone());
        if matches!(kind, CodeBlockKind::Fenced(_)) {
            self.prose.fences.push(Fence { span: span.clone(), is_inside: self.containers > 0 });
        }
    }

    /// A row's place is its first line: cells beyond the last column are part of no event.
    fn row(&mut self, span: &Range<usize>) {
        let text = &self.prose.written;
        let end = text[span.start..].find('\n').map_or(text.len(), |length| span.start + length);
        self.prose.tables.last_mut().into_iter().for_each(|table| table.rows.push(span.start..end));
    }

    /// Of a link that names a label the label is used; of any, what is behind the words is covered.
    fn link(&mut self, kind: LinkType, label: &str, span: &Range<usize>) {
        let written = &self.prose.written[span.clone()];
        let words = match kind {
            LinkType::Autolink | LinkType::Email => 0,
            LinkType::Inline => written.rfind("](").map_or(written.len(), |at| at + 1),
            _ => {
                self.prose.labels.used.push(folded(label));
                written.len()
            }
        };
        let ends = span.end.saturating_sub(usize::from(words == written.len()));
        self.cover(span.start..span.start + 1);
        self.cover((span.start + words).min(ends)..span.end);
    }

    /// A sign with a backslash before it means itself.
    fn cover_escape(&mut self, span: &Range<usize>) {
        let is_escaped = span.start > 0
            && self.prose.written.as_bytes()[span.start - 1] == b'\\'
            && self.prose.written.as_bytes().get(span.start).is_some_and(u8::is_ascii_punctuation);
        if is_escaped {
            self.cover(span.start - 1..span.start + 1);
        }
    }

    fn cover_ends(&mut self, span: &Range<usize>, length: usize) {
        self.cover(span.start..(span.start + length).min(span.end));
        self.cover(span.end.saturating_sub(length).max(span.start)..span.end);
    }

    fn cover_strikethrough(&mut self, span: &Range<usize>) {
        let is_double = self.prose.written[span.clone()].starts_with("~~");
        self.cover_ends(span, if is_double { 2 } else { 1 });
    }

    /// Line ends stay, so that lines are lines.
    fn cover(&mut self, range: Range<usize>) {
        let bytes = self.covered.get_mut(range).unwrap_or_default();
        bytes.iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = COVER as u8);
    }

    fn follow_bold(&mut self, event: &Event<'_>, span: &Range<usize>) {
        let paragraph = self.paragraph.take();
        match event {
            Event::Start(Tag::Paragraph) => self.paragraph = (self.containers == 0).then(|| span.clone()),
            Event::Start(Tag::Strong) => {
                let whole = paragraph.filter(|paragraph| self.trimmed(paragraph) == *span);
                self.bold = whole.map(|paragraph| (paragraph, String::new()));
            }
            Event::Text(words) => self.bold.iter_mut().for_each(|(_, text)| text.push_str(words)),
            Event::End(TagEnd::Strong) => {}
            Event::End(TagEnd::Paragraph) => self.close_bold(),
            _ => self.bold = None,
        }
    }

    fn trimmed(&self, range: &Range<usize>) -> Range<usize> {
        range.start..range.start + self.prose.written[range.clone()].trim_end().len()
    }

    fn close_bold(&mut self) {
        let level_above = self.level.max(1);
        let found = self.bold.take().map(|(span, text)| BoldLine { text, span: self.trimmed(&span), level_above });
        self.prose.bold_lines.extend(found);
    }

    pub(crate) fn finish(mut self, labels: &RefDefs<'_>) -> Prose {
        let labels = labels.iter().map(|(label, line)| (folded(label), line.span.clone()));
        self.prose.labels.defined.extend(labels);
        self.prose.labels.defined.sort_by_key(|(_, span)| span.start);
        // Events begin and end between characters, so what is covered is whole ones.
        let text = String::from_utf8(self.covered).unwrap_or_default();
        Prose { text, ..self.prose }
    }
}

/// Signs that don't do what they were meant to.
#[derive(Debug)]
pub(crate) struct Slip {
    /// Where they are in the text.
    pub(crate) range: Range<usize>,
    pub(crate) message: String,
    pub(crate) hint: String,
    /// A certain fix: the text that replaces an extent.
    pub(crate) mend: Option<(Range<usize>, String)>,
}

impl Slip {
    pub(crate) fn new(range: Range<usize>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { range, message: message.into(), hint: hint.into(), mend: None }
    }

    /// The same with the text that is meant in the place of the signs.
    pub(crate) fn meant(range: Range<usize>, message: impl Into<String>, meant: impl Into<String>) -> Self {
        let meant = meant.into();
        let shown = meant.lines().next().unwrap_or_default().trim_start_matches([' ', '>']);
        let hint = format!("write `{shown}`");
        Self { mend: Some((range.clone(), meant)), ..Self::new(range, message, hint) }
    }

    pub(crate) fn mended(self, range: Range<usize>, text: impl Into<String>) -> Self {
        Self { mend: Some((range, text.into())), ..self }
    }
}

/// How pages are read, without curly quotation marks: what rules look at is the text as written.
pub(crate) fn options() -> Options {
    markdown_options() - Options::ENABLE_SMART_PUNCTUATION
}
