//! Fields: what a reader fills in, put together from the placeholder's own name, the letter's front matter
//! and the site's shared fields.

mod inference;
mod rules;

use std::collections::HashMap;
use std::ops::Range;

use serde::Serialize;

use super::faults::Faults;
use super::model::Condition;
use super::words;
use super::words::Words;
use crate::config::{FieldDeclaration, FieldType};
use crate::text::{composed, single_spaced};

pub use inference::identifier;

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
    /// Answers to take with one press.
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
const LEAVE_OUT: &str = "leave out";
/// Letters of an optional part's text in its label.
const LABEL_LENGTH: usize = 90;

impl Field {
    /// Feeds everything that the field says into a hash.
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

    /// The field as a form shows it: the choices and the label of an optional part in the site's words.
    pub fn in_words(&self, words: &Words) -> Field {
        if !self.optional {
            return self.clone();
        }
        Field {
            label: words::fill(&words.optional_label, &[("text", &self.label)]),
            choices: vec![words.include.clone(), words.leave_out.clone()],
            ..self.clone()
        }
    }
}

/// A name met in the letter, before it is known what is declared of it.
#[derive(Clone, Debug)]
pub(super) struct Use {
    id: String,
    name: String,
    span: Range<usize>,
    /// Set for the choice that an optional part makes: the part's text.
    optional: Option<String>,
}

/// The names of a letter in order of first use, gathered while it is read.
#[derive(Debug, Default)]
pub(super) struct Uses {
    uses: Vec<Use>,
    places: HashMap<String, usize>,
    optional_parts: usize,
}

impl Uses {
    /// The place of the field called `name`; names that differ in case, spaces or signs alone are one field.
    pub(super) fn place(&mut self, name: &str, span: Range<usize>) -> usize {
        let id = identifier(name);
        match self.places.get(&id) {
            Some(&place) => place,
            None => self.add(Use { id, name: name.to_owned(), span, optional: None }),
        }
    }

    fn add(&mut self, used: Use) -> usize {
        self.places.insert(used.id.clone(), self.uses.len());
        self.uses.push(used);
        self.uses.len() - 1
    }

    fn of_id(&self, id: &str) -> Option<&Use> {
        self.uses.get(*self.places.get(id)?)
    }

    /// A new field for an optional part.
    pub(super) fn optional_part(&mut self, span: Range<usize>) -> usize {
        self.optional_parts += 1;
        while self.places.contains_key(&format!("optional-part-{}", self.optional_parts)) {
            self.optional_parts += 1;
        }
        let number = self.optional_parts;
        let (id, name) = (format!("optional-part-{number}"), format!("optional part {number}"));
        self.add(Use { id, name, span, optional: Some(String::new()) })
    }

    /// Whether the field at a place decides about an optional part.
    pub(super) fn is_optional_part(&self, place: usize) -> bool {
        self.uses.get(place).is_some_and(|used| used.optional.is_some())
    }

    /// Gives an optional part its text, of which its label is made.
    pub(super) fn name_optional_part(&mut self, place: usize, text: &str) {
        if let Some(used) = self.uses.get_mut(place) {
            used.optional = Some(shortened(text));
        }
    }

    /// The name at a place, in brackets: a blank inside a label.
    pub(super) fn bracketed(&self, place: usize) -> String {
        self.uses.get(place).map_or_else(String::new, |used| format!("[{}]", used.name))
    }

    /// Completes every field from what is declared, and reports what does not fit.
    pub(super) fn complete(
        &self,
        declared: &[FieldDeclaration],
        shared: &[FieldDeclaration],
        conditions: &[(Condition, Range<usize>)],
        faults: &mut Faults,
    ) -> Vec<Field> {
        rules::declarations(declared, self, faults);
        rules::similar_names(declared, shared, self, faults);
        let (own, common) = (by_id(declared), by_id(shared));
        let fields: Vec<Field> = self.uses.iter().map(|used| completed(used, &own, &common)).collect();
        rules::conditions(conditions, &fields, faults);
        fields
    }
}

/// The first declaration of each field.
type ById<'a> = HashMap<String, &'a FieldDeclaration>;

fn by_id(declared: &[FieldDeclaration]) -> ById<'_> {
    declared.iter().rev().map(|declaration| (identifier(&declaration.name), declaration)).collect()
}

/// A field from its own name, then the site's declaration, then the letter's, the last one winning.
fn completed(used: &Use, declared: &ById<'_>, shared: &ById<'_>) -> Field {
    if let Some(text) = &used.optional {
        return optional_choice(used, text);
    }
    let of = |list: &ById<'_>| list.get(&used.id).copied().cloned();
    let (own, common) = (of(declared), of(shared));
    let is_shared = common.is_some();
    let says = merged(own.unwrap_or_default(), common.unwrap_or_default());
    let inferred = if says.choices.is_empty() { inference::kind(&used.name) } else { FieldType::Choice };
    let kind = says.kind.unwrap_or(inferred);
    let autocomplete = says.autocomplete.unwrap_or_else(|| inference::autocomplete(&used.name).to_owned());
    Field {
        id: used.id.clone(),
        name: used.name.clone(),
        label: says.label.unwrap_or_else(|| inference::capitalised(&used.name)),
        kind,
        hint: says.hint.unwrap_or_default(),
        example: says.example.unwrap_or_default(),
        suggestions: says.suggestions,
        choices: says.choices,
        required: says.required.unwrap_or(true),
        default: says.default.unwrap_or_default(),
        autocomplete,
        shared: is_shared,
        optional: false,
    }
}

/// The field that decides about an optional part.
fn optional_choice(used: &Use, text: &str) -> Field {
    Field {
        id: used.id.clone(),
        name: used.name.clone(),
        label: text.to_owned(),
        kind: FieldType::Choice,
        hint: String::new(),
        example: String::new(),
        suggestions: Vec::new(),
        choices: vec![INCLUDE.to_owned(), LEAVE_OUT.to_owned()],
        required: false,
        default: String::new(),
        autocomplete: String::new(),
        shared: false,
        optional: true,
    }
}

/// `own` with what it leaves out taken from `common`.
fn merged(own: FieldDeclaration, common: FieldDeclaration) -> FieldDeclaration {
    let list = |own: Vec<String>, common: Vec<String>| if own.is_empty() { common } else { own };
    FieldDeclaration {
        kind: own.kind.or(common.kind),
        label: own.label.or(common.label),
        hint: own.hint.or(common.hint),
        example: own.example.or(common.example),
        default: own.default.or(common.default),
        autocomplete: own.autocomplete.or(common.autocomplete),
        suggestions: list(own.suggestions, common.suggestions),
        choices: list(own.choices, common.choices),
        required: own.required.or(common.required),
        name: own.name,
        name_span: own.name_span,
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

/// The beginning of a text, cut after a whole word.
fn shortened(text: &str) -> String {
    let text = single_spaced(text).into_owned();
    let Some((end, _)) = text.char_indices().nth(LABEL_LENGTH) else { return text };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", &text[..cut])
}
