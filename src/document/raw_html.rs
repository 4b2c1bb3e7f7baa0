//! HTML that an editor wrote among the Markdown → the same without what a reader must be kept from.
//!
//! Scripts, inline styles, event attributes, frames and `javascript:` links go; tags are closed and nested as HTML has it.
//! The whole body is cleaned at once, since a tag that one line opens another may close.

use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

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
    let html = CLEANER.clean(html).to_string();
    if html.contains("<h1") { html.replace("<h1", "<h2").replace("</h1>", "</h2>") } else { html }
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
    fn marks_of_links_survive() {
        use crate::document::holes::{Hole, mark};
        let html = format!("<a href=\"{}\">x</a>", mark(Hole::Link(3)));
        assert_eq!(sanitised(&html), html);
    }
}
