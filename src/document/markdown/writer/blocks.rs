//! Headings, quotations, code, footnotes and tasks.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{BlockQuoteKind, CowStr, HeadingLevel};

use super::state::{Writer, escape_attribute};
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::highlight::highlighted;
use crate::document::holes::{Hole, mark};
use crate::document::markdown::anchors::{Anchor, Heading};
use crate::text::{composed, single_spaced};

impl<'a> Writer<'a> {
    pub(super) fn open_heading(&mut self) {
        self.close_section();
        self.heading_start = self.out.len();
        self.heading_text.clear();
        self.in_heading = true;
    }

    /// Notes the id that the editor gave to the heading that begins here.
    pub(super) fn chosen_id(&mut self, id: Option<&CowStr<'a>>, span: &Range<usize>) {
        let span = self.spans.in_file(span);
        let id = id.map(|id| composed(id));
        if let Some(id) = &id
            && !self.ids.take(id)
        {
            let message = format!("the anchor `{id}` is already on this page");
            self.diagnostics.push(
                Diagnostic::error(Rule::DuplicateAnchor, message)
                    .at(self.source, span.clone())
                    .hint(format!("give one of the two another name, such as `{{#{id}-2}}`")),
            );
        }
        let id = id.map(|id| Arc::from(&*id)).unwrap_or_default();
        self.body.anchors.push(Anchor { id, span });
    }

    pub(super) fn close_heading(&mut self, level: HeadingLevel) {
        self.in_heading = false;
        self.depth = self.depth.saturating_sub(1);
        let level = self.outline.level(level as u8);
        let title: Arc<str> = single_spaced(&self.heading_text).into();
        let id = self.heading_id(&title);
        let inner = self.out.split_off(self.heading_start);
        self.out.push_str(&format!("<h{level} id=\""));
        escape_attribute(&mut self.out, &id);
        self.out.push_str(&format!("\">{inner} <a class=\"anchor\" href=\"#"));
        escape_attribute(&mut self.out, &id);
        self.out.push_str(&format!("\" aria-label=\"{}: ", mark(Hole::Word("link_to_section"))));
        escape_attribute(&mut self.out, &title);
        self.out.push_str(&format!("\">#</a></h{level}>\n"));
        self.section.anchor = Some(Arc::clone(&id));
        self.section.heading = Some(Arc::clone(&title));
        self.body.headings.push(Heading { id, title, level });
    }

    /// The id chosen by the editor, or one made from the text.
    pub(super) fn heading_id(&mut self, title: &str) -> Arc<str> {
        let Some(anchor) = self.body.anchors.last_mut() else { return self.ids.make(title).into() };
        if anchor.id.is_empty() {
            anchor.id = self.ids.make(title).into();
        }
        Arc::clone(&anchor.id)
    }

    pub(super) fn open_quotation(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            self.out.push_str("<blockquote>\n");
            return;
        };
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let title = mark(Hole::Word(&format!("callout_{name}")));
        self.out.push_str(&format!(
            "<div class=\"callout callout-{name}\" role=\"note\"><p class=\"callout-title\">{title}</p>\n"
        ));
    }

    pub(super) fn close_code(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        let Some((code, language)) = self.code.take() else { return };
        self.out.push_str("<pre class=\"code\" tabindex=\"0\"><code");
        if !language.is_empty() {
            self.out.push_str(" class=\"language-");
            escape_attribute(&mut self.out, &language);
            self.out.push('"');
        }
        self.out.push('>');
        self.out.push_str(&highlighted(&code, &language));
        self.out.push_str("</code></pre>\n");
    }

    pub(super) fn close_footnote(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        let html = std::mem::replace(&mut self.out, self.outer.pop().unwrap_or_default());
        self.notes.complete(html);
        self.gap();
    }

    /// A box that a reader can tick, on the screen as on paper.
    pub(super) fn task(&mut self, done: bool) {
        for item in ["<li>", "<li><p>"] {
            if self.out.ends_with(item) {
                self.out.truncate(self.out.len() - item.len());
                self.out.push_str(&item.replace("<li>", "<li class=\"task\">"));
            }
        }
        let checked = if done { " checked" } else { "" };
        self.out.push_str(&format!("<label><input type=\"checkbox\"{checked}> "));
        self.open_label = true;
    }

    /// A task's label holds the words beside its box, not the blocks below them.
    pub(super) fn close_label(&mut self) {
        if std::mem::take(&mut self.open_label) {
            self.out.push_str("</label>");
        }
    }
}
