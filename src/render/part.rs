//! A part that is the same on many pages, such as a footer or an entry of a list, by all that it depends on.

use std::sync::Arc;

use smallvec::SmallVec;

use super::answer::Answer;
use super::question::Question;
use crate::storage::StoredText;

/// A part as it was rendered, and what it asked.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) key: Key,
    pub(super) html: StoredText,
    pub(super) answers: Box<[Arc<Answer>]>,
}

/// All that a part depends on, as a template writes it: language, template, arguments. Most parts that are asked for are known, so
/// nothing is copied for the question.
#[derive(Hash)]
pub(super) struct Asked<'a> {
    language: usize,
    pub(super) template: &'a str,
    handed: SmallVec<[(&'a str, Handing<'a>); 4]>,
}

/// The same for keeps.
#[derive(Debug)]
pub(super) struct Key {
    language: usize,
    template: Box<str>,
    handed: Box<[(Box<str>, HandedOver)]>,
}

/// An argument of a part, borrowed from a template.
pub(super) type Handing<'a> = Handed<&'a str, &'a Question>;

/// The same for keeps.
type HandedOver = Handed<Box<str>, Question>;

/// An argument of a part: what can be compared.
#[derive(Debug, Hash)]
pub(super) enum Handed<T, Q> {
    None,
    Flag(bool),
    Number(i64),
    Text(T),
    Record(Q),
}

impl<'a> Handing<'a> {
    fn for_keeps(&self) -> HandedOver {
        match *self {
            Self::None => Handed::None,
            Self::Flag(flag) => Handed::Flag(flag),
            Self::Number(number) => Handed::Number(number),
            Self::Text(text) => Handed::Text(text.into()),
            Self::Record(question) => Handed::Record(question.clone()),
        }
    }
}

impl HandedOver {
    fn is(&self, asked: &Handing<'_>) -> bool {
        match (self, asked) {
            (Self::None, Handed::None) => true,
            (Self::Flag(flag), Handed::Flag(asked)) => flag == asked,
            (Self::Number(number), Handed::Number(asked)) => number == asked,
            (Self::Text(text), Handed::Text(asked)) => **text == **asked,
            (Self::Record(question), Handed::Record(asked)) => question == *asked,
            _ => false,
        }
    }
}

impl<'a> Asked<'a> {
    pub(super) fn new(language: usize, template: &'a str, handed: SmallVec<[(&'a str, Handing<'a>); 4]>) -> Self {
        Self { language, template, handed }
    }

    pub(super) fn for_keeps(&self) -> Key {
        let handed = self.handed.iter().map(|(name, handed)| ((*name).into(), handed.for_keeps()));
        Key { language: self.language, template: self.template.into(), handed: handed.collect() }
    }

    /// Whether no other page can show the part, which therefore belongs to its page: a table of contents.
    pub(super) fn is_of_one_page(&self) -> bool {
        self.handed.iter().any(|(_, handed)| matches!(handed, Handed::Record(question) if question.is_of_one_page()))
    }
}

impl Key {
    pub(super) fn is(&self, asked: &Asked<'_>) -> bool {
        let is_handed = || {
            let pairs = self.handed.iter().zip(&asked.handed);
            self.handed.len() == asked.handed.len()
                && pairs.into_iter().all(|((name, handed), asked)| **name == *asked.0 && handed.is(&asked.1))
        };
        self.language == asked.language && *self.template == *asked.template && is_handed()
    }
}
