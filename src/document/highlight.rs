//! Code → HTML with classes, by syntect. The syntaxes are unpacked at the first block that names one: start-up must not pay for them.

use std::sync::LazyLock;

use pulldown_cmark_escape::escape_html_body_text;
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Larger blocks, in bytes, are not highlighted: it would cost more than readers gain.
const LARGEST: usize = 256 * 1024;

/// The code as HTML; plain if the language is unknown or none.
pub(super) fn highlighted(code: &str, language: &str) -> String {
    let plain_word = matches!(language, "" | "text" | "txt" | "plain");
    if plain_word || code.len() > LARGEST {
        return escaped(code);
    }
    classed(code, language).unwrap_or_else(|| escaped(code))
}

fn classed(code: &str, language: &str) -> Option<String> {
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let mut generator =
        ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, ClassStyle::SpacedPrefixed { prefix: "hl-" });
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}

fn escaped(code: &str) -> String {
    let mut html = String::with_capacity(code.len() + code.len() / 8);
    // Writing to a string can't fail.
    let _ = escape_html_body_text(&mut html, code);
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_code_gets_classes_and_unknown_code_is_escaped() {
        assert!(highlighted("let x = 1;\n", "rust").contains("class=\"hl-"));
        assert_eq!(highlighted("a < b", "no-such-language"), "a &lt; b");
    }
}
