//! The settings of a letter's fields, in front matter (`fields:`) and in the configuration (`[letter_fields]`).

use std::ops::Range;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Rule, SourceText};
use crate::fields::{Entry, Field, Kind, Reader, UnknownKeys, Value};
use crate::text::{did_you_mean, single_spaced};

/// The settings of a letter's field.
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

/// What a field takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldType {
    /// A line of text.
    #[default]
    Text,
    /// Several lines.
    Multiline,
    /// A day.
    Date,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// One of a few given answers.
    Choice,
    /// An amount with its currency.
    Money,
}

impl FieldType {
    /// Every type, in the order of the editors' reference.
    pub const ALL: [FieldType; 7] = [
        FieldType::Text,
        FieldType::Multiline,
        FieldType::Date,
        FieldType::Email,
        FieldType::Phone,
        FieldType::Choice,
        FieldType::Money,
    ];

    /// The type's name in front matter and in templates.
    pub fn name(self) -> &'static str {
        match self {
            FieldType::Text => "text",
            FieldType::Multiline => "multiline",
            FieldType::Date => "date",
            FieldType::Email => "email",
            FieldType::Phone => "phone",
            FieldType::Choice => "choice",
            FieldType::Money => "money",
        }
    }

    /// The type of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A field under `fields:` in front matter; everything but the name may be left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldDeclaration {
    /// The placeholder's words, without brackets.
    pub name: String,
    /// Where the name is in the file.
    pub name_span: Range<usize>,
    /// What the field takes.
    pub kind: Option<FieldType>,
    /// What the form calls it, if not by its name.
    pub label: Option<String>,
    /// A line under the label.
    pub hint: Option<String>,
    /// An answer as it could look.
    pub example: Option<String>,
    /// What it holds before the reader types.
    pub default: Option<String>,
    /// A token of the HTML `autocomplete` attribute.
    pub autocomplete: Option<String>,
    /// Answers that a reader can choose with one tap.
    pub suggestions: Vec<String>,
    /// The only answers.
    pub choices: Vec<String>,
    /// Whether the letter makes sense without it.
    pub required: Option<bool>,
}

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
            diagnostics
                .push(Diagnostic::error(Rule::WrongType, message).at(source, entry.node.span.clone()).hint(hint));
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
        let diagnostic = Diagnostic::error(Rule::WrongType, format!("`{written}` is not a type of field"));
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
