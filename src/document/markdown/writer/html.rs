//! HTML among the Markdown: its links and images mean what Markdown's own do, its names can be linked to, and unless a site allows all, what may not
//! stay on a page is left out.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::Event;

use super::state::{Writer, escape_attribute, escape_text};
use crate::config::RawHtml;
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::elements;
use crate::document::holes::{Hole, mark};
use crate::document::html_tags::{Attribute, Tag, Token, is_comment, tokens};
use crate::document::markdown::anchors::Anchor;
use crate::document::markdown::events::Events;
use crate::document::markdown::references::ReferenceKind;
use crate::document::raw_html::{attribute_stays, stays, without_references};
use crate::text::addresses::{Destination, destination};
use crate::text::composed;

const UNSAFE_ADDRESS: &str = "a link that runs a script is left out of the page";

/// Elements that show something from elsewhere, or load it.
const LOADERS: &[&str] =
    &["audio", "base", "embed", "frame", "iframe", "link", "meta", "object", "param", "source", "track", "video"];

/// How many attributes of a tag a message names.
const NAMED: usize = 5;

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

    /// A tag or comment within a line, and the text of a script or style that begins there. Returns how many events that are.
    pub(super) fn inline_html(&mut self, html: &str, events: &Events<'a>) -> usize {
        self.raw_html(html, &events[0].1);
        if self.raw == RawHtml::Allow {
            // // The text of a script that stays is no text of the page.
            self.code_events = self.code_events.max(1 + self.endless_code.code_events(html, &events[1..]));
            return 1;
        }
        1 + self.endless_code.code_events(html, &events[1..])
    }

    fn raw_html(&mut self, html: &str, span: &Range<usize>) {
        if is_comment(html.trim()) {
            return;
        }
        self.has_raw_html = true;
        for token in tokens(html) {
            match token {
                Token::Tag(tag) => {
                    // Where a character was replaced, or the text is in a quotation, only the whole has its place.
                    let place = match html.len() == span.len() {
                        true => span.start + tag.span.start..span.start + tag.span.end,
                        false => span.clone(),
                    };
                    self.raw_tag(&tag, &place);
                }
                other if self.raw == RawHtml::Allow => self.out.push_str(&html[other.span().clone()]),
                Token::Text(text) => self.html_text(&html[text]),
                Token::Comment(comment) => self.characters(&html[comment]),
                Token::Unfinished(rest) if !is_comment_start(&html[rest.clone()]) => self.html_text(&html[rest]),
                Token::Code(_) | Token::Unfinished(_) => {}
            }
        }
    }

    /// Text with its references to characters; a `<` in it begins no tag.
    fn html_text(&mut self, text: &str) {
        self.out.push_str(&text.replace('<', "&lt;"));
    }

    /// The words of `<![CDATA[…]]>`, which is left out like any comment.
    fn characters(&mut self, comment: &str) {
        if let Some(words) = comment.strip_prefix("<![CDATA[") {
            escape_text(&mut self.out, words.strip_suffix("]]>").unwrap_or(words));
        }
    }

    fn raw_tag(&mut self, tag: &Tag, span: &Range<usize>) {
        match self.raw {
            RawHtml::Allow => self.whole_tag(tag, span),
            _ if !stays(tag) => self.leave_out(tag, span),
            _ if tag.closing => self.end_tag(tag),
            _ if tag.name == "img" => self.html_image(tag, span),
            _ => self.start_tag(tag, span),
        }
    }

    /// The tag as it is written, but for its address.
    fn whole_tag(&mut self, tag: &Tag, span: &Range<usize>) {
        let mut written = 0;
        if !tag.closing {
            self.anchors_of(tag, span);
            self.report_foreign_source(tag, span);
            let mut values = names_to_compose(tag);
            values.extend(self.hole_in(tag, span).map(|(attribute, hole)| (attribute.span, hole)));
            values.sort_by_key(|(place, _)| place.start);
            for (place, value) in values {
                self.out.push_str(&tag.text[written..place.start - tag.span.start]);
                self.out.push_str(&format!("\"{value}\""));
                written = place.end - tag.span.start;
            }
        }
        self.out.push_str(&tag.text[written..]);
    }

    fn report_foreign_source(&mut self, tag: &Tag, span: &Range<usize>) {
        let source = tag.attribute("src").filter(|_| tag.name == "img");
        if let Some(Destination::Outside(address)) = source.map(|source| destination(&without_references(source.value)))
        {
            self.report_foreign_image(&address, span);
        }
    }

    fn end_tag(&mut self, tag: &Tag) {
        self.in_html_link &= tag.name != "a";
        self.out.push_str(&format!("</{}>", element(tag)));
    }

    fn start_tag(&mut self, tag: &Tag, span: &Range<usize>) {
        self.anchors_of(tag, span);
        self.in_html_link |= tag.name == "a";
        self.out.push_str(&format!("<{}", element(tag)));
        let is_link = matches!(tag.name.as_str(), "a" | "area");
        for (name, attribute) in tag.attributes() {
            match name {
                "href" if is_link => self.html_target(tag, attribute.value, span),
                // Only an id is a place that a link can lead to on every page.
                "name" if tag.name == "a" && tag.attribute("id").is_none() => {
                    self.html_attribute("id", attribute.value)
                }
                _ if attribute_stays(&tag.name, name) => self.html_attribute(name, attribute.value),
                _ => {}
            }
        }
        self.out.push('>');
        self.report_attributes(tag, span);
    }

    /// Reports what is left out of a tag, all of it at once.
    fn report_attributes(&mut self, tag: &Tag, span: &Range<usize>) {
        let is_handler = |name: &str| name.len() > 2 && name.starts_with("on");
        if tag.attributes().any(|(name, value)| is_handler(name) && !value.value.is_empty()) {
            self.report("the script in this tag is left out of the page", span);
            return;
        }
        let is_missed = |name: &str| !is_handler(name) && !attribute_stays(&tag.name, name) && !goes_silently(name);
        let left_out: Vec<_> = tag.attributes().map(|(name, _)| name).filter(|name| is_missed(name)).collect();
        if left_out.is_empty() {
            return;
        }
        let mut names = left_out.iter().take(NAMED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        if left_out.len() > NAMED {
            names.push_str(" and others");
        }
        let (verb, it) = if left_out.len() == 1 { ("is", "it") } else { ("are", "them") };
        let message = format!("{names} {verb} left out of this tag");
        self.report_with(&message, &format!("remove {it}; the theme decides how a page looks and what it loads"), span);
    }

    fn html_attribute(&mut self, name: &str, value: &str) {
        // Links to a place are in NFC.
        let value = if name == "id" { composed(value) } else { value.into() };
        self.out.push_str(&format!(" {name}=\"{}\"", value.replace('"', "&quot;")));
    }

    /// Where a link of HTML leads. One that runs a script is reported by the rules of HTML.
    fn html_target(&mut self, tag: &Tag, value: &str, span: &Range<usize>) {
        let written = without_references(value);
        match destination(&written) {
            Destination::Inside(_) => match self.hole_in(tag, span) {
                Some((_, hole)) => self.html_attribute("href", &hole),
                None => self.html_attribute("href", value),
            },
            Destination::Outside(address) => {
                self.out.push_str(" href=\"");
                escape_attribute(&mut self.out, &address);
                self.out.push('"');
                self.note_outside(&written, address, span);
            }
            Destination::Unsafe => self.report(UNSAFE_ADDRESS, span),
            Destination::UnknownScheme => self.note_outside(&written, written.to_string(), span),
        }
    }

    /// Reports a tag that is no part of the page. What an element that HTML doesn't have may mean is for the rules of HTML to report.
    fn leave_out(&mut self, tag: &Tag, span: &Range<usize>) {
        let name = &tag.name;
        let says_colour = name == "font" && tag.attribute("color").is_some();
        if tag.closing || says_colour || !(elements::is_known(name) || name.contains(['-', ':'])) {
            return;
        }
        let (what, hint) = match name.as_str() {
            "script" | "style" => (" with what is in it", "remove it"),
            name if LOADERS.contains(&name) => ("", "link to what it shows, or remove it"),
            _ => ("; the words in it stay", "remove the tag, and write its words in Markdown"),
        };
        self.report_with(&format!("`<{name}>` is left out of the page{what}"), hint, span);
    }

    fn report(&mut self, message: &str, span: &Range<usize>) {
        self.report_with(message, "link to what it shows, or remove it", span);
    }

    fn report_with(&mut self, message: &str, hint: &str, span: &Range<usize>) {
        let diagnostic = Diagnostic::warning(Rule::UnsafeHtml, message).at(self.source, self.spans.in_file(span));
        self.diagnostics.push(diagnostic.hint(hint));
    }

    /// An image of HTML. One on another host is a link in its own words, an ornament from there nothing.
    fn html_image(&mut self, tag: &Tag, span: &Range<usize>) {
        let words = tag.attribute("alt").map(|words| without_references(words.value).into_owned());
        let source = tag.attribute("src").map(|source| without_references(source.value).into_owned());
        match source.as_deref().map(destination) {
            Some(Destination::Outside(address)) => {
                let words = words.unwrap_or_else(|| address.clone());
                match words.trim().is_empty() {
                    true => self.report_foreign_image(&address, span),
                    false => self.foreign_image(source.as_deref().unwrap_or_default(), &address, &words, span),
                }
            }
            Some(Destination::Unsafe | Destination::UnknownScheme) => {
                self.report(UNSAFE_ADDRESS, span);
                escape_text(&mut self.out, &words.unwrap_or_default());
            }
            Some(Destination::Inside(_)) | None => self.html_image_tag(tag, span),
        }
    }

    fn html_image_tag(&mut self, tag: &Tag, span: &Range<usize>) {
        self.anchors_of(tag, span);
        self.report_attributes(tag, span);
        let hole = self.hole_in(tag, span);
        self.out.push_str("<img");
        for (name, attribute) in tag.attributes().filter(|(name, _)| attribute_stays("img", name)) {
            match hole.as_ref().filter(|_| name == "src") {
                Some((_, hole)) => self.html_attribute(name, hole),
                None => self.html_attribute(name, attribute.value),
            }
        }
        self.out.push('>');
    }

    /// Names of places: of two that are alike in one tag only the first counts.
    fn anchors_of(&mut self, tag: &Tag, span: &Range<usize>) {
        let id = tag.attribute("id").map(|id| id.value).filter(|id| !id.is_empty());
        let name = tag.attribute("name").map(|name| name.value).filter(|name| tag.name == "a" && !name.is_empty());
        for id in id.into_iter().chain(name.filter(|name| Some(*name) != id)) {
            let span = self.spans.in_file(span);
            let id = &*composed(id);
            if !self.ids.take(id) {
                let diagnostic =
                    Diagnostic::error(Rule::DuplicateAnchor, format!("the anchor `{id}` is already on this page"));
                let diagnostic = diagnostic.at(self.source, span.clone());
                self.diagnostics.push(diagnostic.hint("give one of the two another name, or remove this one"));
            }
            self.body.anchors.push(Anchor { id: id.into(), span });
        }
    }

    /// The attribute that names a file or address of the site, and the hole that is to take its value's place.
    fn hole_in<'t>(&mut self, tag: &'t Tag, span: &Range<usize>) -> Option<(Attribute<'t>, String)> {
        let (kind, attribute) = match tag.name.as_str() {
            "a" | "area" => (ReferenceKind::Link, tag.attribute("href")?),
            "img" => (ReferenceKind::Image, tag.attribute("src")?),
            _ => return None,
        };
        let written = without_references(attribute.value).into_owned();
        match destination(&written) {
            Destination::Inside(inside) if !inside.path.is_empty() || inside.anchor.is_some() => {
                let label = tag.attribute("alt").map(|words| words.value.to_owned()).unwrap_or_default();
                let number = self.refer(kind, inside, label, span);
                Some((attribute, mark(Hole::Link(number))))
            }
            Destination::Outside(address) if kind == ReferenceKind::Link => {
                self.note_outside(&written, address, span);
                None
            }
            _ => None,
        }
    }
}

/// The name that an element has on the page, whose title is its one `h1`.
fn element(tag: &Tag) -> &str {
    if tag.name == "h1" { "h2" } else { &tag.name }
}

/// Whether no reader misses an attribute: notes for programs, names, and how a browser is to fetch or open what it names anyway.
fn goes_silently(attribute: &str) -> bool {
    const SILENT: &[&str] =
        &["name", "rel", "target", "sizes", "key", "nonce", "xmlns", "itemprop", "itemscope", "itemtype"];
    SILENT.contains(&attribute) || attribute.starts_with("data-") || attribute.contains(':')
}

fn is_comment_start(html: &str) -> bool {
    html.starts_with("<!") || html.starts_with("<?") || html.starts_with("</")
}

/// Names of places that are not in NFC, in which links to them are, with where they are written.
fn names_to_compose(tag: &Tag) -> Vec<(Range<usize>, String)> {
    let names = ["id", "name"].into_iter().filter_map(|name| tag.attribute(name));
    let as_composed = |name: Attribute<'_>| match composed(name.value) {
        Cow::Owned(composed) => Some((name.span, composed.replace('"', "&quot;"))),
        Cow::Borrowed(_) => None,
    };
    names.filter_map(as_composed).collect()
}
