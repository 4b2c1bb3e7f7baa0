//! The functions and filters of templates, beyond those of minijinja.

use std::sync::Arc;

use jiff::civil::Date;
use minijinja::value::{Kwargs, Object, Value, from_args};
use minijinja::{Environment, Error, ErrorKind, State};
use percent_encoding::percent_decode_str;
use smallvec::SmallVec;

use super::answers::redirects::pattern;
use super::question::{Node, Question};
use super::session::Session;
use crate::site::language_prefix;

/// The name under which a template's context holds the session's words.
pub(super) const WORDS: &str = "t";

/// Adds the filters.
pub(super) fn register(environment: &mut Environment<'static>) {
    environment.add_filter("date", date);
    environment.add_filter("absolute", absolute);
    environment.add_filter("number", number);
    environment.add_filter("xml_text", xml_text);
    environment.add_filter("decoded", decoded);
    environment.add_filter("pattern", |url: &str| pattern(&decoded(url)));
}

/// What the templates of pages and of shared parts start from.
pub(super) fn of(session: &Arc<Session>) -> [(&'static str, Value); 3] {
    [
        (WORDS, Value::from_object(Words(Arc::clone(session)))),
        ("asset", Value::from_object(Asset(Arc::clone(session)))),
        ("url", Value::from_object(Url(Arc::clone(session)))),
    ]
}

/// `t("key", count=3, name="x")`: a string of the theme in the page's language.
#[derive(Debug)]
pub(super) struct Words(pub(super) Arc<Session>);

/// `asset("site.css")`: the address of a theme's asset.
#[derive(Debug)]
pub(super) struct Asset(pub(super) Arc<Session>);

/// `url("/a-z/")`: an address of the site in the page's language.
#[derive(Debug)]
pub(super) struct Url(pub(super) Arc<Session>);

impl Object for Words {
    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let (key, kwargs): (&str, Kwargs) = from_args(args)?;
        let mut values: SmallVec<[(&str, String); 2]> = SmallVec::new();
        let strings = self.0.strings();
        for name in kwargs.args() {
            let value = kwargs.peek::<Value>(name)?;
            let text = value.to_string();
            let written = strings.filter(|_| value.is_number()).map(|strings| strings.number(&text));
            values.push((name, written.unwrap_or(text)));
        }
        let count = kwargs.peek::<Option<i64>>("count").ok().flatten();
        let text = strings.and_then(|strings| strings.get(key, count, &values));
        text.map(Value::from)
            .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("the theme's strings have no `{key}`")))
    }
}

impl Object for Asset {
    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let (name,): (&str,) = from_args(args)?;
        match &self.0.ask(&Question::Asset(name.into())).node {
            Node::Text(url) => Ok(Value::from(Arc::clone(url))),
            _ => Err(Error::new(ErrorKind::InvalidOperation, format!("the theme has no asset `{name}`"))),
        }
    }
}

impl Object for Url {
    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let (path,): (&str,) = from_args(args)?;
        let config = self.0.base();
        let prefix = language_prefix(config, self.0.language);
        Ok(Value::from(format!("{}{prefix}{}", config.base_link, path.trim_start_matches('/'))))
    }
}

fn session(state: &State<'_, '_>) -> Result<Arc<Session>, Error> {
    let words = state.lookup(WORDS).and_then(|value| value.downcast_object::<Words>());
    let missing = || Error::new(ErrorKind::InvalidOperation, "this filter works only in the theme's templates");
    words.map(|words| Arc::clone(&words.0)).ok_or_else(missing)
}

/// `2026-03-05` → `5 March 2026`, in the page's language.
fn date(state: &State<'_, '_>, iso: &str) -> Result<String, Error> {
    let session = session(state)?;
    let date: Date =
        iso.get(..10).unwrap_or(iso).parse().map_err(|_| {
            Error::new(ErrorKind::InvalidOperation, format!("`{iso}` is not a date such as 2026-03-05"))
        })?;
    Ok(session.strings().map_or_else(|| date.to_string(), |strings| strings.date(date)))
}

/// A number with the digits of the page's language.
fn number(state: &State<'_, '_>, number: i64) -> Result<String, Error> {
    let session = session(state)?;
    Ok(session.strings().map_or_else(|| number.to_string(), |strings| strings.number(&number.to_string())))
}

/// An address with the scheme and host of the site.
fn absolute(state: &State<'_, '_>, url: &str) -> Result<String, Error> {
    let session = session(state)?;
    let origin = &session.base().origin;
    Ok(if url.starts_with('/') { format!("{origin}{url}") } else { url.to_owned() })
}

/// An address without percent signs, as hosts compare it with their rules.
fn decoded(url: &str) -> String {
    percent_decode_str(url).decode_utf8_lossy().into_owned()
}

/// Text without the characters that XML 1.0 § 2.2 does not allow.
fn xml_text(text: Value) -> Value {
    let allowed = |character: &char| matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    match text.as_str() {
        Some(plain) => Value::from(plain.chars().filter(allowed).collect::<String>()),
        None => text,
    }
}
