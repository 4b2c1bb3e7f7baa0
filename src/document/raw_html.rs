//! HTML that an editor wrote among the Markdown → the same without what a reader must be kept from.
//!
//! Scripts, inline styles, event attributes, frames and `javascript:` links go; a picture on another host gives way to its words, since a page
//! asks no other host for anything; tags are closed and nested as HTML has it.
//! The whole body is cleaned at once, since a tag that one line opens another may close.

use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::markdown::is_on_another_host;

/// Beyond ammonia's own list: what the program itself writes into bodies.
const TAGS: &[&str] = &["section", "input", "label"];
const ATTRIBUTES: &[&str] = &[
    "id",
    "class",
    "role",
    "tabindex",
    "aria-label",
    "aria-hidden",
    "aria-labelledby",
    "aria-describedby",
    "lang",
    "dir",
    "title",
];
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "sms", "whatsapp", "geo"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .add_tags(TAGS)
        .add_generic_attributes(ATTRIBUTES)
        .add_tag_attributes("img", &["loading", "decoding", "fetchpriority"])
        .add_tag_attributes("input", &["type", "checked"])
        .add_tag_attributes("details", &["open"])
        .url_schemes(SCHEMES.iter().copied().collect())
        .url_relative(UrlRelative::PassThrough)
        .strip_comments(true)
        .link_rel(None);
    builder
});

/// The body without what isn't allowed in it. The page's title is its one `h1`, so an editor's own becomes an `h2`.
#[must_use]
pub(super) fn sanitised(html: &str) -> String {
    let html = without_pictures_elsewhere(CLEANER.clean(html).to_string());
    if html.contains("<h1") { html.replace("<h1", "<h2").replace("</h1>", "</h2>") } else { html }
}

fn without_pictures_elsewhere(html: String) -> String {
    const TAG: &str = "<img ";
    if !html.contains(TAG) {
        return html;
    }
    let mut kept = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some(start) = rest.find(TAG) {
        let end = start + tag_length(&rest[start..]);
        let tag = &rest[start..end];
        kept.push_str(&rest[..start]);
        match attribute(tag, "src").is_some_and(is_on_another_host) {
            true => kept.push_str(&attribute(tag, "alt").unwrap_or_default().replace('<', "&lt;")),
            false => kept.push_str(tag),
        }
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

/// How long the tag is that a text begins with; `>` within quotation marks does not end it.
fn tag_length(text: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// An attribute's value, as the cleaner writes it: in quotation marks.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_styles_and_handlers_go_and_the_text_stays() {
        let html = "<p style=\"color:red\" onclick=\"x()\">Hello<script>alert(1)</script> <a href=\"javascript:x\">you</a></p>";
        assert_eq!(sanitised(html), "<p>Hello <a>you</a></p>");
    }

    #[test]
    fn a_picture_on_another_host_gives_way_to_its_words() {
        let html = "<p><a href=\"x\"><img src=\"https://a.example/b.svg\" alt=\"build > passed\" height=\"20\"></a> <img src=\"b.svg\" alt=\"B\"></p>";
        assert_eq!(sanitised(html), "<p><a href=\"x\">build &gt; passed</a> <img src=\"b.svg\" alt=\"B\"></p>");
    }

    #[test]
    fn marks_of_links_survive() {
        use crate::document::holes::{Hole, mark};
        let html = format!("<a href=\"{}\">x</a>", mark(Hole::Link(3)));
        assert_eq!(sanitised(&html), html);
    }
}
