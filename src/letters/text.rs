//! The letter as plain text in 72 columns, blanks in brackets: for an e-mail, and for a phone without an office.

use unicode_segmentation::UnicodeSegmentation;

use super::field::Field;
use super::model::{Block, Condition, Inline, Letter, Part, Role};
use super::words;
use super::words::Words;

/// The longest line, in characters as a reader counts them; a longer word has a line of its own.
const COLUMNS: usize = 72;
/// A blank up to this long is not broken over two lines.
const UNBROKEN: usize = 36;
/// Stands for a space inside a blank while lines are broken; never in a letter (a Unicode noncharacter).
const KEPT_SPACE: char = '\u{FDD0}';

/// The whole letter, its subject first. Lines end in a line feed.
pub fn text(letter: &Letter, words: &Words) -> String {
    let mut sheet = Lines { fields: &letter.fields, words, paragraphs: Vec::new() };
    if let Some(subject) = &letter.subject {
        let line = words::fill(&words.subject, &[("text", &sheet.line(subject))]);
        sheet.paragraphs.push(wrapped(&line, "", ""));
    }
    letter.parts.iter().for_each(|part| sheet.part(part));
    sheet.paragraphs.join("\n\n") + "\n"
}

/// The letter as plain text: its subject, its body and what follows the close. Addresses, the date and the
/// greeting are in every letter, and the conditions of its parts are for who fills it in; a search has no use for them.
pub fn said(letter: &Letter, words: &Words) -> String {
    let mut sheet = Lines { fields: &letter.fields, words, paragraphs: Vec::new() };
    if let Some(subject) = &letter.subject {
        sheet.paragraphs.push(sheet.line(subject).replace(KEPT_SPACE, " "));
    }
    let says = |role| matches!(role, Role::Subject | Role::Body | Role::Enclosures);
    for passage in letter.parts.iter().flat_map(Part::passages).filter(|passage| says(passage.role)) {
        sheet.block(&passage.block, "", "");
    }
    sheet.paragraphs.join("\n\n")
}

/// The subject in plain text, blanks in brackets.
pub fn subject_text(letter: &Letter, words: &Words) -> Option<String> {
    let sheet = Lines { fields: &letter.fields, words, paragraphs: Vec::new() };
    letter.subject.as_deref().map(|subject| sheet.line(subject).replace(KEPT_SPACE, " "))
}

struct Lines<'a> {
    fields: &'a [Field],
    words: &'a Words,
    paragraphs: Vec<String>,
}

impl Lines<'_> {
    fn part(&mut self, part: &Part) {
        if let Some(condition) = part.condition() {
            self.paragraphs.push(wrapped(&format!("[{}:]", self.label(condition)), "", ""));
        }
        part.passages().iter().for_each(|passage| self.block(&passage.block, "", ""));
    }

    fn label(&self, condition: &Condition) -> String {
        words::label(condition, self.fields, self.words)
    }

    /// `first` begins the first line of the block and `rest` every other.
    fn block(&mut self, block: &Block, first: &str, rest: &str) {
        match block {
            Block::Paragraph(content) => {
                let line = self.line(content);
                self.paragraphs.push(wrapped(&line, first, rest));
            }
            Block::List { start, items } => self.list(*start, items, rest),
            Block::Quote(blocks) => {
                let quoted = format!("{rest}> ");
                blocks.iter().for_each(|block| self.block(block, &quoted, &quoted));
            }
        }
    }

    /// The items of a list under one another, without empty lines between short ones.
    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], indent: &str) {
        let mut lines = Vec::new();
        for (place, item) in items.iter().enumerate() {
            let mark =
                start.map_or_else(|| "- ".to_owned(), |start| format!("{}. ", start.saturating_add(place as u64)));
            let (first, rest) = (format!("{indent}{mark}"), format!("{indent}{}", " ".repeat(mark.len())));
            let mut inner = Lines { fields: self.fields, words: self.words, paragraphs: Vec::new() };
            for (place, block) in item.iter().enumerate() {
                inner.block(block, if place == 0 { &first } else { &rest }, &rest);
            }
            lines.push(inner.paragraphs.join("\n\n"));
        }
        self.paragraphs.push(lines.join("\n"));
    }

    /// Running text with `\n` for breaks.
    fn line(&self, content: &[Inline]) -> String {
        let mut line = String::new();
        for inline in content {
            match inline {
                Inline::Text(text) => line.push_str(text),
                Inline::Break => line.push('\n'),
                Inline::Blank(place) => line.push_str(&self.blank(*place)),
                Inline::Strong(content) | Inline::Emphasis(content) => line.push_str(&self.line(content)),
                Inline::Link { address, content } => line.push_str(&link(address, &self.line(content))),
                Inline::Conditional { condition, content } => {
                    line.push_str(&format!("[{}: {}]", self.label(condition), self.line(content)));
                }
            }
        }
        line
    }

    fn blank(&self, place: usize) -> String {
        let name = self.fields.get(place).map_or("", |field| field.name.as_str());
        let blank = format!("[{name}]");
        if blank.chars().count() > UNBROKEN { blank } else { blank.replace(' ', &KEPT_SPACE.to_string()) }
    }
}

/// A link's words followed by its address, if the words are not the address already.
fn link(address: &str, words: &str) -> String {
    let bare = address.trim_start_matches("mailto:").trim_start_matches("tel:");
    if words == address || words == bare { words.to_owned() } else { format!("{words} ({bare})") }
}

/// Breaks each line of `text` at spaces so that it fits the columns.
fn wrapped(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (place, line) in text.split('\n').enumerate() {
        if place > 0 {
            out.push('\n');
        }
        wrap_line(line, if place == 0 { first } else { rest }, rest, &mut out);
    }
    out.replace(KEPT_SPACE, " ")
}

fn wrap_line(line: &str, first: &str, rest: &str, out: &mut String) {
    out.push_str(first);
    let mut column = first.graphemes(true).count();
    let mut begins = true;
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let length = word.graphemes(true).count();
        if !begins && column + 1 + length > COLUMNS {
            out.push('\n');
            out.push_str(rest);
            column = rest.graphemes(true).count();
            begins = true;
        }
        if !begins {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
        begins = false;
    }
}
