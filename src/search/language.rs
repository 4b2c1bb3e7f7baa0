//! What analysis knows of a language: its stemmer, its stop words, its words for a letter.
//!
//! One more language is one more arm of `language`; a language without an arm is searched by whole words.

use std::collections::HashSet;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use rust_stemmers::{Algorithm, Stemmer};

use super::words::folded;
use crate::languages::primary_language;

/// Folded words.
#[derive(Default)]
struct WordSet {
    words: HashSet<String, RandomState>,
    /// For each first byte, the lengths of its words as bits: a glance that spares most other words the look into the set.
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
    suffixes: &'static [&'static str],
    stop_words: &'static LazyLock<WordSet>,
    letter_words: &'static str,
    light_words: &'static str,
    endings: &'static str,
}

impl Language {
    /// The stem that all forms of a folded word share. A stop word stands alone: 'quite' is no form of 'quit'.
    pub(super) fn stem(&self, form: &str) -> String {
        if self.is_stop_word(form) {
            return format!("{form} ");
        }
        match &self.stemmer {
            Some(stemmer) => stemmer.stem(form).into_owned(),
            None => light_stem(form, self.suffixes).to_owned(),
        }
    }

    /// Folded words that readers use for any letter or form: each letter is found by them.
    pub(super) fn letter_words(&self) -> Vec<String> {
        folded(self.letter_words)
    }

    /// Folded words that questions are made with: they count, but a document may be without them.
    pub(super) fn light_words(&self) -> Vec<String> {
        folded(self.light_words)
    }

    /// Endings that forms of one word differ by, for forms that no document has.
    pub(super) fn endings(&self) -> &'static str {
        self.endings
    }

    /// The stop words, folded, in the order of the alphabet.
    pub(super) fn stop_words(&self) -> Vec<&'static str> {
        let mut words: Vec<&str> = self.stop_words.words.iter().map(String::as_str).collect();
        words.sort_unstable();
        words
    }

    /// Whether a folded word says too little to be looked for in running text.
    pub(super) fn is_stop_word(&self, form: &str) -> bool {
        self.stop_words.contains(form)
    }
}

/// In bytes: a length beyond it has no bit in [`WordSet`].
const LONGEST_STOP_WORD: usize = u16::BITS as usize - 1;
/// A stem shorter than this many letters says too little.
const SHORTEST_STEM: usize = 3;

/// The analyser of a language by its code (BCP 47; only the first part counts).
pub(super) fn language(code: &str) -> Language {
    let primary = primary_language(code);
    let (stemmer, suffixes, stop_words, letter_words): Parts = match primary.as_str() {
        "en" => (Some(Algorithm::English), &[], &ENGLISH, "letter template sample format draft"),
        "ur" => (None, URDU_SUFFIXES, &URDU, "خط درخواست نمونہ"),
        "ar" => (Some(Algorithm::Arabic), &[], &ARABIC, "رسالة خطاب نموذج"),
        "fa" => (None, &["های", "ها", "ی"], &URDU, "نامه نمونه"),
        "da" => (Some(Algorithm::Danish), &[], &NONE, "brev"),
        "nl" => (Some(Algorithm::Dutch), &[], &NONE, "brief voorbeeld"),
        "fi" => (Some(Algorithm::Finnish), &[], &NONE, "kirje"),
        "fr" => (Some(Algorithm::French), &[], &FRENCH, "lettre modèle"),
        "de" => (Some(Algorithm::German), &[], &GERMAN, "brief vorlage muster schreiben"),
        "el" => (Some(Algorithm::Greek), &[], &NONE, "επιστολή"),
        "hu" => (Some(Algorithm::Hungarian), &[], &NONE, "levél"),
        "it" => (Some(Algorithm::Italian), &[], &NONE, "lettera modello"),
        "nb" | "nn" | "no" => (Some(Algorithm::Norwegian), &[], &NONE, "brev"),
        "pt" => (Some(Algorithm::Portuguese), &[], &NONE, "carta modelo"),
        "ro" => (Some(Algorithm::Romanian), &[], &NONE, "scrisoare model"),
        "ru" => (Some(Algorithm::Russian), &[], &NONE, "письмо образец"),
        "es" => (Some(Algorithm::Spanish), &[], &SPANISH, "carta modelo plantilla"),
        "sv" => (Some(Algorithm::Swedish), &[], &NONE, "brev"),
        "ta" => (Some(Algorithm::Tamil), &[], &NONE, ""),
        "tr" => (Some(Algorithm::Turkish), &[], &NONE, "mektup dilekçe"),
        _ => (None, &[], &NONE, ""),
    };
    let (light_words, endings) = match primary.as_str() {
        "en" => (ENGLISH_LIGHT_WORDS, ENGLISH_ENDINGS),
        "ur" => (URDU_LIGHT_WORDS, ""),
        _ => ("", ""),
    };
    Language { stemmer: stemmer.map(Stemmer::create), suffixes, stop_words, letter_words, light_words, endings }
}

type Parts = (Option<Algorithm>, &'static [&'static str], &'static LazyLock<WordSet>, &'static str);

/// Takes the longest of a few endings off; no stemmer is kept up for these languages.
fn light_stem<'a>(form: &'a str, suffixes: &[&str]) -> &'a str {
    let long_enough = |stem: &&str| stem.chars().count() >= SHORTEST_STEM;
    suffixes.iter().find_map(|suffix| form.strip_suffix(suffix).filter(long_enough)).unwrap_or(form)
}

/// Plural and oblique endings of Urdu nouns, longest first, after folding.
const URDU_SUFFIXES: &[&str] = &["یوں", "یاں", "وں", "یں", "ات", "ے", "ہ", "ا", "ی"];

const ENGLISH_LIGHT_WORDS: &str = "best choose find get getting give given go going good got help keep know let like make makes making many \
     much need needs new no not please put say says see show take taken taking tell thing things turn use used using \
     want wants way ways without";
const URDU_LIGHT_WORDS: &str = "بتائیں چاہیے طریقہ بہتر اچھا نیا نئی بغیر نہیں مدد";
/// What Snowball's English stemmer takes off, most of it.
const ENGLISH_ENDINGS: &str =
    "s es ed ing er ers or ors ly y ies ied e ion ions ation ations ment ments able al ness ive";

static NONE: LazyLock<WordSet> = LazyLock::new(WordSet::default);
static ENGLISH: LazyLock<WordSet> = LazyLock::new(|| {
    set(
        "a about after all also am an and any are as at be been before being between both but by can cannot could did do does doing during \
         each few for from had has have having he her here hers him his how i if in into is it its itself just \
         may me might more most must my myself of on onto or other our ours own quite s same shall she should so some \
         such t than that the their theirs them then there these they this those to too upon us very was we \
         were what when where which while who whom whose why will with would you your yours yourself \
         im ive dont doesnt didnt cant wont isnt arent wasnt youre youve theyre weve lets thats whats",
    )
});
static URDU: LazyLock<WordSet> = LazyLock::new(|| {
    set("کا کی کے کو سے میں پر اور یا ہے ہیں تھا تھی تھے ہو ہوں نے یہ وہ اس ان آپ ہم تو بھی ہی کہ جو جب تک لیے \
         کیا کیسے کیوں کون کہاں نہ اگر مگر لیکن پھر اپنا اپنی اپنے ایک کر کریں کرنا کرتے گا گی گے رہا رہے رہی")
});
static ARABIC: LazyLock<WordSet> = LazyLock::new(|| {
    set("في من على إلى عن مع أو و ثم أن إن لا ما هل كيف متى أين هذا هذه ذلك تلك التي الذي هو هي هم كان كل قد بعد قبل")
});
static FRENCH: LazyLock<WordSet> = LazyLock::new(|| {
    set("au aux avec ce ces cette dans de des du elle en est et eux il ils je la le les leur lui ma mais me mes \
         moi mon ne nos notre nous on ou par pas pour qu que qui sa se ses son sur ta te tes toi ton tu un une \
         vos votre vous c d j l m n s t y été être à comment quand où")
});
static GERMAN: LazyLock<WordSet> = LazyLock::new(|| {
    set("aber als am an auch auf aus bei bin bis das dass dem den der des die du durch ein eine einem einen einer \
         eines er es für hat haben ich ihr im in ist ja kann man mein mich mir mit nach nicht noch nur oder sich \
         sie sind so über um und uns unser vom von vor war was wenn wer wie wir wird wo zu zum zur")
});
static SPANISH: LazyLock<WordSet> = LazyLock::new(|| {
    set("a al como con cuando de del desde donde e el ella en entre era es esta este esto ha la las le les lo los \
         me mi muy no nos o para pero por que quien se ser si sin sobre son su sus te tu un una uno y ya cómo qué")
});

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
