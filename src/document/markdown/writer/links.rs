//! Links: their addresses, or the holes for them.

use std::ops::Range;

use pulldown_cmark::LinkType;
use pulldown_cmark_escape::escape_href;

use super::state::{Writer, escape_attribute};
use crate::document::holes::{Hole, mark};
use crate::document::markdown::references::ReferenceKind;
use crate::text::addresses::{Destination, destination};

impl Writer<'_> {
    /// Writes where a link leads, or the hole for that; nothing if no page leads there. Gives the reference's number if there is one.
    pub(super) fn link_target(&mut self, written: &str, label: &str, span: &Range<usize>) -> Option<usize> {
        match destination(written) {
            Destination::Outside(address) => {
                self.out.push_str(" href=\"");
                // Writing to a string can't fail.
                let _ = escape_href(&mut self.out, &address);
                self.out.push('"');
                self.note_outside(written, address, span);
                None
            }
            Destination::Inside(inside) => {
                let number = self.refer(ReferenceKind::Link, inside, label.to_owned(), span);
                self.out.push_str(&format!(" href=\"{}\"", mark(Hole::Link(number))));
                Some(number)
            }
            Destination::UnknownScheme => {
                self.note_outside(written, written.to_owned(), span);
                None
            }
            Destination::Unsafe => {
                self.refuse(span);
                None
            }
        }
    }

    pub(super) fn open_link(&mut self, link_type: LinkType, target: &str, title: &str, span: &Range<usize>) {
        self.out.push_str("<a");
        let number = if link_type == LinkType::Email {
            self.out.push_str(" href=\"mailto:");
            let _ = escape_href(&mut self.out, target);
            self.out.push('"');
            None
        } else {
            self.link_target(target, "", span)
        };
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape_attribute(&mut self.out, title);
            self.out.push('"');
        }
        self.out.push('>');
        self.link_label = number.map(|number| (number, String::new()));
        self.in_link = true;
    }

    pub(super) fn close_link(&mut self) {
        self.out.push_str("</a>");
        self.in_link = false;
        if let Some((number, label)) = self.link_label.take()
            && let Some(reference) = self.body.references.get_mut(number)
        {
            reference.label = label;
        }
    }
}
