//! Rules about addresses that only the editor's own machine knows: files of a disk, and servers such as the preview's.

use super::replacing::{outside_link, replaced};
use crate::check::nearest::relative;
use crate::check::reading::{Image, Link};
use crate::check::{Finding, Linked, Page};
use crate::document::Kind;

/// Links and images that lead to a file on a disk.
pub(crate) fn files(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let links =
        page.reading.links.iter().map(|Link { target, span, .. }| (target.as_str(), page.definitions.place(span)));
    let images =
        page.reading.images.iter().map(|Image { target, span, .. }| (target.as_str(), page.definitions.place(span)));
    let is_letter = page.document.kind == Kind::Letter;
    let guidance = page.document.body.outside.iter().filter(|_| is_letter);
    let guidance = guidance.map(|(target, span)| (target.as_str(), span.clone()));
    for (target, place) in links.chain(images).chain(guidance).filter(|(target, _)| is_file(target)) {
        let diagnostic = Finding::new(format!("`{target}` is a file on your own computer, which readers can't open"));
        let hint = "put the file beside this one, and write its name";
        diagnostics.push(diagnostic.hint(hint).at(page.document.source(), place));
    }
}

/// Whether an address names a file of a disk: `file:…`, `C:\\…`, `C:/…`, `\\\\server\\share`.
pub(crate) fn is_file(target: &str) -> bool {
    let target = target.trim();
    let is_drive = |bytes: &[u8]| bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.get(1) == Some(&b':');
    let is_path = matches!(target.as_bytes().get(2), Some(b'\\' | b'/'));
    let has_scheme = target.get(..5).is_some_and(|head| head.eq_ignore_ascii_case("file:"));
    has_scheme || target.starts_with('\\') || is_drive(target.as_bytes()) && is_path
}

/// Links to a server on the machine itself, as a preview has.
pub(crate) fn servers(linked: &Linked<'_, '_>, diagnostics: &mut Vec<Finding>) {
    let Linked { whole, document, .. } = linked;
    for (target, span) in &document.body.outside {
        let Some(path) = path_on_this_machine(target) else { continue };
        let inside = path.strip_prefix(&whole.site.config.base_path).unwrap_or(path.trim_start_matches('/'));
        let address = inside.split(['#', '?']).next().unwrap_or(inside);
        let diagnostic = Finding::new(format!("`{target}` leads to your own computer, where readers find nothing"));
        let diagnostic = diagnostic.at(document.source(), linked.definitions.place(span));
        diagnostics.push(match whole.nearest.page_at(address) {
            Some(page) => {
                let new = relative(document.path.folder(), page.as_str()) + &inside[address.len()..];
                let diagnostic = diagnostic.hint(format!("link to the file: `{new}`"));
                replaced(diagnostic, linked, &outside_link(target, span), target, &new)
            }
            None => diagnostic.hint("link to the page's file by its path from this one, or to its address on the web"),
        });
    }
}

/// What follows the host of an address, if that host is the machine itself.
fn path_on_this_machine(target: &str) -> Option<&str> {
    let rest = target.trim().split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?.1;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.rsplit('@').next().unwrap_or(host);
    let name = host
        .rsplit_once(':')
        .map_or(host, |(name, port)| if port.bytes().all(|byte| byte.is_ascii_digit()) { name } else { host });
    let name = name.to_ascii_lowercase();
    let is_own = matches!(name.as_str(), "localhost" | "[::1]" | "0.0.0.0")
        || name.starts_with("127.")
        || name.ends_with(".localhost");
    is_own.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_disk_are_known_by_how_they_begin() {
        for target in ["file:///C:/x.docx", "FILE://server/x", "C:\\x.docx", "d:/x.docx", "\\\\server\\share\\x"] {
            assert!(is_file(target), "{target}");
        }
        for target in ["https://x.example/", "a.md", "tel:1", "x:y", "/c:/a", "c:x"] {
            assert!(!is_file(target), "{target}");
        }
    }

    #[test]
    fn a_server_of_this_machine_is_known_by_its_host() {
        let expected = [
            ("http://127.0.0.1:4000/a/", Some("/a/")),
            ("http://localhost/", Some("/")),
            ("https://LOCALHOST:1", Some("")),
            ("http://[::1]:4000/x", Some("/x")),
            ("http://localhost.example.org/", None),
            ("mailto:a@localhost", None),
        ];
        for (target, path) in expected {
            assert_eq!(path_on_this_machine(target), path, "{target}");
        }
    }
}
