//! Portuguese.

use rust_stemmers::Algorithm;

use super::language::{Language, Letter, Search};

pub(super) const PORTUGUESE: Language = Language {
    search: Search { stemmer: Some(Algorithm::Portuguese), letter_words: "carta modelo", ..Search::WHOLE_WORDS },
    letter: Letter {
        salutations: &["prezad", "caro ", "cara "],
        closes: &["atenciosamente"],
        subjects: &["assunto:"],
        ..Letter::NONE
    },
    ..Language::named("pt", "Português")
};
