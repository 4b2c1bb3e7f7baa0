//! English.

use rust_stemmers::Algorithm;

use super::language::{Language, Letter, Placeholders, Search, Takes, Wording};

pub(super) const ENGLISH: Language = Language {
    search: Search {
        stemmer: Some(Algorithm::English),
        stop_words: "a about after all also am an and any are as at be been before being between both but by can cannot could did do does doing during \
         each few for from had has have having he her here hers him his how i if in into is it its itself just \
         may me might more most must my myself of on onto or other our ours own quite s same shall she should so some \
         such t than that the their theirs them then there these they this those to too upon us very was we \
         were what when where which while who whom whose why will with would you your yours yourself \
         im ive dont doesnt didnt cant wont isnt arent wasnt youre youve theyre weve lets thats whats",
        letter_words: "letter template sample format draft",
        light_words: "best choose find get getting give given go going good got help keep know let like make makes making many \
     much need needs new no not please put say says see show take taken taking tell thing things turn use used using \
     want wants way ways without",
        endings: "s es ed ing er ers or ors ly y ies ied e ion ions ation ations ment ments able al ness ive",
        ..Search::WHOLE_WORDS
    },
    letter: Letter {
        salutations: &[
            "dear ",
            "to whom it may concern",
            "to the hiring",
            "hello",
            "hi ",
            "hi,",
            "hey ",
            "greetings",
            "good morning",
            "good afternoon",
            "good evening",
            "respected ",
            "assalam",
            "as-salam",
            "salaam",
            "salam",
        ],
        closes: &[
            "yours ",
            "sincerely",
            "faithfully",
            "kind regards",
            "kindest regards",
            "best regards",
            "warm regards",
            "with regards",
            "regards",
            "best wishes",
            "warm wishes",
            "with best",
            "with kind",
            "with thanks",
            "many thanks",
            "respectfully",
            "cordially",
        ],
        enclosures: &[
            "enclosure",
            "encl",
            "enc:",
            "enc.",
            "attached:",
            "attachment",
            "cc:",
            "c.c.",
            "copy to",
            "copies to",
        ],
        postscripts: &["p.s", "p. s.", "ps:", "ps ", "postscript"],
        subjects: &["subject:", "re:", "ref:"],
        recipients: &["to:", "to,", "attn", "attention"],
        ..Letter::NONE
    },
    placeholders: Placeholders {
        after_the_head: &[
            "of", "for", "in", "from", "to", "at", "on", "with", "that", "you", "your", "by", "about", "when",
        ],
        anywhere: &[
            (Takes::Email, &["email"]),
            (Takes::Date, &["date", "deadline"]),
            (Takes::Phone, &["phone", "mobile", "telephone", "whatsapp", "cellphone"]),
            (Takes::Money, &["amount", "salary"]),
        ],
        last: &[
            (Takes::Date, &["day"]),
            (Takes::Money, &["fee", "price", "pay", "wage", "wages", "budget", "sum", "bonus", "allowance", "rent"]),
            (Takes::Lines, &["address", "paragraph", "message", "details", "list", "description", "summary"]),
        ],
        about_the_reader: &[
            ("name", &["your name", "your full name"]),
            ("given-name", &["your first name"]),
            ("family-name", &["your last name", "your family name", "your surname"]),
            ("email", &["your e-mail", "your email", "your e-mail address", "your email address"]),
            ("tel", &["phone number", "your phone", "your phone number", "your mobile number"]),
            ("street-address", &["your address", "your home address"]),
            ("address-level2", &["city", "your city", "your town"]),
            ("postal-code", &["your postcode", "your postal code"]),
            ("country-name", &["your country"]),
            ("organization-title", &["your job title", "your position"]),
            ("organization", &["your company", "your organisation"]),
            ("bday", &["your date of birth"]),
            ("url", &["your website"]),
        ],
        ..Placeholders::NONE
    },
    wording: Wording {
        months: &[
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        never_twice: &[
            "the", "a", "an", "and", "or", "of", "to", "at", "for", "with", "by", "from", "as", "are", "was", "were",
            "be", "it", "you", "your", "we", "they", "their", "this", "if", "not", "will", "can", "should", "when",
            "which", "but", "i", "my",
        ],
        has_reading_ease: true,
    },
    ..Language::named("en", "English")
};
