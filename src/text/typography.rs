//! Straight quotation marks → the ones that a printer sets, in front matter and in bodies by one rule.
//!
//! Markdown's smart punctuation finds the marks of a body and pairs them; which way each of them looks is decided here.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

/// The text with curly quotation marks and apostrophes, and with an ellipsis for three dots.
pub(crate) fn typeset(text: &str) -> String {
    if !text.contains(['"', '\'']) && !text.contains("...") {
        return text.to_owned();
    }
    let last_closing = text.match_indices('\'').map(|(at, _)| at).rfind(|at| may_close(text, *at));
    let mut set = String::with_capacity(text.len() + 8);
    let mut quotes = Quotes::default();
    for (at, character) in text.char_indices() {
        let mark = Mark { text, at, is_paired: last_closing.is_some_and(|closing| closing > at) };
        let before = set.chars().next_back();
        set.push(if matches!(character, '"' | '\'') { quotes.set(&mark, before) } else { character });
    }
    set.replace("...", "…")
}

/// Turns the quotation marks that Markdown's smart punctuation made of straight ones in `text`.
pub(crate) fn with_quotes<'a>(
    text: &'a str,
    events: impl Iterator<Item = (Event<'a>, Range<usize>)>,
) -> impl Iterator<Item = (Event<'a>, Range<usize>)> {
    let mut quotes = Quotes::default();
    events.map(move |(mut event, span)| {
        match &mut event {
            Event::Start(tag) if is_block(tag) => quotes = Quotes::default(),
            Event::Text(set) if is_straight_mark(text, &span) && ["“", "”", "‘", "’"].contains(&&**set) => {
                let mark = Mark { text, at: span.start, is_paired: &**set == "‘" };
                let before = quotes.before(text, span.start);
                *set = String::from(quotes.set(&mark, before)).into();
            }
            _ => {}
        }
        (event, span)
    })
}

fn is_straight_mark(text: &str, span: &Range<usize>) -> bool {
    matches!(text.get(span.clone()), Some("\"" | "'"))
}

/// Whether the mark at a place can be the end of quoted words.
fn may_close(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + 1..].chars().next();
    before.is_some_and(|before| !before.is_whitespace()) && after.is_none_or(|after| !after.is_alphanumeric())
}

/// A straight quotation mark in its text.
struct Mark<'a> {
    text: &'a str,
    at: usize,
    /// Whether a single mark has another one after it that may close what it opens.
    is_paired: bool,
}

/// The quotation marks of one block.
#[derive(Default)]
struct Quotes {
    /// Whether double marks have opened and not closed.
    is_open: bool,
    /// The last mark: where it ended, and what it became.
    last: Option<(usize, char)>,
}

impl Quotes {
    /// What a mark becomes behind that character, in which marks before it have become what they are.
    fn set(&mut self, mark: &Mark<'_>, before: Option<char>) -> char {
        let rest = &mark.text[mark.at + 1..];
        let is_double = mark.text.as_bytes()[mark.at] == b'"';
        let set = match (is_double, self.opens(is_double, before, rest)) {
            (true, true) => '“',
            (true, false) => '”',
            (false, true) if mark.is_paired && !is_elision(rest) => '‘',
            (false, _) => '’',
        };
        if is_double {
            self.is_open = set == '“';
        }
        self.last = Some((mark.at + 1, set));
        set
    }

    fn opens(&self, is_double: bool, before: Option<char>, rest: &str) -> bool {
        let rest = rest.trim_start_matches(MARKUP);
        let begins_word = rest.starts_with(|after: char| !after.is_whitespace() && !CLOSING.contains(after));
        let is_at_beginning = before.is_none_or(|before| before.is_whitespace() || OPENING.contains(before));
        match before {
            _ if is_at_beginning => begins_word || is_double && !self.is_open,
            // // `he said:"Yes"`, with no open quotation.
            Some(before) if is_double && !self.is_open && PAUSES.contains(before) => {
                rest.starts_with(char::is_alphanumeric)
            }
            _ => false,
        }
    }

    /// The character before a place in Markdown, without the signs of emphasis.
    fn before(&self, text: &str, at: usize) -> Option<char> {
        let head = text[..at].trim_end_matches(MARKUP);
        match self.last {
            Some((end, set)) if end == head.len() => Some(set),
            _ => head.chars().next_back(),
        }
    }
}

/// Signs of emphasis, and the one that keeps a letter's subject from beginning a block.
const MARKUP: [char; 4] = ['*', '_', '~', '\u{2060}'];
/// A mark behind one of these opens, if a word follows.
const OPENING: &str = "([{<“‘«‹/–—-¿¡";
/// No word begins with one of these.
const CLOSING: &str = ")]}>”’»›.,;:!?…،؛؟۔–—/";
/// Behind one of these a mark opens if none is open.
const PAUSES: &str = ",;:=،؛۔";

/// Whether letters or digits are left out before these: `'90s`, `rock 'n' roll`.
fn is_elision(rest: &str) -> bool {
    let is_and = rest.get(..2).is_some_and(|and| and.eq_ignore_ascii_case("n'"));
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    is_and || digits == 2 && rest[2..].starts_with(['s', 'S'])
}

/// Whether a tag begins a block (CommonMark § 3) and not a part of a line.
pub(crate) fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Options, Parser};

    /// The text of a paragraph in Markdown.
    fn in_body(text: &str) -> String {
        let events = Parser::new_ext(text, Options::ENABLE_SMART_PUNCTUATION).into_offset_iter();
        let texts = with_quotes(text, events).filter_map(|(event, _)| match event {
            Event::Text(text) => Some(text.into_string()),
            _ => None,
        });
        texts.collect()
    }

    #[test]
    fn quotation_marks_open_and_close_and_apostrophes_stay_within_words() {
        assert_eq!(typeset("How to say \"no\": it's 'easy'"), "How to say “no”: it’s ‘easy’");
        assert_eq!(typeset("(\"Later\") isn't \"never\"..."), "(“Later”) isn’t “never”…");
        assert_eq!(typeset("ایک ”جملہ“ --strict"), "ایک ”جملہ“ --strict");
    }

    #[test]
    fn titles_and_bodies_have_the_same_marks() {
        let cases = [
            ("He is 5'10\" tall", "He is 5’10” tall"),
            ("a 6\" pipe and 12' of rope", "a 6” pipe and 12’ of rope"),
            ("6\"x4\" and \"6\" pipe\"", "6”x4” and “6” pipe”"),
            ("the '90s and the students' union", "the ’90s and the students’ union"),
            ("rock 'n' roll, 'quoted' words", "rock ’n’ roll, ‘quoted’ words"),
            ("'Twas late", "’Twas late"),
            ("\"in 1990\" she said 'no'", "“in 1990” she said ‘no’"),
            ("\"She said 'no'\"", "“She said ‘no’”"),
            ("(\"a\") [\"b\"] - \"c\" -\"d\" –\"e\" /\"f\"", "(“a”) [“b”] - “c” -“d” –“e” /“f”"),
            ("\"well –\" he said", "“well –” he said"),
            ("he said:\"Yes\" and,\"No\"", "he said:“Yes” and,“No”"),
            ("اس نے کہا، \"ہاں۔\" اور \"نہیں\"۔", "اس نے کہا، “ہاں۔” اور “نہیں”۔"),
            ("۵'۱۰\" لمبا،\"ہاں\"", "۵’۱۰” لمبا،“ہاں”"),
            ("don't, 'don't', won't'", "don’t, ‘don’t’, won’t’"),
            ("\"", "“"),
        ];
        for (written, set) in cases {
            assert_eq!(typeset(written), set, "{written} in a title");
            assert_eq!(in_body(written), set, "{written} in a body");
        }
    }

    #[test]
    fn emphasis_does_not_turn_a_mark() {
        assert_eq!(in_body("*\"yes\"* **\"no\"** \"**maybe**\" **Ali**'s"), "“yes” “no” “maybe” Ali’s");
    }

    #[test]
    fn an_escaped_mark_stays_straight() {
        assert_eq!(in_body(r#"5\'10\" &quot;x&quot;"#), "5'10\" \"x\"");
    }
}
