//! Where a parser of YAML or TOML gave up, and its message → the mistake that an editor made, its place, and the line as it should be.
//!
//! A parser names the rule that a line breaks, often lines behind the slip. What editors do wrong is little: so each slip is looked for in the
//! line where the parser gave up and in the one above. Nothing here decides whether a text is valid.

mod toml;
mod yaml;

pub(super) use toml::{file_slip as toml_file_slip, slip as toml_slip};
pub(super) use yaml::{slip as yaml_slip, slip_without_keys};

use std::ops::Range;

use super::SyntaxFault;

/// Where the parser gave up, and why.
struct Failure<'a> {
    text: &'a str,
    /// A byte of the text.
    at: usize,
    info: &'a str,
}

/// A line without its end, and the byte where it begins.
#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    text: &'a str,
}

fn fault(message: impl Into<String>, span: Range<usize>, hint: Option<String>) -> SyntaxFault {
    SyntaxFault { message: message.into(), span, hint }
}

impl<'a> Failure<'a> {
    fn new(text: &'a str, at: usize, info: &'a str) -> Self {
        Self { text, at: text.floor_char_boundary(at), info }
    }

    fn says(&self, parts: &[&str]) -> bool {
        parts.iter().any(|part| self.info.contains(part))
    }

    fn line(&self) -> Line<'a> {
        Line::at(self.text, self.at)
    }

    /// The line where the parser gave up, then the last one above it that is not empty.
    fn lines(&self) -> impl Iterator<Item = Line<'a>> {
        let line = self.line();
        let above = self.text[..line.start].trim_end();
        let above = (!above.is_empty()).then(|| Line::at(self.text, above.len()));
        [Some(line), above].into_iter().flatten()
    }
}

impl<'a> Line<'a> {
    fn at(text: &'a str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
        Self { start, text: text[start..].lines().next().unwrap_or_default().trim_end() }
    }

    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn indentation(&self) -> usize {
        self.text.len() - self.text.trim_start_matches([' ', '\t']).len()
    }

    /// Without white space at its head.
    fn span(&self) -> Range<usize> {
        self.start + self.indentation()..self.end()
    }

    fn words(&self) -> &'a str {
        self.text.trim()
    }
}

/// A word or a short phrase, as keys are.
fn is_key(text: &str) -> bool {
    let begins_well = text.starts_with(|first: char| first.is_alphabetic());
    begins_well && text.chars().all(|sign| sign.is_alphanumeric() || " _-.".contains(sign))
}

/// Where the quotation mark that a value begins with is closed: behind it.
fn closing(value: &str) -> Option<usize> {
    let mark = value.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let mut signs = value.char_indices().skip(1).peekable();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' if mark == '"' => drop(signs.next()),
            '\'' if mark == '\'' && signs.peek().is_some_and(|(_, next)| *next == '\'') => drop(signs.next()),
            _ if sign == mark => return Some(at + 1),
            _ => {}
        }
    }
    None
}
