//! Words of topics and tags → their words in addresses, each once.
//!
//! They follow from the words alone, whatever the order of pages: a word that is its own slug has it, and of others with the same slug the first in
//! the order of their characters. The rest have their signs spelled out, or a number made from the word.

use std::collections::BTreeSet;

use crate::text::slug_of;

/// Gives out slugs.
#[derive(Default)]
pub(super) struct Slugs(BTreeSet<String>);

impl Slugs {
    /// Takes a slug that is somebody's already.
    pub(super) fn take(&mut self, slug: &str) {
        self.0.insert(slug.to_owned());
    }

    /// Each key, with its slug.
    pub(super) fn of<'a>(mut self, keys: impl Iterator<Item = &'a String>) -> Vec<(String, String)> {
        let mut keys: Vec<&String> = keys.collect();
        keys.sort_by_key(|key| (slug_of(key) != **key, *key));
        keys.into_iter().map(|key| (key.clone(), self.next(key))).collect()
    }

    fn next(&mut self, key: &str) -> String {
        let plain = slug_of(key);
        let spelled = slug_of(&spelled(key));
        let number = blake3::hash(key.as_bytes()).to_hex();
        let name = if plain.is_empty() { "other" } else { &plain };
        let numbered = format!("{name}-{}", &number[..8]);
        let candidates = [plain.clone(), spelled, numbered, number.to_string()];
        let free = candidates.into_iter().find(|slug| !slug.is_empty() && self.0.insert(slug.clone()));
        free.unwrap_or(plain)
    }
}

/// The key with its signs as words.
fn spelled(key: &str) -> String {
    let word = |sign: char| match sign {
        '+' => "plus",
        '#' => "sharp",
        '&' => "and",
        '.' => "dot",
        '@' => "at",
        '%' => "percent",
        _ => "",
    };
    let mut spelled = String::with_capacity(key.len() + 16);
    for sign in key.chars() {
        match word(sign) {
            "" => spelled.push(sign),
            word => spelled.push_str(&format!("-{word}-")),
        }
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slugs(words: &[&str]) -> Vec<(String, String)> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let mut slugs = Slugs::default().of(words.iter());
        slugs.sort();
        slugs
    }

    #[test]
    fn every_word_has_a_slug_of_its_own_in_any_order() {
        let words = [
            "c++",
            "c#",
            "c",
            ".net",
            "net",
            "f#",
            "r&d",
            "rd",
            "علم",
            "الم",
            "…",
            "🎉",
            "résumé",
            "resume",
            "c-plus-plus",
            "+",
        ];
        let found = slugs(&words);
        let own: BTreeSet<&String> = found.iter().map(|(_, slug)| slug).collect();
        assert_eq!(own.len(), words.len());
        let mut turned = words;
        turned.reverse();
        assert_eq!(slugs(&turned), found);
    }

    #[test]
    fn a_word_alone_has_the_plain_slug() {
        for (word, slug) in [
            ("c++", "c"),
            ("r&d", "r-d"),
            ("تنخواہ", "tnkhwh"),
            ("résumé", "resume"),
            ("offers-and-pay", "offers-and-pay"),
        ] {
            assert_eq!(slugs(&[word]), [(word.to_owned(), slug.to_owned())]);
        }
        assert_eq!(
            slugs(&["c", "c#", "c++"]).into_iter().map(|(_, slug)| slug).collect::<Vec<_>>(),
            ["c", "c-sharp", "c-plus-plus"]
        );
    }
}
