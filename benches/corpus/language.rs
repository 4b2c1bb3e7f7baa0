//! Words that nobody speaks, in the proportions of natural text.

use std::fmt::Write;

/// Numbers that look random, the same for the same seed (xorshift, Marsaglia 2003).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice for a seed; near seeds give unlike numbers.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.unit() * end as f64) as usize
    }

    /// A number from 0 to below 1.
    pub fn unit(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of a list.
    pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const VOCABULARY: usize = 40_000;
/// Of a hundred words of an article, so many come from those that it uses far more than others do.
const OWN_SHARE: f64 = 0.12;
const OWN: usize = 30;
const COMMON: &str = "the of and to a in is you it that for on your with as be are at this have from or one had by word but not what all were \
    we when can said there use an each which she do how their if will job interview letter salary manager work company notice offer write ask";
const SYLLABLES: &str =
    "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo za bran cred flin grost plum stern trad";
const ENDINGS: &[&str] = &["", "s", "ed", "ing", "er", "ment"];

/// A vocabulary whose word of rank r turns up in proportion to 1 / (r + 2.7)^1.05 (Zipf's law, as Mandelbrot corrected it in 1953).
pub struct Language {
    words: Vec<String>,
    sums: Vec<f64>,
}

impl Language {
    /// The vocabulary of a seed.
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let syllables: Vec<&str> = SYLLABLES.split(' ').collect();
        let mut words: Vec<String> = COMMON.split_whitespace().map(str::to_owned).collect();
        while words.len() < VOCABULARY {
            let stem: String = (0..2 + dice.below(2)).map(|_| dice.pick(&syllables)).collect();
            words.extend(ENDINGS.iter().filter(|_| dice.unit() < 0.4).map(|ending| format!("{stem}{ending}")));
        }
        let mut sum = 0.0;
        let mut frequency = |rank: usize| {
            sum += (rank as f64 + 2.7).powf(-1.05);
            sum
        };
        let sums = (0..words.len()).map(&mut frequency).collect();
        Self { words, sums }
    }

    fn draw(&self, dice: &mut Dice) -> &str {
        let wanted = dice.unit() * self.sums[self.sums.len() - 1];
        &self.words[self.sums.partition_point(|sum| *sum < wanted).min(self.words.len() - 1)]
    }

    /// One of the rarer words, as a title or a tag would have.
    pub fn rare(&self, dice: &mut Dice) -> &str {
        &self.words[60 + (dice.unit().powi(3) * 9000.0) as usize]
    }
}

/// How one article speaks: the language, and the words of its own that it goes back to.
pub struct Voice<'a> {
    language: &'a Language,
    /// Words that this article uses far more than others do.
    pub own: Vec<&'a str>,
}

impl<'a> Voice<'a> {
    /// A voice with thirty words of its own.
    pub fn new(language: &'a Language, dice: &mut Dice) -> Self {
        Self { language, own: (0..OWN).map(|_| language.rare(dice)).collect() }
    }

    fn word(&self, dice: &mut Dice) -> &'a str {
        if dice.unit() < OWN_SHARE {
            self.own[(dice.unit().powi(2) * OWN as f64) as usize]
        } else {
            self.language.draw(dice)
        }
    }

    /// So many words.
    pub fn words(&self, count: usize, dice: &mut Dice) -> String {
        let mut text = String::new();
        let mut last = "";
        for at in 0..count {
            // Nobody writes 'the the'.
            let word = std::iter::repeat_with(|| self.word(dice)).find(|word| *word != last).unwrap_or_default();
            let _ = write!(text, "{}{word}", if at > 0 { " " } else { "" });
            last = word;
        }
        text
    }

    /// A sentence of about fourteen words, with a comma in some.
    pub fn sentence(&self, dice: &mut Dice) -> String {
        let mut text = self.words(6 + dice.below(8), dice);
        if dice.below(3) == 0 {
            let _ = write!(text, ", {}", self.words(3 + dice.below(5), dice));
        }
        text[..1].make_ascii_uppercase();
        text.push('.');
        text
    }
}
