//! Rules about links to a part of a page. They take a page with its links, and give what is wrong with the part that a link names.

use std::rc::Rc;

use super::replacing::replaced;
use crate::check::nearest::Anchors;
use crate::check::{Finding, Linked};
use crate::document::{Document, Reference, ReferenceKind};
use crate::site::Target;

/// Links to an anchor that its page lacks.
pub(crate) fn broken(linked: &Linked<'_, '_>, diagnostics: &mut Vec<Finding>) {
    let Linked { whole, document, .. } = linked;
    let here: &Document = document;
    for (reference, target) in linked.references().filter(|(reference, _)| reference.kind == ReferenceKind::Link) {
        let Some(anchor) = &reference.anchor else { continue };
        let target = match target {
            Ok(Target::Here) => Some(here),
            Ok(Target::Document(path, _)) => whole.site.document(path),
            _ => None,
        };
        let Some(target) = target.filter(|target| !linked.has_anchor(target, anchor)) else { continue };
        let diagnostic = missing_anchor(linked, reference, target, anchor);
        diagnostics.push(diagnostic.at(document.source(), linked.definitions.place(&reference.span)));
    }
}

fn missing_anchor<'a>(linked: &Linked<'a, '_>, reference: &Reference, target: &'a Document, anchor: &str) -> Finding {
    let document = linked.document;
    let here = target.path == document.path;
    let place = if here { "on this page".to_owned() } else { format!("in {}", target.path) };
    let diagnostic = Finding::new(format!("there is no heading or anchor `#{anchor}` {place}"));
    let known = || target.body.anchors.iter().map(|anchor| &*anchor.id);
    if let Some(same) = linked.anchors_of(target).written_as(anchor) {
        let diagnostic = diagnostic.hint(format!("it is now `#{same}`"));
        return replaced(diagnostic, linked, reference, &format!("#{anchor}"), &format!("#{same}"));
    }
    if let Some(moved) = linked.whole.nearest.moved_anchor(document, anchor) {
        let diagnostic = diagnostic.hint(format!("it is now in `{moved}`"));
        return replaced(diagnostic, linked, reference, &format!("{}#{anchor}", reference.target), &moved);
    }
    match linked.guesses.did_you_mean(anchor, known()) {
        Some(meant) => diagnostic.hint(format!("did you mean `#{meant}`?")),
        None => diagnostic.hint(anchors_of(known())),
    }
}

impl<'a> Linked<'a, '_> {
    /// A letter's page has anchors of its own: its fields. `#top` is the top of every page (HTML § 7.4.6.4).
    fn has_anchor(&self, target: &'a Document, anchor: &str) -> bool {
        let of_field = || {
            let fields = target.letter.as_ref().map(|letter| letter.fields.as_slice()).unwrap_or_default();
            fields.iter().any(|field| anchor.strip_prefix("field-") == Some(&field.id))
        };
        anchor == "top" || self.anchors_of(target).contains(anchor) || of_field()
    }

    fn anchors_of(&self, target: &'a Document) -> Rc<Anchors<'a>> {
        let mut anchors = self.anchors.borrow_mut();
        Rc::clone(anchors.entry(&target.path).or_insert_with(|| Rc::new(Anchors::of(target))))
    }
}

fn anchors_of<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<String> = names.take(16).map(|name| format!("`#{name}`")).collect();
    names.dedup();
    names.truncate(8);
    match names.is_empty() {
        true => "that page has no headings; link to the page itself".to_owned(),
        false => format!("its anchors are: {}", names.join(", ")),
    }
}
