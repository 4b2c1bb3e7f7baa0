//! Parts that are the same on many pages, such as a footer or an entry of a list: each is rendered once a build.
//!
//! A part sees the site and what it is handed, nothing of the page on which it stands; so its text follows from its template, its language and
//! what it was handed. Each page that shows it records what it asked, as if it had been rendered there.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use foldhash::fast::RandomState;
use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error, ErrorKind};

use super::functions;
use super::question::{Node, Question};
use super::view::{self, Session, View};
use super::world::Answer;
use crate::scratch::HeldText;
use crate::theme::Finished;

/// The parts that were rendered so far, each with what it asked.
#[derive(Debug, Default)]
pub(super) struct Parts(RwLock<HashMap<Key, Arc<Part>, RandomState>>);

/// A part as it was rendered, and what it asked.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) html: HeldText,
    pub(super) answers: Box<[Arc<Answer>]>,
}

/// All that a part depends on: language, template, and what it was handed.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Key(usize, String, Vec<(String, Handed)>);

/// What a part may be handed: what can be compared.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Handed {
    None,
    Flag(bool),
    Number(i64),
    Text(String),
    Record(Question),
}

impl Handed {
    fn of(value: &Value) -> Option<Self> {
        if let Some(view) = value.downcast_object_ref::<View>() {
            return match &view.node {
                Node::Ask(question) => Some(Self::Record(question.clone())),
                _ => None,
            };
        }
        if let Some(text) = value.as_str().filter(|_| !value.is_safe()) {
            return Some(Self::Text(text.to_owned()));
        }
        if value.is_none() {
            return Some(Self::None);
        }
        bool::try_from(value.clone()).map(Self::Flag).or_else(|_| i64::try_from(value.clone()).map(Self::Number)).ok()
    }
}

impl Key {
    fn new(language: usize, template: &str, handed: &[(String, Value)]) -> Result<Self, Error> {
        let keys = handed.iter().map(|(name, value)| Handed::of(value).map(|key| (name.clone(), key)).ok_or(name));
        let keys = keys.collect::<Result<_, _>>().map_err(|name| {
            let message = format!(
                "a shared part can be handed a record, text, a number, true or false; `{name}` is none of these"
            );
            Error::new(ErrorKind::InvalidOperation, message)
        })?;
        Ok(Self(language, template.to_owned(), keys))
    }

    /// Whether no other page can show the part, which therefore belongs to its page: a table of contents.
    fn is_of_one_page(&self) -> bool {
        self.2.iter().any(|(_, handed)| matches!(handed, Handed::Record(question) if question.is_of_one_page()))
    }
}

/// The part of that template, in the language of the session.
///
/// # Errors
/// What is wrong in the template; that it was handed something which no two pages can share.
pub(super) fn shared(
    session: &Arc<Session>,
    environment: &Environment<'_>,
    template: &str,
    own: &Kwargs,
) -> Result<Value, Error> {
    let handed = handed(own)?;
    let key = Key::new(session.language, template, &handed)?;
    if key.is_of_one_page() {
        let html = session.own_part(key, || html(session, environment, template, handed))?;
        return Ok(Value::from_object(Finished(html)));
    }
    let parts = &session.world.parts.0;
    let known = parts.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    let part = match known {
        Some(part) => part,
        None => {
            let part = Arc::new(rendered(session, environment, template, handed)?);
            parts.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&part));
            part
        }
    };
    let html = Value::from_object(Finished(Arc::clone(part.html.shared())));
    session.show(part);
    Ok(html)
}

fn handed(own: &Kwargs) -> Result<Vec<(String, Value)>, Error> {
    own.args().map(|name| Ok((name.to_owned(), own.get(name)?))).collect()
}

/// What the part is handed belongs to a session of its own, so that what it asks is known apart from what its page asks.
fn rendered(
    page: &Session,
    environment: &Environment<'_>,
    template: &str,
    handed: Vec<(String, Value)>,
) -> Result<Part, Error> {
    let session = Session::new(&page.world, page.language);
    let own = handed.into_iter().map(|(name, value)| {
        let node = value.downcast_object_ref::<View>().map(|view| view.node.clone());
        (name, node.map_or(value, |node| view::value(&session, &node)))
    });
    let html = html(&session, environment, template, own.collect())?;
    let html = HeldText::from(html);
    let html = match &page.world.scratch {
        Some(scratch) => html.put_down(scratch),
        None => html,
    };
    Ok(Part { html, answers: session.answers().iter().cloned().collect() })
}

fn html(
    session: &Arc<Session>,
    environment: &Environment<'_>,
    template: &str,
    own: Vec<(String, Value)>,
) -> Result<Arc<str>, Error> {
    let site = ("site".to_owned(), view::value(session, &Node::Ask(Question::Site(session.language))));
    let functions = functions::of(session).map(|(name, function)| (name.to_owned(), function));
    let context: BTreeMap<String, Value> = functions.into_iter().chain([site]).chain(own).collect();
    Ok(environment.get_template(template)?.render(Value::from(context))?.into())
}
