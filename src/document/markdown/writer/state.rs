//! The state of the writer while it goes through a body's events.

use std::ops::Range;

use pulldown_cmark::Alignment;
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use crate::config::RawHtml;
use crate::diagnostic::{Diagnostic, Rule, SourceText};
use crate::document::markdown::anchors::{Ids, Outline};
use crate::document::markdown::body::{Body, Part};
use crate::document::markdown::code::EndlessCode;
use crate::document::markdown::notes::Notes;
use crate::document::markdown::references::{Reference, ReferenceKind};
use crate::document::markdown::sections::TextSection;
use crate::document::markdown::spans::Spans;
use crate::storage::StoredText;
use crate::text::addresses::Inside;
use crate::text::single_spaced;

/// The writer's state.
pub(super) struct Writer<'a> {
    pub(super) source: SourceText<'a>,
    pub(super) spans: &'a Spans<'a>,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    pub(super) outline: Outline,
    pub(super) body: Body,
    pub(super) out: String,
    /// What was written before each footnote that is being written.
    pub(super) outer: Vec<String>,
    pub(super) ids: Ids,
    pub(super) notes: Notes,
    pub(super) sections: Vec<TextSection>,
    pub(super) section: TextSection,
    /// The text of that section so far.
    pub(super) said: String,
    /// How many blocks are open.
    pub(super) depth: usize,
    pub(super) heading_start: usize,
    pub(super) heading_text: String,
    pub(super) in_heading: bool,
    pub(super) in_link: bool,
    pub(super) link_label: Option<(usize, String)>,
    pub(super) columns: Vec<Alignment>,
    pub(super) column: usize,
    pub(super) in_table_head: bool,
    /// Where the open cell of a table begins, and where what is in it does.
    pub(super) cell_start: usize,
    pub(super) cell_content: usize,
    pub(super) open_label: bool,
    pub(super) code: Option<(String, String)>,
    pub(super) raw: RawHtml,
    pub(super) has_raw_html: bool,
    /// Whether a link is open that is written in HTML.
    pub(super) in_html_link: bool,
    pub(super) endless_code: EndlessCode,
    /// How many events, from this one on, are a script or style that stays.
    pub(super) code_events: usize,
    pub(super) has_image: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        source: SourceText<'a>,
        spans: &'a Spans<'a>,
        raw: RawHtml,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
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

    pub(super) fn close_part(&mut self) {
        let html = std::mem::take(&mut self.out);
        if !html.trim().is_empty() {
            self.body.parts.push(Part::Html(html.into()));
        }
    }

    pub(super) fn close_section(&mut self) {
        let mut section = std::mem::take(&mut self.section);
        section.text = StoredText::from(&*single_spaced(&self.said));
        self.said.clear();
        if section.anchor.is_some() || !section.text.is_empty() {
            self.sections.push(section);
        }
    }

    pub(super) fn plain(&mut self, text: &str) {
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

    /// What comes next is no part of the last word.
    pub(super) fn gap(&mut self) {
        if !self.said.ends_with(' ') {
            self.said.push(' ');
        }
    }

    pub(super) fn close_block(&mut self, html: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.out.push_str(html);
        self.gap();
    }

    /// Keeps an address for the checks: as it is written, if its scheme may be misspelt.
    pub(super) fn note_outside(&mut self, written: &str, address: String, span: &Range<usize>) {
        let address = if written.contains(':') { written.trim().to_owned() } else { address };
        self.body.outside.push((address, self.spans.in_file(span)));
    }

    /// Reports an address that no page leads to.
    pub(super) fn refuse(&mut self, span: &Range<usize>) {
        let message = "this link runs a script or carries a document, and was left out";
        let diagnostic = Diagnostic::error(Rule::UnsafeLink, message).hint("link to a page or file instead");
        self.diagnostics.push(diagnostic.at(self.source, self.spans.in_file(span)));
    }

    pub(super) fn refer(&mut self, kind: ReferenceKind, inside: Inside, label: String, span: &Range<usize>) -> usize {
        let Inside { path: target, query, anchor } = inside;
        self.body.references.push(Reference { kind, target, query, anchor, label, span: self.spans.in_file(span) });
        self.body.references.len() - 1
    }
}

/// Writes text between tags.
pub(super) fn escape_text(out: &mut String, text: &str) {
    // Writing to a string can't fail.
    let _ = escape_html_body_text(out, text);
}

/// Writes the value of an attribute.
pub(super) fn escape_attribute(out: &mut String, text: &str) {
    let _ = escape_html(out, text);
}
