//! A field of a letter, complete.

use std::collections::HashMap;

use serde::Serialize;

use crate::config::FieldType;
use crate::text::composed;

/// A field of a letter, complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Unique in the letter, and the same in every letter for the same name: `interview-date`.
    pub id: String,
    /// The placeholder's words: `interview date`.
    pub name: String,
    /// What the form calls it: `Interview date`.
    pub label: String,
    /// What it takes.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// A line under the label, or "".
    pub hint: String,
    /// An answer as it could look, or "".
    pub example: String,
    /// Answers that a reader can choose with one tap.
    pub suggestions: Vec<String>,
    /// The only answers.
    pub choices: Vec<String>,
    /// Whether the letter makes sense without it.
    pub required: bool,
    /// What it holds before the reader types, or "".
    pub default: String,
    /// The token of HTML's `autocomplete` for what is about the reader (WCAG 2.2 SC 1.3.5), or "".
    pub autocomplete: String,
    /// Declared for the whole site: filled once, kept for the next letter.
    pub shared: bool,
    /// Whether it decides about an optional part instead of filling a blank.
    pub optional: bool,
}

/// The choice that keeps an optional part, in the model; [`Words::include`] is what readers see.
pub(super) const INCLUDE: &str = "include";
/// The choice that leaves it out.
pub(super) const LEAVE_OUT: &str = "leave out";
impl Field {
    /// Adds all of the field to a hash.
    pub(super) fn hash(&self, hasher: &mut blake3::Hasher) {
        let texts = [&self.id, &self.name, &self.label, &self.hint, &self.example, &self.default, &self.autocomplete];
        let lists = self.suggestions.iter().chain([&self.id]).chain(&self.choices);
        for text in texts.into_iter().chain(lists) {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        hasher.update(self.kind.name().as_bytes());
        hasher.update(&[self.required, self.shared, self.optional].map(u8::from));
    }

    /// Its choices, whichever way a condition writes their quotation marks and accents.
    pub(super) fn by_spelling(&self) -> HashMap<String, &str> {
        self.choices.iter().map(|choice| (comparable(choice), choice.as_str())).collect()
    }
}

/// A choice with straight quotation marks and composed accents.
pub(super) fn comparable(choice: &str) -> String {
    let straight = |sign: char| match sign {
        '“' | '”' | '„' => '"',
        '‘' | '’' | '‚' => '\'',
        other => other,
    };
    composed(choice).chars().map(straight).collect()
}
