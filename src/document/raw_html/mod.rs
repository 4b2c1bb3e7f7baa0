//! What becomes of HTML that an editor wrote among the Markdown: the one place that decides it.
//!
//! To sanitise it, the writer of bodies leaves out each tag and attribute that doesn't [stay](stays) while it writes, and ammonia [cleans](cleaned)
//! the whole body, since a tag that one line opens another may close. To escape it, it becomes text, except what [is left out](is_left_out). A body
//! that could take a cleaner long is escaped.

mod bounds;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer};

use super::html_tags::{Tag, is_comment};
use crate::text::addresses::SCHEMES;
use bounds::is_bounded;

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

/// Elements that stay on a page.
static ELEMENTS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| CLEANER.clone_tags());
/// Attributes that every element may have, and those of each.
static OF_ALL: LazyLock<HashSet<&'static str>> = LazyLock::new(|| CLEANER.clone_generic_attributes());
static OF_EACH: LazyLock<HashMap<&'static str, HashSet<&'static str>>> =
    LazyLock::new(|| CLEANER.clone_tag_attributes());

/// Whether a tag of an editor's stays on a page. Of what a form is made of only a box to tick does.
pub(crate) fn stays(tag: &Tag) -> bool {
    let is_box = || tag.attribute("type").is_some_and(|kind| kind.value.eq_ignore_ascii_case("checkbox"));
    ELEMENTS.contains(tag.name.as_str()) && (tag.name != "input" || tag.closing || is_box())
}

/// Whether an attribute of that element stays on a page. Both names are in lower case.
pub(super) fn attribute_stays(element: &str, attribute: &str) -> bool {
    OF_ALL.contains(attribute) || OF_EACH.get(element).is_some_and(|own| own.contains(attribute))
}

/// Whether HTML of an editor's that is shown as text is left out instead: a note to oneself, which is a comment on one line with nothing beside it.
pub(super) fn is_left_out(html: &str) -> bool {
    let html = html.trim();
    html.is_empty() || (is_comment(html) && !html.contains(['\n', '\r']))
}

/// The body without what isn't allowed in it, its tags nested and closed as HTML has it. `None` if that could take long.
pub(super) fn cleaned(html: &str) -> Option<String> {
    is_bounded(html).then(|| CLEANER.clean(html).to_string())
}

/// An attribute's value with its references to characters replaced, as a browser reads it.
pub(crate) fn without_references(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(format!("<a b=\"{}\">", value.replace('"', "&quot;"))));
    let tokenizer = Tokenizer::new(FirstValue::default(), Default::default());
    let _ = tokenizer.feed(&queue);
    Cow::Owned(tokenizer.sink.0.take())
}

/// Keeps the value of the first attribute.
#[derive(Default)]
struct FirstValue(RefCell<String>);

impl TokenSink for FirstValue {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && let Some(attribute) = tag.attrs.first()
        {
            self.0.replace(attribute.value.to_string());
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_styles_and_handlers_go_and_the_text_stays() {
        let html = "<p style=\"color:red\" onclick=\"x()\">Hello<script>alert(1)</script> <a href=\"javascript:x\">you</a></p>";
        assert_eq!(cleaned(html).as_deref(), Some("<p>Hello <a>you</a></p>"));
    }

    #[test]
    fn an_address_is_read_with_its_references_replaced() {
        assert_eq!(without_references("/&#9;/a&amp;b&colon;&copy=1&quot;\"&lt"), "/\t/a&b:&copy=1\"\"<");
    }

    #[test]
    fn only_a_whole_comment_on_one_line_is_left_out_of_what_is_shown() {
        assert!(is_left_out("<!-- a note -->\n") && is_left_out("<!-->"));
        for shown in [
            "<!-- a note\nof two lines -->\n",
            "<!-- a --><script>",
            "<!-- a -->b",
            "<!--><svg onload=x>-->",
            "<!-- a",
            "<!DOCTYPE html>",
            "<?a?>",
        ] {
            assert!(!is_left_out(shown), "{shown}");
        }
    }

    #[test]
    fn marks_of_links_survive() {
        use crate::document::holes::{Hole, mark};
        let html = format!("<a href=\"{}\">x</a>", mark(Hole::Link(3)));
        assert_eq!(cleaned(&html), Some(html));
    }
}
