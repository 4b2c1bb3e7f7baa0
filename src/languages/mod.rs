//! What the program knows of each language, in one entry a language: its name, how search analyses it, by which words the parts of a letter are
//! recognised, what names of placeholders say, what the checks of wording look for. And what a language tag says: direction and script.
//!
//! A further language is a file with its entry, named in `entries.rs`; one of which only the name is known is a line of `others.rs`. What an entry
//! leaves out, the program does without.

mod arabic;
mod english;
mod entries;
mod french;
mod german;
mod hindi;
mod italian;
mod language;
mod others;
mod persian;
mod portuguese;
mod scripts;
mod spanish;
mod tags;
mod urdu;

pub(crate) use entries::all;
pub(crate) use language::{Letter, Placeholders, Search, Takes, Wording};
pub(crate) use scripts::Script;
pub use tags::direction;
pub(crate) use tags::{known, native_name, primary_language};

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_language_has_one_entry_and_a_name() {
        let codes: Vec<&str> =
            all().flat_map(|language| [language.code].into_iter().chain(language.also.iter().copied())).collect();
        assert_eq!(codes.iter().collect::<HashSet<_>>().len(), codes.len());
        assert!(all().all(|language| !language.name.is_empty()));
    }

    #[test]
    fn words_of_letters_are_written_as_lines_are_compared() {
        let words = |letter: &Letter| {
            [letter.salutations, letter.closes, letter.long_closes, letter.enclosures, letter.subjects].concat()
        };
        for word in all().flat_map(|language| words(&language.letter)) {
            assert!(word == word.to_lowercase() && !word.contains(['’', '\u{a0}']), "{word}");
        }
    }
}
