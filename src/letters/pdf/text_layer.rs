//! The text layer below outlines.
//!
//! The glyphs of Arabic script are in visual order: dots apart from their letters, letters of one word at different heights. Programs
//! that read a file aloud, search it or copy from it put words together by place, and get none out of such glyphs. So these are drawn as outlines,
//! and below them is each word in plain letters, invisible, one after the other on one line and exactly as wide as the word that is seen.

use krilla::geom::Transform;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use parley::layout::Run;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// The size of plain letters, in points, before they are drawn out to the width of their word.
const SIZE: f32 = 8.0;

/// The font of the words.
pub(super) struct TextLayer {
    pub(super) font: Font,
    shapes: FontRef<'static>,
}

/// A word in plain letters, from left to right.
pub(super) struct Word {
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// Puts the word, set at [`SIZE`] from the origin, in its place.
    pub(super) transform: Transform,
}

impl TextLayer {
    pub(super) const SIZE: f32 = SIZE;

    pub(super) fn new(bytes: &'static [u8]) -> Option<Self> {
        Some(Self { font: Font::new(bytes.into(), 0)?, shapes: FontRef::new(bytes).ok()? })
    }

    /// The words, in reading order, of a run of `text` that begins at `start`.
    pub(super) fn words(&self, run: &Run<'_, ()>, text: &str, (start, baseline): (f32, f32)) -> Vec<Word> {
        let mut words = Vec::new();
        let mut letters: Vec<KrillaGlyph> = Vec::new();
        let (mut left, mut right) = (start, start);
        for cluster in run.visual_clusters() {
            let range = cluster.text_range();
            let said = text.get(range.clone()).unwrap_or_default();
            // // A space belongs to the word before it, which is the one that is seen to its right.
            if said.contains(char::is_whitespace) {
                words.extend(self.word(std::mem::take(&mut letters), left, right, baseline));
                left = right;
            }
            letters.extend(self.letters(said, range.start, run.is_rtl()));
            right += cluster.advance();
        }
        words.extend(self.word(letters, left, right, baseline));
        if run.is_rtl() {
            words.reverse();
        }
        words
    }

    /// The letters of a cluster as they are seen from left to right.
    fn letters(&self, said: &str, at: usize, is_rtl: bool) -> Vec<KrillaGlyph> {
        let letter = |(place, character): (usize, char)| {
            let glyph = self.shapes.charmap().map(character)?;
            let advance = self.shapes.glyph_metrics(Size::new(1.0), LocationRef::default()).advance_width(glyph)?;
            let range = at + place..at + place + character.len_utf8();
            Some(KrillaGlyph::new(GlyphId::new(glyph.to_u32()), advance, 0.0, 0.0, 0.0, range, None))
        };
        let mut letters: Vec<KrillaGlyph> =
            said.char_indices().filter(|(_, character)| !turns(*character)).filter_map(letter).collect();
        if is_rtl {
            letters.reverse();
        }
        letters
    }

    fn word(&self, glyphs: Vec<KrillaGlyph>, left: f32, right: f32, baseline: f32) -> Option<Word> {
        let natural: f32 = glyphs.iter().map(|glyph| glyph.x_advance).sum::<f32>() * SIZE;
        (natural > 0.0 && right > left).then(|| {
            let transform = Transform::from_row((right - left) / natural, 0.0, 0.0, 1.0, left, baseline);
            Word { glyphs, transform }
        })
    }
}

/// Marks of direction, which the order of the words makes needless.
fn turns(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
