//! The letter as HTML: the paper on a page, with blanks that are links to their fields.
//!
//! Classes and `data-` attributes are the interface to the theme's style context and `assets/letter.js`.
//! Everything that an editor wrote is escaped.

use pulldown_cmark_escape::{escape_href, escape_html};

use super::field::Field;
use super::model::{Block, Condition, Inline, Letter, Part, Passage, Role};
use super::words;
use super::words::Words;

/// What a blank leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blanks {
    /// Links to the fields of the form on the same page.
    Links,
    /// Plain blanks, where there is no form.
    Plain,
}

/// The paper.
pub fn html(letter: &Letter, blanks: Blanks, words: &Words) -> String {
    let mut page = Page { fields: &letter.fields, blanks, words, out: String::with_capacity(4096) };
    let mut rest = letter.parts.as_slice();
    while let Some((part, after)) = rest.split_first() {
        rest = match part {
            Part::Conditional(conditional) => {
                page.alternative(&conditional.condition, &conditional.passages);
                after
            }
            Part::Passage(passage) => page.group(passage, rest),
        };
    }
    page.out
}

/// The subject line, if the letter has one.
pub fn subject_html(letter: &Letter, blanks: Blanks, words: &Words) -> Option<String> {
    let mut page = Page { fields: &letter.fields, blanks, words, out: String::new() };
    page.inlines(letter.subject.as_deref()?);
    Some(page.out)
}

struct Page<'a> {
    fields: &'a [Field],
    blanks: Blanks,
    words: &'a Words,
    out: String,
}

impl Page<'_> {
    /// One passage outside of conditions, with those after it that share its block; returns the parts left.
    fn group<'p>(&mut self, first: &Passage, parts: &'p [Part]) -> &'p [Part] {
        let same = |part: &&Part| matches!(part, Part::Passage(passage) if passage.role == first.role);
        let count = if is_grouped(first.role) { parts.iter().take_while(same).count() } else { 1 };
        let (group, rest) = parts.split_at(count);
        let passages: Vec<&Passage> = group.iter().flat_map(Part::passages).collect();
        self.passages(&passages);
        rest
    }

    fn alternative(&mut self, condition: &Condition, passages: &[Passage]) {
        self.out.push_str("<div class=\"alternative\"");
        self.condition(condition);
        self.out.push_str("><p class=\"alternative-label\">");
        self.escaped(&words::label(condition, self.fields, self.words));
        self.out.push_str("</p>");
        let mut rest = passages.iter().collect::<Vec<_>>();
        while let Some(first) = rest.first() {
            let role = first.role;
            let count = rest.iter().take_while(|passage| passage.role == role).count();
            let after = rest.split_off(count);
            self.passages(&rest);
            rest = after;
        }
        self.out.push_str("</div>\n");
    }

    /// Passages of one role.
    fn passages(&mut self, passages: &[&Passage]) {
        let Some(role) = passages.first().map(|passage| passage.role) else { return };
        let (container, paragraph) = classes(role);
        if let Some(class) = container {
            self.tag("div", class);
        }
        passages.iter().for_each(|passage| self.block(&passage.block, paragraph));
        if container.is_some() {
            self.out.push_str("</div>\n");
        }
    }

    fn block(&mut self, block: &Block, class: &str) {
        match block {
            Block::Paragraph(content) => {
                self.tag("p", class);
                self.inlines(content);
                self.out.push_str("</p>\n");
            }
            Block::List { start, items } => self.list(*start, items),
            Block::Quote(blocks) => {
                self.out.push_str("<blockquote>");
                blocks.iter().for_each(|block| self.block(block, ""));
                self.out.push_str("</blockquote>\n");
            }
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>]) {
        let (open, close) = match start {
            None => ("<ul>".to_owned(), "</ul>\n"),
            Some(1) => ("<ol>".to_owned(), "</ol>\n"),
            Some(start) => (format!("<ol start=\"{start}\">"), "</ol>\n"),
        };
        self.out.push_str(&open);
        for item in items {
            self.out.push_str("<li>");
            match item.as_slice() {
                [Block::Paragraph(content)] => self.inlines(content),
                blocks => blocks.iter().for_each(|block| self.block(block, "")),
            }
            self.out.push_str("</li>");
        }
        self.out.push_str(close);
    }

    fn inlines(&mut self, content: &[Inline]) {
        content.iter().for_each(|inline| self.inline(inline));
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.escaped(text),
            Inline::Break => self.out.push_str("<br>\n"),
            Inline::Blank(place) => self.blank(*place),
            Inline::Strong(content) => self.wrapped("<strong>", content, "</strong>"),
            Inline::Emphasis(content) => self.wrapped("<em>", content, "</em>"),
            Inline::Link { address, content } => {
                self.out.push_str("<a href=\"");
                // Writing to a String does not fail.
                let _ = escape_href(&mut self.out, address);
                self.wrapped("\">", content, "</a>");
            }
            Inline::Conditional { condition, content } => self.sentence(condition, content),
        }
    }

    fn wrapped(&mut self, open: &str, content: &[Inline], close: &str) {
        self.out.push_str(open);
        self.inlines(content);
        self.out.push_str(close);
    }

    fn blank(&mut self, place: usize) {
        let Some(field) = self.fields.get(place) else { return };
        let element = match self.blanks {
            Blanks::Links => "a",
            Blanks::Plain => "span",
        };
        self.out.push('<');
        self.out.push_str(element);
        self.out.push_str(" class=\"blank\"");
        if self.blanks == Blanks::Links {
            self.attribute("href", &format!("#field-{}", field.id));
        }
        self.attribute("data-field", &field.id);
        self.out.push('>');
        self.escaped(&field.name);
        self.out.push_str("</");
        self.out.push_str(element);
        self.out.push('>');
    }

    fn sentence(&mut self, condition: &Condition, content: &[Inline]) {
        self.out.push_str("<span class=\"optional\"");
        self.condition(condition);
        self.out.push_str("><span class=\"alternative-label\">");
        self.escaped(&words::label(condition, self.fields, self.words));
        self.wrapped("</span> ", content, "</span>");
    }

    /// `data-when` with the field, and `data-is` or `data-is-not` with one choice a line.
    fn condition(&mut self, condition: &Condition) {
        let Some(field) = self.fields.get(condition.field) else { return };
        let choices = if field.optional { self.words.include.clone() } else { condition.choices.join("\n") };
        self.attribute("data-when", &field.id);
        self.attribute(if condition.negated { "data-is-not" } else { "data-is" }, &choices);
    }

    fn tag(&mut self, element: &str, class: &str) {
        self.out.push('<');
        self.out.push_str(element);
        if !class.is_empty() {
            self.attribute("class", class);
        }
        self.out.push('>');
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.escaped(value);
        self.out.push('"');
    }

    fn escaped(&mut self, text: &str) {
        // Writing to a String does not fail.
        let _ = escape_html(&mut self.out, text);
    }
}

/// The class of the block around a role's paragraphs, and that of the paragraphs.
fn classes(role: Role) -> (Option<&'static str>, &'static str) {
    match role {
        Role::Sender => (Some("sender"), ""),
        Role::Date => (None, "letter-date"),
        Role::Recipient => (Some("recipient"), ""),
        Role::Subject => (None, "letter-subject"),
        Role::Salutation => (None, "salutation"),
        Role::Body => (None, ""),
        Role::Close => (None, "close"),
        Role::Signature => (Some("signature"), ""),
        Role::Enclosures => (Some("enclosures"), ""),
    }
}

fn is_grouped(role: Role) -> bool {
    classes(role).0.is_some()
}
