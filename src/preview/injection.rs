//! A page's HTML → the HTML for the preview: with the reload script, and without a policy that would keep it out.
//!
//! Only on the way out: no file and no memo ever holds these bytes.

use std::fmt::Write;

/// The page of a revision, with the state of its media, and with the script as the first in its head, so that it sees the page before any other script changed it.
pub(super) fn prepared(html: &str, file: &str, hash: &str, (revision, media): (u64, &str)) -> String {
    let html = without_policy(html);
    let place = head_start(&html);
    let mut prepared = String::with_capacity(html.len() + 200);
    prepared.push_str(&html[..place]);
    // Writing to a string can't fail.
    let _ = write!(
        prepared,
        "<script type=\"module\" src=\"/_letterpress/reload.js\" data-letterpress data-file=\"{}\" data-hash=\"{hash}\" data-revision=\"{revision}\" data-media=\"{media}\"></script>",
        escaped(file)
    );
    prepared.push_str(&html[place..]);
    prepared
}

/// Behind `<head …>`; where there is none, behind the doctype.
fn head_start(html: &str) -> usize {
    let end_of = |tag: &str| find(html, tag).and_then(|at| html[at..].find('>').map(|end| at + end + 1));
    end_of("<head>").or_else(|| end_of("<head ")).or_else(|| end_of("<!doctype")).unwrap_or_default()
}

/// A policy in the page (HTML § 4.2.5.3), or one that a letter's script puts there once a reader types, keeps scripts
/// and connections of the preview out.
fn without_policy(html: &str) -> String {
    let elements = without(html, "<meta http-equiv=\"content-security-policy\"", '>');
    without(&elements, " data-policy=\"", '"')
}

/// `html` without what begins with `start`, to the next `end`.
fn without(html: &str, start: &str, end: char) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = find(rest, start) {
        kept.push_str(&rest[..at]);
        rest = rest[at + start.len()..].split_once(end).map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

/// The offset of an ASCII text, in any case. It begins with a sign, so that few places are compared.
fn find(html: &str, wanted: &str) -> Option<usize> {
    let (html, wanted) = (html.as_bytes(), wanted.as_bytes());
    let is_it = |at: &usize| html.get(*at..at + wanted.len()).is_some_and(|found| found.eq_ignore_ascii_case(wanted));
    memchr::memchr_iter(*wanted.first()?, html).find(is_it)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_first_and_the_policy_goes() {
        let html = "<!doctype html>\n<html><head>\n<meta charset=\"utf-8\"><META http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"><script src=\"a.js\"></script></head><form data-policy=\"x 'none'\" hidden></form></html>";
        let prepared = prepared(html, "a \"b\"/index.html", "h", (7, "m"));
        assert!(!prepared.contains("Content-Security-Policy") && prepared.contains("<form hidden>"));
        assert!(prepared.find("reload.js").unwrap() < prepared.find("a.js").unwrap());
        assert!(
            prepared.contains(
                "data-file=\"a &quot;b&quot;/index.html\" data-hash=\"h\" data-revision=\"7\" data-media=\"m\""
            )
        );
    }

    #[test]
    fn a_page_without_a_head_gets_it_too() {
        assert!(prepared("<!doctype html><p>نام", "a", "h", (1, "m")).starts_with("<!doctype html><script"));
        assert!(prepared("<p>x", "a", "h", (1, "m")).starts_with("<script"));
    }
}
