//! Recognises the parts of a letter by their place and their words: a table of phrases, and the order that
//! letters have had for two hundred years.

use super::fields::{Field, FieldType};
use super::model::{Block, Condition, Conditional, Inline, Part, Passage, Role, plain};

/// A block before its role is known.
#[derive(Debug)]
pub(super) struct Draft {
    block: Block,
    role: Role,
    /// The stretch that it comes from; blocks of one stretch with a condition make one part.
    stretch: usize,
    condition: Option<Condition>,
}

impl Draft {
    /// A block of the body until it is known better.
    pub(super) fn new(block: Block, stretch: usize, condition: Option<Condition>) -> Self {
        Self { block, role: Role::Body, stretch, condition }
    }

    /// The running text of a paragraph.
    fn paragraph(&self) -> Option<&[Inline]> {
        match &self.block {
            Block::Paragraph(content) => Some(content),
            _ => None,
        }
    }

    /// The paragraph's words without its blanks, in lower case, up to its first break.
    fn first_line(&self) -> String {
        let content = self.paragraph().unwrap_or_default();
        let end = content.iter().position(|inline| *inline == Inline::Break).unwrap_or(content.len());
        words(&content[..end])
    }
}

/// The beginnings of a salutation.
const SALUTATIONS: [&str; 16] = [
    "dear ",
    "to whom it may concern",
    "hello",
    "hi ",
    "hi,",
    "respected ",
    "assalam",
    "assalamu",
    "as-salam",
    "salaam",
    "salam",
    "محترم",
    "جناب",
    "السلام",
    "عزیز",
    "مکرم",
];
/// The beginnings of a complimentary close.
const CLOSES: [&str; 22] = [
    "yours ",
    "sincerely",
    "faithfully",
    "kind regards",
    "best regards",
    "warm regards",
    "with regards",
    "regards",
    "kindest regards",
    "best wishes",
    "warm wishes",
    "with best",
    "with kind",
    "with thanks",
    "many thanks",
    "respectfully",
    "cordially",
    "والسلام",
    "آپ کا مخلص",
    "آپ کی مخلص",
    "مخلص",
    "خیر اندیش",
];
/// The beginnings of a list of what is enclosed or who has a copy.
const ENCLOSURES: [&str; 8] = ["enclosure", "encl", "enc:", "enc.", "attached:", "attachment", "cc:", "منسلک"];
/// The beginnings of a subject line on the paper.
const SUBJECTS: [&str; 4] = ["subject:", "re:", "ref:", "موضوع"];
/// A line of a letter's frame is no longer than this.
const SHORT: usize = 80;

/// The letter's parts in order, each block with its role.
pub(super) fn parts(mut drafts: Vec<Draft>, fields: &[Field]) -> Vec<Part> {
    let salutation = drafts.iter().position(is_salutation);
    if let Some(end) = salutation {
        drafts[end].role = Role::Salutation;
        opening(&mut drafts[..end], fields);
    }
    subject_line(&mut drafts, salutation);
    closing(&mut drafts, salutation.map_or(0, |at| at + 1));
    together(drafts)
}

fn is_salutation(draft: &Draft) -> bool {
    let line = draft.first_line();
    line.chars().count() <= SHORT && SALUTATIONS.iter().any(|start| line.starts_with(start))
}

/// What stands before the salutation: sender, date line, recipient.
fn opening(drafts: &mut [Draft], fields: &[Field]) {
    let date = drafts.iter().position(|draft| is_date_line(draft, fields));
    let mut sender_ends = date.unwrap_or(drafts.len().saturating_sub(1));
    if date.is_none() && drafts.len() == 1 && names_the_reader(&drafts[0], fields) {
        sender_ends = 1;
    }
    for (place, draft) in drafts.iter_mut().enumerate() {
        draft.role = match place {
            _ if Some(place) == date => Role::Date,
            _ if place < sender_ends => Role::Sender,
            _ => Role::Recipient,
        };
    }
}

/// A line with a date blank and hardly a word beside it: 'Lahore, \[date\]'.
fn is_date_line(draft: &Draft, fields: &[Field]) -> bool {
    let content = draft.paragraph().unwrap_or_default();
    let is_date = |inline: &Inline| matches!(inline, Inline::Blank(place) if fields.get(*place).is_some_and(|it| it.kind == FieldType::Date));
    !content.contains(&Inline::Break) && content.iter().any(is_date) && words(content).chars().count() <= 20
}

/// Whether a block holds a blank about the reader: their own name or address.
fn names_the_reader(draft: &Draft, fields: &[Field]) -> bool {
    let about = |place: &usize| fields.get(*place).is_some_and(|field| !field.autocomplete.is_empty());
    let content = draft.paragraph().unwrap_or_default();
    content.iter().any(|inline| matches!(inline, Inline::Blank(place) if about(place)))
}

/// A line 'Subject: …' around the salutation, or one all in bold next to it.
fn subject_line(drafts: &mut [Draft], salutation: Option<usize>) {
    let near = salutation.map_or(0..1, |at| at.saturating_sub(1)..at + 2);
    for draft in drafts.iter_mut().enumerate().filter(|(place, _)| near.contains(place)).map(|(_, draft)| draft) {
        let line = draft.first_line();
        let all_bold = matches!(draft.paragraph(), Some([Inline::Strong(_)]));
        if draft.role != Role::Salutation && (all_bold || SUBJECTS.iter().any(|start| line.starts_with(start))) {
            draft.role = Role::Subject;
        }
    }
}

/// What follows the body: close, signature, enclosures.
fn closing(drafts: &mut Vec<Draft>, from: usize) {
    let Some(at) = (from..drafts.len()).rev().find(|place| is_close(&drafts[*place])) else { return };
    split_close(drafts, at);
    drafts[at].role = Role::Close;
    let mut role = Role::Signature;
    for draft in &mut drafts[at + 1..] {
        let line = draft.first_line();
        if ENCLOSURES.iter().any(|start| line.starts_with(start)) {
            role = Role::Enclosures;
        } else if line.starts_with("p.s") || line.starts_with("ps:") {
            role = Role::Body;
        }
        draft.role = role;
    }
}

fn is_close(draft: &Draft) -> bool {
    let line = draft.first_line();
    let ends = line.ends_with([',', '،']) || draft.paragraph().is_some_and(|content| content.contains(&Inline::Break));
    line.chars().count() <= SHORT / 2
        && CLOSES.iter().any(|start| line.starts_with(start))
        && (ends || !line.contains('.'))
}

/// Parts 'Yours sincerely,\ [your name]' at its first break.
fn split_close(drafts: &mut Vec<Draft>, at: usize) {
    let Block::Paragraph(content) = &mut drafts[at].block else { return };
    let Some(end) = content.iter().position(|inline| *inline == Inline::Break) else { return };
    let rest = content.split_off(end).into_iter().skip(1).collect();
    let (stretch, condition) = (drafts[at].stretch, drafts[at].condition.clone());
    drafts.insert(at + 1, Draft::new(Block::Paragraph(rest), stretch, condition));
}

/// Joins the blocks of each conditional stretch into one part.
fn together(drafts: Vec<Draft>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut last = None;
    for Draft { block, role, stretch, condition } in drafts {
        let passage = Passage { role, block };
        let continues = last.replace(stretch) == Some(stretch);
        match (condition, parts.last_mut()) {
            (Some(_), Some(Part::Conditional(open))) if continues => open.passages.push(passage),
            (Some(condition), _) => parts.push(Part::Conditional(Conditional { condition, passages: vec![passage] })),
            (None, _) => parts.push(Part::Passage(passage)),
        }
    }
    parts
}

fn words(content: &[Inline]) -> String {
    plain(content, &|_| String::new()).trim().to_lowercase()
}
