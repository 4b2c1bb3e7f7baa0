//! Rules about plain language. Measures of reading hold for the languages that they are made for, and for no others.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::upkeep::section;
use crate::check::reading::{NO_WORD, Passage, PassageKind};
use crate::check::site_rules::Term;
use crate::check::{Find, Finding, Page, RuleEntry};
use crate::diagnostic::{Rule, Severity};
use crate::languages;
use crate::languages::Wording;
use crate::text::byte_scan;

pub(crate) const RULES: &[RuleEntry] = &[
    RuleEntry {
        rule: Rule::ReadingGrade,
        severity: Some(Severity::Warning),
        reason: "Readers in a hurry, and those who read in their second language, need simple words (limits: `reading_grade`).",
        example: "a page of grade 13, where `reading_grade = { articles = 9 }`",
        mend: "Shorten sentences and choose everyday words.",
        find: Find::Page(reading_grade),
    },
    RuleEntry {
        rule: Rule::ReadingEase,
        severity: Some(Severity::Warning),
        reason: "Readers in a hurry, and those who read in their second language, need simple words (limits: `reading_ease`).",
        example: "a page of ease 40, where `reading_ease = { articles = 60 }`",
        mend: "Shorten sentences and choose everyday words.",
        find: Find::Page(reading_ease),
    },
    RuleEntry {
        rule: Rule::LongSentence,
        severity: None,
        reason: "Who has reached the end of a long sentence has lost its beginning (limit: `sentence_words`, which turns the rule on; else 40).",
        example: "a sentence of 58 words",
        mend: "Make two sentences of it, or a list.",
        find: Find::Page(long_sentences),
    },
    RuleEntry {
        rule: Rule::RepeatedWord,
        severity: Some(Severity::Warning),
        reason: "A word that stands there twice is a slip that everybody but its writer sees.",
        example: "Write to the the manager.",
        mend: "Remove one of the two.",
        find: Find::Page(repeated_words),
    },
    RuleEntry {
        rule: Rule::TermToAvoid,
        severity: Some(Severity::Warning),
        reason: "The site has agreed on better words, in content/terms.toml.",
        example: "Utilise your network, where `avoid = [{ term = \"utilise\", better = \"use\" }]`",
        mend: "Write the better word that the message names.",
        find: Find::Page(terms),
    },
];

/// Fewer words than this make no measure.
const ENOUGH: usize = 100;

struct Measure {
    sentences: f64,
    words: f64,
    syllables: f64,
}

impl Measure {
    /// Flesch–Kincaid grade (Kincaid and others, 1975).
    fn grade(&self) -> f64 {
        0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59
    }

    /// Flesch reading ease (Flesch, 1948).
    fn ease(&self) -> f64 {
        206.835 - 1.015 * self.words / self.sentences - 84.6 * self.syllables / self.words
    }
}

/// What is known of the wording of a page's language.
fn wording(page: &Page<'_>) -> Option<&'static Wording> {
    languages::known(page.site_rules.language(page.document)).map(|language| &language.wording)
}

/// The measure of a page that is long enough to have one, in a language for which the formulas hold.
fn measure(page: &Page<'_>) -> Option<Measure> {
    if !wording(page)?.has_reading_ease {
        return None;
    }
    let passages =
        page.own_words().filter(|passage| matches!(passage.kind, PassageKind::Paragraph | PassageKind::Item));
    let mut measure = Measure { sentences: 0.0, words: 0.0, syllables: 0.0 };
    for passage in passages {
        for sentence in sentences(&passage.text) {
            measure.sentences += 1.0;
            for word in words(&passage.text[sentence]) {
                measure.words += 1.0;
                measure.syllables += syllables(word);
            }
        }
    }
    (measure.words >= ENOUGH as f64).then_some(measure)
}

fn limit(limits: &BTreeMap<String, i64>, page: &Page<'_>) -> Option<i64> {
    limits.get(section(page.document)).or_else(|| limits.get("default")).copied()
}

fn reading_grade(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let Some(limit) = limit(&page.site_rules.sources.config.check.reading_grade, page) else { return };
    let Some(grade) = measure(page).map(|measure| measure.grade().round()) else { return };
    if grade > limit as f64 {
        let diagnostic =
            Finding::new(format!("this page reads like grade {grade} of school, and the limit here is {limit}"));
        let diagnostic = diagnostic.hint("shorten sentences and choose everyday words");
        diagnostics.push(diagnostic.at(page.document.source(), page.document.front.title_span.clone()));
    }
}

fn reading_ease(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let Some(limit) = limit(&page.site_rules.sources.config.check.reading_ease, page) else { return };
    let Some(ease) = measure(page).map(|measure| measure.ease().round()) else { return };
    if ease < limit as f64 {
        let diagnostic =
            Finding::new(format!("this page has a reading ease of {ease}, and at least {limit} is asked for here"));
        let diagnostic = diagnostic.hint("shorten sentences and choose everyday words");
        diagnostics.push(diagnostic.at(page.document.source(), page.document.front.title_span.clone()));
    }
}

/// Sentences end in `.`, `!`, `?` or their like before a space and a capital, or where the line does.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        let stops = matches!(character, '.' | '!' | '?' | '؟' | '۔' | '…');
        let line_ends = matches!(character, '\n' | ';');
        let rest = text[end..].trim_start_matches(['"', '”', '’', '\'', ')']);
        let begins_anew = rest.is_empty() || (rest.starts_with(char::is_whitespace) && !begins_small(rest));
        if line_ends || (stops && begins_anew && !is_abbreviation(&text[start..at])) {
            ranges.push(start..end);
            start = end;
        }
    }
    ranges.push(start..text.len());
    ranges.into_iter().filter(move |range| words(&text[range.clone()]).next().is_some())
}

fn begins_small(rest: &str) -> bool {
    rest.trim_start().chars().next().is_some_and(char::is_lowercase)
}

fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit([' ', '\n', '(']).next().unwrap_or_default();
    matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "Prof" | "St" | "No" | "e.g" | "i.e" | "etc" | "vs" | "Rs" | "approx")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.unicode_words()
}

/// Groups of vowels, without a silent `e` at the end: right for four English words in five, which is enough for a mean.
fn syllables(word: &str) -> f64 {
    let word = word.to_ascii_lowercase();
    let mut groups = 0;
    let mut in_group = false;
    for character in word.chars() {
        let vowel = matches!(character, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        groups += i32::from(vowel && !in_group);
        in_group = vowel;
    }
    let silent = word.ends_with('e') && !word.ends_with("le") || word.ends_with("es") || word.ends_with("ed");
    f64::from((groups - i32::from(silent && groups > 1)).max(1))
}

fn long_sentences(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let limit = page.site_rules.sources.config.check.sentence_words.unwrap_or(40);
    for passage in page.own_words().filter(|passage| passage.kind != PassageKind::Cell) {
        for range in sentences(&passage.text) {
            let count = words(&passage.text[range.clone()]).count();
            if count > limit {
                let diagnostic = Finding::new(format!("this sentence has {count} words, and the limit is {limit}"));
                let diagnostic = diagnostic.hint("make two sentences of it, or a list");
                diagnostics.push(diagnostic.at(page.document.source(), passage.span(trimmed(&passage.text, range))));
            }
        }
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..range.start + part.trim_end().len()
}

fn repeated_words(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    // 'had had', 'that that' and 'very very' are none of these.
    let never_twice = wording(page).map_or(&[][..], |wording| wording.never_twice);
    let Some(longest) = never_twice.iter().map(|word| word.len()).max() else { return };
    let may_repeat = |passage: &&Passage| byte_scan::may_repeat(passage.text.as_bytes(), longest);
    for passage in page.reading.passages.iter().filter(may_repeat) {
        let mut before: Option<(usize, &str)> = None;
        for (at, word) in passage.text.unicode_word_indices() {
            if let Some((start, previous)) = before
                && previous.eq_ignore_ascii_case(word)
                && only_spaces(&passage.text[start + previous.len()..at])
                && never_twice.contains(&word.to_ascii_lowercase().as_str())
                && !is_part_of_another(&passage.text, start, previous, at..at + word.len())
                && !is_shown_between(page, passage, start + previous.len()..at)
            {
                diagnostics.push(repeated_word(page, passage, start..at + word.len(), word));
            }
            before = Some((at, word));
        }
    }
}

/// Whether one of two words is another word's part or a name: 'your YOUR-TLD', 'a A-level', 'or OR'.
fn is_part_of_another(text: &str, start: usize, first: &str, second: Range<usize>) -> bool {
    let joined = |sign: Option<char>| sign.is_some_and(|sign| "-_./@'’".contains(sign));
    let word = &text[second.clone()];
    let is_name = word != first && word.chars().any(char::is_uppercase);
    let goes_on = text[second.end..].chars().nth(1).is_some_and(char::is_alphanumeric);
    is_name || joined(text[..start].chars().next_back()) || (goes_on && joined(text[second.end..].chars().next()))
}

/// Whether an image or drawing of raw HTML is between two words.
fn is_shown_between(page: &Page<'_>, passage: &Passage, between: Range<usize>) -> bool {
    page.document.text.get(passage.span(between)).is_some_and(|written| written.contains('<'))
}

fn only_spaces(between: &str) -> bool {
    !between.is_empty() && between.chars().all(|sign| sign == ' ')
}

fn repeated_word(page: &Page<'_>, passage: &Passage, range: Range<usize>, word: &str) -> Finding {
    let diagnostic = Finding::new(format!("repeated word: `{word} {word}`")).hint("remove one of the two");
    diagnostic.at(page.document.source(), passage.span(range))
}

fn terms(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let Some(finder) = &page.site_rules.finder else { return };
    for passage in page.own_words() {
        for found in finder.find_iter(&passage.text) {
            let range = found.range();
            if stands_alone(&passage.text, &range) {
                let term = &page.site_rules.terms[found.pattern().as_usize()];
                let diagnostic = to_avoid(term, &passage.text[range.clone()]);
                diagnostics.push(diagnostic.at(page.document.source(), passage.span(range)));
            }
        }
    }
}

fn to_avoid(term: &Term, written: &str) -> Finding {
    let because = term.reason.as_ref().map(|reason| format!(": {}", reason.trim_end_matches('.'))).unwrap_or_default();
    let diagnostic = Finding::new(format!("'{written}' is a term to avoid{because}"));
    match &term.better {
        Some(better) => diagnostic.hint(format!("write '{better}'")),
        None => diagnostic.hint("leave it out, or say it in other words"),
    }
}

fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    ![before, after].into_iter().flatten().any(|sign| sign.is_alphanumeric() || sign == NO_WORD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_breathes() {
        let count = |text: &str| sentences(text).count();
        assert_eq!(count("Ask Mr. Khan first. Then write, e.g. by e-mail."), 2);
        assert_eq!(count("\"Why?\" asked the man. Nobody knew!"), 2);
        assert_eq!(count("[your name]\n[your address]"), 2);
    }

    #[test]
    fn syllables_are_counted_well_enough() {
        let total: f64 = ["notice", "employer", "table", "asked", "resignation"].map(syllables).iter().sum();
        assert!((total - 12.0).abs() <= 1.0, "{total}");
    }
}
