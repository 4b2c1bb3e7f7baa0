//! Persian.

use super::language::{Language, Search};
use super::urdu::URDU;

pub(super) const PERSIAN: Language = Language {
    english_name: "Persian",
    own_letters: "پچژگکی",
    search: Search {
        suffixes: &["های", "ها", "ی"],
        stop_words: URDU.search.stop_words,
        letter_words: "نامه نمونه",
        ..Search::WHOLE_WORDS
    },
    ..Language::named("fa", "فارسی")
};
