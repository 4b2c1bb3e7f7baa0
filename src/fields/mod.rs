//! Text with keys and values → typed fields with their positions.
//!
//! Takes YAML or TOML (front matter, `letterpress.toml`, `theme.toml`) and returns a [`Node`] tree in which each key and value knows
//! its place; a [`Reader`] then takes typed values out of it by a table of [`Field`]s. The same table names the keys in a 'did you mean'
//! and makes the reference for editors, so parser, messages and reference can't disagree. It knows no field's meaning.

mod dates;
mod reader;
mod syntax_hints;
mod toml;
mod yaml;

pub(crate) use dates::date_hint;
pub use dates::{Day, day_of_name, is_date};
pub(crate) use reader::short;
pub use reader::{Field, Kind, NumberRange, Reader, UnknownKeys, truth};
pub use toml::{parse_toml, read_toml_file};
pub use yaml::parse_yaml;

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Rule, SourceText};

/// A value and its place, in bytes of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its place.
    pub span: Range<usize>,
}

/// A value as it was written; the meaning of a bare word depends on the field.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// Text, a number, a date or `true`/`false`, as written.
    Scalar(String),
    /// Several values.
    List(Vec<Node>),
    /// Keys with values, in the order in which they were written.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The place of the key.
    pub key_span: Range<usize>,
    /// Its value.
    pub node: Node,
}

/// Why a text could not be read as YAML or TOML.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntaxFault {
    /// What is wrong, without a full stop.
    pub message: String,
    /// Where.
    pub span: Range<usize>,
    /// What to do about it, if that is known.
    pub hint: Option<String>,
}

impl SyntaxFault {
    /// The fault as an error of a rule.
    #[must_use]
    pub fn diagnostic(self, rule: Rule, source: SourceText<'_>) -> Diagnostic {
        Diagnostic { hint: self.hint, ..Diagnostic::error(rule, self.message).at(source, self.span) }
    }

    fn shifted(self, offset: usize) -> Self {
        Self { span: self.span.start + offset..self.span.end + offset, ..self }
    }
}

impl Value {
    /// What an editor would call such a value.
    #[must_use]
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Scalar(_) => "a single value",
            Self::List(_) => "a list",
            Self::Map(_) => "a group of keys",
        }
    }
}
