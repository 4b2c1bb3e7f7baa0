//! An answer to a question, with the fingerprint by which a later build compares it.

use super::question::{Node, Question};
use crate::site::Read;
use crate::storage::Fingerprint;

/// What is kept of a rendering for the next build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Traces {
    /// What each page asked, and what it was answered.
    #[default]
    Kept,
    /// Nothing: there is no next build.
    Dropped,
}

/// An answer and its fingerprint.
#[derive(Debug)]
pub(super) struct Answer {
    /// A number that no other question of this world has.
    pub(super) id: u32,
    pub(super) question: Question,
    pub(super) node: Node,
    /// `None` where traces are dropped.
    pub(super) fingerprint: Option<Fingerprint>,
    /// What the answer read of the site; nothing where traces are dropped.
    pub(super) reads: Box<[Read]>,
}

impl Answer {
    /// The answer without its node, to be compared with a later one.
    pub(super) fn without_node(&self) -> Self {
        let Self { id, question, fingerprint, reads, .. } = self;
        Self { id: *id, question: question.clone(), node: Node::None, fingerprint: *fingerprint, reads: reads.clone() }
    }
}
