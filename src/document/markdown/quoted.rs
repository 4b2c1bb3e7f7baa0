//! A text that is a value of the front matter → the places of its words in the file, where it is in another notation: indented, folded, or with
//! signs escaped.

use std::cell::OnceCell;
use std::ops::Range;

/// A word is looked for no further than this many bytes behind the one before it.
const REACH: usize = 400;

/// A text, and the value that it was read from.
pub(super) struct Quoted<'a> {
    file: &'a str,
    value: Range<usize>,
    text: &'a str,
    /// Where the text's words begin: in the text, in the file. Found when the first place is asked for.
    words: OnceCell<Vec<Word>>,
}

struct Word {
    in_text: Range<usize>,
    /// `None` if the file spells it otherwise.
    in_file: Option<usize>,
}

impl<'a> Quoted<'a> {
    pub(super) fn new(file: &'a str, value: Range<usize>, text: &'a str) -> Self {
        Self { file, value, text, words: OnceCell::new() }
    }

    /// The place of a span of the text; all of the value, if the file spells its first or last word otherwise.
    pub(super) fn in_file(&self, span: &Range<usize>) -> Range<usize> {
        self.place(span).unwrap_or_else(|| self.value.clone())
    }

    fn place(&self, span: &Range<usize>) -> Option<Range<usize>> {
        let written = self.text.get(span.clone())?;
        let start = span.start + written.len() - written.trim_start().len();
        let end = span.start + written.trim_end().len();
        if start >= end {
            return None;
        }
        let place = self.byte(start)?..self.byte(end - 1)? + 1;
        (place.start < place.end).then_some(place)
    }

    /// The place of a byte that is part of a word.
    fn byte(&self, at: usize) -> Option<usize> {
        let words = self.words.get_or_init(|| self.find_words());
        let word = words.get(words.partition_point(|word| word.in_text.end <= at))?;
        Some(word.in_file? + at.checked_sub(word.in_text.start)?)
    }

    fn find_words(&self) -> Vec<Word> {
        let mut at = self.value.start;
        let end = self.value.end.min(self.file.len());
        let words = self.text.split_whitespace().map(|word| {
            let start = word.as_ptr() as usize - self.text.as_ptr() as usize;
            let reach = self.file.floor_char_boundary((at + REACH + word.len()).min(end));
            let found = self.file.get(at..reach).and_then(|rest| rest.find(word)).map(|found| at + found);
            at = found.map_or(at, |found| found + word.len());
            Word { in_text: start..start + word.len(), in_file: found }
        });
        words.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_told_apart_by_their_place() {
        let file = "guidance: |\n  See [a](b.md)\n  and [a](b.md).\n";
        let text = "See [a](b.md)\nand [a](b.md).\n";
        let quoted = Quoted::new(file, 10..file.len(), text);
        let second = text.rfind("[a]").unwrap();
        let place = quoted.in_file(&(second..second + "[a](b.md)".len()));
        assert_eq!((place.start, &file[place]), (file.rfind("[a]").unwrap(), "[a](b.md)"));
        let across = quoted.in_file(&(4..second + 3));
        assert_eq!(&file[across], "[a](b.md)\n  and [a]");
    }

    #[test]
    fn a_word_that_the_file_spells_otherwise_is_placed_at_the_whole_value() {
        let file = "guidance: \"See \\u00e9t\\u00e9 [a](b.md)\"";
        let text = "See été [a](b.md)";
        let quoted = Quoted::new(file, 10..file.len(), text);
        assert_eq!(quoted.in_file(&(4..7)), 10..file.len());
        let link = text.find("[a]").unwrap();
        assert_eq!(&file[quoted.in_file(&(link..text.len()))], "[a](b.md)");
    }
}
