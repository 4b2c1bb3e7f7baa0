//! Conditional parts: the lines `::: when NAME is "CHOICE"`, `::: optional` and `:::`.
//!
//! Takes a letter's body and gives its stretches in order, each with the condition of the part that it lies in.
//! The grammar, with words in any case and quotes straight or curly:
//!
//! ```text
//! part   = ":::" ( "optional" | "when" NAME "is" ["not"] CHOICE { "or" CHOICE } ) … ":::"
//! CHOICE = '"' text '"'
//! ```
//!
//! Parts do not lie within parts. A line that is none of these is a fault, and the text in it stays.

use super::faults::{Fault, Faults};
use super::fields::{INCLUDE, Uses};
use super::model::Condition;
use std::ops::Range;

/// A stretch of the body under one condition, or under none.
#[derive(Debug)]
pub(super) struct Stretch<'a> {
    /// Bytes of the body.
    pub(super) range: Range<usize>,
    /// The head of the part that it is, if it is one and its head is understood.
    pub(super) head: Option<Head<'a>>,
    /// The line of the head in the body.
    pub(super) head_line: Range<usize>,
}

/// The head of a part as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Head<'a> {
    /// `::: optional`
    Optional,
    /// `::: when NAME is "CHOICE"`
    When {
        /// The field's name.
        name: &'a str,
        /// `is not`
        negated: bool,
        /// What stands in quotes.
        choices: Vec<String>,
    },
}

impl Head<'_> {
    /// The condition that this head sets; `span` is its line in the file.
    pub(super) fn condition(self, uses: &mut Uses, span: Range<usize>) -> Condition {
        match self {
            Head::Optional => chosen(uses.optional_part(span)),
            Head::When { name, negated, choices } => Condition { field: uses.place(name, span), choices, negated },
        }
    }
}

/// Cuts `body` at its part lines. Spans of faults are in the file, where the body begins at `offset`.
pub(super) fn stretches<'a>(body: &'a str, offset: usize, faults: &mut Faults) -> Vec<Stretch<'a>> {
    let mut cut = Cut { body, offset, faults, found: Vec::new(), start: 0, open: None };
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let span = at..at + line.trim_end().len();
        at += line.len();
        if let Some(rest) = line.trim().strip_prefix(":::") {
            cut.part_line(rest.trim_matches(':').trim(), span, at);
        }
    }
    cut.finish()
}

/// A part that has begun: its head, and the head's line.
type Open<'a> = (Option<Head<'a>>, Range<usize>);

struct Cut<'a, 'f> {
    body: &'a str,
    offset: usize,
    faults: &'f mut Faults,
    found: Vec<Stretch<'a>>,
    start: usize,
    open: Option<Open<'a>>,
}

impl<'a> Cut<'a, '_> {
    /// Ends the stretch before a part line and begins the next one, at `next`.
    fn part_line(&mut self, words: &'a str, line: Range<usize>, next: usize) {
        if words.is_empty() && self.open.is_none() {
            self.fault(&line, "this ':::' ends no part", "begin one with '::: when NAME is \"CHOICE\"'");
        }
        if !words.is_empty() && self.open.is_some() {
            self.fault(&line, "a part begins within another", "end the part before it with a line ':::'");
        }
        self.end_stretch(line.start);
        self.start = next;
        if !words.is_empty() {
            self.open = Some(self.opened(words, line));
        }
    }

    fn opened(&mut self, words: &'a str, line: Range<usize>) -> Open<'a> {
        let head = head(words);
        if head.is_none() {
            let hint = "write '::: when NAME is \"CHOICE\"' or '::: optional'";
            self.fault(&line, &format!("'::: {words}' is not understood"), hint);
        }
        (head, line)
    }

    fn end_stretch(&mut self, end: usize) {
        let range = self.start..end;
        let empty = self.body[range.clone()].trim().is_empty();
        match self.open.take() {
            Some((_, line)) if empty => self.fault(&line, "this part is empty", "write what it says before its ':::'"),
            Some((head, head_line)) => self.found.push(Stretch { range, head, head_line }),
            None if empty => {}
            None => self.found.push(Stretch { range, head: None, head_line: 0..0 }),
        }
    }

    fn finish(mut self) -> Vec<Stretch<'a>> {
        if let Some((_, line)) = self.open.clone() {
            self.fault(&line, "this part has no end", "end it with a line ':::'");
        }
        self.end_stretch(self.body.len());
        self.found
    }

    fn fault(&mut self, range: &Range<usize>, message: &str, hint: &str) {
        let span = self.offset + range.start..self.offset + range.end;
        self.faults.add(Fault::error("letter-part", span, message).hint(hint));
    }
}

/// The condition of an optional part: its own field says to include it.
pub(super) fn chosen(field: usize) -> Condition {
    Condition { field, choices: vec![INCLUDE.to_owned()], negated: false }
}

fn head(words: &str) -> Option<Head<'_>> {
    if words.eq_ignore_ascii_case("optional") {
        return Some(Head::Optional);
    }
    let rest = after_word(words, "when")?;
    let quote = rest.find(is_quote)?;
    let (before, quoted) = rest.split_at(quote);
    let before = before.trim_end();
    let (before, negated) = match before_word(before, "not") {
        Some(shorter) => (shorter, true),
        None => (before, false),
    };
    let name = before_word(before, "is")?.trim_matches(['[', ']', ' ']);
    let choices = choices(quoted)?;
    (!name.is_empty()).then_some(Head::When { name, negated, choices })
}

/// `"a" or "b"`: the choices, or none if anything else stands there.
fn choices(mut quoted: &str) -> Option<Vec<String>> {
    let mut choices = Vec::new();
    loop {
        let inner = quoted.strip_prefix(is_quote)?;
        let end = inner.find(is_quote)?;
        choices.push(inner[..end].trim().to_owned());
        let rest = inner[end..].strip_prefix(is_quote)?.trim();
        if rest.is_empty() {
            return Some(choices);
        }
        quoted = after_word(rest, "or")?;
    }
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„')
}

/// What follows `word` at the beginning of `text`.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (first, rest) = text.split_once(char::is_whitespace)?;
    first.eq_ignore_ascii_case(word).then(|| rest.trim_start())
}

/// What precedes `word` at the end of `text`.
fn before_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (rest, last) = text.rsplit_once(char::is_whitespace)?;
    last.eq_ignore_ascii_case(word).then(|| rest.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(name: &str, negated: bool, choices: &[&str]) -> Option<(String, bool, Vec<String>)> {
        Some((name.to_owned(), negated, choices.iter().map(|it| (*it).to_owned()).collect()))
    }

    fn read(words: &str) -> Option<(String, bool, Vec<String>)> {
        match head(words)? {
            Head::When { name, negated, choices } => Some((name.to_owned(), negated, choices)),
            Head::Optional => None,
        }
    }

    #[test]
    fn a_head_is_read() {
        assert_eq!(read(r#"when notice is "one month""#), when("notice", false, &["one month"]));
        assert_eq!(read(r#"When [how soon]  IS not “today” or "now""#), when("how soon", true, &["today", "now"]));
        assert_eq!(read(r#"when what is asked is "a" OR "b is c""#), when("what is asked", false, &["a", "b is c"]));
        assert_eq!(head("Optional"), Some(Head::Optional));
    }

    #[test]
    fn anything_else_is_not_a_head() {
        for words in [
            "when",
            "when notice",
            r#"when is "x""#,
            r#"when notice is x"#,
            r#"when notice is "x" and "y""#,
            r#"if notice is "x""#,
            r#"when notice is "x"#,
            r#"when notice "x""#,
            "maybe",
        ] {
            assert_eq!(head(words), None, "{words}");
        }
    }

    #[test]
    fn a_part_without_an_end_keeps_its_text() {
        let mut faults = Faults::default();
        let body = "a\n\n::: when x is \"y\"\nb\n";
        let found = stretches(body, 10, &mut faults);
        let texts: Vec<&str> = found.iter().map(|it| body[it.range.clone()].trim()).collect();
        assert_eq!(texts, ["a", "b"]);
        assert_eq!(faults.0[0].span, 13..30);
    }
}
