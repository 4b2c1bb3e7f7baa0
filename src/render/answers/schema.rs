//! Answers for structured data: a page's questions and steps.

use crate::document;
use crate::document::{Answered, Schema, Step};
use crate::render::question::{Node, Question};
use crate::render::world::{DocumentReader, Reader};
use crate::source::SourcePath;

/// What a page's schema is called, and its questions or steps, to be asked for.
pub(super) fn fields(document: DocumentReader<'_>) -> [(&'static str, Node); 3] {
    let schema = document.whole().schema();
    let asked = |wanted, question: fn(SourcePath) -> Question| match schema == wanted {
        true => Node::Ask(question(document.path().clone())),
        false => Node::list([]),
    };
    [
        ("schema", Node::text(schema.name())),
        ("questions", asked(Schema::Faq, Question::Questions)),
        ("steps", asked(Schema::HowTo, Question::Steps)),
    ]
}

/// The questions that a page answers.
pub(super) fn questions(reader: Reader<'_>, path: &SourcePath) -> Node {
    let Some(page) = reader.page(path) else { return Node::None };
    let node = |answered: Answered<'_>| {
        Node::record([
            ("id", Node::text(&answered.question.id)),
            ("question", Node::text(&answered.question.title)),
            ("answer", Node::text(answered.answer)),
        ])
    };
    Node::list(document::questions(page.body()).into_iter().map(node))
}

/// The steps that a page leads through.
pub(super) fn steps(reader: Reader<'_>, path: &SourcePath) -> Node {
    let Some(page) = reader.page(path) else { return Node::None };
    let node = |step: Step| {
        Node::record([
            ("id", Node::optional(step.anchor)),
            ("name", Node::optional(step.name)),
            ("text", Node::text(step.text)),
        ])
    };
    Node::list(document::steps(page.body()).into_iter().map(node))
}
