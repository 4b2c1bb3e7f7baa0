//! Characters that no text of a page may contain, and what replaces them.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use super::byte_scan;

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

/// The character that a control character from U+0080 on is in Windows-1252. `None` if it is none.
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
    byte_scan::position(text, is_suspect).is_some()
}

/// Removes what a reference such as `&#xfdd0;` became: a character that is reserved for holes.
pub(crate) fn remove_reserved(event: &mut Event<'_>) {
    let clean = |text: &mut CowStr<'_>| {
        if has_reserved(text) {
            *text = text.chars().map(readable).collect::<String>().into();
        }
    };
    match event {
        Event::Text(text) | Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(text))) => clean(text),
        Event::Start(Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. }) => {
            clean(dest_url);
            clean(title);
        }
        Event::Html(html) | Event::InlineHtml(html) => {
            *html = without_reserved_references(html).into_owned().into();
        }
        _ => {}
    }
}

/// The HTML without references to characters that no text may contain: a parser would turn them into those characters.
fn without_reserved_references(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find("&#") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let digits = &from[2..];
        let (radix, digits) = digits.strip_prefix(['x', 'X']).map_or((10, digits), |digits| (16, digits));
        let end = digits.find(|sign: char| !sign.is_digit(radix)).unwrap_or(digits.len());
        let character = u32::from_str_radix(&digits[..end], radix).ok().and_then(char::from_u32);
        let after = &digits[end..];
        match character.is_some_and(is_reserved) {
            true => out.push('\u{fffd}'),
            false => out.push_str(&from[..from.len() - after.len()]),
        }
        rest = if character.is_some_and(is_reserved) { after.strip_prefix(';').unwrap_or(after) } else { after };
    }
    match out.is_empty() {
        true => Cow::Borrowed(html),
        false => Cow::Owned(out + rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_html_forbids_is_replaced_and_line_ends_stay() {
        let forbidden = ['\0', '\u{1}', '\u{1b}', '\u{7f}', '\u{85}', '\u{fdd0}', '\u{ffff}', '\u{1fffe}'];
        assert!(forbidden.into_iter().all(is_reserved));
        assert!(!['\t', '\n', '\r', 'a', 'ک', '\u{200d}', '\u{fffd}'].into_iter().any(is_reserved));
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
    fn references_to_reserved_characters_go_and_others_stay() {
        let html = "&#xfdd0;l1&#64977;&#0000xfdd0;&#xFDEFz &#65; &#x; &# &#1114112; &amp;";
        let expected = "\u{fffd}l1\u{fffd}\u{fffd}xfdd0;\u{fffd}z &#65; &#x; &# &#1114112; &amp;";
        assert_eq!(without_reserved_references(html), expected);
        assert_eq!(without_reserved_references("plain"), "plain");
    }
}
