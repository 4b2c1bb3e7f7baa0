//! Typed values out of a tree of [`Entry`]s, by a table of [`Field`]s.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use jiff::civil::Date;

use super::dates::{Day, date_hint};
use super::{Entry, Node, Value};
use crate::diagnostic::{Diagnostic, Rule, SourceText};
use crate::text::did_you_mean;

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text on one line or several.
    Text,
    /// A whole number within a range.
    Number(NumberRange),
    /// Keys of its own, each with a whole number within a range.
    Numbers(NumberRange),
    /// `true` or `false`.
    Flag,
    /// A day, as `2026-03-05`; a time of day after it is allowed and ignored.
    Date,
    /// A list of texts; a single text is a list of one.
    List,
    /// Keys of its own.
    Group,
    /// A list of groups.
    Groups,
}

impl Kind {
    /// A whole number from `least` to `most`.
    #[must_use]
    pub const fn number(least: i64, most: i64) -> Self {
        Self::Number(NumberRange { least, most })
    }

    /// Keys of its own, each with a whole number from `least` to `most`.
    #[must_use]
    pub const fn numbers(least: i64, most: i64) -> Self {
        Self::Numbers(NumberRange { least, most })
    }

    /// What an editor would call it.
    #[must_use]
    pub fn describe(self) -> Cow<'static, str> {
        let name = match self {
            Self::Text => "text",
            Self::Number(range) => return format!("whole number {range}").into(),
            Self::Numbers(range) => return format!("group of whole numbers {range}").into(),
            Self::Flag => "true or false",
            Self::Date => "day",
            Self::List => "list",
            Self::Group => "group of keys",
            Self::Groups => "list of groups",
        };
        name.into()
    }
}

/// The whole numbers that a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberRange {
    /// The smallest.
    pub least: i64,
    /// The largest.
    pub most: i64,
}

impl NumberRange {
    /// The number that a text means. `None` if it is not a whole number, or not one of these.
    fn read(self, text: &str) -> Option<i64> {
        let number = text.replace('_', "").parse().ok()?;
        (self.least..=self.most).contains(&number).then_some(number)
    }
}

impl fmt::Display for NumberRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "from {} to {}", self.least, self.most)
    }
}

/// One row of a table of fields.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What it is for, one sentence.
    pub help: &'static str,
    /// A value as an editor would write it.
    pub example: &'static str,
}

/// What to make of a key that the table does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnknownKeys {
    /// An error, so that no misspelt key is lost.
    #[default]
    Error,
    /// A warning, for content that moves in from elsewhere.
    Warn,
    /// Nothing.
    Ignore,
}

/// Takes fields out of entries and gathers what is wrong with them.
pub struct Reader<'a, 'd> {
    source: SourceText<'a>,
    entries: &'a [Entry],
    table: &'static [Field],
    unknown: UnknownKeys,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'a, 'd> Reader<'a, 'd> {
    /// A reader of `entries` by `table`. Keys that the table lacks are reported at once, with the severity of `unknown`.
    pub fn new(
        source: SourceText<'a>,
        entries: &'a [Entry],
        table: &'static [Field],
        unknown: UnknownKeys,
        diagnostics: &'d mut Vec<Diagnostic>,
    ) -> Self {
        let mut reader = Self { source, entries, table, unknown, diagnostics };
        if unknown != UnknownKeys::Ignore {
            reader.report_unknown(unknown);
        }
        reader
    }

    fn report_unknown(&mut self, unknown: UnknownKeys) {
        for entry in self.entries {
            if self.table.iter().all(|field| field.name != entry.key) {
                let diagnostic = unknown_key(&entry.key, self.table, unknown);
                self.diagnostics.push(diagnostic.at(self.source, entry.key_span.clone()));
            }
        }
    }

    /// The entry of that name, if it is there and not empty.
    pub fn entry(&self, name: &str) -> Option<&'a Entry> {
        debug_assert!(self.table.iter().any(|field| field.name == name), "`{name}` is not in its table");
        self.entries.iter().find(|entry| entry.key == name && entry.node.value != Value::Null)
    }

    /// Whether the key is there, with a value or without.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == name)
    }

    /// Whether a key is there that the table lacks and that was probably meant to be this one.
    #[must_use]
    pub fn is_misspelt(&self, name: &str) -> bool {
        let unknown = self.entries.iter().filter(|entry| self.table.iter().all(|field| field.name != entry.key));
        let names = || self.table.iter().map(|field| field.name);
        unknown.into_iter().any(|entry| did_you_mean(&entry.key, names()) == Some(name))
    }

    /// Where a field's value is; if the field is missing, where the first entry is.
    #[must_use]
    pub fn span(&self, name: &str) -> Range<usize> {
        let entry = self.entries.iter().find(|entry| entry.key == name);
        entry.or(self.entries.first()).map_or(0..0, |entry| entry.node.span.clone())
    }

    /// Adds a diagnostic at the value of a field.
    pub fn report(&mut self, name: &str, diagnostic: Diagnostic) {
        let span = self.span(name);
        self.diagnostics.push(diagnostic.at(self.source, span));
    }

    /// Text, without white space at its ends; `None` if it is empty.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let entry = self.entry(name)?;
        let text = self.scalar(entry)?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, name: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(name)?;
        let found = choices.iter().find(|(word, _)| word.eq_ignore_ascii_case(&text)).map(|(_, value)| *value);
        if found.is_none() {
            let words = choices.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            self.report(name, Diagnostic::error(Rule::WrongType, format!("`{name}` takes one of {words}")));
        }
        found
    }

    /// A whole number within the range of the field.
    pub fn number(&mut self, name: &str) -> Option<i64> {
        let entry = self.entry(name)?;
        let range = self.range(name)?;
        self.number_in(entry, range)
    }

    /// The whole numbers of a group such as `reading_grade`, each by its key.
    pub fn numbers(&mut self, name: &str) -> Vec<(String, i64)> {
        let Some(range) = self.range(name) else { return Vec::new() };
        let entries = self.group(name).unwrap_or_default();
        let number = |entry: &'a Entry| Some((entry.key.clone(), self.number_in(entry, range)?));
        entries.iter().filter_map(number).collect()
    }

    fn range(&self, name: &str) -> Option<NumberRange> {
        match self.table.iter().find(|field| field.name == name)?.kind {
            Kind::Number(range) | Kind::Numbers(range) => Some(range),
            _ => None,
        }
    }

    fn number_in(&mut self, entry: &'a Entry, range: NumberRange) -> Option<i64> {
        let text = self.scalar(entry)?;
        let number = range.read(text);
        if number.is_none() {
            let message = format!("`{}` takes a whole number {range}, and `{}` is not one", entry.key, short(text));
            self.wrong(entry, &message, None);
        }
        number
    }

    /// `true` or `false`; `yes` and `no` get a hint.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        let entry = self.entry(name)?;
        let text = self.scalar(entry)?;
        match text {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            other => {
                let message = format!("`{name}` should be true or false, and `{}` is neither", short(other));
                // Never guessed: a draft that is taken for none would be published.
                let diagnostic = Diagnostic::error(Rule::WrongType, message).at(self.source, entry.node.span.clone());
                let diagnostic = match truth(other) {
                    Some(meant) => diagnostic.hint(format!("write `{name}: {meant}`")).replace(
                        self.source,
                        entry.node.span.clone(),
                        meant.to_string(),
                    ),
                    None => diagnostic.hint(format!("write `{name}: true` or `{name}: false`")),
                };
                self.diagnostics.push(diagnostic);
                None
            }
        }
    }

    /// A day.
    pub fn date(&mut self, name: &str) -> Option<Date> {
        let entry = self.entry(name)?;
        let text = self.scalar(entry)?;
        let diagnostic = match Day::of(text) {
            Day::Is(date) => return Some(date),
            Day::Absent => {
                let message = format!("`{}` is what a program writes that has no date", short(text));
                Diagnostic::warning(Rule::EmptyDate, message).hint(format!("remove `{name}`, or give it a day"))
            }
            Day::Not => {
                let message = format!("`{name}` is not a date that exists: `{}`", short(text));
                Diagnostic::error(Rule::ImpossibleDate, message).hint(date_hint("", text))
            }
        };
        self.diagnostics.push(diagnostic.at(self.source, entry.node.span.clone()));
        None
    }

    /// Whether a field is there with a value that means something to its reader, or should.
    #[must_use]
    pub fn has_date(&self, name: &str) -> bool {
        self.entry(name).is_some_and(|entry| match &entry.node.value {
            Value::Scalar(text) => Day::of(text) != Day::Absent,
            _ => true,
        })
    }

    /// A list of texts with their places; a single text is a list of one.
    pub fn list(&mut self, name: &str) -> Vec<(String, Range<usize>)> {
        let Some(entry) = self.entry(name) else { return Vec::new() };
        let items = match &entry.node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(&entry.node),
        };
        items.iter().filter_map(|item| self.list_item(name, item)).collect()
    }

    fn list_item(&mut self, name: &str, item: &Node) -> Option<(String, Range<usize>)> {
        match &item.value {
            Value::Scalar(text) if !text.trim().is_empty() => Some((text.trim().to_owned(), item.span.clone())),
            Value::Scalar(_) | Value::Null => None,
            Value::Map(entries) if self.unknown != UnknownKeys::Error && name_in(entries).is_some() => {
                name_in(entries).map(|name| (name.to_owned(), item.span.clone()))
            }
            other => {
                let message = format!("`{name}` should list words or phrases, and this is {}", other.describe());
                let diagnostic = self.misfit(message).at(self.source, item.span.clone());
                self.diagnostics.push(diagnostic);
                None
            }
        }
    }

    /// The entries of a group, such as `publisher` with its `name` and `url`.
    pub fn group(&mut self, name: &str) -> Option<&'a [Entry]> {
        let entry = self.entry(name)?;
        match &entry.node.value {
            Value::Map(entries) => Some(entries),
            other => {
                self.wrong(
                    entry,
                    &format!("`{name}` should have keys of its own, and this is {}", other.describe()),
                    None,
                );
                None
            }
        }
    }

    /// The entries of each group of a list.
    pub fn groups(&mut self, name: &str) -> Vec<&'a [Entry]> {
        let Some(entry) = self.entry(name) else { return Vec::new() };
        let Value::List(items) = &entry.node.value else {
            self.wrong(entry, &format!("`{name}` should be a list, and this is {}", entry.node.value.describe()), None);
            return Vec::new();
        };
        items.iter().filter_map(|item| self.group_item(name, item)).collect()
    }

    fn group_item(&mut self, name: &str, item: &'a Node) -> Option<&'a [Entry]> {
        if let Value::Map(entries) = &item.value {
            return Some(entries);
        }
        let message = format!("each of `{name}` should have keys of its own, and this is {}", item.value.describe());
        self.diagnostics.push(Diagnostic::error(Rule::WrongType, message).at(self.source, item.span.clone()));
        None
    }

    /// A reader of a group inside this one, with a table of its own.
    pub fn inner(&mut self, entries: &'a [Entry], table: &'static [Field], unknown: UnknownKeys) -> Reader<'a, '_> {
        Reader::new(self.source, entries, table, unknown, self.diagnostics)
    }

    /// The diagnostics, to add to.
    pub fn diagnostics(&mut self) -> &mut Vec<Diagnostic> {
        self.diagnostics
    }

    /// The text that is read.
    #[must_use]
    pub fn source(&self) -> SourceText<'a> {
        self.source
    }

    fn scalar(&mut self, entry: &'a Entry) -> Option<&'a str> {
        match &entry.node.value {
            Value::Scalar(text) => Some(text),
            other => {
                let message = format!("`{}` should be one value, and this is {}", entry.key, other.describe());
                let written = self.source.text.get(entry.node.span.clone()).filter(|text| text.starts_with(['[', '{']));
                let on_one_line = written.filter(|text| !text.contains(['\n', '"']));
                self.wrong(
                    entry,
                    &message,
                    on_one_line.map(|text| format!("if it is a text, put it in quotation marks: `\"{text}\"`")),
                );
                None
            }
        }
    }

    fn wrong(&mut self, entry: &Entry, message: &str, hint: Option<String>) {
        let diagnostic = match DECISIVE.contains(&entry.key.as_str()) {
            true => Diagnostic::error(Rule::WrongType, message),
            false => self.misfit(message),
        };
        let mut diagnostic = diagnostic.at(self.source, entry.node.span.clone());
        diagnostic.hint = hint;
        self.diagnostics.push(diagnostic);
    }

    /// A value that can't be used. In content that moves in from elsewhere the key may mean something else there, as an unknown one does.
    fn misfit(&self, message: impl Into<String>) -> Diagnostic {
        match self.unknown {
            UnknownKeys::Error => Diagnostic::error(Rule::WrongType, message),
            UnknownKeys::Warn | UnknownKeys::Ignore => Diagnostic::warning(Rule::WrongType, message),
        }
    }
}

/// Keys that decide whether a page is public: never guessed, wherever content comes from.
const DECISIVE: &[&str] = &["draft", "date", "expires"];

/// A word that means true or false, in any notation.
#[must_use]
pub fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "on" | "1" | "t" => Some(true),
        "false" | "no" | "n" | "off" | "0" | "f" => Some(false),
        _ => None,
    }
}

/// The name in a group such as `{ name: Jane, url: … }`, as other generators write authors.
fn name_in(entries: &[Entry]) -> Option<&str> {
    let entry = entries.iter().find(|entry| entry.key == "name")?;
    match &entry.node.value {
        Value::Scalar(name) if !name.trim().is_empty() => Some(name.trim()),
        _ => None,
    }
}

/// What Hugo, Jekyll, Eleventy, Zola and WordPress's exports call a key, and what it is called here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("redirect_from", "aliases"),
    ("redirects", "aliases"),
    ("lastmod", "updated"),
    ("last_modified_at", "updated"),
    ("modified", "updated"),
    ("publishdate", "date"),
    ("pubdate", "date"),
    ("created", "date"),
    ("expirydate", "expires"),
    ("summary", "description"),
    ("excerpt", "description"),
    ("categories", "topics"),
    ("category", "topics"),
    ("keywords", "tags"),
    ("cover", "image"),
    ("thumbnail", "image"),
    ("featured_image", "image"),
    ("noindex", "no_index"),
];

fn unknown_key(key: &str, table: &[Field], unknown: UnknownKeys) -> Diagnostic {
    let message = format!("`{}` is not a key that Letterpress knows", short(key));
    let diagnostic = match unknown {
        UnknownKeys::Error => Diagnostic::error(Rule::UnknownKey, message),
        UnknownKeys::Warn | UnknownKeys::Ignore => Diagnostic::warning(Rule::UnknownKey, message),
    };
    let known = |name: &str| table.iter().any(|field| field.name == name);
    if let Some((_, here)) = ELSEWHERE.iter().find(|(other, here)| key.eq_ignore_ascii_case(other) && known(here)) {
        return diagnostic.hint(format!("here that is `{here}`"));
    }
    match did_you_mean(key, table.iter().map(|field| field.name)) {
        Some(known) => diagnostic.hint(format!("did you mean `{known}`?")),
        None => diagnostic.hint(format!("the keys here are {}", names(table))),
    }
}

fn names(table: &[Field]) -> String {
    table.iter().map(|field| field.name).collect::<Vec<_>>().join(", ")
}

/// A value as a message shows it: not more of it than a line can hold.
pub(crate) fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::parse_yaml;
    use crate::source::SourcePath;

    const TABLE: &[Field] = &[
        Field { name: "title", kind: Kind::Text, help: "", example: "" },
        Field { name: "date", kind: Kind::Date, help: "", example: "" },
        Field { name: "draft", kind: Kind::Flag, help: "", example: "" },
        Field { name: "tags", kind: Kind::List, help: "", example: "" },
    ];

    fn read<T>(text: &str, take: impl FnOnce(&mut Reader<'_, '_>) -> T) -> (T, Vec<Diagnostic>) {
        let path = SourcePath::new("content/a.md");
        let entries = parse_yaml(text, 0).unwrap();
        let mut diagnostics = Vec::new();
        let mut reader =
            Reader::new(SourceText::new(&path, text), &entries, TABLE, UnknownKeys::Error, &mut diagnostics);
        let value = take(&mut reader);
        (value, diagnostics)
    }

    #[test]
    fn a_misspelt_key_is_an_error_that_names_the_right_one() {
        let ((), diagnostics) = read("tilte: A\n", |_| ());
        assert_eq!(diagnostics[0].hint.as_deref(), Some("did you mean `title`?"));
    }

    #[test]
    fn a_date_that_does_not_exist_is_told_at_its_place() {
        let (date, diagnostics) = read("title: A\ndate: 2026-02-30\n", |reader| reader.date("date"));
        assert_eq!(date, None);
        let start = diagnostics[0].location.as_ref().unwrap().start;
        assert_eq!((start.line, start.column), (2, 7));
    }

    #[test]
    fn a_time_of_day_is_allowed_after_a_date() {
        let (date, diagnostics) = read("date: 2026-02-03T10:00:00Z\n", |reader| reader.date("date"));
        assert_eq!((date.map(|date| date.day()), diagnostics.len()), (Some(3), 0));
    }

    #[test]
    fn a_single_tag_is_a_list_of_one() {
        let (tags, _) = read("tags: email\n", |reader| reader.list("tags"));
        assert_eq!(tags.len(), 1);
    }

    #[test]
    fn yes_is_answered_with_true() {
        let (_, diagnostics) = read("draft: yes\n", |reader| reader.flag("draft"));
        assert_eq!(diagnostics[0].hint.as_deref(), Some("write `draft: true`"));
    }
}
