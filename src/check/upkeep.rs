//! Rules about keeping advice useful and fresh.

use super::breach;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Kind};
use crate::site::Site;

/// Pages whose day of review has passed.
pub(super) fn review_due(site: &Site, document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    let Some(review_by) = document.front.review_by.filter(|day| *day < site.today) else { return };
    let diagnostic = breach(format!("this page was to be read again by {review_by}"));
    let diagnostic = diagnostic.hint("check that it still holds, then set `updated` and a new `review_by`");
    diagnostics.push(diagnostic.at(document.source(), document.front.title_span.clone()));
}

/// Articles and letters without a description.
pub(super) fn description(_: &Site, document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    let wants_one = matches!(document.kind, Kind::Article | Kind::Letter);
    if wants_one && document.front.description.is_empty() && !document.front.title.is_empty() {
        let diagnostic = breach("the page has no `description`");
        let diagnostic = diagnostic.hint("add one sentence that says what the reader will be able to do");
        diagnostics.push(diagnostic.at(document.source(), document.front.title_span.clone()));
    }
}
