//! Answers about old addresses.

use crate::render::question::Node;
use crate::render::world::Reader;

/// Old addresses and where their readers are sent.
pub(super) fn redirects(reader: Reader<'_>) -> Node {
    let base = &reader.config().base_path;
    let languages = 0..reader.config().languages.len();
    let sections = languages.flat_map(|language| reader.sections(language)).map(|section| section.address());
    let files = reader.assets();
    let pages = reader.pages().map(|page| page.address());
    let mut live: Vec<&str> = pages.chain(sections).chain(files).map(|address| address.as_str()).collect();
    live.sort_unstable();
    Node::list(reader.redirects().iter().map(|redirect| {
        let path = format!("{base}{}", redirect.from.as_str());
        Node::record([
            ("from", Node::text(reader.url(&redirect.from))),
            ("to", Node::text(reader.url(&redirect.to))),
            ("pattern", Node::text(pattern(&path))),
            ("key", Node::text(path.trim_start_matches('/'))),
            ("to_key", Node::text(format!("{base}{}", redirect.to.as_str()).trim_start_matches('/'))),
            ("is_folder", Node::Flag(is_folder(redirect.from.as_str(), &live))),
            ("path", Node::text(path)),
        ])
    }))
}

/// Whether everything below an old address is gone with it. `live` is in order.
fn is_folder(from: &str, live: &[&str]) -> bool {
    let next = live.get(live.partition_point(|address| *address < from));
    from.ends_with('/') && !next.is_some_and(|address| address.starts_with(from))
}

/// A path as a regular expression that only it matches (PCRE).
pub(in crate::render) fn pattern(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len() + 8);
    for character in path.chars() {
        if character.is_ascii_punctuation() && !matches!(character, '/' | '-' | '_') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_its_path_alone() {
        assert_eq!(pattern("/a-b/c.d(e)/"), "/a-b/c\\.d\\(e\\)/");
    }

    #[test]
    fn an_old_address_above_a_live_page_is_no_folder() {
        let live = ["articles/old/part-two/", "articles/pay/"];
        assert!(!is_folder("articles/old/", &live));
        assert!(is_folder("articles/older/", &live));
        assert!(!is_folder("old.html", &live));
    }
}
