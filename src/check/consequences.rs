//! What follows from a fault that is already reported at the same place is left out: one cause, one message.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Location, Position};
use crate::source::SourcePath;

/// Rules whose messages explain what others would say of the same words, and those others.
const CAUSES: &[(&str, &[&str])] = &[
    (
        "template-tag",
        &[
            "bare-url",
            "forgotten-placeholder",
            "unmade-link",
            "foreign-block",
            "foreign-mark",
            "unmade-table",
            "repeated-word",
            "unsafe-html",
        ],
    ),
    (
        "private-comment",
        &[
            "template-tag",
            "foreign-block",
            "foreign-mark",
            "wiki-link",
            "bare-url",
            "forgotten-placeholder",
            "repeated-word",
            "unmade-emphasis",
            "unmade-table",
            "passed-date",
        ],
    ),
    ("wiki-link", &["forgotten-placeholder", "unmade-link"]),
    ("unmade-link", &["bare-url", "forgotten-placeholder"]),
    ("unmade-table", &["bare-url", "repeated-word", "unmade-list"]),
    (
        "unclosed-comment",
        &["unclosed-html", "unsafe-html", "unknown-element", "forgotten-placeholder", "template-tag", "bare-url"],
    ),
    ("unclosed-html", &["unsafe-html", "unknown-element"]),
    ("colour-cue", &["unsafe-html"]),
    ("machine-link", &["bare-url", "misspelt-address", "picture-elsewhere", "unknown-scheme"]),
    ("preview-link", &["bare-url"]),
    // Browsers do find a host in `https:host`; that an image is there is what matters.
    ("picture-elsewhere", &["misspelt-address"]),
    ("unknown-address", &["broken-image"]),
    ("undefined-footnote", &["letter-empty-placeholder", "letter-similar-field", "forgotten-placeholder"]),
    (
        "foreign-block",
        &["several-h1", "skipped-heading", "unmade-emphasis", "foreign-mark", "duplicate-heading", "unmade-heading"],
    ),
    ("unmade-heading", &["template-tag", "foreign-block"]),
    ("wrong-type", &["missing-description", "missing-title"]),
    ("unsafe-link", &["misspelt-address"]),
];

/// Leaves out each consequence that touches its cause.
pub(super) fn leave_out(diagnostics: &mut Vec<Diagnostic>) {
    let mut causes: HashMap<(&SourcePath, &str), Vec<(Position, Position)>> = HashMap::new();
    for one in diagnostics.iter() {
        let Some(location) = one.location.as_ref().filter(|location| !location.excerpt.is_empty()) else { continue };
        for (_, consequences) in CAUSES.iter().filter(|(cause, _)| *cause == one.code) {
            for consequence in *consequences {
                causes.entry((&location.file, consequence)).or_default().push((location.start, location.end));
            }
        }
    }
    if causes.is_empty() {
        return;
    }
    causes.values_mut().for_each(|places| *places = joined(std::mem::take(places)));
    let is_left_out = |location: &Location, code: &str| {
        causes.get(&(&location.file, code)).is_some_and(|places| touches(places, location))
    };
    let left_out: Vec<bool> = diagnostics
        .iter()
        .map(|one| one.location.as_ref().is_some_and(|location| is_left_out(location, one.code)))
        .collect();
    let mut left_out = left_out.into_iter();
    diagnostics.retain(|_| !left_out.next().unwrap_or(false));
}

/// Places in order, those that touch made one.
fn joined(mut places: Vec<(Position, Position)>) -> Vec<(Position, Position)> {
    places.sort_unstable();
    places.dedup_by(|later, earlier| {
        let touches = later.0 <= earlier.1;
        earlier.1 = if touches { earlier.1.max(later.1) } else { earlier.1 };
        touches
    });
    places
}

/// Whether a location begins within one of some places, or one of them within it.
fn touches(places: &[(Position, Position)], location: &Location) -> bool {
    let behind = places.partition_point(|(start, _)| *start <= location.start);
    let is_within = behind > 0 && location.start < places[behind - 1].1;
    is_within || places.get(behind).is_some_and(|(start, _)| *start < location.end)
}
