//! The fonts of the PDFs, inside the binary, and the machinery that sets text in them.
//!
//! How they were made, and their licences, are described in `src/letters/fonts/`.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use krilla::text::Font;
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, FontStyle, FontWeight, SourceCache};
use parley::layout::{Alignment, AlignmentOptions};
use parley::style::{FontFamily, FontFamilyName, LineHeight, OverflowWrap, StyleProperty};
use parley::{BaseDirection, FontContext, FontData, InlineBox, Layout, LayoutContext};
use skrifa::FontRef;

use super::text_layer::TextLayer;
use crate::languages;
use crate::letters::export_context::Direction;

/// The serif of letters in Latin script.
const SERIF: &str = "Letter Serif";
const NASKH: &str = "Letter Naskh";
const NASTALIQ: &str = "Letter Nastaliq";

/// A font file, its family, and its place in the family.
type Face = (&'static [u8], &'static str, FontWeight, FontStyle);

const FACES: [Face; 7] = [
    (include_bytes!("../fonts/newsreader-regular.ttf"), SERIF, FontWeight::NORMAL, FontStyle::Normal),
    (include_bytes!("../fonts/newsreader-italic.ttf"), SERIF, FontWeight::NORMAL, FontStyle::Italic),
    (include_bytes!("../fonts/newsreader-semibold.ttf"), SERIF, FontWeight::SEMI_BOLD, FontStyle::Normal),
    (NASKH_REGULAR, NASKH, FontWeight::NORMAL, FontStyle::Normal),
    (include_bytes!("../fonts/naskh-bold.ttf"), NASKH, FontWeight::SEMI_BOLD, FontStyle::Normal),
    (include_bytes!("../fonts/nastaliq-regular.ttf"), NASTALIQ, FontWeight::NORMAL, FontStyle::Normal),
    (include_bytes!("../fonts/nastaliq-semibold.ttf"), NASTALIQ, FontWeight::SEMI_BOLD, FontStyle::Normal),
];
/// It has every Arabic letter of [`PRINTED`].
const NASKH_REGULAR: &[u8] = include_bytes!("../fonts/naskh-regular.ttf");

/// The hand in which a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hand {
    /// From left to right.
    Latin,
    /// Arabic script as most languages print it.
    Naskh,
    /// As Urdu is written: words hang from above the line to below it.
    Nastaliq,
}

impl Hand {
    /// The hand of a language: a BCP 47 tag and its direction.
    pub(super) fn of(language: &str, direction: Direction) -> Self {
        match direction {
            Direction::LeftToRight => Hand::Latin,
            Direction::RightToLeft if is_nastaliq(language) => Hand::Nastaliq,
            Direction::RightToLeft => Hand::Naskh,
        }
    }

    pub(super) fn is_rtl(self) -> bool {
        self != Hand::Latin
    }

    /// Families in the order in which a character is looked for.
    fn families(self) -> &'static [&'static str] {
        match self {
            Hand::Latin => &[SERIF, NASKH],
            Hand::Naskh => &[NASKH, SERIF],
            Hand::Nastaliq => &[NASTALIQ, SERIF, NASKH],
        }
    }
}

fn is_nastaliq(tag: &str) -> bool {
    languages::known(tag).is_some_and(|language| language.is_nastaliq)
}

/// The characters of the fonts, as `build-fonts.py` prints them, with those that are not drawn.
pub(super) const PRINTED: [(char, char); 43] = [
    ('\n', '\n'),
    (' ', '~'),
    ('\u{a0}', 'ı'),
    ('Ĵ', 'ň'),
    ('Ŋ', 'ž'),
    ('ƒ', 'ƒ'),
    ('Ș', 'ț'),
    ('ˆ', 'ˇ'),
    ('˚', '˚'),
    ('˜', '˝'),
    ('\u{300}', '\u{301}'),
    ('\u{303}', '\u{304}'),
    ('\u{308}', '\u{309}'),
    ('\u{606}', '\u{61b}'),
    ('\u{61e}', '\u{6dc}'),
    ('\u{6de}', '\u{6ff}'),
    ('Ẁ', 'ẅ'),
    ('ẞ', 'ẞ'),
    ('Ỳ', 'ỹ'),
    ('\u{200b}', '\u{2011}'),
    ('–', '—'),
    ('‘', '‚'),
    ('“', '„'),
    ('†', '†'),
    ('•', '•'),
    ('…', '…'),
    ('′', '″'),
    ('‹', '›'),
    ('⁄', '⁄'),
    ('€', '€'),
    ('₹', '₹'),
    ('™', '™'),
    ('−', '−'),
    ('∕', '∕'),
    ('\u{fdf2}', '\u{fdf2}'),
    ('\u{fdfa}', '\u{fdfb}'),
    ('\u{fdfd}', '\u{fdfd}'),
    ('\u{2066}', '\u{2066}'),
    ('\u{2067}', '\u{2067}'),
    ('\u{2068}', '\u{2068}'),
    ('\u{2069}', '\u{2069}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2060}', '\u{2060}'),
];

/// Whether the fonts of the PDFs have a character.
pub fn prints(character: char) -> bool {
    PRINTED.iter().any(|(first, last)| (*first..=*last).contains(&character))
}

/// Sets letters as PDF. It is costly to make and cheap to use again: keep one for each thread.
pub struct PdfWriter {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    /// The same fonts for writing, by the identity of their data.
    embedded: Vec<(u64, Type)>,
    /// The font of the text layer.
    pub(super) beneath: Option<TextLayer>,
}

/// A font in a file.
pub(super) struct Type {
    pub(super) font: Font,
    pub(super) shapes: FontRef<'static>,
    family: &'static str,
}

impl std::fmt::Debug for PdfWriter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("PdfWriter").finish_non_exhaustive()
    }
}

impl Default for PdfWriter {
    fn default() -> Self {
        Self::new()
    }
}

/// How a run of text differs from the letter's own face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slant {
    Bold,
    Italic,
}

/// Text to be set in lines.
pub(super) struct Copy<'a> {
    pub(super) text: &'a str,
    pub(super) slants: &'a [(Range<usize>, Slant)],
    pub(super) boxes: Vec<InlineBox>,
    pub(super) size: f32,
    pub(super) leading: f32,
    /// Lines are broken at this width, or nowhere.
    pub(super) width: Option<f32>,
    pub(super) alignment: Alignment,
    pub(super) hand: Hand,
}

impl Type {
    /// Whether programs would not put the words together out of the glyphs that `text` is set with.
    pub(super) fn hides(&self, text: &str) -> bool {
        self.family == NASTALIQ || self.family == NASKH && text.chars().any(is_mark)
    }
}

/// The marks above and below Arabic letters.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}')
}

impl PdfWriter {
    /// A writer with the letters' fonts.
    pub fn new() -> Self {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut collection = Collection::new(options);
        let mut embedded = Vec::new();
        for (bytes, family, weight, style) in FACES {
            let blob = Blob::new(Arc::new(bytes));
            let shapes = FontRef::new(bytes).ok();
            let kind = Font::new(bytes.into(), 0).zip(shapes).map(|(font, shapes)| Type { font, shapes, family });
            embedded.extend(kind.map(|kind| (blob.id(), kind)));
            let known_as = FontInfoOverride {
                family_name: Some(family),
                weight: Some(weight),
                style: Some(style),
                ..FontInfoOverride::default()
            };
            collection.register_fonts(blob, Some(known_as));
        }
        let fonts = FontContext { collection, source_cache: SourceCache::default() };
        Self { fonts, layouts: LayoutContext::new(), embedded, beneath: TextLayer::new(NASKH_REGULAR) }
    }

    /// Breaks text into lines.
    pub(super) fn set(&mut self, copy: Copy<'_>) -> Layout<()> {
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, copy.text, 1.0, false);
        let names = copy.hand.families().iter().map(|name| FontFamilyName::Named(Cow::Borrowed(name)));
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(names.collect())));
        builder.push_default(StyleProperty::FontSize(copy.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(copy.leading)));
        // Paper has an edge: a word that no line can hold, such as a web address, breaks between two letters.
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        for (range, slant) in copy.slants {
            let property = match slant {
                Slant::Bold => StyleProperty::FontWeight(FontWeight::SEMI_BOLD),
                Slant::Italic => StyleProperty::FontStyle(FontStyle::Italic),
            };
            builder.push(property, range.clone());
        }
        copy.boxes.into_iter().for_each(|inline_box| builder.push_inline_box(inline_box));
        builder.set_base_direction(if copy.hand.is_rtl() { BaseDirection::Rtl } else { BaseDirection::Ltr });
        let mut layout = builder.build(copy.text);
        layout.break_all_lines(copy.width);
        layout.align(copy.alignment, AlignmentOptions::default());
        layout
    }

    /// The font to write glyphs of `data` with.
    pub(super) fn embedded(&self, data: &FontData) -> Option<&Type> {
        self.embedded.iter().find(|(id, _)| *id == data.data.id()).map(|(_, font)| font)
    }
}
