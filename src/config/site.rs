//! `letterpress.toml` → [`Config`], strictly: an unknown key is an error.

use std::collections::BTreeMap;

use super::check_settings::CheckSettings;
use super::deploy::{self, DeploySettings};
use super::paper::Paper;
use super::raw_html::RawHtml;
use super::theme::{NotAColour, read_plain};
use super::{base_url, check_settings, letter_fields};
use crate::config::FieldDeclaration;
use crate::diagnostic::{Diagnostic, Rule, SourceText};
use crate::fields::{Entry, Field, Kind, Reader, UnknownKeys, read_toml_file};
use crate::languages::native_name;
use crate::text::{is_unsafe_address, percent_encoded};

/// The settings of `letterpress.toml`.
pub const CONFIG_FIELDS: &[Field] = &[
    Field { name: "title", kind: Kind::Text, help: "The section's name.", example: "\"Career advice\"" },
    Field {
        name: "description",
        kind: Kind::Text,
        help: "One sentence for search engines and feeds.",
        example: "\"Plain advice for job seekers\"",
    },
    Field {
        name: "base_url",
        kind: Kind::Text,
        help: "Where the site will live, with its path, which may be written with percent signs.",
        example: "\"https://www.example.com/career-advice/\"",
    },
    Field { name: "language", kind: Kind::Text, help: "The first language, as a BCP 47 tag.", example: "\"en\"" },
    Field { name: "theme", kind: Kind::Text, help: "A folder of `themes/`, or `default`.", example: "\"default\"" },
    Field {
        name: "unknown_keys",
        kind: Kind::Text,
        help: "What to make of keys in front matter that are unknown, of values that can't be used and of missing titles: `error`, `warn` or `ignore`.",
        example: "\"warn\"",
    },
    Field {
        name: "raw_html",
        kind: Kind::Text,
        help: "What becomes of HTML among the Markdown: `sanitize` takes out what could harm a reader, `escape` shows it as text and hides only comments on one line, `allow` leaves it.",
        example: "\"escape\"",
    },
    Field {
        name: "per_page",
        kind: Kind::number(1, 10_000),
        help: "How many pages a page of a listing shows.",
        example: "20",
    },
    Field { name: "paper", kind: Kind::Text, help: "The paper of letters: `a4` or `letter`.", example: "\"a4\"" },
    Field {
        name: "social_cards",
        kind: Kind::Flag,
        help: "Whether pages without an image get a card with their title, for links that are shared.",
        example: "true",
    },
    Field {
        name: "cname",
        kind: Kind::Text,
        help: "The host's name, for hosts that read it from a file `CNAME` (GitHub Pages).",
        example: "\"advice.example.com\"",
    },
    Field {
        name: "publish_files",
        kind: Kind::List,
        help: "Files beside pages that are published although their kind usually is not: endings, paths from `content/`, or folders with a `/` behind them.",
        example: "[\"docx\", \"downloads/\"]",
    },
    Field {
        name: "featured_topics",
        kind: Kind::List,
        help: "Topics for the home page, in order; all, if left out.",
        example: "[\"interviews\"]",
    },
    Field {
        name: "search_example",
        kind: Kind::Text,
        help: "What readers could type, shown in the empty search box.",
        example: "\"Resign, salary, CV …\"",
    },
    Field {
        name: "publisher",
        kind: Kind::Group,
        help: "Who publishes the site.",
        example: "{ name = \"Example Jobs\", url = \"https://www.example.com/\" }",
    },
    Field {
        name: "links",
        kind: Kind::Groups,
        help: "The publisher's own site links, for the header.",
        example: "[{ label = \"Home\", url = \"https://www.example.com/\" }]",
    },
    Field {
        name: "footer_links",
        kind: Kind::Groups,
        help: "Links for the footer.",
        example: "[{ label = \"Privacy\", url = \"https://www.example.com/privacy\" }]",
    },
    Field {
        name: "authors",
        kind: Kind::Group,
        help: "More about authors, by name.",
        example: "{ \"Ayesha Siddiqui\" = { role = \"Recruiter\" } }",
    },
    Field {
        name: "languages",
        kind: Kind::Group,
        help: "Further languages, by BCP 47 tag.",
        example: "{ ur = { name = \"اردو\", title = \"کیریئر\" } }",
    },
    Field {
        name: "letter_fields",
        kind: Kind::Group,
        help: "Fields that letters share, such as the reader's own name.",
        example: "{ \"your name\" = { autocomplete = \"name\" } }",
    },
    Field {
        name: "check",
        kind: Kind::Group,
        help: "How checks are made: what rules matter, limits, dictionaries.",
        example: "{ stale_after_months = 18 }",
    },
    Field {
        name: "deploy",
        kind: Kind::Group,
        help: "Where `letterpress deploy` sends the site, by a name of your choice.",
        example: "{ live = { to = \"folder\", folder = \"/mnt/web\" } }",
    },
    Field { name: "settings", kind: Kind::Group, help: "The theme's settings.", example: "{ accent = \"#1f6f5c\" }" },
];

/// The settings of `[publisher]`.
pub const PUBLISHER_FIELDS: &[Field] = &[
    Field { name: "name", kind: Kind::Text, help: "The publisher's name.", example: "\"Example Jobs\"" },
    Field { name: "url", kind: Kind::Text, help: "The publisher's own site.", example: "\"https://www.example.com/\"" },
    Field {
        name: "logo",
        kind: Kind::Text,
        help: "The address of a logo.",
        example: "\"https://www.example.com/logo.png\"",
    },
];

/// The settings of each of `[[links]]` and `[[footer_links]]`.
pub const LINK_FIELDS: &[Field] = &[
    Field { name: "label", kind: Kind::Text, help: "The link's words.", example: "\"Browse jobs\"" },
    Field { name: "url", kind: Kind::Text, help: "Where it leads.", example: "\"https://www.example.com/jobs\"" },
];

/// The settings of an entry of `[authors]`.
pub const AUTHOR_FIELDS: &[Field] =
    &[Field { name: "role", kind: Kind::Text, help: "What the author does.", example: "\"Recruiter\"" }];

/// The settings of an entry of `[languages]`.
pub const LANGUAGE_FIELDS: &[Field] = &[
    Field { name: "name", kind: Kind::Text, help: "The language's own name.", example: "\"اردو\"" },
    Field {
        name: "title", kind: Kind::Text, help: "The section's name in that language.", example: "\"کیریئر\""
    },
    Field { name: "description", kind: Kind::Text, help: "One sentence in that language.", example: "\"…\"" },
    Field {
        name: "search_example",
        kind: Kind::Text,
        help: "What readers could type in that language.",
        example: "\"استعفیٰ، تنخواہ …\"",
    },
    Field {
        name: "publisher",
        kind: Kind::Text,
        help: "The publisher's name in that language.",
        example: "\"روزانہ جابز\"",
    },
    Field {
        name: "links",
        kind: Kind::Groups,
        help: "The header's links in that language; those of the site, if left out.",
        example: "[{ label = \"ملازمتیں\", url = \"https://www.example.com/ur/\" }]",
    },
    Field {
        name: "footer_links",
        kind: Kind::Groups,
        help: "The footer's links in that language; those of the site, if left out.",
        example: "[{ label = \"رازداری\", url = \"https://www.example.com/ur/privacy\" }]",
    },
    Field {
        name: "authors",
        kind: Kind::Group,
        help: "How authors are presented in that language, by their name in front matter.",
        example: "{ \"Ayesha Siddiqui\" = { name = \"عائشہ صدیقی\", role = \"ریکروٹر\" } }",
    },
];

/// The settings of an entry of a language's `authors`.
pub const LOCAL_AUTHOR_FIELDS: &[Field] = &[
    Field {
        name: "name", kind: Kind::Text, help: "The name, as that language writes it.", example: "\"عائشہ صدیقی\""
    },
    Field { name: "role", kind: Kind::Text, help: "What the author does.", example: "\"ریکروٹر\"" },
];

/// A site's settings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Config {
    /// The section's name.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Where the site will live: scheme and host without a path, or empty.
    pub origin: String,
    /// The path under which it will live, as hosts' rules have it; begins and ends in `/`.
    pub base_path: String,
    /// The same as links have it, percent-encoded.
    pub base_link: String,
    /// The first language, then the further ones.
    pub languages: Vec<LanguageConfig>,
    /// The theme's name.
    pub theme: String,
    /// What to make of unknown keys in front matter.
    pub unknown_keys: UnknownKeys,
    /// What becomes of HTML among the Markdown.
    pub raw_html: RawHtml,
    /// How many pages a page of a listing shows.
    pub per_page: usize,
    /// The paper of letters.
    pub paper: Paper,
    /// Whether pages without an image get a card with their title.
    pub social_cards: bool,
    /// The host's name, for a file `CNAME`.
    pub cname: Option<String>,
    /// Endings, paths and folders of further files that are published.
    pub publish_files: Vec<String>,
    /// Topics for the home page, in order.
    pub featured_topics: Vec<String>,
    /// Who publishes the site.
    pub publisher: Publisher,
    /// Fields that letters share.
    pub letter_fields: Vec<FieldDeclaration>,
    /// How checks are made.
    pub check: CheckSettings,
    /// Where the site is sent, by the deployment's name.
    pub deploy: BTreeMap<String, DeploySettings>,
    /// The theme's settings that the site overrides.
    pub settings: BTreeMap<String, String>,
    /// What to report of each of them that is no colour, if the theme has it as one.
    pub not_colours: Vec<NotAColour>,
}

/// A language of the site.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LanguageConfig {
    /// The BCP 47 tag.
    pub code: String,
    /// The language's own name.
    pub name: String,
    /// The section's name in it.
    pub title: String,
    /// One sentence in it.
    pub description: String,
    /// What readers could type, for the empty search box; or nothing.
    pub search_example: String,
    /// The publisher's name in it.
    pub publisher: String,
    /// The publisher's own site links.
    pub links: Vec<Link>,
    /// Links for the footer.
    pub footer_links: Vec<Link>,
    /// More about authors, by the name in front matter.
    pub authors: BTreeMap<String, Author>,
}

/// Who publishes the site.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Publisher {
    /// The name; the site's title if none is given.
    pub name: String,
    /// The publisher's own site.
    pub url: Option<String>,
    /// The address of a logo.
    pub logo: Option<String>,
}

/// A link with its words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Link {
    /// The words.
    pub label: String,
    /// Where it leads.
    pub url: String,
}

/// More about an author.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Author {
    /// The name as the language writes it; empty: as front matter does.
    pub name: String,
    /// What the author does.
    pub role: String,
}

/// How many pages a listing shows by default.
const PER_PAGE: usize = 24;

/// Reads the configuration; with faults, as much of it as can be read.
pub(crate) fn parse(source: SourceText<'_>, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let Some(entries) = read_toml_file(source, diagnostics) else {
        // What follows from settings that are not there is no fault of its own.
        return read(&mut Reader::new(source, &[], CONFIG_FIELDS, UnknownKeys::Error, &mut Vec::new()));
    };
    let mut reader = Reader::new(source, &entries, CONFIG_FIELDS, UnknownKeys::Error, diagnostics);
    read(&mut reader)
}

fn read(reader: &mut Reader<'_, '_>) -> Config {
    let settings = read_plain(reader);
    let mut config = Config {
        title: title(reader),
        description: reader.text("description").or_else(|| reader.text("title")).unwrap_or_default(),
        theme: reader.text("theme").unwrap_or_else(|| "default".to_owned()),
        unknown_keys: unknown_keys(reader),
        raw_html: raw_html(reader),
        per_page: per_page(reader),
        paper: paper(reader),
        social_cards: reader.flag("social_cards").unwrap_or(false),
        cname: cname(reader),
        publish_files: reader.list("publish_files").into_iter().map(|(entry, _)| entry).collect(),
        featured_topics: reader.list("featured_topics").into_iter().map(|(topic, _)| topic).collect(),
        letter_fields: letter_fields(reader),
        check: check(reader),
        deploy: deploy::read(reader),
        settings: settings.values.into_iter().collect(),
        not_colours: settings.not_colours,
        ..Config::default()
    };
    config.publisher = publisher(reader, &config.title);
    config.languages = languages(reader, &config);
    let base_url = base_url(reader);
    config.set_base_url(&base_url);
    config
}

fn title(reader: &mut Reader<'_, '_>) -> String {
    reader.text("title").unwrap_or_else(|| {
        let diagnostic = Diagnostic::error(Rule::MissingTitle, "the site has no `title`");
        reader.report("title", diagnostic.hint("add a line such as `title = \"Career advice\"`"));
        String::new()
    })
}

fn base_url(reader: &mut Reader<'_, '_>) -> String {
    let written = reader.text("base_url").unwrap_or_default();
    match base_url_fault(&written) {
        None => written,
        Some(fault) => {
            reader.report("base_url", Diagnostic::error(Rule::BadBaseUrl, fault.message).hint(fault.hint));
            String::new()
        }
    }
}

/// What is wrong with a `base_url`; `None` if nothing is.
#[must_use]
pub fn base_url_fault(text: &str) -> Option<base_url::Fault> {
    base_url::parse(text).err()
}

/// An address that a page may link to; one that runs a script is reported and left out.
fn safe_address(reader: &mut Reader<'_, '_>, name: &'static str) -> Option<String> {
    let address = reader.text(name)?;
    if is_unsafe_address(&address) || address.contains(char::is_control) {
        let message = format!("`{name}` runs a script or carries a document, and was left out");
        reader.report(name, Diagnostic::error(Rule::UnsafeLink, message).hint("link to a page or file instead"));
        return None;
    }
    Some(address)
}

fn unknown_keys(reader: &mut Reader<'_, '_>) -> UnknownKeys {
    let choices = [("error", UnknownKeys::Error), ("warn", UnknownKeys::Warn), ("ignore", UnknownKeys::Ignore)];
    reader.choice("unknown_keys", &choices).unwrap_or_default()
}

fn raw_html(reader: &mut Reader<'_, '_>) -> RawHtml {
    let choices = [("sanitize", RawHtml::Sanitise), ("escape", RawHtml::Escape), ("allow", RawHtml::Allow)];
    reader.choice("raw_html", &choices).unwrap_or_default()
}

fn paper(reader: &mut Reader<'_, '_>) -> Paper {
    reader.choice("paper", &[("a4", Paper::A4), ("letter", Paper::UsLetter)]).unwrap_or_default()
}

/// A host's name without anything around it (RFC 1123 § 2.1).
fn cname(reader: &mut Reader<'_, '_>) -> Option<String> {
    let name = reader.text("cname")?;
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if name.contains('.') && name.split('.').all(is_label) {
        return Some(name.to_lowercase());
    }
    let diagnostic = Diagnostic::error(Rule::WrongType, format!("`{name}` is not the name of a host"));
    reader.report("cname", diagnostic.hint("write the name alone, such as `cname = \"advice.example.com\"`"));
    None
}

fn per_page(reader: &mut Reader<'_, '_>) -> usize {
    reader.number("per_page").and_then(|number| number.try_into().ok()).unwrap_or(PER_PAGE)
}

fn publisher(reader: &mut Reader<'_, '_>, title: &str) -> Publisher {
    let Some(entries) = reader.group("publisher") else {
        return Publisher { name: title.to_owned(), ..Publisher::default() };
    };
    let mut inner = reader.inner(entries, PUBLISHER_FIELDS, UnknownKeys::Error);
    Publisher {
        name: inner.text("name").unwrap_or_else(|| title.to_owned()),
        url: safe_address(&mut inner, "url"),
        logo: safe_address(&mut inner, "logo"),
    }
}

fn links(reader: &mut Reader<'_, '_>, name: &str) -> Vec<Link> {
    let mut links = Vec::new();
    for entries in reader.groups(name) {
        let mut inner = reader.inner(entries, LINK_FIELDS, UnknownKeys::Error);
        let label = inner.text("label").unwrap_or_default();
        let is_there = inner.has("url");
        let url = safe_address(&mut inner, "url");
        if url.is_some() || !is_there {
            links.push(Link { label, url: url.unwrap_or_default() });
        }
    }
    if links.iter().any(|link| link.label.is_empty() || link.url.is_empty()) {
        reader
            .report(name, Diagnostic::error(Rule::WrongType, format!("each of `{name}` needs a `label` and a `url`")));
    }
    links
}

fn authors(reader: &mut Reader<'_, '_>, table: &'static [Field]) -> BTreeMap<String, Author> {
    let mut authors = BTreeMap::new();
    for entry in reader.group("authors").unwrap_or_default() {
        let Some(group) = group_of(reader, entry) else { continue };
        let mut inner = reader.inner(group, table, UnknownKeys::Error);
        let name = if table.len() > 1 { inner.text("name") } else { None };
        let role = inner.text("role").unwrap_or_default();
        authors.insert(entry.key.clone(), Author { name: name.unwrap_or_default(), role });
    }
    authors
}

/// The first language, of the site's own words, then the further ones, which use the site's where they have none of their own.
fn languages(reader: &mut Reader<'_, '_>, config: &Config) -> Vec<LanguageConfig> {
    let first = LanguageConfig {
        code: reader.text("language").unwrap_or_else(|| "en".to_owned()),
        name: String::new(),
        title: config.title.clone(),
        description: config.description.clone(),
        search_example: reader.text("search_example").unwrap_or_default(),
        publisher: config.publisher.name.clone(),
        links: links(reader, "links"),
        footer_links: links(reader, "footer_links"),
        authors: authors(reader, AUTHOR_FIELDS),
    };
    let named = |code: &str| LanguageConfig {
        name: native_name(code).unwrap_or(code).to_owned(),
        code: code.to_owned(),
        ..first.clone()
    };
    if !is_language_tag(&first.code) {
        reader.report("language", not_a_language(&first.code));
    }
    let mut languages = vec![named(&first.code)];
    for entry in reader.group("languages").unwrap_or_default() {
        let Some(group) = group_of(reader, entry) else { continue };
        let mut inner = reader.inner(group, LANGUAGE_FIELDS, UnknownKeys::Error);
        if !is_language_tag(&entry.key) {
            let diagnostic = not_a_language(&entry.key).at(inner.source(), entry.key_span.clone());
            inner.diagnostics().push(diagnostic);
            continue;
        }
        let language = language(&mut inner, named(&entry.key), entry.key == first.code);
        match entry.key == first.code {
            true => languages[0] = language,
            false => languages.push(language),
        }
    }
    languages
}

/// The settings of a language, over `base`. An example to search for is not taken over: it is in one language.
fn language(inner: &mut Reader<'_, '_>, base: LanguageConfig, is_first: bool) -> LanguageConfig {
    let or = |own: Vec<Link>, base: Vec<Link>| if own.is_empty() { base } else { own };
    let example = if is_first { base.search_example } else { String::new() };
    let mut people = base.authors;
    people.extend(authors(inner, LOCAL_AUTHOR_FIELDS));
    LanguageConfig {
        name: inner.text("name").unwrap_or(base.name),
        title: inner.text("title").unwrap_or(base.title),
        description: inner.text("description").unwrap_or(base.description),
        search_example: inner.text("search_example").unwrap_or(example),
        publisher: inner.text("publisher").unwrap_or(base.publisher),
        links: or(links(inner, "links"), base.links),
        footer_links: or(links(inner, "footer_links"), base.footer_links),
        authors: people,
        code: base.code,
    }
}

/// Letters, digits and hyphens (RFC 5646 § 2.1): the tag becomes the name of a folder.
fn is_language_tag(text: &str) -> bool {
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.len() <= 35 && text.split('-').all(is_part)
}

fn not_a_language(text: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(Rule::WrongType, format!("{text:?} is not the tag of a language"));
    diagnostic.hint("write a tag such as `en`, `ur` or `pt-BR`")
}

fn group_of<'a>(reader: &mut Reader<'_, '_>, entry: &'a Entry) -> Option<&'a [Entry]> {
    if let crate::fields::Value::Map(group) = &entry.node.value {
        return Some(group);
    }
    let message = format!("`{}` should have keys of its own", entry.key);
    let diagnostic = Diagnostic::error(Rule::WrongType, message).at(reader.source(), entry.node.span.clone());
    reader.diagnostics().push(diagnostic);
    None
}

fn letter_fields(reader: &mut Reader<'_, '_>) -> Vec<FieldDeclaration> {
    let entries = reader.group("letter_fields").unwrap_or_default();
    let source = reader.source();
    letter_fields::read(source, entries, reader.diagnostics())
}

fn check(reader: &mut Reader<'_, '_>) -> CheckSettings {
    let entries = reader.group("check");
    entries.map(|entries| check_settings::read(reader, entries)).unwrap_or_default()
}

impl Config {
    /// Splits an address such as `https://www.example.com/career-advice/` into origin and base path. One that is wrong changes nothing.
    pub fn set_base_url(&mut self, base_url: &str) {
        if let Ok(base) = base_url::parse(base_url) {
            self.base_link = percent_encoded(&base.path);
            (self.origin, self.base_path) = (base.origin, base.path);
        }
    }

    /// What a whole address of this site has behind the base path, which may be written with percent signs or without, and without its last
    /// slash; `None` for one of another site. The host counts whatever its case, and `http` as `https`.
    #[must_use]
    pub fn inside_own<'a>(&self, address: &'a str) -> Option<&'a str> {
        let (_, host) = self.origin.split_once("://")?;
        let (scheme, rest) = address.split_once("://")?;
        let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        let own = rest.get(..host.len()).filter(|own| is_web && own.eq_ignore_ascii_case(host))?;
        let path = &rest[own.len()..];
        let below = |base: &str| {
            let inside = path.strip_prefix(base.trim_end_matches('/'))?;
            let is_whole = inside.is_empty() || inside.starts_with(['/', '?', '#']);
            is_whole.then(|| inside.strip_prefix('/').unwrap_or(inside))
        };
        below(&self.base_link).or_else(|| below(&self.base_path))
    }

    /// The first language's tag.
    #[must_use]
    pub fn language(&self) -> &str {
        self.languages.first().map_or("en", |language| &language.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourcePath;

    fn parse_text(text: &str) -> (Config, Vec<Diagnostic>) {
        let path = SourcePath::new("letterpress.toml");
        let mut diagnostics = Vec::new();
        let config = parse(SourceText::new(&path, text), &mut diagnostics);
        (config, diagnostics)
    }

    #[test]
    fn a_base_url_gives_origin_and_base_path() {
        let (config, diagnostics) = parse_text("title = \"A\"\nbase_url = \"https://a.example/career-advice\"\n");
        assert_eq!((config.origin.as_str(), config.base_path.as_str()), ("https://a.example", "/career-advice/"));
        assert!(diagnostics.is_empty());
    }

    #[test]
    fn a_base_url_without_a_scheme_gets_its_hint() {
        let (_, diagnostics) = parse_text("title = \"A\"\nbase_url = \"a.example\"\n");
        assert_eq!(diagnostics[0].hint.as_deref(), Some("write `base_url = \"https://a.example\"`"));
    }

    #[test]
    fn a_further_language_has_its_own_title() {
        let (config, _) = parse_text("title = \"Advice\"\n[languages.ur]\ntitle = \"مشورہ\"\n");
        assert_eq!(config.languages[1].title, "مشورہ");
        assert_eq!(config.languages[1].name, "اردو");
    }

    #[test]
    fn a_further_language_has_its_own_links_and_names_or_those_of_the_site() {
        let text = "title = \"A\"\nsearch_example = \"pay\"\nlinks = [{ label = \"Jobs\", url = \"/jobs\" }]\n\
                    [authors.Ayesha]\nrole = \"Recruiter\"\n[languages.ur]\ntitle = \"ب\"\n\
                    footer_links = [{ label = \"رازداری\", url = \"/ur/privacy\" }]\n\
                    [languages.ur.authors.Ayesha]\nname = \"عائشہ\"\n";
        let (config, diagnostics) = parse_text(text);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let [english, urdu] = &config.languages[..] else { panic!("two languages") };
        assert_eq!((english.links.len(), urdu.links.len()), (1, 1));
        assert_eq!((english.footer_links.len(), urdu.footer_links.len()), (0, 1));
        assert_eq!((english.search_example.as_str(), urdu.search_example.as_str()), ("pay", ""));
        assert_eq!(urdu.authors["Ayesha"].name, "عائشہ");
    }

    #[test]
    fn an_unknown_key_is_an_error() {
        let (_, diagnostics) = parse_text("title = \"A\"\nbaseurl = \"x\"\n");
        assert_eq!(diagnostics[0].hint.as_deref(), Some("did you mean `base_url`?"));
    }
}
