//! The finished [`Site`] → what an editor should mend: one rule a function, all of them in one table.
//!
//! What a single file tells by itself is told where it is read; here are the rules that need the whole site.

mod links;
mod pictures;
mod upkeep;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::site::Site;

/// A rule that looks at one live document within the whole site.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name in messages.
    pub code: &'static str,
    /// How much a breach matters.
    pub severity: Severity,
    /// Why it is there, one sentence.
    pub reason: &'static str,
    find: fn(&Site, &Document, &mut Vec<Diagnostic>),
}

/// Every rule.
pub const RULES: &[Rule] = &[
    Rule {
        code: "broken-link",
        severity: Severity::Error,
        reason: "A link that leads nowhere costs a reader's trust.",
        find: links::broken,
    },
    Rule {
        code: "unknown-address",
        severity: Severity::Warning,
        reason: "An address that this site does not have is probably an old one.",
        find: links::unknown_addresses,
    },
    Rule {
        code: "broken-anchor",
        severity: Severity::Error,
        reason: "A link to a part of a page that isn't there leaves the reader at its top.",
        find: links::anchors,
    },
    Rule {
        code: "not-a-letter",
        severity: Severity::Error,
        reason: "Only a letter can be shown in place.",
        find: links::letters_in_place,
    },
    Rule {
        code: "broken-related",
        severity: Severity::Error,
        reason: "A page to read next must be there.",
        find: links::related,
    },
    Rule {
        code: "broken-image",
        severity: Severity::Error,
        reason: "The picture for shared links must be there.",
        find: pictures::shared,
    },
    Rule {
        code: "missing-alternative",
        severity: Severity::Warning,
        reason: "Readers who don't see a picture need its words (WCAG 2.2 SC 1.1.1).",
        find: pictures::alternatives,
    },
    Rule { code: "review-due", severity: Severity::Warning, reason: "Advice goes stale.", find: upkeep::review_due },
    Rule {
        code: "missing-description",
        severity: Severity::Warning,
        reason: "Listings, search results and shared links need a sentence that says what the page is for.",
        find: upkeep::description,
    },
];

/// Applies every rule to every live document, on all cores.
#[must_use]
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let live: Vec<&Document> = site.live().collect();
    live.par_iter().flat_map_iter(|document| check_document(site, document)).collect()
}

fn check_document(site: &Site, document: &Document) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for rule in RULES {
        let before = diagnostics.len();
        (rule.find)(site, document, &mut diagnostics);
        for diagnostic in &mut diagnostics[before..] {
            (diagnostic.code, diagnostic.severity) = (rule.code, rule.severity);
        }
    }
    diagnostics
}

/// A breach of the rule that is being applied; its code and severity are those of the table.
fn breach(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("", message)
}
