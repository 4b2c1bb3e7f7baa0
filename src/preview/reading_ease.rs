//! How easily English text reads: Flesch's reading ease (Flesch 1948), 100 very easy, 30 hard.

/// The reading ease of texts taken together; `None` if they have too few words.
pub(super) fn reading_ease<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<i64> {
    let (mut words, mut sentences, mut syllables) = (0_usize, 0_usize, 0_usize);
    for text in texts {
        let before = words;
        let mut is_open = false;
        for word in text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)) {
            words += 1;
            syllables += syllables_of(word);
            is_open = !word.trim_end_matches(['"', '\'', ')', '”', '’']).ends_with(['.', '!', '?', '…']);
            sentences += usize::from(!is_open);
        }
        sentences += usize::from(is_open && words > before);
    }
    if words < FEWEST_WORDS {
        return None;
    }
    let (words, sentences, syllables) = (words as f64, sentences.max(1) as f64, syllables as f64);
    let ease = 206.835 - 1.015 * (words / sentences) - 84.6 * (syllables / words);
    Some(ease.round().clamp(0.0, 100.0) as i64)
}

/// A shorter text's figure is chance.
const FEWEST_WORDS: usize = 40;

/// Groups of vowels, but for a silent `e` at the end.
fn syllables_of(word: &str) -> usize {
    let letters: Vec<u8> =
        word.bytes().filter(u8::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect();
    let is_vowel = |letter: &u8| b"aeiouy".contains(letter);
    let groups = letters
        .iter()
        .zip([&b' '].into_iter().chain(&letters))
        .filter(|(letter, before)| is_vowel(letter) && !is_vowel(before));
    let count = groups.count();
    let is_silent = count > 1 && letters.ends_with(b"e") && !letters.ends_with(b"le");
    (count - usize::from(is_silent)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        let counted = ["cat", "table", "letter", "interview", "came", "the", "2026"].map(syllables_of);
        assert_eq!(counted, [1, 2, 2, 3, 1, 1, 1]);
    }

    #[test]
    fn short_sentences_read_more_easily() {
        let easy = "Read the mail. Say yes or no. Send it now. ".repeat(6);
        let hard =
            "Notwithstanding considerable organisational complications, representatives communicate approximately "
                .repeat(8);
        assert!(reading_ease([easy.as_str()]) > reading_ease([hard.as_str()]));
        assert_eq!(reading_ease(["Too short."]), None);
    }
}
