//! What a placeholder's name gives away: an editor who writes `[interview date]` need not say that it is a date.

use unicode_segmentation::UnicodeSegmentation;

use crate::config::FieldType;
use crate::text::{composed, is_of_word};

/// The identifier of a name: lower-case words joined by `-`, apostrophes dropped. Letters of every script stay.
pub fn identifier(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    for letter in composed(name).chars().flat_map(char::to_lowercase) {
        if is_of_word(letter) {
            id.push(letter);
        } else if !is_apostrophe(letter) && !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    id
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘')
}

/// Words after which a name only says more: 'amount *of* the bill' is an amount.
const AFTER_THE_HEAD: &[&str] = &[
    "of", "for", "in", "from", "to", "at", "on", "with", "that", "you", "your", "by", "about", "when", "der", "des",
    "von", "de", "du", "del",
];

/// Words that settle a field's type wherever they stand before a preposition.
const ANYWHERE: [(FieldType, &[&str]); 4] = [
    (FieldType::Email, &["email", "courriel", "correo"]),
    (FieldType::Date, &["date", "deadline", "datum", "fecha"]),
    (
        FieldType::Phone,
        &["phone", "mobile", "telephone", "whatsapp", "cellphone", "telefonnummer", "telefon", "téléphone", "teléfono"],
    ),
    (FieldType::Money, &["amount", "salary", "betrag", "gehalt", "montant", "salaire", "importe", "salario"]),
];

/// Words that settle it as the last word before a preposition.
const LAST: [(FieldType, &[&str]); 3] = [
    (FieldType::Date, &["day"]),
    (FieldType::Money, &["fee", "price", "pay", "wage", "wages", "budget", "sum", "bonus", "allowance", "rent"]),
    (
        FieldType::Multiline,
        &[
            "address",
            "paragraph",
            "message",
            "details",
            "list",
            "description",
            "summary",
            "adresse",
            "anschrift",
            "dirección",
        ],
    ),
];

/// The same for Urdu, where a name ends in its head and is searched as it stands.
const URDU: [(FieldType, &[&str]); 5] = [
    (FieldType::Email, &["ای میل", "ایمیل"]),
    (FieldType::Date, &["تاریخ"]),
    (FieldType::Phone, &["فون", "موبائل", "واٹس ایپ"]),
    (FieldType::Money, &["تنخواہ", "رقم", "معاوضہ"]),
    (FieldType::Multiline, &["پتہ", "پتا"]),
];

/// The type that a name suggests.
pub(super) fn kind(name: &str) -> FieldType {
    let id = identifier(name).replace("e-mail", "email");
    let words: Vec<&str> = id.split('-').collect();
    let end = words.iter().skip(1).position(|word| AFTER_THE_HEAD.contains(word)).map_or(words.len(), |at| at + 1);
    let head = &words[..end];
    if head.contains(&"or") || head.contains(&"and") {
        return FieldType::Text;
    }
    anywhere(head).or_else(|| last(head)).or_else(|| urdu(name)).unwrap_or_default()
}

fn anywhere(head: &[&str]) -> Option<FieldType> {
    ANYWHERE.iter().find(|(_, words)| head.iter().any(|word| words.contains(word))).map(|(kind, _)| *kind)
}

fn last(head: &[&str]) -> Option<FieldType> {
    let last = head.last()?;
    LAST.iter().find(|(_, words)| words.contains(last)).map(|(kind, _)| *kind)
}

fn urdu(name: &str) -> Option<FieldType> {
    URDU.iter()
        .find(|(_, words)| words.iter().any(|word| name.ends_with(word) || name.starts_with(word)))
        .map(|it| it.0)
}

/// Names of what is about the reader, with their tokens (HTML § 4.10.18.7, WCAG 2.2 SC 1.3.5).
const ABOUT_THE_READER: [(&str, &[&str]); 13] = [
    ("name", &["your name", "your full name", "آپ کا نام", "اپنا نام", "ihr name", "votre nom", "su nombre"]),
    ("given-name", &["your first name"]),
    ("family-name", &["your last name", "your family name", "your surname"]),
    (
        "email",
        &["your e-mail", "your email", "your e-mail address", "your email address", "آپ کا ای میل", "آپ کی ای میل"],
    ),
    ("tel", &["phone number", "your phone", "your phone number", "your mobile number", "فون نمبر", "آپ کا فون نمبر"]),
    (
        "street-address",
        &[
            "your address",
            "your home address",
            "آپ کا پتہ",
            "آپ کا پتا",
            "اپنا پتہ",
            "ihre adresse",
            "votre adresse",
            "su dirección",
        ],
    ),
    ("address-level2", &["city", "your city", "your town", "شہر", "آپ کا شہر"]),
    ("postal-code", &["your postcode", "your postal code"]),
    ("country-name", &["your country"]),
    ("organization-title", &["your job title", "your position", "آپ کا عہدہ"]),
    ("organization", &["your company", "your organisation"]),
    ("bday", &["your date of birth"]),
    ("url", &["your website"]),
];

/// The `autocomplete` token of a name, or "" for what is not about the reader.
pub(super) fn autocomplete(name: &str) -> &'static str {
    let id = identifier(name);
    let token = ABOUT_THE_READER.iter().find(|(_, names)| names.iter().any(|known| identifier(known) == id));
    token.map_or("", |(token, _)| token)
}

/// A name as a label: its first letter large.
pub(super) fn capitalised(name: &str) -> String {
    let first = name.graphemes(true).next().unwrap_or_default();
    first.to_uppercase() + &name[first.len()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_signs_alone_are_one_field() {
        assert_eq!(identifier("  Your E-mail "), "your-e-mail");
        assert_eq!(identifier("manager’s name"), identifier("Manager's name"));
        assert_eq!(identifier("آپ کا نام"), "آپ-کا-نام");
        assert_eq!(identifier("…"), "");
    }

    #[test]
    fn a_name_says_what_it_takes() {
        let expected = [
            (
                FieldType::Date,
                &[
                    "interview date",
                    "last working day",
                    "date",
                    "date of birth",
                    "application deadline",
                    "انٹرویو کی تاریخ",
                ][..],
            ),
            (FieldType::Email, &["your e-mail", "email address", "Your Email", "آپ کا ای میل"]),
            (FieldType::Phone, &["phone number", "your mobile number", "فون نمبر"]),
            (FieldType::Money, &["amount owed", "present salary", "hourly pay", "amount of the bill"]),
            (FieldType::Multiline, &["your address", "list of documents"]),
            (
                FieldType::Text,
                &[
                    "name of person",
                    "reason for pay",
                    "phone number or e-mail",
                    "number of days",
                    "months of salary",
                    "when you met",
                    "شہر",
                ],
            ),
        ];
        for (kind, names) in expected {
            for name in names {
                assert_eq!(super::kind(name), kind, "{name}");
            }
        }
    }

    #[test]
    fn only_what_is_about_the_reader_is_completed() {
        assert_eq!(autocomplete("Your name"), "name");
        assert_eq!(autocomplete("your e-mail"), "email");
        assert_eq!(autocomplete("name of person"), "");
        assert_eq!(autocomplete("company"), "");
    }

    #[test]
    fn a_label_begins_with_a_large_letter() {
        assert_eq!(capitalised("éditor"), "Éditor");
        assert_eq!(capitalised(""), "");
    }
}
