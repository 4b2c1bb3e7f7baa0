//! All that a template can see. Each look is recorded as a [`Question`], so that the page can be remembered with what it depends on.
//!
//! A [`View`] is a record or list whose fields are given out one by one; a field that is itself a question is asked, and recorded, at the
//! moment when a template reaches for it. Whatever a template does with a value (loop, filter, test, print, `tojson`) goes through
//! [`Object::get_value`] or [`Object::enumerate`].

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::value::{Enumerator, Object, ObjectRepr, Value};

use super::question::{Node, Question};
use super::world::World;

/// One rendering of one page: where answers come from, and what was asked.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) world: Arc<World>,
    pub(super) language: usize,
    asked: Mutex<BTreeSet<Question>>,
}

impl Session {
    pub(super) fn new(world: &Arc<World>, language: usize) -> Arc<Self> {
        Arc::new(Self { world: Arc::clone(world), language, asked: Mutex::default() })
    }

    /// The answer; the question is recorded.
    pub(super) fn ask(&self, question: &Question) -> Node {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if !asked.contains(question) {
            asked.insert(question.clone());
        }
        drop(asked);
        self.world.answer(question).node.clone()
    }

    /// Everything that was asked so far.
    pub(super) fn questions(&self) -> Vec<Question> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

/// What a template gets for a node.
pub(super) fn value(session: &Arc<Session>, node: &Node) -> Value {
    match node {
        Node::None => Value::from(()),
        Node::Flag(flag) => Value::from(*flag),
        Node::Number(number) => Value::from(*number),
        Node::Text(text) => Value::from(Arc::clone(text)),
        Node::Html(html) => Value::from_safe_string(html.to_string()),
        Node::List(_) | Node::Record(_) | Node::Table(_) => view(session, node),
        Node::Ask(question) if question.is_record() => view(session, node),
        Node::Ask(question) => value(session, &session.ask(question)),
    }
}

fn view(session: &Arc<Session>, node: &Node) -> Value {
    Value::from_object(View { session: Arc::clone(session), node: node.clone() })
}

/// A record or a list.
struct View {
    session: Arc<Session>,
    node: Node,
}

impl View {
    /// The record or list itself; a question is asked now.
    fn opened(&self) -> Node {
        let mut node = self.node.clone();
        while let Node::Ask(question) = &node {
            node = self.session.ask(question);
        }
        node
    }
}

impl fmt::Debug for View {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.node, formatter)
    }
}

impl Object for View {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        if matches!(self.node, Node::List(_)) { ObjectRepr::Seq } else { ObjectRepr::Map }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let node = match self.opened() {
            Node::List(nodes) => nodes.get(key.as_usize()?)?.clone(),
            Node::Record(fields) => {
                let key = key.as_str()?;
                fields.iter().find(|(name, _)| *name == key)?.1.clone()
            }
            Node::Table(fields) => {
                let key = key.as_str()?;
                fields.iter().find(|(name, _)| **name == *key)?.1.clone()
            }
            _ => return None,
        };
        Some(value(&self.session, &node))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        match self.opened() {
            Node::List(nodes) => Enumerator::Seq(nodes.len()),
            Node::Record(fields) => Enumerator::Values(fields.iter().map(|(name, _)| Value::from(*name)).collect()),
            Node::Table(fields) => {
                Enumerator::Values(fields.iter().map(|(name, _)| Value::from(Arc::clone(name))).collect())
            }
            _ => Enumerator::Empty,
        }
    }
}
