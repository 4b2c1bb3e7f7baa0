//! Glyphs as drawings: the shape of a repeated glyph is in the file once.

use std::collections::BTreeMap;

use krilla::color::luma;
use krilla::geom::{Path, PathBuilder, Transform};
use krilla::graphic::Graphic;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::Glyph;
use parley::layout::Run;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{GlyphId, MetadataProvider};

use super::fonts::Type;

/// The glyphs of one document, by font, glyph and grey.
#[derive(Default)]
pub(super) struct Outlines(BTreeMap<(u64, u32, u8), Shape>);

/// A glyph is drawn where it first occurs; from then on it is a drawing of its own, which is packed once for all letters.
struct Shape {
    /// None for a space.
    path: Option<Path>,
    was_drawn: bool,
    drawing: Option<Graphic>,
}

impl Outlines {
    /// Draws the glyphs of a run from the point `(x, y)`.
    pub(super) fn draw(
        &mut self,
        surface: &mut Surface<'_>,
        run: &Run<'_, ()>,
        font: &Type,
        glyphs: &[impl Glyph],
        grey: u8,
        (mut x, y): (f32, f32),
    ) {
        let size = run.font_size();
        let scale = size / font.font.units_per_em();
        for glyph in glyphs {
            let key = (run.font().data.id(), glyph.glyph_id().to_u32(), grey);
            let new = || Shape { path: path(font, key.1), was_drawn: false, drawing: None };
            let (left, up) = (x + glyph.x_offset(size), y - glyph.y_offset(size));
            surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, -scale, left, up));
            self.0.entry(key).or_insert_with(new).draw(surface, grey);
            surface.pop();
            x += glyph.x_advance(size);
        }
    }
}

impl Shape {
    fn draw(&mut self, surface: &mut Surface<'_>, grey: u8) {
        let Some(path) = &self.path else { return };
        if std::mem::replace(&mut self.was_drawn, true) {
            let drawing = self.drawing.get_or_insert_with(|| drawing(surface, path, grey));
            surface.draw_graphic(drawing.clone());
        } else {
            draw(surface, path, grey);
        }
    }
}

fn draw(surface: &mut Surface<'_>, path: &Path, grey: u8) {
    surface.set_fill(Some(Fill { paint: luma::Color::new(grey).into(), ..Fill::default() }));
    surface.draw_path(path);
}

fn drawing(surface: &mut Surface<'_>, path: &Path, grey: u8) -> Graphic {
    let mut builder = surface.stream_builder();
    let mut context = builder.surface();
    draw(&mut context, path, grey);
    context.finish();
    Graphic::new(builder.finish(), false)
}

fn path(font: &Type, glyph: u32) -> Option<Path> {
    let outline = font.shapes.outline_glyphs().get(GlyphId::new(glyph))?;
    let mut pen = Pen { path: PathBuilder::new(), at: (0.0, 0.0) };
    outline.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut pen).ok()?;
    pen.path.finish()
}

/// Writes curves as a PDF has them, in whole units of the font: a hundredth of a point at most, and half as long in the file.
struct Pen {
    path: PathBuilder,
    at: (f32, f32),
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = (x, y);
        self.path.move_to(x.round(), y.round());
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.at = (x, y);
        self.path.line_to(x.round(), y.round());
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let toward = |from: f32, control: f32| from + (control - from) * 2.0 / 3.0;
        let (from_x, from_y) = self.at;
        self.curve_to(toward(from_x, cx), toward(from_y, cy), toward(x, cx), toward(y, cy), x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.at = (x, y);
        self.path.cubic_to(ax.round(), ay.round(), bx.round(), by.round(), x.round(), y.round());
    }

    fn close(&mut self) {
        self.path.close();
    }
}
