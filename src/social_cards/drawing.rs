//! Sets a card in type and draws it.
//!
//! Rules above and below, as on the theme's own drawings; between them the site's name, the title as large as it fits with lines of like length,
//! and the publisher. A letter has a sheet of paper drawn beside the title.

use parley::layout::{Alignment, AlignmentOptions, PositionedLayoutItem};
use parley::style::{LineHeight, StyleProperty};
use parley::{BaseDirection, FontContext, Layout, LayoutContext};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use tiny_skia::{FillRule, Mask, Path, PathBuilder, Transform};

use super::card::{Card, Colours, SIZE};
use super::card_fonts::{CardFonts, family};
use super::png;

const WIDTH: usize = SIZE.0 as usize;
/// From the card's sides to its text.
const SIDE: usize = 60;
/// The rules at the head and at the foot: y and thickness of each.
const RULES: [(usize, usize); 4] = [(34, 3), (43, 1), (586, 3), (595, 1)];
/// The middle of the site's name, of the title and of the publisher, from above.
const SITE_MIDDLE: f32 = 100.0;
const TITLE_MIDDLE: f32 = 318.0;
const PUBLISHER_MIDDLE: f32 = 536.0;
const SMALL: f32 = 34.0;
/// How tall and wide the title may be.
const TITLE_HEIGHT: f32 = 344.0;
const TITLE_WIDTH: f32 = (WIDTH - 2 * SIDE) as f32;
/// The drawn sheet of a letter: its width, height, and distance from the title.
const SHEET: (usize, usize) = (226, 304);
const SHEET_GAP: usize = 54;
/// More than a card can show; a longer title is not even tried.
const MOST_CHARACTERS: usize = 400;

/// The sizes at which a title is tried, and the distance of lines as a multiple of the size.
struct Scale {
    sizes: &'static [f32],
    leading: f32,
    /// How much smaller the site's name and the publisher are set than in Latin letters.
    small: f32,
    /// Most lines at any but the smallest size.
    lines: usize,
}

const LATIN: Scale = Scale { sizes: &[92.0, 80.0, 70.0, 60.0, 52.0, 44.0], leading: 1.14, small: 1.0, lines: 4 };
/// In Nastaliq each word slopes from above the line to below it.
const ARABIC: Scale = Scale { sizes: &[76.0, 66.0, 58.0, 50.0, 42.0, 36.0], leading: 2.05, small: 0.84, lines: 3 };

/// Places in the palette: the ground; the ink from faint to full; the accent likewise; paper; a letter's lines.
const GROUND: u8 = 0;
const INK: u8 = 8;
const ACCENT: u8 = 13;
const PAPER: u8 = 14;
const LINE: u8 = 15;
const INK_STEPS: u8 = INK - GROUND;
const ACCENT_STEPS: u8 = ACCENT - INK;

/// What is costly to set up for drawing and cheap to use again.
pub(super) struct Easel {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    names: Vec<String>,
}

impl Easel {
    pub(super) fn new(types: &CardFonts) -> Self {
        let (fonts, names) = types.context();
        Self { fonts, layouts: LayoutContext::new(), names }
    }

    /// The card as PNG.
    pub(super) fn draw(&mut self, card: &Card, colours: &Colours) -> Vec<u8> {
        let mut sheet = vec![GROUND; WIDTH * SIZE.1 as usize];
        for (y, thickness) in RULES {
            fill(&mut sheet, SIDE, y, WIDTH - 2 * SIDE, thickness, INK);
        }
        if card.is_letter {
            letter(&mut sheet, card.is_rtl);
        }
        self.lettering(card, &mut sheet);
        png::encoded(SIZE.0, SIZE.1, &palette(colours), &sheet)
    }

    fn lettering(&mut self, card: &Card, sheet: &mut [u8]) {
        let scale = if card.is_rtl { &ARABIC } else { &LATIN };
        let beside = if card.is_letter { (SHEET.0 + SHEET_GAP) as f32 } else { 0.0 };
        let title = self.title(card, scale, TITLE_WIDTH - beside);
        stamp(&title, TITLE_MIDDLE, sheet, INK, INK_STEPS);
        let size = SMALL * scale.small;
        let site = self.one_line(&card.site, size, scale, card.is_rtl);
        stamp(&site, SITE_MIDDLE, sheet, ACCENT, ACCENT_STEPS);
        let publisher = self.one_line(&card.publisher, size, scale, card.is_rtl);
        stamp(&publisher, PUBLISHER_MIDDLE, sheet, INK, INK_STEPS);
    }

    /// The title at the largest size at which it fits; at the smallest one it is cut.
    fn title(&mut self, card: &Card, scale: &Scale, width: f32) -> Lettering {
        let text = cut(&card.title);
        let set = |size: f32, easel: &mut Self| {
            let lines = ((TITLE_HEIGHT / (size * scale.leading)) as usize).min(scale.lines);
            let lettering = easel.set(&text, size, scale.leading, width, card.is_rtl);
            lettering.fits(lines, width).then_some(lettering)
        };
        let fitting = scale.sizes.iter().find_map(|&size| set(size, self));
        let mut title = fitting.unwrap_or_else(|| {
            let size = scale.sizes.last().copied().unwrap_or(SMALL);
            let lines = (TITLE_HEIGHT / (size * scale.leading)) as usize;
            self.shortened(text, size, scale.leading, lines, width, card.is_rtl)
        });
        title.balance();
        title
    }

    fn one_line(&mut self, text: &str, size: f32, scale: &Scale, is_rtl: bool) -> Lettering {
        self.shortened(cut(text), size, scale.leading, 1, TITLE_WIDTH, is_rtl)
    }

    /// As much of a text as fits, and an ellipsis.
    fn shortened(
        &mut self,
        mut text: String,
        size: f32,
        leading: f32,
        lines: usize,
        width: f32,
        is_rtl: bool,
    ) -> Lettering {
        let mut lettering = self.set(&text, size, leading, width, is_rtl);
        while !lettering.fits(lines, width) && shorten(&mut text) {
            lettering = self.set(&text, size, leading, width, is_rtl);
        }
        lettering
    }

    fn set(&mut self, text: &str, size: f32, leading: f32, width: f32, is_rtl: bool) -> Lettering {
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(family(&self.names)));
        builder.push_default(StyleProperty::FontSize(size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(size * leading)));
        builder.set_base_direction(if is_rtl { BaseDirection::Rtl } else { BaseDirection::Ltr });
        let mut lettering = Lettering { layout: builder.build(text), measure: width, is_rtl };
        lettering.break_at(width);
        lettering
    }
}

/// Text set in lines.
struct Lettering {
    layout: Layout<()>,
    /// The width at which lines are broken.
    measure: f32,
    is_rtl: bool,
}

impl Lettering {
    fn fits(&self, lines: usize, width: f32) -> bool {
        self.layout.len() <= lines && self.layout.width() <= width
    }

    fn break_at(&mut self, measure: f32) {
        self.measure = measure;
        self.layout.break_all_lines(Some(measure));
        self.layout.align(Alignment::Start, AlignmentOptions::default());
    }

    /// Makes the lines as short as their number allows, so that no word is alone on the last one.
    fn balance(&mut self) {
        let lines = self.layout.len();
        let (mut enough, mut too_narrow) = (self.measure, self.measure / (lines.max(1) as f32 + 1.0));
        while lines > 1 && enough - too_narrow > 4.0 {
            let middle = f32::midpoint(enough, too_narrow);
            self.break_at(middle);
            *(if self.fits(lines, middle) { &mut enough } else { &mut too_narrow }) = middle;
        }
        self.break_at(enough);
    }

    /// The left edge of the lines on the card.
    fn left(&self) -> f32 {
        if self.is_rtl { (WIDTH - SIDE) as f32 - self.measure } else { SIDE as f32 }
    }
}

fn cut(text: &str) -> String {
    text.chars().take(MOST_CHARACTERS).collect()
}

/// Cuts text by an eighth, at a word's end if there is one, and adds an ellipsis. Whether anything was left to cut.
fn shorten(text: &mut String) -> bool {
    let count = text.chars().count();
    if count <= 2 {
        return false;
    }
    let kept: String = text.chars().take(count - 1 - (count / 8).max(1)).collect();
    let end = kept.rfind(char::is_whitespace).filter(|end| *end > kept.len() / 2).unwrap_or(kept.len());
    *text = format!("{}…", kept[..end].trim_end_matches(|character: char| !character.is_alphanumeric()));
    true
}

/// Draws text, its block's middle at `middle`, in the steps of the palette that end at `colour`.
fn stamp(lettering: &Lettering, middle: f32, sheet: &mut [u8], colour: u8, steps: u8) {
    let top = middle - lettering.layout.height() / 2.0;
    let Some(path) = outline(lettering, top) else { return };
    let Some(mut mask) = Mask::new(SIZE.0, SIZE.1) else { return };
    mask.fill_path(&path, FillRule::Winding, true, Transform::identity());
    for (pixel, &cover) in sheet.iter_mut().zip(mask.data()).filter(|(_, cover)| **cover > 0) {
        let step = (u16::from(cover) * u16::from(steps) + 127) / 255;
        if step > 0 {
            *pixel = colour - steps + u8::try_from(step).unwrap_or(steps);
        }
    }
}

/// The outlines of all glyphs as one path.
fn outline(lettering: &Lettering, top: f32) -> Option<Path> {
    let left = lettering.left();
    let mut pen = Pen { path: PathBuilder::new(), x: 0.0, y: 0.0 };
    for line in lettering.layout.lines() {
        for item in line.items() {
            let PositionedLayoutItem::GlyphRun(run) = item else { continue };
            let font = run.run().font();
            let Ok(font) = FontRef::from_index(font.data.as_ref(), font.index) else { continue };
            let outlines = font.outline_glyphs();
            for glyph in run.positioned_glyphs() {
                (pen.x, pen.y) = (left + glyph.x, top + glyph.y);
                let settings = DrawSettings::unhinted(Size::new(run.run().font_size()), LocationRef::default());
                // A glyph that can't be drawn is left out.
                let _ = outlines.get(GlyphId::new(glyph.id)).map(|outline| outline.draw(settings, &mut pen));
            }
        }
    }
    pen.path.finish()
}

/// Puts a font's outlines, whose y runs upwards, at a place of the card.
struct Pen {
    path: PathBuilder,
    x: f32,
    y: f32,
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.x + x, self.y - y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.x + x, self.y - y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.path.quad_to(self.x + cx, self.y - cy, self.x + x, self.y - y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.path.cubic_to(self.x + ax, self.y - ay, self.x + bx, self.y - by, self.x + x, self.y - y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

/// A piece of a line: from where to where, and whether it is a blank.
type Piece = (usize, usize, bool);

/// The drawn sheet of a letter at the end of the lines: an edge, lines of text, and blanks between them.
fn letter(card: &mut [u8], is_rtl: bool) {
    const EDGE: usize = 3;
    /// The lines from above: y, then start and end of each piece, in hundredths of the sheet's width; a blank is drawn in the accent.
    const LINES: [(usize, &[Piece]); 7] = [
        (34, &[(56, 86, false)]),
        (78, &[(14, 42, false)]),
        (120, &[(14, 48, false), (52, 86, true)]),
        (152, &[(14, 86, false)]),
        (184, &[(14, 34, false), (38, 68, true)]),
        (216, &[(14, 62, false), (66, 86, true)]),
        (262, &[(14, 44, false)]),
    ];
    let (width, height) = SHEET;
    let left = if is_rtl { SIDE } else { WIDTH - SIDE - width };
    let top = TITLE_MIDDLE as usize - height / 2;
    fill(card, left, top, width, height, INK);
    fill(card, left + EDGE, top + EDGE, width - 2 * EDGE, height - 2 * EDGE, PAPER);
    for (y, pieces) in LINES {
        for &(start, end, is_blank) in pieces {
            let (start, end) = if is_rtl { (100 - end, 100 - start) } else { (start, end) };
            let (colour, thickness) = if is_blank { (ACCENT, 6) } else { (LINE, 4) };
            let from = left + width * start / 100;
            fill(card, from, top + y - thickness / 2, width * (end - start) / 100, thickness, colour);
        }
    }
}

fn fill(card: &mut [u8], left: usize, top: usize, width: usize, height: usize, colour: u8) {
    for row in card.chunks_exact_mut(WIDTH).skip(top).take(height) {
        row[left..left + width].fill(colour);
    }
}

fn palette(colours: &Colours) -> [[u8; 3]; 16] {
    let mut palette = [colours.ground; 16];
    for step in 1..=INK_STEPS {
        palette[usize::from(GROUND + step)] = mixed(colours.ground, colours.ink, step, INK_STEPS);
    }
    for step in 1..=ACCENT_STEPS {
        palette[usize::from(INK + step)] = mixed(colours.ground, colours.accent, step, ACCENT_STEPS);
    }
    palette[usize::from(PAPER)] = colours.paper;
    palette[usize::from(LINE)] = colours.line;
    palette
}

fn mixed(from: [u8; 3], to: [u8; 3], step: u8, steps: u8) -> [u8; 3] {
    let (step, steps) = (u16::from(step), u16::from(steps));
    let part = |from: u8, to: u8| ((u16::from(from) * (steps - step) + u16::from(to) * step + steps / 2) / steps) as u8;
    [part(from[0], to[0]), part(from[1], to[1]), part(from[2], to[2])]
}
