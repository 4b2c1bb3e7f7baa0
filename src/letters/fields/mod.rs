//! Fields: what a reader fills in, put together from the placeholder's own name, the letter's front matter
//! and the site's shared fields.

mod inference;
mod rules;
mod uses;

use std::ops::Range;

use super::field::{Field, INCLUDE, LEAVE_OUT};
use super::letter_faults::LetterFaults;
use super::model::Condition;
use crate::config::{FieldDeclaration, FieldType};
use uses::{ById, Use, by_id};

pub use inference::identifier;
pub(super) use uses::Uses;

/// Completes every field from what is declared, and reports what does not fit.
pub(super) fn complete(
    uses: &Uses,
    declared: &[FieldDeclaration],
    shared: &[FieldDeclaration],
    conditions: &[(Condition, Range<usize>)],
    faults: &mut LetterFaults,
) -> Vec<Field> {
    rules::declarations(declared, uses, faults);
    rules::similar_names(declared, shared, uses, faults);
    let (own, common) = (by_id(declared), by_id(shared));
    let fields: Vec<Field> = uses.uses.iter().map(|used| completed(used, &own, &common)).collect();
    rules::conditions(conditions, &fields, faults);
    fields
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
