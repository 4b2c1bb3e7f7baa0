//! Footnotes: gathered where they are defined, shown at the end in the order in which the text refers to them.

use std::collections::HashMap;

use crate::document::holes::{Hole, mark};

#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Names in the order of their first reference.
    referred: Vec<String>,
    /// The place of each in `referred`.
    places: HashMap<String, usize>,
    /// How often each was referred to.
    counts: Vec<usize>,
    /// The notes by name, the first of each.
    defined: HashMap<String, String>,
    /// The names of those that are being written.
    open: Vec<String>,
}

impl Notes {
    /// The mark in the text.
    pub(super) fn refer(&mut self, name: &str) -> String {
        let name = &folded(name);
        let next = self.referred.len();
        let index = *self.places.entry(name.to_owned()).or_insert(next);
        if index == next {
            self.referred.push(name.to_owned());
            self.counts.push(0);
        }
        self.counts[index] += 1;
        let number = index + 1;
        let id = reference_id(number, self.counts[index]);
        format!(
            "<sup class=\"footnote-reference\" id=\"{id}\"><a href=\"#Note-{number}\" aria-label=\"{} {number}\">{number}</a></sup>",
            mark(Hole::Word("footnote"))
        )
    }

    /// Whether a note or a reference to one has that id.
    pub(super) fn has_id(&self, id: &str) -> bool {
        let number = |text: &str| text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let Some(rest) = id.strip_prefix("Note-") else { return false };
        let Some(rest) = rest.strip_prefix("reference-") else {
            return number(rest).is_some_and(|index| index < self.referred.len());
        };
        let (note, count) = rest.split_once('-').unwrap_or((rest, "1"));
        number(note)
            .and_then(|index| self.counts.get(index))
            .zip(number(count))
            .is_some_and(|(most, count)| count < *most)
    }

    /// A note's definition begins.
    pub(super) fn define(&mut self, name: &str) {
        self.open.push(folded(name));
    }

    /// The last definition that began is complete.
    pub(super) fn complete(&mut self, html: String) {
        if let Some(name) = self.open.pop() {
            self.defined.entry(name).or_insert(html);
        }
    }

    /// The section of notes; nothing if the text refers to none.
    pub(super) fn section(&self) -> String {
        let items: String = (1..).zip(&self.referred).filter_map(|(number, name)| self.item(number, name)).collect();
        if items.is_empty() {
            return items;
        }
        let label = mark(Hole::Word("footnotes"));
        format!("<section class=\"footnotes\" aria-label=\"{label}\">\n<ol>\n{items}</ol>\n</section>\n")
    }

    fn item(&self, number: usize, name: &str) -> Option<String> {
        let html = self.defined.get(name)?;
        let back = (1..=self.counts[number - 1]).map(|count| {
            let label = mark(Hole::Word("footnote_back"));
            format!(
                " <a class=\"footnote-back\" href=\"#{}\" aria-label=\"{label}\">↩</a>",
                reference_id(number, count)
            )
        });
        let back: String = back.collect();
        let html = match html.trim_end().strip_suffix("</p>") {
            Some(open) => format!("{open}{back}</p>"),
            None => format!("{html}<p>{back}</p>"),
        };
        Some(format!("<li id=\"Note-{number}\">{html}</li>\n"))
    }
}

/// Names are alike whatever their case, as the parser takes them.
fn folded(name: &str) -> String {
    name.to_lowercase()
}

fn reference_id(number: usize, count: usize) -> String {
    if count == 1 { format!("Note-reference-{number}") } else { format!("Note-reference-{number}-{count}") }
}
