//! What front matter (`fields:`) and the configuration (`[letter_fields]`) say of a letter's fields.

use crate::diagnostic::{Diagnostic, SourceText, did_you_mean};
use crate::document::single_spaced;
use crate::fields::{Entry, Field, Kind, Reader, UnknownKeys, Value};
use crate::letters::{FieldDeclaration, FieldType};

/// What may be said of a letter's field.
pub const LETTER_FIELD_FIELDS: &[Field] = &[
    Field {
        name: "type",
        kind: Kind::Text,
        help: "What it takes: text, multiline, date, email, phone, choice or money.",
        example: "date",
    },
    Field {
        name: "label",
        kind: Kind::Text,
        help: "What the form calls it, if not by its name.",
        example: "Date of the interview",
    },
    Field { name: "hint", kind: Kind::Text, help: "A line under the label.", example: "One short clause is enough" },
    Field { name: "example", kind: Kind::Text, help: "An answer as it could look.", example: "Accounts Officer" },
    Field {
        name: "default",
        kind: Kind::Text,
        help: "What it holds before the reader types; `today` for a date that begins with the reader's own day.",
        example: "Lahore",
    },
    Field {
        name: "autocomplete",
        kind: Kind::Text,
        help: "A token of the HTML `autocomplete` attribute.",
        example: "name",
    },
    Field {
        name: "suggestions",
        kind: Kind::List,
        help: "Answers to take with one press.",
        example: "[a family matter, illness]",
    },
    Field {
        name: "choices",
        kind: Kind::List,
        help: "The only answers; makes the field a choice.",
        example: "[one month, two weeks]",
    },
    Field { name: "required", kind: Kind::Flag, help: "Whether the letter makes sense without it.", example: "false" },
];

/// Reads each entry as the declaration of the field that its key names. An empty value declares the name alone.
pub(crate) fn read(
    source: SourceText<'_>,
    entries: &[Entry],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<FieldDeclaration> {
    entries.iter().filter_map(|entry| declaration(source, entry, diagnostics)).collect()
}

fn declaration(source: SourceText<'_>, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<FieldDeclaration> {
    let named = FieldDeclaration { name: entry.key.clone(), name_span: entry.key_span.clone(), ..Default::default() };
    let inner = match &entry.node.value {
        Value::Null => return Some(named),
        Value::Map(inner) => inner,
        other => {
            let message = format!("`{}` should say more of the field, and this is {}", entry.key, other.describe());
            let hint = format!("write for example `{}: {{ hint: \"One short clause\" }}`", entry.key);
            diagnostics.push(Diagnostic::error("wrong-type", message).at(source, entry.node.span.clone()).hint(hint));
            return None;
        }
    };
    let mut reader = Reader::new(source, inner, LETTER_FIELD_FIELDS, UnknownKeys::Error, diagnostics);
    // A condition names a choice in one line.
    let in_one_line = |text: &String| single_spaced(text).into_owned();
    let choices: Vec<String> = texts(&mut reader, "choices").iter().map(in_one_line).collect();
    let default = reader.text("default");
    Some(FieldDeclaration {
        kind: kind(&mut reader),
        label: reader.text("label"),
        hint: reader.text("hint"),
        example: reader.text("example"),
        default: if choices.is_empty() { default } else { default.as_ref().map(in_one_line) },
        autocomplete: reader.text("autocomplete"),
        suggestions: texts(&mut reader, "suggestions"),
        choices,
        required: reader.flag("required"),
        ..named
    })
}

fn kind(reader: &mut Reader<'_, '_>) -> Option<FieldType> {
    let written = reader.text("type")?;
    let found = FieldType::from_name(&written);
    if found.is_none() {
        let names = FieldType::ALL.map(FieldType::name);
        let diagnostic = Diagnostic::error("wrong-type", format!("`{written}` is not a type of field"));
        let hint = match did_you_mean(&written, names) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("the types are {}", names.join(", ")),
        };
        reader.report("type", diagnostic.hint(hint));
    }
    found
}

fn texts(reader: &mut Reader<'_, '_>, name: &str) -> Vec<String> {
    reader.list(name).into_iter().map(|(text, _)| text).collect()
}
