//! Settings of a theme as values of CSS: none may load a file or end its property, and a colour is a colour.

/// Functions that a value may hold: none of them loads anything.
const FUNCTIONS: &[&str] = &[
    "calc",
    "clamp",
    "color",
    "color-mix",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "light-dark",
    "max",
    "min",
    "oklab",
    "oklch",
    "rgb",
    "rgba",
    "var",
];

/// Whether a value stays within its property and loads nothing.
pub(crate) fn is_plain(value: &str) -> bool {
    let is_odd = |sign: char| sign.is_control() || ";{}<>\\@!".contains(sign);
    let is_balanced = |quote: char| value.matches(quote).count().is_multiple_of(2);
    let has_comment = value.contains("/*") || value.contains("*/");
    let is_known = |before: &str| {
        let start = before.rfind(|sign: char| !is_name(sign)).map_or(0, |at| at + 1);
        let name = before.get(start..).unwrap_or_default().to_ascii_lowercase();
        name.is_empty() || FUNCTIONS.contains(&name.as_str())
    };
    let mut opened = value.match_indices('(');
    let is_closed = value.matches('(').count() == value.matches(')').count();
    !value.contains(is_odd)
        && is_balanced('"')
        && is_balanced('\'')
        && !has_comment
        && is_closed
        && opened.all(|(at, _)| is_known(&value[..at]))
}

fn is_name(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '-' || sign == '_'
}

/// Whether a value is a colour as CSS writes it: `#1f6f5c`, `teal`, `rgb(31 111 92)`.
pub(crate) fn is_colour(value: &str) -> bool {
    let value = value.trim();
    if let Some(digits) = value.strip_prefix('#') {
        return matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    }
    let is_word = |word: &str| word.eq_ignore_ascii_case("transparent") || word.eq_ignore_ascii_case("currentcolor");
    let of_function = || value.ends_with(')') && value.contains(|sign: char| sign.is_ascii_digit());
    is_word(value) || cssparser::color::parse_named_color(value).is_ok() || (is_plain(value) && of_function())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_neither_loads_a_file_nor_ends_its_property() {
        for plain in ["#123456", "rgb(1 2 3 / 50%)", "\"Noto Sans\", serif", "calc(1rem + (2px * 3))", "4", "A name"] {
            assert!(is_plain(plain), "{plain}");
        }
        for odd in [
            "url(//x.example)",
            "URL('x')",
            "image-set(\"x\" 1x)",
            "red;}",
            "</style>",
            "@import 'x'",
            "u\\72l(x)",
            "red/*",
            "\"a",
            "(",
            "element(#a)",
            "src(\"x\")",
            "attr(x)",
            "red !important",
        ] {
            assert!(!is_plain(odd), "{odd}");
        }
    }

    #[test]
    fn colours_are_known() {
        for colour in ["#abc", "#1F6F5C", "Teal", "rgb(31 111 92)", "oklch(0.5 0.1 180)", "transparent"] {
            assert!(is_colour(colour), "{colour}");
        }
        for other in ["#12345", "#ggg", "tael", "12px", "var(--x)", "", "1f6f5c", "url(1)"] {
            assert!(!is_colour(other), "{other}");
        }
    }
}
