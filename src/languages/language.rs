//! The form of a language's entry.

use rust_stemmers::Algorithm;

/// What the program knows of a language. What an entry leaves out is empty, and the program does without it.
#[derive(Debug)]
pub(crate) struct Language {
    /// Its shortest code (BCP 47).
    pub(crate) code: &'static str,
    /// Further codes that mean the same here.
    pub(crate) also: &'static [&'static str],
    /// What its speakers call it (CLDR).
    pub(crate) name: &'static str,
    /// Its name in scripts other than the usual one, by their codes (ISO 15924).
    pub(crate) in_scripts: &'static [(&'static str, &'static str)],
    /// Its name in English, for messages; empty if no message names it.
    pub(crate) english_name: &'static str,
    /// The letters that other languages of its script lack, by which a passage is recognised.
    pub(crate) own_letters: &'static str,
    /// Whether Arabic script is written as Nastaliq.
    pub(crate) is_nastaliq: bool,
    /// What search knows.
    pub(crate) search: Search,
    /// By which words the parts of a letter are recognised: the beginnings of lines in lower case, with straight apostrophes and no space before
    /// a colon.
    pub(crate) letter: Letter,
    /// What the name of a placeholder says about what it takes.
    pub(crate) placeholders: Placeholders,
    /// What the checks of wording know.
    pub(crate) wording: Wording,
}

/// How texts and queries are analysed.
#[derive(Debug)]
pub(crate) struct Search {
    /// A Snowball stemmer.
    pub(crate) stemmer: Option<Algorithm>,
    /// Endings of nouns, longest first, after folding; for a language without a stemmer.
    pub(crate) suffixes: &'static [&'static str],
    /// Words that say too little to be searched for in running text.
    pub(crate) stop_words: &'static str,
    /// Words that readers use for any letter or form.
    pub(crate) letter_words: &'static str,
    /// Words that questions are made of: they count, but a document may lack them.
    pub(crate) light_words: &'static str,
    /// Endings by which forms of a word differ, for forms that no document has.
    pub(crate) endings: &'static str,
}

/// The words of letters.
#[derive(Debug)]
pub(crate) struct Letter {
    /// Salutations.
    pub(crate) salutations: &'static [&'static str],
    /// Complimentary closes.
    pub(crate) closes: &'static [&'static str],
    /// Closes that are a whole sentence, as in formal French.
    pub(crate) long_closes: &'static [&'static str],
    /// Lists of what is enclosed or who has a copy.
    pub(crate) enclosures: &'static [&'static str],
    /// What is added below the signature.
    pub(crate) postscripts: &'static [&'static str],
    /// Subject lines on the paper.
    pub(crate) subjects: &'static [&'static str],
    /// The block of the person written to.
    pub(crate) recipients: &'static [&'static str],
}

/// What a placeholder takes, as far as a name can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    Email,
    Date,
    Phone,
    Money,
    Lines,
}

/// Words of placeholders' names.
#[derive(Debug)]
pub(crate) struct Placeholders {
    /// Words after which a name only says more: 'amount *of* the bill' is an amount.
    pub(crate) after_the_head: &'static [&'static str],
    /// Words that decide wherever they are before one of those.
    pub(crate) anywhere: &'static [(Takes, &'static [&'static str])],
    /// Words that decide as the last one before one of those.
    pub(crate) last: &'static [(Takes, &'static [&'static str])],
    /// Words that decide at the beginning or end of the name as it is written.
    pub(crate) at_an_end: &'static [(Takes, &'static [&'static str])],
    /// Names of what is about the reader, with their `autocomplete` tokens (HTML § 4.10.18.7, WCAG 2.2 SC 1.3.5).
    pub(crate) about_the_reader: &'static [(&'static str, &'static [&'static str])],
}

/// What the checks of wording know.
#[derive(Debug)]
pub(crate) struct Wording {
    /// The months in lower case, from January.
    pub(crate) months: &'static [&'static str],
    /// Words that never rightly follow themselves, in lower case.
    pub(crate) never_twice: &'static [&'static str],
    /// Whether Flesch's formulas hold, which count syllables as English writes them.
    pub(crate) has_reading_ease: bool,
}

impl Language {
    /// An entry of a name alone, for others to start from.
    pub(super) const fn named(code: &'static str, name: &'static str) -> Self {
        Self {
            code,
            also: &[],
            name,
            in_scripts: &[],
            english_name: "",
            own_letters: "",
            is_nastaliq: false,
            search: Search::WHOLE_WORDS,
            letter: Letter::NONE,
            placeholders: Placeholders::NONE,
            wording: Wording::NONE,
        }
    }

    /// An entry with a stemmer and the words for a letter.
    pub(super) const fn stemmed(
        code: &'static str,
        name: &'static str,
        stemmer: Algorithm,
        letter_words: &'static str,
    ) -> Self {
        Self {
            search: Search { stemmer: Some(stemmer), letter_words, ..Search::WHOLE_WORDS },
            ..Self::named(code, name)
        }
    }

    /// An entry with a name in English, for a language of a script of its own.
    pub(super) const fn recognised(code: &'static str, name: &'static str, english_name: &'static str) -> Self {
        Self { english_name, ..Self::named(code, name) }
    }

    /// Whether the entry is the one for a code.
    pub(super) fn is(&self, code: &str) -> bool {
        self.code == code || self.also.contains(&code)
    }
}

impl Search {
    /// Words are searched as they are written.
    pub(crate) const WHOLE_WORDS: Self =
        Self { stemmer: None, suffixes: &[], stop_words: "", letter_words: "", light_words: "", endings: "" };
}

impl Letter {
    /// No words are known.
    pub(super) const NONE: Self = Self {
        salutations: &[],
        closes: &[],
        long_closes: &[],
        enclosures: &[],
        postscripts: &[],
        subjects: &[],
        recipients: &[],
    };
}

impl Placeholders {
    /// No words are known.
    pub(super) const NONE: Self =
        Self { after_the_head: &[], anywhere: &[], last: &[], at_an_end: &[], about_the_reader: &[] };
}

impl Wording {
    /// Nothing is known.
    pub(super) const NONE: Self = Self { months: &[], never_twice: &[], has_reading_ease: false };
}
