//! Questions about all bytes of a text that are asked of many bytes at a time, since for nearly all texts the answer is no.

use memchr::memmem;

/// So many bytes are asked at once: the compiler makes a few instructions of them.
const AT_ONCE: usize = 64;

/// Where the first byte stands that is sought. `is_sought` should not branch (`|` and `&` instead of `||` and `&&`).
pub(crate) fn position(text: &[u8], is_sought: impl Fn(u8) -> bool) -> Option<usize> {
    let has_some = |bytes: &[u8]| bytes.iter().fold(false, |found, byte| found | is_sought(*byte));
    let (number, bytes) = text.chunks(AT_ONCE).enumerate().find(|(_, bytes)| has_some(bytes))?;
    bytes.iter().position(|byte| is_sought(*byte)).map(|at| number * AT_ONCE + at)
}

/// Whether the only white space of ASCII in a text are single spaces between other characters. No other control is taken for a character.
pub(crate) fn is_single_spaced(text: &[u8]) -> bool {
    let ends_in_space = text.first() == Some(&b' ') || text.last() == Some(&b' ');
    !ends_in_space && position(text, |byte| byte < b' ').is_none() && memmem::find(text, b"  ").is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_is_found_wherever_it_stands() {
        for at in [0, 1, 63, 64, 65, 200] {
            let mut text = [b'a'; 201];
            (text[at], text[200]) = (b'"', b'"');
            assert_eq!(position(&text, |byte| byte == b'"'), Some(at));
        }
        assert_eq!(position(b"a", |byte| byte == b'"'), None);
    }

    #[test]
    fn white_space_other_than_single_spaces_is_seen() {
        assert!(["", "a", "a b"].iter().all(|text| is_single_spaced(text.as_bytes())));
        assert!(![" a", "a ", "a  b", "a\nb", "a\tb"].iter().any(|text| is_single_spaced(text.as_bytes())));
    }
}
