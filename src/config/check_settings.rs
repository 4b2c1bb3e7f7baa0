//! The settings of checks under `[check]`: the severity of each rule, limits, dictionaries.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Rule, Severity, unknown_rule};
use crate::fields::{Entry, Field, Kind, Reader, UnknownKeys, Value};
use crate::text::did_you_mean;

/// The settings of `[check]`.
pub const CHECK_FIELDS: &[Field] = &[
    Field {
        name: "rules",
        kind: Kind::Group,
        help: "How much rules matter, by code: `error`, `warning` or `off`.",
        example: "{ long-sentence = \"warning\", bare-url = \"off\" }",
    },
    Field {
        name: "stale_after_months",
        kind: Kind::number(1, 1200),
        help: "After how many months without a change a page is stale.",
        example: "18",
    },
    Field {
        name: "review_required",
        kind: Kind::List,
        help: "The sections whose pages must have `review_by`.",
        example: "[\"articles\"]",
    },
    Field {
        name: "sentence_words",
        kind: Kind::number(1, 10_000),
        help: "The most words of a sentence; giving it turns `long-sentence` on.",
        example: "40",
    },
    Field {
        name: "reading_grade",
        kind: Kind::numbers(1, 100),
        help: "The highest Flesch–Kincaid grade, by section; `default` for the others.",
        example: "{ articles = 9, default = 11 }",
    },
    Field {
        name: "reading_ease",
        kind: Kind::numbers(-100, 121),
        help: "The lowest Flesch reading ease, by section; `default` for the others.",
        example: "{ articles = 60 }",
    },
    Field { name: "image_kilobytes", kind: Kind::number(1, 1_000_000), help: "The largest picture.", example: "500" },
    Field {
        name: "page_kilobytes",
        kind: Kind::number(1, 1_000_000),
        help: "The largest page, as HTML.",
        example: "300",
    },
    Field {
        name: "dictionaries",
        kind: Kind::Group,
        help: "Hunspell dictionaries by language, from the site's folder and without `.dic`; turns `spelling` on.",
        example: "{ en = \"dictionaries/en_GB\" }",
    },
    Field {
        name: "words",
        kind: Kind::Text,
        help: "The site's own words, one a line, that a dictionary may lack.",
        example: "\"dictionaries/words.txt\"",
    },
    Field {
        name: "external_skip",
        kind: Kind::List,
        help: "Beginnings of addresses that `check --external` leaves alone.",
        example: "[\"https://www.linkedin.com/\"]",
    },
    Field {
        name: "external_cache_days",
        kind: Kind::number(1, 3650),
        help: "For how many days a good answer of another site is remembered.",
        example: "7",
    },
    Field {
        name: "external_timeout_seconds",
        kind: Kind::number(1, 600),
        help: "How long `check --external` waits for an answer.",
        example: "10",
    },
];

/// How checks are made on this site.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckSettings {
    /// How much rules matter, by code; none: not at all.
    pub levels: BTreeMap<Rule, Option<Severity>>,
    /// After how many months without a change a page is stale.
    pub stale_after_months: Option<i64>,
    /// The sections whose pages must have `review_by`.
    pub review_required: Vec<String>,
    /// The most words of a sentence.
    pub sentence_words: Option<usize>,
    /// The highest grade, by section.
    pub reading_grade: BTreeMap<String, i64>,
    /// The lowest ease, by section.
    pub reading_ease: BTreeMap<String, i64>,
    /// The largest image, in kilobytes of 1000 bytes.
    pub image_kilobytes: usize,
    /// The largest page, in kilobytes of 1000 bytes.
    pub page_kilobytes: usize,
    /// Paths of Hunspell dictionaries from the site's folder without extension, by language.
    pub dictionaries: BTreeMap<String, String>,
    /// The path of the site's own words.
    pub words: Option<String>,
    /// Beginnings of addresses that are not asked for.
    pub external_skip: Vec<String>,
    /// For how many days a good answer is remembered.
    pub external_cache_days: i64,
    /// How long to wait for an answer, in seconds.
    pub external_timeout_seconds: u64,
}

impl Default for CheckSettings {
    fn default() -> Self {
        Self {
            levels: BTreeMap::new(),
            stale_after_months: None,
            review_required: Vec::new(),
            sentence_words: None,
            reading_grade: BTreeMap::new(),
            reading_ease: BTreeMap::new(),
            image_kilobytes: 500,
            page_kilobytes: 300,
            dictionaries: BTreeMap::new(),
            words: None,
            external_skip: Vec::new(),
            external_cache_days: 7,
            external_timeout_seconds: 10,
        }
    }
}

/// Reads the group `[check]`.
pub(super) fn read(reader: &mut Reader<'_, '_>, entries: &[Entry]) -> CheckSettings {
    let source = reader.source();
    let mut reader = Reader::new(source, entries, CHECK_FIELDS, UnknownKeys::Error, reader.diagnostics());
    let defaults = CheckSettings::default();
    CheckSettings {
        levels: levels(&mut reader),
        stale_after_months: reader.number("stale_after_months"),
        review_required: reader.list("review_required").into_iter().map(|(section, _)| section).collect(),
        sentence_words: reader.number("sentence_words").and_then(|words| words.try_into().ok()),
        reading_grade: reader.numbers("reading_grade").into_iter().collect(),
        reading_ease: reader.numbers("reading_ease").into_iter().collect(),
        image_kilobytes: size(&mut reader, "image_kilobytes", defaults.image_kilobytes),
        page_kilobytes: size(&mut reader, "page_kilobytes", defaults.page_kilobytes),
        dictionaries: texts(&mut reader, "dictionaries").into_iter().map(|(code, path, _)| (code, path)).collect(),
        words: reader.text("words"),
        external_skip: reader.list("external_skip").into_iter().map(|(start, _)| start).collect(),
        external_cache_days: reader.number("external_cache_days").unwrap_or(defaults.external_cache_days),
        external_timeout_seconds: reader
            .number("external_timeout_seconds")
            .and_then(|seconds| seconds.try_into().ok())
            .unwrap_or(defaults.external_timeout_seconds),
    }
}

fn levels(reader: &mut Reader<'_, '_>) -> BTreeMap<Rule, Option<Severity>> {
    let mut levels = BTreeMap::new();
    for (code, level, span) in texts(reader, "rules") {
        let Some(rule) = Rule::of_code(&code) else {
            report(reader, unknown_rule(&code), span);
            continue;
        };
        match level.to_lowercase().as_str() {
            "error" => levels.insert(rule, Some(Severity::Error)),
            "warning" | "warn" => levels.insert(rule, Some(Severity::Warning)),
            "off" => levels.insert(rule, None),
            _ => {
                let diagnostic =
                    Diagnostic::error(Rule::WrongType, format!("`{level}` is not how much a rule can matter"));
                let hint = match did_you_mean(&level, ["error", "warning", "off"]) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "write `error`, `warning` or `off`".to_owned(),
                };
                report(reader, diagnostic.hint(hint), span);
                continue;
            }
        };
    }
    levels
}

fn report(reader: &mut Reader<'_, '_>, diagnostic: Diagnostic, span: Range<usize>) {
    let diagnostic = diagnostic.at(reader.source(), span);
    reader.diagnostics().push(diagnostic);
}

/// The keys of a group with their single values; the place is that of key and value.
fn texts(reader: &mut Reader<'_, '_>, name: &str) -> Vec<(String, String, Range<usize>)> {
    let mut texts = Vec::new();
    for entry in reader.group(name).unwrap_or_default() {
        let span = entry.key_span.start..entry.node.span.end.max(entry.key_span.end);
        match &entry.node.value {
            Value::Scalar(text) => texts.push((entry.key.clone(), text.clone(), span)),
            other => {
                let message = format!("`{}` should be one value, and this is {}", entry.key, other.describe());
                report(reader, Diagnostic::error(Rule::WrongType, message), span);
            }
        }
    }
    texts
}

fn size(reader: &mut Reader<'_, '_>, name: &str, default: usize) -> usize {
    reader.number(name).and_then(|number| number.try_into().ok()).unwrap_or(default)
}
