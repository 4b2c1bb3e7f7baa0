//! An address as it is written → where it leads, as a browser reads it (WHATWG URL).

use std::sync::LazyLock;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use url::Url;

use crate::text::{composed, without_reserved};

/// Where a destination leads.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// To this address of another host, or of a program such as a mail reader.
    Outside(String),
    /// To an address that can run a script or carry a document.
    Unsafe,
    /// To an address of a scheme that pages don't link to.
    UnknownScheme,
    /// To a file or address of the site.
    Inside(Inside),
}

/// A file or address of the site, and a part of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Inside {
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) anchor: Option<String>,
}

/// Schemes that can carry a script or a whole document (WHATWG URL; OWASP XSS cheat sheet).
const UNSAFE: &[&str] = &["javascript", "data", "vbscript", "blob", "filesystem", "about", "view-source"];

/// Schemes that a page may link to: the web's, those that HTML lets a page hand to a program (HTML § 8.9.1, 'safelisted schemes'), and those of
/// programs that people call and write to each other with.
pub(crate) const SCHEMES: &[&str] = &[
    "bitcoin",
    "callto",
    "facetime",
    "ftp",
    "ftps",
    "geo",
    "http",
    "https",
    "im",
    "irc",
    "ircs",
    "magnet",
    "mailto",
    "maps",
    "matrix",
    "mms",
    "news",
    "nntp",
    "openpgp4fpr",
    "sftp",
    "sgnl",
    "signal",
    "sip",
    "sips",
    "skype",
    "sms",
    "smsto",
    "ssh",
    "tel",
    "tg",
    "urn",
    "viber",
    "webcal",
    "wtai",
    "whatsapp",
    "xmpp",
];

/// A page of no site, asked for over TLS and without: what a browser takes for an address of another host depends on which of them it shows.
static PAGES: LazyLock<Vec<Url>> = LazyLock::new(|| {
    let pages = ["https://page.invalid/folder/page/", "http://page.invalid/folder/page/"];
    pages.into_iter().filter_map(|page| Url::parse(page).ok()).collect()
});

/// Where a browser would go (WHATWG URL).
pub(crate) fn destination(written: &str) -> Destination {
    let written = written.trim_matches(|sign: char| sign <= ' ');
    if is_plain_path(written) {
        return Destination::Inside(inside(written));
    }
    match PAGES.iter().find_map(|page| leaves(page, written)) {
        Some(destination) => destination,
        None => Destination::Inside(inside(&written.replace(['\t', '\n', '\r'], ""))),
    }
}

/// Whether an address can't but be one of the page's own host.
fn is_plain_path(address: &str) -> bool {
    let (path, _) = address.split_once(['?', '#']).unwrap_or((address, ""));
    !path.starts_with("//") && !path.bytes().any(|byte| byte < b' ' || byte == b':' || byte == b'\\')
}

/// Where an address leads, if it leaves the page's host.
fn leaves(page: &Url, written: &str) -> Option<Destination> {
    let Ok(address) = page.join(written).or_else(|_| page.join(&with_two_slashes(written))) else {
        return Some(unparsed(written));
    };
    let is_on_host = address.host() == page.host() && address.scheme() == page.scheme();
    if is_on_host {
        return None;
    }
    Some(match refused(address.scheme()) {
        Some(refused) => refused,
        None if is_written_plainly(written) => Destination::Outside(written.to_owned()),
        None => Destination::Outside(address.into()),
    })
}

/// An address without a scheme, with two slashes before its host: browsers pass over further ones, the crate doesn't.
fn with_two_slashes(written: &str) -> String {
    format!("//{}", written.trim_start_matches(['/', '\\', '\t', '\n', '\r']))
}

/// An address that no browser follows; should one do so all the same, its scheme is one that does no harm.
fn unparsed(written: &str) -> Destination {
    let scheme = scheme(written).unwrap_or_else(|| "https".to_owned());
    refused(&scheme).unwrap_or_else(|| Destination::Outside(written.to_owned()))
}

fn refused(scheme: &str) -> Option<Destination> {
    if UNSAFE.contains(&scheme) {
        return Some(Destination::Unsafe);
    }
    (!SCHEMES.contains(&scheme)).then_some(Destination::UnknownScheme)
}

/// Whether every reader of an address takes it as a browser does, so that it can stay as it is written.
fn is_written_plainly(address: &str) -> bool {
    let is_odd = address.contains(|sign: char| sign.is_control() || sign == '\\');
    let lower = address.get(..8.min(address.len())).unwrap_or(address).to_ascii_lowercase();
    let of_web = lower.starts_with("http:") || lower.starts_with("https:") || lower.starts_with("ftp");
    let after = if of_web { address.split_once("://").map(|(_, after)| after) } else { address.strip_prefix("//") };
    let names_host = after.is_some_and(|after| !after.starts_with('/'));
    !is_odd && (names_host || (!of_web && !address.starts_with('/')))
}

/// The host that an address of the web names.
pub(crate) fn host(address: &str) -> Option<String> {
    PAGES.first()?.join(address).ok()?.host_str().map(str::to_owned)
}

fn inside(written: &str) -> Inside {
    let (path, anchor) = written.split_once('#').map_or((written, None), |(path, anchor)| (path, Some(anchor)));
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let mut path = decoded(path);
    if scheme(&path).is_some() {
        // `javascript%3Ax` is a file of that name; written decoded, it must not become a script.
        path.insert_str(0, "./");
    }
    Inside {
        path,
        query: query.filter(|query| !query.is_empty()).map(str::to_owned),
        anchor: anchor.filter(|anchor| !anchor.is_empty()).map(decoded),
    }
}

/// Whether an address has a scheme that pages don't link to, though it runs nothing.
#[must_use]
pub fn has_unknown_scheme(written: &str) -> bool {
    destination(written) == Destination::UnknownScheme
}

/// Whether an address in settings or front matter is one that pages don't link to, as a browser would read it.
#[must_use]
pub fn is_unsafe_address(written: &str) -> bool {
    matches!(destination(written), Destination::Unsafe | Destination::UnknownScheme)
}

/// Signs that a path on the site's host has only as their numbers.
const NOT_IN_PATHS: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'\\').add(b'^').add(b'`');

/// A path that was decoded, written so that a browser looks for it on the page's own host.
#[must_use]
pub fn path_on_host(path: &str) -> String {
    let is_outside_ascii = |sign: char| !sign.is_ascii();
    let mut written = String::with_capacity(path.len());
    for piece in path.split_inclusive(is_outside_ascii) {
        let plain = piece.trim_end_matches(is_outside_ascii);
        written.extend(utf8_percent_encode(plain, NOT_IN_PATHS));
        written.push_str(&piece[plain.len()..]);
    }
    match written.strip_prefix("//") {
        Some(rest) => format!("/%2F{rest}"),
        None => written,
    }
}

/// `scheme:` at the head of an address (RFC 3986 § 3.1), in lower case. White space and control characters are passed over as browsers do.
fn scheme(written: &str) -> Option<String> {
    let (scheme, _) = written.split_once(':')?;
    let scheme: String =
        scheme.chars().filter(|character| !character.is_whitespace() && !character.is_control()).collect();
    let begins_well = scheme.starts_with(|first: char| first.is_ascii_alphabetic());
    let is_scheme = scheme.chars().all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character));
    (begins_well && is_scheme).then(|| scheme.to_ascii_lowercase())
}

/// In NFC, as names of files are. No page may hold what brings back a character that no text holds.
fn decoded(text: &str) -> String {
    composed(&without_reserved(percent_decode_str(text).decode_utf8_lossy())).into_owned()
}

/// A path with the characters percent-encoded that an address can't contain (RFC 3986 § 3.3).
#[must_use]
pub fn percent_encoded(path: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~')
        .remove(b'/')
        .remove(b',')
        .remove(b'+')
        .remove(b'@');
    percent_encoding::utf8_percent_encode(path, KEPT).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_told_apart() {
        let inside = |path: &str, anchor: Option<&str>| {
            Destination::Inside(Inside {
                path: path.to_owned(),
                anchor: anchor.map(str::to_owned),
                ..Inside::default()
            })
        };
        assert_eq!(destination("../a.md#when"), inside("../a.md", Some("when")));
        assert_eq!(destination("my%20file.md"), inside("my file.md", None));
        assert_eq!(destination("#here"), inside("", Some("here")));
        let outside = |address: &str| Destination::Outside(address.to_owned());
        assert_eq!(destination("https://example.com/a.md"), outside("https://example.com/a.md"));
        assert_eq!(destination("mailto:a@example.com"), outside("mailto:a@example.com"));
        assert_eq!(destination("java\nscript:alert(1)"), Destination::Unsafe);
        assert_eq!(destination("JavaScript:alert(1)"), Destination::Unsafe);
        assert_eq!(destination("\u{1}\tVBScript:x"), Destination::Unsafe);
        assert_eq!(destination("blob:https://example.com/1"), Destination::Unsafe);
        assert_eq!(destination("C:\\letter.docx"), Destination::UnknownScheme);
        assert_eq!(destination("a%00b.md#%EF%B7%90"), inside("a\u{fffd}b.md", Some("\u{fffd}")));
        assert_eq!(destination("javascript%3Aalert(1)"), inside("./javascript:alert(1)", None));
        assert_eq!(destination("a\\b.md"), inside("a\\b.md", None));
        assert_eq!(destination("notes.md#when:then"), inside("notes.md", Some("when:then")));
    }

    #[test]
    fn another_host_is_known_however_its_address_is_written() {
        let odd = [
            "https:evil.example/i.png",
            "https:/evil.example/i.png",
            "https:\\evil.example/i.png",
            "https:\\\\evil.example\\i.png",
            "https:///evil.example/i.png",
            "\u{1}ht\ttps://evil.ex\nample/i.png ",
            "/\\evil.example/i.png",
            "\\\\evil.example/i.png",
            "\\/evil.example/i.png",
            "///evil.example/i.png",
            "/\\/\t\\evil.example/i.png",
            "/\t/evil.example/i.png",
            "hTTpS:%65vil.example/i.png",
        ];
        for address in odd {
            let expected = Destination::Outside("https://evil.example/i.png".to_owned());
            assert_eq!(destination(address), expected, "{address:?}");
        }
        for address in ["https://evil.example", "//evil.example/A b", "HTTP://Evil.example/?q#a"] {
            assert_eq!(destination(address), Destination::Outside(address.to_owned()), "{address:?}");
        }
        assert_eq!(destination("http:evil.example/"), Destination::Outside("http://evil.example/".to_owned()));
        assert_eq!(destination("https://[bad/"), Destination::Outside("https://[bad/".to_owned()));
    }

    #[test]
    fn a_path_stays_on_its_host_when_it_is_written() {
        assert_eq!(path_on_host("//evil.example/a"), "/%2Fevil.example/a");
        assert_eq!(path_on_host("/\\evil"), "/%5Cevil");
        assert_eq!(path_on_host("/\t/evil نوکری 100%"), "/%09/evil%20نوکری%20100%25");
        assert_eq!(path_on_host("../a/b.md"), "../a/b.md");
    }
}
