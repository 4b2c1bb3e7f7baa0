//! Parts that are the same on many pages, such as a footer or an entry of a list: each is rendered once a build.
//!
//! A part sees the site and what it is handed, nothing of the page on which it stands; so its text follows from its template, its language and
//! what it was handed. Each page that shows it records what it asked, as if it had been rendered there.

use std::borrow::Cow;
use std::sync::Arc;

use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind};
use smallvec::SmallVec;

use super::question::{Node, Question};
use super::view::{Session, View};
use super::world::Answer;
use super::{functions, view};
use crate::storage::StoredText;
use crate::theme::Finished;

/// A part as it was rendered, and what it asked.
#[derive(Debug)]
pub(super) struct Part {
    key: Key,
    pub(super) html: StoredText,
    pub(super) answers: Box<[Arc<Answer>]>,
}

/// All that a part depends on, as a template says it: language, template, and what it is handed. Most parts that are asked for are known, so
/// nothing is copied for the question.
#[derive(Hash)]
pub(super) struct Asked<'a> {
    language: usize,
    template: &'a str,
    handed: SmallVec<[(&'a str, Handing<'a>); 4]>,
}

/// The same for keeps.
#[derive(Debug)]
pub(super) struct Key {
    language: usize,
    template: Box<str>,
    handed: Box<[(Box<str>, HandedOver)]>,
}

/// What a part is handed, where it stands in a template.
type Handing<'a> = Handed<&'a str, &'a Question>;

/// The same for keeps.
type HandedOver = Handed<Box<str>, Question>;

/// What a part may be handed: what can be compared.
#[derive(Debug, Hash)]
enum Handed<T, Q> {
    None,
    Flag(bool),
    Number(i64),
    Text(T),
    Record(Q),
}

impl<'a> Handing<'a> {
    fn of(value: &'a Value) -> Option<Self> {
        if let Some(view) = value.downcast_object_ref::<View>() {
            return match &view.node {
                Node::Ask(question) => Some(Self::Record(question)),
                _ => None,
            };
        }
        if let Some(text) = value.as_str().filter(|_| !value.is_safe()) {
            return Some(Self::Text(text));
        }
        if value.is_none() {
            return Some(Self::None);
        }
        bool::try_from(value.clone()).map(Self::Flag).or_else(|_| i64::try_from(value.clone()).map(Self::Number)).ok()
    }

    fn for_keeps(&self) -> HandedOver {
        match *self {
            Self::None => Handed::None,
            Self::Flag(flag) => Handed::Flag(flag),
            Self::Number(number) => Handed::Number(number),
            Self::Text(text) => Handed::Text(text.into()),
            Self::Record(question) => Handed::Record(question.clone()),
        }
    }
}

impl HandedOver {
    fn is(&self, asked: &Handing<'_>) -> bool {
        match (self, asked) {
            (Self::None, Handed::None) => true,
            (Self::Flag(flag), Handed::Flag(asked)) => flag == asked,
            (Self::Number(number), Handed::Number(asked)) => number == asked,
            (Self::Text(text), Handed::Text(asked)) => **text == **asked,
            (Self::Record(question), Handed::Record(asked)) => question == *asked,
            _ => false,
        }
    }
}

impl<'a> Asked<'a> {
    fn new(language: usize, template: &'a str, handed: &'a [(&'a str, Value)]) -> Result<Self, Error> {
        let handed = handed.iter().map(|(name, value)| Handed::of(value).map(|handed| (*name, handed)).ok_or(name));
        let handed = handed.collect::<Result<_, _>>().map_err(|name| {
            let message = format!(
                "a shared part can be handed a record, text, a number, true or false; `{name}` is none of these"
            );
            Error::new(ErrorKind::InvalidOperation, message)
        })?;
        Ok(Self { language, template, handed })
    }

    pub(super) fn for_keeps(&self) -> Key {
        let handed = self.handed.iter().map(|(name, handed)| ((*name).into(), handed.for_keeps()));
        Key { language: self.language, template: self.template.into(), handed: handed.collect() }
    }

    /// Whether no other page can show the part, which therefore belongs to its page: a table of contents.
    fn is_of_one_page(&self) -> bool {
        self.handed.iter().any(|(_, handed)| matches!(handed, Handed::Record(question) if question.is_of_one_page()))
    }
}

impl Key {
    pub(super) fn is(&self, asked: &Asked<'_>) -> bool {
        let is_handed = || {
            let pairs = self.handed.iter().zip(&asked.handed);
            self.handed.len() == asked.handed.len()
                && pairs.into_iter().all(|((name, handed), asked)| **name == *asked.0 && handed.is(&asked.1))
        };
        self.language == asked.language && *self.template == *asked.template && is_handed()
    }
}

/// The name under which a part is handed a list: it stands there once for each of it, handed over as [`ITEM`].
const ITEMS: &str = "items";
/// The name of one of a list.
const ITEM: &str = "item";

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
    let mut handed: SmallVec<[(&str, Value); 4]> =
        own.args().map(|name| Ok((name, own.peek(name)?))).collect::<Result<_, Error>>()?;
    let is_list = |value: &Value| matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable);
    let Some(place) = handed.iter().position(|(name, value)| *name == ITEMS && is_list(value)) else {
        return Ok(Value::from_object(Finished::Text(part(session, environment, template, &handed)?)));
    };
    let mut texts = Vec::new();
    for item in std::mem::take(&mut handed[place].1).try_iter()? {
        handed[place] = (ITEM, item);
        texts.push(part(session, environment, template, &handed)?);
    }
    Ok(Value::from_object(Finished::Texts(texts.into())))
}

/// One part, which the session is about to show.
fn part(
    session: &Arc<Session>,
    environment: &Environment<'_>,
    template: &str,
    handed: &[(&str, Value)],
) -> Result<Arc<str>, Error> {
    let asked = Asked::new(session.language, template, handed)?;
    if asked.is_of_one_page() {
        return session.own_part(&asked, || html(session, environment, template, handed));
    }
    let is_it = |part: &Part| part.key.is(&asked);
    let part = session.world.parts.get_or_find(&asked, is_it, || rendered(session, environment, &asked, handed))?;
    let html = Arc::clone(part.html.shared());
    session.show(part);
    Ok(html)
}

/// What the part is handed belongs to a session of its own, so that what it asks is known apart from what its page asks.
fn rendered(
    page: &Session,
    environment: &Environment<'_>,
    asked: &Asked<'_>,
    handed: &[(&str, Value)],
) -> Result<Part, Error> {
    let session = Session::new(&page.world, page.language);
    let own = handed.iter().map(|(name, value)| {
        let node = value.downcast_object_ref::<View>().map(|view| &view.node);
        (*name, node.map_or_else(|| value.clone(), |node| view::value(&session, node)))
    });
    let own: SmallVec<[(&str, Value); 4]> = own.collect();
    let html = StoredText::from(html(&session, environment, asked.template, &own)?);
    Ok(Part { key: asked.for_keeps(), html, answers: session.answers().iter().cloned().collect() })
}

fn html(
    session: &Arc<Session>,
    environment: &Environment<'_>,
    template: &str,
    own: &[(&str, Value)],
) -> Result<Arc<str>, Error> {
    let site = ("site", view::value(session, &Node::Ask(Question::Site(session.language))));
    let given = functions::of(session).into_iter().chain([site]).map(|(name, value)| (Cow::Borrowed(name), value));
    let own = own.iter().map(|(name, value)| (Cow::Owned((*name).to_owned()), value.clone()));
    let context = view::Scope::value(given.chain(own));
    Ok(environment.get_template(template)?.render(context)?.into())
}
