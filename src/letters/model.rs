//! The letter itself: its parts in their order, made of blocks and of running text with blanks.

use super::field::Field;

/// A letter, as every output sees it.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The line above an e-mail, with its blanks.
    pub subject: Option<Vec<Inline>>,
    /// Everything on the paper, from the sender's block to the enclosures.
    pub parts: Vec<Part>,
    /// What the reader fills in or chooses, in order of first use. [`Inline::Blank`] and [`Condition`] point here.
    pub fields: Vec<Field>,
    /// Changes with anything that an export could show, and with nothing else in the file.
    pub hash: blake3::Hash,
}

/// One block on the paper.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Always there.
    Passage(Passage),
    /// There when the reader's choice asks for it.
    Conditional(Conditional),
}

/// A block and its place in the letter.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// What this block is in a letter.
    pub role: Role,
    /// Its text.
    pub block: Block,
}

/// Passages that depend on a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Conditional {
    /// When they are shown.
    pub condition: Condition,
    /// What is shown then.
    pub passages: Vec<Passage>,
}

/// When a conditional part is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Index into [`Letter::fields`] of the field that is chosen from.
    pub field: usize,
    /// The choices that count, never empty.
    pub choices: Vec<String>,
    /// `is not`: shown for every other choice.
    pub negated: bool,
}

/// What a passage is in a letter, recognised by its place and its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Name and address of the person who writes.
    Sender,
    /// The date line.
    Date,
    /// Name and address of the person written to.
    Recipient,
    /// The subject line on the paper itself.
    Subject,
    /// 'Dear …,'.
    Salutation,
    /// The text of the letter.
    Body,
    /// The complimentary close: 'Yours sincerely,'.
    Close,
    /// The name under the close, with what follows it.
    Signature,
    /// What is sent with the letter, and to whom else.
    Enclosures,
}

/// A block of the paper.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Lines of running text; [`Inline::Break`] parts them.
    Paragraph(Vec<Inline>),
    /// A list, numbered from `start` if there is one.
    List {
        /// The first number, or none for a list with bullets.
        start: Option<u64>,
        /// The blocks of each item.
        items: Vec<Vec<Block>>,
    },
    /// Words of somebody else.
    Quote(Vec<Block>),
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// A line ends here.
    Break,
    /// A placeholder: index into [`Letter::fields`].
    Blank(usize),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// A link with a whole address.
    Link {
        /// `https:`, `http:`, `mailto:` or `tel:`.
        address: String,
        /// The words of the link.
        content: Vec<Inline>,
    },
    /// A sentence that depends on a choice: an optional one.
    Conditional {
        /// When it is shown.
        condition: Condition,
        /// The sentence.
        content: Vec<Inline>,
    },
}

impl Part {
    /// The passages of this part, whether or not they depend on a choice.
    pub fn passages(&self) -> &[Passage] {
        match self {
            Part::Passage(passage) => std::slice::from_ref(passage),
            Part::Conditional(conditional) => &conditional.passages,
        }
    }

    /// The choice that this part depends on.
    pub fn condition(&self) -> Option<&Condition> {
        match self {
            Part::Passage(_) => None,
            Part::Conditional(conditional) => Some(&conditional.condition),
        }
    }
}

impl Letter {
    /// The number of placeholders and choices that a reader is asked for, optional parts aside.
    pub fn blank_count(&self) -> usize {
        self.fields.iter().filter(|field| !field.optional).count()
    }

    /// The number of choices on which parts of the letter depend.
    pub fn choice_count(&self) -> usize {
        let mut chosen: Vec<usize> = self.parts.iter().filter_map(|part| part.condition()).map(|it| it.field).collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen.len()
    }

    /// Whether the letter is written as an e-mail: without a sender's block, a date line and a recipient's.
    pub fn is_email(&self) -> bool {
        let on_paper = [Role::Sender, Role::Date, Role::Recipient];
        !self.parts.iter().flat_map(Part::passages).any(|passage| on_paper.contains(&passage.role))
    }
}

/// The words of running text, with each blank as `fill` has it and breaks as spaces.
pub(super) fn plain(content: &[Inline], fill: &dyn Fn(usize) -> String) -> String {
    let mut words = String::new();
    for inline in content {
        match inline {
            Inline::Text(text) => words.push_str(text),
            Inline::Break => words.push(' '),
            Inline::Blank(field) => words.push_str(&fill(*field)),
            Inline::Strong(content)
            | Inline::Emphasis(content)
            | Inline::Link { content, .. }
            | Inline::Conditional { content, .. } => words.push_str(&plain(content, fill)),
        }
    }
    words
}
