//! Parts that are the same on many pages, such as a footer or an entry of a list: each is rendered once a build.
//!
//! A part sees the site and its arguments, nothing of the page that shows it; so its text follows from its template, its language and
//! its arguments. Each page that shows it records what it asked, as if it had been rendered in place.

use std::borrow::Cow;
use std::sync::Arc;

use minijinja::value::{Kwargs, Object, Value, ValueKind, from_args};
use minijinja::{Environment, Error, ErrorKind, State};
use smallvec::SmallVec;

use super::part::{Asked, Handed, Handing, Part};
use super::question::{Node, Question};
use super::session::Session;
use super::view::View;
use super::{functions, view};
use crate::storage::StoredText;
use crate::theme::Finished;

/// `shared("partials/footer.html", where="page")`: a part that is the same on many pages.
#[derive(Debug)]
struct Shared(Arc<Session>);

impl Object for Shared {
    fn call(self: &Arc<Self>, state: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let (template, own): (&str, Kwargs) = from_args(args)?;
        shared(&self.0, state.env(), template, &own)
    }
}

/// What only pages have: a shared part has no further ones.
pub(super) fn function(session: &Arc<Session>) -> (&'static str, Value) {
    ("shared", Value::from_object(Shared(Arc::clone(session))))
}

/// The argument that is a list: the part is rendered once for each item, which it receives as [`ITEM`].
const ITEMS: &str = "items";

/// The name of one of a list.
const ITEM: &str = "item";

/// The part of that template, in the language of the session.
///
/// # Errors
/// An error of the template, or an argument that can't be compared.
fn shared(session: &Arc<Session>, environment: &Environment<'_>, template: &str, own: &Kwargs) -> Result<Value, Error> {
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
    let asked = Asked::new(session.language, template, handings(handed)?);
    if asked.is_of_one_page() {
        return session.own_part(&asked, || html(session, environment, template, handed));
    }
    let is_it = |part: &Part| part.key.is(&asked);
    let part = session.rendering.parts.get_or_find(&asked, is_it, || rendered(session, environment, &asked, handed))?;
    let html = Arc::clone(part.html.shared());
    session.show(part);
    Ok(html)
}

/// Arguments are views of a session of the part's own, so that what it asks is recorded apart from what its page asks.
fn rendered(
    page: &Session,
    environment: &Environment<'_>,
    asked: &Asked<'_>,
    handed: &[(&str, Value)],
) -> Result<Part, Error> {
    let session = Session::new(&page.rendering, page.language);
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

/// The arguments of a part, as they are compared.
fn handings<'a>(handed: &'a [(&'a str, Value)]) -> Result<SmallVec<[(&'a str, Handing<'a>); 4]>, Error> {
    let handed = handed.iter().map(|(name, value)| handing(value).map(|handed| (*name, handed)).ok_or(name));
    handed.collect::<Result<_, _>>().map_err(|name| {
        let message =
            format!("a shared part can be handed a record, text, a number, true or false; `{name}` is none of these");
        Error::new(ErrorKind::InvalidOperation, message)
    })
}

fn handing(value: &Value) -> Option<Handing<'_>> {
    if let Some(view) = value.downcast_object_ref::<View>() {
        return match &view.node {
            Node::Ask(question) => Some(Handed::Record(question)),
            _ => None,
        };
    }
    if let Some(text) = value.as_str().filter(|_| !value.is_safe()) {
        return Some(Handed::Text(text));
    }
    if value.is_none() {
        return Some(Handed::None);
    }
    bool::try_from(value.clone()).map(Handed::Flag).or_else(|_| i64::try_from(value.clone()).map(Handed::Number)).ok()
}
