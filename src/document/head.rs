//! The head of a text → where its front matter begins, or what was meant as front matter and can't be read as such.
//!
//! Front matter that is taken for text publishes what it keeps back. So whatever looks like it is either read or reported; a page that begins
//! with a thematic break, or with a heading and one, is left alone. Lines decide that look like keys.

use std::ops::Range;

use super::kept_back::{self, is_invisible, normal};
use super::page_fields::PAGE_FIELDS;

/// How a text begins.
#[derive(Debug, PartialEq)]
pub(super) enum Head {
    /// With its body.
    Body,
    /// With the line that opens its front matter: `---` or `+++`, at a byte, with the white space before it.
    Fenced { fence: &'static str, at: usize, matter: usize, indent: Range<usize> },
    /// With what was meant as front matter.
    Misplaced(Misplaced),
}

/// What was meant as front matter and can't be read as such.
#[derive(Debug, PartialEq)]
pub(super) struct Misplaced {
    /// Where it is.
    pub(super) span: Range<usize>,
    /// What is wrong, without a full stop.
    pub(super) message: String,
    /// What to do about it.
    pub(super) hint: &'static str,
    /// The text for `span`, where it is certain.
    pub(super) replacement: Option<&'static str>,
}

/// A line without its end, and the byte where it begins.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    at: usize,
    text: &'a str,
}

/// Front matter is looked for in this many lines, not counting empty ones.
const MOST_LINES: usize = 20;
/// Keys are longer than this only by mistake.
const LONGEST_KEY: usize = 40;
/// Keys that front matter of other generators has, beside those about its publication.
const FREQUENT: &[&str] = &[
    "layout",
    "categories",
    "category",
    "lastmod",
    "summary",
    "excerpt",
    "keywords",
    "url",
    "created",
    "modified",
    "type",
    "template",
    "id",
    "sidebarposition",
    "sidebarlabel",
    "cover",
    "series",
    "taxonomies",
    "language",
    "lang",
];

const FENCE: &str = "write `---` alone on its line, there and below the last key";
const MOVE: &str = "move it to the first line of the file, before anything else";
const CLOSE: &str = "write a line `---` before the first key, and one after the last";
const JSON: &str = "write it as YAML between two lines `---`, such as `title: How to write a CV`";

/// How a text begins.
pub(super) fn of(text: &str) -> Head {
    let Some(first) = lines(text).find(|line| !line.is_empty()) else { return Head::Body };
    if let Some(fence) = ["---", "+++"].into_iter().find(|fence| first.word() == *fence) {
        let rest = &text[first.end()..];
        let closed = closing(rest, fence, first.indent(text));
        if is_front_matter(&rest[..closed.map_or(rest.len(), |(end, _)| end)], closed.is_some(), fence) {
            let matter = first.end() + rest.find('\n').map_or(rest.len(), |at| at + 1);
            return Head::Fenced { fence, at: first.at, matter, indent: first.indent_range() };
        }
    }
    misplaced(text, 0).map_or(Head::Body, Head::Misplaced)
}

/// Where front matter ends, and where the body begins behind its closing line.
pub(super) fn closing(text: &str, fence: &str, indent: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let rest = line.strip_prefix(indent).unwrap_or(line);
        let rest = rest.trim_start_matches(|sign| is_invisible(sign) && !matches!(sign, ' ' | '\t'));
        if rest.trim_end_matches(is_invisible) == fence {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Whether the lines behind a first line `---` are keys, and it is no thematic break.
fn is_front_matter(block: &str, is_closed: bool, fence: &str) -> bool {
    let mut said = lines(block).filter(|line| !line.is_empty() && !line.word().starts_with('#')).take(MOST_LINES);
    let Some(first) = said.next() else { return is_closed };
    let is_next = lines(block).nth(1).is_some_and(|line| line.at == first.at);
    // Words right below the line, with no empty one before the next, are no page's beginning.
    let is_tight = is_next && lines(block).skip(1).all(|line| !line.is_empty());
    match is_closed || fence == "+++" {
        true if is_closed && (is_tight || fence == "+++") => true,
        true => first.key().is_some() || first.is_known_key() || said.any(|line| line.is_known_key()),
        false => first.is_known_key() || (is_next && first.key().is_some() && said.any(|line| line.is_known_key())),
    }
}

/// What was meant as front matter in a text, from a byte on.
pub(super) fn misplaced(text: &str, from: usize) -> Option<Misplaced> {
    let lines: Vec<Line<'_>> = lines(&text[from..])
        .map(|line| Line { at: line.at + from, ..line })
        .filter(|line| !line.is_empty())
        .take(3 * MOST_LINES)
        .collect();
    let start = preamble(&lines);
    if let Some(commented) = lines[..start].iter().find(|line| line.withholds()) {
        return Some(found(commented.span(), "front matter in a comment is not read".to_owned(), MOVE, None));
    }
    let first = lines.get(start)?;
    fenced(&lines, start, start > 0)
        .or_else(|| json(&lines[start..]))
        .or_else(|| (start == 0 || !first.is_key_of_prose()).then(|| bare(&lines[start..])).flatten())
        .or_else(|| (1..lines.len().min(MOST_LINES)).find_map(|at| closed_behind_words(&lines, at)))
        .or_else(|| withholding_run(&lines[..lines.len().min(MOST_LINES)]))
}

/// A second front matter right behind the first.
pub(super) fn second(text: &str, from: usize) -> Option<Misplaced> {
    let lines: Vec<Line<'_>> = lines(&text[from..])
        .map(|line| Line { at: line.at + from, ..line })
        .filter(|line| !line.is_empty())
        .take(3 * MOST_LINES)
        .collect();
    let first = lines.first().filter(|line| line.withholds() && line.is_small());
    let below = |line: &Line<'_>| {
        found(
            line.span(),
            "this key is below the line that closes the front matter".to_owned(),
            "move it above that line",
            None,
        )
    };
    first.map(below).or_else(|| closed_behind_words(&lines, 0))
}

/// How many of the first lines are no text: comments, instructions for programs, the fence of a code block, a heading.
fn preamble(lines: &[Line<'_>]) -> usize {
    let mut at = 0;
    while let Some(line) = lines.get(at).filter(|_| at < MOST_LINES) {
        let word = line.word();
        let is_told = ["#!", "<?", "<!doctype", "<!DOCTYPE", "%YAML", "{%", "```", "~~~"]
            .iter()
            .any(|sign| word.starts_with(sign));
        if word.starts_with("<!--") {
            let end = lines[at..].iter().position(|line| line.text.contains("-->"));
            at += end.unwrap_or(lines.len() - at - 1) + 1;
        } else if is_told || word.starts_with("# ") {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// A line that was meant to open front matter, with keys behind it.
fn fenced(lines: &[Line<'_>], at: usize, is_behind: bool) -> Option<Misplaced> {
    let (line, rest) = (lines.get(at)?, lines.get(at + 1..)?);
    let keys = rest.iter().take_while(|line| !line.is_fence()).take(MOST_LINES);
    let has_keys = rest.first().is_some_and(|line| line.key().is_some()) && keys.into_iter().any(Line::is_known_key);
    if !(line.is_fence() && has_keys) {
        return line.opens_with_key().then(|| {
            found(line.span(), "a key stands beside the line that opens the front matter".to_owned(), FENCE, None)
        });
    }
    let word = line.word();
    if is_behind && matches!(word, "---" | "+++") {
        return Some(found(
            line.span(),
            "this looks like front matter, and it is not the first thing in its file".to_owned(),
            MOVE,
            None,
        ));
    }
    let sign = if word.starts_with('+') { "+++" } else { "---" };
    let message = format!("this looks like front matter, and `{word}` does not open it");
    Some(found(line.span(), message, FENCE, (!is_behind).then_some(sign)))
}

/// Front matter in JSON.
fn json(lines: &[Line<'_>]) -> Option<Misplaced> {
    let first = lines.first()?;
    let inside = first.word().strip_prefix('{')?.trim_start();
    let is_json = inside.is_empty() || inside.starts_with('"');
    let has_key = lines.iter().take(MOST_LINES).any(|line| {
        line.text
            .split(['{', ','])
            .any(|part| Line { at: 0, text: part }.is_known_key() && part.trim_start().starts_with('"'))
    });
    let message = || "this looks like front matter in JSON, which can't be read here".to_owned();
    (is_json && has_key).then(|| found(first.span(), message(), JSON, None))
}

/// Keys without a line before them: all lines of the first paragraph are keys, and one of them names the page or keeps it back.
fn bare(lines: &[Line<'_>]) -> Option<Misplaced> {
    let first = lines.first()?;
    let next = |pair: &[Line<'_>]| pair[0].end() + 2 >= pair[1].at;
    let length = lines.windows(2).position(|pair| !next(pair)).map_or(lines.len(), |at| at + 1);
    let paragraph = &lines[..length.min(MOST_LINES)];
    let is_of_keys = paragraph.iter().all(|line| line.key().is_some() || line.goes_on());
    let decides = |line: &Line<'_>| line.is_title() || line.withholds();
    let is_meant = first.key().is_some() && (decides(first) || (is_of_keys && paragraph.iter().any(decides)));
    is_meant
        .then(|| found(first.span(), "this looks like front matter without its lines `---`".to_owned(), CLOSE, None))
}

/// A whole front matter somewhere below: every line of it belongs to a key, and one names the page or keeps it back.
fn closed_behind_words(lines: &[Line<'_>], at: usize) -> Option<Misplaced> {
    let line = lines.get(at).filter(|line| line.is_fence())?;
    let rest = lines.get(at + 1..)?;
    let end = rest.iter().position(Line::is_fence)?;
    let block = &rest[..end];
    let is_of_keys = block.iter().all(|line| line.key().is_some() || line.goes_on());
    let is_meant = is_of_keys && block.iter().any(|line| line.withholds() || (line.is_title() && line.is_small()));
    is_meant.then(|| {
        found(
            line.span(),
            "this looks like front matter, and it is not the first thing in its file".to_owned(),
            MOVE,
            None,
        )
    })
}

/// Keys below each other that name a page and keep it back, whatever is above and below them.
fn withholding_run(lines: &[Line<'_>]) -> Option<Misplaced> {
    let mut runs = lines.chunk_by(|one, next| one.key().is_some() == next.key().is_some());
    let run = runs.find(|run| {
        run.iter().any(|line| line.is_title() && line.is_small())
            && run.iter().any(|line| line.withholds() && line.is_small())
    })?;
    let message = "these lines look like front matter, and they are not read as such".to_owned();
    Some(found(run[0].span(), message, CLOSE, None))
}

fn found(span: Range<usize>, message: String, hint: &'static str, replacement: Option<&'static str>) -> Misplaced {
    Misplaced { span, message, hint, replacement }
}

/// The lines of a text, also where they end with Unicode's own line ends.
fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut at = 0;
    text.split_inclusive(['\n', '\u{2028}', '\u{2029}', '\u{c}']).map(move |written| {
        let line = Line { at, text: written.trim_end_matches(['\n', '\r', '\u{2028}', '\u{2029}', '\u{c}']) };
        at += written.len();
        line
    })
}

impl<'a> Line<'a> {
    fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// Without what shows nothing at its ends.
    fn word(&self) -> &'a str {
        self.text.trim_matches(is_invisible)
    }

    fn is_empty(&self) -> bool {
        self.word().is_empty()
    }

    fn span(&self) -> Range<usize> {
        let start = self.at + self.text.len() - self.text.trim_start_matches(is_invisible).len();
        start..start + self.word().len()
    }

    fn indent_range(&self) -> Range<usize> {
        self.at..self.span().start
    }

    fn indent(&self, text: &'a str) -> &'a str {
        &text[self.indent_range()]
    }

    /// Dashes and their like, as programs that correct text make them, with or without the name of a notation.
    fn is_fence(&self) -> bool {
        let word = self.word().to_lowercase();
        let signs = ["yaml", "yml", "toml", "json"].iter().find_map(|name| word.strip_suffix(name)).unwrap_or(&word);
        let signs = signs.trim_end_matches(|sign| is_invisible(sign) || matches!(sign, ':' | '#'));
        let is_dash = |sign: char| matches!(sign, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{ff0d}');
        let is_sign = |sign: char| is_dash(sign) || "-+;=_*~".contains(sign);
        let signs: Vec<char> = signs.chars().filter(|sign| !is_invisible(*sign)).collect();
        signs.iter().all(|sign| is_sign(*sign)) && (signs.len() > 1 || signs.iter().any(|sign| is_dash(*sign)))
    }

    /// `---title: Leave`
    fn opens_with_key(&self) -> bool {
        let rest = self.word().trim_start_matches(['-', '+', '\u{2014}', '\u{2013}']);
        let rest = Line { at: 0, text: rest };
        self.word().len() - rest.text.len() >= 3 && !rest.text.starts_with(' ') && rest.is_known_key()
    }

    /// The key that the line sets and its value, in the notation of YAML, TOML, Org, reStructuredText or MultiMarkdown.
    fn key(&self) -> Option<(&'a str, &'a str)> {
        let word = self.word();
        let word = ["#+", ".. ", "// ", "% ", "> ", ":", "@", "\\"]
            .iter()
            .find_map(|sign| word.strip_prefix(sign))
            .unwrap_or(word);
        let at = word.find([':', '=', '：'])?;
        let (key, value) = (word[..at].trim(), word[at..].trim_start_matches([':', '=', '：']));
        let key = key.trim_matches(|sign| is_invisible(sign) || matches!(sign, '"' | '\''));
        let is_key = key.starts_with(|sign: char| sign.is_alphabetic() || sign == '_')
            && key.len() <= LONGEST_KEY
            && key.chars().all(|sign| sign.is_alphanumeric() || "-_.".contains(sign) || is_invisible(sign));
        let is_word = !key.contains(' ') || is_known(key);
        let is_apart =
            value.is_empty() || value.starts_with(is_invisible) || word[at..].starts_with(['=', '：']) || is_known(key);
        (is_key && is_word && is_apart && !value.starts_with("//")).then_some((key, value))
    }

    fn is_known_key(&self) -> bool {
        self.key().is_some_and(|(key, _)| is_known(key))
    }

    fn is_title(&self) -> bool {
        self.key().is_some_and(|(key, _)| normal(key) == "title")
    }

    /// Whether the key is written in small letters, as keys are and labels in prose are not.
    fn is_small(&self) -> bool {
        self.key().is_some_and(|(key, _)| !key.contains(char::is_uppercase))
    }

    /// Whether the line keeps its page back.
    fn withholds(&self) -> bool {
        self.key().is_some_and(|(key, value)| {
            let value = value.trim_matches(|sign| is_invisible(sign) || matches!(sign, '"' | '\'' | ',' | '\\'));
            kept_back::is_withholding(key, value)
        })
    }

    /// A key with a capital behind a heading is most probably prose, such as `Status: draft` in a report.
    fn is_key_of_prose(&self) -> bool {
        !self.is_small()
    }

    /// Whether the line goes on from a key above it.
    fn goes_on(&self) -> bool {
        self.text.starts_with([' ', '\t', '#', '[', ']', '{', '}']) || self.text.starts_with("- ")
    }
}

/// Whether a key is one that front matter has.
fn is_known(key: &str) -> bool {
    let key = normal(key);
    FREQUENT.contains(&key.as_str())
        || kept_back::is_known(&key)
        || PAGE_FIELDS.iter().any(|field| normal(field.name) == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_read_behind_what_shows_nothing() {
        let heads =
            ["", "\n", "\r\n\r\n", " ", "\u{feff}", "\u{feff}\u{feff}", "\u{a0}", "\u{200b}", "\u{2060}\n \n", "\t"];
        for head in heads {
            let text = format!("{head}---\ntitle: A\ndraft: true\n---\nWords.\n");
            assert!(matches!(of(&text), Head::Fenced { .. }), "{head:?}");
        }
        assert!(matches!(of("---\n---\nWords.\n"), Head::Fenced { .. }));
        assert!(matches!(of("\n+++\ntitle = \"A\"\n+++\n"), Head::Fenced { .. }));
    }

    #[test]
    fn what_was_meant_as_front_matter_is_not_taken_for_text() {
        let keys = "title: Secret\ndraft: true\n";
        let mut texts: Vec<String> =
            ["----", "--- yaml", "---yaml", "—", "———", "–––", "— — —", "===", ";;;", "***", "- - -", "```yaml\n---"]
                .iter()
                .map(|fence| format!("{fence}\n{keys}---\nWords.\n"))
                .collect();
        texts.extend([
            "+++ toml\ntitle = \"A\"\ndraft = true\n+++\n".to_owned(),
            format!("<!-- a remark -->\n---\n{keys}---\n"),
            format!("<!--\n.. {keys}-->\nWords.\n"),
            format!("#!/bin/sh\n---\n{keys}---\n"),
            format!("# Secret\n\n---\n{keys}---\n"),
            format!("For Anna, please read.\n\n---\n{keys}---\n\nWords.\n"),
            format!("{keys}\nWords.\n"),
            "Title: Secret\nStatus: draft\n\nWords.\n".to_owned(),
            ":title: Secret\n:draft: true\n\nWords.\n".to_owned(),
            "#+TITLE: Secret\n#+DRAFT: true\n\nWords.\n".to_owned(),
            "draft: true\n\nWords.\n".to_owned(),
            "draft：true\n\nWords.\n".to_owned(),
            "{\n  \"title\": \"Secret\",\n  \"draft\": true\n}\n\nWords.\n".to_owned(),
            "{ \"title\": \"Secret\", \"draft\": true }\nWords.\n".to_owned(),
            "---title: Secret\ndraft: true\n---\n".to_owned(),
            "```yaml\ntitle: Secret\ndraft: true\n```\nWords.\n".to_owned(),
            "title = \"Secret\"\ndraft = true\n\nWords.\n".to_owned(),
            format!("\\---\n{keys}\\---\nWords.\n"),
            format!("@@@\n{keys}@@@\nWords.\n"),
            "---\\\ntitle: x\\\ndraft: true\\\n---\nWords.\n".to_owned(),
            "> ---\n> title: Secret\n> draft: true\n> ---\nWords.\n".to_owned(),
        ]);
        for text in texts {
            assert!(matches!(of(&text), Head::Misplaced(_)), "{text}");
        }
    }

    #[test]
    fn a_thematic_break_and_labels_in_prose_are_text() {
        let texts = [
            "---\n\nWelcome to our page.\n\nMore words.\n",
            "---\n\nWelcome to our page.\n\n---\n\nMore words.\n",
            "---\nWelcome to our page: read on.\n\nMore.\n---\nMore words.\n",
            "# Ask for leave\n\n---\n\nWords.\n",
            "# Ask for leave\n---\nWords: more words\n",
            "Ask for leave\n---\n\nNote: ask early.\n",
            "Note: this page is short.\n\nWords.\n",
            "Dear reader,\n\nwords: more.\n",
            "***\n\nWords.\n",
            "{{< note >}}\ntitle: x\n{{< /note >}}\n",
            "https://example.org: a link\n",
            "Date: [date]\nTo: [name]\n\nDear [name],\n",
            "```yaml\non: push\n```\n",
            "<!-- a remark: short -->\nWords.\n",
            "# RFC 12\n\nStatus: accepted\n",
            "* item: one\n* item: two\n",
            "",
        ];
        for text in texts {
            assert_eq!(of(text), Head::Body, "{text}");
        }
    }
}
