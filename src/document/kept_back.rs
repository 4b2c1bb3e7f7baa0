//! Keys, folders and file names by which other generators mark a page as not public → what keeps the page back here.
//!
//! One table, [`KEYS`], names the keys and how their values are read. What can't be understood keeps its page back: to publish by guess is the
//! one fault that nobody can undo.

use std::ops::Range;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Rule, SourceText};
use crate::fields::{Day, Entry, Node, UnknownKeys, Value, date_hint, day_of_name, short, truth};
use crate::source::SourcePath;
use crate::text::did_you_mean;

/// How a value marks a page as not public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// `true` keeps the page back.
    Draft,
    /// `true` keeps the page off lists and menus, where it came from.
    Unlisted,
    /// `false` keeps the page back.
    Public,
    /// `false` keeps the page off lists and menus.
    Listed,
    /// `false` keeps the page back; any other value has another meaning.
    Written,
    /// Some words keep the page back.
    Status,
    /// All words but a few keep the page back.
    Audience,
    /// Any value keeps the page back.
    Locked,
    /// A group of keys about whether a page is rendered and listed.
    Build,
    /// The page is kept back until the day.
    From,
    /// The page is kept back from the day on.
    Until,
}

/// Keys in small letters, without hyphens and underscores. Sources: the documentation of Hugo, Jekyll, Zola, Eleventy, Docusaurus, MkDocs, Pelican,
/// Nikola, Hexo, Astro, Gatsby, Contentlayer, Grav, Obsidian Publish, VuePress, Ghost's and WordPress's exports.
const KEYS: &[(&str, Says)] = &[
    ("draft", Says::Draft),
    ("drafts", Says::Draft),
    ("isdraft", Says::Draft),
    ("private", Says::Draft),
    ("isprivate", Says::Draft),
    ("secret", Says::Draft),
    ("confidential", Says::Draft),
    ("internal", Says::Draft),
    ("unpublished", Says::Draft),
    ("withdrawn", Says::Draft),
    ("embargoed", Says::Draft),
    ("expired", Says::Draft),
    ("trashed", Says::Draft),
    ("deleted", Says::Draft),
    ("disabled", Says::Draft),
    ("wip", Says::Draft),
    ("membersonly", Says::Draft),
    ("hidden", Says::Unlisted),
    ("ishidden", Says::Unlisted),
    ("hide", Says::Unlisted),
    ("unlisted", Says::Unlisted),
    ("isunlisted", Says::Unlisted),
    ("headless", Says::Unlisted),
    ("eleventyexcludefromcollections", Says::Unlisted),
    ("published", Says::Public),
    ("ispublished", Says::Public),
    ("publish", Says::Public),
    ("dgpublish", Says::Public),
    ("public", Says::Public),
    ("ispublic", Says::Public),
    ("enabled", Says::Public),
    ("render", Says::Written),
    ("output", Says::Written),
    ("permalink", Says::Written),
    ("listed", Says::Listed),
    ("visible", Says::Listed),
    ("routable", Says::Written),
    ("status", Says::Status),
    ("poststatus", Says::Status),
    ("state", Says::Status),
    ("publicationstatus", Says::Status),
    ("visibility", Says::Audience),
    ("access", Says::Status),
    ("password", Says::Locked),
    ("postpassword", Says::Locked),
    ("build", Says::Build),
    ("expires", Says::Until),
    ("expire", Says::Until),
    ("expireson", Says::Until),
    ("expiresat", Says::Until),
    ("expiry", Says::Until),
    ("expirydate", Says::Until),
    ("expirationdate", Says::Until),
    ("expiration", Says::Until),
    ("expiredate", Says::Until),
    ("unpublishdate", Says::Until),
    ("unpublishon", Says::Until),
    ("unpublishat", Says::Until),
    ("unpublishedat", Says::Until),
    ("date", Says::From),
    ("publishdate", Says::From),
    ("publishon", Says::From),
    ("publishat", Says::From),
    ("publishedat", Says::From),
    ("publishedon", Says::From),
    ("publisheddate", Says::From),
    ("publicationdate", Says::From),
    ("datepublished", Says::From),
    ("postdate", Says::From),
    ("pubdate", Says::From),
    ("embargo", Says::From),
    ("embargountil", Says::From),
    ("scheduled", Says::From),
    ("scheduledat", Says::From),
];

/// Groups in which the keys of the table mean what they mean at the top.
const GROUPS: &[&str] = &["params", "extra"];

/// Words of a status, such as WordPress's, that keep a page back.
const NOT_PUBLIC: &[&str] = &[
    "draft",
    "drafts",
    "private",
    "pending",
    "trash",
    "trashed",
    "hidden",
    "future",
    "scheduled",
    "unpublished",
    "unlisted",
    "embargo",
    "embargoed",
    "internal",
    "confidential",
    "restricted",
    "secret",
    "deleted",
    "removed",
    "withdrawn",
    "expired",
    "wip",
    "review",
    "idea",
    "todo",
    "unfinished",
    "incomplete",
    "not",
    "offline",
    "inactive",
    "disabled",
    "skip",
    "false",
    "members",
    "paid",
    "password",
    "protected",
    "never",
];

/// The only words of a visibility that let all readers see a page.
const PUBLIC: &[&str] = &[
    "public",
    "publish",
    "published",
    "visible",
    "show",
    "shown",
    "all",
    "everyone",
    "world",
    "open",
    "listed",
    "true",
];

/// What a key, a folder or a file's name does to its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It keeps the page back.
    Withheld,
    /// It keeps the page back until that day.
    From(Date),
    /// It keeps the page back from that day on.
    Until(Date),
}

/// What keeps a page back in the words of another generator.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptBack {
    /// How long.
    pub effect: Effect,
    /// What an editor reads, without a full stop.
    pub message: String,
    /// Whether it was reported as the page was read.
    pub is_reported: bool,
    hint: String,
    /// Where it is in the file. `None` if it is the file's path.
    span: Option<Range<usize>>,
    /// The same in Letterpress's own keys.
    replacement: Option<(Range<usize>, String)>,
}

impl KeptBack {
    /// Whether it keeps the page back on a day.
    #[must_use]
    pub fn holds_on(&self, today: Date) -> bool {
        match self.effect {
            Effect::Withheld => true,
            Effect::From(day) => day > today,
            Effect::Until(day) => day <= today,
        }
    }

    /// The diagnostic with hint, place and replacement.
    #[must_use]
    pub fn diagnostic(&self, source: SourceText<'_>, diagnostic: Diagnostic) -> Diagnostic {
        let diagnostic = diagnostic.hint(self.hint.clone());
        let diagnostic = match &self.span {
            Some(span) => diagnostic.at(source, span.clone()),
            None => diagnostic.in_file(source.path),
        };
        match &self.replacement {
            Some((span, text)) => diagnostic.replace(source, span.clone(), text.clone()),
            None => diagnostic,
        }
    }
}

/// Removes the entries that keep the page back, and returns what they mean. With `UnknownKeys::Error` each is an error.
pub(super) fn take(
    source: SourceText<'_>,
    entries: &mut Vec<Entry>,
    unknown: UnknownKeys,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<KeptBack> {
    let written: Vec<String> = entries.iter().map(|entry| entry.key.clone()).collect();
    let keys = Keys { source, written: &written, unknown };
    let mut kept_back = Vec::new();
    entries.retain(|entry| {
        let found = keys.of_entry(entry);
        let is_kept = found.is_empty();
        kept_back.extend(found);
        is_kept
    });
    for one in kept_back.iter_mut().filter(|_| unknown == UnknownKeys::Error) {
        one.is_reported = true;
        diagnostics.push(one.diagnostic(source, Diagnostic::error(Rule::UnknownKey, one.message.clone())));
    }
    kept_back
}

/// The keys of a page, and how strictly they are read.
struct Keys<'a> {
    source: SourceText<'a>,
    /// As they are written.
    written: &'a [String],
    unknown: UnknownKeys,
}

impl Keys<'_> {
    fn of_entry(&self, entry: &Entry) -> Vec<KeptBack> {
        let key = normal(&entry.key);
        match &entry.node.value {
            _ if is_own(&entry.key) => Vec::new(),
            _ if key == "cascade" => cascade(entry).into_iter().collect(),
            Value::Map(inner) if GROUPS.contains(&key.as_str()) => {
                let found = inner.iter().filter_map(|entry| self.by_table(entry));
                found.map(|one| KeptBack { replacement: None, ..one }).collect()
            }
            _ => self.by_table(entry).or_else(|| self.by_likeness(entry, &key)).into_iter().collect(),
        }
    }

    fn by_table(&self, entry: &Entry) -> Option<KeptBack> {
        let says = says(&normal(&entry.key))?;
        match effect(&entry.key, says, &entry.node) {
            Ok(effect) => Some(self.kept_back(entry, says, effect?)),
            Err(Unclear) => Some(self.unclear(entry, says)),
        }
    }

    /// A slip in one of the commonest keys, where the value is one that the key takes.
    fn by_likeness(&self, entry: &Entry, key: &str) -> Option<KeptBack> {
        if self.unknown == UnknownKeys::Error {
            return None;
        }
        let meant =
            did_you_mean(key, ["draft", "published", "expires", "expirydate", "private", "hidden", "unlisted"])?;
        let says = says(meant)?;
        let effect = effect(&entry.key, says, &entry.node).ok()??;
        Some(self.kept_back(entry, says, effect))
    }

    fn kept_back(&self, entry: &Entry, says: Says, effect: Effect) -> KeptBack {
        let written = self.shown(entry);
        let message = match effect {
            Effect::Withheld => format!("`{written}` keeps this page back"),
            Effect::From(day) => format!("`{written}` keeps this page back until {day}"),
            Effect::Until(day) => format!("`{written}` keeps this page back from {day} on"),
        };
        let (hint, replacement) = self.advice(entry, says);
        KeptBack { effect, message, hint, span: Some(span(entry)), replacement, is_reported: false }
    }

    fn unclear(&self, entry: &Entry, says: Says) -> KeptBack {
        let message = format!("`{}` can't be understood, so this page is kept back", self.shown(entry));
        let (hint, replacement) = (self.advice(entry, says).0, None);
        KeptBack { effect: Effect::Withheld, message, hint, span: Some(span(entry)), replacement, is_reported: false }
    }

    /// What to write instead, and the text of it where that is certain.
    fn advice(&self, entry: &Entry, says: Says) -> (String, Option<(Range<usize>, String)>) {
        let is_free = |name: &str| !self.written.iter().any(|key| key == name);
        match says {
            Says::From | Says::Until => {
                let name = if says == Says::From { "date" } else { "expires" };
                if is_free(name) {
                    self.as_day(entry, name)
                } else {
                    (format!("here that is `{name}`: keep one of the two"), None)
                }
            }
            Says::Unlisted | Says::Listed | Says::Build => (
                format!(
                    "write `{}` to keep the page back, or `{}` to publish it and ask search engines to leave it out",
                    self.line("draft", "true"),
                    self.line("no_index", "true"),
                ),
                None,
            ),
            _ if is_free("draft") => (
                format!(
                    "write `{}` to keep the page back, or remove the line to publish it",
                    self.line("draft", "true")
                ),
                self.as_draft(entry),
            ),
            _ => ("let `draft` alone say it, and remove this line".to_owned(), None),
        }
    }

    /// A key with a value, in the notation of the file.
    fn line(&self, key: &str, value: &str) -> String {
        let is_toml = self.source.text.trim_start_matches(is_invisible).starts_with("+++");
        format!("{key}{}{value}", if is_toml { " = " } else { ": " })
    }

    /// The key with its value, as far as a line of a message holds it. A password is no message's to repeat.
    fn shown(&self, entry: &Entry) -> String {
        let key = entry.key.trim_matches(is_invisible);
        match &entry.node.value {
            Value::Scalar(text) if !normal(&entry.key).ends_with("password") => {
                self.line(key, short(text.trim()).as_str())
            }
            _ => key.to_owned(),
        }
    }

    /// The entry as a day of Letterpress's own key.
    fn as_day(&self, entry: &Entry, name: &str) -> (String, Option<(Range<usize>, String)>) {
        match &entry.node.value {
            Value::Scalar(text) if matches!(Day::of(text), Day::Is(_)) => {
                let hint = format!("here that is `{name}`: write `{}`", self.line(name, &short(text.trim())));
                (hint, Some((entry.key_span.clone(), name.to_owned())))
            }
            Value::Scalar(text) => (format!("here that is `{name}`: {}", date_hint(&self.line(name, ""), text)), None),
            _ => (format!("here that is `{name}`, with a day such as `{}`", self.line(name, "2027-03-01")), None),
        }
    }

    /// The entry as `draft: true`, in the notation of the file.
    fn as_draft(&self, entry: &Entry) -> Option<(Range<usize>, String)> {
        let between = self.source.text.get(entry.key_span.end..entry.node.span.start)?;
        let is_one_line = matches!(between.trim(), ":" | "=") && matches!(entry.node.value, Value::Scalar(_));
        is_one_line.then(|| (span(entry), format!("draft{between}true")))
    }
}

/// What a section sets for all pages below it can't be followed from one page alone.
fn cascade(entry: &Entry) -> Option<KeptBack> {
    withholds_somewhere(&entry.node, 0).then(|| KeptBack {
        effect: Effect::Withheld,
        message: "`cascade` keeps back the pages below this one, which it can't do here".to_owned(),
        hint: "write `draft: true` in each of those pages, then remove `cascade`".to_owned(),
        span: Some(entry.key_span.clone()),
        replacement: None,
        is_reported: false,
    })
}

/// Whether a key anywhere in a value keeps a page back.
fn withholds_somewhere(node: &Node, depth: usize) -> bool {
    if depth > 4 {
        return false;
    }
    let says_so = |entry: &Entry| {
        let says = says(&normal(&entry.key));
        says.is_some_and(|says| !matches!(effect(&entry.key, says, &entry.node), Ok(None)))
    };
    match &node.value {
        Value::Map(entries) => {
            entries.iter().any(|entry| says_so(entry) || withholds_somewhere(&entry.node, depth + 1))
        }
        Value::List(items) => items.iter().any(|item| withholds_somewhere(item, depth + 1)),
        _ => false,
    }
}

fn says(key: &str) -> Option<Says> {
    KEYS.iter().find(|(name, _)| *name == key).map(|(_, says)| *says)
}

/// Whether a text that is no front matter, such as a line of a remark, sets a key of the table so that it keeps a page back.
pub(super) fn is_withholding(key: &str, value: &str) -> bool {
    let node = Node { value: Value::Scalar(value.to_owned()), span: 0..0 };
    says(&normal(key)).is_some_and(|says| matches!(effect(key, says, &node), Ok(Some(_))))
}

/// Whether a key, in whatever writing, is one of the table.
pub(super) fn is_known(key: &str) -> bool {
    says(&normal(key)).is_some()
}

/// These, exactly so written, are Letterpress's own.
fn is_own(key: &str) -> bool {
    matches!(key, "draft" | "date" | "expires")
}

/// A key as the table has it.
pub(super) fn normal(key: &str) -> String {
    let is_sign = |sign: &char| !matches!(sign, '-' | '_' | ' ') && !is_invisible(*sign);
    key.chars().filter(is_sign).flat_map(char::to_lowercase).collect()
}

/// White space, and characters that show nothing.
pub(super) fn is_invisible(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(sign, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(sign, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}')
}

fn span(entry: &Entry) -> Range<usize> {
    entry.key_span.start..entry.node.span.end.max(entry.key_span.end)
}

/// A value that can't be understood.
struct Unclear;

/// What a value does to its page. `None` if it lets it be published.
fn effect(key: &str, says: Says, node: &Node) -> Result<Option<Effect>, Unclear> {
    let text = match &node.value {
        Value::Null => return Ok(None),
        Value::Scalar(text) if text.trim().is_empty() => return Ok(None),
        Value::Scalar(text) => text.trim(),
        Value::List(items) => return of_list(key, says, items),
        Value::Map(entries) => return of_group(says, entries),
    };
    let withheld = |is_withheld: bool| Ok(is_withheld.then_some(Effect::Withheld));
    match says {
        Says::Draft | Says::Unlisted => withheld(truth(text).ok_or(Unclear)?),
        Says::Public => match (truth(text), Day::likely(text)) {
            (Some(is_public), _) => withheld(!is_public),
            (None, Day::Is(day)) => Ok(Some(Effect::From(day))),
            (None, _) => Err(Unclear),
        },
        Says::Listed | Says::Build => withheld(truth(text) == Some(false)),
        Says::Written => withheld(matches!(text.to_ascii_lowercase().as_str(), "false" | "never")),
        Says::Status => withheld(has_word(text, NOT_PUBLIC) || truth(text) == Some(false)),
        Says::Audience => withheld(has_word(text, NOT_PUBLIC) || !has_word(text, PUBLIC)),
        Says::Locked => withheld(truth(text) != Some(false)),
        Says::From => of_day(text, Effect::From),
        Says::Until => of_day(text, Effect::Until),
    }
}

fn of_day(text: &str, effect: fn(Date) -> Effect) -> Result<Option<Effect>, Unclear> {
    match (Day::likely(text), truth(text)) {
        (Day::Is(day), _) => Ok(Some(effect(day))),
        (Day::Absent, _) | (_, Some(false)) => Ok(None),
        (Day::Not, Some(true)) => Ok(Some(Effect::Withheld)),
        (Day::Not, None) if matches!(text.to_ascii_lowercase().as_str(), "never" | "none" | "null") => Ok(None),
        (Day::Not, None) => Err(Unclear),
    }
}

fn of_list(key: &str, says: Says, items: &[Node]) -> Result<Option<Effect>, Unclear> {
    match says {
        // MkDocs names the parts of a page that it hides.
        Says::Unlisted if normal(key) == "hide" => Ok(None),
        Says::Listed | Says::Written | Says::Build => Ok(None),
        _ if items.is_empty() => Ok(None),
        Says::Status => {
            let is_withheld = |item: &Node| matches!(effect(key, says, item), Ok(Some(_)));
            Ok(items.iter().any(is_withheld).then_some(Effect::Withheld))
        }
        _ => Err(Unclear),
    }
}

/// Hugo's `build` decides whether a page is rendered, and whether it is listed.
fn of_group(says: Says, entries: &[Entry]) -> Result<Option<Effect>, Unclear> {
    let is_off = |entry: &Entry| match &entry.node.value {
        Value::Scalar(text) => matches!(text.to_ascii_lowercase().as_str(), "never" | "false" | "link" | "local"),
        _ => false,
    };
    match says {
        Says::Build => {
            let decides = |entry: &&Entry| matches!(normal(&entry.key).as_str(), "render" | "list");
            Ok(entries.iter().filter(decides).any(is_off).then_some(Effect::Withheld))
        }
        Says::Listed | Says::Written | Says::Status => Ok(None),
        _ if entries.is_empty() => Ok(None),
        _ => Err(Unclear),
    }
}

/// Whether one of the words of a text is in a list.
fn has_word(text: &str, list: &[&str]) -> bool {
    let text = text.to_ascii_lowercase();
    text.split(|sign: char| !sign.is_alphanumeric()).any(|word| list.contains(&word))
}

/// Folders whose name marks their files as not public. Jekyll's `_posts` is for pages that are.
const PRIVATE_FOLDERS: &[&str] = &["draft", "drafts", "private", "unpublished", "trash"];

/// The first folder of a path below `content/` whose name marks its files as not public.
pub(crate) fn private_folder(path: &SourcePath) -> Option<&str> {
    path.folder()
        .split('/')
        .skip(1)
        .find(|folder| PRIVATE_FOLDERS.contains(&folder.trim_start_matches('_').to_lowercase().as_str()))
}

/// What a page's path means for its publication. `has_date`: whether the page has a day of publication of its own.
pub(super) fn by_path(path: &SourcePath, has_date: bool) -> Vec<KeptBack> {
    let stem = path.file_name().split('.').next().unwrap_or_default();
    let apart = path.folder().split('/').skip(1).find(|folder| folder.starts_with('_') && *folder != "_posts");
    let named = |effect, message: String, hint: String| KeptBack {
        effect,
        message,
        hint,
        span: None,
        replacement: None,
        is_reported: false,
    };
    let folder = private_folder(path).or(apart).map(|folder| {
        let message = format!("the folder `{folder}/` keeps this page back");
        named(Effect::Withheld, message, "move the file out of that folder to publish it".to_owned())
    });
    let is_apart = stem.starts_with('_') && stem != "_index";
    let file = is_apart.then(|| {
        let message = "a file whose name begins with `_` is kept back".to_owned();
        named(Effect::Withheld, message, "rename the file without `_` to publish it".to_owned())
    });
    let day = day_of_name(stem).filter(|_| !has_date).map(|day| {
        let message = format!("the day in the file's name keeps this page back until {day}");
        named(Effect::From(day), message, format!("write `date: {day}` in the page, or rename the file"))
    });
    [folder, file, day].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::{parse_toml, parse_yaml};

    fn of(text: &str, unknown: UnknownKeys) -> (Vec<KeptBack>, Vec<Diagnostic>) {
        let path = SourcePath::new("content/articles/a.md");
        let mut entries = match text.contains(" = ") {
            true => parse_toml(text, 0).unwrap(),
            false => parse_yaml(text, 0).unwrap(),
        };
        let mut diagnostics = Vec::new();
        (take(SourceText::new(&path, text), &mut entries, unknown, &mut diagnostics), diagnostics)
    }

    fn is_kept_back(text: &str) -> bool {
        let today = "2026-11-01".parse().unwrap();
        of(text, UnknownKeys::Ignore).0.iter().any(|one| one.holds_on(today))
    }

    #[test]
    fn what_says_that_a_page_is_not_public_keeps_it_back() {
        let texts = [
            "published: false",
            "published: no",
            "published: 0",
            "published: \"false\"",
            "Published: FALSE",
            "publish: off",
            "Draft: true",
            "DRAFT: yes",
            "drafts: true",
            "darft: true",
            "private: true",
            "unlisted: true",
            "hidden: 1",
            "headless: true",
            "visibility: private",
            "visibility: members",
            "status: draft",
            "Status: Hidden",
            "status: pending",
            "status: private",
            "status: trash",
            "status: in review",
            "post_status: future",
            "post-status: auto-draft",
            "_build: { render: never }",
            "_build:\n  list: never",
            "build: { render: false }",
            "permalink: false",
            "eleventyExcludeFromCollections: true",
            "expirydate: 2020-01-01",
            "expiryDate: 2020-01-01T00:00:00Z",
            "expiry_date: 2020-01-01",
            "expires_at: 2020-01-01",
            "unpublishdate: 2020-01-01",
            "expiryDate: soon",
            "expiryDate: 1577836800",
            "expirydate: 3/5/2026",
            "expiryDate: 31 December 2020",
            "publishDate: 2099-01-01",
            "publish_date: 2099-01-01 10:00:00 +0500",
            "pubDate: 2099-01-01",
            "publishDate: next week",
            "published: 2099-01-01",
            "published_at: 2099-01-01",
            "Date: 2099-01-01",
            "password: abc",
            "visible: false",
            "render: false",
            "params: { draft: true }",
            "cascade: { draft: true }",
            "cascade: [{ build: { render: never } }]",
            "published = false",
            "_build = { render = \"never\" }",
            "draft\u{200b}: true",
            "scheduled: true",
        ];
        for text in texts {
            assert!(is_kept_back(text), "{text}");
        }
    }

    #[test]
    fn what_lets_a_page_be_published_does_not_keep_it_back() {
        let texts = [
            "published: true",
            "published: 2020-01-01",
            "hidden: false",
            "hide: [navigation, toc]",
            "hide: []",
            "status: new",
            "status: published",
            "status: stable",
            "visibility: public",
            "permalink: /a/",
            "layout: post",
            "expiryDate: 2099-01-01",
            "expirydate: 0001-01-01T00:00:00Z",
            "expiryDate:",
            "expiryDate: never",
            "publishDate: 2020-01-01",
            "publisher: Example Jobs",
            "data: true",
            "_build: { render: always, list: always }",
            "build: { publishResources: false }",
            "password: \"\"",
            "sitemap_exclude: true",
            "robots: noindex",
            "params: { hero: true }",
            "cascade: { type: docs }",
            "draught: strong",
            "draft: true",
            "date: 2099-01-01",
            "expires: 2020-01-01",
        ];
        for text in texts {
            assert!(!is_kept_back(text), "{text}");
        }
    }

    #[test]
    fn a_key_of_another_generator_is_an_error_with_our_own_where_keys_are_strict() {
        let (_, diagnostics) = of("published = false", UnknownKeys::Error);
        assert_eq!(diagnostics[0].rule, Rule::UnknownKey);
        assert_eq!(diagnostics[0].replacement.as_ref().unwrap().text, "draft = true");
        let (_, diagnostics) = of("expiryDate: 2027-01-01", UnknownKeys::Error);
        assert_eq!(diagnostics[0].replacement.as_ref().unwrap().text, "expires");
    }

    #[test]
    fn a_path_says_that_its_page_is_not_public() {
        for path in
            ["_drafts/a.md", "articles/drafts/a.md", "articles/_a.md", "_layouts/a.md", "articles/2099-01-01-a.md"]
        {
            assert!(!by_path(&SourcePath::new(&format!("content/{path}")), false).is_empty(), "{path}");
        }
        for path in ["_index.md", "articles/_index.ur.md", "_posts/a.md", "articles/redrafts/a.md", "articles/a.md"] {
            assert!(by_path(&SourcePath::new(&format!("content/{path}")), false).is_empty(), "{path}");
        }
    }
}
