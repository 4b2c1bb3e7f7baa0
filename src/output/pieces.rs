//! Files in as little memory as possible: texts that several files have are held once, and what is a file's own is packed by a file that is much
//! like it, as two pages of one template are.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::packed::Packed;

/// Shorter stretches than this are not worth the bookkeeping, in bytes.
pub const LEAST_SHARED: usize = 128;
/// A stretch is looked for by its first bytes: to make ready for all of it would take longer than the search itself.
const BEGINNING: usize = 24;
/// So many places that begin like a stretch are compared with it.
const LOOKED_AT: usize = 16;

/// A text, most of which may be the same in many files, or in what the file was made from, and is held once.
#[derive(Debug, Default)]
pub struct Pieces {
    own: Vec<u8>,
    /// Texts that others hold as well.
    texts: Vec<Arc<str>>,
    /// The stretches of them that stand here, in order.
    shared: Vec<Shared>,
}

/// A stretch of a text that others hold as well.
#[derive(Debug)]
struct Shared {
    /// The place in `own` before which it stands.
    place: u32,
    /// The number of the text in `texts`, and which bytes of it.
    text: u32,
    from: u32,
    to: u32,
}

impl Shared {
    fn new(place: usize, text: usize, stretch: &Range<usize>) -> Option<Self> {
        let number = |number: usize| u32::try_from(number).ok();
        let (from, to) = (number(stretch.start)?, number(stretch.end)?);
        Some(Self { place: number(place)?, text: number(text)?, from, to })
    }

    fn len(&self) -> usize {
        (self.to - self.from) as usize
    }
}

impl Pieces {
    /// Adds text of this file alone.
    pub fn push(&mut self, text: &[u8]) {
        self.own.extend_from_slice(text);
    }

    /// Adds text that other files have as well.
    pub fn push_shared(&mut self, text: &Arc<str>) {
        self.push_stretch(text, 0..text.len());
    }

    /// Adds text in which these stretches of others occur one after the other: as many of them are held once as are found from the first on.
    /// Whether there were any.
    pub fn push_repeating<'a>(
        &mut self,
        mut text: &[u8],
        stretches: impl Iterator<Item = (&'a Arc<str>, Range<usize>)>,
    ) -> bool {
        let before = self.shared.len();
        for (source, stretch) in stretches.filter(|(_, stretch)| stretch.len() >= LEAST_SHARED) {
            let Some(at) = find(text, &source.as_bytes()[stretch.clone()]) else { break };
            self.push(&text[..at]);
            text = &text[at + stretch.len()..];
            self.push_stretch(source, stretch);
        }
        self.push(text);
        self.shared.len() > before
    }

    /// Adds a stretch of a text that others hold as well; a short one is copied.
    pub fn push_stretch(&mut self, text: &Arc<str>, stretch: Range<usize>) {
        let is_new = self.texts.last().is_none_or(|last| !Arc::ptr_eq(last, text));
        let number = self.texts.len() - usize::from(!is_new);
        match Shared::new(self.own.len(), number, &stretch).filter(|shared| shared.len() >= LEAST_SHARED) {
            Some(shared) => {
                self.texts.extend(is_new.then(|| Arc::clone(text)));
                self.shared.push(shared);
            }
            None => self.push(&text.as_bytes()[stretch]),
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

    pub(super) fn whole(&self) -> Vec<u8> {
        whole(&self.own, &self.shared, &self.texts)
    }

    /// The same in as little memory as possible.
    pub(super) fn held(self, model: Option<&Arc<[u8]>>) -> Held {
        let own = match model {
            Some(model) => Own::Packed(Packed::new(&self.own, model)),
            None => Own::Plain(self.own.into()),
        };
        Held { own, texts: self.texts.into(), shared: self.shared.into() }
    }
}

/// Pieces to which nothing is added any more.
#[derive(Debug)]
pub(super) struct Held {
    own: Own,
    texts: Box<[Arc<str>]>,
    shared: Box<[Shared]>,
}

impl Held {
    pub(super) fn len(&self) -> usize {
        self.own.len() + self.shared.iter().map(Shared::len).sum::<usize>()
    }

    pub(super) fn whole(&self) -> Vec<u8> {
        whole(&self.own.bytes(), &self.shared, &self.texts)
    }
}

/// The text that is a file's alone.
#[derive(Debug)]
enum Own {
    Plain(Box<[u8]>),
    Packed(Packed),
}

impl Own {
    fn len(&self) -> usize {
        match self {
            Self::Plain(text) => text.len(),
            Self::Packed(text) => text.len(),
        }
    }

    fn bytes(&self) -> Cow<'_, [u8]> {
        match self {
            Self::Plain(text) => Cow::Borrowed(text),
            Self::Packed(text) => Cow::Owned(text.bytes()),
        }
    }
}

/// A file's own text, with what it shares put in its places.
fn whole(own: &[u8], shared: &[Shared], texts: &[Arc<str>]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(own.len() + shared.iter().map(Shared::len).sum::<usize>());
    let mut from = 0;
    for shared in shared {
        whole.extend_from_slice(&own[from..shared.place as usize]);
        let text = texts[shared.text as usize].as_bytes();
        whole.extend_from_slice(&text[shared.from as usize..shared.to as usize]);
        from = shared.place as usize;
    }
    whole.extend_from_slice(&own[from..]);
    whole
}

/// Where a long stretch stands in a text, if not far behind other places that only begin as it does.
fn find(text: &[u8], stretch: &[u8]) -> Option<usize> {
    let beginning = &stretch[..stretch.len().min(BEGINNING)];
    memchr::memmem::find_iter(text, beginning).take(LOOKED_AT).find(|at| text[*at..].starts_with(stretch))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repeating(text: &str, source: &Arc<str>, stretches: &[Range<usize>]) -> Pieces {
        let mut pieces = Pieces::default();
        pieces.push(b"<p>");
        pieces.push_repeating(text.as_bytes(), stretches.iter().map(|stretch| (source, stretch.clone())));
        assert_eq!(pieces.whole(), format!("<p>{text}").into_bytes());
        pieces
    }

    #[test]
    fn stretches_of_a_source_are_held_once_and_the_text_stays_as_it_is() {
        let source: Arc<str> = format!("{}{}{}", "a".repeat(200), "b".repeat(200), "c".repeat(100)).into();
        let text = format!("before {}/a/{} after", &source[..200], &source[200..]);
        let pieces = repeating(&text, &source, &[0..200, 200..400, 400..500]);
        assert_eq!(pieces.shared.len(), 2, "the last one is too short");
        assert_eq!(pieces.own.len() + 400, text.len() + 3);
    }

    #[test]
    fn own_text_that_is_packed_stands_between_what_is_shared() {
        let source: Arc<str> = "a".repeat(200).into();
        let mut pieces = Pieces::default();
        pieces.push(b"before ");
        pieces.push_shared(&source);
        pieces.push(b" after");
        let whole = pieces.whole();
        let held = pieces.held(Some(&Arc::from(&b"before and after"[..])));
        assert!(matches!(held.own, Own::Packed(_)));
        assert_eq!((held.len(), held.whole()), (whole.len(), whole));
    }

    #[test]
    fn a_text_that_is_not_its_source_is_held_by_itself() {
        let source: Arc<str> = "a".repeat(200).into();
        assert!(repeating(&"b".repeat(300), &source, &[0..150, 150..200]).shared.is_empty());
    }
}
