//! A file's name → what a store serves it with, and when a deployment sends it: one table of kinds.

use crate::output::media_type;
use crate::publish::is_text;

/// When a file is sent, in this order: nothing is sent before what it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Files with a hash of their bytes in their names, which replace nothing.
    Hashed,
    /// Images, documents and other files that pages show or offer.
    Files,
    /// Pages at new addresses, to which nothing leads yet.
    NewPages,
    /// Pages that were there before.
    Pages,
    /// Those of them that readers begin at: home pages and listings of sections.
    EntryPages,
    /// What leads to pages from outside of them: the entry of the search, feeds, redirects.
    Entries,
    /// The list of all pages, for search engines.
    Sitemap,
}

impl Stage {
    /// What is sent in it.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::Hashed => "hashed file",
            Self::Files => "file",
            Self::NewPages => "new page",
            Self::Pages => "page",
            Self::EntryPages => "entry page",
            Self::Entries => "entry",
            Self::Sitemap => "sitemap",
        }
    }

    /// What a file is that is deleted.
    pub(super) fn describe_kind(file: &str) -> &'static str {
        stage(file, false).describe()
    }
}

/// What kinds of files are treated alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    Hashed,
    File,
    Page,
    Entry,
    Sitemap,
}

/// May be kept for ever: other bytes have another name.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// May be kept for an hour, since it changes rarely and keeps its name.
const AN_HOUR: &str = "public, max-age=3600";
/// May be kept, and is asked for again each time, which costs no more than a short answer if it is the same.
const ASK_AGAIN: &str = "no-cache";

/// The kinds, each with its `Cache-Control`.
const KINDS: &[(FileKind, &str)] = &[
    (FileKind::Hashed, FOR_EVER),
    (FileKind::File, AN_HOUR),
    (FileKind::Page, ASK_AGAIN),
    (FileKind::Entry, ASK_AGAIN),
    (FileKind::Sitemap, ASK_AGAIN),
];

/// Folders of the search in which every file has a hash in its path (`search/FORMAT.md`).
const SEARCH_FOLDERS: &[&str] = &["words", "lists", "results", "filters", "spelling"];
/// Files that lead to pages from outside of them, or tell a host how to.
const ENTRIES: &[&str] = &[
    "feed.xml",
    "feed.json",
    "opensearch.xml",
    "site.webmanifest",
    "_headers",
    "_redirects",
    "_nginx.conf",
    ".htaccess",
    "_s3-routing-rules.json",
];

/// The kind of a file. A packed copy is of its original's.
pub(super) fn kind(file: &str) -> FileKind {
    let file = original(file).map_or(file, |(original, _)| original);
    let name = file.rsplit('/').next().unwrap_or(file);
    if is_hashed(file) {
        FileKind::Hashed
    } else if name.ends_with(".html") || name.ends_with(".htm") {
        FileKind::Page
    } else if (name.starts_with("sitemap") && name.ends_with(".xml")) || file == "robots.txt" {
        FileKind::Sitemap
    } else if ENTRIES.contains(&name) || file == "search/index.json" || file.ends_with("/search/index.json") {
        FileKind::Entry
    } else {
        FileKind::File
    }
}

/// Whether its name changes with its bytes: what themes, images and the search are published under.
fn is_hashed(file: &str) -> bool {
    let parts: Vec<&str> = file.split('/').collect();
    let of_search = parts.windows(2).any(|pair| {
        pair[0] == "search"
            && (SEARCH_FOLDERS.contains(&pair[1]) || (pair[1].starts_with("engine.") && pair[1].ends_with(".js")))
    });
    of_search || (parts[0] == "assets" && parts.len() > 1 && parts.last().is_some_and(|name| has_hash(name)))
}

/// Whether a name has a part of hexadecimal digits, as long as a hash in a name is.
fn has_hash(name: &str) -> bool {
    name.split(['.', '-']).any(|part| part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The file that a packed copy is of, and the encoding (RFC 9110 § 8.4.1).
fn original(file: &str) -> Option<(&str, &'static str)> {
    let packed = [(".gz", "gzip"), (".br", "br")];
    let (original, encoding) = packed.iter().find_map(|(end, encoding)| Some((file.strip_suffix(end)?, *encoding)))?;
    is_text(original).then_some((original, encoding))
}

/// When a file is sent, by its kind and whether its address is new.
pub(super) fn stage(file: &str, is_new: bool) -> Stage {
    match kind(file) {
        FileKind::Hashed => Stage::Hashed,
        FileKind::File => Stage::Files,
        FileKind::Page if is_new => Stage::NewPages,
        FileKind::Page if is_entry_page(file) => Stage::EntryPages,
        FileKind::Page => Stage::Pages,
        FileKind::Entry => Stage::Entries,
        FileKind::Sitemap => Stage::Sitemap,
    }
}

/// Whether it is a home page, of the site or a language, or the first page of a section.
fn is_entry_page(file: &str) -> bool {
    let folder = file.strip_suffix("index.html").map(|folder| folder.trim_end_matches('/'));
    folder.is_some_and(|folder| !folder.contains('/'))
}

/// What a store serves a file with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Headers {
    pub(super) content_type: &'static str,
    pub(super) cache_control: &'static str,
    pub(super) content_encoding: Option<&'static str>,
}

impl Headers {
    /// Those of a file that is stored as it is.
    pub(super) fn of(file: &str) -> Self {
        let (named, content_encoding) =
            original(file).map_or((file, None), |(named, encoding)| (named, Some(encoding)));
        let own = kind(file);
        let cache_control = KINDS.iter().find(|(kind, _)| *kind == own).map_or(ASK_AGAIN, |(_, header)| header);
        Self { content_type: media_type(named), cache_control, content_encoding }
    }

    /// One text for all of them, by which a change of headers is seen.
    pub(super) fn text(&self) -> String {
        format!("{}|{}|{}", self.content_type, self.cache_control, self.content_encoding.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_has_its_kind() {
        for (file, expected) in [
            ("index.html", FileKind::Page),
            ("404.html", FileKind::Page),
            ("articles/a/index.html.br", FileKind::Page),
            ("assets/site.1f6f5c2a1f6f.css", FileKind::Hashed),
            ("assets/cards/0123456789abcdef.png", FileKind::Hashed),
            ("assets/fonts/a.0123456789ab.woff2", FileKind::Hashed),
            ("assets/logo.png", FileKind::File),
            ("search/index.json", FileKind::Entry),
            ("ur/search/index.json", FileKind::Entry),
            ("ur/search/words/vyouzyelpq.json", FileKind::Hashed),
            ("search/results/3.rhuki5h/1.json", FileKind::Hashed),
            ("search/engine.ddtlhgu5xm.js", FileKind::Hashed),
            ("search/index.html", FileKind::Page),
            ("articles/a/photo.jpg", FileKind::File),
            ("letters/a/letter.pdf", FileKind::File),
            ("topics/a/feed.xml", FileKind::Entry),
            ("sitemap.xml", FileKind::Sitemap),
            ("robots.txt", FileKind::Sitemap),
            ("articles/a/archive.tar.gz", FileKind::File),
        ] {
            assert_eq!(kind(file), expected, "{file}");
        }
    }

    #[test]
    fn a_packed_copy_is_served_as_what_it_unpacks_to() {
        let headers = Headers::of("assets/site.0123456789ab.css.br");
        assert_eq!(headers.content_type, "text/css; charset=utf-8");
        assert_eq!((headers.cache_control, headers.content_encoding), (FOR_EVER, Some("br")));
        assert_eq!(Headers::of("a.tar.gz").content_encoding, None);
        assert_eq!(Headers::of("index.html").cache_control, "no-cache");
    }
}
