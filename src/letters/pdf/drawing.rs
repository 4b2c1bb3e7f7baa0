//! Writes pages of lines as a tagged PDF.

use std::ops::Range;

use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::luma;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::{Metadata, TextDirection};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, Tag, TagGroup, TagTree,
};
use krilla::text::{GlyphId, KrillaGlyph};
use parley::layout::{Line, PositionedLayoutItem, Run};

use super::composition::{Blank, Branch, Caption, Composed, LayoutBlock, SIDE, caption};
use super::fonts::{Hand, PdfWriter};
use super::outlines::Outlines;
use super::paging::Row;
use super::text_layer::TextLayer;
use crate::config::Paper;
use crate::letters::export_context::{ExportContext, ExportError};

/// Grey of the names under blanks and of rules: 5.7 to 1 on white.
const GREY: u8 = 100;

/// The standard that a file is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Conformance {
    /// PDF/UA-1 (ISO 14289-1): what does not conform is an error.
    PdfUa,
    /// None.
    None,
}

/// What was drawn of a slab, in reading order.
#[derive(Default)]
struct Drawn {
    mark: Vec<Identifier>,
    text: Vec<Identifier>,
}

/// Writes the file.
pub(super) fn draw(
    composed: &Composed,
    pages: &[Vec<Row>],
    context: &ExportContext<'_>,
    conformance: Conformance,
    pdf_writer: &mut PdfWriter,
) -> Result<Vec<u8>, ExportError> {
    let numbers = numbers(pages.len(), composed, pdf_writer);
    let pdf_writer = &*pdf_writer;
    let mut document = Document::new_with(settings(conformance)?);
    document.set_metadata(metadata(composed, context));
    let mut drawn: Vec<Drawn> = composed.layout_blocks.iter().map(|_| Drawn::default()).collect();
    let mut outlines = Outlines::default();
    for (number, rows) in pages.iter().enumerate() {
        let mut page = document.start_page_with(page_settings(context.paper)?);
        let mut pen =
            Pen { surface: page.surface(), composed, pdf_writer, outlines: &mut outlines, paper: context.paper };
        rows.iter().for_each(|row| pen.row(row, &mut drawn));
        if let Some(number) = numbers.get(number) {
            pen.page_number(number);
        }
    }
    let mut tree = TagTree::new().with_lang(Some(context.language.to_owned()));
    nodes(&composed.outline, &mut drawn).into_iter().for_each(|node| tree.push(node));
    document.set_tag_tree(tree);
    document.set_outline(outline(context.title));
    document.finish().map_err(|error| ExportError(format!("{error:?}")))
}

/// The numbers of pages, if there are several.
fn numbers(pages: usize, composed: &Composed, pdf_writer: &mut PdfWriter) -> Vec<Caption> {
    let count = if pages > 1 { pages } else { 0 };
    (1..=count)
        .map(|number| caption(&number.to_string(), composed.measures.caption * 1.3, Hand::Latin, pdf_writer))
        .collect()
}

fn settings(conformance: Conformance) -> Result<SerializeSettings, ExportError> {
    let settings = SerializeSettings { enable_tagging: true, xmp_metadata: true, ..SerializeSettings::default() };
    if conformance == Conformance::None {
        return Ok(settings);
    }
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|error| ExportError(format!("{error:?}")))?;
    Ok(SerializeSettings { configuration, ..settings })
}

fn metadata(composed: &Composed, context: &ExportContext<'_>) -> Metadata {
    let direction = if composed.hand.is_rtl() { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
    Metadata::new()
        .title(context.title.to_owned())
        .language(context.language.to_owned())
        .authors(vec![context.publisher.to_owned()])
        .creator("Letterpress".to_owned())
        .text_direction(direction)
}

fn page_settings(paper: Paper) -> Result<PageSettings, ExportError> {
    let (width, height) = paper.size();
    PageSettings::from_wh(width, height).ok_or_else(|| ExportError("the paper has no size".to_owned()))
}

/// One entry, since PDF/UA-1 wants an outline and a letter has no sections.
fn outline(title: &str) -> Outline {
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(title.to_owned(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    outline
}

/// The tags of slabs in their groups; what was drawn is moved into them.
fn nodes(branches: &[Branch], drawn: &mut [Drawn]) -> Vec<Node> {
    let mut nodes = Vec::new();
    for branch in branches {
        match branch {
            Branch::LayoutBlock(layout_block) => nodes.extend(paragraph(*layout_block, drawn)),
            Branch::Quote(inner) => {
                nodes.push(TagGroup::with_children(Tag::BlockQuote, self::nodes(inner, drawn)).into())
            }
            Branch::Conditional(inner) => {
                nodes.push(TagGroup::with_children(Tag::Div, self::nodes(inner, drawn)).into())
            }
            Branch::List { numbered, items } => nodes.push(list(*numbered, items, drawn).into()),
        }
    }
    nodes
}

fn paragraph(layout_block: usize, drawn: &mut [Drawn]) -> Option<Node> {
    let text = std::mem::take(&mut drawn.get_mut(layout_block)?.text);
    (!text.is_empty()).then(|| TagGroup::with_children(Tag::P, text.into_iter().map(Node::from).collect()).into())
}

fn list(numbered: bool, items: &[Vec<Branch>], drawn: &mut [Drawn]) -> TagGroup {
    let mut list = TagGroup::new(Tag::L(if numbered { ListNumbering::Decimal } else { ListNumbering::Disc }));
    for item in items {
        let mut group = TagGroup::new(Tag::LI);
        let mark = first_slab(item)
            .and_then(|layout_block| drawn.get_mut(layout_block))
            .map(|drawn| std::mem::take(&mut drawn.mark));
        if let Some(mark) = mark.filter(|mark| !mark.is_empty()) {
            group.push(TagGroup::with_children(Tag::Lbl, mark.into_iter().map(Node::from).collect()));
        }
        group.push(TagGroup::with_children(Tag::LBody, nodes(item, drawn)));
        list.push(group);
    }
    list
}

fn first_slab(branches: &[Branch]) -> Option<usize> {
    match branches.first()? {
        Branch::LayoutBlock(layout_block) => Some(*layout_block),
        Branch::Quote(inner) | Branch::Conditional(inner) => first_slab(inner),
        Branch::List { items, .. } => first_slab(items.first()?),
    }
}

struct Pen<'a> {
    surface: Surface<'a>,
    composed: &'a Composed,
    pdf_writer: &'a PdfWriter,
    outlines: &'a mut Outlines,
    paper: Paper,
}

impl Pen<'_> {
    fn row(&mut self, row: &Row, drawn: &mut [Drawn]) {
        let composed = self.composed;
        let (Some(layout_block), Some(drawn)) =
            (composed.layout_blocks.get(row.layout_block), drawn.get_mut(row.layout_block))
        else {
            return;
        };
        if layout_block.conditional {
            self.bar(row);
        }
        if let Some(blank) = &layout_block.writing_lines {
            self.writing_line(row, layout_block, blank, &mut drawn.text);
            return;
        }
        let Some(line) = layout_block.layout.get(row.line) else { return };
        let metrics = *line.metrics();
        let baseline = row.top + metrics.baseline - metrics.block_min_coord;
        if row.line == 0 {
            drawn.mark.extend(
                layout_block.mark.as_ref().map(|(mark, outside)| self.mark(mark, *outside, layout_block, baseline)),
            );
        }
        self.line(&line, layout_block, baseline, &mut drawn.text);
    }

    /// One line: its text and its blanks, tagged in reading order and placed where they are seen.
    fn line(&mut self, line: &Line<'_, ()>, layout_block: &LayoutBlock, baseline: f32, drawn: &mut Vec<Identifier>) {
        let left = self.left(layout_block);
        let mut pieces = pieces(line, layout_block);
        pieces.sort_by_key(Piece::place);
        for piece in pieces {
            match piece {
                Piece::Run { run, x } => drawn.push(self.run(&run, &layout_block.text, left + x, baseline)),
                Piece::Blank { blank, x, width } => drawn.extend(self.blank(blank, left + x, width, baseline)),
            }
        }
    }

    /// Where the lines of a slab begin on the paper, counted from the left in any script.
    fn left(&self, layout_block: &LayoutBlock) -> f32 {
        if self.composed.hand.is_rtl() {
            self.paper.size().0 - SIDE - layout_block.indent - layout_block.width
        } else {
            SIDE + layout_block.indent
        }
    }

    fn run(&mut self, run: &Run<'_, ()>, text: &str, x: f32, baseline: f32) -> Identifier {
        let id = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        self.write(run, text, (x, baseline), 0);
        self.surface.end_tagged();
        id
    }

    /// Glyphs, as text or as outlines over a text layer.
    fn write(&mut self, run: &Run<'_, ()>, text: &str, start: (f32, f32), grey: u8) {
        let Some(font) = self.pdf_writer.embedded(run.font()) else { return };
        let glyphs = glyphs(run, text);
        if font.hides(text.get(run.text_range()).unwrap_or_default()) {
            self.outlines.draw(&mut self.surface, run, font, &glyphs, grey, start);
            self.words_beneath(run, text, start);
        } else {
            self.fill(grey);
            let start = Point::from_xy(start.0, start.1);
            self.surface.draw_glyphs(start, &glyphs, font.font.clone(), text, run.font_size(), false);
            self.fill(0);
        }
    }

    fn words_beneath(&mut self, run: &Run<'_, ()>, text: &str, start: (f32, f32)) {
        let Some(beneath) = &self.pdf_writer.beneath else { return };
        self.surface.set_fill(Some(Fill { opacity: NormalizedF32::ZERO, ..Fill::default() }));
        for word in beneath.words(run, text, start) {
            self.surface.push_transform(&word.transform);
            let origin = Point::from_xy(0.0, 0.0);
            self.surface.draw_glyphs(origin, &word.glyphs, beneath.font.clone(), text, TextLayer::SIZE, false);
            self.surface.pop();
        }
        self.fill(0);
    }

    /// A line to write on, with the name of what belongs there below it.
    fn blank(&mut self, blank: &Blank, x: f32, width: f32, baseline: f32) -> Option<Identifier> {
        let measures = self.composed.measures;
        self.rule(x + 1.0, baseline + measures.rule_drop, width - 2.0);
        let caption = blank.caption.as_ref().or_else(|| self.composed.captions.get(blank.field))?;
        Some(self.caption(caption, x + 2.0..x + width - 2.0, baseline + measures.caption_drop))
    }

    /// The name under a blank, which reads as in the editor's file: `[interview date]`. Not so from right to left,
    /// where programs read the letters of such a text backwards.
    fn caption(&mut self, caption: &Caption, span: Range<f32>, mut baseline: f32) -> Identifier {
        let is_rtl = self.composed.hand.is_rtl();
        let spoken = (!is_rtl).then(|| format!("[{}]", caption.text));
        let id = self.surface.start_tagged(ContentTag::Span(SpanTag::empty().with_actual_text(spoken.as_deref())));
        for line in caption.layout.lines() {
            let width: f32 = line.runs().map(|run| run.advance()).sum();
            let x = if is_rtl { span.end - width } else { span.start };
            self.glyphs(&line, &caption.text, x, baseline, GREY);
            baseline += line.metrics().line_height;
        }
        self.surface.end_tagged();
        id
    }

    /// A text in one line, without tags.
    fn single_line(&mut self, text: &Caption, x: f32, baseline: f32) {
        if let Some(line) = text.layout.get(0) {
            self.glyphs(&line, &text.text, x, baseline, 0);
        }
    }

    fn glyphs(&mut self, line: &Line<'_, ()>, text: &str, mut x: f32, baseline: f32, grey: u8) {
        for run in line.runs() {
            self.write(&run, text, (x, baseline), grey);
            x += run.advance();
        }
    }

    /// The bullet or number of a list's item, which begins so far outside its lines.
    fn mark(&mut self, mark: &Caption, outside: f32, layout_block: &LayoutBlock, baseline: f32) -> Identifier {
        let left = self.left(layout_block);
        let is_rtl = self.composed.hand.is_rtl();
        let x = if is_rtl { left + layout_block.width + outside - mark.layout.width() } else { left - outside };
        let id = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        self.single_line(mark, x, baseline);
        self.surface.end_tagged();
        id
    }

    fn writing_line(&mut self, row: &Row, layout_block: &LayoutBlock, blank: &Blank, drawn: &mut Vec<Identifier>) {
        let measures = self.composed.measures;
        let room = if row.line == 0 { blank.room() } else { 0.0 };
        let y = row.top + row.height - room - measures.rule_drop - measures.caption_drop * 0.6;
        if row.line == 0 {
            drawn.extend(self.blank(blank, self.left(layout_block), layout_block.width, y - measures.rule_drop));
        } else {
            self.rule(self.left(layout_block) + 1.0, y, layout_block.width - 2.0);
        }
    }

    /// The rule at the edge of a conditional part.
    fn bar(&mut self, row: &Row) {
        let width = self.paper.size().0;
        let x = if self.composed.hand.is_rtl() { width - SIDE - 1.0 } else { SIDE + 1.0 };
        let from = if row.line == 0 && self.begins_part(row) { row.top } else { row.top - row.space };
        self.stroke(x, from, x, row.top + row.height, 1.2, 170);
    }

    fn begins_part(&self, row: &Row) -> bool {
        let before =
            row.layout_block.checked_sub(1).and_then(|layout_block| self.composed.layout_blocks.get(layout_block));
        let label = self
            .composed
            .layout_blocks
            .get(row.layout_block)
            .is_some_and(|layout_block| layout_block.keep_with_next && layout_block.space_before > 0.0);
        label || before.is_none_or(|before| !before.conditional)
    }

    /// The page's number at its foot, which is no part of the letter.
    fn page_number(&mut self, number: &Caption) {
        let (width, height) = self.paper.size();
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PageNumber)));
        self.single_line(number, (width - number.layout.width()) / 2.0, height - 34.0);
        self.surface.end_tagged();
    }

    fn rule(&mut self, x: f32, y: f32, length: f32) {
        self.stroke(x, y, x + length, y, 0.6, GREY);
    }

    /// A line that means nothing to a screen reader.
    fn stroke(&mut self, x: f32, y: f32, to_x: f32, to_y: f32, width: f32, grey: u8) {
        let mut builder = PathBuilder::new();
        builder.move_to(x, y);
        builder.line_to(to_x, to_y);
        let Some(path) = builder.finish() else { return };
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke { paint: luma::Color::new(grey).into(), width, ..Stroke::default() }));
        self.surface.draw_path(&path);
        self.surface.set_stroke(None);
        self.fill(0);
        self.surface.end_tagged();
    }

    fn fill(&mut self, grey: u8) {
        let paint = luma::Color::new(grey).into();
        self.surface.set_fill(Some(Fill { paint, opacity: NormalizedF32::ONE, ..Fill::default() }));
    }
}

/// A piece of a line.
enum Piece<'a> {
    Run { run: Run<'a, ()>, x: f32 },
    Blank { blank: &'a Blank, x: f32, width: f32 },
}

impl Piece<'_> {
    /// The place in reading order; a blank precedes the text at its byte.
    fn place(&self) -> (usize, bool) {
        match self {
            Piece::Run { run, .. } => (run.text_range().start, true),
            Piece::Blank { blank, .. } => (blank.at, false),
        }
    }
}

/// The runs and blanks of a line as they are seen from left to right.
fn pieces<'a>(line: &Line<'a, ()>, layout_block: &'a LayoutBlock) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    let mut last = None;
    for item in line.items() {
        match item {
            // A run comes once for each of its styles; it is drawn whole, from its first.
            PositionedLayoutItem::GlyphRun(glyphs) => {
                let run = *glyphs.run();
                if last.replace(run.index()) != Some(run.index()) {
                    pieces.push(Piece::Run { run, x: glyphs.offset() });
                }
            }
            PositionedLayoutItem::InlineBox(place) => {
                last = None;
                let Some(blank) = layout_block.blanks.get(place.id as usize) else { continue };
                pieces.push(Piece::Blank { blank, x: place.x, width: place.width });
            }
        }
    }
    pieces
}

/// The glyphs of a run, each with its text; line breaks have none.
fn glyphs(run: &Run<'_, ()>, text: &str) -> Vec<KrillaGlyph> {
    let size = run.font_size();
    let mut glyphs: Vec<KrillaGlyph> = Vec::new();
    for cluster in run.visual_clusters() {
        let range = cluster.text_range();
        if cluster.is_ligature_continuation() {
            if let Some(glyph) = glyphs.last_mut() {
                glyph.text_range.end = glyph.text_range.end.max(range.end);
                glyph.text_range.start = glyph.text_range.start.min(range.start);
            }
            continue;
        }
        if text.get(range.clone()).is_some_and(|text| text.starts_with('\n')) {
            continue;
        }
        for glyph in cluster.glyphs() {
            let (id, advance) = (GlyphId::new(glyph.id), glyph.advance / size);
            // Parley counts down the page, a PDF up.
            let (x, y) = (glyph.x / size, -glyph.y / size);
            glyphs.push(KrillaGlyph::new(id, advance, x, y, 0.0, range.clone(), None));
        }
    }
    glyphs
}
