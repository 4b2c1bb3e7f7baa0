//! The body of the document: passages as paragraphs, blanks as content controls.

use super::xml::Xml;
use crate::config::{FieldType, Paper};
use crate::letters::export_context::{Direction, ExportContext};
use crate::letters::field::Field;
use crate::letters::model::{Block, Condition, Inline, Letter, Part, Passage, Role};
use crate::letters::words;

/// Twentieths of a point in a millimetre, by which paper is measured.
const MARGIN: &str = "1361";
/// Word refuses a longer name or tag of a content control.
const LONGEST_TAG: usize = 64;
/// Levels that `numbering.xml` describes, less one.
const DEEPEST_LEVEL: usize = 1;

/// The body, and the numberings of its lists.
pub(super) struct Document {
    /// `word/document.xml`.
    pub(super) body: String,
    /// `w:num` elements, one for each numbered list.
    pub(super) numbers: String,
}

/// Writes the body.
pub(super) fn document(letter: &Letter, context: &ExportContext<'_>) -> Document {
    let rtl = context.direction == Direction::RightToLeft;
    let mut body = Body {
        xml: Xml::document(),
        numbers: Xml::fragment(),
        fields: &letter.fields,
        context,
        rtl,
        controls: 0,
        lists: 1,
    };
    let namespaces = [("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main")];
    body.within("w:document", &namespaces, |body| {
        body.within("w:body", &[], |body| {
            body.subject(letter);
            let closes = |part: &Part| part.passages().first().is_some_and(|passage| passage.role == Role::Close);
            for (place, part) in letter.parts.iter().enumerate() {
                body.part(part, letter.parts.get(place + 1).is_some_and(closes));
            }
            body.section();
        });
    });
    Document { body: body.xml.finish(), numbers: body.numbers.finish() }
}

struct Body<'a> {
    xml: Xml,
    numbers: Xml,
    fields: &'a [Field],
    context: &'a ExportContext<'a>,
    rtl: bool,
    /// Content controls so far: their identifiers are counted.
    controls: u32,
    /// Numberings so far; the first is that of bullets.
    lists: u32,
}

/// How a paragraph is set.
#[derive(Clone, Copy)]
struct TextStyle {
    style: &'static str,
    /// Numbering and level.
    list: Option<(u32, usize)>,
    /// Within a conditional part.
    indented: bool,
    /// Not to be parted from the next paragraph by the end of a page.
    keep_next: bool,
}

/// How a run of text is set.
#[derive(Clone, Copy, Default)]
struct Face {
    bold: bool,
    italic: bool,
    style: Option<&'static str>,
}

impl Body<'_> {
    fn within(&mut self, name: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Self)) {
        self.xml.open(name, attributes);
        inside(self);
        self.xml.close(name);
    }

    /// The subject of an e-mail; a letter on paper has its own line for it, if any.
    fn subject(&mut self, letter: &Letter) {
        let Some(subject) = letter.subject.as_ref().filter(|_| letter.is_email()) else { return };
        let pattern = self.context.words.subject.clone();
        let (before, after) = pattern.split_once("{text}").unwrap_or((&pattern, ""));
        let manner = TextStyle { style: "SubjectLine", list: None, indented: false, keep_next: false };
        self.paragraph(manner, |body| {
            body.run(before, Face::default());
            body.inlines(subject, Face::default());
            body.run(after, Face::default());
        });
    }

    /// The close takes the last words before it along to the next page.
    fn part(&mut self, part: &Part, before_close: bool) {
        if let Some(condition) = part.condition() {
            let label = self.label(condition);
            let manner = TextStyle { style: "Choice", list: None, indented: true, keep_next: false };
            self.paragraph(manner, |body| body.run(&label, Face::default()));
        }
        let indented = part.condition().is_some();
        let passages = part.passages();
        for (place, passage) in passages.iter().enumerate() {
            self.passage(passage, indented, before_close && place + 1 == passages.len());
        }
    }

    fn passage(&mut self, passage: &Passage, indented: bool, keep_next: bool) {
        let manner = TextStyle { style: style(passage.role), list: None, indented, keep_next };
        self.block(&passage.block, manner);
    }

    fn block(&mut self, block: &Block, manner: TextStyle) {
        match block {
            Block::Paragraph(content) => self.paragraph(manner, |body| body.inlines(content, Face::default())),
            Block::Quote(blocks) => {
                let quote = TextStyle { style: "Quote", ..manner };
                blocks.iter().for_each(|block| self.block(block, quote));
            }
            Block::List { start, items } => self.list(*start, items, manner),
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], manner: TextStyle) {
        let number = start.map_or(1, |start| self.numbering(start));
        let level = manner.list.map_or(0, |(_, level)| (level + 1).min(DEEPEST_LEVEL));
        let blocks: Vec<&Block> = items.iter().flatten().collect();
        for (place, block) in blocks.iter().enumerate() {
            let keep_next = manner.keep_next && place + 1 == blocks.len();
            self.block(block, TextStyle { style: "ListParagraph", list: Some((number, level)), keep_next, ..manner });
        }
    }

    /// A numbering of its own for a numbered list, so that each begins at its first number.
    fn numbering(&mut self, start: u64) -> u32 {
        self.lists += 1;
        let (id, start) = (self.lists.to_string(), start.min(32_767).to_string());
        self.numbers.within("w:num", &[("w:numId", &id)], |xml| {
            xml.empty("w:abstractNumId", &[("w:val", "1")]);
            xml.within("w:lvlOverride", &[("w:ilvl", "0")], |xml| xml.empty("w:startOverride", &[("w:val", &start)]));
        });
        self.lists
    }

    fn paragraph(&mut self, manner: TextStyle, content: impl FnOnce(&mut Self)) {
        self.within("w:p", &[], |body| {
            body.within("w:pPr", &[], |body| body.manner(manner));
            content(body);
        });
    }

    /// Properties in the order that the schema wants: style, page, list, border, direction, indent.
    fn manner(&mut self, manner: TextStyle) {
        self.xml.empty("w:pStyle", &[("w:val", manner.style)]);
        if manner.keep_next {
            self.xml.empty("w:keepNext", &[]);
        }
        if let Some((number, level)) = manner.list {
            let (number, level) = (number.to_string(), level.to_string());
            self.xml.within("w:numPr", &[], |xml| {
                xml.empty("w:ilvl", &[("w:val", &level)]);
                xml.empty("w:numId", &[("w:val", &number)]);
            });
        }
        if manner.indented {
            let side = if self.rtl { "w:right" } else { "w:left" };
            let bar = [("w:val", "single"), ("w:sz", "8"), ("w:space", "8"), ("w:color", "A6A6A6")];
            self.xml.within("w:pBdr", &[], |xml| xml.empty(side, &bar));
        }
        if self.rtl {
            self.xml.empty("w:bidi", &[]);
        }
        if manner.indented && manner.list.is_none() {
            self.xml.empty("w:ind", &[("w:left", "227")]);
        }
    }

    fn inlines(&mut self, content: &[Inline], face: Face) {
        content.iter().for_each(|inline| self.inline(inline, face));
    }

    fn inline(&mut self, inline: &Inline, face: Face) {
        match inline {
            Inline::Text(text) => self.run(text, face),
            Inline::Break => self.within("w:r", &[], |body| body.xml.empty("w:br", &[])),
            Inline::Blank(place) => self.control(*place, face),
            Inline::Strong(content) => self.inlines(content, Face { bold: true, ..face }),
            Inline::Emphasis(content) => self.inlines(content, Face { italic: true, ..face }),
            Inline::Link { address, content } => {
                let instruction = format!(" HYPERLINK \"{}\" ", address.replace(['"', '\\'], ""));
                let face = Face { style: Some("Hyperlink"), ..face };
                self.within("w:fldSimple", &[("w:instr", &instruction)], |body| body.inlines(content, face));
            }
            Inline::Conditional { condition, content } => {
                let label = self.label(condition);
                self.run(&format!("[{label}: "), Face { italic: true, ..face });
                self.inlines(content, face);
                self.run("]", face);
            }
        }
    }

    fn label(&self, condition: &Condition) -> String {
        words::label(condition, self.fields, self.context.words)
    }

    /// Text in runs of one direction.
    fn run(&mut self, text: &str, face: Face) {
        for (text, rtl) in directions(text, self.rtl).into_iter().filter(|(text, _)| !text.is_empty()) {
            self.within("w:r", &[], |body| {
                body.face(face, rtl);
                body.within("w:t", &[("xml:space", "preserve")], |body| body.xml.text(text));
            });
        }
    }

    fn face(&mut self, face: Face, rtl: bool) {
        self.xml.within("w:rPr", &[], |xml| {
            if let Some(style) = face.style {
                xml.empty("w:rStyle", &[("w:val", style)]);
            }
            if face.bold {
                xml.empty("w:b", &[]);
                xml.empty("w:bCs", &[]);
            }
            if face.italic {
                xml.empty("w:i", &[]);
                xml.empty("w:iCs", &[]);
            }
            if rtl {
                xml.empty("w:rtl", &[]);
            }
        });
    }

    /// A content control that shows its name until somebody types.
    fn control(&mut self, place: usize, face: Face) {
        let fields = self.fields;
        let Some(field) = fields.get(place) else { return };
        self.controls += 1;
        let id = (1000 + self.controls).to_string();
        self.within("w:sdt", &[], |body| {
            body.within("w:sdtPr", &[], |body| {
                body.typed_face(face);
                body.xml.empty("w:alias", &[("w:val", shortened(&field.label))]);
                body.xml.empty("w:tag", &[("w:val", shortened(&field.id))]);
                body.xml.empty("w:id", &[("w:val", &id)]);
                body.xml.empty("w:showingPlcHdr", &[]);
                body.kind(field);
            });
            let placeholder = Face { style: Some("PlaceholderText"), ..face };
            body.within("w:sdtContent", &[], |body| body.run(&format!("[{}]", field.name), placeholder));
        });
    }

    /// How Word sets what is typed into a control.
    fn typed_face(&mut self, face: Face) {
        if face.bold || face.italic || self.rtl {
            self.face(Face { style: None, ..face }, self.rtl);
        }
    }

    /// What a control takes: a day from a calendar, one of a few answers, or text of any kind, which is what a control
    /// takes that says nothing. LibreOffice before 7.5 makes no control of one that asks for plain text.
    fn kind(&mut self, field: &Field) {
        match field.kind {
            FieldType::Date => self.within("w:date", &[], |body| {
                body.xml.empty("w:dateFormat", &[("w:val", "d MMMM yyyy")]);
                body.xml.empty("w:lid", &[("w:val", body.context.language)]);
                body.xml.empty("w:storeMappedDataAs", &[("w:val", "dateTime")]);
                body.xml.empty("w:calendar", &[("w:val", "gregorian")]);
            }),
            FieldType::Choice => self.within("w:dropDownList", &[], |body| {
                for choice in &field.choices {
                    body.xml.empty("w:listItem", &[("w:displayText", choice), ("w:value", choice)]);
                }
            }),
            FieldType::Text | FieldType::Multiline | FieldType::Email | FieldType::Phone | FieldType::Money => {}
        }
    }

    /// Paper and margins.
    fn section(&mut self) {
        let (width, height) = match self.context.paper {
            Paper::A4 => ("11906", "16838"),
            Paper::UsLetter => ("12240", "15840"),
        };
        let rtl = self.rtl;
        let margins = [
            ("w:top", MARGIN),
            ("w:right", MARGIN),
            ("w:bottom", MARGIN),
            ("w:left", MARGIN),
            ("w:header", "708"),
            ("w:footer", "708"),
            ("w:gutter", "0"),
        ];
        self.xml.within("w:sectPr", &[], |xml| {
            xml.empty("w:pgSz", &[("w:w", width), ("w:h", height)]);
            xml.empty("w:pgMar", &margins);
            if rtl {
                xml.empty("w:bidi", &[]);
            }
        });
    }
}

fn style(role: Role) -> &'static str {
    match role {
        Role::Sender => "Sender",
        Role::Date => "Date",
        Role::Recipient => "Recipient",
        Role::Subject => "SubjectLine",
        Role::Salutation => "Salutation",
        Role::Body => "BodyText",
        Role::Close => "Closing",
        Role::Signature => "Signature",
        Role::Enclosures => "Enclosures",
    }
}

fn shortened(text: &str) -> &str {
    text.char_indices().nth(LONGEST_TAG).map_or(text, |(end, _)| &text[..end])
}

/// Text cut where Latin letters begin and end, each piece with whether it is written from right to left.
fn directions(text: &str, rtl: bool) -> Vec<(&str, bool)> {
    if !rtl || text.is_empty() {
        return vec![(text, false)];
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut latin = text.starts_with(is_latin);
    for (at, letter) in text.char_indices() {
        let turns = if latin { !is_latin(letter) && letter != ' ' } else { is_latin(letter) };
        if turns && at > start {
            pieces.push((&text[start..at], !latin));
            start = at;
        }
        if turns {
            latin = !latin;
        }
    }
    pieces.push((&text[start..], !latin));
    pieces
}

fn is_latin(letter: char) -> bool {
    letter.is_alphabetic() && letter < '\u{250}'
}
