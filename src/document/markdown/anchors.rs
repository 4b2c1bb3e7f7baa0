//! Headings and the anchors that links can lead to.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::text::{composed, is_of_word};

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its anchor.
    pub id: Arc<str>,
    /// Its text without markup.
    pub title: Arc<str>,
    /// 2 to 6; the page's title is 1.
    pub level: u8,
}

/// A place that a link can lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The id.
    pub id: Arc<str>,
    /// Where it is made.
    pub span: Range<usize>,
}

/// Gives out ids, each once.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: BTreeSet<String>,
    /// The last number given to each text, so that a repeated heading costs no more than any other.
    numbers: BTreeMap<String, usize>,
    reserved: Option<&'static str>,
}

impl Ids {
    /// Gives out no id that begins so, since the frame has those.
    pub(super) fn leaving(reserved: &'static str) -> Self {
        Self { reserved: Some(reserved), ..Self::default() }
    }

    /// Takes an id that the editor chose. False if it is taken.
    pub(super) fn take(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }

    /// An id from a heading's text, as GitHub makes it, so that a link works on a code host as well: lower case, without punctuation,
    /// hyphens for spaces, and a number behind one that is taken. It never has a capital of A to Z: with these begin the frame's own ids.
    pub(super) fn make(&mut self, text: &str) -> String {
        let mut base = github_slug(text);
        if self.reserved.is_some_and(|reserved| base.starts_with(reserved)) {
            base.insert_str(0, "about-");
        }
        let mut id = base.clone();
        let number = self.numbers.entry(base.clone()).or_default();
        while !self.taken.insert(id.clone()) {
            *number += 1;
            id = format!("{base}-{number}");
        }
        id
    }
}

/// Gives each heading the level that it has in the outline, so that none is skipped whatever the editor wrote: the page's title is level 1,
/// what is directly below it level 2 (WCAG 2.2 SC 1.3.1, H42).
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The written levels of the heading before and of those above it.
    open: Vec<u8>,
}

impl Outline {
    /// The level of the next heading.
    pub(super) fn level(&mut self, written: u8) -> u8 {
        while self.open.last().is_some_and(|&above| above >= written) {
            self.open.pop();
        }
        self.open.push(written);
        // At most six levels can be written, so at most six are open.
        (self.open.len() as u8 + 1).min(6)
    }
}

fn github_slug(text: &str) -> String {
    let text = composed(text.trim());
    let kept = text.chars().filter_map(|character| match character {
        ' ' => Some('-'),
        '-' | '_' => Some(character),
        character if is_of_word(character) => Some(character),
        _ => None,
    });
    let slug: String = kept.flat_map(char::to_lowercase).collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_level_of_the_outline_is_skipped() {
        let levels = |written: &[u8]| {
            let mut outline = Outline::default();
            written.iter().map(|&level| outline.level(level)).collect::<Vec<_>>()
        };
        assert_eq!(levels(&[2, 3, 3, 2]), [2, 3, 3, 2]);
        assert_eq!(levels(&[1, 2, 3]), [2, 3, 4]);
        assert_eq!(levels(&[3, 2, 4, 6, 3]), [2, 2, 3, 4, 3]);
    }

    #[test]
    fn the_same_heading_twice_gets_a_number() {
        let mut ids = Ids::default();
        assert_eq!(ids.make("When to send it?"), "when-to-send-it");
        assert_eq!(ids.make("When to send it?"), "when-to-send-it-1");
    }

    #[test]
    fn words_keep_the_marks_on_their_letters() {
        let kept = ["क्या", "ज़रूरत", "ภาษาที่", "كِتَابٌ", "வணக்கம்", "ප්‍රශ්නය", "বাংলা", "ខ្ញុំ", "မြန်မာ"];
        for word in kept {
            assert_eq!(Ids::default().make(word), word.replace('\u{200d}', ""), "{word}");
        }
        assert_eq!(Ids::default().make("E\u{301}cole"), "école");
    }

    #[test]
    fn other_scripts_keep_their_letters() {
        assert_eq!(Ids::default().make("کب بھیجیں؟"), "کب-بھیجیں");
    }
}
