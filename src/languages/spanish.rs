//! Spanish.

use rust_stemmers::Algorithm;

use super::language::{Language, Letter, Placeholders, Search, Takes};

pub(super) const SPANISH: Language = Language {
    search: Search {
        stemmer: Some(Algorithm::Spanish),
        stop_words: "a al como con cuando de del desde donde e el ella en entre era es esta este esto ha la las le les lo los \
         me mi muy no nos o para pero por que quien se ser si sin sobre son su sus te tu un una uno y ya cómo qué",
        letter_words: "carta modelo plantilla",
        ..Search::WHOLE_WORDS
    },
    letter: Letter {
        salutations: &["estimad", "querid", "muy señor", "a quien corresponda", "buenos días"],
        closes: &["atentamente", "cordialmente", "saludos", "un saludo", "un cordial saludo", "respetuosamente"],
        long_closes: &["reciba ", "le saluda"],
        enclosures: &["anexo", "adjunto"],
        subjects: &["asunto:"],
        ..Letter::NONE
    },
    placeholders: Placeholders {
        after_the_head: &["de", "del"],
        anywhere: &[
            (Takes::Email, &["correo"]),
            (Takes::Date, &["fecha"]),
            (Takes::Phone, &["teléfono"]),
            (Takes::Money, &["importe", "salario"]),
        ],
        last: &[(Takes::Lines, &["dirección"])],
        about_the_reader: &[("name", &["su nombre"]), ("street-address", &["su dirección"])],
        ..Placeholders::NONE
    },
    ..Language::named("es", "Español")
};
