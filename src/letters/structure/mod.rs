//! Recognises the parts of a letter by their place, their shape and their words: a table of phrases, and the order
//! that letters have had for two hundred years.
//!
//! Text comes with a line feed where a line ended in the source. It leaves with a break there in names and addresses,
//! which nobody means to run on, and with a space elsewhere, as Markdown has it.

mod phrases;

use super::field::Field;
use super::model::{Block, Condition, Conditional, Inline, Part, Passage, Role, plain};
use crate::config::FieldType;
use crate::text::single_spaced;

/// A block before its role is known.
#[derive(Debug)]
pub(super) struct Draft {
    block: Block,
    role: Role,
    /// The section that it comes from; blocks of one section with a condition make one part.
    section: usize,
    pub(super) condition: Option<Condition>,
}

impl Draft {
    /// A block of the body until it is known better.
    pub(super) fn new(block: Block, section: usize, condition: Option<Condition>) -> Self {
        Self { block, role: Role::Body, section, condition }
    }

    /// The running text of a paragraph.
    fn paragraph(&self) -> &[Inline] {
        match &self.block {
            Block::Paragraph(content) => content,
            _ => &[],
        }
    }

    /// The paragraph's lines, tidied, with [`BLANK`] for each blank.
    fn lines(&self) -> Vec<String> {
        shape(self.paragraph()).split('\n').map(tidied).collect()
    }

    /// The paragraph's words without its blanks, tidied, up to its first break.
    fn first_line(&self) -> String {
        let line = self.lines().swap_remove(0).replace(BLANK, "");
        line.trim_start_matches(['*', ' ']).trim().to_owned()
    }

    /// A line, or a few, as names and addresses are: short, and no sentence.
    fn is_frame(&self) -> bool {
        let lines = self.lines();
        let last = lines.last().and_then(|line| line.chars().next_back());
        !self.paragraph().is_empty()
            && self.condition.is_none()
            && !self.is_headline()
            && lines.iter().all(|line| line.chars().count() <= SHORT)
            && !matches!(last, Some('.' | '?' | '!' | ':' | '۔'))
            && (lines.len() > 1 || lines[0].contains(BLANK) || has_year(&lines[0]))
    }

    /// What may follow a close: names, enclosures, a postscript.
    fn is_below(&self) -> bool {
        self.is_frame() || self.starts_with(&phrases::ENCLOSURES) || self.starts_with(&phrases::POSTSCRIPTS)
    }

    /// A line of words all in bold.
    fn is_headline(&self) -> bool {
        let content = self.paragraph();
        matches!(content, [Inline::Strong(_)]) && words(content).contains(char::is_alphabetic)
    }

    fn starts_with(&self, phrases: &[&str]) -> bool {
        let line = self.first_line();
        phrases.iter().any(|start| line.starts_with(start))
    }
}

/// A line of a letter's frame is no longer than this.
const SHORT: usize = 80;

/// The subject of an e-mail that is in its text: 'Subject: …' above the salutation. It moves to where a subject belongs.
pub(super) fn take_subject(parts: &mut Vec<Part>) -> Option<Vec<Inline>> {
    let [Part::Passage(Passage { role: Role::Subject, block: Block::Paragraph(content) }), rest @ ..] =
        parts.as_slice()
    else {
        return None;
    };
    let on_paper = [Role::Sender, Role::Date, Role::Recipient];
    if rest.iter().flat_map(Part::passages).any(|passage| on_paper.contains(&passage.role)) {
        return None;
    }
    let subject = without_label(content)?;
    parts.remove(0);
    Some(subject)
}

/// What follows the colon of 'Subject: …' or of '**Subject:** …'.
fn without_label(content: &[Inline]) -> Option<Vec<Inline>> {
    let (first, rest) = content.split_first()?;
    let (label, bold) = match first {
        Inline::Text(text) => (text.as_str(), false),
        Inline::Strong(inner) => match inner.as_slice() {
            [Inline::Text(text), ..] => (text.as_str(), true),
            _ => return None,
        },
        _ => return None,
    };
    let (_, after) = label.split_once(':')?;
    let inner = if let (Inline::Strong(inner), true) = (first, bold) { &inner[1..] } else { &[] };
    let mut subject = vec![Inline::Text(after.trim_start().to_owned())];
    subject.extend(inner.iter().chain(rest).cloned());
    if let [Inline::Text(begins), Inline::Text(next), ..] = subject.as_mut_slice()
        && begins.is_empty()
    {
        *next = next.trim_start().to_owned();
    }
    subject.retain(|inline| *inline != Inline::Text(String::new()));
    (!subject.is_empty()).then_some(subject)
}

/// Stands for a blank in the shape of a line (the object replacement character).
const BLANK: char = '\u{fffc}';

/// The letter's parts in order, each block with its role.
pub(super) fn parts(mut drafts: Vec<Draft>, fields: &[Field]) -> Vec<Part> {
    let salutation = salutation(&mut drafts, fields);
    let opening_ends = salutation.unwrap_or_else(|| leading_frame(&drafts, fields));
    subject_line(&mut drafts, salutation, opening_ends, fields);
    opening(&mut drafts[..opening_ends], fields);
    closing(&mut drafts, salutation.map_or(opening_ends, |at| at + 1), fields);
    drafts.iter_mut().for_each(settle_lines);
    together(drafts)
}

/// Marks the salutation, by its words or by its shape, and returns its place.
fn salutation(drafts: &mut Vec<Draft>, fields: &[Field]) -> Option<usize> {
    let place = drafts.iter().position(greets).or_else(|| addressed(drafts, fields))?;
    let lines = drafts[place].lines();
    if lines.len() > 1 && lines[1..].iter().map(|line| line.chars().count()).sum::<usize>() > SHORT / 2 {
        split_at_line(drafts, place);
    }
    drafts[place].role = Role::Salutation;
    Some(place)
}

fn greets(draft: &Draft) -> bool {
    let greeting = |line: &str| phrases::SALUTATIONS.iter().any(|start| line.starts_with(start));
    let first = draft.first_line();
    if first.chars().count() <= SHORT && greeting(&first) {
        return true;
    }
    let lines = draft.lines();
    let ends = |line: &str| line.ends_with([',', ':', '!', '.', '،', '۔']);
    lines.len() <= 3
        && lines.iter().all(|line| line.chars().count() <= SHORT / 2)
        && lines.iter().any(|line| greeting(line) && ends(line))
}

/// A name with a comma below the letter's frame: 'Colleagues,'.
fn addressed(drafts: &[Draft], fields: &[Field]) -> Option<usize> {
    let place = drafts.iter().take(6).position(|draft| is_name_with_comma(draft) && !is_date_line(draft, fields))?;
    let framed = drafts[..place].iter().all(|draft| draft.is_frame() || draft.is_headline() || is_subject(draft));
    let goes_on = drafts.get(place + 1).is_some_and(|next| !next.paragraph().is_empty() && !next.is_frame());
    (framed && goes_on).then_some(place)
}

fn is_name_with_comma(draft: &Draft) -> bool {
    let lines = draft.lines();
    let [line] = lines.as_slice() else { return false };
    line.ends_with([',', '،']) && line.split_whitespace().count() <= 5 && !draft.starts_with(&phrases::CLOSES)
}

/// How many blocks precede the text of a letter that greets nobody: none, unless the reader or a day is among them.
fn leading_frame(drafts: &[Draft], fields: &[Field]) -> usize {
    let end = drafts.iter().take_while(|draft| draft.is_frame() && !is_subject(draft)).count();
    let known = |draft: &Draft| names_the_reader(draft, fields) || is_date_line(draft, fields);
    if end < drafts.len() && drafts[..end].iter().any(known) { end } else { 0 }
}

/// The blocks before the salutation: sender, date line, recipient.
fn opening(drafts: &mut [Draft], fields: &[Field]) {
    let date = drafts.iter().position(|draft| is_date_line(draft, fields));
    let last = drafts.len().saturating_sub(1);
    let is_recipient = |draft: &Draft| draft.starts_with(&phrases::RECIPIENTS);
    let follows_date = date.is_some_and(|date| drafts[date + 1..].iter().any(|draft| draft.role != Role::Subject));
    for (place, draft) in drafts.iter_mut().enumerate() {
        let role = match () {
            () if draft.role == Role::Subject => Role::Subject,
            () if Some(place) == date => Role::Date,
            () if place == last && is_name_with_comma(draft) => Role::Salutation,
            () if is_recipient(draft) || date.is_some_and(|date| place > date) => Role::Recipient,
            () if follows_date || names_the_reader(draft, fields) => Role::Sender,
            () if place == 0 && (date.is_some() || last > 0) => Role::Sender,
            () => Role::Recipient,
        };
        draft.role = role;
    }
}

/// A line with a day, written or to be filled in, and hardly a word beside it: 'Lahore, \[date\]'.
fn is_date_line(draft: &Draft, fields: &[Field]) -> bool {
    let content = draft.paragraph();
    let lines = draft.lines();
    let [line] = lines.as_slice() else { return false };
    let is_date = |place: usize| fields.get(place).is_some_and(|it| it.kind == FieldType::Date);
    let is_short = |most: usize| words(content).chars().count() <= most;
    (blanks(content).into_iter().any(is_date) && is_short(20)) || (has_year(line) && is_short(40))
}

/// Whether a line of a few words holds a year.
fn has_year(line: &str) -> bool {
    let words: Vec<&str> = line.split([' ', '-', '/', '.', ',', '،']).filter(|word| !word.is_empty()).collect();
    let is_year = |word: &&str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let is_day = |word: &&str| word.len() <= 4 && word.starts_with(|first: char| first.is_ascii_digit());
    words.len() <= 5 && words.iter().any(is_year) && words.iter().filter(|word| is_day(word)).count() > 1
}

/// Whether a block holds a blank about the reader: their own name or address.
fn names_the_reader(draft: &Draft, fields: &[Field]) -> bool {
    let about = |place: usize| fields.get(place).is_some_and(|field| !field.autocomplete.is_empty());
    blanks(draft.paragraph()).into_iter().any(about)
}

/// A line 'Subject: …' around the salutation, or one all in bold next to it.
fn subject_line(drafts: &mut [Draft], salutation: Option<usize>, opening_ends: usize, fields: &[Field]) {
    let near = match salutation {
        Some(at) => at.saturating_sub(1)..at + 2,
        None => opening_ends.saturating_sub(1)..opening_ends + 1,
    };
    for draft in drafts.iter_mut().enumerate().filter(|(place, _)| near.contains(place)).map(|(_, draft)| draft) {
        let is_line = draft.is_headline() || is_subject(draft);
        if draft.role != Role::Salutation && is_line && !is_date_line(draft, fields) {
            draft.role = Role::Subject;
        }
    }
}

fn is_subject(draft: &Draft) -> bool {
    draft.starts_with(&phrases::SUBJECTS)
}

/// What follows the body: close, signature, enclosures.
fn closing(drafts: &mut Vec<Draft>, from: usize, fields: &[Field]) {
    let close = (from..drafts.len()).rev().find(|place| is_close(drafts, *place));
    let signature = match close {
        Some(at) => {
            if drafts[at].lines().len() > 1 && !drafts[at].starts_with(&phrases::LONG_CLOSES) {
                split_at_line(drafts, at);
            }
            drafts[at].role = Role::Close;
            at + 1
        }
        None => match (from..drafts.len()).rev().find(|place| is_signature(&drafts[*place], fields)) {
            Some(at) if drafts[at + 1..].iter().all(Draft::is_below) => at,
            _ => return,
        },
    };
    let mut role = Role::Signature;
    for draft in &mut drafts[signature..] {
        if draft.starts_with(&phrases::ENCLOSURES) {
            role = Role::Enclosures;
        } else if draft.starts_with(&phrases::POSTSCRIPTS)
            || draft.lines().iter().any(|line| line.chars().count() > SHORT)
        {
            role = Role::Body;
        }
        draft.role = role;
    }
}

/// Known by its words, or by its shape: a few words and a comma, with names below and no more.
fn is_close(drafts: &[Draft], place: usize) -> bool {
    let draft = &drafts[place];
    let lines = draft.lines();
    let line = draft.first_line();
    if draft.starts_with(&phrases::LONG_CLOSES) {
        return drafts[place + 1..].iter().all(Draft::is_below);
    }
    if line.chars().count() > SHORT / 2 || line.is_empty() {
        return false;
    }
    let ends = line.ends_with([',', '،']);
    if draft.starts_with(&phrases::CLOSES) {
        return ends || lines.len() > 1 || !line.contains('.');
    }
    let signed = lines.len() > 1 || drafts.get(place + 1).is_some_and(Draft::is_frame);
    ends && signed && !lines[0].contains(BLANK) && line.split_whitespace().count() <= 6
}

/// The reader's name under a letter that has no close.
fn is_signature(draft: &Draft, fields: &[Field]) -> bool {
    draft.is_frame() && names_the_reader(draft, fields) && words(draft.paragraph()).chars().count() <= SHORT / 4
}

/// Parts 'Yours sincerely,\ [your name]' behind its first line.
fn split_at_line(drafts: &mut Vec<Draft>, at: usize) {
    let Block::Paragraph(content) = &mut drafts[at].block else { return };
    let ends =
        |inline: &Inline| matches!(inline, Inline::Text(text) if text.contains('\n')) || *inline == Inline::Break;
    let Some(end) = content.iter().position(ends) else { return };
    let mut rest = content.split_off(end);
    if let Inline::Text(text) = rest.remove(0) {
        let (before, after) = text.split_once('\n').unwrap_or((&text, ""));
        content.extend((!before.is_empty()).then(|| Inline::Text(before.to_owned())));
        rest.splice(0..0, (!after.is_empty()).then(|| Inline::Text(after.to_owned())));
    }
    let (section, condition) = (drafts[at].section, drafts[at].condition.clone());
    drafts.insert(at + 1, Draft::new(Block::Paragraph(rest), section, condition));
}

/// Lines as they were typed are lines in names and addresses, and run on in text.
fn settle_lines(draft: &mut Draft) {
    settle(&mut draft.block, !matches!(draft.role, Role::Body | Role::Subject));
}

fn settle(block: &mut Block, broken: bool) {
    match block {
        Block::Paragraph(content) => *content = settled(std::mem::take(content), broken),
        Block::List { items, .. } => items.iter_mut().flatten().for_each(|block| settle(block, broken)),
        Block::Quote(blocks) => blocks.iter_mut().for_each(|block| settle(block, broken)),
    }
}

fn settled(content: Vec<Inline>, broken: bool) -> Vec<Inline> {
    let mut out = Vec::with_capacity(content.len());
    for inline in content {
        match inline {
            Inline::Text(text) if broken && text.contains('\n') => {
                for (place, line) in text.split('\n').enumerate() {
                    out.extend((place > 0).then_some(Inline::Break));
                    out.extend((!line.is_empty()).then(|| Inline::Text(line.to_owned())));
                }
            }
            Inline::Text(text) => out.push(Inline::Text(text.replace('\n', " "))),
            Inline::Strong(content) => out.push(Inline::Strong(settled(content, broken))),
            Inline::Emphasis(content) => out.push(Inline::Emphasis(settled(content, broken))),
            Inline::Link { address, content } => out.push(Inline::Link { address, content: settled(content, broken) }),
            Inline::Conditional { condition, content } => {
                out.push(Inline::Conditional { condition, content: settled(content, broken) });
            }
            other => out.push(other),
        }
    }
    out
}

/// Joins the blocks of each conditional section into one part.
fn together(drafts: Vec<Draft>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut last = None;
    for Draft { block, role, section, condition } in drafts {
        let passage = Passage { role, block };
        let continues = last.replace(section) == Some(section);
        match (condition, parts.last_mut()) {
            (Some(_), Some(Part::Conditional(open))) if continues => open.passages.push(passage),
            (Some(condition), _) => parts.push(Part::Conditional(Conditional { condition, passages: vec![passage] })),
            (None, _) => parts.push(Part::Passage(passage)),
        }
    }
    parts
}

/// The text of a paragraph, its lines parted as they were typed, with [`BLANK`] for each blank.
fn shape(content: &[Inline]) -> String {
    let mut text = String::new();
    for inline in content {
        match inline {
            Inline::Text(words) => text.push_str(words),
            Inline::Break => text.push('\n'),
            Inline::Blank(_) => text.push(BLANK),
            Inline::Strong(content)
            | Inline::Emphasis(content)
            | Inline::Link { content, .. }
            | Inline::Conditional { content, .. } => text.push_str(&shape(content)),
        }
    }
    text
}

/// The fields of a paragraph's blanks.
fn blanks(content: &[Inline]) -> Vec<usize> {
    let of = |inline: &Inline| match inline {
        Inline::Blank(place) => vec![*place],
        Inline::Strong(content) | Inline::Emphasis(content) | Inline::Link { content, .. } => blanks(content),
        Inline::Text(_) | Inline::Break | Inline::Conditional { .. } => Vec::new(),
    };
    content.iter().flat_map(of).collect()
}

fn words(content: &[Inline]) -> String {
    tidied(&plain(content, &|_| String::new()))
}

/// Lower case, single spaces, straight apostrophes, none before a colon: as the phrases are written.
fn tidied(line: &str) -> String {
    let line = single_spaced(line).to_lowercase();
    line.replace('’', "'").replace(" :", ":")
}
