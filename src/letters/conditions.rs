//! Conditional parts: the lines `::: when NAME is "CHOICE"`, `::: optional` and `:::`.
//!
//! Takes a letter's body and returns its sections in order, each with the condition of the part that it is in.
//! The grammar, with words in any case:
//!
//! ```text
//! part   = ":::" ( "optional" | "when" NAME "is" ["not"] CHOICE { "or" CHOICE } ) … ":::"
//! CHOICE = '"' text '"'
//! ```
//!
//! Around a choice are quotation marks of any kind (`"…"`, `'…'`, `“…”`, `«…»`). One of the same kind within it has a backslash before it,
//! unless letters follow it, as in `"say "hi""`.
//!
//! Parts are not nested. A line that is none of these is an error, and the text in it stays.

use std::ops::Range;

use super::field::INCLUDE;
use super::fields::Uses;
use super::letter_faults::{LetterFault, LetterFaults};
use super::model::Condition;
use crate::diagnostic::Rule;
use crate::text::single_spaced;

/// A section of the body under one condition, or under none.
#[derive(Debug)]
pub(super) struct ConditionalSection<'a> {
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
        /// The text in quotation marks.
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
pub(super) fn sections<'a>(body: &'a str, offset: usize, faults: &mut LetterFaults) -> Vec<ConditionalSection<'a>> {
    let mut cut = Splitter { body, offset, faults, found: Vec::new(), start: 0, open: None };
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

struct Splitter<'a, 'f> {
    body: &'a str,
    offset: usize,
    faults: &'f mut LetterFaults,
    found: Vec<ConditionalSection<'a>>,
    start: usize,
    open: Option<Open<'a>>,
}

impl<'a> Splitter<'a, '_> {
    /// Ends the section before a part line and begins the next one, at `next`.
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
            let hint = escaped_line(words)
                .unwrap_or_else(|| "write '::: when NAME is \"CHOICE\"' or '::: optional'".to_owned());
            self.fault(&line, &format!("'::: {words}' is not understood"), &hint);
        }
        (head, line)
    }

    fn end_stretch(&mut self, end: usize) {
        let range = self.start..end;
        let empty = self.body[range.clone()].trim().is_empty();
        match self.open.take() {
            Some((_, line)) if empty => self.fault(&line, "this part is empty", "write what it says before its ':::'"),
            Some((head, head_line)) => self.found.push(ConditionalSection { range, head, head_line }),
            None if empty => {}
            None => self.found.push(ConditionalSection { range, head: None, head_line: 0..0 }),
        }
    }

    fn finish(mut self) -> Vec<ConditionalSection<'a>> {
        if let Some((_, line)) = self.open.clone() {
            self.fault(&line, "this part has no end", "end it with a line ':::'");
        }
        self.end_stretch(self.body.len());
        self.found
    }

    fn fault(&mut self, range: &Range<usize>, message: &str, hint: &str) {
        let span = self.offset + range.start..self.offset + range.end;
        self.faults.add(LetterFault::error(Rule::LetterPart, span, message).hint(hint));
    }
}

/// The condition of an optional part: a field of its own includes it.
pub(super) fn chosen(field: usize) -> Condition {
    Condition { field, choices: vec![INCLUDE.to_owned()], negated: false }
}

fn head(words: &str) -> Option<Head<'_>> {
    if words.eq_ignore_ascii_case("optional") {
        return Some(Head::Optional);
    }
    let (name, negated, quoted) = condition(words)?;
    Some(Head::When { name, negated, choices: choices(quoted)? })
}

/// The parts of `when NAME is not "…"`: the name, whether `not` is there, and all from the first quotation mark on.
fn condition(words: &str) -> Option<(&str, bool, &str)> {
    let rest = after_word(words, "when")?;
    let starts = rest.char_indices().filter(|(_, sign)| closing_of(*sign).is_some());
    starts.map(|(at, _)| rest.split_at(at)).find_map(|(before, quoted)| {
        let before = before.trim_end();
        let (before, negated) = match before_word(before, "not") {
            Some(shorter) => (shorter, true),
            None => (before, false),
        };
        let name = before_word(before, "is")?.trim_matches(['[', ']', ' ']);
        (!name.is_empty()).then_some((name, negated, quoted))
    })
}

/// `"a" or "b"`: the choices; `None` if anything else is there.
fn choices(mut quoted: &str) -> Option<Vec<String>> {
    let mut choices = Vec::new();
    loop {
        let (choice, rest) = choice(quoted)?;
        choices.push(single_spaced(&choice).into_owned());
        if rest.is_empty() {
            return Some(choices);
        }
        quoted = after_word(rest, "or")?;
    }
}

/// The choice in the quotation marks that a text begins with, and what follows it.
fn choice(quoted: &str) -> Option<(String, &str)> {
    let mut signs = quoted.char_indices();
    let closing = closing_of(signs.next()?.1)?;
    let mut choice = String::new();
    while let Some((at, sign)) = signs.next() {
        let rest = &quoted[at + sign.len_utf8()..];
        if sign == '\\' && rest.starts_with(|next| next == '\\' || is_mark(next)) {
            choice.extend(signs.next().map(|(_, escaped)| escaped));
        } else if closing.contains(&sign) && (rest.is_empty() || rest.starts_with(char::is_whitespace)) {
            return Some((choice, rest.trim()));
        } else {
            choice.push(sign);
        }
    }
    None
}

/// The marks that close what this one opens.
fn closing_of(opening: char) -> Option<&'static [char]> {
    Some(match opening {
        '"' | '“' | '”' | '„' => &['"', '“', '”'],
        '\'' | '‘' | '’' | '‚' => &['\'', '‘', '’'],
        '«' | '»' => &['«', '»'],
        '‹' | '›' => &['‹', '›'],
        '「' => &['」'],
        _ => return None,
    })
}

fn is_mark(sign: char) -> bool {
    closing_of(sign).is_some() || sign == '」'
}

/// A choice as it can be written in a condition.
pub(super) fn written(choice: &str) -> String {
    let mut written = String::with_capacity(choice.len() + 2);
    written.push('"');
    for sign in choice.chars() {
        if sign == '\\' || closing_of('"').is_some_and(|marks| marks.contains(&sign)) {
            written.push('\\');
        }
        written.push(sign);
    }
    written.push('"');
    written
}

/// A hint with the line that was probably meant, where a choice has quotation marks of its own.
fn escaped_line(words: &str) -> Option<String> {
    let (name, negated, quoted) = condition(words)?;
    let inner = quoted.trim_start_matches(is_mark).trim_end_matches(is_mark);
    let not = if negated { "not " } else { "" };
    let line = format!("::: when {name} is {not}{}", written(inner));
    // `"a" and "b"` are two choices, with something else than `or` between them.
    let is_list = ["\" and \"", "\", \""].iter().any(|between| inner.contains(between));
    if is_list || quoted.contains('\\') || !inner.contains(is_mark) {
        return None;
    }
    head(line.trim_start_matches([':', ' ']))?;
    Some(format!("put a backslash before quotation marks within the choice: `{line}`"))
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
    fn a_choice_may_have_quotation_marks() {
        let said = when("answer", false, &["say \"hi\" now"]);
        assert_eq!(read(r#"when answer is "say \"hi\" now""#), said);
        assert_eq!(read(r#"when answer is 'say "hi" now'"#), said);
        assert_eq!(read(r#"when answer is «say "hi" now»"#), said);
        assert_eq!(read(r#"when answer is ‘say "hi" now’"#), said);
        assert_eq!(read(r#"when answer is "say "hi"""#), when("answer", false, &["say \"hi\""]));
        assert_eq!(read(r#"when answer is not "I don't" or 'it's'"#), when("answer", true, &["I don't", "it's"]));
        assert_eq!(
            read(r#"when the boss's answer is "a, b or c: d""#),
            when("the boss's answer", false, &["a, b or c: d"])
        );
        assert_eq!(read(r#"when x is " a  b " or "C:\dir\\""#), when("x", false, &["a b", "C:\\dir\\"]));
        assert_eq!(read(r#"when جواب is "ہاں «جی»""#), when("جواب", false, &["ہاں «جی»"]));
    }

    #[test]
    fn every_choice_can_be_written_in_a_condition() {
        for choice in ["a", "say \"hi\"", "“x” or “y”", "a\\", "\"", "\" or \"", "it's", "«a»", "a \\\" b", "۔“"]
        {
            let line = format!("when x is {} or {}", written(choice), written(choice));
            assert_eq!(read(&line), when("x", false, &[choice, choice]), "{line}");
        }
    }

    #[test]
    fn the_hint_for_a_choice_with_quotation_marks_works() {
        let hint = escaped_line(r#"when answer is "say "hi" now""#);
        assert!(hint.is_some_and(|hint| hint.ends_with(r#"`::: when answer is "say \"hi\" now"`"#)));
        assert_eq!(escaped_line(r#"when answer is x"#), None);
        assert_eq!(escaped_line(r#"when notice is "x" and "y""#), None);
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
        let mut faults = LetterFaults::default();
        let body = "a\n\n::: when x is \"y\"\nb\n";
        let found = sections(body, 10, &mut faults);
        let texts: Vec<&str> = found.iter().map(|it| body[it.range.clone()].trim()).collect();
        assert_eq!(texts, ["a", "b"]);
        assert_eq!(faults.0[0].span, 13..30);
    }
}
