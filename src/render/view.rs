//! All that a template can see. Each look is recorded as a [`Question`], so that the page can be remembered with what it depends on.
//!
//! A [`View`] is a record or list whose fields are given out one by one; a field that is itself a question is asked, and recorded, at the
//! moment when a template reaches for it. Whatever a template does with a value (loop, filter, test, print, `tojson`) goes through
//! [`Object::get_value`] or [`Object::enumerate`].

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use minijinja::value::{Enumerator, Object, ObjectRepr, Value};
use smallvec::SmallVec;

use super::question::Node;
use super::session::Session;

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
        Node::Ask(question) => value(session, &session.ask(question).node),
    }
}

fn view(session: &Arc<Session>, node: &Node) -> Value {
    Value::from_object(View { session: Arc::clone(session), node: node.clone(), opened: OnceLock::new() })
}

/// The names that a template starts from. Of two that are alike the later one holds.
#[derive(Debug)]
pub(super) struct Scope(SmallVec<[(Cow<'static, str>, Value); 10]>);

impl Scope {
    pub(super) fn value(names: impl Iterator<Item = (Cow<'static, str>, Value)>) -> Value {
        Value::from_object(Self(names.collect()))
    }
}

impl Object for Scope {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, name: &str) -> Option<Value> {
        self.0.iter().rev().find(|(known, _)| *known == *name).map(|(_, value)| value.clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.0.iter().map(|(name, _)| Value::from(&**name)).collect())
    }
}

/// A record or a list.
pub(super) struct View {
    session: Arc<Session>,
    pub(super) node: Node,
    opened: OnceLock<Node>,
}

impl View {
    /// The record or list itself; a question is asked when it is first looked into.
    fn opened(&self) -> &Node {
        self.opened.get_or_init(|| {
            let mut node = self.node.clone();
            while let Node::Ask(question) = &node {
                node = self.session.ask(question).node.clone();
            }
            node
        })
    }
}

/// The field of that name. First letters are compared first, which rules out most others.
fn field<'a>(fields: &'a [(&'static str, Node)], wanted: &str) -> Option<&'a Node> {
    let is_it = |name: &str| name.as_bytes().first() == wanted.as_bytes().first() && name == wanted;
    fields.iter().find(|(name, _)| is_it(name)).map(|(_, node)| node)
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
        match (self.opened(), key.as_str()) {
            (Node::List(nodes), None) => Some(value(&self.session, nodes.get(key.as_usize()?)?)),
            (_, Some(name)) => self.get_value_by_str(name),
            _ => None,
        }
    }

    fn get_value_by_str(self: &Arc<Self>, name: &str) -> Option<Value> {
        let node = match self.opened() {
            Node::Record(fields) => field(fields, name)?,
            Node::Table(fields) => &fields.iter().find(|(known, _)| **known == *name)?.1,
            _ => return None,
        };
        Some(value(&self.session, node))
    }

    fn enumerator_len(self: &Arc<Self>) -> Option<usize> {
        Some(match self.opened() {
            Node::List(nodes) => nodes.len(),
            Node::Record(fields) => fields.len(),
            Node::Table(fields) => fields.len(),
            _ => 0,
        })
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
