//! Puts another address in the place of the one that a link has.

use std::ops::Range;

use crate::check::{Finding, Linked};
use crate::document::{Reference, ReferenceKind};

/// Where the path of a link is, if it is written as it is read and once within the link.
pub(super) fn target_span(linked: &Linked<'_, '_>, reference: &Reference, written: &str) -> Option<Range<usize>> {
    let place = linked.definitions.place(&reference.span);
    let link = linked.document.text.get(place.clone())?;
    let destination = link.rfind("](").or_else(|| link.find("]:")).map_or(0, |at| at + 2);
    let at = destination + link[destination..].find(written)?;
    let once = link[at + written.len()..].find(written).is_none();
    once.then(|| place.start + at..place.start + at + written.len())
}

/// A link to an address that is none of the site's files, as [`replaced`] takes it.
pub(super) fn outside_link(target: &str, span: &Range<usize>) -> Reference {
    Reference {
        kind: ReferenceKind::Link,
        target: target.to_owned(),
        query: None,
        anchor: None,
        label: String::new(),
        span: span.clone(),
    }
}

pub(super) fn replaced(
    diagnostic: Finding,
    linked: &Linked<'_, '_>,
    reference: &Reference,
    written: &str,
    new: &str,
) -> Finding {
    match target_span(linked, reference, written) {
        Some(span) => diagnostic.replace(linked.document.source(), span, new),
        None => diagnostic,
    }
}
