//! How large a template's code may be, so that neither compiling nor rendering it ends the program.
//!
//! What the compiler nests it also walks by recursion: each `elif` in the one before, each operator in the one before. So its depth is bounded
//! by these limits, and the stack that it needs by its depth.

use std::ops::Range;

/// The longest `{{ … }}` or `{% … %}`, in bytes.
const LONGEST_TAG: usize = 8 * 1024;
/// All tags of a template together, in bytes.
const MOST_CODE: usize = 256 * 1024;
/// `elif` in a template.
const MOST_BRANCHES: usize = 500;
/// The stack for compiling and rendering what is within the limits, in bytes. Only what is used of it takes memory.
pub const STACK: usize = 64 << 20;

/// What is too large in a template, with its place.
pub(super) fn excess(text: &str) -> Option<(Range<usize>, String)> {
    let (mut code, mut branches) = (0, 0);
    let mut at = 0;
    while let Some(tag) = next_tag(text, at) {
        at = tag.end;
        let inside = &text[tag.clone()];
        if inside.starts_with("{#") {
            continue;
        }
        let start = tag.start..tag.start + 2;
        code += inside.len();
        branches += usize::from(word(inside) == "elif");
        if inside.len() > LONGEST_TAG {
            return Some((start, format!("this is not closed, or longer than {LONGEST_TAG} bytes")));
        }
        if code > MOST_CODE {
            return Some((start, format!("the code of this template is larger than {MOST_CODE} bytes")));
        }
        if branches > MOST_BRANCHES {
            return Some((start, format!("this template has more than {MOST_BRANCHES} `elif`")));
        }
        if word(inside) == "raw" {
            at = text[at..].find("endraw").map_or(text.len(), |end| at + end);
        }
    }
    None
}

/// The first word of a tag.
fn word(tag: &str) -> &str {
    let inside = tag.trim_start_matches(['{', '%', '-', '+', ' ', '\t', '\r', '\n']);
    inside.split(|character: char| !character.is_alphanumeric()).next().unwrap_or_default()
}

/// The next tag or comment; one that isn't closed goes to the end.
fn next_tag(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let opens = |at: usize| matches!(bytes.get(at + 1), Some(b'{' | b'%' | b'#'));
    let start = memchr::memchr_iter(b'{', &bytes[from..]).map(|at| from + at).find(|at| opens(*at))?;
    let close: &[u8] = match bytes[start + 1] {
        b'{' => b"}}",
        b'%' => b"%}",
        _ => {
            return Some(
                start..memchr::memmem::find(&bytes[start + 2..], b"#}").map_or(bytes.len(), |at| start + at + 4),
            );
        }
    };
    Some(start..tag_end(bytes, start + 2, close))
}

/// Where a tag ends: a bracket in a string closes nothing.
fn tag_end(bytes: &[u8], from: usize, close: &[u8]) -> usize {
    let mut quote = None;
    let mut at = from;
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (Some(_), b'\\') => at += 1,
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, byte @ (b'"' | b'\'')) => quote = Some(byte),
            (None, _) if bytes[at..].starts_with(close) => return at + close.len(),
            (None, _) => {}
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> Option<String> {
        excess(text).map(|(_, message)| message)
    }

    #[test]
    fn what_a_theme_contains_is_within_the_limits() {
        let text = "x".repeat(MOST_CODE * 2);
        let raw = format!("{{% raw %}}{{{{{text}{{% endraw %}}");
        for template in [&*text, "{{ '}}' }}{% if a %}{% elif b %}{% endif %}{# {{ #}", &raw, "{", "{{", "é{{ 'é' }}"]
        {
            assert_eq!(message(template), None, "{}", &template[..template.len().min(40)]);
        }
    }

    #[test]
    fn what_no_one_writes_is_refused_where_it_begins() {
        let sum = format!("line\n{{{{ 1{} }}}}", "+1".repeat(8000));
        assert_eq!(excess(&sum).map(|(place, _)| place), Some(5..7));
        let branches = format!("{{% if a %}}{}{{% endif %}}", "{%- elif b %}".repeat(3000));
        assert!(message(&branches).is_some_and(|message| message.contains("`elif`")));
        let unclosed = format!("{{{{ 'a{}", " }}".repeat(8000));
        assert!(message(&unclosed).is_some_and(|message| message.contains("not closed")));
        let sets = "{% set x = [x] %}".repeat(60_000);
        assert!(message(&sets).is_some_and(|message| message.contains("the code")));
    }
}
