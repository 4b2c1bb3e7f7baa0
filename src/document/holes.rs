//! Marks in a body's HTML for what depends on the rest of the site, and the way to fill them.
//!
//! A mark is a Unicode noncharacter, a kind, a value, and a closing noncharacter. Noncharacters are reserved for a program's
//! inner use (Unicode § 23.7) and are replaced in every source, so no editor's text can be taken for a mark.

use std::borrow::Cow;
use std::ops::Range;

const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// What a mark is replaced by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hole<'a> {
    /// The address of the link with that number.
    Link(usize),
    /// The address of the image with that number; its size may follow as further attributes.
    Image(usize),
    /// Before the element of the image with that number: room for further sources of it.
    Sources(usize),
    /// Behind that element.
    SourcesEnd(usize),
    /// A word of the theme's strings.
    Word(&'a str),
}

/// The mark of a hole.
#[must_use]
pub fn mark(hole: Hole<'_>) -> String {
    match hole {
        Hole::Link(number) => format!("{OPEN}l{number}{CLOSE}"),
        Hole::Image(number) => format!("{OPEN}i{number}{CLOSE}"),
        Hole::Sources(number) => format!("{OPEN}s{number}{CLOSE}"),
        Hole::SourcesEnd(number) => format!("{OPEN}e{number}{CLOSE}"),
        Hole::Word(key) => format!("{OPEN}w{key}{CLOSE}"),
    }
}

/// The HTML with each mark replaced by the result of `fill`.
pub fn filled(html: &str, mut fill: impl FnMut(Hole<'_>) -> Cow<'static, str>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut rest = html;
    while let Some(at) = opening(rest) {
        out.push_str(&rest[..at]);
        let Some((mark, remainder)) = rest[at + OPEN.len_utf8()..].split_once(CLOSE) else { break };
        if let Some(hole) = read(mark) {
            out.push_str(&fill(hole));
        }
        rest = remainder;
    }
    out.push_str(rest);
    out
}

/// Where the first mark begins: looked for by bytes, many at a time, since the HTML between two marks is long.
fn opening(html: &str) -> Option<usize> {
    let mut sign = [0; OPEN.len_utf8()];
    let sign = OPEN.encode_utf8(&mut sign).as_bytes();
    memchr::memchr_iter(sign[0], html.as_bytes()).find(|at| html.as_bytes()[*at..].starts_with(sign))
}

/// The parts of the HTML between its marks.
pub fn between(html: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = Some(0);
    std::iter::from_fn(move || {
        let start = from?;
        let end = opening(&html[start..]).map(|at| start + at);
        from = end.and_then(|end| Some(end + html[end..].find(CLOSE)? + CLOSE.len_utf8()));
        Some(start..end.unwrap_or(html.len()))
    })
}

fn read(mark: &str) -> Option<Hole<'_>> {
    let (kind, value) = mark.split_at_checked(1)?;
    match kind {
        "l" => value.parse().ok().map(Hole::Link),
        "i" => value.parse().ok().map(Hole::Image),
        "s" => value.parse().ok().map(Hole::Sources),
        "e" => value.parse().ok().map(Hole::SourcesEnd),
        "w" => Some(Hole::Word(value)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_marks_is_all_but_the_marks() {
        let html =
            format!("{}<a href=\"{}\">{}</a>", mark(Hole::Sources(1)), mark(Hole::Link(12)), mark(Hole::Word("tip")));
        let between: Vec<&str> = between(&html).map(|range| &html[range]).collect();
        assert_eq!(between, ["", "<a href=\"", "\">", "</a>"]);
    }

    #[test]
    fn each_mark_is_filled_once() {
        let html = format!("<a href=\"{}\">{}</a>", mark(Hole::Link(12)), mark(Hole::Word("tip")));
        let filled = filled(&html, |hole| match hole {
            Hole::Link(number) => format!("/{number}/").into(),
            Hole::Image(_) | Hole::Sources(_) | Hole::SourcesEnd(_) => "".into(),
            Hole::Word(key) => key.to_uppercase().into(),
        });
        assert_eq!(filled, "<a href=\"/12/\">TIP</a>");
    }
}
