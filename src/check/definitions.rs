//! Links whose address is in a line of its own (`[contract]: read-a-contract.md`): where that line is.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::document::UncachedDocument;

/// The lines of one document that define an address, found when the first link needs one.
pub(crate) struct Definitions<'a> {
    document: &'a UncachedDocument<'a>,
    lines: OnceCell<Lines<'a>>,
}

#[derive(Default)]
struct Lines<'a> {
    labels: Vec<&'a str>,
    /// The first line that defines each label, as [`folded`].
    places: HashMap<String, Range<usize>>,
}

impl<'a> Definitions<'a> {
    pub(crate) fn of(document: &'a UncachedDocument<'a>) -> Self {
        Self { document, lines: OnceCell::new() }
    }

    /// Where the address of a link at `span` is: in its definition, if it has one, else in the link. So what is wrong
    /// with it is reported once, however often the definition is used.
    pub(crate) fn place(&self, span: &Range<usize>) -> Range<usize> {
        let written = self.document.text.get(span.clone()).unwrap_or_default();
        // A link with its address in it, as most are, needs no search through the file.
        let label = label(written).map(folded).filter(|label| !label.is_empty());
        let place = label.and_then(|label| self.lines().places.get(&label));
        place.unwrap_or(span).clone()
    }

    /// The labels that have an address.
    pub(crate) fn labels(&self) -> &[&'a str] {
        &self.lines().labels
    }

    fn lines(&self) -> &Lines<'a> {
        self.lines.get_or_init(|| {
            let mut lines = Lines::default();
            for (label, place) in definitions(&self.document.text) {
                lines.labels.push(label);
                lines.places.entry(folded(label)).or_insert(place);
            }
            lines
        })
    }
}

fn definitions(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
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
fn folded(label: &str) -> String {
    label.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
