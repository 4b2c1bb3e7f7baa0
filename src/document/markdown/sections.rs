//! The text of a body between its headings, as search sees it: read once by most builds, and kept for the next ones.

use std::borrow::Cow;
use std::sync::Arc;

use crate::storage::{Extent, Packed, Scratch, StoredText};

/// The text under a heading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextSection {
    /// The heading's anchor; none before the first heading.
    pub anchor: Option<Arc<str>>,
    /// The heading's text.
    pub heading: Option<Arc<str>>,
    /// The text, words separated by single spaces.
    pub text: StoredText,
}

/// All sections of a body, in order.
#[derive(Debug, Clone, Default)]
pub struct Sections(Held);

/// Sections without their texts, each with the end of its own in a text that is all of them.
type Apart = Box<[(TextSection, usize)]>;

#[derive(Debug, Clone)]
enum Held {
    /// As they were read.
    Open(Vec<TextSection>),
    /// All texts in one, packed.
    Packed(Apart, Packed),
    /// The same in a scratch file.
    Away(Apart, Extent),
}

impl Default for Held {
    fn default() -> Self {
        Self::Open(Vec::new())
    }
}

impl Sections {
    pub(super) fn of(sections: Vec<TextSection>) -> Self {
        Self(Held::Open(sections))
    }

    /// The sections.
    #[must_use]
    pub fn get(&self) -> Cow<'_, [TextSection]> {
        match &self.0 {
            Held::Open(sections) => Cow::Borrowed(sections),
            Held::Packed(sections, texts) => Cow::Owned(with_texts(sections, &texts.bytes(), None)),
            Held::Away(sections, texts) => Cow::Owned(with_texts(sections, &texts.bytes(), Some(texts))),
        }
    }

    /// Holds the texts packed by their source, in which most of them stands.
    pub(crate) fn pack(&mut self, source: &Arc<str>) {
        if let Some((sections, whole)) = self.apart() {
            self.0 = Held::Packed(sections, Packed::new(whole.as_bytes(), &Arc::from(Arc::clone(source))));
        }
    }

    /// Puts the texts into a scratch file.
    pub(super) fn spill(&mut self, scratch: &Scratch) {
        let Some((sections, whole)) = self.apart() else { return };
        self.0 = match scratch.put(whole.as_bytes()) {
            Some(texts) => Held::Away(sections, texts),
            None => Held::Open(with_texts(&sections, whole.as_bytes(), None)),
        };
    }

    /// The sections apart from their texts, and all of these in one. `None` if they are held so already.
    fn apart(&mut self) -> Option<(Apart, String)> {
        let Held::Open(sections) = &mut self.0 else { return None };
        let mut whole = String::with_capacity(sections.iter().map(|section| section.text.len()).sum());
        let without_text = |section: TextSection| {
            whole.push_str(&section.text);
            (TextSection { text: StoredText::default(), ..section }, whole.len())
        };
        let sections = std::mem::take(sections).into_iter().map(without_text).collect();
        Some((sections, whole))
    }
}

/// The sections with their texts, which lie at `place` if they lie in a scratch file.
fn with_texts(sections: &[(TextSection, usize)], texts: &[u8], place: Option<&Extent>) -> Vec<TextSection> {
    let mut start = 0;
    let with_text = |(section, end): &(TextSection, usize)| {
        let text: Arc<str> = String::from_utf8_lossy(&texts[start..*end]).into();
        let text = match place {
            Some(place) => StoredText::both(text, place.part(&(start..*end))),
            None => text.into(),
        };
        start = *end;
        TextSection { text, ..section.clone() }
    };
    sections.iter().map(with_text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_that_are_packed_or_away_say_what_they_said() {
        let source: Arc<str> = "Lead.\n\n## سوال\n\nنوکری کی *درخواست*\n\n## Empty\n".into();
        let section = |heading: Option<&str>, text: &str| TextSection {
            anchor: heading.map(Arc::from),
            heading: heading.map(Arc::from),
            text: text.into(),
        };
        let read = vec![section(None, "Lead."), section(Some("سوال"), "نوکری کی درخواست"), section(Some("Empty"), "")];
        let mut sections = Sections::of(read.clone());
        sections.pack(&source);
        assert!(matches!(sections.0, Held::Packed(..)));
        assert_eq!(*sections.get(), *read);
        let folder = tempfile::tempdir().unwrap();
        let mut sections = Sections::of(read.clone());
        sections.spill(&Scratch::in_folder(folder.path()).unwrap());
        assert!(matches!(sections.0, Held::Away(..)));
        assert_eq!(*sections.get(), *read);
    }
}
