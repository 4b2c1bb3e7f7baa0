//! Rules about what was opened and never closed, so that the rest of a page vanishes or turns into something else.

use std::ops::Range;

use crate::check::prose::{Fence, Prose, Slip, lines};
use crate::check::{Find, Finding, Page, RuleEntry};
use crate::diagnostic::{Rule, Severity};

pub(crate) const RULES: &[RuleEntry] = &[
    RuleEntry {
        rule: Rule::UnclosedComment,
        severity: Some(Severity::Error),
        reason: "A comment that is not closed hides the rest of the page, or shows readers what was meant to be hidden.",
        example: "<!-- a note -- >",
        mend: "End the comment with `-->`. `--fix` does it where the end is misspelt.",
        find: Find::Page(comments),
    },
    RuleEntry {
        rule: Rule::UnclosedFence,
        severity: Some(Severity::Warning),
        reason: "Code whose end is missing makes code of all that follows.",
        example: "```\ntotal = days * pay\n\nAsk again after a week.",
        mend: "Write the same marks as at its beginning on a line of their own where the code ends.",
        find: Find::Page(fences),
    },
];

/// How parts of HTML that browsers don't show begin and end, and what they are called.
const HIDDEN: &[(&str, &str, &str)] = &[
    ("<!--", "-->", "comment"),
    ("<![CDATA[", "]]>", "CDATA section"),
    ("<?", "?>", "processing instruction"),
    ("<!", ">", "declaration"),
];

/// What people write for `-->`.
const MISSPELT_ENDS: &[&str] = &["-- >", "--!>", "- ->", "—>", "–>", "--&gt;", "->", "- - >"];

fn comments(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let shift = page.reading.prose.span(0..0, "").start;
    for html in page.reading.html.iter().filter(|html| html.text.contains("<!") || html.text.contains("<?")) {
        let at = html.span.start - shift;
        let slips = hidden_in(&html.text).into_iter().map(|slip| moved(slip, at));
        diagnostics.extend(slips.map(|slip| page.report(&page.reading.prose, slip)));
    }
    for prose in page.proses() {
        diagnostics.extend(shown(prose).map(|slip| page.report(prose, slip)));
    }
}

fn moved(slip: Slip, by: usize) -> Slip {
    let move_range = |range: Range<usize>| range.start + by..range.end + by;
    Slip { range: move_range(slip.range), mend: slip.mend.map(|(range, text)| (move_range(range), text)), ..slip }
}

/// Comments and their kin in raw HTML that have no end, or the wrong one.
fn hidden_in(html: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut from = 0;
    for start in memchr::memchr_iter(b'<', html.as_bytes()) {
        let kind = HIDDEN.iter().find(|(open, ..)| html[start..].starts_with(open));
        let Some((open, close, name)) = kind.filter(|_| start >= from) else { continue };
        let inner = start + open.len();
        match html[inner..].find(close).map(|length| inner..inner + length) {
            Some(inner) => {
                slips.extend(hides_more(html, start, inner.clone()).filter(|_| *name == "comment"));
                from = inner.end + close.len();
            }
            None => {
                slips.push(without_end(html, start, inner, (close, name)));
                break;
            }
        }
    }
    slips
}

fn without_end(html: &str, start: usize, inner: usize, (close, name): (&str, &str)) -> Slip {
    let line = start..start + html[start..].find('\n').unwrap_or(html.len() - start);
    let message = format!("this {name} has no end, and hides all that follows");
    let slip = Slip::new(line, message, format!("write `{close}` where it ends"));
    match misspelt_end(html, inner..html.len()).filter(|_| name == "comment") {
        Some(end) => with_end(slip, end),
        None => slip,
    }
}

/// A comment that goes on to the end of a later one.
fn hides_more(html: &str, start: usize, inner: Range<usize>) -> Option<Slip> {
    let goes_on = html[inner.clone()].find("<!--").map(|length| inner.start + length);
    let end = misspelt_end(html, inner.start..goes_on.unwrap_or(inner.end))?;
    let has_words_behind = html[end.end..inner.end].contains(char::is_alphanumeric);
    let line = start..start + html[start..].find('\n').unwrap_or(html.len() - start);
    let slip = Slip::new(line, "this comment doesn't end where it seems to, and hides what follows", "");
    has_words_behind.then(|| with_end(slip, end))
}

fn with_end(slip: Slip, end: Range<usize>) -> Slip {
    Slip { hint: "end it with `-->`".to_owned(), ..slip }.mended(end, "-->")
}

/// The first end of a line that looks like the end of a comment.
fn misspelt_end(html: &str, range: Range<usize>) -> Option<Range<usize>> {
    lines(&html[range.clone()]).find_map(|line| {
        let text = line.text.trim_end();
        let end = MISSPELT_ENDS.iter().find(|end| text.ends_with(**end))?;
        let at = range.start + line.start + text.len();
        Some(at - end.len()..at)
    })
}

/// Comments within a line of text that Markdown didn't take for one: readers see them. One a line.
fn shown(prose: &Prose) -> impl Iterator<Item = Slip> + '_ {
    let mut from = 0;
    memchr::memmem::find_iter(prose.text.as_bytes(), "<!--").filter_map(move |start| {
        if start < from {
            return None;
        }
        let rest = &prose.text[start..];
        let line = start..start + rest.find('\n').unwrap_or(rest.len());
        from = line.end;
        let message = "this comment has no end in its paragraph, so readers see it";
        let slip = Slip::new(line.clone(), message, "end it with `-->` before the next empty line");
        Some(match misspelt_end(&prose.text, start + "<!--".len()..line.end) {
            Some(end) => with_end(slip, end),
            None => slip,
        })
    })
}

fn fences(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for prose in page.proses() {
        for (number, fence) in prose.fences.iter().enumerate() {
            let before = number.checked_sub(1).and_then(|before| prose.fences.get(before));
            diagnostics.extend(fence_slip(prose, fence, before).map(|slip| page.report(prose, slip)));
        }
    }
}

/// The marks of a fence.
struct Marks {
    sign: char,
    length: usize,
    info: String,
}

/// The marks that a line begins with, behind those of quotations.
fn marks(line: &str) -> Option<Marks> {
    let line = line.trim_start_matches([' ', '\t', '>']);
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let info = line.trim_start_matches(sign);
    let length = line.len() - info.len();
    (length >= 3).then(|| Marks { sign, length, info: info.trim().to_owned() })
}

fn fence_slip(prose: &Prose, fence: &Fence, before: Option<&Fence>) -> Option<Slip> {
    let written = &prose.written[fence.span.clone()];
    let mut inner = lines(written).filter(|line| line.start < written.len());
    let first = inner.next()?;
    let open = marks(first.text)?;
    let is_end = |line: &str| {
        marks(line).is_some_and(|end| end.sign == open.sign && end.length >= open.length && end.info.is_empty())
    };
    let inner: Vec<_> = inner.collect();
    let opening = fence.span.start..fence.span.start + first.text.trim_end().len();
    let sign = open.sign.to_string().repeat(open.length);
    if inner.last().is_some_and(|line| is_end(line.text)) {
        return words_behind(&open, &inner).map(|line| {
            let line = fence.span.start + line.start..fence.span.start + line.start + line.text.trim_end().len();
            let hint = format!("write {sign} on a line of its own where the code ends");
            Slip::new(line, "words follow these marks, so the code does not end here", hint)
        });
    }
    if fence.is_inside && !inner.iter().any(|line| is_prose(line.text)) {
        return None;
    }
    let message = match fence.is_inside {
        true => "this code has no end, and takes the rest of its list or quotation with it",
        false => "this code has no end, and takes the rest of the page with it",
    };
    let slip = Slip::new(opening.clone(), message, format!("write {sign} on a line of its own where the code ends"));
    Some(meant_as_end(prose, opening, &open, before).unwrap_or(slip))
}

/// Marks right behind code in a list that has no end either were meant to be that end, and need its indentation.
fn meant_as_end(prose: &Prose, opening: Range<usize>, open: &Marks, before: Option<&Fence>) -> Option<Slip> {
    let before = before.filter(|before| before.is_inside && open.info.is_empty())?;
    let is_next = prose.written.get(before.span.end..opening.start)?.trim().is_empty();
    let line_start = prose.written[..before.span.start].rfind('\n').map_or(0, |at| at + 1);
    let indent = &prose.written[line_start..before.span.start];
    let is_indent = !indent.is_empty() && indent.chars().all(|sign| sign == ' ');
    let message = "this begins new code instead of ending the code above, since it is not indented like it";
    let own_start = prose.written[..opening.start].rfind('\n').map_or(0, |at| at + 1);
    let own_indent = own_start..opening.start;
    let hint = format!("put {} spaces before it, as before the line that begins the code", indent.len());
    (is_next && is_indent).then(|| Slip::new(opening, message, hint).mended(own_indent, indent))
}

/// A line within code that would end it, if no words followed its marks; code that shows how fences are written has longer ones around it.
fn words_behind<'a, 'b>(
    open: &Marks,
    inner: &'b [crate::check::prose::Line<'a>],
) -> Option<&'b crate::check::prose::Line<'a>> {
    inner.iter().find(|line| {
        marks(line.text).is_some_and(|end| end.sign == open.sign && end.length >= open.length && !end.info.is_empty())
    })
}

/// Whether a line looks like words to readers rather than code: a heading, or a sentence.
fn is_prose(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
    let is_heading = line.starts_with("## ") || line.starts_with("### ");
    let is_sentence = line.ends_with(['.', '!', '?', '۔', '؟', ':'])
        && line.split_whitespace().count() >= 5
        && line.chars().next().is_some_and(char::is_alphabetic)
        && !line.contains(['{', '}', ';', '=', '$', '<']);
    is_heading || is_sentence
}
