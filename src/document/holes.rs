//! Marks in a body's HTML for what only the whole site can tell, and the way to fill them.
//!
//! A mark is a Unicode noncharacter, a kind, a value, and a closing noncharacter. Noncharacters are reserved for a program's
//! inner use (Unicode § 23.7) and are replaced in every source, so no editor's text can be taken for a mark.

use std::borrow::Cow;
use std::ops::Range;

use crate::glance;

const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// What a mark stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hole<'a> {
    /// The address of the link with that number.
    Link(usize),
    /// The address of the picture with that number; its size may follow as further attributes.
    Image(usize),
    /// Before the element of the picture with that number: room for further sources of it.
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

/// The HTML with each mark replaced by what `fill` gives for it.
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

/// The stretches of the HTML that stand between its marks.
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

/// Characters that no text may hold: NUL (CommonMark § 2.3), other controls and noncharacters, which HTML forbids (HTML § 13.2.3.5), some of
/// which are those of marks.
pub(crate) fn is_reserved(character: char) -> bool {
    let is_noncharacter = matches!(character, '\u{fdd0}'..='\u{fdef}') || u32::from(character) & 0xfffe == 0xfffe;
    is_noncharacter || (character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{c}'))
}

/// The text with another character for each that no text may hold. Sources are cleaned of them; notations in which a character can be
/// written as its number bring them back.
pub(crate) fn without_reserved(text: Cow<'_, str>) -> Cow<'_, str> {
    match has_reserved(&text) {
        true => Cow::Owned(text.chars().map(readable).collect()),
        false => text,
    }
}

/// Whether a text has characters that no text may hold.
pub(crate) fn has_reserved(text: &str) -> bool {
    may_hold_reserved(text.as_bytes()) && text.chars().any(is_reserved)
}

/// What Windows-1252 has at the places of the controls from U+0080 on; a space where it has nothing (encoding.spec.whatwg.org, windows-1252).
const WINDOWS_1252: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// What a control character from U+0080 on stands for in text that was saved as Windows-1252. `None` if it stands for nothing.
pub(crate) fn of_windows_1252(character: char) -> Option<char> {
    let place = u32::from(character).checked_sub(0x80).filter(|place| *place < 0x20)?;
    WINDOWS_1252.chars().nth(usize::try_from(place).ok()?).filter(|found| *found != ' ')
}

/// What readers see in the place of a character: itself, what was meant by it, or a replacement character.
pub(crate) fn readable(character: char) -> char {
    if !is_reserved(character) {
        return character;
    }
    of_windows_1252(character).unwrap_or('\u{fffd}')
}

/// Whether some byte may be of a reserved character.
fn may_hold_reserved(text: &[u8]) -> bool {
    // Controls of ASCII; beyond it, those of U+0080 to U+009F and noncharacters begin with one of these (RFC 3629, section 3).
    let is_suspect = |byte: u8| {
        let is_space = (byte == b'\t') | (byte == b'\n') | (byte == b'\r') | (byte == b'\x0c');
        ((byte < b' ') & !is_space) | (byte == 0x7f) | (byte == 0xc2) | (byte >= 0xef)
    };
    glance::position(text, is_suspect).is_some()
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
    fn a_glance_sees_every_reserved_character() {
        let reserved = (0..=0x10_ffff).filter_map(char::from_u32).filter(|character| is_reserved(*character));
        assert!(reserved.into_iter().all(|character| may_hold_reserved(character.to_string().as_bytes())));
        assert!(!may_hold_reserved("Write to the manager’s office.\r\n\tنوکری".as_bytes()));
    }

    #[test]
    fn a_control_of_windows_1252_is_the_character_that_was_meant() {
        assert_eq!(without_reserved("It\u{92}s \u{93}5 \u{80}\u{94}\u{85}\u{9f}".into()), "It’s “5 €”…Ÿ");
        assert_eq!(without_reserved("\u{81}\u{8d}\u{8f}\u{90}\u{9d}".into()), "\u{fffd}".repeat(5));
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
