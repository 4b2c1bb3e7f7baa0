//! TOML → [`Node`]s.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::syntax_hints::{toml_file_slip, toml_slip};
use super::{Entry, Node, SyntaxFault, Value};
use crate::diagnostic::{Diagnostic, Rule, SourceText};
use crate::text::without_reserved;

/// Reads front matter in TOML. `offset` is added to every span: where `text` begins in its file.
///
/// # Errors
/// The first fault of the text.
pub fn parse_toml(text: &str, offset: usize) -> Result<Vec<Entry>, SyntaxFault> {
    parse(text, toml_slip).map(|table| entries(table.get_ref(), offset)).map_err(|fault| fault.shifted(offset))
}

/// Reads a file that is TOML as a whole, such as `letterpress.toml`. `None` if it is not, which is reported.
pub fn read_toml_file(source: SourceText<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Entry>> {
    let table = parse(source.text, toml_file_slip);
    let table = table.map_err(|fault| diagnostics.push(fault.diagnostic(Rule::InvalidToml, source))).ok()?;
    Some(entries(table.get_ref(), 0))
}

/// What is wrong with a text, from the byte where the parser gave up and its message.
type Slip = fn(&str, usize, &str) -> SyntaxFault;

fn parse(text: &str, slip: Slip) -> Result<Spanned<DeTable<'_>>, SyntaxFault> {
    DeTable::parse(text).map_err(|error| slip(text, error.span().map_or(0, |span| span.start), error.message()))
}

/// The table's entries in the order of the file.
fn entries(table: &DeTable<'_>, offset: usize) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table.iter().map(|(key, value)| entry(key, value, offset)).collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    entries
}

fn entry(key: &Spanned<Cow<'_, str>>, value: &Spanned<DeValue<'_>>, offset: usize) -> Entry {
    Entry { key: clean(key.get_ref()), key_span: shift(key.span(), offset), node: node(value, offset) }
}

fn node(spanned: &Spanned<DeValue<'_>>, offset: usize) -> Node {
    let value = match spanned.get_ref() {
        DeValue::String(text) => Value::Scalar(clean(text)),
        DeValue::Integer(number) => Value::Scalar(number.as_str().to_owned()),
        DeValue::Float(number) => Value::Scalar(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Value::Scalar(flag.to_string()),
        DeValue::Datetime(datetime) => Value::Scalar(datetime.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| node(item, offset)).collect()),
        DeValue::Table(table) => Value::Map(entries(table, offset)),
    };
    Node { value, span: shift(spanned.span(), offset) }
}

fn clean(text: &str) -> String {
    without_reserved(text.into()).into_owned()
}

fn shift(span: Range<usize>, offset: usize) -> Range<usize> {
    span.start + offset..span.end + offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_lists_and_dates_arrive_as_written() {
        let text = "title = \"A\"\ndate = 2026-03-05\n[[links]]\nlabel = \"Home\"\n";
        let entries = parse_toml(text, 0).unwrap();
        assert_eq!(entries[1].node.value, Value::Scalar("2026-03-05".to_owned()));
        assert_eq!(&text[entries[1].node.span.clone()], "2026-03-05");
        assert!(matches!(&entries[2].node.value, Value::List(items) if items.len() == 1));
    }
}
