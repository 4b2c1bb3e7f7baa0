//! Markdown → [`Body`]: HTML with [`super::holes`], headings, references to other files, and plain text for search.
//!
//! CommonMark by pulldown-cmark, with tables, footnotes, strikethrough, task lists, definition lists, heading attributes, smart punctuation
//! and GitHub's alerts. An image alone in its paragraph is a figure; if it points at a letter's file, the letter stands there.

mod anchors;
mod colons;
mod notes;
mod quoted;
mod references;
mod sections;
mod steps;
mod writer;

pub use anchors::{Anchor, Heading};
pub(crate) use colons::Colons;
pub use references::{Reference, ReferenceKind};
pub use sections::{Sections, TextSection};
pub use steps::Step;
pub(super) use steps::numbered;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::raw_html;
use crate::config::RawHtml;
use crate::diagnostic::{Diagnostic, Rule, SourceText};
use crate::storage::{Scratch, StoredText};
use crate::text::{remove_reserved, with_quotes, without_reserved};
use quoted::Quoted;

/// What a document says, beside its front matter.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The body in order.
    pub parts: Vec<Part>,
    /// Links and pictures, numbered as the holes of `parts` are.
    pub references: Vec<Reference>,
    /// Addresses of other sites and programs that the body links to, with their places.
    pub outside: Vec<(String, Range<usize>)>,
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// Every place that a link can lead to, headings included.
    pub anchors: Vec<Anchor>,
    /// The text between headings, without markup and code.
    pub sections: Sections,
    /// The first paragraph's text, shortened.
    pub excerpt: String,
    /// How many words there are.
    pub words: usize,
    /// The items of its numbered lists, if the page says that they are steps.
    pub steps: Vec<Step>,
}

/// A stretch of a body.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// HTML with holes.
    Html(StoredText),
    /// A letter shown in place: the number of its reference, and what the editor calls it there.
    Letter(usize, String),
}

impl Body {
    /// Its HTML, for one who looks at it and lets it go.
    #[must_use]
    pub fn html(&self) -> Vec<StoredText> {
        let html = self.parts.iter().filter_map(|part| match part {
            Part::Html(html) => Some(html.uncached()),
            Part::Letter(..) => None,
        });
        html.collect()
    }

    /// Puts its texts into a scratch file.
    pub(super) fn spill(&mut self, scratch: &Scratch) {
        for part in &mut self.parts {
            if let Part::Html(html) = part {
                *html = std::mem::take(html).spill(scratch);
            }
        }
        self.sections.spill(scratch);
    }
}

/// An excerpt is cut at a word's end before this many characters.
const EXCERPT: usize = 170;

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
    let heading = writer::plain(&heading);
    let heading = heading.trim();
    (!heading.is_empty()).then(|| heading.to_owned())
}

/// Parses Markdown that stands in a value of the front matter. A fault is placed at the same words in that value, else at all of it.
pub(super) fn parse_quoted(
    source: SourceText<'_>,
    text: &str,
    span: Range<usize>,
    raw: RawHtml,
    diagnostics: &mut Vec<Diagnostic>,
) -> Body {
    // An escape in the value may stand for any character.
    let text = &*without_reserved(text.into());
    let spans = Spans::Within(Quoted::new(source.text, span, text));
    written(source, text, &spans, (None, raw), diagnostics)
}

/// How a place in the parsed text becomes a place in the file.
pub(super) enum Spans<'a> {
    /// The text is the file's, from this byte on.
    From(usize),
    /// The text is a value of the front matter.
    Within(Quoted<'a>),
}

impl Spans<'_> {
    pub(super) fn in_file(&self, span: &Range<usize>) -> Range<usize> {
        match self {
            Self::From(start) => span.start + start..span.end + start,
            Self::Within(quoted) => quoted.in_file(span),
        }
    }
}

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
fn events<'a>(colons: &'a Colons<'_>) -> impl Iterator<Item = (Event<'a>, Range<usize>)> {
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

/// Reported at the first tag: no page needs so many, and each browser makes something else of them.
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

/// Text cut at a word's end, with an ellipsis if something was cut.
pub(super) fn shortened(text: &str) -> String {
    let text = text.trim();
    let Some((limit, _)) = text.char_indices().nth(EXCERPT) else { return text.to_owned() };
    let end = text[..limit].rfind(char::is_whitespace).unwrap_or(limit);
    format!("{}…", text[..end].trim_end_matches([',', ';', ':', '.', ' ']))
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
