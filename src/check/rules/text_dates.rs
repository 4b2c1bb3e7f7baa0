//! Days in running text, in the languages whose months are known: '30 June 2024', 'June 30th, 2024', '2024-06-30'.

use std::ops::Range;

use jiff::civil::Date;

use crate::languages;
use crate::text::byte_scan;

/// A day and its place.
pub(crate) struct TextDate {
    pub(crate) day: Date,
    pub(crate) range: Range<usize>,
    /// The words before it on the same line, in lower case, nearest first.
    pub(crate) before: Vec<String>,
}

/// How many words before a day are kept.
const BEFORE: usize = 3;

/// The days in a text.
pub(crate) fn dates(text: &str) -> Vec<TextDate> {
    let digits = byte_scan::position(text.as_bytes(), |byte| byte.is_ascii_digit());
    let runs =
        |from: usize| text.as_bytes()[from..].chunk_by(|one, next| one.is_ascii_digit() == next.is_ascii_digit());
    if !digits.is_some_and(|from| runs(from).any(is_year)) {
        return Vec::new();
    }
    let words: Vec<(usize, &str)> = words(text).collect();
    let mut dates = Vec::new();
    for at in 0..words.len() {
        let Some((day, count)) = date_at(&words[at..]) else { continue };
        let (last_start, last) = words[at + count - 1];
        let before = words[..at].iter().rev().take(BEFORE).map(|(_, word)| word.to_lowercase()).collect();
        dates.push(TextDate { day, range: words[at].0..last_start + last.len(), before });
    }
    dates
}

/// Whether a run of bytes may be a year, which every date has.
fn is_year(run: &[u8]) -> bool {
    run.len() == 4 && run[0].is_ascii_digit()
}

/// The day that some words begin with, and how many they are.
fn date_at(words: &[(usize, &str)]) -> Option<(Date, usize)> {
    let word = |at: usize| words.get(at).map(|(_, word)| *word);
    let first = word(0)?;
    if first.len() == 10 && first.as_bytes()[4] == b'-' {
        return first.parse().ok().map(|day| (day, 1));
    }
    let (second, third) = (word(1)?, word(2)?);
    let year = year(third)?;
    let (month, day) = match (month(first), month(second)) {
        (Some(month), _) => (month, day_of_month(second)?),
        (None, Some(month)) => (month, day_of_month(first)?),
        (None, None) => return None,
    };
    Date::new(year, month, day).ok().map(|day| (day, 3))
}

fn month(word: &str) -> Option<i8> {
    let word = word.to_ascii_lowercase();
    let is_it = |month: &&str| **month == word || (word.len() == 3 && month.starts_with(&word));
    let place = languages::all().find_map(|language| language.wording.months.iter().position(is_it));
    place.and_then(|at| i8::try_from(at + 1).ok())
}

fn day_of_month(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    matches!(ending, "" | "st" | "nd" | "rd" | "th").then(|| digits.parse().ok()).flatten()
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|year| (1900..2200).contains(year))
}

/// The words of a text without the signs round them.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().filter_map(move |piece| {
        let word = piece.trim_matches(|sign: char| !sign.is_alphanumeric());
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        (!word.is_empty()).then_some((at, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in ["by 30 June 2024.", "by June 30th, 2024", "by 2024-06-30, at noon", "by 30th Jun 2024"] {
            let found = dates(text);
            assert_eq!(found.first().map(|date| date.day.to_string()).as_deref(), Some("2024-06-30"), "{text}");
            assert_eq!(found[0].before, ["by"], "{text}");
        }
        assert!(dates("in May 12 people came, 2024 in all").is_empty());
    }
}
