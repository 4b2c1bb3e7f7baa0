//! Offsets in a text → lines and columns, quickly however long the text is and however many are asked for.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// A place in a source file, counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character within the line, from 1.
    pub column: usize,
}

/// So many bytes apart are the places that are remembered.
const STEP: usize = 4096;

/// What is remembered of one text. It must be asked about that text alone.
#[derive(Debug, Default, Clone)]
pub struct Places {
    /// At each multiple of [`STEP`], or at the character before.
    marks: OnceLock<Vec<(usize, Position)>>,
}

impl Places {
    /// The position of `offset`, a character's beginning, in `text`.
    pub(super) fn position(&self, text: &str, offset: usize) -> Position {
        let marks = self.marks.get_or_init(|| marks(text));
        let (mark, position) = marks[offset / STEP];
        advance(position, &text[mark..offset])
    }
}

fn marks(text: &str) -> Vec<(usize, Position)> {
    let mut marks = vec![(0, Position { line: 1, column: 1 })];
    for offset in (STEP..=text.len()).step_by(STEP) {
        let offset = text.floor_char_boundary(offset);
        let (before, position) = marks[marks.len() - 1];
        marks.push((offset, advance(position, &text[before..offset])));
    }
    marks
}

/// The position behind `text`, which begins at `from`.
pub(super) fn advance(from: Position, text: &str) -> Position {
    let lines = memchr::memchr_iter(b'\n', text.as_bytes()).count();
    let last = memchr::memrchr(b'\n', text.as_bytes()).map_or(text, |at| &text[at + 1..]);
    let column = last.chars().count() + if lines == 0 { from.column } else { 1 };
    Position { line: from.line + lines, column }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_is_remembered_is_what_counting_gives(parts in prop::collection::vec("[aéن\\n🧑]{0,9}", 0..40), times in 1..60_usize) {
            let text = parts.concat().repeat(times);
            let places = Places::default();
            for (offset, _) in text.char_indices().step_by(997).chain([(text.len(), ' ')]) {
                let counted = advance(Position { line: 1, column: 1 }, &text[..offset]);
                prop_assert_eq!(places.position(&text, offset), counted);
            }
        }
    }
}
