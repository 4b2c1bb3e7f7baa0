//! The text of a body between its headings, as search sees it: read once by most builds, and kept for the next ones.

use std::borrow::Cow;
use std::sync::Arc;

use crate::packed::Packed;

/// The text under a heading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextSection {
    /// The heading's anchor; none before the first heading.
    pub anchor: Option<Arc<str>>,
    /// The heading's text.
    pub heading: Option<Arc<str>>,
    /// The text, words separated by single spaces.
    pub text: Arc<str>,
}

/// All sections of a body, in order.
#[derive(Debug, Clone, Default)]
pub struct Sections(Held);

#[derive(Debug, Clone)]
enum Held {
    /// As they were read.
    Open(Vec<TextSection>),
    /// All texts in one, packed; and the sections without their texts, each with the end of its own in that one.
    Packed(Box<[(TextSection, usize)]>, Packed),
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
            Held::Packed(sections, texts) => Cow::Owned(unpacked(sections, &texts.bytes())),
        }
    }

    /// Holds the texts packed by their source, in which most of them stands.
    pub(crate) fn pack(&mut self, source: &Arc<str>) {
        let Held::Open(sections) = &mut self.0 else { return };
        let mut whole = String::with_capacity(source.len());
        let without_text = |section: TextSection| {
            whole.push_str(&section.text);
            (TextSection { text: Arc::default(), ..section }, whole.len())
        };
        let sections = std::mem::take(sections).into_iter().map(without_text).collect();
        self.0 = Held::Packed(sections, Packed::new(whole.as_bytes(), &Arc::from(Arc::clone(source))));
    }
}

fn unpacked(sections: &[(TextSection, usize)], texts: &[u8]) -> Vec<TextSection> {
    let mut start = 0;
    let with_text = |(section, end): &(TextSection, usize)| {
        let text = String::from_utf8_lossy(&texts[start..*end]).into();
        start = *end;
        TextSection { text, ..section.clone() }
    };
    sections.iter().map(with_text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_sections_say_what_they_said() {
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
    }
}
