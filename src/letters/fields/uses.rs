//! The names that a letter uses, gathered while it is read, and the declarations that are looked up for them.

use std::collections::HashMap;
use std::ops::Range;

use super::inference::identifier;
use crate::config::FieldDeclaration;
use crate::text::single_spaced;

/// Letters of an optional part's text in its label.
const LABEL_LENGTH: usize = 90;

/// A name met in the letter, before it is known what is declared of it.
#[derive(Clone, Debug)]
pub(super) struct Use {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) span: Range<usize>,
    /// Set for the choice that an optional part makes: the part's text.
    pub(super) optional: Option<String>,
}

/// The names of a letter in order of first use, gathered while it is read.
#[derive(Debug, Default)]
pub(crate) struct Uses {
    pub(super) uses: Vec<Use>,
    pub(super) places: HashMap<String, usize>,
    optional_parts: usize,
}

impl Uses {
    /// The place of the field called `name`; names that differ in case, spaces or signs alone are one field.
    pub(crate) fn place(&mut self, name: &str, span: Range<usize>) -> usize {
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

    pub(super) fn of_id(&self, id: &str) -> Option<&Use> {
        self.uses.get(*self.places.get(id)?)
    }

    /// A new field for an optional part.
    pub(crate) fn optional_part(&mut self, span: Range<usize>) -> usize {
        self.optional_parts += 1;
        while self.places.contains_key(&format!("optional-part-{}", self.optional_parts)) {
            self.optional_parts += 1;
        }
        let number = self.optional_parts;
        let (id, name) = (format!("optional-part-{number}"), format!("optional part {number}"));
        self.add(Use { id, name, span, optional: Some(String::new()) })
    }

    /// Whether the field at a place decides about an optional part.
    pub(crate) fn is_optional_part(&self, place: usize) -> bool {
        self.uses.get(place).is_some_and(|used| used.optional.is_some())
    }

    /// Gives an optional part its text, of which its label is made.
    pub(crate) fn name_optional_part(&mut self, place: usize, text: &str) {
        if let Some(used) = self.uses.get_mut(place) {
            used.optional = Some(shortened(text));
        }
    }

    /// The name at a place, in brackets: a blank inside a label.
    pub(crate) fn bracketed(&self, place: usize) -> String {
        self.uses.get(place).map_or_else(String::new, |used| format!("[{}]", used.name))
    }
}

/// The first declaration of each field.
pub(super) type ById<'a> = HashMap<String, &'a FieldDeclaration>;

pub(super) fn by_id(declared: &[FieldDeclaration]) -> ById<'_> {
    declared.iter().rev().map(|declaration| (identifier(&declaration.name), declaration)).collect()
}

/// The beginning of a text, cut after a whole word.
fn shortened(text: &str) -> String {
    let text = single_spaced(text).into_owned();
    let Some((end, _)) = text.char_indices().nth(LABEL_LENGTH) else { return text };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", &text[..cut])
}
