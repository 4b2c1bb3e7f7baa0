//! YAML → [`Node`]s. Aliases and merge keys are refused: front matter has no use for them, and a few lines of them can unfold into gigabytes.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use super::{Entry, Node, SyntaxFault, Value};
use crate::document::holes::without_reserved;

/// Deeper front matter than this is a mistake, and must not overflow the stack.
const DEEPEST: usize = 32;

/// Reads one YAML mapping. `offset` is added to every span: where `text` begins in its file.
///
/// # Errors
/// The first fault of the text; what stands before it is lost, since YAML can't be read on from the middle.
pub fn parse_yaml(text: &str, offset: usize) -> Result<Vec<Entry>, SyntaxFault> {
    let mut loader =
        Loader { text, offset, bytes: CharToByte::new(text), parser: Parser::new_from_str(text), depth: 0 };
    let node = loader.document()?;
    match node.value {
        Value::Map(entries) => Ok(entries),
        Value::Null => Ok(Vec::new()),
        _ => Err(SyntaxFault {
            message: "this should be a list of keys, each with a colon and a value".to_owned(),
            span: node.span,
            hint: Some("write for example `title: How to write a CV`".to_owned()),
        }),
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
    fn document(&mut self) -> Result<Node, SyntaxFault> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(_) => {}
                Event::StreamEnd | Event::DocumentEnd => return Ok(Node { value: Value::Null, span: self.span(span) }),
                event => return self.node(event, span),
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), SyntaxFault> {
        match self.parser.next_event() {
            Some(Ok(next)) => Ok(next),
            Some(Err(error)) => Err(self.fault(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span) -> Result<Node, SyntaxFault> {
        let span = self.span(span);
        let value = match event {
            Event::Scalar(text, style, ..) => scalar(&text, style),
            Event::SequenceStart(..) => return self.nested(span, Self::list),
            Event::MappingStart(..) => return self.nested(span, Self::map),
            Event::Alias(_) => return Err(refused("an alias (`*name`) can't be used here", span)),
            _ => Value::Null,
        };
        Ok(Node { value, span })
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
                let end =
                    items.last().map_or(0, |item| item.span.end).max(self.span(span).start.min(self.span(span).end));
                return Ok((Value::List(items), self.trimmed(end)));
            }
            items.push(self.node(event, span)?);
        }
    }

    fn map(&mut self) -> Result<(Value, usize), SyntaxFault> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                let end = entries.last().map_or(0, |entry| entry.node.span.end);
                return Ok((Value::Map(entries), end));
            }
            let key_node = self.node(event, span)?;
            let Value::Scalar(key) = key_node.value else {
                return Err(refused("a key must be a word or a short phrase", key_node.span)
                    .with_hint("put text that begins with `[`, `{`, `*` or `&` in quotes"));
            };
            if entries.iter().any(|entry| entry.key == key) {
                return Err(
                    refused(&format!("the key `{key}` is there twice"), key_node.span).with_hint("keep one of them")
                );
            }
            let (event, span) = self.next()?;
            let node = self.node(event, span)?;
            entries.push(Entry { key, key_span: key_node.span, node });
        }
    }

    /// An end without the white space and line ends before it.
    fn trimmed(&self, end: usize) -> usize {
        let end_in_text = end.saturating_sub(self.offset).min(self.text.len());
        self.text.get(..end_in_text).map_or(end, |before| self.offset + before.trim_end().len())
    }

    fn span(&mut self, span: Span) -> Range<usize> {
        let start = self.bytes.at(span.start.index());
        let end = self.bytes.at(span.end.index()).max(start);
        let end = start + self.text.get(start..end).map_or(end - start, |text| text.trim_end().len());
        self.offset + start..self.offset + end
    }

    /// The tab that is meant: one in the indentation, which the parser has passed, or else the next, which it has yet to
    /// reach.
    fn tab_near(&self, marked: usize) -> usize {
        let before = self.text.get(..marked).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |line| line + 1);
        let line = self.text.get(line_start..).unwrap_or_default();
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        let in_indentation = line[..indentation].find('\t').map(|tab| line_start + tab);
        let ahead = || self.text.get(marked..).and_then(|rest| rest.find('\t')).map(|tab| marked + tab);
        in_indentation.or_else(ahead).unwrap_or(marked)
    }

    fn fault(&mut self, error: &ScanError) -> SyntaxFault {
        let marked = self.bytes.at(error.marker().index());
        let at = if error.info().contains("tab") { self.tab_near(marked) } else { marked };
        let line_start = self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |line| line + 1);
        let line = self.text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let end = (line_start + line.trim_end().len()).max(at);
        SyntaxFault {
            message: plainly(error.info())
                .map_or_else(|| format!("this is not valid YAML: {}", error.info()), str::to_owned),
            span: self.offset + at..self.offset + end,
            hint: yaml_hint(line, error.info()),
        }
    }
}

/// What the parser says, as an editor would.
fn plainly(info: &str) -> Option<&'static str> {
    let sayings = [
        ("mapping values", "there is a colon too many here"),
        ("tab", "YAML does not allow a tab here"),
        ("quoted scalar", "the quotation mark that opens here is not closed"),
        ("illegal placement of ':'", "a list or text that was opened above is not closed"),
        ("',' or '}'", "the `{` that was opened above is not closed"),
        ("',' or ']'", "the `[` that was opened above is not closed"),
        ("expected key", "there is more behind the value than YAML expects"),
        ("unknown anchor", "a text can't begin with `*` in YAML"),
    ];
    sayings.iter().find(|(part, _)| info.contains(part)).map(|(_, saying)| *saying)
}

/// The slips that editors make most often, told by the line where YAML gave up.
fn yaml_hint(line: &str, info: &str) -> Option<String> {
    if line.contains('\t') {
        return Some("indent with spaces".to_owned());
    }
    if info.contains("quoted scalar") {
        return Some(
            "put the same mark behind the text; within double quotes, write `\\\"` for a mark of its own".to_owned(),
        );
    }
    if info.contains("illegal placement of ':'") || info.contains("',' or") {
        return Some("look above for a `[`, `{` or quotation mark without its partner".to_owned());
    }
    if line.starts_with(' ') && !line.trim_start().split_once(':')?.1.contains(": ") && info.contains("mapping values")
    {
        return Some("if the line is a key of its own, begin it without spaces".to_owned());
    }
    let (key, value) = line.split_once(':')?;
    let value = value.trim();
    if info.contains("mapping values") || value.contains(": ") {
        return Some(format!(
            "put text that holds a colon in quotes: `{}: \"{}\"`",
            key.trim(),
            value.replace('"', "'")
        ));
    }
    let first = value.chars().next()?;
    "[{*&!|>%@`'\"".contains(first).then(|| format!("if the text begins with `{first}`, put it in quotes"))
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
        assert!(fault.message.contains("alias"), "{}", fault.message);
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
