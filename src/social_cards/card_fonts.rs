//! The fonts of cards: those of the theme's `cards/` folder first, then the program's own, for Latin letters and for Urdu in Nastaliq.

use std::borrow::Cow;
use std::sync::Arc;

use parley::FontContext;
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::style::{FontFamily, FontFamilyName};
use skrifa::{FontRef, MetadataProvider};

use crate::collect::ThemeFiles;
use crate::storage::Hash;

const SERIF: &[u8] = include_bytes!("../letters/fonts/newsreader-semibold.ttf");
const NASTALIQ: &[u8] = include_bytes!("../letters/fonts/nastaliq-semibold.ttf");
/// Where a theme keeps fonts for cards.
const FOLDER: &str = "cards/";

/// Fonts in the order in which a character is looked for.
#[derive(Debug)]
pub(super) struct CardFonts {
    own: Vec<Font>,
    /// The hash of the theme's fonts; the program's own belong to its edition.
    pub(super) hash: Hash,
}

#[derive(Debug, Clone)]
struct Font {
    family: String,
    bytes: Arc<[u8]>,
}

impl CardFonts {
    pub(super) fn new(files: &ThemeFiles) -> Self {
        let mut hasher = blake3::Hasher::new();
        let mut own = Vec::new();
        for (path, source) in files.files.range(FOLDER.to_owned()..).take_while(|(path, _)| path.starts_with(FOLDER)) {
            if (path.ends_with(".ttf") || path.ends_with(".otf")) && FontRef::new(&source.bytes()).is_ok() {
                hasher.update(path.as_bytes()).update(&source.fingerprint.to_bytes());
                own.push(Font { family: format!("Theme {path}"), bytes: source.bytes() });
            }
        }
        Self { own, hash: hasher.finalize() }
    }

    /// Whether some font has each character that is drawn.
    pub(super) fn has(&self, text: &str) -> bool {
        let fonts: Vec<FontRef<'_>> = self.bytes().filter_map(|bytes| FontRef::new(bytes).ok()).collect();
        let drawn = |character: &char| !(character.is_whitespace() || is_invisible(*character));
        text.chars().filter(drawn).all(|character| fonts.iter().any(|font| font.charmap().map(character).is_some()))
    }

    fn bytes(&self) -> impl Iterator<Item = &[u8]> {
        self.own.iter().map(|font| &*font.bytes).chain([SERIF, NASTALIQ])
    }

    /// The fonts for setting, and the names under which a text asks for them.
    pub(super) fn context(&self) -> (FontContext, Vec<String>) {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let mut register = |family: &str, blob: Blob<u8>| {
            let known_as = FontInfoOverride { family_name: Some(family), ..FontInfoOverride::default() };
            collection.register_fonts(blob, Some(known_as));
            family.to_owned()
        };
        let mut names = Vec::new();
        for font in &self.own {
            names.push(register(&font.family, Blob::new(Arc::new(Arc::clone(&font.bytes)))));
        }
        names.push(register("Card Serif", Blob::new(Arc::new(SERIF))));
        names.push(register("Card Nastaliq", Blob::new(Arc::new(NASTALIQ))));
        (FontContext { collection, source_cache: SourceCache::default() }, names)
    }
}

/// The names as a style.
pub(super) fn family(names: &[String]) -> FontFamily<'_> {
    let names: Vec<FontFamilyName<'_>> =
        names.iter().map(|name| FontFamilyName::Named(Cow::Borrowed(name.as_str()))).collect();
    FontFamily::List(Cow::Owned(names))
}

/// Marks that join, part or turn text and draw nothing (Unicode's Default_Ignorable_Code_Point, as far as titles have them).
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe0f}' | '\u{feff}')
}
