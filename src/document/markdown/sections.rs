//! The text of a body between its headings, as search sees it: read once by most builds, and kept for the next ones.

use std::borrow::Cow;
use std::sync::Arc;

use crate::storage::{Extent, Scratch, StoreIn, StoredBytes, StoredText};

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
#[derive(Debug, Clone)]
pub struct Sections(Form);

/// Sections without their texts, each with the end of its own in the text of all.
type WithoutTexts = Box<[(TextSection, usize)]>;

#[derive(Debug, Clone)]
enum Form {
    /// As they were read.
    Separate(Vec<TextSection>),
    /// With all texts as one.
    Joined(WithoutTexts, StoredBytes),
}

impl Default for Sections {
    fn default() -> Self {
        Self(Form::Separate(Vec::new()))
    }
}

impl Sections {
    pub(super) fn of(sections: Vec<TextSection>) -> Self {
        Self(Form::Separate(sections))
    }

    /// The sections. If a scratch file can't be read, their texts are empty, and the build that asked fails.
    #[must_use]
    pub fn get(&self) -> Cow<'_, [TextSection]> {
        match &self.0 {
            Form::Separate(sections) => Cow::Borrowed(sections),
            Form::Joined(sections, texts) => {
                let place = if let StoredBytes::Disk(extent) = texts { Some(&**extent) } else { None };
                Cow::Owned(with_texts(sections, &texts.read().unwrap_or_default(), place))
            }
        }
    }

    /// Packs the texts with their source as the model, since it has most of their words.
    pub(crate) fn pack(&mut self, source: &Arc<str>) {
        self.store(StoreIn::Packed(&Arc::from(Arc::clone(source))));
    }

    /// Stores the texts in a scratch file.
    pub(super) fn spill(&mut self, scratch: &Scratch) {
        self.store(StoreIn::Disk(scratch));
    }

    fn store(&mut self, place: StoreIn<'_>) {
        if let Some((sections, texts)) = self.take() {
            self.0 = Form::Joined(sections, place.store(texts.into_bytes()));
        }
    }

    /// The sections without their texts, and all texts as one; `None` if they are stored so already.
    fn take(&mut self) -> Option<(WithoutTexts, String)> {
        let Form::Separate(sections) = &mut self.0 else { return None };
        let mut whole = String::with_capacity(sections.iter().map(|section| section.text.len()).sum());
        let without_text = |section: TextSection| {
            whole.push_str(&section.text);
            (TextSection { text: StoredText::default(), ..section }, whole.len())
        };
        let sections = std::mem::take(sections).into_iter().map(without_text).collect();
        Some((sections, whole))
    }
}

/// The sections with their texts; `place` is where these are in a scratch file.
fn with_texts(sections: &[(TextSection, usize)], texts: &[u8], place: Option<&Extent>) -> Vec<TextSection> {
    let mut start = 0;
    let with_text = |(section, end): &(TextSection, usize)| {
        let text: Arc<str> = String::from_utf8_lossy(texts.get(start..*end).unwrap_or_default()).into();
        let text = match place {
            Some(place) => StoredText::cached(text, place.part(&(start..*end))),
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
        assert!(matches!(sections.0, Form::Joined(_, StoredBytes::Packed(_))));
        assert_eq!(*sections.get(), *read);
        let folder = tempfile::tempdir().unwrap();
        let mut sections = Sections::of(read.clone());
        sections.spill(&Scratch::in_folder(folder.path()).unwrap());
        assert!(matches!(sections.0, Form::Joined(_, StoredBytes::Disk(_))));
        assert_eq!(*sections.get(), *read);
    }
}
