//! Running text: Markdown events of one paragraph become [`Inline`]s with blanks and optional sentences.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::conditions::chosen;
use super::fields::{Uses, identifier};
use super::letter_faults::{LetterFault, LetterFaults};
use super::model::{Inline, plain};
use crate::diagnostic::Rule;
use crate::text::{remove_reserved, single_spaced};

/// How an optional sentence begins, after its bracket.
const OPTIONAL: &str = "optional:";
/// Addresses that still lead somewhere from a letter on a desk.
const WHOLE_ADDRESSES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

/// Emphasis within emphasis beyond this is dropped, and a bracket of an optional sentence stays one, so that no writer of a letter need fear for its stack.
const DEEPEST: usize = 12;

/// What is needed of the letter around a paragraph.
pub(super) struct Surroundings<'a> {
    /// The Markdown that the events come from.
    pub(super) source: &'a str,
    /// Where `source` begins in the file.
    pub(super) offset: usize,
    /// The names met so far.
    pub(super) uses: &'a mut Uses,
    /// The faults met so far.
    pub(super) faults: &'a mut LetterFaults,
}

impl Surroundings<'_> {
    pub(super) fn in_file(&self, span: &Range<usize>) -> Range<usize> {
        self.offset + span.start..self.offset + span.end
    }
}

/// Builds the running text of one paragraph from its events.
#[derive(Debug, Default)]
pub(super) struct Running {
    /// Text not yet closed, innermost last; the paragraph itself is `finished`.
    open: Vec<Frame>,
    finished: Vec<Inline>,
}

#[derive(Debug)]
struct Frame {
    kind: FrameKind,
    content: Vec<Inline>,
    span: Range<usize>,
}

#[derive(Debug)]
enum FrameKind {
    Strong,
    Emphasis,
    Link(String),
    /// A bracket that named nothing, as it was written: a placeholder or an optional sentence.
    Bracket(String),
    /// `[optional: …` with blanks in it, which Markdown leaves as text.
    Optional,
    /// Something that letters do not have; its text stays.
    Flat,
}

impl Running {
    /// Takes one event of a paragraph.
    pub(super) fn take(&mut self, mut event: Event<'_>, span: Range<usize>, around: &mut Surroundings<'_>) {
        remove_reserved(&mut event);
        match event {
            Event::Start(tag) => self.start(tag, span, around),
            Event::End(tag) => self.end(tag, around),
            Event::Text(text) => self.text(&text, span, around),
            Event::Code(text) => self.push(Inline::Text(text.into_string())),
            // What a line's end means depends on the place in the letter, which is not known yet.
            Event::SoftBreak => self.push_text("\n"),
            Event::HardBreak => self.push(Inline::Break),
            Event::InlineHtml(text) | Event::Html(text) => self.markup(&text, span, around),
            _ => {}
        }
    }

    /// Whether the next piece begins a line.
    pub(super) fn ends_line(&self) -> bool {
        let content = self.open.last().map_or(&self.finished, |frame| &frame.content);
        matches!(content.last(), None | Some(Inline::Break))
    }

    /// The paragraph.
    pub(super) fn finish(mut self, around: &mut Surroundings<'_>) -> Vec<Inline> {
        self.abandon_from(0, around);
        self.finished
    }

    fn start(&mut self, tag: Tag<'_>, span: Range<usize>, around: &mut Surroundings<'_>) {
        let kind = match tag {
            Tag::Strong | Tag::Emphasis if self.open.len() >= DEEPEST => FrameKind::Flat,
            Tag::Strong => FrameKind::Strong,
            Tag::Emphasis => FrameKind::Emphasis,
            Tag::Link { link_type, dest_url, id, .. } => link(link_type, dest_url, id, &span, around),
            Tag::Image { .. } => unsupported("a picture", &span, around),
            _ => return,
        };
        self.open.push(Frame { kind, content: Vec::new(), span });
    }

    fn end(&mut self, tag: TagEnd, around: &mut Surroundings<'_>) {
        if !matches!(tag, TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::Image) {
            return;
        }
        let marked = self.open.iter().rposition(|frame| !matches!(frame.kind, FrameKind::Optional));
        self.abandon_from(marked.map_or(0, |at| at + 1), around);
        if let Some(frame) = self.open.pop() {
            self.close(frame, around);
        }
    }

    /// Gives up the frames from one on, outermost first, so that no text is moved twice.
    fn abandon_from(&mut self, at: usize, around: &mut Surroundings<'_>) {
        for frame in self.open.split_off(at) {
            self.abandon(frame, around);
        }
    }

    fn close(&mut self, frame: Frame, around: &mut Surroundings<'_>) {
        let Frame { kind, content, span } = frame;
        match kind {
            FrameKind::Strong => self.push(Inline::Strong(content)),
            FrameKind::Emphasis => self.push(Inline::Emphasis(content)),
            FrameKind::Link(address) => self.push(Inline::Link { address, content }),
            FrameKind::Flat => content.into_iter().for_each(|inline| self.push(inline)),
            FrameKind::Optional => self.optional(content, span, around),
            FrameKind::Bracket(written) if begins_optional(&written) => self.optional(content, span, around),
            FrameKind::Bracket(written) => self.blank(&written, content, span, around),
        }
    }

    /// `[optional: text]`, its content still beginning with the word.
    fn optional(&mut self, mut content: Vec<Inline>, span: Range<usize>, around: &mut Surroundings<'_>) {
        if let Some(Inline::Text(first)) = content.first_mut() {
            *first = first.trim_start().get(OPTIONAL.len()..).unwrap_or_default().trim_start().to_owned();
        }
        let field = around.uses.optional_part(around.in_file(&span));
        let text = plain(&content, &|place| around.uses.bracketed(place));
        around.uses.name_optional_part(field, &text);
        self.push(Inline::Conditional { condition: chosen(field), content });
    }

    /// `[name]`, or `[one][other]`, which Markdown reads as one link.
    fn blank(&mut self, written: &str, content: Vec<Inline>, span: Range<usize>, around: &mut Surroundings<'_>) {
        let first = plain(&content, &|_| String::new());
        let source = around.source.get(span.clone()).unwrap_or_default();
        let (name, next) = if source.contains("][") && !source.ends_with("[]") {
            (first.as_str(), Some(written))
        } else {
            (written, None)
        };
        for name in std::iter::once(name).chain(next) {
            self.placeholder(name, &span, around);
        }
    }

    fn placeholder(&mut self, written: &str, span: &Range<usize>, around: &mut Surroundings<'_>) {
        let name = tidy_name(written);
        let span = around.in_file(span);
        if identifier(&name).is_empty() {
            let fault = LetterFault::error(
                Rule::LetterEmptyPlaceholder,
                span,
                format!("[{name}] does not say what to fill in"),
            );
            around.faults.add(fault.hint("name what belongs there, such as [interview date]"));
            self.push(Inline::Text(format!("[{name}]")));
            return;
        }
        let place = around.uses.place(&name, span);
        self.push(Inline::Blank(place));
    }

    fn text(&mut self, text: &str, span: Range<usize>, around: &mut Surroundings<'_>) {
        let bracket = is_plain_bracket(&span, around.source);
        match text {
            "[" if bracket && self.open.len() < DEEPEST && begins_optional(&around.source[span.end..]) => {
                self.open.push(Frame { kind: FrameKind::Optional, content: Vec::new(), span });
            }
            "]" if bracket => self.close_bracket(span, around),
            "[" if bracket => {
                lone_bracket(&span, around);
                self.push_text(text);
            }
            _ => self.push_text(text),
        }
    }

    fn close_bracket(&mut self, span: Range<usize>, around: &mut Surroundings<'_>) {
        match self.open.pop_if(|frame| matches!(frame.kind, FrameKind::Optional)) {
            Some(frame) => self.optional(frame.content, frame.span.start..span.end, around),
            None => {
                lone_bracket(&span, around);
                self.push_text("]");
            }
        }
    }

    /// Gives up an unfinished frame and keeps its text.
    fn abandon(&mut self, frame: Frame, around: &mut Surroundings<'_>) {
        if matches!(frame.kind, FrameKind::Optional) {
            lone_bracket(&frame.span, around);
            self.push_text("[");
        }
        frame.content.into_iter().for_each(|inline| self.push(inline));
    }

    fn markup(&mut self, text: &str, span: Range<usize>, around: &mut Surroundings<'_>) {
        let fault = LetterFault::error(Rule::LetterUnsupported, around.in_file(&span), "a letter cannot hold HTML");
        around.faults.add(fault.hint("write a placeholder in square brackets: [interview date]"));
        self.push_text(text);
    }

    fn push_text(&mut self, text: &str) {
        let content = self.content();
        match content.last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
            _ => content.push(Inline::Text(text.to_owned())),
        }
    }

    fn push(&mut self, inline: Inline) {
        match inline {
            Inline::Text(text) => self.push_text(&text),
            other => self.content().push(other),
        }
    }

    fn content(&mut self) -> &mut Vec<Inline> {
        match self.open.last_mut() {
            Some(frame) => &mut frame.content,
            None => &mut self.finished,
        }
    }
}

fn link(
    kind: LinkType,
    address: CowStr<'_>,
    reference: CowStr<'_>,
    span: &Range<usize>,
    around: &mut Surroundings<'_>,
) -> FrameKind {
    match kind {
        LinkType::ShortcutUnknown | LinkType::CollapsedUnknown | LinkType::ReferenceUnknown => {
            FrameKind::Bracket(reference.into_string())
        }
        LinkType::Email => FrameKind::Link(format!("mailto:{address}")),
        _ if WHOLE_ADDRESSES.iter().any(|start| address.starts_with(start)) => FrameKind::Link(address.into_string()),
        _ => {
            let message = format!("'{address}' leads nowhere from a letter that has left the site");
            let fault = LetterFault::error(Rule::LetterLink, around.in_file(span), message);
            around.faults.add(fault.hint("give the whole address with https://, or put a space between ']' and '('"));
            FrameKind::Flat
        }
    }
}

fn unsupported(what: &str, span: &Range<usize>, around: &mut Surroundings<'_>) -> FrameKind {
    let fault =
        LetterFault::error(Rule::LetterUnsupported, around.in_file(span), format!("a letter cannot hold {what}"));
    around.faults.add(fault.hint("write it in words"));
    FrameKind::Flat
}

/// Two brackets with nothing between them are one mistake, reported at the first.
fn lone_bracket(span: &Range<usize>, around: &mut Surroundings<'_>) {
    let source = around.source;
    if source.get(span.clone()) == Some("]") && source[..span.start].trim_end_matches(' ').ends_with('[') {
        return;
    }
    let behind = &source[span.end..];
    let blank = behind.len() - behind.trim_start_matches(' ').len();
    if source.get(span.clone()) == Some("[") && behind[blank..].starts_with(']') {
        let pair = span.start..span.end + blank + 1;
        let message = "this placeholder does not say what to fill in";
        let fault = LetterFault::error(Rule::LetterEmptyPlaceholder, around.in_file(&pair), message);
        around.faults.add(fault.hint("name what belongs there, such as [interview date]"));
        return;
    }
    let fault = LetterFault::warning(Rule::LetterLoneBracket, around.in_file(span), "this bracket has no partner");
    around.faults.add(fault.hint("close the placeholder on the same paragraph, or write `\\[` for a plain bracket"));
}

/// Whether the text at `span` is a bracket that no backslash precedes.
fn is_plain_bracket(span: &Range<usize>, source: &str) -> bool {
    let written = source.get(span.clone()).unwrap_or_default();
    matches!(written, "[" | "]") && !source[..span.start].ends_with('\\')
}

fn begins_optional(text: &str) -> bool {
    text.trim_start().get(..OPTIONAL.len()).is_some_and(|start| start.eq_ignore_ascii_case(OPTIONAL))
}

/// A placeholder's words with single spaces, typographic apostrophes and no emphasis marks.
fn tidy_name(written: &str) -> String {
    let name = single_spaced(written).replace('\'', "’").replace("\\", "");
    name.trim_matches(['*', '_', '`', ' ']).to_owned()
}
