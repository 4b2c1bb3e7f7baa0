//! Markdown → the items of its outermost numbered lists, as steps. Returns text alone; links and images in it are the page's.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::colons::Colons;
use super::events::events;
use crate::text::single_spaced;

/// What a reader does next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// Its name: bold text at its beginning, or its heading.
    pub name: Option<String>,
    /// All of its text, words separated by single spaces.
    pub text: String,
    /// Its anchor on the page, if it has one.
    pub anchor: Option<String>,
}

/// The items of all numbered lists that are in no other block, in order.
pub(crate) fn numbered(text: &str) -> Vec<Step> {
    let mut collector = Collector::default();
    let colons = Colons::of(text);
    for (event, _) in events(&colons) {
        collector.step(&event);
    }
    collector.steps
}

#[derive(Default)]
struct Collector {
    steps: Vec<Step>,
    /// How many containers are open.
    depth: usize,
    in_numbered: bool,
    name: String,
    in_name: bool,
    text: String,
}

impl Collector {
    fn step(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::List(first)) => {
                self.in_numbered |= self.depth == 0 && first.is_some();
                self.depth += 1;
            }
            Event::Start(Tag::BlockQuote(_) | Tag::FootnoteDefinition(_)) => self.depth += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition) => self.depth -= 1,
            Event::End(TagEnd::List(_)) => {
                self.depth -= 1;
                self.in_numbered &= self.depth > 0;
            }
            _ if self.in_numbered => self.item(event),
            _ => {}
        }
    }

    fn item(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Strong) => self.in_name = self.text.trim().is_empty(),
            Event::End(TagEnd::Strong) => self.in_name = false,
            Event::Text(text) | Event::Code(text) => self.words(text),
            Event::End(TagEnd::Item) if self.depth == 1 => self.close(),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => self.words(" "),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        self.text.push_str(words);
        if self.in_name {
            self.name.push_str(words);
        }
    }

    fn close(&mut self) {
        let text = single_spaced(&std::mem::take(&mut self.text)).into_owned();
        let name = std::mem::take(&mut self.name);
        let name = single_spaced(name.trim_end_matches([':', '.', '。', '۔', '：'])).into_owned();
        self.in_name = false;
        if !text.is_empty() {
            self.steps.push(Step { name: (!name.is_empty()).then_some(name), text, anchor: None });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_item_of_a_numbered_list_is_a_step_with_what_is_below_it() {
        let text = "Words.\n\n1. **Ask.** Say *why*.\n\n   And when.\n   - a day\n2. Wait\n\n- no step\n\n> 1. quoted\n\n1. Thank **them**.\n";
        let steps = numbered(text);
        let said: Vec<_> = steps.iter().map(|step| (step.name.as_deref(), step.text.as_str())).collect();
        assert_eq!(said, [(Some("Ask"), "Ask. Say why. And when. a day"), (None, "Wait"), (None, "Thank them.")]);
    }
}
