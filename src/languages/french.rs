//! French.

use rust_stemmers::Algorithm;

use super::language::{Language, Letter, Placeholders, Search, Takes};

pub(super) const FRENCH: Language = Language {
    search: Search {
        stemmer: Some(Algorithm::French),
        stop_words: "au aux avec ce ces cette dans de des du elle en est et eux il ils je la le les leur lui ma mais me mes \
         moi mon ne nos notre nous on ou par pas pour qu que qui sa se ses son sur ta te tes toi ton tu un une \
         vos votre vous c d j l m n s t y été être à comment quand où",
        letter_words: "lettre modèle",
        ..Search::WHOLE_WORDS
    },
    letter: Letter {
        salutations: &[
            "madame",
            "monsieur",
            "mesdames",
            "messieurs",
            "bonjour",
            "cher ",
            "chère ",
            "chers ",
            "chères ",
        ],
        closes: &["cordialement", "bien cordialement", "bien à vous", "respectueusement", "sincères salutations"],
        long_closes: &[
            "je vous prie d'agréer",
            "je vous prie de croire",
            "nous vous prions d'agréer",
            "veuillez agréer",
            "veuillez recevoir",
            "veuillez croire",
        ],
        enclosures: &["p.j.", "pj:", "pièce", "copie à"],
        subjects: &["objet:"],
        recipients: &["à l'attention"],
        ..Letter::NONE
    },
    placeholders: Placeholders {
        after_the_head: &["de", "du"],
        anywhere: &[
            (Takes::Email, &["courriel"]),
            (Takes::Phone, &["téléphone"]),
            (Takes::Money, &["montant", "salaire"]),
        ],
        about_the_reader: &[("name", &["votre nom"]), ("street-address", &["votre adresse"])],
        ..Placeholders::NONE
    },
    ..Language::named("fr", "Français")
};
