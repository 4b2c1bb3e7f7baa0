//! YAML → [`Node`]s. Aliases and merge keys are refused: front matter has no use for them, and a few lines of them can unfold into gigabytes.

use std::collections::HashSet;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use super::syntax_hints::{slip_without_keys, yaml_slip};
use super::{Entry, Node, SyntaxFault, Value};
use crate::text::without_reserved;

/// Deeper front matter than this is a mistake, and must not overflow the stack.
const DEEPEST: usize = 32;

/// Reads one YAML mapping. `offset` is added to every span: where `text` begins in its file.
///
/// # Errors
/// The first error of the text; what precedes it is lost, since YAML can't be read on from the middle.
pub fn parse_yaml(text: &str, offset: usize) -> Result<Vec<Entry>, SyntaxFault> {
    let mut loader =
        Loader { text, offset, bytes: CharToByte::new(text), parser: Parser::new_from_str(text), depth: 0 };
    let node = loader.document()?;
    match node.value {
        Value::Map(entries) => Ok(entries),
        Value::Null => Ok(Vec::new()),
        _ => Err(slip_without_keys(text, node.span.start - offset).map_or_else(
            || {
                refused("this should be a list of keys, each with a colon and a value", node.span)
                    .with_hint("write for example `title: How to write a CV`")
            },
            |fault| fault.shifted(offset),
        )),
    }
}

struct Loader<'a> {
    text: &'a str,
    offset: usize,
    bytes: CharToByte<'a>,
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    depth: usize,
}

impl<'a> Loader<'a> {
    /// The one document of the text. What stood behind it would be lost in silence, so it is a fault.
    fn document(&mut self) -> Result<Node, SyntaxFault> {
        let mut first = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => {}
                Event::StreamEnd => return Ok(first.unwrap_or(Node { value: Value::Null, span: self.span(span) })),
                event if first.is_none() => first = Some(self.node(event, span)?),
                _ => return Err(self.behind_the_end(span)),
            }
        }
    }

    fn behind_the_end(&mut self, span: Span) -> SyntaxFault {
        let start = self.span(span).start;
        let rest = self.text.get(start - self.offset..).unwrap_or_default();
        let end = start + rest.lines().next().unwrap_or_default().trim_end().len();
        refused("a line `...` or `---` above this ends the front matter", start..end).with_hint("remove that line")
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), SyntaxFault> {
        match self.parser.next_event() {
            Some(Ok(next)) => Ok(next),
            Some(Err(error)) => Err(self.fault(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span) -> Result<Node, SyntaxFault> {
        let is_marked = is_marked(&event);
        let span = self.span(span);
        if is_marked {
            return Err(self.marked(span.start));
        }
        let value = match event {
            Event::Scalar(text, style, ..) => scalar(&text, style),
            Event::SequenceStart(..) => return self.nested(span, Self::list),
            Event::MappingStart(..) => return self.nested(span, Self::map),
            Event::Alias(_) => return Err(refused("an alias (`*name`) can't be used here", span)),
            _ => Value::Null,
        };
        Ok(Node { value, span })
    }

    /// A value with a tag or an anchor before it: `value` is where the value itself begins.
    fn marked(&self, value: usize) -> SyntaxFault {
        let value = value - self.offset;
        let (before, behind) = (self.text.get(..value), self.text.get(value..));
        let is_here = behind.is_some_and(|rest| rest.starts_with(['!', '&']));
        let at = if is_here { None } else { before.and_then(|before| before.rfind(['!', '&'])) };
        let at = at.unwrap_or(value);
        yaml_slip(self.text, at, "tag or anchor").shifted(self.offset)
    }

    fn nested(
        &mut self,
        start: Range<usize>,
        read: fn(&mut Self) -> Result<(Value, usize), SyntaxFault>,
    ) -> Result<Node, SyntaxFault> {
        if self.depth == DEEPEST {
            return Err(refused("this is nested too deeply", start));
        }
        self.depth += 1;
        let (value, end) = read(self)?;
        self.depth -= 1;
        Ok(Node { value, span: start.start..end.max(start.end) })
    }

    fn list(&mut self) -> Result<(Value, usize), SyntaxFault> {
        let mut items: Vec<Node> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                let end = self.closed(span, items.last().map(|item| item.span.end));
                return Ok((Value::List(items), end));
            }
            items.push(self.node(event, span)?);
        }
    }

    fn map(&mut self) -> Result<(Value, usize), SyntaxFault> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut keys: HashSet<String> = HashSet::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                let end = self.closed(span, entries.last().map(|entry| entry.node.span.end));
                return Ok((Value::Map(entries), end));
            }
            let key_node = self.node(event, span)?;
            let Value::Scalar(key) = key_node.value else {
                return Err(refused("a key must be a word or a short phrase", key_node.span)
                    .with_hint("put text that begins with `[`, `{`, `*` or `&` in quotes"));
            };
            if !keys.insert(key.clone()) {
                return Err(
                    refused(&format!("the key `{key}` is there twice"), key_node.span).with_hint("keep one of them")
                );
            }
            let (event, span) = self.next()?;
            let node = self.node(event, span)?;
            entries.push(Entry { key, key_span: key_node.span, node });
        }
    }

    /// Where a list or group ends whose end the parser found at `span`: behind its bracket, or else with its last value.
    fn closed(&mut self, span: Span, last: Option<usize>) -> usize {
        let at = self.bytes.at(span.start.index());
        match self.text.get(at..).is_some_and(|rest| rest.starts_with([']', '}'])) {
            true => self.offset + at + 1,
            false => last.unwrap_or(0),
        }
    }

    fn span(&mut self, span: Span) -> Range<usize> {
        let start = self.bytes.at(span.start.index());
        let end = self.bytes.at(span.end.index()).max(start);
        let end = start + self.text.get(start..end).map_or(end - start, |text| text.trim_end().len());
        self.offset + start..self.offset + end
    }

    fn fault(&mut self, error: &ScanError) -> SyntaxFault {
        let at = self.bytes.at(error.marker().index());
        yaml_slip(self.text, at, error.info()).shifted(self.offset)
    }
}

/// Whether a value has a tag (`!name`) or an anchor (`&name`), which YAML takes out of it.
fn is_marked(event: &Event<'_>) -> bool {
    match event {
        Event::Scalar(_, _, anchor, tag) => *anchor > 0 || tag.is_some(),
        Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => *anchor > 0 || tag.is_some(),
        _ => false,
    }
}

fn refused(message: &str, span: Range<usize>) -> SyntaxFault {
    SyntaxFault { message: message.to_owned(), span, hint: None }
}

impl SyntaxFault {
    fn with_hint(mut self, hint: &str) -> Self {
        self.hint = Some(hint.to_owned());
        self
    }
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    let plain = matches!(style, ScalarStyle::Plain);
    match plain && matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        true => Value::Null,
        false => Value::Scalar(without_reserved(text.into()).into_owned()),
    }
}

/// The parser counts characters, spans count bytes; the positions asked for mostly grow, so the count goes on from the last one.
struct CharToByte<'a> {
    text: &'a str,
    ascii: bool,
    char_index: usize,
    byte_index: usize,
}

impl<'a> CharToByte<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, ascii: text.is_ascii(), char_index: 0, byte_index: 0 }
    }

    fn at(&mut self, char_index: usize) -> usize {
        if self.ascii {
            return char_index.min(self.text.len());
        }
        if char_index < self.char_index {
            (self.char_index, self.byte_index) = (0, 0);
        }
        let rest = &self.text[self.byte_index..];
        let step = rest.char_indices().nth(char_index - self.char_index).map_or(rest.len(), |(at, _)| at);
        (self.char_index, self.byte_index) = (char_index, self.byte_index + step);
        self.byte_index
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_know_their_places() {
        let text = "title: Résumé tips\ntopics: [interviews, cvs]\nfields:\n  interview date: { type: date }\n";
        let entries = parse_yaml(text, 10).unwrap();
        let title = &entries[0];
        assert_eq!(&text[title.node.span.start - 10..title.node.span.end - 10], "Résumé tips");
        let Value::List(topics) = &entries[1].node.value else { panic!("topics should be a list") };
        assert_eq!(&text[topics[1].span.start - 10..topics[1].span.end - 10], "cvs");
        assert_eq!(&text[entries[2].key_span.start - 10..entries[2].key_span.end - 10], "fields");
    }

    #[test]
    fn an_unquoted_colon_gets_its_hint() {
        let fault = parse_yaml("title: CVs: what to leave out\n", 0).unwrap_err();
        assert!(fault.hint.unwrap().contains("in quotes"), "{}", fault.message);
    }

    #[test]
    fn aliases_are_refused_rather_than_unfolded() {
        let fault = parse_yaml("a: &a [x, x]\nb: [*a, *a]\n", 0).unwrap_err();
        assert!(fault.message.contains("begin with `&`"), "{}", fault.message);
    }

    #[test]
    fn a_character_that_html_forbids_is_replaced_however_it_is_written() {
        let entries = parse_yaml("title: \"a bell \\u0007\"\n", 0).unwrap();
        let Value::Scalar(title) = &entries[0].node.value else { panic!("a title should be text") };
        assert_eq!(title, "a bell \u{fffd}");
    }

    #[test]
    fn depth_is_bounded() {
        let text = format!("a: {}{}", "[".repeat(100), "]".repeat(100));
        assert!(parse_yaml(&text, 0).unwrap_err().message.contains("deeply"));
    }
}
