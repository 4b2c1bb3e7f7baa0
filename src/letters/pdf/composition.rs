//! Sets a letter in type: its parts become slabs of lines with room for the blanks between them.

use std::ops::Range;

use parley::layout::Alignment;
use parley::{InlineBox, InlineBoxKind, Layout, VerticalAlign};

use super::fonts::{Copy, Hand, PdfWriter, Slant, prints};
use crate::config::FieldType;
use crate::letters::export_context::ExportContext;
use crate::letters::field::Field;
use crate::letters::model::{Block, Inline, Letter, Part, Passage, Role};
use crate::letters::words;

/// Space at the sides of the paper, in points: 24 mm.
pub(super) const SIDE: f32 = 68.0;
/// Space above and below, in points: 22 mm.
pub(super) const HEAD: f32 = 62.0;
/// The indentation of a list, a quotation or a conditional part.
const INDENT: f32 = 16.0;
/// How far outside the lines of a list's item its bullet begins.
const MARK_OUTSIDE: f32 = 13.0;
/// Between the number of a list's item and its text.
const MARK_GAP: f32 = 5.0;
/// What a blank is wider than the name below it.
const CAPTION_MARGIN: f32 = 8.0;
/// The share of the paper's width that indents may take together.
const MOST_INDENTED: f32 = 0.6;
/// Lines for an answer of several lines that has a paragraph of its own.
const WRITING_LINES: usize = 3;

/// The length of blanks in a block of name and address.
const FRAMED_BLANK: f32 = 200.0;

/// Sizes for one script, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measures {
    pub(super) size: f32,
    pub(super) leading: f32,
    /// The unit of space between paragraphs.
    gap: f32,
    /// The name under a blank: its size, and how far its baseline is below the line's.
    pub(super) caption: f32,
    pub(super) caption_drop: f32,
    /// Space below a line of text with blanks, where the next line's letters would reach the names.
    caption_room: f32,
    label: f32,
    label_leading: f32,
    /// How far a blank's line is below the baseline.
    pub(super) rule_drop: f32,
}

const LATIN: Measures = Measures {
    size: 11.5,
    leading: 18.5,
    gap: 18.5,
    caption: 7.5,
    caption_drop: 8.2,
    caption_room: 0.0,
    label: 9.0,
    label_leading: 13.0,
    rule_drop: 1.6,
};
/// Tall letters, and marks above and below them.
const NASKH: Measures = Measures {
    size: 12.5,
    leading: 22.5,
    gap: 15.0,
    caption: 8.0,
    caption_drop: 10.2,
    caption_room: 0.0,
    label: 10.0,
    label_leading: 17.0,
    rule_drop: 3.0,
};

/// Words that begin high above the line: as far from line to line as on the default theme's paper.
const NASTALIQ: Measures = Measures {
    size: 12.0,
    leading: 25.0,
    gap: 10.0,
    caption: 8.0,
    caption_drop: 10.8,
    caption_room: 5.5,
    label: 9.5,
    label_leading: 21.0,
    rule_drop: 3.0,
};

/// Smaller as well: lines that are only closer would touch.
const NASTALIQ_TIGHT: Measures =
    Measures { size: 11.2, leading: 21.5, gap: 7.0, caption_room: 6.0, label_leading: 18.5, ..NASTALIQ };

impl Measures {
    fn of(hand: Hand, spacing: Spacing) -> Self {
        match (hand, spacing) {
            (Hand::Latin, Spacing::Usual) => LATIN,
            (Hand::Latin, Spacing::Tight) => LATIN.tightened(),
            (Hand::Naskh, Spacing::Usual) => NASKH,
            (Hand::Naskh, Spacing::Tight) => NASKH.tightened(),
            (Hand::Nastaliq, Spacing::Usual) => NASTALIQ,
            (Hand::Nastaliq, Spacing::Tight) => NASTALIQ_TIGHT,
        }
    }

    /// A little closer, for a letter that would put its last lines on a page of their own.
    fn tightened(self) -> Self {
        Self { leading: self.leading * 0.93, gap: self.gap * 0.72, ..self }
    }
}

/// How closely a letter is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spacing {
    Usual,
    Tight,
}

/// A letter set in type.
pub(super) struct Composed {
    pub(super) layout_blocks: Vec<LayoutBlock>,
    /// The slabs in the groups that a screen reader announces.
    pub(super) outline: Vec<Branch>,
    /// The name under each field's blanks.
    pub(super) captions: Vec<Caption>,
    pub(super) measures: Measures,
    pub(super) hand: Hand,
}

/// Room for an answer in a line.
pub(super) struct Blank {
    /// The byte of the text that it is before.
    pub(super) at: usize,
    pub(super) field: usize,
    /// The name below it in several lines, where one line can't hold it.
    pub(super) caption: Option<Caption>,
}

impl Blank {
    /// Space below its line for the further lines of its name.
    pub(super) fn room(&self) -> f32 {
        self.caption.as_ref().map_or(0.0, Caption::room)
    }
}

/// A name in small letters.
pub(super) struct Caption {
    pub(super) text: String,
    pub(super) layout: Layout<()>,
}

impl Caption {
    /// The height of all its lines but the first.
    fn room(&self) -> f32 {
        self.layout.lines().skip(1).map(|line| line.metrics().line_height).sum()
    }
}

/// A stack of lines that belong together.
pub(super) struct LayoutBlock {
    pub(super) text: String,
    pub(super) layout: Layout<()>,
    /// The blanks in the order of their boxes.
    pub(super) blanks: Vec<Blank>,
    /// From the edge at which lines begin.
    pub(super) indent: f32,
    pub(super) width: f32,
    pub(super) space_before: f32,
    /// The bullet or number beside the first line, and how far outside the lines it begins.
    pub(super) mark: Option<(Caption, f32)>,
    /// A rule at the edge: the slab is a part for one choice.
    pub(super) conditional: bool,
    /// Not to be parted from the next slab by the end of a page.
    pub(super) keep_with_next: bool,
    /// Space below each line with a blank.
    pub(super) caption_room: f32,
    /// Empty lines to write a long answer on, instead of text.
    pub(super) writing_lines: Option<Blank>,
}

impl LayoutBlock {
    /// The number of lines.
    pub(super) fn len(&self) -> usize {
        if self.writing_lines.is_some() { WRITING_LINES } else { self.layout.len() }
    }
}

/// A group of slabs.
pub(super) enum Branch {
    LayoutBlock(usize),
    List { numbered: bool, items: Vec<Vec<Branch>> },
    Quote(Vec<Branch>),
    Conditional(Vec<Branch>),
}

/// Sets a letter.
pub(super) fn compose(
    letter: &Letter,
    context: &ExportContext<'_>,
    spacing: Spacing,
    pdf_writer: &mut PdfWriter,
) -> Composed {
    let hand = Hand::of(context.language, context.direction);
    let measures = Measures::of(hand, spacing);
    let width = context.paper.size().0 - 2.0 * SIDE;
    let captions = letter.fields.iter().map(|field| small(&field.name, measures.caption, hand, pdf_writer)).collect();
    let composed = Composed { layout_blocks: Vec::new(), outline: Vec::new(), captions, measures, hand };
    let mut setter =
        Typesetter { composed, pdf_writer, context, fields: &letter.fields, width, conditional: false, before: None };
    setter.subject(letter);
    letter.parts.iter().for_each(|part| setter.part(part));
    setter.composed
}

/// A name in small letters, in one line: in Naskh rather than Nastaliq, which is hard to read when it is small.
fn small(text: &str, size: f32, hand: Hand, pdf_writer: &mut PdfWriter) -> Caption {
    caption(text, size, small_hand(hand), pdf_writer)
}

fn small_hand(hand: Hand) -> Hand {
    if hand.is_rtl() { Hand::Naskh } else { hand }
}

/// A text in one line.
pub(super) fn caption(text: &str, size: f32, hand: Hand, pdf_writer: &mut PdfWriter) -> Caption {
    wrapped(text, size, hand, None, pdf_writer)
}

/// A text in lines of at most that width, or in one line.
fn wrapped(text: &str, size: f32, hand: Hand, width: Option<f32>, pdf_writer: &mut PdfWriter) -> Caption {
    let text = printable(text);
    let copy = Copy {
        text: &text,
        slants: &[],
        boxes: Vec::new(),
        size,
        leading: size * 1.2,
        width,
        alignment: Alignment::Start,
        hand,
    };
    Caption { layout: pdf_writer.set(copy), text }
}

/// `text` with a question mark for every character that the fonts do not have.
fn printable(text: &str) -> String {
    text.chars().map(|character| if prints(character) { character } else { '?' }).collect()
}

struct Typesetter<'a> {
    composed: Composed,
    pdf_writer: &'a mut PdfWriter,
    context: &'a ExportContext<'a>,
    fields: &'a [Field],
    /// Of the lines, in points.
    width: f32,
    /// Whether the part being set depends on a choice.
    conditional: bool,
    before: Option<Role>,
}

/// How the next slab is set.
#[derive(Clone, Copy)]
struct TextStyle {
    /// A block of short lines, name and address: its blanks are of one length.
    framed: bool,
    indent: f32,
    space_before: f32,
    alignment: Alignment,
    keep_with_next: bool,
}

impl Typesetter<'_> {
    /// The subject of an e-mail; a letter on paper has its own line for it, if any.
    fn subject(&mut self, letter: &Letter) {
        let Some(subject) = letter.subject.as_ref().filter(|_| letter.is_email()) else { return };
        let pattern = self.context.words.subject.clone();
        let (before, after) = pattern.split_once("{text}").unwrap_or((&pattern, ""));
        let mut run = Run::default();
        run.text(before);
        run.inlines(subject, self);
        run.text(after);
        run.slants.insert(0, (0..run.text.len(), Slant::Bold));
        let manner = self.manner(0.0, 0.0);
        let layout_block = self.layout_block(run, TextStyle { keep_with_next: true, ..manner });
        self.composed.outline.push(Branch::LayoutBlock(layout_block));
        self.before = Some(Role::Subject);
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Passage(passage) => {
                let branches = self.passage(passage, 0.0);
                self.composed.outline.extend(branches);
            }
            Part::Conditional(conditional) => {
                self.conditional = true;
                let label = words::label(&conditional.condition, self.fields, self.context.words);
                let mut branches = vec![self.label(&label)];
                self.before = Some(Role::Subject);
                for passage in &conditional.passages {
                    branches.extend(self.passage(passage, INDENT * 0.75));
                }
                self.conditional = false;
                self.composed.outline.push(Branch::Conditional(branches));
            }
        }
    }

    /// The line above a conditional part.
    fn label(&mut self, label: &str) -> Branch {
        let mut run =
            Run { size: Some((self.composed.measures.label, self.composed.measures.label_leading)), ..Run::default() };
        run.text(label);
        run.slants.push((0..run.text.len(), Slant::Italic));
        let space = self.composed.measures.gap * 0.75;
        let manner = TextStyle { keep_with_next: true, ..self.manner(INDENT * 0.75, space) };
        Branch::LayoutBlock(self.layout_block(run, manner))
    }

    fn passage(&mut self, passage: &Passage, indent: f32) -> Vec<Branch> {
        let after_label = self.conditional && self.before == Some(Role::Subject);
        let space = if after_label { 0.0 } else { space(self.before, passage.role) * self.composed.measures.gap };
        let manner = TextStyle {
            framed: matches!(passage.role, Role::Sender | Role::Recipient | Role::Signature),
            alignment: if passage.role == Role::Sender { Alignment::End } else { Alignment::Start },
            keep_with_next: matches!(passage.role, Role::Subject | Role::Salutation | Role::Close),
            ..self.manner(indent, space)
        };
        // // A page with a close and no line of what it closes would look like one of another letter.
        if passage.role == Role::Close
            && let Some(last) = self.composed.layout_blocks.last_mut()
        {
            last.keep_with_next = true;
        }
        self.before = Some(passage.role);
        self.block(&passage.block, manner)
    }

    fn manner(&self, indent: f32, space_before: f32) -> TextStyle {
        TextStyle { framed: false, indent, space_before, alignment: Alignment::Start, keep_with_next: false }
    }

    fn block(&mut self, block: &Block, manner: TextStyle) -> Vec<Branch> {
        match block {
            Block::Paragraph(content) => self.paragraph(content, manner),
            Block::List { start, items } => vec![self.list(*start, items, manner)],
            Block::Quote(blocks) => {
                let inner = TextStyle { indent: manner.indent + INDENT, ..manner };
                vec![Branch::Quote(self.blocks(blocks, inner))]
            }
        }
    }

    /// Blocks under one another: the first as `manner` has it, the others with a little space.
    fn blocks(&mut self, blocks: &[Block], manner: TextStyle) -> Vec<Branch> {
        let mut branches = Vec::new();
        for (place, block) in blocks.iter().enumerate() {
            let space_before = if place == 0 { manner.space_before } else { self.composed.measures.gap * 0.3 };
            branches.extend(self.block(block, TextStyle { space_before, ..manner }));
        }
        branches
    }

    /// A paragraph; an answer of several lines within it gets lines of its own to be written on.
    fn paragraph(&mut self, content: &[Inline], mut manner: TextStyle) -> Vec<Branch> {
        let mut branches = Vec::new();
        let mut rest = content;
        while let Some(at) = rest.iter().position(|inline| !manner.framed && self.is_long_answer(inline)) {
            let (before, after) = rest.split_at(at);
            branches.extend(self.lines(before, manner));
            if !branches.is_empty() {
                manner.space_before = self.composed.measures.gap * 0.1;
            }
            if let Some(Inline::Blank(field)) = after.first() {
                branches.push(Branch::LayoutBlock(self.writing_lines(*field, manner)));
            }
            manner.space_before = self.composed.measures.gap * 0.4;
            rest = after.get(1..).unwrap_or_default();
        }
        branches.extend(self.lines(rest, manner));
        branches
    }

    fn is_long_answer(&self, inline: &Inline) -> bool {
        let Inline::Blank(place) = inline else { return false };
        self.fields.get(*place).is_some_and(|field| field.kind == FieldType::Multiline)
    }

    /// Running text, unless it is a full stop and no more.
    fn lines(&mut self, content: &[Inline], manner: TextStyle) -> Option<Branch> {
        let mut run = Run { framed: manner.framed, ..Run::default() };
        run.inlines(content, self);
        let says = !run.blanks.is_empty() || run.text.contains(char::is_alphanumeric);
        says.then(|| Branch::LayoutBlock(self.layout_block(run.trimmed(), manner)))
    }

    fn writing_lines(&mut self, field: usize, manner: TextStyle) -> usize {
        let layout_block = self.layout_block(Run::default(), manner);
        let width = self.composed.layout_blocks.get(layout_block).map_or(self.width, |layout_block| layout_block.width);
        let blank = self.named_blank(0, field, width);
        if let Some(layout_block) = self.composed.layout_blocks.get_mut(layout_block) {
            layout_block.writing_lines = Some(blank);
        }
        layout_block
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], manner: TextStyle) -> Branch {
        let mut branches = Vec::new();
        let marks: Vec<Caption> = (0..items.len() as u64).map(|place| self.mark(start, place)).collect();
        let widest = marks.iter().map(|mark| mark.layout.width()).fold(0.0, f32::max);
        let indent = INDENT.max(widest + MARK_GAP);
        for (place, (item, mark)) in items.iter().zip(marks).enumerate() {
            let space_before = if place == 0 { manner.space_before } else { 0.0 };
            let first = self.composed.layout_blocks.len();
            let inner = TextStyle { indent: manner.indent + indent, space_before, ..manner };
            branches.push(self.blocks(item, inner));
            if let Some(layout_block) = self.composed.layout_blocks.get_mut(first) {
                layout_block.mark = Some((mark, indent - INDENT + MARK_OUTSIDE));
            }
        }
        Branch::List { numbered: start.is_some(), items: branches }
    }

    /// The bullet or number of a list's item.
    fn mark(&mut self, start: Option<u64>, place: u64) -> Caption {
        let text = start.map_or_else(|| "•".to_owned(), |start| format!("{}.", start.saturating_add(place)));
        caption(&text, self.composed.measures.size, self.composed.hand, self.pdf_writer)
    }

    /// A blank whose name fits below a line of that width.
    fn named_blank(&mut self, at: usize, field: usize, width: f32) -> Blank {
        let width = width - CAPTION_MARGIN;
        let long = self.composed.captions.get(field).filter(|caption| caption.layout.width() > width);
        let name = long.and_then(|_| self.fields.get(field)).map(|field| field.name.as_str());
        let hand = small_hand(self.composed.hand);
        let size = self.composed.measures.caption;
        Blank { at, field, caption: name.map(|name| wrapped(name, size, hand, Some(width), self.pdf_writer)) }
    }

    fn layout_block(&mut self, run: Run, manner: TextStyle) -> usize {
        let measures = self.composed.measures;
        let (size, leading) = run.size.unwrap_or((measures.size, measures.leading));
        let indent = manner.indent.min(self.width * MOST_INDENTED);
        let width = self.width - indent;
        let copy = Copy {
            text: &run.text,
            slants: &run.slants,
            boxes: run.boxes(width, leading),
            size,
            leading,
            width: Some(width),
            alignment: manner.alignment,
            hand: self.composed.hand,
        };
        let layout = self.pdf_writer.set(copy);
        let blanks = run.blanks.iter().map(|(at, field, _)| self.named_blank(*at, *field, width)).collect();
        self.composed.layout_blocks.push(LayoutBlock {
            layout,
            blanks,
            text: run.text,
            indent,
            width,
            space_before: manner.space_before,
            mark: None,
            conditional: self.conditional,
            keep_with_next: manner.keep_with_next,
            caption_room: if manner.framed { 0.0 } else { measures.caption_room },
            writing_lines: None,
        });
        self.composed.layout_blocks.len() - 1
    }

    /// Room to write the answer of a field by hand.
    fn blank_width(&self, field: usize) -> f32 {
        let kind = self.fields.get(field).map_or(FieldType::Text, |field| field.kind);
        let usual: f32 = match kind {
            FieldType::Date | FieldType::Money => 92.0,
            FieldType::Phone => 110.0,
            FieldType::Text | FieldType::Choice => 118.0,
            FieldType::Email => 150.0,
            FieldType::Multiline => 200.0,
        };
        let name = self.composed.captions.get(field).map_or(0.0, |caption| caption.layout.width());
        usual.max(name + CAPTION_MARGIN)
    }
}

/// Space above a passage, in lines.
fn space(before: Option<Role>, role: Role) -> f32 {
    match (before, role) {
        (None, _) => 0.0,
        (Some(Role::Sender), Role::Sender) | (Some(Role::Recipient), Role::Recipient) => 0.3,
        (Some(Role::Close), Role::Signature) => 2.2,
        (Some(Role::Subject), Role::Subject) => 0.3,
        (Some(Role::Recipient | Role::Date), Role::Subject) => 1.1,
        (_, Role::Date | Role::Recipient | Role::Salutation | Role::Enclosures) => 1.1,
        (_, Role::Close) => 0.9,
        _ => 0.6,
    }
}

/// Running text for one slab.
#[derive(Default)]
struct Run {
    text: String,
    slants: Vec<(Range<usize>, Slant)>,
    /// Place in the text, field, width.
    blanks: Vec<(usize, usize, f32)>,
    /// Size and leading, if not the letter's own.
    size: Option<(f32, f32)>,
    /// Blanks are of one length.
    framed: bool,
}

impl Run {
    fn text(&mut self, text: &str) {
        self.text.push_str(&printable(text));
    }

    fn inlines(&mut self, content: &[Inline], setter: &Typesetter<'_>) {
        content.iter().for_each(|inline| self.inline(inline, setter));
    }

    fn inline(&mut self, inline: &Inline, setter: &Typesetter<'_>) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Break => self.text.push('\n'),
            Inline::Blank(field) => self.blank(*field, setter),
            Inline::Strong(content) => self.slanted(Slant::Bold, content, setter),
            Inline::Emphasis(content) => self.slanted(Slant::Italic, content, setter),
            Inline::Link { address, content } => self.link(address, content, setter),
            Inline::Conditional { condition, content } => {
                let label = words::label(condition, setter.fields, setter.context.words);
                let start = self.text.len();
                self.text(&format!("[{label}: "));
                self.slants.push((start..self.text.len(), Slant::Italic));
                self.inlines(content, setter);
                self.text("]");
            }
        }
    }

    /// A blank between two direction marks, without which one at the end of a line would be drawn at its other end.
    fn blank(&mut self, field: usize, setter: &Typesetter<'_>) {
        let mark = if setter.composed.hand.is_rtl() { "\u{200f}" } else { "" };
        self.text.push_str(mark);
        let width = setter.blank_width(field);
        self.blanks.push((self.text.len(), field, if self.framed { width.max(FRAMED_BLANK) } else { width }));
        self.text.push_str(mark);
    }

    /// Without a space at its beginning.
    fn trimmed(mut self) -> Self {
        let spaces = self.text.len() - self.text.trim_start_matches(' ').len();
        if self.blanks.first().is_none_or(|(at, _, _)| *at >= spaces) {
            self.text.drain(..spaces);
            self.blanks.iter_mut().for_each(|blank| blank.0 -= spaces);
            for (range, _) in &mut self.slants {
                *range = range.start.saturating_sub(spaces)..range.end.saturating_sub(spaces);
            }
        }
        self
    }

    fn slanted(&mut self, slant: Slant, content: &[Inline], setter: &Typesetter<'_>) {
        let start = self.text.len();
        self.inlines(content, setter);
        self.slants.push((start..self.text.len(), slant));
    }

    /// A link's words with its address behind them: paper has no links.
    fn link(&mut self, address: &str, content: &[Inline], setter: &Typesetter<'_>) {
        let start = self.text.len();
        self.inlines(content, setter);
        let bare = address.trim_start_matches("mailto:").trim_start_matches("tel:");
        if &self.text[start..] != bare {
            self.text(&format!(" ({bare})"));
        }
    }

    /// The blanks as boxes in the line, no wider than the line.
    fn boxes(&self, width: f32, leading: f32) -> Vec<InlineBox> {
        let as_box = |(place, (index, _, wanted)): (usize, &(usize, usize, f32))| InlineBox {
            id: place as u64,
            kind: InlineBoxKind::InFlow,
            index: *index,
            width: wanted.min(width),
            height: leading * 0.5,
            baseline: None,
            vertical_align: VerticalAlign::BASELINE,
        };
        self.blanks.iter().enumerate().map(as_box).collect()
    }
}
