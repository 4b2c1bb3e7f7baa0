//! Writing XML into memory, which does not fail, and without the characters that XML cannot hold.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An XML document under construction.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A document with its declaration.
    pub(super) fn document() -> Self {
        let mut xml = Self::fragment();
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml
    }

    /// A piece of a document.
    pub(super) fn fragment() -> Self {
        Self(Writer::new(Vec::with_capacity(4096)))
    }

    /// An element with what `inside` writes.
    pub(super) fn within(&mut self, name: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Self)) {
        self.open(name, attributes);
        inside(self);
        self.close(name);
    }

    /// The beginning of an element.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Start(start(name, attributes)));
    }

    /// The end of an element.
    pub(super) fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// Text.
    pub(super) fn text(&mut self, text: &str) {
        self.event(Event::Text(BytesText::new(&allowed(text))));
    }

    /// The document so far.
    pub(super) fn finish(self) -> String {
        String::from_utf8_lossy(&self.0.into_inner()).into_owned()
    }

    fn event(&mut self, event: Event<'_>) {
        // Writing to memory does not fail.
        let _ = self.0.write_event(event);
    }
}

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, allowed(value).as_str()));
    }
    start
}

/// Text for the fixed parts.
pub(super) fn escaped(text: &str) -> String {
    quick_xml::escape::escape(allowed(text)).into_owned()
}

/// `text` without the characters that XML 1.0 § 2.2 excludes.
fn allowed(text: &str) -> String {
    let excluded = |letter: char| {
        (letter < ' ' && !matches!(letter, '\t' | '\n'))
            || matches!(letter, '\u{fffe}' | '\u{ffff}' | '\u{7f}'..='\u{9f}')
    };
    text.chars().filter(|letter| !excluded(*letter)).collect()
}
