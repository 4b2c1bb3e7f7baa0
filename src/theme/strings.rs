//! The theme's words in each language, with the plural forms that the language has (CLDR).

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use jiff::civil::Date;

use crate::collect::ThemeFiles;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Places, Rule, SourceText};
use crate::fields::{Entry, Value, read_toml_file};
use crate::languages::primary_language;
use crate::source::Source;
use crate::storage::Fingerprint;

/// A text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// Always the same.
    Plain(String),
    /// By plural category: `one`, `other`, …
    Counted(BTreeMap<String, String>),
}

/// The theme's words in one language.
#[derive(Debug)]
pub struct Strings {
    /// Asked some dozen times for each page.
    texts: HashMap<String, Text, RandomState>,
    /// The ten digits, if they are not 0 to 9.
    digits: Option<Vec<char>>,
    plural: Option<PluralRules>,
    /// The fingerprint of all texts.
    pub fingerprint: Fingerprint,
}

const FOLDER: &str = "strings/";
/// The language whose words replace missing ones.
const FALLBACK: &str = "en";
/// The key under which a language names its ten digits, if they are not 0 to 9.
const DIGITS: &str = "digits";

/// The words of each language of the site, by its code. Where the theme has none of a language, or lacks some, those of the wider
/// language replace it (`pt` for `pt-BR`), then the English ones, and the theme's author gets a diagnostic.
pub(super) fn read(
    files: &ThemeFiles,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Strings> {
    let named = files.files.iter().filter_map(|(path, source)| {
        let code = path.strip_prefix(FOLDER)?.strip_suffix(".toml")?;
        Some((code, source))
    });
    let written: BTreeMap<&str, (&Source, BTreeMap<String, Text>)> =
        named.map(|(code, source)| (code, (&**source, read_texts(source, diagnostics)))).collect();
    let codes = config.languages.iter().map(|language| language.code.as_str());
    codes.map(|code| (code.to_owned(), in_language(code, &written, diagnostics))).collect()
}

fn in_language(
    code: &str,
    written: &BTreeMap<&str, (&Source, BTreeMap<String, Text>)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Strings {
    let primary = primary_language(code);
    let own: Vec<_> = [code, primary.as_str()].into_iter().filter_map(|code| written.get(code)).collect();
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    for (_, layer) in &own {
        for (key, text) in layer {
            texts.entry(key.clone()).or_insert_with(|| text.clone());
        }
    }
    let english = written.get(FALLBACK).or_else(|| written.values().next());
    let mut lacking: Vec<&str> = Vec::new();
    for (key, text) in english.into_iter().flat_map(|(_, layer)| layer) {
        if !texts.contains_key(key) {
            lacking.push(key);
            texts.insert(key.clone(), text.clone());
        }
    }
    if !lacking.is_empty() {
        diagnostics.push(lacks(code, own.first().map(|(source, _)| *source), &lacking));
    }
    let fingerprint = Fingerprint::of(format!("{texts:?}").as_bytes());
    Strings::new(texts, code, fingerprint)
}

fn lacks(code: &str, source: Option<&Source>, lacking: &[&str]) -> Diagnostic {
    const NAMED: usize = 6;
    let more = if lacking.len() > NAMED { ", …" } else { "" };
    let names = lacking.iter().take(NAMED).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    match source {
        None => Diagnostic::warning(
            Rule::MissingStrings,
            format!("the theme has no words in `{code}`; English ones stand in"),
        )
        .hint(format!(
            "copy the theme's strings/en.toml to strings/{code}.toml in the site's own theme and translate it"
        )),
        Some(source) => {
            let message = format!("the words in `{code}` lack {}; English ones stand in", lacking.len());
            Diagnostic::warning(Rule::MissingStrings, message).in_file(&source.path).hint(format!("add {names}{more}"))
        }
    }
}

fn read_texts(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, Text> {
    let text = source.lossy_text();
    let places = Places::default();
    let source_text = SourceText::new(&source.path, &text).with(&places);
    let entries = read_toml_file(source_text, diagnostics).unwrap_or_default();
    let mut texts = BTreeMap::new();
    for entry in entries {
        match read_text(&entry) {
            Some(text) => drop(texts.insert(entry.key, text)),
            None => {
                let message = format!("`{}` should be a text, or a table of plural forms", entry.key);
                diagnostics.push(Diagnostic::error(Rule::WrongType, message).at(source_text, entry.node.span));
            }
        }
    }
    texts
}

impl Strings {
    fn new(texts: BTreeMap<String, Text>, code: &str, fingerprint: Fingerprint) -> Self {
        let digits = match texts.get(DIGITS) {
            Some(Text::Plain(digits)) => Some(digits.chars().collect()),
            _ => None,
        };
        Self { texts: texts.into_iter().collect(), digits, plural: plural_rules(code), fingerprint }
    }

    /// The text of a key with its `{names}` filled in; `None` if the theme has no such key. `count` chooses the plural form.
    #[must_use]
    pub fn get(&self, key: &str, count: Option<i64>, values: &[(&str, String)]) -> Option<String> {
        let pattern = match self.texts.get(key)? {
            Text::Plain(text) => text,
            Text::Counted(forms) => forms.get(self.category(count)).or_else(|| forms.get("other"))?,
        };
        Some(fill(pattern, values))
    }

    /// The text of a key without any values in it, or the key itself.
    #[must_use]
    pub fn word(&self, key: &str) -> String {
        self.get(key, None, &[]).unwrap_or_else(|| key.to_owned())
    }

    /// A day in full, as the language writes it: `5 March 2026`.
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        let month = self.word(&format!("month_{}", date.month()));
        let values = [
            ("day", self.number(&date.day().to_string())),
            ("month", month),
            ("year", self.number(&date.year().to_string())),
        ];
        self.get("date_in_full", None, &values).unwrap_or_else(|| date.to_string())
    }

    /// A number with the digits that the language writes.
    #[must_use]
    pub fn number(&self, number: &str) -> String {
        let Some(digits) = &self.digits else { return number.to_owned() };
        let own = |character: char| character.to_digit(10).and_then(|digit| digits.get(digit as usize).copied());
        number.chars().map(|character| own(character).unwrap_or(character)).collect()
    }

    fn category(&self, count: Option<i64>) -> &'static str {
        let (Some(count), Some(plural)) = (count, &self.plural) else { return "other" };
        match plural.category_for(count) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }
}

fn read_text(entry: &Entry) -> Option<Text> {
    match &entry.node.value {
        Value::Scalar(text) => Some(Text::Plain(text.clone())),
        Value::Map(forms) => {
            let form = |form: &Entry| match &form.node.value {
                Value::Scalar(text) => Some((form.key.clone(), text.clone())),
                _ => None,
            };
            Some(Text::Counted(forms.iter().map(form).collect::<Option<_>>()?))
        }
        Value::Null | Value::List(_) => None,
    }
}

fn plural_rules(code: &str) -> Option<PluralRules> {
    let locale: Locale = code.parse().ok()?;
    PluralRules::try_new(locale.into(), Default::default()).ok()
}

/// `pattern` with each `{name}` replaced; values are not searched again.
fn fill(pattern: &str, values: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let found = after.split_once('}').and_then(|(name, behind)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, behind))
        });
        match found {
            Some((value, behind)) => {
                filled.push_str(value);
                rest = behind;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourcePath;

    fn strings(code: &str, text: &str) -> Strings {
        let source = Source::new(SourcePath::new("themes/a/strings/x.toml"), text.as_bytes());
        let texts = read_texts(&source, &mut Vec::new());
        Strings::new(texts, code, source.fingerprint)
    }

    #[test]
    fn a_count_chooses_the_form_that_the_language_has() {
        let english = strings("en", "letters = { one = \"{count} letter\", other = \"{count} letters\" }");
        let values = |count: i64| vec![("count", count.to_string())];
        assert_eq!(english.get("letters", Some(1), &values(1)).unwrap(), "1 letter");
        assert_eq!(english.get("letters", Some(3), &values(3)).unwrap(), "3 letters");
        let polish = strings("pl", "letters = { one = \"list\", few = \"listy\", other = \"listów\" }");
        assert_eq!(polish.get("letters", Some(3), &[]).unwrap(), "listy");
    }

    #[test]
    fn numbers_have_the_digits_of_the_language() {
        let persian =
            strings("fa", "digits = \"۰۱۲۳۴۵۶۷۸۹\"\ndate_in_full = \"{day} {month} {year}\"\nmonth_3 = \"مارس\"");
        assert_eq!(persian.date(jiff::civil::date(2026, 3, 15)), "۱۵ مارس ۲۰۲۶");
    }

    #[test]
    fn a_value_is_not_searched_for_further_names() {
        let english = strings("en", "hello = \"Hello {name} {other}\"");
        assert_eq!(english.get("hello", None, &[("name", "{name}".to_owned())]).unwrap(), "Hello {name} {other}");
    }

    #[test]
    fn words_that_are_lacking_are_counted_and_the_first_six_named() {
        let source = Source::new(SourcePath::new("themes/a/strings/fr.toml"), &b""[..]);
        let few = lacks("fr", Some(&source), &["menu", "skip"]);
        assert_eq!(few.message, "the words in `fr` lack 2; English ones stand in");
        assert_eq!(few.hint.as_deref(), Some("add `menu`, `skip`"));
        let many = lacks("fr", Some(&source), &["a", "b", "c", "d", "e", "f", "g"]);
        assert_eq!(many.message, "the words in `fr` lack 7; English ones stand in");
        assert_eq!(many.hint.as_deref(), Some("add `a`, `b`, `c`, `d`, `e`, `f`, …"));
    }
}
