//! All entries.

use super::language::Language;
use super::{arabic, english, french, german, hindi, italian, others, persian, portuguese, spanish, urdu};

/// The languages of which more is known than the name.
const ENTRIES: &[Language] = &[
    english::ENGLISH,
    urdu::URDU,
    arabic::ARABIC,
    persian::PERSIAN,
    german::GERMAN,
    french::FRENCH,
    spanish::SPANISH,
    portuguese::PORTUGUESE,
    italian::ITALIAN,
    hindi::HINDI,
];

/// All entries.
pub(crate) fn all() -> impl Iterator<Item = &'static Language> {
    ENTRIES.iter().chain(others::OTHERS)
}

/// The entry of a language by its shortest code.
pub(crate) fn entry(code: &str) -> Option<&'static Language> {
    all().find(|language| language.is(code))
}
