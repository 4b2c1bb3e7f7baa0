//! Markdown to letter: the pass that the rest of the module serves.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::conditions::{ConditionalSection, sections};
use super::field::{Field, comparable};
use super::fields::{self, Uses};
use super::inlines::{Running, Surroundings};
use super::letter_faults::{LetterFault, LetterFaults};
use super::model::{Block, Condition, Inline, Letter, plain};
use super::pdf::prints;
use super::structure;
use super::structure::Draft;
use crate::config::FieldDeclaration;
use crate::diagnostic::Rule;
use crate::text::{single_spaced, with_quotes};

/// Lists and quotations within each other beyond this are laid flat.
const DEEPEST: usize = 6;

/// Reads a letter.
///
/// `offset` is where `body` begins in its file and the subject's number where the subject does; `declared` comes
/// from the letter's `fields:`, `shared` from the site. Spans of faults are bytes of the file. A letter with
/// faults is still a letter: what is not understood stays as text.
pub fn parse(
    body: &str,
    offset: usize,
    subject: Option<(&str, usize)>,
    declared: &[FieldDeclaration],
    shared: &[FieldDeclaration],
) -> (Letter, Vec<LetterFault>) {
    let mut reading = Reading::default();
    let subject_line = subject.map(|(text, at)| reading.subject(text, at));
    let mut drafts = reading.body(body, offset);
    if drafts.is_empty() {
        let fault = LetterFault::error(Rule::LetterEmpty, offset..offset + body.len(), "the letter says nothing");
        reading.faults.add(fault.hint("write the letter below the front matter"));
    }
    let Reading { uses, mut faults, conditions } = reading;
    let fields = fields::complete(&uses, declared, shared, &conditions, &mut faults);
    settle(&mut drafts, &fields);
    for (text, at) in subject.into_iter().chain([(body, offset)]) {
        unprintable(text, at, &mut faults);
    }
    let mut parts = structure::parts(drafts, &fields);
    let subject_line = subject_line.or_else(|| structure::take_subject(&mut parts));
    let hash = hash(subject.map(|(text, _)| text), body, &fields);
    (Letter { subject: subject_line, parts, fields, hash }, faults.in_order())
}

/// Names each choice as its field does, since a page compares the two.
fn settle(drafts: &mut [Draft], fields: &[Field]) {
    let mut known = HashMap::new();
    for condition in drafts.iter_mut().filter_map(|draft| draft.condition.as_mut()) {
        let Some(field) = fields.get(condition.field) else { continue };
        let known = known.entry(condition.field).or_insert_with(|| field.by_spelling());
        for named in &mut condition.choices {
            if let Some(choice) = known.get(&comparable(named)) {
                *named = (*choice).to_owned();
            }
        }
    }
}

#[derive(Default)]
struct Reading {
    uses: Uses,
    faults: LetterFaults,
    /// Every condition of a part, with the span of its line in the file.
    conditions: Vec<(Condition, Range<usize>)>,
}

impl Reading {
    /// The subject as running text. A letter put before it keeps `1.` or `#` from beginning a block.
    fn subject(&mut self, text: &str, at: usize) -> Vec<Inline> {
        const GUARD: char = '\u{2060}';
        let line = single_spaced(text);
        let guarded = format!("{GUARD}{line}");
        let mut running = Running::default();
        let mut around = self.around(&guarded, at.saturating_sub(GUARD.len_utf8()));
        for (event, span) in markdown(&guarded) {
            running.take(event, span, &mut around);
        }
        let mut content = running.finish(&mut around);
        if let Some(Inline::Text(first)) = content.first_mut() {
            *first = first.trim_start_matches(GUARD).to_owned();
        }
        content.retain(|inline| *inline != Inline::Text(String::new()));
        content
    }

    fn body(&mut self, body: &str, offset: usize) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for (place, section) in sections(body, offset, &mut self.faults).into_iter().enumerate() {
            let range = section.range.clone();
            let condition = self.condition(&section, offset);
            let blocks = blocks(self.around(&body[range.clone()], offset + range.start));
            if let Some(condition) = &condition {
                self.name_if_optional(condition, &blocks);
            }
            drafts.extend(blocks.into_iter().map(|block| Draft::new(block, place, condition.clone())));
        }
        drafts
    }

    fn condition(&mut self, section: &ConditionalSection<'_>, offset: usize) -> Option<Condition> {
        let line = offset + section.head_line.start..offset + section.head_line.end;
        let condition = section.head.clone()?.condition(&mut self.uses, line.clone());
        self.conditions.push((condition.clone(), line));
        Some(condition)
    }

    fn name_if_optional(&mut self, condition: &Condition, blocks: &[Block]) {
        if self.uses.is_optional_part(condition.field) {
            let text = blocks.iter().map(|block| self.plain(block)).collect::<Vec<_>>().join(" ");
            self.uses.name_optional_part(condition.field, &text);
        }
    }

    fn plain(&self, block: &Block) -> String {
        let join = |blocks: &[Block]| blocks.iter().map(|it| self.plain(it)).collect::<Vec<_>>().join(" ");
        match block {
            Block::Paragraph(content) => plain(content, &|place| self.uses.bracketed(place)),
            Block::List { items, .. } => items.iter().map(|item| join(item)).collect::<Vec<_>>().join("; "),
            Block::Quote(blocks) => join(blocks),
        }
    }

    fn around<'a>(&'a mut self, source: &'a str, offset: usize) -> Surroundings<'a> {
        Surroundings { source, offset, uses: &mut self.uses, faults: &mut self.faults }
    }
}

/// Markdown's events, every bracket that names nothing turned into a link for [`Running`] to recognise.
fn markdown(source: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let bracket = |_: pulldown_cmark::BrokenLink<'_>| Some(("".into(), "".into()));
    let options = Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_TABLES;
    with_quotes(source, Parser::new_with_broken_link_callback(source, options, Some(bracket)).into_offset_iter())
}

/// The blocks of one section.
fn blocks(mut around: Surroundings<'_>) -> Vec<Block> {
    let mut building = Building { containers: vec![Container::default()], running: None };
    for (event, span) in markdown(around.source) {
        building.take(event, span, &mut around);
    }
    building.finish(&mut around)
}

/// Blocks under construction: a stack of containers with the text that is being read.
struct Building {
    /// The section itself first, then the lists, items and quotations that are open.
    containers: Vec<Container>,
    running: Option<Running>,
}

#[derive(Default)]
struct Container {
    kind: ContainerKind,
    blocks: Vec<Block>,
    items: Vec<Vec<Block>>,
}

#[derive(Default, PartialEq)]
enum ContainerKind {
    #[default]
    Flat,
    List(Option<u64>),
    Item,
    Quote,
}

impl Building {
    fn take(&mut self, event: Event<'_>, span: Range<usize>, around: &mut Surroundings<'_>) {
        match event {
            Event::Start(tag) if opens_block(&tag) => self.open(tag, span, around),
            Event::End(TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock) => self.end_text(around),
            Event::End(TagEnd::Heading(_)) => self.end_heading(around),
            Event::End(TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_)) => self.close(around),
            Event::Start(Tag::TableHead | Tag::TableRow | Tag::TableCell) => self.cell(event, span, around),
            Event::End(TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell) => self.cell(event, span, around),
            Event::End(TagEnd::Table) => self.end_text(around),
            Event::Rule => laid_flat("a rule", "it is left out", span, around),
            other => self.running.get_or_insert_default().take(other, span, around),
        }
    }

    fn open(&mut self, tag: Tag<'_>, span: Range<usize>, around: &mut Surroundings<'_>) {
        self.end_text(around);
        let kind = match tag {
            Tag::CodeBlock(_) => {
                return unsupported("a block of code", "begin its lines without spaces", span, around);
            }
            Tag::Table(_) => {
                return laid_flat("a table", "each row is printed as a line; a list reads better", span, around);
            }
            Tag::List(start) => ContainerKind::List(start),
            Tag::Item => ContainerKind::Item,
            Tag::BlockQuote(_) => ContainerKind::Quote,
            _ => return,
        };
        let kind = if self.containers.len() > DEEPEST { ContainerKind::Flat } else { kind };
        self.containers.push(Container { kind, ..Container::default() });
    }

    fn close(&mut self, around: &mut Surroundings<'_>) {
        self.end_text(around);
        let Some(container) = self.containers.pop() else { return };
        let Some(parent) = self.containers.last_mut() else { return };
        match container.kind {
            ContainerKind::Flat => parent.blocks.extend(container.blocks),
            ContainerKind::Item if matches!(parent.kind, ContainerKind::List(_)) => parent.items.push(container.blocks),
            ContainerKind::Item => parent.blocks.extend(container.blocks),
            ContainerKind::List(start) => parent.blocks.push(Block::List { start, items: container.items }),
            ContainerKind::Quote => parent.blocks.push(Block::Quote(container.blocks)),
        }
    }

    fn end_text(&mut self, around: &mut Surroundings<'_>) {
        if let Some(content) = self.text(around) {
            self.push(Block::Paragraph(content));
        }
    }

    /// A row of a table is a line, with its head in bold.
    fn cell(&mut self, event: Event<'_>, span: Range<usize>, around: &mut Surroundings<'_>) {
        let begun = self.running.as_ref().is_some_and(|running| !running.ends_line());
        let running = self.running.get_or_insert_default();
        match event {
            Event::Start(Tag::TableHead) => running.take(Event::Start(Tag::Strong), span, around),
            Event::End(TagEnd::TableHead) => running.take(Event::End(TagEnd::Strong), span, around),
            Event::Start(Tag::TableRow) if begun => running.take(Event::HardBreak, span, around),
            Event::Start(Tag::TableCell) if begun => running.take(Event::Text(" – ".into()), span, around),
            _ => {}
        }
    }

    /// A heading in a letter is a line in bold.
    fn end_heading(&mut self, around: &mut Surroundings<'_>) {
        if let Some(content) = self.text(around) {
            self.push(Block::Paragraph(vec![Inline::Strong(content)]));
        }
    }

    fn text(&mut self, around: &mut Surroundings<'_>) -> Option<Vec<Inline>> {
        let content = self.running.take()?.finish(around);
        (!content.is_empty()).then_some(content)
    }

    fn push(&mut self, block: Block) {
        if let Some(container) = self.containers.last_mut() {
            container.blocks.push(block);
        }
    }

    fn finish(mut self, around: &mut Surroundings<'_>) -> Vec<Block> {
        self.end_text(around);
        self.containers.into_iter().flat_map(|container| container.blocks).collect()
    }
}

fn opens_block(tag: &Tag<'_>) -> bool {
    !matches!(tag, Tag::Strong | Tag::Emphasis | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
        && !matches!(tag, Tag::TableHead | Tag::TableRow | Tag::TableCell)
}

/// Something of which no word is lost.
fn laid_flat(what: &str, hint: &str, span: Range<usize>, around: &mut Surroundings<'_>) {
    let span = around.in_file(&span);
    around
        .faults
        .add(LetterFault::warning(Rule::LetterUnsupported, span, format!("a letter cannot hold {what}")).hint(hint));
}

fn unsupported(what: &str, hint: &str, span: Range<usize>, around: &mut Surroundings<'_>) {
    let span = around.in_file(&span);
    around
        .faults
        .add(LetterFault::error(Rule::LetterUnsupported, span, format!("a letter cannot hold {what}")).hint(hint));
}

/// Reports each character that the PDF's fonts do not have, where it first occurs.
fn unprintable(text: &str, offset: usize, faults: &mut LetterFaults) {
    let mut reported = BTreeSet::new();
    for (at, character) in text.char_indices() {
        if prints(character) || character.is_control() || !reported.insert(character) {
            continue;
        }
        let span = offset + at..offset + at + character.len_utf8();
        let fault =
            LetterFault::warning(Rule::LetterCharacter, span, format!("the letter's PDF cannot show '{character}'"));
        faults.add(fault.hint("it is printed as '?'; say it in words, or leave it out"));
    }
}

/// Everything that an export could show: the words as written and the fields as completed.
fn hash(subject: Option<&str>, body: &str, fields: &[Field]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    for text in [subject.unwrap_or_default(), body] {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.update(&[u8::from(subject.is_some())]);
    fields.iter().for_each(|field| field.hash(&mut hasher));
    hasher.finalize()
}
