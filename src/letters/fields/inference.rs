//! What a placeholder's name reveals: an editor who writes `[interview date]` need not add that it is a date.

use unicode_segmentation::UnicodeSegmentation;

use crate::config::FieldType;
use crate::languages;
use crate::languages::{Placeholders, Takes};
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

/// The type that a name suggests.
pub(super) fn kind(name: &str) -> FieldType {
    let id = identifier(name).replace("e-mail", "email");
    let words: Vec<&str> = id.split('-').collect();
    let end = words.iter().skip(1).position(|word| is_after_the_head(word)).map_or(words.len(), |at| at + 1);
    let head = &words[..end];
    if head.contains(&"or") || head.contains(&"and") {
        return FieldType::Text;
    }
    let anywhere = || decided(|words| words.anywhere, |word| head.contains(&word));
    let last = || decided(|words| words.last, |word| head.last() == Some(&word));
    let at_an_end = || decided(|words| words.at_an_end, |word| name.ends_with(word) || name.starts_with(word));
    anywhere().or_else(last).or_else(at_an_end).unwrap_or_default()
}

/// The order in which types are looked for.
const TYPES: [(Takes, FieldType); 5] = [
    (Takes::Email, FieldType::Email),
    (Takes::Date, FieldType::Date),
    (Takes::Phone, FieldType::Phone),
    (Takes::Money, FieldType::Money),
    (Takes::Lines, FieldType::Multiline),
];

type Words = &'static [(Takes, &'static [&'static str])];

/// The first type for which a word in any language decides.
fn decided(words: fn(&Placeholders) -> Words, decides: impl Fn(&str) -> bool) -> Option<FieldType> {
    let is_it = |takes: Takes| {
        let mut words = languages::all().flat_map(|language| words(&language.placeholders));
        words.any(|(known, words)| *known == takes && words.iter().any(|word| decides(word)))
    };
    TYPES.iter().find(|(takes, _)| is_it(*takes)).map(|(_, kind)| *kind)
}

fn is_after_the_head(word: &str) -> bool {
    languages::all().any(|language| language.placeholders.after_the_head.contains(&word))
}

/// The `autocomplete` token of a name, or "" for what is not about the reader.
pub(super) fn autocomplete(name: &str) -> &'static str {
    let id = identifier(name);
    let mut names = languages::all().flat_map(|language| language.placeholders.about_the_reader);
    let token = names.find(|(_, names)| names.iter().any(|known| identifier(known) == id));
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
