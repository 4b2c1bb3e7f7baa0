//! Markdown → events: the parser with its extensions, and the plain text of events.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use super::code::EndlessCode;
use super::colons::Colons;
use crate::text::{remove_reserved, with_quotes};

/// Events with their places in the text.
pub(super) type Events<'a> = [(Event<'a>, Range<usize>)];

/// The extensions of Markdown that pages are read with.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_GFM
}

/// What the parser finds, without characters that no text may hold.
pub(super) fn events<'a>(colons: &'a Colons<'_>) -> impl Iterator<Item = (Event<'a>, Range<usize>)> {
    let text = colons.text();
    // The text itself has none; only a character's number can bring one back.
    let has_numbers = text.contains("&#");
    with_quotes(text, Parser::new_ext(text, options()).into_offset_iter()).map(move |(mut event, span)| {
        colons.restore(&mut event);
        if has_numbers {
            remove_reserved(&mut event);
        }
        (event, span)
    })
}

/// The text of some events, without markup.
pub(super) fn plain(events: &Events<'_>) -> String {
    let mut text = String::new();
    let mut endless_code = EndlessCode::default();
    let mut at = 0;
    while let Some((event, _)) = events.get(at) {
        at += 1;
        match event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(piece),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::InlineHtml(html) => at += endless_code.code_events(html, &events[at..]),
            _ => {}
        }
    }
    text
}
