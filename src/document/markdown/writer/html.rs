//! HTML among the Markdown: it stays as it is, but its links and pictures mean what Markdown's own do, and its names can be linked to.

use std::ops::Range;

use pulldown_cmark::Event;

use super::{Events, Writer};
use crate::diagnostic::Diagnostic;
use crate::document::holes::{Hole, mark};
use crate::document::html_tags::{Tag, tags};
use crate::document::markdown::references::{Destination, destination};
use crate::document::markdown::{Anchor, ReferenceKind};

impl<'a> Writer<'a> {
    /// Lines of HTML that follow each other, taken together, since a tag may go on over the end of one. Says how many they are.
    pub(super) fn html_lines(&mut self, events: &Events<'a>) -> usize {
        let mut html = String::new();
        let mut place = events[0].1.start..events[0].1.start;
        let mut count = 0;
        for (event, span) in events {
            match event {
                Event::Html(line) if span.start == place.end => html.push_str(line),
                _ => break,
            }
            place.end = span.end;
            count += 1;
        }
        self.raw_html(&html, &place);
        count.max(1)
    }

    pub(super) fn raw_html(&mut self, html: &str, span: &Range<usize>) {
        if is_comment(html.trim()) {
            return;
        }
        self.has_raw_html = true;
        // Where a character was replaced, or the text stands in a quotation, only the whole has its place.
        let place = |part: &Range<usize>| match html.len() == span.len() {
            true => span.start + part.start..span.start + part.end,
            false => span.clone(),
        };
        let mut written = 0;
        for tag in tags(html, 0).into_iter().filter(|tag| !tag.closing) {
            self.anchors_of(&tag, &place(&tag.span));
            if let Some((value, address)) = self.address_in(&tag, &place(&tag.span)) {
                self.out.push_str(&html[written..value.start]);
                self.out.push_str(&format!("\"{address}\""));
                written = value.end;
            }
        }
        self.out.push_str(&html[written..]);
    }

    /// Names of places: of two that are alike in one tag only the first counts.
    fn anchors_of(&mut self, tag: &Tag, span: &Range<usize>) {
        let id = tag.attribute("id").map(|id| id.value).filter(|id| !id.is_empty());
        let name = tag.attribute("name").map(|name| name.value).filter(|name| tag.name == "a" && !name.is_empty());
        for id in id.into_iter().chain(name.filter(|name| Some(*name) != id)) {
            let span = self.spans.in_file(span);
            if !self.ids.take(id) {
                let diagnostic =
                    Diagnostic::error("duplicate-anchor", format!("the anchor `{id}` is already on this page"));
                let diagnostic = diagnostic.at(self.source, span.clone());
                self.diagnostics.push(diagnostic.hint("give one of the two another name, or remove this one"));
            }
            self.body.anchors.push(Anchor { id: id.into(), span });
        }
    }

    /// Where the address of a link or picture stands in the HTML, if it is one of the site, and the hole that is to take its place.
    fn address_in(&mut self, tag: &Tag, span: &Range<usize>) -> Option<(Range<usize>, String)> {
        let (kind, attribute) = match tag.name.as_str() {
            "a" | "area" => (ReferenceKind::Link, tag.attribute("href")?),
            "img" => (ReferenceKind::Image, tag.attribute("src")?),
            _ => return None,
        };
        let address = attribute.value.trim().replace("&amp;", "&");
        match destination(&address) {
            Destination::Outside if kind == ReferenceKind::Link => {
                self.body.outside.push((address, self.spans.in_file(span)));
                None
            }
            // A link that runs a script has a rule of its own, among those of HTML.
            Destination::Outside | Destination::Unsafe => None,
            Destination::Inside(inside) if inside.path.is_empty() && inside.anchor.is_none() => None,
            Destination::Inside(inside) => {
                let label = tag.attribute("alt").map(|words| words.value.to_owned()).unwrap_or_default();
                let number = self.refer(kind, inside, label, span);
                Some((attribute.span, mark(Hole::Link(number))))
            }
        }
    }
}

fn is_comment(html: &str) -> bool {
    html.starts_with("<!--") && html.find("-->").is_some_and(|end| end + 3 == html.len())
}
