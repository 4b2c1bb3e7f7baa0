//! The analyser of a language, from its entry in `languages/`: stemmer, stop words, words for a letter. A language without an entry is searched by
//! whole words.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use rust_stemmers::Stemmer;

use super::words::folded;
use crate::languages;

/// Folded words.
#[derive(Default)]
struct WordSet {
    words: HashSet<String, RandomState>,
    /// For each first byte, the lengths of its words as bits: rules out most other words without a lookup.
    lengths: Vec<u16>,
}

impl WordSet {
    fn contains(&self, word: &str) -> bool {
        let first = word.bytes().next().unwrap_or_default();
        let lengths = self.lengths.get(usize::from(first)).copied().unwrap_or_default();
        word.len() <= LONGEST_STOP_WORD && lengths & 1 << word.len() != 0 && self.words.contains(word)
    }
}

/// The analyser of one language.
pub(super) struct Language {
    stemmer: Option<Stemmer>,
    search: &'static languages::Search,
    stop_words: &'static WordSet,
}

impl Language {
    /// The stem that all forms of a folded word share. A stop word is its own stem: 'quite' is no form of 'quit'.
    pub(super) fn stem(&self, form: &str) -> String {
        if self.is_stop_word(form) {
            return format!("{form} ");
        }
        match &self.stemmer {
            Some(stemmer) => stemmer.stem(form).into_owned(),
            None => light_stem(form, self.search.suffixes).to_owned(),
        }
    }

    /// Folded words that readers use for any letter or form: each letter is found by them.
    pub(super) fn letter_words(&self) -> Vec<String> {
        folded(self.search.letter_words)
    }

    /// Folded words that questions are made with: they count, but a document may be without them.
    pub(super) fn light_words(&self) -> Vec<String> {
        folded(self.search.light_words)
    }

    /// Endings that forms of one word differ by, for forms that no document has.
    pub(super) fn endings(&self) -> &'static str {
        self.search.endings
    }

    /// The stop words, folded, in the order of the alphabet.
    pub(super) fn stop_words(&self) -> Vec<&'static str> {
        let mut words: Vec<&str> = self.stop_words.words.iter().map(String::as_str).collect();
        words.sort_unstable();
        words
    }

    /// Whether a folded word means too little to be searched for in running text.
    pub(super) fn is_stop_word(&self, form: &str) -> bool {
        self.stop_words.contains(form)
    }
}

/// In bytes: a length beyond it has no bit in [`WordSet`].
const LONGEST_STOP_WORD: usize = u16::BITS as usize - 1;
/// A stem shorter than this many letters means too little.
const SHORTEST_STEM: usize = 3;

/// The analyser of a language by its code (BCP 47; only the first part counts).
pub(super) fn language(code: &str) -> Language {
    let known = languages::known(code);
    let search = known.map_or(&languages::Search::WHOLE_WORDS, |language| &language.search);
    Language {
        stemmer: search.stemmer.map(Stemmer::create),
        search,
        stop_words: known.and_then(|language| STOP_WORDS.get(language.code)).unwrap_or(&NONE),
    }
}

/// Takes the longest of a few endings off; no stemmer is kept up for these languages.
fn light_stem<'a>(form: &'a str, suffixes: &[&str]) -> &'a str {
    let long_enough = |stem: &&str| stem.chars().count() >= SHORTEST_STEM;
    suffixes.iter().find_map(|suffix| form.strip_suffix(suffix).filter(long_enough)).unwrap_or(form)
}

/// The stop words of each language that has any, by its code.
static STOP_WORDS: LazyLock<HashMap<&str, WordSet>> = LazyLock::new(|| {
    let with_words = languages::all().filter(|language| !language.search.stop_words.is_empty());
    with_words.map(|language| (language.code, set(language.search.stop_words))).collect()
});
static NONE: LazyLock<WordSet> = LazyLock::new(WordSet::default);

fn set(words: &str) -> WordSet {
    let words: HashSet<String, RandomState> = folded(words).into_iter().collect();
    let mut lengths = vec![0; 256];
    for word in &words {
        lengths[usize::from(word.as_bytes()[0])] |= 1 << word.len();
    }
    WordSet { words, lengths }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_an_english_word_share_a_stem() {
        let english = language("en-GB");
        assert_eq!(english.stem("resigning"), english.stem("resigned"));
        assert!(english.is_stop_word("the") && !english.is_stop_word("off"));
    }

    #[test]
    fn forms_of_an_urdu_word_share_a_stem() {
        let urdu = language("ur");
        let forms = folded("درخواست درخواستیں درخواستوں");
        assert!(forms.iter().all(|form| urdu.stem(form) == urdu.stem(&forms[0])), "{forms:?}");
    }

    #[test]
    fn an_unknown_language_is_searched_by_whole_words() {
        assert_eq!(language("xx").stem("resigning"), "resigning");
    }
}
