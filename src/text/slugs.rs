//! Text → slugs for addresses, and slugs → titles.

/// The longest slug, in bytes: file systems allow names of 255, and one sign of another script may become a whole word.
const LONGEST_SLUG: usize = 200;

/// A word for an address: ASCII letters, digits and single hyphens.
#[must_use]
pub fn slug_of(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in deunicode::deunicode(text).chars() {
        match character {
            'a'..='z' | '0'..='9' => slug.push(character),
            'A'..='Z' => slug.push(character.to_ascii_lowercase()),
            '\'' => {}
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.truncate(LONGEST_SLUG);
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The words of a slug or file name as a title: `offers-and-pay` is 'Offers and pay'.
#[must_use]
pub fn titled(slug: &str) -> String {
    let words = slug.replace(['-', '_'], " ");
    let mut characters = words.trim().chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_words_with_hyphens() {
        assert_eq!(slug_of("How to say “no” — politely"), "how-to-say-no-politely");
        assert_eq!(slug_of("Résumé & CV"), "resume-cv");
        assert_eq!(slug_of("Don't"), "dont");
        assert_eq!(slug_of("…"), "");
    }

    #[test]
    fn a_slug_reads_as_a_title() {
        assert_eq!(titled("offers-and-pay"), "Offers and pay");
    }
}
