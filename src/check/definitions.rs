//! Links whose address stands in a line of its own (`[contract]: read-a-contract.md`): where that line is.

use std::ops::Range;

use crate::document::Document;

/// Where the address of a link stands that is written at `span`: in its definition, if it has one, else in the link. So what is wrong with
/// it is said once, however often the definition is used.
pub(super) fn place(document: &Document, span: &Range<usize>) -> Range<usize> {
    let written = document.text.get(span.clone()).unwrap_or_default();
    // A link with its address in it, as most are, needs no search through the file.
    let Some(label) = label(written) else { return span.clone() };
    let definition = definitions(document).find(|(defined, _)| is_same(defined, label));
    definition.map_or_else(|| span.clone(), |(_, place)| place)
}

/// The labels that have an address, each with its line.
pub(super) fn definitions(document: &Document) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = 0;
    document.text.split_inclusive('\n').filter_map(move |line| {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        let (label, _) = line.trim_start().strip_prefix('[')?.split_once("]:")?;
        let is_definition = !label.is_empty() && !label.starts_with('^') && !label.contains(['[', ']']);
        is_definition.then(|| (label, start..start + line.trim().len()))
    })
}

/// The label of a link by reference: `[words][label]`, `[label][]` or `[label]`.
fn label(written: &str) -> Option<&str> {
    let written = written.strip_suffix("[]").unwrap_or(written);
    let inner = written.strip_suffix(']')?;
    Some(&inner[inner.rfind('[')? + 1..])
}

/// Labels are alike whatever their case and white space (CommonMark § 4.7).
fn is_same(one: &str, other: &str) -> bool {
    let words = |label: &str| label.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    !other.is_empty() && words(one) == words(other)
}
