//! All that a template can see. Each look is recorded as a [`Question`], so that the page can be remembered with what it depends on.
//!
//! A [`View`] is a record or list whose fields are given out one by one; a field that is itself a question is asked, and recorded, at the
//! moment when a template reaches for it. Whatever a template does with a value (loop, filter, test, print, `tojson`) goes through
//! [`Object::get_value`] or [`Object::enumerate`].

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, Once, OnceLock, PoisonError};

use foldhash::fast::RandomState;
use minijinja::value::{Enumerator, Object, ObjectRepr, Value};
use smallvec::SmallVec;

use super::parts::{Asked, Key, Part};
use super::question::{Node, Question};
use super::world::{Answer, Traces, World};
use crate::config::Config;
use crate::document::holes;
use crate::output::{LEAST_SHARED, Pieces};
use crate::storage::StoredText;
use crate::theme::Strings;

/// Everything that a rendering asked; some of it more than once.
#[derive(Debug, Default)]
pub(super) struct Answers {
    own: Vec<Arc<Answer>>,
    parts: Vec<Arc<Part>>,
}

impl Answers {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Arc<Answer>> {
        self.own.iter().chain(self.parts.iter().flat_map(|part| part.answers.iter()))
    }
}

/// Parts in the order in which they are shown, which is nearly that in which they are written.
#[derive(Debug, Default)]
struct Shown {
    parts: Vec<Arc<Part>>,
    /// Behind the one that was written last.
    next: usize,
}

impl Shown {
    /// The part whose very memory these bytes are.
    fn find(&mut self, bytes: &[u8]) -> Option<&Arc<Part>> {
        let is_it = |part: &Arc<Part>| std::ptr::eq(part.html.as_bytes(), bytes);
        let (before, behind) = self.parts.split_at(self.next);
        let found =
            behind.iter().position(is_it).map(|at| self.next + at).or_else(|| before.iter().rposition(is_it))?;
        self.next = found + 1;
        self.parts.get(found)
    }
}

/// One rendering of one page, or of a part that pages share: where answers come from, and what was asked.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) world: Arc<World>,
    pub(super) language: usize,
    /// Answers that a rendering was given; some of them more than once.
    asked: Mutex<Vec<Arc<Answer>>>,
    /// The parts that pages share and this one shows.
    shown: Mutex<Shown>,
    /// The parts that no other page shows.
    own_parts: Mutex<Vec<(Key, Arc<str>)>>,
    /// Answers that no other rendering needs.
    own: Mutex<HashMap<Question, Arc<Answer>, RandomState>>,
    strings_asked: Once,
    base_asked: Once,
}

impl Session {
    pub(super) fn new(world: &Arc<World>, language: usize) -> Arc<Self> {
        Arc::new(Self {
            world: Arc::clone(world),
            language,
            asked: Mutex::default(),
            own: Mutex::default(),
            shown: Mutex::default(),
            own_parts: Mutex::default(),
            strings_asked: Once::new(),
            base_asked: Once::new(),
        })
    }

    /// The strings of the session's language, which almost every line of a template needs.
    pub(super) fn strings(&self) -> Option<&Strings> {
        self.strings_asked.call_once(|| drop(self.ask(&Question::Strings(self.language))));
        self.world.strings(self.language)
    }

    /// The site's settings, of which base path and origin may be looked at.
    pub(super) fn base(&self) -> &Config {
        self.base_asked.call_once(|| drop(self.ask(&Question::Base)));
        &self.world.site.config
    }

    /// The answer; the question is recorded.
    pub(super) fn ask(&self, question: &Question) -> Arc<Answer> {
        if question.is_of_one_page() {
            return self.ask_alone(question);
        }
        let answer = self.world.answer(question);
        if self.world.traces == Traces::Dropped {
            return answer;
        }
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&answer));
        answer
    }

    /// What only one page asks is kept as long as that page is rendered.
    fn ask_alone(&self, question: &Question) -> Arc<Answer> {
        if let Some(answer) = self.own().get(question) {
            return Arc::clone(answer);
        }
        let answer = Arc::new(self.world.answer_alone(question));
        self.own().insert(question.clone(), Arc::clone(&answer));
        answer
    }

    /// Says that a part that pages share is about to be written: what it asked, this page asked.
    pub(super) fn show(&self, part: Arc<Part>) {
        self.shown().parts.push(part);
    }

    /// A part that no other page shows, rendered at its first use.
    pub(super) fn own_part<E>(
        &self,
        asked: &Asked<'_>,
        html: impl FnOnce() -> Result<Arc<str>, E>,
    ) -> Result<Arc<str>, E> {
        let known = |parts: &Vec<(Key, Arc<str>)>| {
            parts.iter().find(|(known, _)| known.is(asked)).map(|(_, html)| Arc::clone(html))
        };
        if let Some(html) = known(&self.own_parts.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(html);
        }
        let html = html()?;
        self.own_parts.lock().unwrap_or_else(PoisonError::into_inner).push((asked.for_keeps(), Arc::clone(&html)));
        Ok(html)
    }

    /// Everything that was asked so far. The answers that nobody else needs are left out of it, but for their fingerprints.
    pub(super) fn answers(&self) -> Answers {
        if self.world.traces == Traces::Dropped {
            return Answers::default();
        }
        let own = std::mem::take(&mut *self.own());
        let own = own.into_values().map(|answer| Arc::new(answer.without_node()));
        let asked = std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner));
        Answers { own: own.chain(asked).collect(), parts: std::mem::take(&mut *self.shown()).parts }
    }

    /// The text of the shared part whose very memory these bytes are.
    fn shown_as(&self, bytes: &[u8]) -> Option<StoredText> {
        self.shown().find(bytes).map(|part| part.html.clone())
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn own(&self) -> MutexGuard<'_, HashMap<Question, Arc<Answer>, RandomState>> {
        self.own.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A page as it is written: parts that it shares with others are held once, and so is the HTML that its document holds.
pub(super) struct Sheet<'a> {
    session: &'a Session,
    pieces: Pieces,
    /// The HTML of the document's body that is still to come.
    body: &'a [StoredText],
}

impl<'a> Sheet<'a> {
    pub(super) fn new(session: &'a Session, body: &'a [StoredText]) -> Self {
        Self { session, pieces: Pieces::default(), body }
    }

    /// Adds text that may be the next part of the body with its holes filled, which is known by what stands between them.
    fn own(&mut self, bytes: &[u8]) {
        let Some((html, rest)) = self.body.split_first() else { return self.pieces.push(bytes) };
        if self.pieces.push_repeating(bytes, holes::between(html).map(|stretch| (html, stretch))) {
            self.body = rest;
        }
    }

    pub(super) fn finished(self) -> Pieces {
        self.pieces
    }
}

impl io::Write for &mut Sheet<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.len() < LEAST_SHARED {
            self.pieces.push(bytes);
        } else if let Some(part) = self.session.shown_as(bytes) {
            self.pieces.push_shared(&part);
        } else {
            self.own(bytes);
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
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

/// The field of that name. Most others are told from it by their first letter, without a comparison of all.
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
