//! Markdown → [`Body`]: HTML with [`super::holes`], headings, references to other files, and plain text for search.
//!
//! CommonMark by pulldown-cmark, with tables, footnotes, strikethrough, task lists, definition lists, heading attributes, smart punctuation
//! and GitHub's alerts. An image alone in its paragraph is a figure; if it points at a letter's file, the letter is shown in its place.

mod anchors;
mod body;
mod code;
mod colons;
mod events;
mod notes;
mod quoted;
mod references;
mod sections;
mod spans;
mod steps;
mod writer;

pub use anchors::{Anchor, Heading};
pub use body::{Body, Part};
pub(crate) use colons::Colons;
pub(crate) use events::options;
pub use references::{Reference, ReferenceKind};
pub use sections::{Sections, TextSection};
pub use steps::Step;
pub(super) use steps::numbered;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::raw_html;
use crate::config::RawHtml;
use crate::diagnostic::{Diagnostic, Rule, SourceText};
use crate::text::without_reserved;
use events::{events, plain};
use quoted::Quoted;
use spans::Spans;

/// Parses the body that begins at `start` of the source. A first heading that only repeats `title` is left out.
pub(super) fn parse(
    source: SourceText<'_>,
    start: usize,
    title: Option<&str>,
    raw: RawHtml,
    diagnostics: &mut Vec<Diagnostic>,
) -> Body {
    let text = source.text.get(start..).unwrap_or_default();
    written(source, text, &Spans::From(start), (title, raw), diagnostics)
}

/// The text of a heading of the first level at the very head of a body: what the page is called where titles are written so.
pub(super) fn first_heading(text: &str) -> Option<String> {
    let colons = Colons::of(text);
    let mut events = events(&colons).peekable();
    events.next_if(|(event, _)| matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })))?;
    let heading: Vec<_> = events.take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Heading(_)))).collect();
    let heading = plain(&heading);
    let heading = heading.trim();
    (!heading.is_empty()).then(|| heading.to_owned())
}

/// Parses Markdown in a value of the front matter. A diagnostic is placed at the same words in that value, else at all of it.
pub(super) fn parse_quoted(
    source: SourceText<'_>,
    text: &str,
    span: Range<usize>,
    raw: RawHtml,
    diagnostics: &mut Vec<Diagnostic>,
) -> Body {
    // // An escape in the value may be any character.
    let text = &*without_reserved(text.into());
    let spans = Spans::Within(Quoted::new(source.text, span, text));
    written(source, text, &spans, (None, raw), diagnostics)
}

fn written(
    source: SourceText<'_>,
    text: &str,
    spans: &Spans<'_>,
    (title, raw): (Option<&str>, RawHtml),
    diagnostics: &mut Vec<Diagnostic>,
) -> Body {
    let colons = Colons::of(text);
    let mut events: Vec<_> = events(&colons).collect();
    if raw == RawHtml::Escape
        && let Some(first) = show_html(&mut events)
    {
        diagnostics.push(shown_as_text(source, spans.in_file(&first)));
    }
    let reported = diagnostics.len();
    let (mut body, has_raw_html) = writer::write(source, &events, spans, (title, raw), diagnostics);
    if has_raw_html && raw == RawHtml::Sanitise && !clean(&mut body) {
        diagnostics.truncate(reported);
        let first = show_html(&mut events).unwrap_or_default();
        diagnostics.push(too_deep(source, spans.in_file(&first)));
        body = writer::write(source, &events, spans, (title, RawHtml::Escape), diagnostics).0;
    }
    body.words = body.sections.get().iter().map(words).sum();
    body
}

/// Cleans the body's HTML. False if that could take long.
fn clean(body: &mut Body) -> bool {
    body.parts.iter_mut().all(|part| match part {
        Part::Letter(..) => true,
        Part::Html(html) => match raw_html::cleaned(html) {
            Some(cleaned) => {
                *html = cleaned.into();
                true
            }
            None => false,
        },
    })
}

/// Reported at the first tag: no page needs that many, and browsers repair them differently.
fn too_deep(source: SourceText<'_>, first: Range<usize>) -> Diagnostic {
    let message = "the HTML of this page has too many tags, or tags too deep in one another; it is shown as text";
    Diagnostic::warning(Rule::DeepHtml, message).at(source, first).hint("write it in Markdown, or close each tag")
}

/// Reported at the first tag: a site that escapes HTML shows all of it.
fn shown_as_text(source: SourceText<'_>, first: Range<usize>) -> Diagnostic {
    let message = "readers see the HTML of this page as text, as `raw_html = \"escape\"` has it";
    let hint = "write it in Markdown, or put code in backticks";
    Diagnostic::warning(Rule::HtmlAsText, message).at(source, first).hint(hint)
}

/// HTML becomes text that shows it, a block as a whole: what its first line begins a later one may end. Gives the place of the first.
fn show_html(events: &mut [(Event<'_>, Range<usize>)]) -> Option<Range<usize>> {
    let mut first = None;
    let is_line = |event: &Event<'_>| matches!(event, Event::Html(_));
    for lines in events.chunk_by_mut(|(one, _), (next, _)| is_line(one) && is_line(next)) {
        let Some((Event::Html(_) | Event::InlineHtml(_), place)) = lines.first() else { continue };
        let place = place.clone();
        let html: String = lines.iter().map(|(event, _)| html_of(event)).collect();
        let is_left_out = raw_html::is_left_out(&html);
        for (event, _) in lines {
            let text = if is_left_out { CowStr::Borrowed("") } else { CowStr::from(html_of(event).to_owned()) };
            *event = Event::Text(text);
        }
        first = first.or(Some(place).filter(|_| !is_left_out));
    }
    first
}

fn html_of<'a>(event: &'a Event<'_>) -> &'a str {
    match event {
        Event::Html(html) | Event::InlineHtml(html) => html,
        _ => "",
    }
}

/// How many words a section has, in texts that separate them by single spaces.
fn words(section: &TextSection) -> usize {
    let count = |text: &str| memchr::memchr_iter(b' ', text.as_bytes()).count() + usize::from(!text.is_empty());
    count(section.heading.as_deref().unwrap_or_default()) + count(&section.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_from_a_heading_holds_no_character_that_html_forbids() {
        assert_eq!(
            first_heading("# A bell &#7; and &#xfdd0;\n\nWords.").as_deref(),
            Some("A bell \u{fffd} and \u{fffd}")
        );
    }
}
