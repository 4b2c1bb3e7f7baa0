//! A document's front matter, read by the table of fields.

use std::ops::Range;

use jiff::civil::Date;

use super::kept_back;
use super::kept_back::{Effect, KeptBack};
use super::markdown::first_heading;
use super::page_fields::{LETTER_FIELDS, PAGE_FIELDS};
use super::place::{Kind as DocumentKind, Place};
use super::schema::Schema;
use super::split::Split;
use crate::config::{Config, FieldDeclaration, letter_fields};
use crate::diagnostic::{Diagnostic, Rule, Severity, SourceText};
use crate::fields::{Entry, Reader, UnknownKeys, Value};
use crate::source::SourcePath;
use crate::text::{composed, single_spaced, titled, typeset, word_key};

/// A document's front matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrontMatter {
    /// The title; of a section or topic without one, the name of its folder or file.
    pub title: String,
    /// Where the title is in the file.
    pub title_span: Range<usize>,
    /// One sentence, or nothing.
    pub description: String,
    /// Where the description is in the file.
    pub description_span: Range<usize>,
    /// The day of publication.
    pub date: Option<Date>,
    /// The day of the last change.
    pub updated: Option<Date>,
    /// The day by which it should be read again.
    pub review_by: Option<Date>,
    /// Where that day is in the file.
    pub review_by_span: Range<usize>,
    /// The day from which it is withdrawn.
    pub expires: Option<Date>,
    /// Whether it is kept back.
    pub draft: bool,
    /// Whether it must be kept back, since its state of publication can't be understood.
    pub is_unclear: bool,
    /// What keeps it back in the words of other generators.
    pub kept_back: Vec<KeptBack>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The keys of its topics with their places.
    pub topics: Vec<(String, Range<usize>)>,
    /// The same topics as they are written.
    pub topic_names: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its word in the address.
    pub slug: Option<String>,
    /// Where that is in the file.
    pub slug_span: Range<usize>,
    /// Addresses from which readers are sent here, with their places.
    pub aliases: Vec<(String, Range<usize>)>,
    /// An image beside the file, with its place.
    pub image: Option<(String, Range<usize>)>,
    /// Its place in listings.
    pub weight: Option<i64>,
    /// Pages to read next, with their places.
    pub related: Vec<(String, Range<usize>)>,
    /// Whether to show the list of contents.
    pub toc: Option<bool>,
    /// Its schema.org type, if the page sets it.
    pub schema: Option<Schema>,
    /// Where that is in the file.
    pub schema_span: Range<usize>,
    /// Whether search engines are asked to leave it out.
    pub no_index: bool,
    /// Whether the site's own search finds it.
    pub search: bool,
    /// The rules that the page may break.
    pub allow: Vec<Allowance>,
    /// Whether the front matter could not be read, so that nothing is known of what is missing here.
    pub broken: bool,
    /// A letter's subject line, and where it is in the file.
    pub subject: Option<(String, usize)>,
    /// A letter's guidance, and where it is in the file.
    pub guidance: Option<(String, Range<usize>)>,
    /// In which situations a reader looks for a letter.
    pub situations: Vec<String>,
    /// Settings of a letter's placeholders.
    pub fields: Vec<FieldDeclaration>,
}

/// A rule that a page may break.
#[derive(Debug, Clone, PartialEq)]
pub struct Allowance {
    /// The rule's code.
    pub code: String,
    /// Where the code is in the file.
    pub span: Range<usize>,
    /// Why the page may break it; empty if the editor gave no reason.
    pub reason: String,
}

/// Reads the fields; with faults, as many as can be read.
pub(super) fn read(
    source: SourceText<'_>,
    split: &Split,
    place: &Place,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> FrontMatter {
    let unknown = if split.broken { UnknownKeys::Ignore } else { config.unknown_keys };
    let mut reader = Reader::new(source, &split.entries, PAGE_FIELDS, unknown, diagnostics);
    let mut front = FrontMatter {
        title: reader.text("title").map(|text| typeset(&text)).unwrap_or_default(),
        title_span: reader.span("title"),
        description: reader.text("description").map(|text| typeset(&single_spaced(&text))).unwrap_or_default(),
        description_span: reader.span("description"),
        date: reader.date("date"),
        updated: reader.date("updated"),
        review_by: reader.date("review_by"),
        review_by_span: reader.span("review_by"),
        expires: reader.date("expires"),
        draft: reader.flag("draft").unwrap_or(false),
        authors: authors(&mut reader),
        tags: tags(&mut reader),
        slug: slug(&mut reader, unknown),
        slug_span: reader.span("slug"),
        aliases: reader.list("aliases"),
        image: reader.text("image").map(|image| (image, reader.span("image"))),
        weight: reader.number("weight"),
        related: reader.list("related"),
        toc: reader.flag("toc"),
        schema: reader.choice("schema", &Schema::NAMES),
        schema_span: reader.span("schema"),
        no_index: reader.flag("no_index").unwrap_or(false),
        search: reader.flag("search").unwrap_or(true),
        allow: allowances(&mut reader),
        broken: split.broken,
        ..FrontMatter::default()
    };
    front.is_unclear = is_unclear(&reader, &front);
    read_topics(&mut reader, &mut front);
    read_letter(&mut reader, &mut front, place.kind, unknown);
    check_dates(&mut reader, &front);
    if front.title.is_empty() {
        front.title = missing_title(&mut reader, place, split, unknown);
    }
    front
}

/// The rules whose errors mean that a page's front matter can't be understood.
const OF_UNCLEAR: &[Rule] = &[
    Rule::InvalidYaml,
    Rule::InvalidToml,
    Rule::UnclosedFrontMatter,
    Rule::MisplacedFrontMatter,
    Rule::ImpossibleDate,
    Rule::WrongType,
];

/// Whether a key that decides when the page is public has a value that could not be read.
fn is_unclear(reader: &Reader<'_, '_>, front: &FrontMatter) -> bool {
    let is_lost = |name: &str, is_read: bool| reader.has_date(name) && !is_read;
    let is_draft_lost = reader.entry("draft").is_some_and(|entry| !is_flag(&entry.node.value));
    front.broken
        || is_draft_lost
        || is_lost("date", front.date.is_some())
        || is_lost("expires", front.expires.is_some())
}

fn is_flag(value: &Value) -> bool {
    matches!(value, Value::Scalar(text) if matches!(text.to_ascii_lowercase().as_str(), "true" | "false"))
}

impl FrontMatter {
    /// Adds what keys of other generators and the file's path mean. The day of publication is the latest of all that are given.
    pub(super) fn keep_back(&mut self, keys: Vec<KeptBack>, path: &SourcePath) {
        let has_date = self.date.is_some() || keys.iter().any(|one| matches!(one.effect, Effect::From(_)));
        self.kept_back = keys;
        self.kept_back.extend(kept_back::by_path(path, has_date));
    }

    /// The day from which readers see the page, if there is one.
    #[must_use]
    pub fn starts(&self) -> Option<Date> {
        let days = self.kept_back.iter().filter_map(|one| match one.effect {
            Effect::From(day) => Some(day),
            _ => None,
        });
        days.chain(self.date).max()
    }

    /// The day from which readers no longer see the page, if there is one.
    #[must_use]
    pub fn ends(&self) -> Option<Date> {
        let days = self.kept_back.iter().filter_map(|one| match one.effect {
            Effect::Until(day) => Some(day),
            _ => None,
        });
        days.chain(self.expires).min()
    }

    /// Whether the page is kept back whatever the day, and not by `draft: true`.
    #[must_use]
    pub fn is_withheld(&self, config: &Config) -> bool {
        self.kept_back.iter().any(|one| one.effect == Effect::Withheld)
            || (self.is_unclear && self.is_let_through(config))
    }

    /// Whether the site or the page has set aside a rule whose errors keep pages from being published that can't be understood.
    fn is_let_through(&self, config: &Config) -> bool {
        let is_error = |rule| !matches!(config.check.levels.get(rule), Some(level) if *level != Some(Severity::Error));
        OF_UNCLEAR
            .iter()
            .any(|rule| !is_error(rule) || self.allow.iter().any(|allowance| allowance.code == rule.code()))
    }

    /// Where the front matter decides the page's address: its slug, else its title.
    #[must_use]
    pub fn address_span(&self) -> Range<usize> {
        if self.slug.is_some() { self.slug_span.clone() } else { self.title_span.clone() }
    }
}

/// Content from elsewhere has its own conventions; what can be guessed for it is a warning.
fn guessed(unknown: UnknownKeys, rule: Rule, message: impl Into<String>) -> Diagnostic {
    match unknown {
        UnknownKeys::Error => Diagnostic::error(rule, message),
        UnknownKeys::Warn | UnknownKeys::Ignore => Diagnostic::warning(rule, message),
    }
}

/// A letter is what it is.
fn report_schema_of_letter(reader: &mut Reader<'_, '_>) {
    if reader.has("schema") {
        let diagnostic =
            Diagnostic::error(Rule::MisplacedKey, "`schema` is for articles and pages, and this is a letter");
        reader.report("schema", diagnostic.hint("remove the key"));
    }
}

fn read_letter(reader: &mut Reader<'_, '_>, front: &mut FrontMatter, kind: DocumentKind, unknown: UnknownKeys) {
    if kind != DocumentKind::Letter {
        if unknown == UnknownKeys::Error {
            report_misplaced(reader);
        }
        return;
    }
    report_schema_of_letter(reader);
    front.subject = subject(reader);
    front.guidance = reader.text("guidance").map(|guidance| (guidance, reader.span("guidance")));
    front.situations = texts(reader, "situations").iter().map(|text| typeset(text)).collect();
    let entries = reader.group("fields").unwrap_or_default();
    let source = reader.source();
    front.fields = letter_fields::read(source, entries, reader.diagnostics());
}

/// The subject, and where its first character is: after the quotation mark, if it is quoted.
fn subject(reader: &mut Reader<'_, '_>) -> Option<(String, usize)> {
    let subject = reader.text("subject")?;
    let span = reader.span("subject");
    let written = reader.source().text.get(span.clone()).unwrap_or_default();
    let quote = usize::from(written.starts_with(['"', '\'']));
    Some((subject, span.start + quote))
}

fn report_misplaced(reader: &mut Reader<'_, '_>) {
    for name in LETTER_FIELDS {
        if reader.entry(name).is_some() {
            let message = format!("`{name}` is for letters, and this is not one");
            let hint = "move the file into content/letters/, or remove the key";
            reader.report(name, Diagnostic::error(Rule::MisplacedKey, message).hint(hint));
        }
    }
}

fn allowances(reader: &mut Reader<'_, '_>) -> Vec<Allowance> {
    let entries = reader.group("allow").unwrap_or_default();
    let allowance = |entry: &Entry| Allowance {
        code: entry.key.clone(),
        span: entry.key_span.clone(),
        reason: match &entry.node.value {
            Value::Scalar(reason) => reason.trim().to_owned(),
            _ => String::new(),
        },
    };
    entries.iter().map(allowance).collect()
}

fn authors(reader: &mut Reader<'_, '_>) -> Vec<String> {
    let mut authors = texts(reader, "author");
    authors.extend(texts(reader, "authors"));
    authors
}

/// So many topics, tags or authors a page has at most. Each page of a topic names all topics of the pages in it, so that their number counts
/// with its square.
const MOST: usize = 100;

fn few(reader: &mut Reader<'_, '_>, name: &str) -> Vec<(String, Range<usize>)> {
    let mut list = reader.list(name);
    if list.len() > MOST {
        let message = format!("`{name}` takes at most {MOST} entries, and these are {}", list.len());
        reader.report(name, Diagnostic::error(Rule::WrongType, message).hint("name the few that the page is about"));
        list.truncate(MOST);
    }
    list
}

fn texts(reader: &mut Reader<'_, '_>, name: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for (text, _) in few(reader, name) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

/// Tags, listed or between commas.
fn tags(reader: &mut Reader<'_, '_>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for text in texts(reader, "tags") {
        for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
            if !tags.iter().any(|known| known == tag) {
                tags.push(tag.to_owned());
            }
        }
    }
    tags
}

/// Topics by key, so that 'Offers and pay' and `offers-and-pay` are the same.
fn read_topics(reader: &mut Reader<'_, '_>, front: &mut FrontMatter) {
    for (topic, span) in few(reader, "topics") {
        let key = word_key(&topic);
        if !key.is_empty() && front.topics.iter().all(|(known, _)| *known != key) {
            front.topics.push((key, span));
            front.topic_names.push(single_spaced(&composed(&topic)).into_owned());
        }
    }
}

fn slug(reader: &mut Reader<'_, '_>, unknown: UnknownKeys) -> Option<String> {
    let written = reader.text("slug")?;
    let slug = crate::text::slug_of(&written);
    if slug != written {
        let message = format!("`{written}` can't stand in an address as it is");
        let diagnostic = guessed(unknown, Rule::BadSlug, message);
        let hint = if slug.is_empty() {
            "use letters, digits and hyphens".to_owned()
        } else {
            format!("write `slug: {slug}`")
        };
        reader.report("slug", diagnostic.hint(hint));
    }
    (!slug.is_empty()).then_some(slug)
}

fn check_dates(reader: &mut Reader<'_, '_>, front: &FrontMatter) {
    let Some(date) = front.date else { return };
    if front.updated.is_some_and(|updated| updated < date) {
        let message = format!("`updated` is before `date`, which is {date}");
        reader.report(
            "updated",
            Diagnostic::error(Rule::UpdatedBeforeDate, message).hint("swap them, or remove `updated`"),
        );
    }
    if front.expires.is_some_and(|expires| expires <= date) {
        let message = format!("`expires` is not after `date`, which is {date}, so the page would never be seen");
        reader.report(
            "expires",
            Diagnostic::error(Rule::ExpiresBeforeDate, message)
                .hint("correct one of the two dates, or remove `expires`"),
        );
    }
}

/// The words behind a value that YAML takes for a comment and their writer did not: ` #1`, where a comment is written `# one`.
pub(crate) fn cut_off(text: &str, value: &Range<usize>) -> Option<Range<usize>> {
    let is_plain = !text.get(value.clone())?.starts_with(['"', '\'', '[', '{', '|', '>']);
    let line = text.get(value.end..)?.lines().next()?;
    // // A missing value is placed before its colon.
    let rest = line.strip_prefix(':').unwrap_or(line);
    let comment = rest.trim();
    let is_word = comment.strip_prefix('#').is_some_and(|words| words.starts_with(char::is_alphanumeric));
    let start = value.end + line.len() - rest.trim_start().len();
    (is_plain && is_word && rest.starts_with(char::is_whitespace)).then(|| start..start + comment.len())
}

/// The title of a page without one: its first heading, else its file's name. A section or topic can do without a title
/// of its own; a page can't.
fn missing_title(reader: &mut Reader<'_, '_>, place: &Place, split: &Split, unknown: UnknownKeys) -> String {
    let name = place.key.trim_end_matches("/_index").rsplit('/').next().unwrap_or_default();
    let body = reader.source().text.get(split.body..).unwrap_or_default();
    let title = first_heading(body).unwrap_or_else(|| titled(name));
    let needs_title = matches!(place.kind, DocumentKind::Page | DocumentKind::Article | DocumentKind::Letter);
    // // A title of the wrong type was reported as it was read.
    let is_told = split.broken
        || reader.is_misspelt("title")
        || reader.entry("title").is_some_and(|entry| !matches!(entry.node.value, Value::Scalar(_)));
    if needs_title && !is_told {
        let line = format!("title: {}", quoted(&title));
        let (message, hint) = match reader.has("title") {
            true => match cut_off(reader.source().text, &reader.span("title")) {
                Some(cut) => {
                    let line = format!("title: {}", quoted(&reader.source().text[cut]));
                    ("`title` is empty, since `#` begins a comment", format!("put it in quotes: `{line}`"))
                }
                None => ("`title` is empty", format!("write for example `{line}`")),
            },
            false if split.body == 0 => (
                "the page has no title",
                format!(
                    "begin the file with a line `---`, a line such as `{line}`, one of `description:`, and a line `---`"
                ),
            ),
            false => ("the page has no title", format!("add a line such as `{line}` to the front matter")),
        };
        reader.report("title", guessed(unknown, Rule::MissingTitle, message).hint(hint));
    }
    title
}

/// As YAML takes it for text: in quotation marks where a colon, a hash or a sign at the head would mean something.
pub(crate) fn quoted(text: &str) -> String {
    let is_plain =
        text.starts_with(char::is_alphanumeric) && !text.contains(": ") && !text.contains(" #") && !text.ends_with(':');
    if is_plain { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}
