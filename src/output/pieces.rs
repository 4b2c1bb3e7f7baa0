//! Files in as little memory as possible: texts that several files have are held once, and what is a file's own is packed by a file that is much
//! like it, as two pages of one template are, or is stored on disk.

use std::borrow::Cow;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use crate::storage::{StoreIn, StoredBytes, StoredText};

/// Shorter extents than this are not worth the bookkeeping, in bytes.
pub const LEAST_SHARED: usize = 128;
/// An extent is searched for by its first bytes: preparing to search for all of it would take longer than the search.
const BEGINNING: usize = 24;
/// How many places that begin like an extent are compared with it.
const LOOKED_AT: usize = 16;

/// A text, most of which may be the same in many files, or in what the file was made from, and is held once.
#[derive(Debug, Default)]
pub struct Pieces {
    own: Vec<u8>,
    /// Texts that others hold as well.
    texts: Vec<StoredText>,
    /// The extents of them that are here, in order.
    shared: Vec<Shared>,
}

/// An extent of a text that other files have as well.
#[derive(Debug)]
struct Shared {
    /// The place in `own` before which it comes.
    place: u32,
    /// The number of the text in `texts`, and which bytes of it.
    text: u32,
    from: u32,
    to: u32,
}

impl Shared {
    fn new(place: usize, text: usize, extent: &Range<usize>) -> Option<Self> {
        let number = |number: usize| u32::try_from(number).ok();
        let (from, to) = (number(extent.start)?, number(extent.end)?);
        Some(Self { place: number(place)?, text: number(text)?, from, to })
    }

    fn len(&self) -> usize {
        self.range().len()
    }

    fn range(&self) -> Range<usize> {
        self.from as usize..self.to as usize
    }
}

impl Pieces {
    /// Adds text of this file alone.
    pub fn push(&mut self, text: &[u8]) {
        self.own.extend_from_slice(text);
    }

    /// Adds text that other files have as well.
    pub fn push_shared(&mut self, text: &StoredText) {
        self.push_stretch(text, 0..text.len());
    }

    /// Adds text in which these extents of others occur in order: as many of them are shared as are found from the first on.
    /// Whether there were any.
    pub fn push_repeating<'a>(
        &mut self,
        mut text: &[u8],
        stretches: impl Iterator<Item = (&'a StoredText, Range<usize>)>,
    ) -> bool {
        let before = self.shared.len();
        for (source, extent) in stretches.filter(|(_, extent)| extent.len() >= LEAST_SHARED) {
            let Some(at) = find(text, &source.as_bytes()[extent.clone()]) else { break };
            self.push(&text[..at]);
            text = &text[at + extent.len()..];
            self.push_stretch(source, extent);
        }
        self.push(text);
        self.shared.len() > before
    }

    /// Adds an extent of a text that other files have as well; a short one is copied.
    pub fn push_stretch(&mut self, text: &StoredText, extent: Range<usize>) {
        let is_new = self.texts.last().is_none_or(|last| !Arc::ptr_eq(last.shared(), text.shared()));
        let number = self.texts.len() - usize::from(!is_new);
        match Shared::new(self.own.len(), number, &extent).filter(|shared| shared.len() >= LEAST_SHARED) {
            Some(shared) => {
                self.texts.extend(is_new.then(|| text.clone()));
                self.shared.push(shared);
            }
            None => self.push(&text.as_bytes()[extent]),
        }
    }

    /// The text that is this file's alone.
    #[must_use]
    pub fn own(&self) -> &[u8] {
        &self.own
    }

    /// Whether nothing of it is shared.
    pub(super) fn is_plain(&self) -> bool {
        self.shared.is_empty()
    }

    pub(super) fn into_own(self) -> Vec<u8> {
        self.own
    }

    /// Its text, extent by extent.
    pub(super) fn stretches(&self) -> impl Iterator<Item = &[u8]> {
        let texts = self.shared.iter().map(|shared| &self.texts[shared.text as usize].as_bytes()[shared.range()]);
        stretches(&self.own, &self.shared, texts)
    }

    /// The same in as little memory as possible.
    pub(super) fn stored(self, place: StoreIn<'_>) -> StoredPieces {
        let texts = self.texts.iter().map(|text| match text.extent() {
            Some(extent) => extent.clone().into(),
            None => Arc::<[u8]>::from(Arc::clone(text.shared())).into(),
        });
        StoredPieces { texts: texts.collect(), own: place.store(self.own), shared: self.shared.into() }
    }
}

/// Pieces to which nothing is added any more.
#[derive(Debug)]
pub(super) struct StoredPieces {
    own: StoredBytes,
    /// Texts that other files have as well.
    texts: Box<[StoredBytes]>,
    shared: Box<[Shared]>,
}

impl StoredPieces {
    pub(super) fn len(&self) -> usize {
        self.own.len() + self.shared.iter().map(Shared::len).sum::<usize>()
    }

    /// All of it.
    ///
    /// # Errors
    /// If some of it is in a scratch file that can't be read.
    pub(super) fn read(&self) -> io::Result<Vec<u8>> {
        let own = self.own.read()?;
        // Read as a whole: nearly all of a text is here, in many extents.
        let texts: Vec<Cow<'_, [u8]>> = self.texts.iter().map(StoredBytes::read).collect::<Result<_, _>>()?;
        let shared = self.shared.iter().map(|shared| &texts[shared.text as usize][shared.range()]);
        Ok(stretches(&own, &self.shared, shared).collect::<Vec<_>>().concat())
    }
}

/// A file's own text, with what it shares in its places, in order; some of it may be empty.
fn stretches<'a>(
    own: &'a [u8],
    shared: &'a [Shared],
    mut texts: impl Iterator<Item = &'a [u8]>,
) -> impl Iterator<Item = &'a [u8]> {
    let ends = shared.iter().map(|shared| shared.place as usize).chain([own.len()]);
    let starts = std::iter::once(0).chain(ends.clone());
    starts.zip(ends).flat_map(move |(from, to)| std::iter::once(&own[from..to]).chain(texts.next()))
}

/// The offset of a long extent in a text, if few other places before it only begin as it does.
fn find(text: &[u8], extent: &[u8]) -> Option<usize> {
    let beginning = &extent[..extent.len().min(BEGINNING)];
    memchr::memmem::find_iter(text, beginning).take(LOOKED_AT).find(|at| text[*at..].starts_with(extent))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(pieces: &Pieces) -> Vec<u8> {
        pieces.stretches().collect::<Vec<_>>().concat()
    }

    fn repeating(text: &str, source: &StoredText, stretches: &[Range<usize>]) -> Pieces {
        let mut pieces = Pieces::default();
        pieces.push(b"<p>");
        pieces.push_repeating(text.as_bytes(), stretches.iter().map(|extent| (source, extent.clone())));
        assert_eq!(whole(&pieces), format!("<p>{text}").into_bytes());
        pieces
    }

    #[test]
    fn stretches_of_a_source_are_held_once_and_the_text_stays_as_it_is() {
        let source: StoredText = format!("{}{}{}", "a".repeat(200), "b".repeat(200), "c".repeat(100)).into();
        let text = format!("before {}/a/{} after", &source[..200], &source[200..]);
        let pieces = repeating(&text, &source, &[0..200, 200..400, 400..500]);
        assert_eq!(pieces.shared.len(), 2, "the last one is too short");
        assert_eq!(pieces.own.len() + 400, text.len() + 3);
    }

    #[test]
    fn own_text_that_is_packed_stands_between_what_is_shared() {
        let source: StoredText = "a".repeat(200).into();
        let mut pieces = Pieces::default();
        pieces.push(b"before ");
        pieces.push_shared(&source);
        pieces.push(b" after");
        let whole = whole(&pieces);
        let model = Arc::from(&b"before and after"[..]);
        let stored = pieces.stored(StoreIn::Packed(&model));
        assert!(matches!(stored.own, StoredBytes::Packed(_)));
        assert_eq!((stored.len(), stored.read().unwrap()), (whole.len(), whole));
    }

    #[test]
    fn a_text_that_is_not_its_source_is_held_by_itself() {
        let source: StoredText = "a".repeat(200).into();
        assert!(repeating(&"b".repeat(300), &source, &[0..150, 150..200]).shared.is_empty());
    }
}
