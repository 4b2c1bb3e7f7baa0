//! Text to words: where a word begins and ends, and how it is spelt once case and accents no longer count.
//!
//! `themes/default/assets/search.js` cuts and folds a query by the same rules; whatever changes here changes there
//! (`tests/search` compares the two). The rules follow Unicode's word boundaries (UAX 29) with three departures
//! that a query needs: an apostrophe and a thousands separator vanish, a possessive `'s` is dropped, and scripts
//! that put no spaces between words are cut into single characters, which pairs join again.

/// The separator between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// The end of a sentence or a clause, or the beginning of the text.
    Break,
    /// A space or the like.
    Space,
    /// A hyphen.
    Hyphen,
    /// Nothing: scripts without spaces.
    Nothing,
}

/// Calls `word` with each word of `text`, folded, in order.
pub(super) fn words(text: &str, mut word: impl FnMut(&str, Before)) {
    let text = &text.to_ascii_lowercase();
    let mut scanner = Scanner { text, at: 0, word: String::with_capacity(32), apostrophe: None, before: Before::Break };
    while scanner.at < text.len() {
        match scanner.plain_length() {
            0 => scanner.step(&mut word),
            length => scanner.plain_letters(length, &mut word),
        }
    }
    scanner.finish(&mut word);
}

/// The words of `text`, folded.
pub(super) fn folded(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    words(text, |word, _| found.push(word.to_owned()));
    found
}

struct Scanner<'a> {
    /// Its ASCII letters are small ones.
    text: &'a str,
    at: usize,
    word: String,
    apostrophe: Option<usize>,
    before: Before,
}

impl Scanner<'_> {
    /// How many plain letters and digits follow.
    fn plain_length(&self) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        rest.iter().position(|byte| !is_plain(*byte)).unwrap_or(rest.len())
    }

    /// Takes a run of letters and digits. Most are a whole word followed by a space, which need not be copied.
    fn plain_letters(&mut self, length: usize, word: &mut impl FnMut(&str, Before)) {
        let end = self.at + length;
        let letters = &self.text[self.at..end];
        if self.word.is_empty() && self.text.as_bytes().get(end) == Some(&b' ') {
            word(letters, self.before);
            self.before = Before::Space;
            self.at = end + 1;
        } else {
            self.word.push_str(letters);
            self.at = end;
        }
    }

    /// Takes a character that needs a closer look.
    fn step(&mut self, word: &mut impl FnMut(&str, Before)) {
        match self.text.as_bytes()[self.at] {
            b'\'' => self.apostrophe(1, word),
            b',' | b'.' if self.between_digits() => self.at += 1,
            b'-' => self.separator(1, Before::Hyphen, word),
            b'.' | b'!' | b'?' | b';' | b':' | b'\n' | b'(' | b')' => self.separator(1, Before::Break, word),
            0..=127 => self.separator(1, Before::Space, word),
            _ => self.beyond_ascii(word),
        }
    }

    fn between_digits(&self) -> bool {
        let bytes = self.text.as_bytes();
        self.word.ends_with(|c: char| c.is_ascii_digit()) && bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit)
    }

    fn beyond_ascii(&mut self, word: &mut impl FnMut(&str, Before)) {
        let Some(c) = self.text[self.at..].chars().next() else { return };
        let length = c.len_utf8();
        match fold(c) {
            Fold::Nothing => self.at += length,
            Fold::Letter(folded) => self.letter(folded, length),
            Fold::Letters(folded) => {
                self.word.push_str(folded);
                self.at += length;
            }
            Fold::Alone => self.alone(c, word),
            Fold::Apostrophe => self.apostrophe(length, word),
            Fold::Separator(before) => self.separator(length, before, word),
        }
    }

    fn letter(&mut self, folded: char, length: usize) {
        self.word.extend(folded.to_lowercase());
        self.at += length;
    }

    fn alone(&mut self, c: char, word: &mut impl FnMut(&str, Before)) {
        self.separator(0, Before::Nothing, word);
        self.word.push(c);
        self.separator(c.len_utf8(), Before::Nothing, word);
    }

    fn apostrophe(&mut self, length: usize, word: &mut impl FnMut(&str, Before)) {
        let inside = self.text[self.at + length..].starts_with(char::is_alphabetic);
        if self.word.is_empty() || !inside {
            return self.separator(length, Before::Space, word);
        }
        self.apostrophe = Some(self.word.len());
        self.at += length;
    }

    fn separator(&mut self, length: usize, before: Before, word: &mut impl FnMut(&str, Before)) {
        self.at += length;
        let ended = !self.word.is_empty();
        self.finish(word);
        self.before = match (ended, before, self.before) {
            (true, now, _) => now,
            (false, Before::Break, _) | (false, _, Before::Break) => Before::Break,
            _ if length == 0 => self.before,
            _ => Before::Space,
        };
    }

    fn finish(&mut self, word: &mut impl FnMut(&str, Before)) {
        if let Some(at) = self.apostrophe.take()
            && &self.word[at..] == "s"
        {
            self.word.truncate(at);
        }
        if !self.word.is_empty() {
            word(&self.word, self.before);
            self.word.clear();
        }
    }
}

/// Whether a byte is a letter or digit that stays as it is.
fn is_plain(byte: u8) -> bool {
    const PLAIN: [bool; 256] = {
        let mut plain = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            plain[byte] = (byte as u8).is_ascii_lowercase() || (byte as u8).is_ascii_digit();
            byte += 1;
        }
        plain
    };
    PLAIN[usize::from(byte)]
}

enum Fold {
    Nothing,
    Letter(char),
    Letters(&'static str),
    Alone,
    Apostrophe,
    Separator(Before),
}

fn fold(c: char) -> Fold {
    match c {
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{2060}' | '\u{fe0f}' => Fold::Nothing,
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => latin(c),
        'ς' => Fold::Letter('σ'),
        '’' | 'ʼ' => Fold::Apostrophe,
        '‐' | '‑' => Fold::Separator(Before::Hyphen),
        '…' | '—' | '–' | '۔' | '؟' | '؛' | '،' | '।' | '॥' | '。' | '、' | '！' | '？' => {
            Fold::Separator(Before::Break)
        }
        '\u{600}'..='\u{6ff}' => arabic(c),
        _ if unspaced(c) => Fold::Alone,
        '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}' => Fold::Letter(c),
        _ if c.is_alphanumeric() => Fold::Letter(c),
        _ => Fold::Separator(Before::Space),
    }
}

/// Latin letters without their accents; a ligature becomes two letters.
fn latin(c: char) -> Fold {
    match c {
        'Ə' | 'ə' => Fold::Letter('ə'),
        _ => match deunicode::deunicode_char(c) {
            Some(letters) if letters.len() == 1 => Fold::Letter(char::from(letters.as_bytes()[0])),
            Some("AE" | "Ae" | "ae") => Fold::Letters("ae"),
            Some("OE" | "Oe" | "oe") => Fold::Letters("oe"),
            Some("ss" | "SS" | "Ss") => Fold::Letters("ss"),
            Some("Th" | "TH" | "th") => Fold::Letters("th"),
            _ => Fold::Letter(c),
        },
    }
}

/// One spelling for letters that keyboards of Urdu, Persian and Arabic write differently; no vowel signs.
fn arabic(c: char) -> Fold {
    match c {
        '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{610}'..='\u{61a}' => Fold::Nothing,
        'أ' | 'إ' | 'آ' | 'ٱ' => Fold::Letter('ا'),
        'ي' | 'ى' | 'ئ' => Fold::Letter('ی'),
        'ك' => Fold::Letter('ک'),
        'ه' | 'ة' | 'ۂ' | 'ۀ' | 'ۃ' | 'ە' => Fold::Letter('ہ'),
        'ؤ' => Fold::Letter('و'),
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        _ if c.is_alphanumeric() => Fold::Letter(c),
        _ => Fold::Separator(Before::Space),
    }
}

fn digit(c: char, zero: char) -> Fold {
    Fold::Letter(char::from_digit(c as u32 - zero as u32, 10).unwrap_or(c))
}

/// Scripts that put no spaces between words: Thai, Lao, Khmer, kana, Han.
fn unspaced(c: char) -> bool {
    let script = matches!(c, '\u{e00}'..='\u{eff}' | '\u{1780}'..='\u{17ff}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}');
    script && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The browser tests hold the script to the same cases.
    #[test]
    fn words_are_cut_and_folded_as_the_cases_tell() {
        let cases: Vec<(String, Vec<String>)> =
            serde_json::from_str(include_str!("../../tests/search/words.json")).expect("cases");
        for (text, words) in cases {
            assert_eq!(folded(&text), words, "{text}");
        }
    }

    #[test]
    fn the_gap_before_a_word_is_told() {
        let mut gaps = Vec::new();
        words("Follow-up. Then wait, (please) ask", |_, before| gaps.push(before));
        use Before::{Break, Hyphen, Space};
        assert_eq!(gaps, [Break, Hyphen, Break, Space, Break, Break]);
    }
}
