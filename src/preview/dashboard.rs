//! The editor's dashboard: all pages with what an editor wants to know of them, as JSON for the dashboard's script.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use serde_json::{Value, json};

use super::reading_ease::reading_ease;
use super::snapshot::Snapshot;
use crate::collect::last_written;
use crate::config::Config;
use crate::document::{Document, Kind};
use crate::render;
use crate::site::{Change, Site};
use crate::source::SourcePath;
use crate::storage::Hash;

/// What was worked out for documents that stay the same.
#[derive(Debug, Default)]
pub(super) struct Dashboard {
    ease: Mutex<HashMap<Hash, Option<i64>>>,
}

/// How many coming changes are named.
const MOST_UPCOMING: usize = 60;

/// All that the dashboard shows.
pub(super) fn json(dashboard: &Dashboard, snapshot: &Snapshot) -> String {
    let site = &snapshot.site;
    let written = last_written(&snapshot.folder, site.documents.keys());
    let ease = eases(dashboard, site);
    let pages = site.documents.values().map(|(document, _)| {
        let (errors, warnings) = snapshot.problems.in_file(&document.path);
        json!({
            "title": document.front.title,
            "file": document.path.as_str(),
            "url": site.address_of(&document.path).map(|address| render::url(site, address)),
            "kind": kind(document.kind),
            "language": site.config.languages.get(document.language).map(|language| &language.code),
            "state": state(document, &site.config, site.today),
            "day": day(document).map(|day| day.to_string()),
            "words": words(document),
            "ease": ease.get(&document.hash).copied().flatten(),
            "edited": written.get(&document.path).map(ToString::to_string),
            "errors": errors,
            "warnings": warnings,
        })
    });
    json!({
        "title": site.config.title,
        "home": snapshot.home,
        "folder": snapshot.folder,
        "today": site.today.to_string(),
        "revision": snapshot.revision,
        "pages": pages.collect::<Vec<_>>(),
        "upcoming": upcoming(site),
    })
    .to_string()
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Home => "home",
        Kind::Section => "section",
        Kind::Page => "page",
        Kind::Article => "article",
        Kind::Letter => "letter",
        Kind::Topic => "topic",
    }
}

/// What a page is to an editor, also where drafts are shown.
fn state(document: &Document, config: &Config, today: Date) -> &'static str {
    let front = &document.front;
    match (front.ends(), front.starts(), front.review_by) {
        (Some(expires), ..) if expires <= today => "expired",
        _ if front.draft || front.is_withheld(config) => "draft",
        (_, Some(date), _) if date > today => "scheduled",
        (.., Some(review_by)) if review_by < today => "review due",
        _ => "published",
    }
}

/// The day that a page shows to readers.
fn day(document: &Document) -> Option<Date> {
    document.front.updated.max(document.front.date)
}

/// A letter's own words count beside those of its guidance.
fn words(document: &Document) -> usize {
    let letter = document.letter.as_ref().map(|letter| crate::letters::text(letter, &crate::letters::Words::default()));
    document.body.words + letter.map_or(0, |text| text.split_whitespace().count())
}

/// The reading ease of English documents, worked out once for each.
fn eases(dashboard: &Dashboard, site: &Site) -> HashMap<Hash, Option<i64>> {
    let mut known = dashboard.ease.lock().unwrap_or_else(PoisonError::into_inner);
    let of_document = |document: &Document| {
        let language = site.config.languages.get(document.language).map_or("", |language| &language.code);
        let is_english = language.split('-').next() == Some("en");
        is_english.then(|| reading_ease(document.body.sections.get().iter().map(|section| &*section.text))).flatten()
    };
    let now = site.documents.values().map(|(document, _)| {
        let ease = known.get(&document.hash).copied().unwrap_or_else(|| of_document(document));
        (document.hash, ease)
    });
    let now: HashMap<_, _> = now.collect();
    known.clone_from(&now);
    now
}

fn upcoming(site: &Site) -> Vec<Value> {
    let titles: HashMap<&SourcePath, &str> =
        site.documents.values().map(|(document, _)| (&document.path, document.front.title.as_str())).collect();
    let changes = site.upcoming().into_iter().take(MOST_UPCOMING);
    let change = |upcoming: crate::site::Upcoming| {
        let what = match upcoming.change {
            Change::Published => "is published",
            Change::ReviewDue => "is to be read again",
            Change::Withdrawn => "is withdrawn",
        };
        let title = titles.get(&upcoming.path).copied().unwrap_or_default();
        json!({ "day": upcoming.day.to_string(), "what": what, "title": title, "file": upcoming.path.as_str() })
    };
    changes.map(change).collect()
}
