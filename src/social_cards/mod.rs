//! A page's title → its card: the image that a shared link shows where the page has none of its own, 1200 × 630 pixels, PNG.
//!
//! Takes a card's text and the theme's colours and fonts; returns its address, which pages need, long before its bytes, which no page
//! waits for. Cached by all of that, in the [`memo`](crate::pipeline) and in the [`cache`](crate::files::cache). Knows no page and no template.

mod card;
mod card_fonts;
mod drawing;
mod png;

use card::Colours;
pub use card::{Card, SIZE};

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::collect::ThemeFiles;
use crate::files::Cache;
use crate::output::{Artifact, Output};
use crate::site::Address;
use crate::storage::Hash;
use card_fonts::CardFonts;
use drawing::Easel;

/// Counts up whenever the same card would look different from before.
const EDITION: &str = "cards 1";
/// Hexadecimal digits of a card's hash in its name.
const DIGITS: usize = 12;

/// Cards by the hash of their text and style.
pub type CardCache = HashMap<Hash, Artifact>;

/// What all cards of a theme share: its colours and fonts.
#[derive(Debug)]
pub struct CardStyle {
    colours: Colours,
    types: CardFonts,
    /// The hash of both.
    hash: Hash,
}

impl CardStyle {
    /// The card style of a theme: its settings `accent` and `ground` where they are colours such as `#1f6f5c`, and the fonts in its `cards/`.
    pub(crate) fn new(files: &ThemeFiles, settings: &BTreeMap<String, String>) -> Self {
        let setting = |name: &str, usual| settings.get(name).and_then(|value| colour(value)).unwrap_or(usual);
        let colours = Colours {
            ground: setting("ground", [251, 249, 244]),
            ink: [36, 34, 30],
            accent: setting("accent", [31, 111, 92]),
            paper: [255, 254, 251],
            line: [144, 136, 115],
        };
        let types = CardFonts::new(files);
        let mut hasher = blake3::Hasher::new();
        hasher.update(format!("{EDITION} {colours:?}").as_bytes()).update(types.hash.as_bytes());
        Self { colours, types, hash: hasher.finalize() }
    }

    /// The address of a card, which changes with its text and style; `None` if the fonts lack a character of it.
    #[must_use]
    pub fn address(&self, card: &Card) -> Option<Address> {
        let is_whole = card.texts().iter().all(|text| self.types.has(text));
        let says_something = card.title.chars().any(char::is_alphanumeric);
        (is_whole && says_something).then(|| {
            let digits = &self.key(card).to_hex()[..DIGITS];
            Address::new(&format!("assets/cards/{digits}.png"))
        })
    }

    fn key(&self, card: &Card) -> Hash {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.hash.as_bytes()).update(&[u8::from(card.is_letter), u8::from(card.is_rtl)]);
        for text in card.texts() {
            hasher.update(&text.len().to_le_bytes()).update(text.as_bytes());
        }
        hasher.finalize()
    }
}

/// Draws the cards that are neither remembered nor in the cache, and publishes them all.
pub fn publish(
    cards: Vec<(Address, Card)>,
    card_style: &CardStyle,
    known: &mut CardCache,
    cache: &Cache,
    output: &mut Output,
) {
    let remembered = &*known;
    let drawn = |easel: &mut Option<Easel>, (address, card): (Address, Card)| {
        let key = card_style.key(&card);
        let make = || kept_or_drawn(&card, &key, card_style, easel, cache);
        let artifact = remembered.get(&key).cloned().unwrap_or_else(make);
        (address, key, artifact)
    };
    let made: Vec<(Address, Hash, Artifact)> = cards.into_par_iter().map_init(|| None, drawn).collect();
    known.clear();
    for (address, key, artifact) in made {
        output.insert(address.file(), artifact.clone());
        known.insert(key, artifact);
    }
}

/// The easel is set up for the first card that has to be drawn.
fn kept_or_drawn(
    card: &Card,
    key: &Hash,
    card_style: &CardStyle,
    easel: &mut Option<Easel>,
    cache: &Cache,
) -> Artifact {
    if let Some(kept) = cache.get(key) {
        return Artifact::new(kept);
    }
    let easel = easel.get_or_insert_with(|| Easel::new(&card_style.types));
    let image = easel.draw(card, &card_style.colours);
    cache.put(key, &image);
    Artifact::new(image)
}

/// `#1f6f5c` or `#fff`.
fn colour(text: &str) -> Option<[u8; 3]> {
    let digits = text.trim().strip_prefix('#')?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let part = |at: usize, length: usize| u8::from_str_radix(&digits[at * length..(at + 1) * length], 16).ok();
    match digits.len() {
        6 => Some([part(0, 2)?, part(1, 2)?, part(2, 2)?]),
        3 => Some([part(0, 1)? * 17, part(1, 1)? * 17, part(2, 1)? * 17]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(title: &str) -> Card {
        Card {
            title: title.to_owned(),
            site: "Career advice".to_owned(),
            publisher: "Rozana Jobs".to_owned(),
            is_letter: false,
            is_rtl: false,
        }
    }

    fn card_style() -> CardStyle {
        CardStyle::new(&ThemeFiles::default(), &BTreeMap::new())
    }

    fn image(card: &Card) -> Vec<u8> {
        let card_style = card_style();
        Easel::new(&card_style.types).draw(card, &card_style.colours)
    }

    #[test]
    fn a_card_is_a_picture_of_the_size_that_readers_of_links_expect() {
        let image = image::load_from_memory(&image(&card("Resign well"))).unwrap().to_rgb8();
        assert_eq!(image.dimensions(), SIZE);
        assert_eq!(image.get_pixel(5, 5).0, [251, 249, 244]);
        let dark = image.pixels().filter(|pixel| pixel.0 == [36, 34, 30]).count();
        assert!((8_000..120_000).contains(&dark), "{dark} pixels of ink: rules and a title");
    }

    #[test]
    fn a_card_is_the_same_bytes_twice_and_small() {
        let urdu = Card {
            is_rtl: true, is_letter: true, ..card("انٹرویو سے انکار کریں اور رابطہ برقرار رکھیں")
        };
        assert_eq!(image(&urdu), image(&urdu));
        assert!(image(&urdu).len() < 40_000, "{}", image(&urdu).len());
    }

    #[test]
    fn a_title_of_a_thousand_words_stays_within_its_card() {
        let image = image::load_from_memory(&image(&card(&"resignation ".repeat(1000)))).unwrap().to_rgb8();
        let is_ground = |x: u32| (0..SIZE.1).all(|y| image.get_pixel(x, y).0 == [251, 249, 244]);
        assert!((0..50).chain(1150..1200).all(is_ground));
        let word = super::tests::image(&card(&"x".repeat(3000)));
        let image = image::load_from_memory(&word).unwrap().to_rgb8();
        assert!((0..50).chain(1150..1200).all(|x| (0..SIZE.1).all(|y| image.get_pixel(x, y).0 == [251, 249, 244])));
    }

    #[test]
    fn a_title_that_the_fonts_cannot_write_has_no_card() {
        let card_style = card_style();
        assert!(card_style.address(&card("نوکری کی تلاش")).is_some());
        assert!(card_style.address(&card("Łódź: “naïve” – 50 %")).is_some());
        for title in ["求职信", "जॉब", "งาน", "Smile 😀", "…", ""] {
            assert_eq!(card_style.address(&card(title)), None, "{title}");
        }
    }

    #[test]
    fn everything_that_stands_on_a_card_changes_its_address() {
        let card_style = card_style();
        let plain = card_style.address(&card("Pay"));
        assert_ne!(plain, card_style.address(&Card { is_letter: true, ..card("Pay") }));
        assert_ne!(plain, card_style.address(&Card { site: "Advice".to_owned(), ..card("Pay") }));
        let red = BTreeMap::from([("accent".to_owned(), "#c00".to_owned())]);
        assert_ne!(plain, CardStyle::new(&ThemeFiles::default(), &red).address(&card("Pay")));
    }

    #[test]
    fn colours_are_read_as_style_sheets_write_them() {
        assert_eq!(colour("#1f6f5c"), Some([31, 111, 92]));
        assert_eq!(colour("#fff"), Some([255, 255, 255]));
        assert_eq!(["red", "#ff", "#1f6f5é", "oklch(1 0 0)"].map(colour), [None; 4]);
    }
}
