//! The rule about spelling, against Hunspell dictionaries that the site names.

use std::collections::HashSet;
use std::ops::Range;

use spellbook::Dictionary;
use unicode_segmentation::UnicodeSegmentation;

use crate::check::reading::PassageKind;
use crate::check::{Find, Finding, Page, RuleEntry};
use crate::diagnostic::{Rule, Severity};

pub(crate) const RULES: &[RuleEntry] = &[RuleEntry {
    rule: Rule::Spelling,
    severity: Some(Severity::Warning),
    reason: "A misspelt word costs a reader's trust (dictionaries: `dictionaries`; the site's own words: `words`).",
    example: "Your emplyer must answer.",
    mend: "Correct the word, or add it to the site's own words.",
    find: Find::Page(unknown_words),
}];

fn unknown_words(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let language = page.document.language;
    let code = page.site_rules.sources.config.languages.get(language).map_or("en", |language| &language.code);
    let Some(dictionary) = page.site_rules.dictionaries.of(code) else { return };
    let mut said = HashSet::new();
    for passage in page.own_words() {
        for (at, word) in passage.text.unicode_word_indices() {
            let range = at..at + word.len();
            let is_candidate = passage.kind != PassageKind::Cell || word.chars().all(char::is_lowercase);
            if is_candidate && is_word(&passage.text, &range) && !is_known(page, dictionary, word) && said.insert(word)
            {
                let diagnostic = Finding::new(format!("'{word}' is in no dictionary of this site"));
                diagnostics.push(
                    diagnostic.hint(suggestion(dictionary, word)).at(page.document.source(), passage.span(range)),
                );
            }
        }
    }
}

/// Names, abbreviations, addresses and numbers are not for a dictionary to judge: what begins in a capital within a sentence is a name.
fn is_word(text: &str, range: &Range<usize>) -> bool {
    let word = &text[range.clone()];
    let before = &text[..range.start];
    let is_part_of_address = before.ends_with(['@', '/', '.', '_', '#']) && !before.ends_with("..")
        || text[range.end..].starts_with(['@', '/', '_'])
        || text[range.end..].strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    word.chars().count() > 2
        && !is_part_of_address
        && word.chars().all(|sign| sign.is_lowercase() || matches!(sign, '\'' | '’') || is_uncased(sign))
}

/// Scripts without capitals.
fn is_uncased(sign: char) -> bool {
    sign.is_alphabetic() && !sign.is_uppercase() && !sign.is_lowercase()
}

fn is_known(page: &Page<'_>, dictionary: &Dictionary, word: &str) -> bool {
    let key = (page.document.language, word.to_owned());
    let mut speller = page.speller.borrow_mut();
    *speller.0.entry(key).or_insert_with(|| {
        let plain = word.replace('’', "'");
        let stem = plain.trim_end_matches("'s");
        let own = &page.site_rules.dictionaries.own;
        own.contains(&plain.to_lowercase()) || own.contains(stem) || dictionary.check(&plain) || dictionary.check(stem)
    })
}

fn suggestion(dictionary: &Dictionary, word: &str) -> String {
    let mut suggestions = Vec::new();
    dictionary.suggest(&word.replace('’', "'"), &mut suggestions);
    match suggestions.first() {
        Some(meant) => format!("did you mean '{meant}'? A word of your own belongs in the file that `words` names"),
        None => "correct it, or add it to the file that `words` names".to_owned(),
    }
}
