//! Images, figures and letters in place: what Markdown writes as an image.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::state::{Writer, escape_attribute, escape_text};
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::holes::{Hole, mark};
use crate::document::markdown::body::Part;
use crate::document::markdown::events::{Events, plain};
use crate::document::markdown::references::ReferenceKind;
use crate::text::addresses::{Destination, Inside, destination, host};

/// How many bytes of text may precede an image that a phone shows at once, below title and description.
const FIRST_SCREEN: usize = 300;

impl<'a> Writer<'a> {
    /// `events` are those of an image that is all of its paragraph.
    pub(super) fn figure(&mut self, events: &Events<'a>) {
        let Some((Event::Start(Tag::Image { dest_url, title, .. }), span)) = events.first() else { return };
        let label = plain(events);
        if is_document(dest_url) {
            self.letter_in_place(dest_url, label, span);
            return;
        }
        self.out.push_str("<figure>");
        self.image(dest_url, &label, "", span);
        if !title.is_empty() {
            self.out.push_str("<figcaption>");
            escape_text(&mut self.out, title);
            self.out.push_str("</figcaption>");
            self.plain(title);
            self.plain(" ");
        }
        self.out.push_str("</figure>\n");
    }

    fn letter_in_place(&mut self, target: &str, label: String, span: &Range<usize>) {
        if self.depth > 0 || !self.outer.is_empty() {
            self.misplaced_letter(span);
            return;
        }
        let Destination::Inside(inside) = destination(target) else { return };
        let number = self.refer(ReferenceKind::Letter, inside, label.clone(), span);
        self.close_part();
        self.body.parts.push(Part::Letter(number, label));
    }

    fn misplaced_letter(&mut self, span: &Range<usize>) {
        let message = "a letter can be shown only on a line of its own, outside lists, tables and quotations";
        let diagnostic = Diagnostic::error(Rule::MisplacedLetter, message).at(self.source, self.spans.in_file(span));
        self.diagnostics.push(diagnostic.hint("put it between two empty lines, or remove the `!` to make it a link"));
    }

    pub(super) fn inline_image(&mut self, events: &Events<'a>) -> usize {
        let (Event::Start(Tag::Image { dest_url, title, .. }), span) = &events[0] else { return 1 };
        let end = image_end(events);
        if is_document(dest_url) {
            self.misplaced_letter(span);
        } else {
            self.image(dest_url, &plain(&events[..end]), title, span);
        }
        end + 1
    }

    fn image(&mut self, target: &str, alternative: &str, title: &str, span: &Range<usize>) {
        match destination(target) {
            Destination::Inside(inside) => self.own_image(inside, alternative, title, span),
            Destination::Outside(address) => {
                let words = if alternative.trim().is_empty() { target } else { alternative };
                self.foreign_image(target, &address, words, span);
            }
            Destination::UnknownScheme => {
                self.note_outside(target, target.to_owned(), span);
                escape_text(&mut self.out, alternative);
            }
            Destination::Unsafe => {
                self.refuse(span);
                escape_text(&mut self.out, alternative);
            }
        }
    }

    fn own_image(&mut self, inside: Inside, alternative: &str, title: &str, span: &Range<usize>) {
        let loading = if self.is_in_sight() { "eager\" fetchpriority=\"high" } else { "lazy" };
        self.has_image = true;
        let number = self.refer(ReferenceKind::Image, inside, alternative.to_owned(), span);
        self.out.push_str(&format!("{}<img src=\"{}\" alt=\"", mark(Hole::Sources(number)), mark(Hole::Image(number))));
        escape_attribute(&mut self.out, alternative);
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            escape_attribute(&mut self.out, title);
        }
        self.out.push_str(&format!("\" loading=\"{loading}\" decoding=\"async\">{}", mark(Hole::SourcesEnd(number))));
    }

    /// A page asks no other host for anything, so that an image there is a link in its own words.
    pub(super) fn foreign_image(&mut self, written: &str, address: &str, words: &str, span: &Range<usize>) {
        self.report_foreign_image(address, span);
        if self.in_link || self.in_html_link {
            escape_text(&mut self.out, words);
            return;
        }
        self.out.push_str("<a");
        self.link_target(written, words, span);
        self.out.push('>');
        escape_text(&mut self.out, words);
        self.out.push_str("</a>");
    }

    pub(super) fn report_foreign_image(&mut self, address: &str, span: &Range<usize>) {
        let place = host(address).unwrap_or_else(|| address.to_owned());
        let message = format!("this picture is on another host, {place}, and a page asks no other host for anything");
        let diagnostic = Diagnostic::warning(Rule::PictureElsewhere, message).at(self.source, self.spans.in_file(span));
        self.diagnostics.push(diagnostic.hint("save it beside this file, and write its name"));
    }

    /// Whether what comes next is the first image and so early that a reader sees it before scrolling.
    fn is_in_sight(&self) -> bool {
        !self.has_image && self.sections.is_empty() && self.said.len() < FIRST_SCREEN
    }
}

/// If a paragraph is one image and nothing else: where the paragraph ends.
pub(super) fn lone_image(events: &Events<'_>) -> Option<usize> {
    if !matches!(events.get(1), Some((Event::Start(Tag::Image { .. }), _))) {
        return None;
    }
    let end = 1 + image_end(&events[1..]) + 1;
    matches!(events.get(end), Some((Event::End(TagEnd::Paragraph), _))).then_some(end)
}

/// Where the image that begins the events ends.
fn image_end(events: &Events<'_>) -> usize {
    let mut open = 0;
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Image { .. }) => open += 1,
            Event::End(TagEnd::Image) => open -= 1,
            _ => {}
        }
        if open == 0 {
            return at;
        }
    }
    events.len() - 1
}

/// Whether a target is a Markdown file of the site.
fn is_document(target: &str) -> bool {
    match destination(target) {
        Destination::Inside(inside) => inside.path.ends_with(".md") || inside.path.ends_with(".markdown"),
        _ => false,
    }
}
