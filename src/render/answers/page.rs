//! Answers about a page of its own: what it shows, its letter, and the pages beside it.

use super::body::whole;
use super::schema;
use super::summary::{summaries, summary_fields, summary_of};
use crate::letters;
use crate::letters::Blanks;
use crate::render::question::{Node, Question};
use crate::render::world::Reader;
use crate::source::SourcePath;

/// A page of its own.
pub(super) fn page(reader: Reader<'_>, path: &SourcePath) -> Node {
    let Some(page) = reader.page(path) else { return Node::None };
    let document = page.document();
    let front = document.front();
    let headings = document.body().headings.iter().filter(|heading| heading.level == 2).count();
    let is_letter = document.is_letter();
    let mut fields = summary_fields(reader, page);
    fields.extend([
        ("parts", Node::Ask(Question::Parts(path.clone()))),
        ("toc", Node::Ask(Question::Contents(path.clone()))),
        ("show_toc", Node::Flag(front.toc.unwrap_or(headings >= 3))),
        ("review_by", Node::optional(front.review_by.map(|date| date.to_string()))),
        ("reviewed", Node::optional(front.updated.or(front.date).map(|date| date.to_string()))),
        ("previous", Node::Ask(Question::Neighbour(path.clone(), false))),
        ("next", Node::Ask(Question::Neighbour(path.clone(), true))),
        ("related", Node::Ask(Question::Related(path.clone()))),
        ("letters", Node::Ask(Question::Letters(path.clone()))),
        ("articles", Node::Ask(Question::Articles(path.clone()))),
        ("source", Node::text(path.as_str())),
        ("letter", if is_letter { Node::Ask(Question::Letter(path.clone(), true)) } else { Node::None }),
    ]);
    fields.extend(schema::fields(document));
    Node::record(fields)
}

/// A letter shown in an article: its summary, and the letter without a form.
pub(super) fn placed_letter(reader: Reader<'_>, path: &SourcePath) -> Node {
    let Some(page) = reader.page(path) else { return Node::None };
    let mut fields = summary_fields(reader, page);
    fields.push(("letter", Node::Ask(Question::Letter(path.clone(), false))));
    Node::record(fields)
}

/// The page before or after in its section.
pub(super) fn neighbour(reader: Reader<'_>, path: &SourcePath, next: bool) -> Node {
    let neighbour = reader.page(path).and_then(|page| page.neighbour(next));
    neighbour.map_or(Node::None, |id| summary_of(reader, id))
}

pub(super) fn related(reader: Reader<'_>, path: &SourcePath) -> Node {
    summaries(reader, reader.page(path).map(|page| page.related()).unwrap_or_default())
}

pub(super) fn letters(reader: Reader<'_>, path: &SourcePath) -> Node {
    summaries(reader, reader.page(path).map(|page| page.letters()).unwrap_or_default())
}

pub(super) fn articles(reader: Reader<'_>, path: &SourcePath) -> Node {
    summaries(reader, reader.page(path).map(|page| page.articles()).unwrap_or_default())
}

/// A letter with its fields.
pub(super) fn letter(reader: Reader<'_>, path: &SourcePath, has_form: bool) -> Node {
    let Some(page) = reader.page(path) else { return Node::None };
    let document = page.document();
    let Some(letter) = document.letter() else { return Node::None };
    let words = &reader.letter_words[document.language()];
    let blanks = if has_form { Blanks::Links } else { Blanks::Plain };
    let subject = letters::subject_html(letter, blanks, words);
    Node::record([
        ("subject", subject.map_or(Node::None, |html| Node::Html(html.into()))),
        ("html", Node::Html(letters::html(letter, blanks, words).into())),
        ("guidance", whole(reader, document)),
        ("fields", Node::list(letter.fields.iter().map(|field| field_node(&field.in_words(words))))),
        ("field_count", Node::count(letter.blank_count())),
        ("choices_count", Node::count(letter.choice_count())),
        ("is_email", Node::Flag(letter.is_email())),
    ])
}

fn field_node(field: &letters::Field) -> Node {
    Node::record([
        ("id", Node::text(&field.id)),
        ("name", Node::text(&field.name)),
        ("label", Node::text(&field.label)),
        ("type", Node::text(field.kind.name())),
        ("hint", Node::text(&field.hint)),
        ("example", Node::text(&field.example)),
        ("suggestions", Node::list(field.suggestions.iter().map(Node::text))),
        ("choices", Node::list(field.choices.iter().map(Node::text))),
        ("required", Node::Flag(field.required)),
        ("default", Node::text(&field.default)),
        ("autocomplete", Node::text(&field.autocomplete)),
        ("shared", Node::Flag(field.shared)),
        ("optional", Node::Flag(field.optional)),
    ])
}
