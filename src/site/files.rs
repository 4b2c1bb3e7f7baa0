//! Which files of `content/` beside documents are published: by a list of kinds, since what nobody meant for readers must not reach them.

use super::host_files::HOST_FILES;
use crate::config::Config;
use crate::document::{has_front_matter, private_folder};
use crate::source::{CONTENT_FOLDER, Source, SourcePath};

/// Endings of files that are published: images, sound, films, fonts, and what readers download or browsers load.
pub const PUBLISHED: &[&str] = &[
    "png",
    "jpg",
    "jpeg",
    "jpe",
    "jfif",
    "gif",
    "svg",
    "webp",
    "heic",
    "heif",
    "avif",
    "apng",
    "ico",
    "bmp",
    "tif",
    "tiff",
    "mp3",
    "m4a",
    "ogg",
    "oga",
    "opus",
    "wav",
    "flac",
    "aac",
    "weba",
    "mp4",
    "m4v",
    "webm",
    "ogv",
    "mov",
    "mpg",
    "mpeg",
    "3gp",
    "vtt",
    "srt",
    "woff",
    "woff2",
    "ttf",
    "otf",
    "eot",
    "pdf",
    "epub",
    "zip",
    "gz",
    "tgz",
    "bz2",
    "xz",
    "7z",
    "csv",
    "tsv",
    "json",
    "geojson",
    "xml",
    "rss",
    "atom",
    "txt",
    "ics",
    "vcf",
    "gpx",
    "kml",
    "html",
    "htm",
    "xhtml",
    "css",
    "js",
    "mjs",
    "map",
    "wasm",
    "webmanifest",
    "asc",
    "sig",
];

/// Files without an ending that hosts and other services look for.
const FOR_HOSTS: &[&str] = &["CNAME", "apple-app-site-association", "apple-developer-merchantid-domain-association"];

/// Endings of files that are written as pages are, and are none.
const NEARLY_MARKDOWN: &[&str] = &[
    "mdx",
    "mkd",
    "mkdn",
    "mdwn",
    "mdown",
    "markdn",
    "mdtxt",
    "mdtext",
    "mdoc",
    "rmd",
    "qmd",
    "rst",
    "adoc",
    "asciidoc",
    "asc.txt",
    "org",
    "textile",
    "wiki",
    "mediawiki",
    "creole",
    "mmd",
    "njk",
    "liquid",
];

/// Endings of documents that people still work on.
const OFFICE: &[&str] = &[
    "doc", "docx", "docm", "dot", "dotx", "odt", "ott", "rtf", "pages", "xls", "xlsx", "xlsm", "ods", "numbers", "ppt",
    "pptx", "odp", "gdoc", "gsheet", "psd", "ai", "sketch", "fig", "xcf", "indd", "afdesign", "afphoto", "xd", "eps",
];

/// Endings and names of files that let somebody in.
const SECRET: &[&str] =
    &["pem", "key", "p12", "pfx", "jks", "keystore", "ppk", "kdbx", "env", "htpasswd", "sql", "sqlite", "db"];
const SECRET_NAMES: &[&str] =
    &["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "htpasswd", "credentials.json", "wp-config.php"];

/// Names of files of programs that make sites.
const OF_PROGRAMS: &[&str] = &[
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "composer.json",
    "composer.lock",
    "jsconfig.json",
    "_category_.json",
];

/// How many bytes of a file show what it is.
const HEAD: usize = 8192;

/// Why a file is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unpublished {
    /// It is written as pages are, and its ending is not that of one.
    NearlyPage,
    /// It begins with front matter.
    FrontMatter,
    /// It may let somebody in.
    Secret,
    /// It is the export of another program, with all that is in it.
    Export,
    /// It is a document or image that people still work on.
    Office,
    /// It belongs to a program that makes sites.
    OfProgram,
    /// It is in a folder for what is not public.
    PrivateFolder,
    /// It is in the folder of a page that readers don't see today.
    OfHiddenPage,
    /// Its kind is not in the list.
    NotListed,
}

impl Unpublished {
    /// Why a file is not published, whatever page it is beside. `None` if it is.
    pub(super) fn of(source: &Source, config: &Config) -> Option<Self> {
        let path = &source.path;
        let name = path.file_name().to_lowercase();
        let is_asked_for = config.publish_files.iter().any(|entry| is_of(path, entry));
        let by_content = || Self::by_content(source);
        let by_name = if is_nearly_markdown(&name) {
            Some(Self::NearlyPage)
        } else if private_folder(path).is_some() {
            Some(Self::PrivateFolder)
        } else if is_asked_for {
            None
        } else {
            Self::by_name(path, &name)
        };
        by_name.or_else(by_content)
    }

    fn by_name(path: &SourcePath, name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_for_hosts = FOR_HOSTS.contains(&path.file_name())
            || HOST_FILES.iter().any(|file| file.may_be_own() && file.name == path.file_name())
            || path.as_str().starts_with(&format!("{CONTENT_FOLDER}/.well-known/"));
        if SECRET_NAMES.contains(&name) || SECRET.contains(&ending) {
            return Some(Self::Secret);
        }
        match ending {
            _ if is_for_hosts => None,
            _ if OF_PROGRAMS.contains(&name) => Some(Self::OfProgram),
            _ if PUBLISHED.contains(&ending) => None,
            _ if OFFICE.contains(&ending) => Some(Self::Office),
            _ => Some(Self::NotListed),
        }
    }

    fn by_content(source: &Source) -> Option<Self> {
        let bytes = source.bytes();
        let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
        let has = |words: &[u8]| memchr::memmem::find(head, words).is_some();
        let begins_so = |sign: &[u8]| head.trim_ascii_start().starts_with(sign);
        if begins_so(b"-----BEGIN ") && has(b"PRIVATE KEY-----") {
            return Some(Self::Secret);
        }
        let is_wordpress = begins_so(b"<") && has(b"wordpress.org/export/");
        let is_ghost = begins_so(b"{") && has(b"\"exported_on\"");
        if is_wordpress || is_ghost {
            return Some(Self::Export);
        }
        let is_suspect = has(b"---") || has(b"+++");
        (is_suspect && has_front_matter(&String::from_utf8_lossy(head))).then_some(Self::FrontMatter)
    }

    /// Why it is not published, without a full stop.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::NearlyPage => "this file looks like a page, and its ending is not `.md`",
            Self::FrontMatter => "this file begins as a page does, and its ending is not `.md`",
            Self::Secret => "this file may hold a password or a key",
            Self::Export => "this file is the export of another program, drafts included",
            Self::Office => "this file is a document to work on",
            Self::OfProgram => "this file belongs to another program",
            Self::PrivateFolder => "this file is in a folder for what is not public",
            Self::OfHiddenPage => "this file belongs to a page that readers don't see today",
            Self::NotListed => "files of this kind are not for readers unless the site says so",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(self, path: &SourcePath) -> String {
        let inside = path.as_str().strip_prefix(CONTENT_FOLDER).unwrap_or(path.as_str()).trim_start_matches('/');
        match self {
            Self::NearlyPage => {
                format!("rename it to `{}`, or move it out of `{CONTENT_FOLDER}/`", as_markdown(path.file_name()))
            }
            Self::FrontMatter => {
                format!("rename it to `{}`, or remove the lines of its front matter", as_markdown(path.file_name()))
            }
            Self::Secret | Self::Export | Self::OfProgram | Self::PrivateFolder => {
                format!("move it out of `{CONTENT_FOLDER}/`")
            }
            Self::OfHiddenPage => "move it to another folder if other pages need it".to_owned(),
            Self::Office => {
                format!("move it out of `{CONTENT_FOLDER}/`; if readers are to download it, {}", listing(inside))
            }
            Self::NotListed => format!("move it out of `{CONTENT_FOLDER}/`; if readers need it, {}", listing(inside)),
        }
    }
}

fn listing(inside: &str) -> String {
    format!("write `publish_files = [\"{inside}\"]` in letterpress.toml")
}

/// Whether an entry of `publish_files` names a file: by its ending, its path from `content/`, or a folder with a `/` behind it.
fn is_of(path: &SourcePath, entry: &str) -> bool {
    let inside = path.as_str().strip_prefix(CONTENT_FOLDER).unwrap_or(path.as_str()).trim_start_matches('/');
    let entry = entry.trim().trim_start_matches('/');
    let entry = entry.strip_prefix(CONTENT_FOLDER).and_then(|rest| rest.strip_prefix('/')).unwrap_or(entry);
    let ending = format!(".{}", entry.trim_start_matches(['*', '.']).to_lowercase());
    let is_ending = !entry.contains('/') && ending.len() > 1 && inside.to_lowercase().ends_with(&ending);
    inside == entry || is_ending || (entry.ends_with('/') && inside.starts_with(entry))
}

/// `leave.md.txt`, `leave.mdx`, `leave.md.`
fn is_nearly_markdown(name: &str) -> bool {
    let name = name.trim_end_matches(|sign: char| !sign.is_alphanumeric());
    let mut parts = name.split('.').skip(1);
    let is_page = |part: &str| matches!(part.trim(), "md" | "markdown");
    parts.any(|part| is_page(part) || NEARLY_MARKDOWN.contains(&part))
}

/// The name that a page of this name has.
fn as_markdown(name: &str) -> String {
    let name = name.trim_end_matches(|sign: char| !sign.is_alphanumeric());
    let lower = name.to_lowercase();
    let end = [".md", ".markdown"].iter().filter_map(|ending| lower.find(ending)).min();
    let end = end.or_else(|| name.rfind('.')).unwrap_or(name.len());
    format!("{}.md", &name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, text: &str, publish_files: &[&str]) -> Option<Unpublished> {
        let publish_files = publish_files.iter().map(|&entry| entry.to_owned()).collect();
        let config = Config { publish_files, ..Config::default() };
        Unpublished::of(&Source::new(SourcePath::new(&format!("content/{path}")), text), &config)
    }

    #[test]
    fn what_readers_and_hosts_need_is_published() {
        for path in [
            "a.png",
            "a/b.PDF",
            "data.csv",
            "robots.txt",
            "CNAME",
            "_headers",
            "_redirects",
            "humans.txt",
            "ads.txt",
            "favicon.ico",
            "google0123.html",
            "BingSiteAuth.xml",
            ".well-known/security.txt",
            ".well-known/anything",
            "song.mp3",
            "a.tar.gz",
        ] {
            assert_eq!(of(path, "x", &[]), None, "{path}");
        }
    }

    #[test]
    fn what_is_nearly_a_page_or_not_for_readers_is_kept_back() {
        for path in ["a.md.txt", "a.mdx", "a.mkd", "a.rst", "a.md.docx", "a.md.", "a.MD ", "a.org", "a.markdown.txt"] {
            assert_eq!(of(path, "x", &["mdx", "txt"]), Some(Unpublished::NearlyPage), "{path}");
        }
        for (path, kind) in [
            ("id_rsa", Unpublished::Secret),
            ("server.key", Unpublished::Secret),
            ("dump.sql", Unpublished::Secret),
            ("plan.docx", Unpublished::Office),
            ("logo.psd", Unpublished::Office),
            ("package.json", Unpublished::OfProgram),
            ("_drafts/a.png", Unpublished::PrivateFolder),
            ("tool.exe", Unpublished::NotListed),
            ("noending", Unpublished::NotListed),
        ] {
            assert_eq!(of(path, "x", &[]), Some(kind), "{path}");
        }
    }

    #[test]
    fn what_a_file_holds_counts_more_than_its_name() {
        let page = "---\ntitle: Resign\ndraft: true\n---\n\nNot yet public.\n";
        assert_eq!(of("resign.txt", page, &["txt"]), Some(Unpublished::FrontMatter));
        assert_eq!(of("resign", page, &[""]), Some(Unpublished::NotListed));
        assert_eq!(of("key.txt", "-----BEGIN RSA PRIVATE KEY-----\n", &[]), Some(Unpublished::Secret));
        assert_eq!(
            of("all.xml", "<?xml?><rss xmlns:wp=\"http://wordpress.org/export/1.2/\">", &[]),
            Some(Unpublished::Export)
        );
        assert_eq!(of("table.txt", "one\n---\ntwo: 2\n", &[]), None);
    }

    #[test]
    fn a_site_lists_what_else_it_publishes() {
        for entry in ["docx", ".docx", "*.docx", "files/plan.docx", "/files/plan.docx", "files/", "content/files/"] {
            assert_eq!(of("files/plan.docx", "x", &[entry]), None, "{entry}");
        }
        assert_eq!(of("files/plan.docx", "x", &["lan.docx", "file", "other/"]), Some(Unpublished::Office));
    }

    #[test]
    fn a_hint_names_the_page_that_a_file_should_be() {
        for (name, meant) in [("a.md.txt", "a.md"), ("a.mdx", "a.md"), ("a.md.", "a.md"), ("a.b.rst", "a.b.md")] {
            assert_eq!(as_markdown(name), meant);
        }
    }
}
