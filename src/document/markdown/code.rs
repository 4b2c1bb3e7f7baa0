//! Scripts and styles within a line of Markdown: which events are their text.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use crate::document::html_tags::tags;
use crate::text::is_block;

/// Names of scripts and styles that nothing ends before their block does, so that each is looked for once.
#[derive(Debug, Default)]
pub(super) struct EndlessCode(Vec<String>);

impl EndlessCode {
    /// How many of the events are the text of a script or style that this tag begins; 0 if it has no end in its block.
    pub(super) fn code_events(&mut self, html: &str, events: &[(Event<'_>, Range<usize>)]) -> usize {
        let mut tags = tags(html, 0).into_iter();
        let code = tags.find(|tag| !tag.closing && matches!(tag.name.as_str(), "script" | "style"));
        let Some(code) = code.filter(|code| !self.0.contains(&code.name)) else { return 0 };
        end_of_code(events, &code.name).unwrap_or_else(|| {
            self.0.push(code.name);
            0
        })
    }

    /// Forgets those of the block before.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// How many events are before the end tag of a script or style that begins before them, if it is in the same block and no element around it ends first.
fn end_of_code(events: &[(Event<'_>, Range<usize>)], name: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::InlineHtml(html) if open == 0 && tags(html, 0).iter().any(|tag| tag.closing && tag.name == name) => {
                return Some(at);
            }
            Event::Start(tag) if !is_block(tag) => open += 1,
            Event::End(end) if !is_block_end(*end) => open = open.checked_sub(1)?,
            Event::Start(_) | Event::End(_) => return None,
            _ => {}
        }
    }
    None
}

fn is_block_end(end: TagEnd) -> bool {
    !matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
