//! Headings and the anchors that links can lead to.

use std::collections::BTreeSet;
use std::ops::Range;

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its anchor.
    pub id: String,
    /// Its text without markup.
    pub title: String,
    /// 2 to 6; the page's title is 1.
    pub level: u8,
}

/// A place that a link can lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The id.
    pub id: String,
    /// Where it is made.
    pub span: Range<usize>,
}

/// Gives out ids, each once.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: BTreeSet<String>,
}

impl Ids {
    /// Takes an id that the editor chose. False if it is taken.
    pub(super) fn take(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }

    /// An id from a heading's text, as GitHub makes it, so that a link works on a code host as well: lower case, without punctuation,
    /// hyphens for spaces, and a number behind one that is taken.
    pub(super) fn make(&mut self, text: &str) -> String {
        let base = github_slug(text);
        let mut id = base.clone();
        let mut number = 0;
        while !self.taken.insert(id.clone()) {
            number += 1;
            id = format!("{base}-{number}");
        }
        id
    }
}

fn github_slug(text: &str) -> String {
    let kept = text.trim().chars().filter_map(|character| match character {
        ' ' => Some('-'),
        '-' | '_' => Some(character),
        character if character.is_alphanumeric() => Some(character),
        _ => None,
    });
    let slug: String = kept.flat_map(char::to_lowercase).collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_heading_twice_gets_a_number() {
        let mut ids = Ids::default();
        assert_eq!(ids.make("When to send it?"), "when-to-send-it");
        assert_eq!(ids.make("When to send it?"), "when-to-send-it-1");
    }

    #[test]
    fn other_scripts_keep_their_letters() {
        assert_eq!(Ids::default().make("کب بھیجیں؟"), "کب-بھیجیں");
    }
}
