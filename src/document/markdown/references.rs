//! What a link or picture points at.

use std::ops::Range;

use percent_encoding::percent_decode_str;

use crate::document::holes::without_reserved;

/// What a reference is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceKind {
    /// A link to a page or file.
    Link,
    /// A picture.
    Image,
    /// A letter shown in place.
    Letter,
}

/// A link or picture whose target is a file of the site, or an address on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What it is for.
    pub kind: ReferenceKind,
    /// The path as written, percent-decoded; empty for a place on the same page.
    pub target: String,
    /// What stands between `?` and `#`, as written.
    pub query: Option<String>,
    /// What follows `#`, percent-decoded.
    pub anchor: Option<String>,
    /// The words of the link, or the picture's alternative text.
    pub label: String,
    /// Where it stands in the file.
    pub span: Range<usize>,
}

/// Where a destination leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// Out of the site, or to a program such as a mail reader.
    Outside,
    /// To a scheme that can carry a script.
    Unsafe,
    /// To a file or address of the site.
    Inside(Inside),
}

/// A file or address of the site, and a part of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Inside {
    pub path: String,
    pub query: Option<String>,
    pub anchor: Option<String>,
}

/// Whether an address names a host of its own.
pub(crate) fn is_on_another_host(target: &str) -> bool {
    let target = target.trim_start();
    let begins = |start: &str| target.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    ["https://", "http://", "//"].into_iter().any(begins)
}

/// Schemes that can carry a script or a whole document (WHATWG URL; OWASP XSS cheat sheet).
const UNSAFE: &[&str] = &["javascript", "data", "vbscript"];

pub(super) fn destination(written: &str) -> Destination {
    if let Some(scheme) = scheme(written) {
        return if UNSAFE.contains(&scheme.as_str()) { Destination::Unsafe } else { Destination::Outside };
    }
    if written.starts_with("//") {
        return Destination::Outside;
    }
    let (path, anchor) = written.split_once('#').map_or((written, None), |(path, anchor)| (path, Some(anchor)));
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let mut path = decoded(path);
    if scheme(&path).is_some() {
        // `javascript%3Ax` is a file of that name; written decoded, it must not become a script.
        path.insert_str(0, "./");
    }
    Destination::Inside(Inside {
        path,
        query: query.filter(|query| !query.is_empty()).map(str::to_owned),
        anchor: anchor.filter(|anchor| !anchor.is_empty()).map(decoded),
    })
}

/// Whether an address in settings or front matter runs a script or carries a document, as a browser would read it.
#[must_use]
pub fn is_unsafe_address(written: &str) -> bool {
    destination(written) == Destination::Unsafe
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

/// No file has such a name, and no page may hold what brings back a character that no text holds.
fn decoded(text: &str) -> String {
    without_reserved(percent_decode_str(text).decode_utf8_lossy()).into_owned()
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
        assert_eq!(destination("https://example.com/a.md"), Destination::Outside);
        assert_eq!(destination("mailto:a@example.com"), Destination::Outside);
        assert_eq!(destination("java\nscript:alert(1)"), Destination::Unsafe);
        assert_eq!(destination("JavaScript:alert(1)"), Destination::Unsafe);
        assert_eq!(destination("\u{1}\tVBScript:x"), Destination::Unsafe);
        assert_eq!(destination("a%00b.md#%EF%B7%90"), inside("a\u{fffd}b.md", Some("\u{fffd}")));
        assert_eq!(destination("javascript%3Aalert(1)"), inside("./javascript:alert(1)", None));
    }
}
