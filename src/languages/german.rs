//! German.

use rust_stemmers::Algorithm;

use super::language::{Language, Letter, Placeholders, Search, Takes};

pub(super) const GERMAN: Language = Language {
    search: Search {
        stemmer: Some(Algorithm::German),
        stop_words: "aber als am an auch auf aus bei bin bis das dass dem den der des die du durch ein eine einem einen einer \
         eines er es für hat haben ich ihr im in ist ja kann man mein mich mir mit nach nicht noch nur oder sich \
         sie sind so über um und uns unser vom von vor war was wenn wer wie wir wird wo zu zum zur",
        letter_words: "brief vorlage muster schreiben",
        ..Search::WHOLE_WORDS
    },
    letter: Letter {
        salutations: &["sehr geehrte", "liebe ", "lieber ", "guten tag", "hallo"],
        closes: &[
            "mit freundlich",
            "mit besten",
            "mit herzlich",
            "freundliche grüße",
            "beste grüße",
            "viele grüße",
            "herzliche grüße",
            "hochachtungsvoll",
        ],
        enclosures: &["anlage", "kopie an"],
        subjects: &["betreff:"],
        recipients: &["an:"],
        ..Letter::NONE
    },
    placeholders: Placeholders {
        after_the_head: &["der", "des", "von"],
        anywhere: &[
            (Takes::Date, &["datum"]),
            (Takes::Phone, &["telefonnummer", "telefon"]),
            (Takes::Money, &["betrag", "gehalt"]),
        ],
        last: &[(Takes::Lines, &["adresse", "anschrift"])],
        about_the_reader: &[("name", &["ihr name"]), ("street-address", &["ihre adresse"])],
        ..Placeholders::NONE
    },
    ..Language::named("de", "Deutsch")
};
