//! How much each place of a word counts, in one table, and how counts become the small integers of the index.
//!
//! BM25F (Robertson and Zaragoza 2009, § 3.5): occurrences are weighted by field, normalised by the field's length,
//! summed, and only then saturated. Lengths are measured against fixed references instead of the site's averages,
//! so that an edit in one document leaves the weights of all others as they are. The rarity of a word is
//! applied by the browser, for the same reason.

/// A field of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Heading,
    Description,
    Tag,
    Body,
}

/// How one field counts.
struct Weight {
    field: Field,
    /// What one occurrence is worth beside one in the body.
    value: f32,
    /// The words in such a field whose weight is neutral.
    usual: f32,
    /// How far length matters: 0 not at all, 1 in full.
    length_matters: f32,
}

pub(super) const FIELDS: usize = 5;

const WEIGHTS: [Weight; FIELDS] = [
    // // The title is the editor's own answer to 'what is this about'; a short one is more specific.
    Weight { field: Field::Title, value: 12.0, usual: 7.0, length_matters: 0.6 },
    // // A heading names what one section is about, and long pages have many of them.
    Weight { field: Field::Heading, value: 2.0, usual: 24.0, length_matters: 0.5 },
    // The description names the reader's situation, often in words that the title lacks.
    Weight { field: Field::Description, value: 4.0, usual: 20.0, length_matters: 0.3 },
    // Tags are few and chosen, but broad: they group pages more than they describe one.
    Weight { field: Field::Tag, value: 3.0, usual: 3.0, length_matters: 0.0 },
    // // Running text and letters. Half normalised: a long article covers more, and repeats more.
    Weight { field: Field::Body, value: 1.0, usual: 500.0, length_matters: 0.5 },
];

/// Weighted occurrences at which a word has half of its full effect.
const HALF: f32 = 10.0;
/// Levels are 1 to 27: fine for words that a document is about, coarse for words that it only uses. The browser makes
/// 2, 4, 6, 8, 9, 10, … 31 of them, shares of the full effect.
pub(super) const LEVELS: u8 = 27;
const FULL: f32 = 31.0;
const COARSE: f32 = 8.0;
/// Weighted occurrences are kept as integers of this fraction.
const STEPS: f32 = 64.0;
/// A pair of neighbours is indexed when it weighs at least this much in a document: more than one passing use.
const TELLING_PAIR: f32 = 1.6;
/// A pair means more than its two words: its weighted occurrences count this often.
const PAIR: f32 = 2.5;
/// How much a year of age takes away, as a share: enough to order equals, too little for anything else.
const YEAR: f32 = 0.004;
/// What a letter gets for words such as 'letter' and 'template', as weighted occurrences.
pub(super) const LETTER_WORD: u16 = (6.0 * STEPS) as u16;

/// What one occurrence is worth in each field, by the words that each has.
pub(super) fn worths(lengths: &[u32; FIELDS]) -> [f32; FIELDS] {
    let mut worths = [0.0; FIELDS];
    WEIGHTS.iter().for_each(|weight| worths[weight.field as usize] = weight.of_one(lengths[weight.field as usize]));
    worths
}

impl Weight {
    /// The weight of one occurrence in a field of that many words. Lengths count in steps of a quarter of an octave: a
    /// few words more or less in a text leave the weights of all its other words as they are.
    fn of_one(&self, length: u32) -> f32 {
        let length = ((length.max(1) as f32).log2() * 4.0).round() / 4.0;
        self.value / (1.0 - self.length_matters + self.length_matters * length.exp2() / self.usual)
    }
}

/// Weighted occurrences as an integer; at least 1.
pub(super) fn steps(weighted: f32) -> u16 {
    // Rounded by the cast, which cuts off and needs no call.
    (weighted * STEPS + 0.5).max(1.0) as u16
}

/// Whether a pair with that many weighted occurrences characterises the document.
pub(super) fn is_telling(weighted: f32) -> bool {
    weighted >= TELLING_PAIR
}

/// How far a document's day pushes its weights: 1 for the year 2000, a little more for each year since.
pub(super) fn recency(date: Option<&str>) -> f32 {
    let year = date.and_then(|d| d.get(..4)).and_then(|y| y.parse::<f32>().ok()).unwrap_or(2000.0);
    let month = date.and_then(|d| d.get(5..7)).and_then(|m| m.parse::<f32>().ok()).unwrap_or(1.0);
    1.0 + YEAR * (year + month / 12.0 - 2000.0).clamp(0.0, 100.0)
}

/// The level of a posting.
pub(super) fn level(steps: u32, recency: f32) -> u8 {
    let weighted = steps as f32 / STEPS * recency;
    of_effect(FULL * weighted / (weighted + HALF))
}

/// The level of a posting that counts a share of another.
pub(super) fn lower(level: u8, share: f32) -> u8 {
    of_effect(effect(level) * share)
}

/// What a level adds to a score, in the browser's units.
pub(super) fn effect(level: u8) -> f32 {
    let doubled = f32::from(level) * 2.0;
    if doubled <= COARSE { doubled } else { f32::from(level) + COARSE / 2.0 }
}

fn of_effect(effect: f32) -> u8 {
    let level = if effect <= COARSE { effect / 2.0 } else { effect - COARSE / 2.0 };
    level.round().clamp(1.0, f32::from(LEVELS)) as u8
}

/// The level of a posting of a pair.
pub(super) fn pair_level(steps: u32, recency: f32) -> u8 {
    level((steps as f32 * PAIR) as u32, recency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_counts_for_more_than_many_mentions() {
        let title = level(u32::from(steps(WEIGHTS[0].of_one(7))), 1.0);
        let mentions = level(u32::from(steps(8.0 * WEIGHTS[4].of_one(500))), 1.0);
        assert!(title > mentions, "{title} {mentions}");
    }

    #[test]
    fn a_level_is_the_nearest_to_its_effect() {
        assert!((1..=LEVELS).all(|level| of_effect(effect(level)) == level));
    }

    #[test]
    fn of_two_equals_the_newer_is_never_behind() {
        let (old, new) = (recency(Some("2015-01-01")), recency(Some("2026-03-01")));
        assert!((1..5000).all(|steps| level(steps, new) >= level(steps, old)));
        assert!(level(64 * 8, new) <= level(64 * 8, old) + 1);
    }
}
