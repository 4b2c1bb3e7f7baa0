//! Keeps the parser from reading a definition where a line begins with a colon and no space: `:smile: see you`.
//!
//! pulldown-cmark reads any colon at the beginning of a line after a paragraph as a definition's. Here such a colon is replaced by a control
//! character that the text doesn't have, of the same length, so that all places stay; [`Colons::restore`] puts it back into events.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

/// A text whose definitions are all meant.
#[derive(Debug)]
pub(crate) struct Colons<'a> {
    text: Cow<'a, str>,
    stand_in: Option<char>,
}

impl<'a> Colons<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let found: Vec<usize> =
            memchr::memchr_iter(b':', text.as_bytes()).filter(|at| begins_no_definition(text, *at)).collect();
        let stand_in = if found.is_empty() { None } else { unused_control(text) };
        let text = match stand_in {
            Some(stand_in) => Cow::Owned(replaced(text, &found, stand_in)),
            None => Cow::Borrowed(text),
        };
        Self { text, stand_in }
    }

    /// The text for the parser, as long as the one that was given.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Puts the colons back into what the parser found.
    pub(crate) fn restore(&self, event: &mut Event<'_>) {
        if let Some(stand_in) = self.stand_in {
            texts_of(event, |text| {
                if text.contains(stand_in) {
                    *text = text.replace(stand_in, ":").into();
                }
            });
        }
    }
}

/// Whether the colon at a byte is the first sign of its line, quotation marks of Markdown aside, and has no space behind it.
fn begins_no_definition(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let is_followed = bytes.get(at + 1).is_some_and(|next| !next.is_ascii_whitespace());
    let before = bytes[..at].iter().rev().find(|byte| !matches!(byte, b' ' | b'\t' | b'>'));
    is_followed && before.is_none_or(|byte| matches!(byte, b'\n' | b'\r'))
}

/// Of the controls that mean nothing to Markdown, one that the text doesn't have.
fn unused_control(text: &str) -> Option<char> {
    (1..=8).chain(14..=31).find(|byte| memchr::memchr(*byte, text.as_bytes()).is_none()).map(char::from)
}

fn replaced(text: &str, found: &[usize], stand_in: char) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for at in found {
        out.push_str(&text[copied..*at]);
        out.push(stand_in);
        copied = at + 1;
    }
    out.push_str(&text[copied..]);
    out
}

/// Shows each text of an event.
fn texts_of<'a>(event: &mut Event<'a>, mut show: impl FnMut(&mut CowStr<'a>)) {
    match event {
        Event::Text(text)
        | Event::Code(text)
        | Event::InlineMath(text)
        | Event::DisplayMath(text)
        | Event::Html(text)
        | Event::InlineHtml(text)
        | Event::FootnoteReference(text)
        | Event::Start(Tag::FootnoteDefinition(text) | Tag::CodeBlock(CodeBlockKind::Fenced(text))) => show(text),
        Event::Start(Tag::Link { dest_url, title, id, .. } | Tag::Image { dest_url, title, id, .. }) => {
            [dest_url, title, id].into_iter().for_each(show);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Options, Parser};

    use super::*;

    /// What the parser finds, and all its texts in a row.
    fn found(text: &str) -> (bool, String) {
        let colons = Colons::of(text);
        assert_eq!(colons.text().len(), text.len(), "{text}");
        let mut shown = String::new();
        let mut has_definition = false;
        for mut event in Parser::new_ext(colons.text(), Options::ENABLE_DEFINITION_LIST) {
            colons.restore(&mut event);
            has_definition |= matches!(event, Event::Start(Tag::DefinitionList));
            texts_of(&mut event, |text| shown.push_str(text));
        }
        (has_definition, shown)
    }

    #[test]
    fn a_colon_without_a_space_defines_nothing() {
        for text in
            ["Thanks\n:smile: see you", "> Thanks\n> :smile:", "- Thanks\n  :-)", "Body\n\n:::", ":::tip\nA\n:::"]
        {
            let (has_definition, shown) = found(text);
            assert!(!has_definition, "{text}");
            assert_eq!(shown.matches(':').count(), text.matches(':').count(), "{shown}");
        }
    }

    #[test]
    fn a_colon_with_a_space_defines_the_line_above() {
        for text in ["Notice\n: The time", "Notice\n\n:   The time", "> Notice\n> : The time", "Notice\n:\tThe time"] {
            assert_eq!(found(text), (true, "NoticeThe time".to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_text_keeps_its_colon() {
        assert_eq!(found("`a\n:b`").1, "a :b");
        assert_eq!(found("```\n:a\n```").1, ":a\n");
        // A tag with such an attribute is shown as text, with all its signs.
        assert_eq!(found("a <i\n:a>").1, "a <i:a>");
        let all_controls: String = (1..32).filter_map(char::from_u32).collect();
        assert!(found(&format!("{all_controls}\n:a")).1.contains('a'));
    }
}
