//! Italian.

use rust_stemmers::Algorithm;

use super::language::{Language, Letter, Search};

pub(super) const ITALIAN: Language = Language {
    search: Search { stemmer: Some(Algorithm::Italian), letter_words: "lettera modello", ..Search::WHOLE_WORDS },
    letter: Letter {
        salutations: &["caro ", "cara ", "gentile ", "egregi", "spett"],
        closes: &["cordiali saluti", "distinti saluti"],
        enclosures: &["allegat"],
        subjects: &["oggetto:"],
        ..Letter::NONE
    },
    ..Language::named("it", "Italiano")
};
