//! What can be wrong with the fields of a letter.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use smallvec::SmallVec;

use super::inference::{self, identifier};
use super::uses::{ById, Use, Uses, by_id};
use crate::config::{FieldDeclaration, FieldType};
use crate::diagnostic::Rule;
use crate::letters::conditions::written;
use crate::letters::field::{Field, comparable};
use crate::letters::letter_faults::{LetterFault, LetterFaults};
use crate::letters::model::Condition;

/// The longest name that is taken for a placeholder without asking.
const LONGEST_NAME: usize = 60;

/// Up to this many names are compared with each other: in a letter of hundreds of blanks similar names are on purpose.
const MOST_COMPARED: usize = 200;

/// A choice with more bytes than this is a sentence, which nobody misspells by a letter.
const LONGEST_COMPARED: usize = 200;
/// A hint names as many choices.
const MOST_NAMED: usize = 12;
/// The default of a date that is the reader's own day.
const TODAY: &str = "today";

/// Every declaration on its own, and against the letter that should use it.
pub(super) fn declarations(declared: &[FieldDeclaration], uses: &Uses, faults: &mut LetterFaults) {
    let first = by_id(declared);
    for declaration in declared {
        unused(declaration, uses, faults);
        repeated(declaration, &first, faults);
        contradicting(declaration, faults);
        repeated_choices(declaration, faults);
    }
    uses.uses.iter().for_each(|used| long_name(used, faults));
}

fn unused(declaration: &FieldDeclaration, uses: &Uses, faults: &mut LetterFaults) {
    let id = identifier(&declaration.name);
    if uses.of_id(&id).is_some() {
        return;
    }
    let message = format!("the letter has no placeholder [{}]", declaration.name);
    let fault = LetterFault::warning(Rule::LetterUnusedField, declaration.name_span.clone(), message);
    let meant = uses.uses.iter().take(MOST_COMPARED).find(|used| alike(&used.id, &id));
    faults.add(match meant {
        Some(used) => fault.hint(format!("did you mean '{}'?", used.name)),
        None => fault.hint("remove the field, or use it in the letter, its subject or a '::: when'"),
    });
}

fn repeated(declaration: &FieldDeclaration, first: &ById<'_>, faults: &mut LetterFaults) {
    let Some(first) = first.get(&identifier(&declaration.name)) else { return };
    if std::ptr::eq(*first, declaration) {
        return;
    }
    let message = format!("'{}' is the same field as '{}'", declaration.name, first.name);
    let fault = LetterFault::error(Rule::LetterDuplicateField, declaration.name_span.clone(), message);
    faults.add(fault.hint("keep one of the two; case, spaces and signs make no difference"));
}

fn contradicting(declaration: &FieldDeclaration, faults: &mut LetterFaults) {
    let error = |message: String| LetterFault::error(Rule::LetterField, declaration.name_span.clone(), message);
    let name = &declaration.name;
    let choices = &declaration.choices;
    match declaration.kind {
        Some(FieldType::Choice) if choices.is_empty() => {
            faults.add(error(format!("'{name}' is a choice and has no choices")).hint("add `choices: [\"…\", \"…\"]`"));
        }
        Some(kind) if kind != FieldType::Choice && !choices.is_empty() => {
            let hint = "leave the type out: a field with choices is a choice";
            faults.add(error(format!("'{name}' has choices and the type '{}'", kind.name())).hint(hint));
        }
        _ => {}
    }
    let Some(default) = &declaration.default else { return };
    if !choices.is_empty() && !choices.contains(default) {
        faults.add(error(format!("'{default}', the default of '{name}', is none of its choices")));
    }
    let kind = declaration.kind.unwrap_or_else(|| inference::kind(name));
    let is_day = default == TODAY || default.parse::<jiff::civil::Date>().is_ok();
    if kind == FieldType::Date && choices.is_empty() && !is_day {
        let hint = "write it as 2026-03-05, or `today` for the day on which the reader opens the letter";
        faults.add(error(format!("'{default}', the default of '{name}', is no date")).hint(hint));
    }
}

fn repeated_choices(declaration: &FieldDeclaration, faults: &mut LetterFaults) {
    let choices = &declaration.choices;
    let mut met = HashSet::new();
    if let Some(again) = choices.iter().find(|choice| !met.insert(*choice)) {
        let message = format!("'{}' has the choice '{again}' twice", declaration.name);
        faults.add(LetterFault::error(Rule::LetterField, declaration.name_span.clone(), message));
    }
    if choices.len() == 1 {
        let message = format!("'{}' leaves nothing to choose", declaration.name);
        faults.add(
            LetterFault::warning(Rule::LetterField, declaration.name_span.clone(), message)
                .hint("give two choices or more"),
        );
    }
}

fn long_name(used: &Use, faults: &mut LetterFaults) {
    if used.optional.is_some() || used.name.chars().count() <= LONGEST_NAME {
        return;
    }
    let fault =
        LetterFault::warning(Rule::LetterLongPlaceholder, used.span.clone(), "this placeholder is long for a blank");
    faults.add(fault.hint(
        "name it in a few words and say the rest in `hint:`; write `\\[` for a plain bracket, `[optional: …]` for a sentence",
    ));
}

/// Placeholders that nothing declares and that differ from another name by a letter or two. A field of the letter's own that has no placeholder
/// is a placeholder itself, and names this one.
pub(super) fn similar_names(
    declared: &[FieldDeclaration],
    shared: &[FieldDeclaration],
    uses: &Uses,
    faults: &mut LetterFaults,
) {
    let named = |field: &'_ FieldDeclaration| identifier(&field.name);
    let declared = declared.iter().filter(|field| uses.of_id(&named(field)).is_some());
    let known: Vec<(String, &str)> = declared.chain(shared).map(|field| (named(field), field.name.as_str())).collect();
    let ids: HashSet<&str> = known.iter().map(|(id, _)| id.as_str()).collect();
    for (index, used) in uses.uses.iter().enumerate() {
        if used.optional.is_some() || ids.contains(used.id.as_str()) {
            continue;
        }
        let mut known = known.iter().take(MOST_COMPARED);
        let mut before = uses.uses[index.saturating_sub(MOST_COMPARED)..index].iter();
        let declared_alike = known.find(|(id, _)| alike(id, &used.id)).map(|(_, name)| *name);
        let earlier = before.find(|it| alike(&it.id, &used.id)).map(|it| it.name.as_str());
        if let Some(meant) = declared_alike.or(earlier) {
            let message = format!("[{}] is a field of its own beside [{meant}]", used.name);
            let fault = LetterFault::warning(Rule::LetterSimilarField, used.span.clone(), message);
            faults.add(fault.hint(format!("did you mean [{meant}]?")));
        }
    }
}

/// Whether two different names are probably the same one misspelt; numbers are never misspelt.
fn alike(one: &str, other: &str) -> bool {
    let allowed = if one.chars().count().min(other.chars().count()) >= 12 { 2 } else { 1 };
    let digits = |name: &'_ str| name.bytes().filter(u8::is_ascii_digit).collect::<SmallVec<[u8; 16]>>();
    one != other
        && one.chars().count() > 3
        && one.chars().count().abs_diff(other.chars().count()) <= allowed
        && digits(one) == digits(other)
        && strsim::osa_distance(one, other) <= allowed
}

/// Every `::: when` against the choices of its field.
pub(super) fn conditions(conditions: &[(Condition, Range<usize>)], fields: &[Field], faults: &mut LetterFaults) {
    let mut known: HashMap<usize, HashMap<String, &str>> = HashMap::new();
    for (condition, span) in conditions {
        let Some(field) = fields.get(condition.field) else { continue };
        if field.choices.is_empty() {
            faults.add(no_choices(field, fields, span));
            continue;
        }
        let known = known.entry(condition.field).or_insert_with(|| field.by_spelling());
        let mut asked: HashSet<&str> = HashSet::new();
        for choice in &condition.choices {
            match known.get(&comparable(choice)) {
                Some(known) => drop(asked.insert(known)),
                None => faults.add(unknown_choice(field, choice, span)),
            }
        }
        let every = known.len() <= asked.len();
        if every && condition.negated {
            let message = format!("no reader can reach this part: it leaves out every choice of '{}'", field.name);
            faults.add(LetterFault::error(Rule::LetterUnreachable, span.clone(), message));
        }
    }
}

fn no_choices(field: &Field, fields: &[Field], span: &Range<usize>) -> LetterFault {
    let message = format!("'{}' has no choices, so no reader can reach this part", field.name);
    let fault = LetterFault::error(Rule::LetterUnreachable, span.clone(), message);
    let meant =
        fields.iter().take(MOST_COMPARED).find(|it| !it.choices.is_empty() && !it.optional && alike(&it.id, &field.id));
    match meant {
        Some(meant) => fault.hint(format!("did you mean '{}'?", meant.name)),
        None => fault
            .hint(format!("declare it in the front matter: `fields:` `{}: {{ choices: [\"…\", \"…\"] }}`", field.name)),
    }
}

/// The first of some choices.
fn few(choices: &[String]) -> String {
    let named = choices.iter().take(MOST_NAMED).map(|choice| written(choice)).collect::<Vec<_>>().join(", ");
    match choices.len().saturating_sub(MOST_NAMED) {
        0 => named,
        more => format!("{named}, and {more} more"),
    }
}

fn unknown_choice(field: &Field, choice: &str, span: &Range<usize>) -> LetterFault {
    let message = format!("'{choice}' is none of the choices of '{}', so no reader can reach this part", field.name);
    let fault = LetterFault::error(Rule::LetterUnreachable, span.clone(), message);
    let is_short = |choice: &str| choice.len() <= LONGEST_COMPARED;
    let compared = field.choices.iter().take(MOST_COMPARED).filter(|it| is_short(choice) && is_short(it));
    let nearest = compared.min_by_key(|it| strsim::osa_distance(&it.to_lowercase(), &choice.to_lowercase()));
    match nearest {
        Some(nearest) if strsim::osa_distance(nearest, choice) <= 3 => {
            fault.hint(format!("did you mean {}?", written(nearest)))
        }
        _ => fault.hint(format!("its choices are: {}", few(&field.choices))),
    }
}
