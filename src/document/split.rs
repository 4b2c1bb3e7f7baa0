//! A text → its front matter, and where its body begins.

use super::head::{self, Head, Misplaced};
use crate::diagnostic::{Diagnostic, Rule, SourceText};
use crate::fields::{Entry, parse_toml, parse_yaml};

/// A document's front matter and where its body begins.
pub(super) struct Split {
    pub entries: Vec<Entry>,
    pub body: usize,
    /// Whether there was front matter that could not be read, so that missing fields need no report of their own.
    pub broken: bool,
}

/// Reads the YAML between two lines `---`, or the TOML between two lines `+++`, at the head of a text.
pub(super) fn front_matter(source: SourceText<'_>, diagnostics: &mut Vec<Diagnostic>) -> Split {
    match head::of(source.text) {
        Head::Body => Split { entries: Vec::new(), body: 0, broken: false },
        Head::Misplaced(misplaced) => refused(source, misplaced, diagnostics),
        Head::Fenced { fence, at, matter, indent } => {
            let opening = Opening { fence, at, matter, indent: &source.text[indent] };
            fenced(source, &opening, diagnostics)
        }
    }
}

/// The line that opens front matter.
struct Opening<'a> {
    fence: &'static str,
    /// A byte of the text.
    at: usize,
    /// Where the front matter begins behind it.
    matter: usize,
    indent: &'a str,
}

fn fenced(source: SourceText<'_>, opening: &Opening<'_>, diagnostics: &mut Vec<Diagnostic>) -> Split {
    let Opening { fence, matter: start, .. } = *opening;
    let Some((end, body)) = head::closing(&source.text[start..], fence, opening.indent) else {
        let message = format!("the front matter that begins here is not closed by a line `{fence}`");
        let at = source.text[opening.at..].find(fence).map_or(opening.at, |at| opening.at + at);
        let diagnostic = Diagnostic::error(Rule::UnclosedFrontMatter, message).at(source, at..at + fence.len());
        diagnostics.push(diagnostic.hint(where_to_close(
            &source.text[opening.at..],
            fence,
            line_of(source.text, opening.at),
        )));
        return unreadable(source);
    };
    let (end, body) = (start + end, start + body);
    let matter = &source.text[start..end];
    let parsed = if fence == "---" { parse_yaml(matter, start) } else { parse_toml(matter, start) };
    let second = match &parsed {
        Ok(entries) if entries.is_empty() => head::misplaced(source.text, body),
        Ok(_) => head::second(source.text, body),
        Err(_) => None,
    };
    if let Some(misplaced) = second {
        return refused(source, misplaced, diagnostics);
    }
    match parsed {
        Ok(entries) => Split { entries, body, broken: false },
        Err(fault) => {
            let code = if fence == "---" { Rule::InvalidYaml } else { Rule::InvalidToml };
            diagnostics.push(fault.diagnostic(code, source));
            Split { entries: Vec::new(), body, broken: true }
        }
    }
}

/// Front matter that can't be read: nothing of the text is shown.
fn unreadable(source: SourceText<'_>) -> Split {
    Split { entries: Vec::new(), body: source.text.len(), broken: true }
}

fn refused(source: SourceText<'_>, misplaced: Misplaced, diagnostics: &mut Vec<Diagnostic>) -> Split {
    let Misplaced { span, message, hint, replacement } = misplaced;
    let diagnostic = Diagnostic::error(Rule::MisplacedFrontMatter, message).at(source, span.clone()).hint(hint);
    diagnostics.push(match replacement {
        Some(text) => diagnostic.replace(source, span, text),
        None => diagnostic,
    });
    unreadable(source)
}

/// The number of the line that a byte is in.
fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// What was meant as the closing line, or where it belongs: behind the last line that looks like one of the front matter.
fn where_to_close(text: &str, fence: &str, first: usize) -> String {
    let lines = || text.lines().map(str::trim_end).zip(first..).skip(1);
    let sign = |line: &str| line.trim().chars().all(|sign| "-+—–*=_.~".contains(sign));
    if let Some((line, number)) = lines().find(|(line, _)| line.trim().len() > 1 && sign(line)) {
        return format!("write `{fence}` in line {number}, where `{line}` stands");
    }
    let separator = if fence == "---" { ':' } else { '=' };
    let is_matter = |line: &str| line.contains(separator) || line.starts_with([' ', '\t', '-', '#', '[', ']']);
    let last = lines().take_while(|(line, _)| is_matter(line)).last().map_or(first, |(_, number)| number);
    format!("write a line `{fence}` behind line {last}")
}
