//! HTML that an editor wrote among the Markdown → the same without what a reader must be kept from.
//!
//! Scripts, inline styles, event attributes, frames and `javascript:` links go; a picture on another host gives way to its words, since a page
//! asks no other host for anything; tags are closed and nested as HTML has it.
//! The whole body is cleaned at once, since a tag that one line opens another may close.

use std::borrow::Cow;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::holes::is_reserved;
use super::markdown::is_on_another_host;

/// What becomes of HTML that an editor wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RawHtml {
    /// It stays as it is, whatever it does.
    Allow,
    /// It stays without what a reader must be kept from.
    #[default]
    Sanitise,
    /// It is shown as text.
    Escape,
}

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

/// So deep do elements lie in one another at most; browsers end at about as many.
const DEEPEST: usize = 500;
/// So many tags does a body have at most, if it is to be cleaned: a cleaner's time may grow with their square.
const MOST_TAGS: usize = 20_000;

/// Whether a body with HTML of an editor's can be cleaned in bounded time.
pub(super) fn is_bounded(html: &str) -> bool {
    let bytes = html.as_bytes();
    let (mut tags, mut deepest, mut depth) = (0_usize, 0_usize, 0_usize);
    for at in memchr::memchr_iter(b'<', bytes) {
        let is_end = bytes.get(at + 1) == Some(&b'/');
        let name = &bytes[at + 1 + usize::from(is_end)..];
        let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let is_one_of = |tags: &[&str]| tags.iter().any(|tag| name[..length].eq_ignore_ascii_case(tag.as_bytes()));
        if length == 0 || is_one_of(OWN_END) {
            continue;
        }
        tags += usize::from(!is_end);
        depth = match is_end {
            _ if is_one_of(SHAPES) => depth,
            true => depth.saturating_sub(1),
            false => depth + 1,
        };
        deepest = deepest.max(depth);
    }
    deepest <= DEEPEST && tags <= MOST_TAGS
}

/// Elements that have no end, or that the next of them ends: they never lie in one another.
const OWN_END: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot",
];
/// What drawings are made of, hundreds in a row and each closed by itself.
const SHAPES: &[&str] = &["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use", "stop"];

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

/// The HTML without references to characters that stand for [holes](super::holes): a parser would turn them into those characters.
pub(super) fn without_reserved_references(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find("&#") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let digits = &from[2..];
        let (radix, digits) = digits.strip_prefix(['x', 'X']).map_or((10, digits), |digits| (16, digits));
        let end = digits.find(|sign: char| !sign.is_digit(radix)).unwrap_or(digits.len());
        let character = u32::from_str_radix(&digits[..end], radix).ok().and_then(char::from_u32);
        let after = &digits[end..];
        match character.is_some_and(is_reserved) {
            true => out.push('\u{fffd}'),
            false => out.push_str(&from[..from.len() - after.len()]),
        }
        rest = if character.is_some_and(is_reserved) { after.strip_prefix(';').unwrap_or(after) } else { after };
    }
    match out.is_empty() {
        true => Cow::Borrowed(html),
        false => Cow::Owned(out + rest),
    }
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
    fn what_would_take_a_cleaner_long_is_seen() {
        let sound = [
            "<div><p>x</div>".repeat(5_000),
            "<table>".to_owned() + &"<tr><td>x<br>".repeat(9_000) + "</table>",
            "<path d=\"M0\"/>".repeat(9_000),
        ];
        sound.iter().for_each(|html| assert!(is_bounded(html), "{}", &html[..20]));
        let unsound =
            ["<div>".repeat(600), "<b>x</b>".repeat(30_000), "<B id=1><p>x</p>".repeat(600), "<x-y/>".repeat(600)];
        unsound.iter().for_each(|html| assert!(!is_bounded(html), "{}", &html[..12]));
    }

    #[test]
    fn references_to_reserved_characters_go_and_others_stay() {
        let html = "&#xfdd0;l1&#64977;&#0000xfdd0;&#xFDEFz &#65; &#x; &# &#1114112; &amp;";
        let expected = "\u{fffd}l1\u{fffd}\u{fffd}xfdd0;\u{fffd}z &#65; &#x; &# &#1114112; &amp;";
        assert_eq!(without_reserved_references(html), expected);
        assert_eq!(without_reserved_references("plain"), "plain");
    }

    #[test]
    fn marks_of_links_survive() {
        use crate::document::holes::{Hole, mark};
        let html = format!("<a href=\"{}\">x</a>", mark(Hole::Link(3)));
        assert_eq!(sanitised(&html), html);
    }
}
