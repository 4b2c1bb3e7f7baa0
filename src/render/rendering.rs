//! One rendering of a site: the world, and what was found in it so far.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::answer::{Answer, Traces};
use super::answers::find;
use super::found::SharedMap;
use super::part::Part;
use super::question::{Node, Question};
use super::world::{Reader, Reads, World};
use crate::site::Read;
use crate::storage::{Fingerprint, Scratch};

/// A world with its answers and shared parts, each found once.
#[derive(Debug)]
pub(super) struct Rendering {
    pub(super) world: World,
    pub(super) parts: SharedMap<Part>,
    pub(super) traces: Traces,
    /// Where rendered pages are spilled to disk, if memory can't hold them.
    pub(super) scratch: Option<Scratch>,
    answers: SharedMap<Answer>,
    answered: AtomicU32,
}

impl Rendering {
    /// A rendering in which nothing was asked yet.
    pub(super) fn new(world: World, traces: Traces, scratch: Option<&Scratch>) -> Self {
        Self {
            world,
            traces,
            scratch: scratch.cloned(),
            parts: SharedMap::default(),
            answers: SharedMap::default(),
            answered: AtomicU32::new(0),
        }
    }

    /// The answer to a question, which is not kept.
    pub(super) fn answer_alone(&self, question: &Question) -> Answer {
        let (node, reads) = self.find(question);
        let id = self.answered.fetch_add(1, Ordering::Relaxed);
        let fingerprint = (self.traces == Traces::Kept).then(|| node.fingerprint());
        Answer { id, question: question.clone(), fingerprint, reads, node }
    }

    fn find(&self, question: &Question) -> (Node, Box<[Read]>) {
        let reads = match self.traces {
            Traces::Kept => Reads::noted(),
            Traces::Dropped => Reads::ignored(),
        };
        let node = find(Reader::new(&self.world, &reads), question);
        (node, reads.into_reads())
    }

    /// The fingerprint of the answer to a question, and what the answer read.
    pub(super) fn fingerprint(&self, question: &Question) -> (Fingerprint, Box<[Read]>) {
        if question.is_of_one_page() {
            let (node, reads) = self.find(question);
            return (node.fingerprint(), reads);
        }
        let answer = self.answer(question);
        (answer.fingerprint.unwrap_or_else(|| answer.node.fingerprint()), answer.reads.clone())
    }

    /// The answer to a question, found once. Of two threads that find it at the same time, the first one's number is the question's.
    pub(super) fn answer(&self, question: &Question) -> Arc<Answer> {
        let Ok(answer) = self.answers.get_or_find(
            question,
            |answer| answer.question == *question,
            || Ok::<_, Infallible>(self.answer_alone(question)),
        );
        answer
    }
}
