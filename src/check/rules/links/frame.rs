//! The ids of a theme's own elements, read off its templates, and what of an editor's has the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Finding, Whole};
use crate::collect::ThemeFiles;
use crate::document::{Document, Kind};

const FOLDER: &str = "templates/";

/// Places on a page that are named as an element of its frame.
pub(crate) fn clashes(whole: &Whole<'_>, diagnostics: &mut Vec<Finding>) {
    let mut frames: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for document in whole.site.live().filter(|document| !document.body.anchors.is_empty()) {
        let frame = frames.entry(template_of(document)).or_insert_with_key(|template| ids(whole.theme, template));
        for anchor in &document.body.anchors {
            if frame.contains(&*anchor.id) || is_of_field(document, &anchor.id) {
                let message = format!("`{}` is the name of a part of the page around this text", anchor.id);
                let hint = format!("give it another name: write `{{#about-{}}}` behind the heading", anchor.id);
                diagnostics.push(Finding::new(message).at(document.source(), anchor.span.clone()).hint(hint));
            }
        }
    }
}

fn template_of(document: &Document) -> &'static str {
    match document.kind {
        Kind::Home => "home.html",
        Kind::Section if document.key.ends_with("letters/_index") => "letters.html",
        Kind::Section => "section.html",
        Kind::Topic => "topic.html",
        Kind::Page => "page.html",
        Kind::Article => "article.html",
        Kind::Letter => "letter.html",
    }
}

fn is_of_field(document: &Document, id: &str) -> bool {
    let fields = document.letter.as_ref().map(|letter| letter.fields.as_slice()).unwrap_or_default();
    fields.iter().any(|field| id.strip_prefix("field-") == Some(&field.id))
}

/// The ids in a template and in all that it includes or extends. One that a template puts together is not known here.
fn ids(theme: &ThemeFiles, template: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut open = vec![template.to_owned()];
    let mut ids = BTreeSet::new();
    while let Some(name) = open.pop() {
        let Some(source) = theme.files.get(&format!("{FOLDER}{name}")) else { continue };
        if !seen.insert(name) {
            continue;
        }
        let text = source.lossy_text();
        open.extend(text.split('"').skip(1).filter(|quoted| quoted.ends_with(".html")).map(str::to_owned));
        let values = text.match_indices(" id=\"").map(|(at, start)| &text[at + start.len()..]);
        let known = values.filter_map(|value| value.split('"').next()).filter(|id| !id.is_empty() && !id.contains('{'));
        ids.extend(known.map(str::to_owned));
    }
    ids
}
