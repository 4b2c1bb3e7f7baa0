//! Scripts by their letters, and the languages that a passage in one of them may be in.

use super::entries::entry;
use super::language::Language;
use super::tags;

/// A script: the ranges of its letters (Unicode, Blocks.txt), and the codes of languages that are recognised in it, the likeliest last.
#[derive(Debug)]
pub(crate) struct Script {
    letters: &'static [(char, char)],
    languages: &'static [&'static str],
}

/// The scripts that are told apart. Latin is none of them: its names are in texts of every language.
const SCRIPTS: &[Script] = &[
    Script {
        letters: &[
            ('\u{0600}', '\u{06ff}'),
            ('\u{0750}', '\u{077f}'),
            ('\u{fb50}', '\u{fdff}'),
            ('\u{fe70}', '\u{fefc}'),
        ],
        languages: &["ps", "sd", "ur", "fa", "ar"],
    },
    Script { letters: &[('\u{0400}', '\u{052f}')], languages: &["uk", "ru"] },
    Script { letters: &[('\u{0370}', '\u{03ff}')], languages: &["el"] },
    Script { letters: &[('\u{0590}', '\u{05ff}')], languages: &["he"] },
    Script { letters: &[('\u{0900}', '\u{097f}')], languages: &["hi"] },
    Script { letters: &[('\u{0980}', '\u{09ff}')], languages: &["bn"] },
    Script { letters: &[('\u{0a00}', '\u{0a7f}')], languages: &["pa"] },
    Script { letters: &[('\u{0b80}', '\u{0bff}')], languages: &["ta"] },
    Script { letters: &[('\u{0e00}', '\u{0e7f}')], languages: &["th"] },
    Script { letters: &[('\u{1200}', '\u{137f}')], languages: &["am"] },
];

impl Script {
    /// The script of a letter; `None` for Latin and for those that are not told apart.
    pub(crate) fn of(letter: char) -> Option<&'static Self> {
        let is_in = |script: &&Self| script.letters.iter().any(|(first, last)| (*first..=*last).contains(&letter));
        (letter > '\u{024f}' && letter.is_alphabetic()).then(|| SCRIPTS.iter().find(is_in)).flatten()
    }

    /// The first script that languages with a direction are written in, as `direction` gives it.
    pub(crate) fn with_direction(direction: &str) -> Option<&'static Self> {
        let is_it = |code: &&'static str| tags::direction(code) == direction;
        SCRIPTS.iter().find(|script| script.languages.iter().any(&is_it))
    }

    /// The language that a text in the script most probably is in: the first one of whose own letters it has any, else the likeliest.
    pub(crate) fn language_of(&self, text: &str) -> Option<&'static Language> {
        let mut languages = self.languages.iter().filter_map(|code| entry(code));
        let has_own = |language: &&Language| text.contains(|letter| language.own_letters.contains(letter));
        let likeliest = self.languages.last().and_then(|code| entry(code));
        languages.find(has_own).or(likeliest)
    }
}

impl PartialEq for Script {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.letters, other.letters)
    }
}
