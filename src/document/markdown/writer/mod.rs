//! Markdown events → HTML with holes, in one flat loop, so that no depth of nesting overflows the stack.

mod blocks;
mod html;
mod images;
mod links;
mod state;
mod tables;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::body::{Body, shortened};
use super::events::{Events, plain};
use super::sections::Sections;
use super::spans::Spans;
use crate::config::RawHtml;
use crate::diagnostic::{Diagnostic, Rule, SourceText};
use crate::text::is_block;
use images::lone_image;
use state::{Writer, escape_text};

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

/// How many events at the beginning are a heading that repeats the title.
fn repeated_title(events: &Events<'_>, title: Option<&str>) -> usize {
    let Some((Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }), _)) = events.first() else { return 0 };
    let end = events.iter().position(|(event, _)| matches!(event, Event::End(TagEnd::Heading(_))));
    let Some(end) = end else { return 0 };
    let is_same = title.is_some_and(|title| plain(&events[..end]).trim().eq_ignore_ascii_case(title.trim()));
    if is_same { end + 1 } else { 0 }
}

impl<'a> Writer<'a> {
    /// Writes the first event and those that belong to it; returns how many these were.
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
