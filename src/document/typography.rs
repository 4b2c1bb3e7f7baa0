//! Straight quotation marks of front matter → the ones that a printer sets, as Markdown's smart punctuation does in bodies.

/// The text with curly quotation marks and apostrophes, and with an ellipsis for three dots.
pub(super) fn typeset(text: &str) -> String {
    if !text.contains(['"', '\'']) && !text.contains("...") {
        return text.to_owned();
    }
    let mut set = String::with_capacity(text.len() + 8);
    let mut before = None;
    for character in text.chars() {
        set.push(match character {
            '"' if opens(before) => '“',
            '"' => '”',
            '\'' if opens(before) => '‘',
            '\'' => '’',
            other => other,
        });
        before = Some(character);
    }
    set.replace("...", "…")
}

/// Whether a quotation mark behind this character opens.
fn opens(before: Option<char>) -> bool {
    before.is_none_or(|before| before.is_whitespace() || "([{“‘\"'/–—-".contains(before))
}

#[cfg(test)]
mod tests {
    use super::typeset;

    #[test]
    fn quotation_marks_open_and_close_and_apostrophes_stay_within_words() {
        assert_eq!(typeset("How to say \"no\": it's 'easy'"), "How to say “no”: it’s ‘easy’");
        assert_eq!(typeset("(\"Later\") isn't \"never\"..."), "(“Later”) isn’t “never”…");
        assert_eq!(typeset("ایک ”جملہ“ --strict"), "ایک ”جملہ“ --strict");
    }
}
