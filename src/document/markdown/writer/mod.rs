//! Markdown events → HTML with holes, in one flat loop, so that no depth of nesting overflows the stack.

mod html;
mod images;

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::anchors::{Ids, Outline};
use super::notes::Notes;
use super::{Anchor, Body, Heading, Part, Reference, ReferenceKind, Sections, Spans, TextSection, shortened};
use crate::config::RawHtml;
use crate::diagnostic::{Diagnostic, Rule, SourceText};
use crate::document::highlight::highlighted;
use crate::document::holes::{Hole, mark};
use crate::storage::StoredText;
use crate::text::addresses::{Destination, Inside, destination};
use crate::text::{composed, is_block, single_spaced};
use html::EndlessCode;
use images::lone_image;

type Events<'a> = [(Event<'a>, Range<usize>)];

/// The body, and whether an editor's own HTML is in it.
pub(super) fn write<'a>(
    source: SourceText<'a>,
    events: &Events<'a>,
    spans: &'a Spans<'a>,
    (title, raw): (Option<&str>, RawHtml),
    diagnostics: &'a mut Vec<Diagnostic>,
) -> (Body, bool) {
    let mut writer = Writer::new(source, spans, raw, diagnostics);
    let start = repeated_title(events, title);
    let mut at = start;
    while at < events.len() {
        let taken = writer.step(&events[at..]);
        writer.code_events = writer.code_events.saturating_sub(taken);
        at += taken;
    }
    writer.finish()
}

/// How many events at the head are a heading that says what the title says.
fn repeated_title(events: &Events<'_>, title: Option<&str>) -> usize {
    let Some((Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }), _)) = events.first() else { return 0 };
    let end = events.iter().position(|(event, _)| matches!(event, Event::End(TagEnd::Heading(_))));
    let Some(end) = end else { return 0 };
    let is_same = title.is_some_and(|title| plain(&events[..end]).trim().eq_ignore_ascii_case(title.trim()));
    if is_same { end + 1 } else { 0 }
}

/// The text of some events, without markup.
pub(super) fn plain(events: &Events<'_>) -> String {
    let mut text = String::new();
    let mut endless_code = EndlessCode::default();
    let mut at = 0;
    while let Some((event, _)) = events.get(at) {
        at += 1;
        match event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(piece),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::InlineHtml(html) => at += endless_code.code_events(html, &events[at..]),
            _ => {}
        }
    }
    text
}

struct Writer<'a> {
    source: SourceText<'a>,
    spans: &'a Spans<'a>,
    diagnostics: &'a mut Vec<Diagnostic>,
    outline: Outline,
    body: Body,
    out: String,
    /// What was written before each footnote that is being written.
    outer: Vec<String>,
    ids: Ids,
    notes: Notes,
    sections: Vec<TextSection>,
    section: TextSection,
    /// The text of that section so far.
    said: String,
    /// How many blocks are open.
    depth: usize,
    heading_start: usize,
    heading_text: String,
    in_heading: bool,
    in_link: bool,
    link_label: Option<(usize, String)>,
    columns: Vec<Alignment>,
    column: usize,
    in_table_head: bool,
    /// Where the open cell of a table begins, and where what is in it does.
    cell_start: usize,
    cell_content: usize,
    open_label: bool,
    code: Option<(String, String)>,
    raw: RawHtml,
    has_raw_html: bool,
    /// Whether a link is open that is written in HTML.
    in_html_link: bool,
    endless_code: EndlessCode,
    /// How many events, from this one on, are a script or style that stays.
    code_events: usize,
    has_image: bool,
}

impl<'a> Writer<'a> {
    fn new(source: SourceText<'a>, spans: &'a Spans<'a>, raw: RawHtml, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Self {
            raw,
            in_html_link: false,
            endless_code: EndlessCode::default(),
            code_events: 0,
            source,
            spans,
            diagnostics,
            outline: Outline::default(),
            body: Body::default(),
            out: String::new(),
            outer: Vec::new(),
            // Beside a letter's guidance is its form.
            ids: if matches!(spans, Spans::Within { .. }) { Ids::leaving("field-") } else { Ids::default() },
            notes: Notes::default(),
            sections: Vec::new(),
            section: TextSection::default(),
            said: String::new(),
            depth: 0,
            heading_start: 0,
            heading_text: String::new(),
            in_heading: false,
            in_link: false,
            link_label: None,
            columns: Vec::new(),
            column: 0,
            in_table_head: false,
            cell_start: 0,
            cell_content: 0,
            open_label: false,
            code: None,
            has_raw_html: false,
            has_image: false,
        }
    }

    /// Writes what stands first and says how many events that took.
    fn step(&mut self, events: &Events<'a>) -> usize {
        let (event, span) = &events[0];
        match event {
            Event::Start(Tag::Paragraph) => return self.paragraph(events),
            Event::Start(Tag::Image { .. }) => return self.inline_image(events),
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.text(text),
            Event::Code(code) => self.inline_code(code),
            Event::Html(_) => return self.html_lines(events),
            Event::InlineHtml(html) => return self.inline_html(html, events),
            Event::FootnoteReference(name) => {
                let reference = self.notes.refer(name);
                self.out.push_str(&reference);
            }
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => {
                self.out.push_str("<br>\n");
                self.plain(" ");
            }
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => self.task(*done),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(text),
        }
        1
    }

    fn finish(mut self) -> (Body, bool) {
        self.report_ids_of_notes();
        let notes = self.notes.section();
        self.out.push_str(&notes);
        self.close_part();
        self.close_section();
        self.body.sections = Sections::of(self.sections);
        (self.body, self.has_raw_html)
    }

    /// Footnotes have ids of their own, which only an editor's own id can be equal to.
    fn report_ids_of_notes(&mut self) {
        for anchor in self.body.anchors.iter().filter(|anchor| self.notes.has_id(&anchor.id)) {
            let message = format!("the anchor `{}` is that of a footnote on this page", anchor.id);
            let diagnostic = Diagnostic::error(Rule::DuplicateAnchor, message).at(self.source, anchor.span.clone());
            self.diagnostics
                .push(diagnostic.hint(format!("give it another name, such as `{}`", anchor.id.to_lowercase())));
        }
    }

    fn close_part(&mut self) {
        let html = std::mem::take(&mut self.out);
        if !html.trim().is_empty() {
            self.body.parts.push(Part::Html(html.into()));
        }
    }

    fn close_section(&mut self) {
        let mut section = std::mem::take(&mut self.section);
        section.text = StoredText::from(&*single_spaced(&self.said));
        self.said.clear();
        if section.anchor.is_some() || !section.text.is_empty() {
            self.sections.push(section);
        }
    }

    // Paragraphs and references.

    fn paragraph(&mut self, events: &Events<'a>) -> usize {
        if let Some(end) = lone_image(events) {
            self.figure(&events[1..end]);
            return end + 1;
        }
        self.close_label();
        self.endless_code.clear();
        self.out.push_str("<p>");
        self.depth += 1;
        if self.body.excerpt.is_empty() && self.outer.is_empty() {
            let end = events.iter().position(|(event, _)| matches!(event, Event::End(TagEnd::Paragraph)));
            self.body.excerpt = shortened(&plain(&events[..end.unwrap_or(events.len())]));
        }
        1
    }

    /// Writes where a link leads, or the hole for that; nothing if no page leads there. Gives the reference's number if there is one.
    fn link_target(&mut self, written: &str, label: &str, span: &Range<usize>) -> Option<usize> {
        match destination(written) {
            Destination::Outside(address) => {
                self.out.push_str(" href=\"");
                // Writing to a string can't fail.
                let _ = escape_href(&mut self.out, &address);
                self.out.push('"');
                self.note_outside(written, address, span);
                None
            }
            Destination::Inside(inside) => {
                let number = self.refer(ReferenceKind::Link, inside, label.to_owned(), span);
                self.out.push_str(&format!(" href=\"{}\"", mark(Hole::Link(number))));
                Some(number)
            }
            Destination::UnknownScheme => {
                self.note_outside(written, written.to_owned(), span);
                None
            }
            Destination::Unsafe => {
                self.refuse(span);
                None
            }
        }
    }

    /// Keeps an address for the checks: as it is written, if its scheme may be misspelt.
    fn note_outside(&mut self, written: &str, address: String, span: &Range<usize>) {
        let address = if written.contains(':') { written.trim().to_owned() } else { address };
        self.body.outside.push((address, self.spans.in_file(span)));
    }

    /// Reports an address that no page leads to.
    fn refuse(&mut self, span: &Range<usize>) {
        let message = "this link runs a script or carries a document, and was left out";
        let diagnostic = Diagnostic::error(Rule::UnsafeLink, message).hint("link to a page or file instead");
        self.diagnostics.push(diagnostic.at(self.source, self.spans.in_file(span)));
    }

    fn refer(&mut self, kind: ReferenceKind, inside: Inside, label: String, span: &Range<usize>) -> usize {
        let Inside { path: target, query, anchor } = inside;
        self.body.references.push(Reference { kind, target, query, anchor, label, span: self.spans.in_file(span) });
        self.body.references.len() - 1
    }

    // Text.

    fn text(&mut self, text: &str) {
        if let Some((code, _)) = &mut self.code {
            code.push_str(text);
            return;
        }
        escape_text(&mut self.out, text);
        self.plain(text);
    }

    fn inline_code(&mut self, code: &str) {
        self.out.push_str("<code>");
        escape_text(&mut self.out, code);
        self.out.push_str("</code>");
        self.plain(code);
    }

    fn soft_break(&mut self) {
        self.out.push('\n');
        self.plain(" ");
    }

    fn plain(&mut self, text: &str) {
        if self.code_events > 0 {
            return;
        }
        if self.in_heading {
            self.heading_text.push_str(text);
        } else {
            self.said.push_str(text);
        }
        if let Some((_, label)) = &mut self.link_label {
            label.push_str(text);
        }
    }

    // Blocks and spans.

    fn start(&mut self, tag: &Tag<'a>, span: &Range<usize>) {
        if is_block(tag) {
            self.close_label();
            self.endless_code.clear();
            self.depth += 1;
        }
        match tag {
            Tag::Heading { .. } => self.open_heading(),
            Tag::BlockQuote(kind) => self.open_quotation(*kind),
            Tag::CodeBlock(kind) => self.code = Some((String::new(), language(kind))),
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => self.out.push_str(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.out.push_str("<li>"),
            Tag::FootnoteDefinition(_) => self.outer.push(std::mem::take(&mut self.out)),
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::Table(columns) => self.open_table(columns),
            Tag::TableHead => self.open_table_head(),
            Tag::TableRow => self.open_table_row(),
            Tag::TableCell => self.open_table_cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => self.open_link(*link_type, dest_url, title, span),
            Tag::Paragraph | Tag::Image { .. } | Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
        }
        if let Tag::Heading { id, .. } = tag {
            self.chosen_id(id.as_ref(), span);
        }
        if let Tag::FootnoteDefinition(name) = tag {
            self.gap();
            self.notes.define(name);
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.close_label();
                self.close_block("</p>\n");
            }
            TagEnd::Heading(level) => self.close_heading(level),
            TagEnd::BlockQuote(Some(_)) => self.close_block("</div>\n"),
            TagEnd::BlockQuote(None) => self.close_block("</blockquote>\n"),
            TagEnd::CodeBlock => self.close_code(),
            TagEnd::List(false) => self.close_block("</ul>\n"),
            TagEnd::List(true) => self.close_block("</ol>\n"),
            TagEnd::Item => {
                self.close_label();
                self.close_block("</li>\n");
            }
            TagEnd::FootnoteDefinition => self.close_footnote(),
            TagEnd::DefinitionList => self.close_block("</dl>\n"),
            TagEnd::DefinitionListTitle => self.close_block("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.close_block("</dd>\n"),
            TagEnd::Table => self.close_block("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_table_head = false;
                self.close_block("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.close_block("</tr>\n"),
            TagEnd::TableCell => self.close_table_cell(),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Superscript => self.out.push_str("</sup>"),
            TagEnd::Subscript => self.out.push_str("</sub>"),
            TagEnd::Link => self.close_link(),
            TagEnd::HtmlBlock => self.close_block("\n"),
            TagEnd::Image | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn close_block(&mut self, html: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.out.push_str(html);
        self.gap();
    }

    /// What comes next is no part of the last word.
    fn gap(&mut self) {
        if !self.said.ends_with(' ') {
            self.said.push(' ');
        }
    }

    fn open_heading(&mut self) {
        self.close_section();
        self.heading_start = self.out.len();
        self.heading_text.clear();
        self.in_heading = true;
    }

    /// Notes the id that the editor gave to the heading that begins here.
    fn chosen_id(&mut self, id: Option<&CowStr<'a>>, span: &Range<usize>) {
        let span = self.spans.in_file(span);
        let id = id.map(|id| composed(id));
        if let Some(id) = &id
            && !self.ids.take(id)
        {
            let message = format!("the anchor `{id}` is already on this page");
            self.diagnostics.push(
                Diagnostic::error(Rule::DuplicateAnchor, message)
                    .at(self.source, span.clone())
                    .hint(format!("give one of the two another name, such as `{{#{id}-2}}`")),
            );
        }
        let id = id.map(|id| Arc::from(&*id)).unwrap_or_default();
        self.body.anchors.push(Anchor { id, span });
    }

    fn close_heading(&mut self, level: HeadingLevel) {
        self.in_heading = false;
        self.depth = self.depth.saturating_sub(1);
        let level = self.outline.level(level as u8);
        let title: Arc<str> = single_spaced(&self.heading_text).into();
        let id = self.heading_id(&title);
        let inner = self.out.split_off(self.heading_start);
        self.out.push_str(&format!("<h{level} id=\""));
        escape_attribute(&mut self.out, &id);
        self.out.push_str(&format!("\">{inner} <a class=\"anchor\" href=\"#"));
        escape_attribute(&mut self.out, &id);
        self.out.push_str(&format!("\" aria-label=\"{}: ", mark(Hole::Word("link_to_section"))));
        escape_attribute(&mut self.out, &title);
        self.out.push_str(&format!("\">#</a></h{level}>\n"));
        self.section.anchor = Some(Arc::clone(&id));
        self.section.heading = Some(Arc::clone(&title));
        self.body.headings.push(Heading { id, title, level });
    }

    /// The id chosen by the editor, or one made from the text.
    fn heading_id(&mut self, title: &str) -> Arc<str> {
        let Some(anchor) = self.body.anchors.last_mut() else { return self.ids.make(title).into() };
        if anchor.id.is_empty() {
            anchor.id = self.ids.make(title).into();
        }
        Arc::clone(&anchor.id)
    }

    fn open_quotation(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            self.out.push_str("<blockquote>\n");
            return;
        };
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let title = mark(Hole::Word(&format!("callout_{name}")));
        self.out.push_str(&format!(
            "<div class=\"callout callout-{name}\" role=\"note\"><p class=\"callout-title\">{title}</p>\n"
        ));
    }

    fn close_code(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        let Some((code, language)) = self.code.take() else { return };
        self.out.push_str("<pre class=\"code\" tabindex=\"0\"><code");
        if !language.is_empty() {
            self.out.push_str(" class=\"language-");
            escape_attribute(&mut self.out, &language);
            self.out.push('"');
        }
        self.out.push('>');
        self.out.push_str(&highlighted(&code, &language));
        self.out.push_str("</code></pre>\n");
    }

    fn close_footnote(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        let html = std::mem::replace(&mut self.out, self.outer.pop().unwrap_or_default());
        self.notes.complete(html);
        self.gap();
    }

    fn open_table(&mut self, columns: &[Alignment]) {
        self.columns = columns.to_vec();
        let label = mark(Hole::Word("table"));
        self.out.push_str(&format!(
            "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\"><table>\n"
        ));
    }

    fn open_table_head(&mut self) {
        self.in_table_head = true;
        self.column = 0;
        self.out.push_str("<thead><tr>");
    }

    fn open_table_row(&mut self) {
        self.column = 0;
        self.out.push_str("<tr>");
    }

    fn open_table_cell(&mut self) {
        let alignment = match self.columns.get(self.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        let element = if self.in_table_head { "th scope=\"col\"" } else { "td" };
        self.cell_start = self.out.len();
        self.out.push_str(&format!("<{element}{alignment}>"));
        self.cell_content = self.out.len();
        self.column += 1;
    }

    /// A column's head without a word heads nothing, so it becomes a cell like others.
    fn close_table_cell(&mut self) {
        let is_empty = self.out.len() == self.cell_content;
        if self.in_table_head && is_empty {
            self.out.truncate(self.cell_start);
            self.out.push_str("<td>");
        }
        let element = if self.in_table_head && !is_empty { "th" } else { "td" };
        self.close_block(&format!("</{element}>"));
    }

    /// A box that a reader can tick, on the screen as on paper.
    fn task(&mut self, done: bool) {
        for item in ["<li>", "<li><p>"] {
            if self.out.ends_with(item) {
                self.out.truncate(self.out.len() - item.len());
                self.out.push_str(&item.replace("<li>", "<li class=\"task\">"));
            }
        }
        let checked = if done { " checked" } else { "" };
        self.out.push_str(&format!("<label><input type=\"checkbox\"{checked}> "));
        self.open_label = true;
    }

    /// A task's label holds the words beside its box, not the blocks below them.
    fn close_label(&mut self) {
        if std::mem::take(&mut self.open_label) {
            self.out.push_str("</label>");
        }
    }

    fn open_link(&mut self, link_type: LinkType, target: &str, title: &str, span: &Range<usize>) {
        self.out.push_str("<a");
        let number = if link_type == LinkType::Email {
            self.out.push_str(" href=\"mailto:");
            let _ = escape_href(&mut self.out, target);
            self.out.push('"');
            None
        } else {
            self.link_target(target, "", span)
        };
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape_attribute(&mut self.out, title);
            self.out.push('"');
        }
        self.out.push('>');
        self.link_label = number.map(|number| (number, String::new()));
        self.in_link = true;
    }

    fn close_link(&mut self) {
        self.out.push_str("</a>");
        self.in_link = false;
        if let Some((number, label)) = self.link_label.take()
            && let Some(reference) = self.body.references.get_mut(number)
        {
            reference.label = label;
        }
    }
}

fn escape_text(out: &mut String, text: &str) {
    // Writing to a string can't fail.
    let _ = escape_html_body_text(out, text);
}

fn escape_attribute(out: &mut String, text: &str) {
    let _ = escape_html(out, text);
}

/// The first word of a fence's info string (CommonMark § 4.5).
fn language(kind: &CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => {
            info.split([' ', ',', '{']).next().unwrap_or_default().trim_start_matches('.').to_owned()
        }
        CodeBlockKind::Indented => String::new(),
    }
}
