//! What a document's Markdown becomes.

use std::ops::Range;

use super::anchors::{Anchor, Heading};
use super::references::Reference;
use super::sections::Sections;
use super::steps::Step;
use crate::storage::{Scratch, StoredText};

/// A document's content without its front matter.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The body in order.
    pub parts: Vec<Part>,
    /// Links and images, numbered as the holes of `parts` are.
    pub references: Vec<Reference>,
    /// Addresses of other sites and programs that the body links to, with their places.
    pub outside: Vec<(String, Range<usize>)>,
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// Every place that a link can lead to, headings included.
    pub anchors: Vec<Anchor>,
    /// The text between headings, without markup and code.
    pub sections: Sections,
    /// The first paragraph's text, shortened.
    pub excerpt: String,
    /// How many words there are.
    pub words: usize,
    /// The items of its numbered lists, if the front matter declares them steps.
    pub steps: Vec<Step>,
}

/// A part of a body.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// HTML with holes.
    Html(StoredText),
    /// A letter shown in place: the number of its reference, and what the editor calls it there.
    Letter(usize, String),
}

impl Body {
    /// Its HTML, not cached.
    #[must_use]
    pub fn html(&self) -> Vec<StoredText> {
        let html = self.parts.iter().filter_map(|part| match part {
            Part::Html(html) => Some(html.uncached()),
            Part::Letter(..) => None,
        });
        html.collect()
    }

    /// Puts its texts into a scratch file.
    pub(crate) fn spill(&mut self, scratch: &Scratch) {
        for part in &mut self.parts {
            if let Part::Html(html) = part {
                *html = std::mem::take(html).spill(scratch);
            }
        }
        self.sections.spill(scratch);
    }
}

/// An excerpt is cut at a word's end before this many characters.
const EXCERPT: usize = 170;

/// Text cut at a word's end, with an ellipsis if something was cut.
pub(super) fn shortened(text: &str) -> String {
    let text = text.trim();
    let Some((limit, _)) = text.char_indices().nth(EXCERPT) else { return text.to_owned() };
    let end = text[..limit].rfind(char::is_whitespace).unwrap_or(limit);
    format!("{}…", text[..end].trim_end_matches([',', ';', ':', '.', ' ']))
}
