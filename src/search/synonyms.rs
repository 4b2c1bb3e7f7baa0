//! `content/search.toml` → groups of words that mean the same.
//!
//! One key, `synonyms`: a list of lists of words or phrases. Faults are collected, never fatal: a group that can't
//! be read is left out.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::SynonymFault;

const KEY: &str = "synonyms";
const EXAMPLE: &str = "write synonyms = [[\"quit\", \"resign\"], [\"pay\", \"salary\"]]: one list for each meaning";

/// The most words and phrases of one group: each gets the documents of all others.
const MOST_OF_A_GROUP: usize = 100;
/// The most groups.
const MOST_GROUPS: usize = 1_000;

/// Groups of words and phrases that mean the same to a reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synonyms {
    pub(super) groups: Vec<Vec<Phrase>>,
}

/// A word or phrase as the editor wrote it, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

/// Reads the text of `content/search.toml`.
pub fn synonyms(text: &str) -> (Synonyms, Vec<SynonymFault>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut faults: Vec<SynonymFault> = errors.iter().map(unreadable).collect();
    let mut groups = Vec::new();
    for (key, value) in table.get_ref() {
        match value.get_ref() {
            DeValue::Array(written) if key.get_ref() == KEY => {
                if let Some(beyond) = written.get(MOST_GROUPS) {
                    faults.push(too_many_groups(beyond.span().start..value.span().end));
                }
                groups.extend(written.iter().take(MOST_GROUPS).filter_map(|g| group(g, &mut faults)));
            }
            _ if key.get_ref() == KEY => faults.push(not_a_list(value.span())),
            _ => faults.push(unknown_key(key)),
        }
    }
    (Synonyms { groups }, faults)
}

fn group(written: &Spanned<DeValue<'_>>, faults: &mut Vec<SynonymFault>) -> Option<Vec<Phrase>> {
    let DeValue::Array(values) = written.get_ref() else {
        faults.push(not_a_list(written.span()));
        return None;
    };
    let phrases: Vec<Phrase> = values.iter().filter_map(|v| phrase(v, faults)).collect();
    if phrases.len() < 2 {
        faults.push(alone(written.span()));
        return None;
    }
    if let Some(beyond) = phrases.get(MOST_OF_A_GROUP) {
        faults.push(too_many_words(beyond.span.start..written.span().end));
    }
    Some(phrases.into_iter().take(MOST_OF_A_GROUP).collect())
}

fn phrase(written: &Spanned<DeValue<'_>>, faults: &mut Vec<SynonymFault>) -> Option<Phrase> {
    let text = written.get_ref().as_str().map(str::trim).unwrap_or_default();
    if text.is_empty() {
        faults.push(not_a_word(written.span()));
        return None;
    }
    Some(Phrase { text: text.to_owned(), span: written.span() })
}

fn unreadable(error: &toml::de::Error) -> SynonymFault {
    fault(error.span().unwrap_or(0..0), error.message(), EXAMPLE)
}

fn unknown_key(key: &Spanned<DeString<'_>>) -> SynonymFault {
    fault(key.span(), format!("unknown key `{}`", key.get_ref()), "the one key here is `synonyms`")
}

fn not_a_list(span: Range<usize>) -> SynonymFault {
    fault(span, "this must be a list", EXAMPLE)
}

fn not_a_word(span: Range<usize>) -> SynonymFault {
    fault(span, "a synonym must be a word or a phrase in quotation marks", "write it, or take it out")
}

fn too_many_words(span: Range<usize>) -> SynonymFault {
    let message = format!("a group of synonyms takes at most {MOST_OF_A_GROUP} words; those from here on are left out");
    fault(span, message, "make several groups of it, each for one meaning")
}

fn too_many_groups(span: Range<usize>) -> SynonymFault {
    let message = format!("at most {MOST_GROUPS} groups of synonyms are read; those from here on are left out");
    fault(span, message, "take out groups that no page needs")
}

fn alone(span: Range<usize>) -> SynonymFault {
    fault(span, "a group of synonyms needs at least two words", "add the other words, or take the group out")
}

fn fault(span: Range<usize>, message: impl Into<String>, hint: &str) -> SynonymFault {
    SynonymFault { span, message: message.into(), hint: hint.to_owned() }
}
