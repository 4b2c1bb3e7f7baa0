//! The words by which the parts of a letter are recognised, in all languages at once: a letter may quote another language.

use std::sync::LazyLock;

use crate::languages;
use crate::languages::Letter;

type Phrases = LazyLock<Vec<&'static str>>;

fn of_all(phrases: fn(&Letter) -> &'static [&'static str]) -> Vec<&'static str> {
    languages::all().flat_map(|language| phrases(&language.letter)).copied().collect()
}

/// The beginnings of a salutation.
pub(super) static SALUTATIONS: Phrases = LazyLock::new(|| of_all(|letter| letter.salutations));
/// The beginnings of a complimentary close.
pub(super) static CLOSES: Phrases = LazyLock::new(|| of_all(|letter| letter.closes));
/// The beginnings of a close that is a whole sentence.
pub(super) static LONG_CLOSES: Phrases = LazyLock::new(|| of_all(|letter| letter.long_closes));
/// The beginnings of a list of what is enclosed or who has a copy.
pub(super) static ENCLOSURES: Phrases = LazyLock::new(|| of_all(|letter| letter.enclosures));
/// The beginnings of what is added below the signature.
pub(super) static POSTSCRIPTS: Phrases = LazyLock::new(|| of_all(|letter| letter.postscripts));
/// The beginnings of a subject line on the paper.
pub(super) static SUBJECTS: Phrases = LazyLock::new(|| of_all(|letter| letter.subjects));
/// The beginnings of the block of the person written to.
pub(super) static RECIPIENTS: Phrases = LazyLock::new(|| of_all(|letter| letter.recipients));
