//! Snapshots → server-sent events for one browser (HTML § 9.2).
//!
//! A browser sends which file it shows, the hash of its bytes and which snapshot it knows, and receives the difference to the latest one. So it
//! may come late, miss snapshots or come back after a restart: nothing is lost, and a page that an edit doesn't touch hears nothing.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, unfold};
use percent_encoding::percent_decode_str;
use serde_json::json;
use tokio::sync::watch;

use super::media::Stale;
use super::snapshot::{Channel, Snapshot};
use crate::render;
use crate::site::State;
use crate::source::SourcePath;

/// The events for a browser that asked with this query.
pub(super) fn stream(channel: &Channel, query: &str) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let mut proofs = channel.reader();
    proofs.mark_changed();
    let browser = Browser { proofs, view: View::of(query), waiting: VecDeque::new() };
    let events = unfold(browser, |mut browser| async move { browser.next().await.map(|event| (Ok(event), browser)) });
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

struct Browser {
    proofs: watch::Receiver<Option<Arc<Snapshot>>>,
    view: View,
    waiting: VecDeque<Event>,
}

impl Browser {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            self.proofs.changed().await.ok()?;
            let snapshot = self.proofs.borrow_and_update().clone();
            if let Some(snapshot) = snapshot {
                self.waiting.extend(
                    self.view
                        .updates(&snapshot)
                        .into_iter()
                        .map(|(name, data)| Event::default().event(name).data(data)),
                );
            }
        }
    }
}

/// What a browser shows.
#[derive(Debug, Default)]
struct View {
    /// The file in view; none on the dashboard.
    file: Option<String>,
    /// The hash of its bytes; none where there is no such file.
    hash: Option<String>,
    /// The document that it was made from.
    source: Option<SourcePath>,
    /// The diagnostics that it knows.
    problems: Option<Arc<str>>,
    /// The latest snapshot that it knows: that of its page, or of the last event.
    revision: Option<u64>,
    /// The state in which it knows images and other files that keep their address.
    media: Option<String>,
}

type Update = (&'static str, String);

impl View {
    fn of(query: &str) -> Self {
        let mut view = Self::default();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
            match name {
                "file" => view.file = Some(value),
                "hash" if !value.is_empty() => view.hash = Some(value),
                "revision" => view.revision = value.parse().ok(),
                "media" => view.media = Some(value),
                _ => {}
            }
        }
        view
    }

    /// What the browser needs to show the snapshot.
    fn updates(&mut self, snapshot: &Snapshot) -> Vec<Update> {
        let mut updates = Vec::new();
        if self.problems.as_ref() != Some(&snapshot.problems.json) {
            self.problems = Some(Arc::clone(&snapshot.problems.json));
            updates.push(("faults", snapshot.problems.json.to_string()));
        }
        updates.extend(self.page(snapshot));
        updates.extend(self.media(snapshot));
        updates.extend(self.follow(snapshot));
        self.revision = Some(snapshot.revision);
        let known = json!({ "revision": snapshot.revision.to_string(), "media": snapshot.media.state() });
        updates.push(("proof", known.to_string()));
        updates
    }

    /// A change of the page in view.
    fn page(&mut self, snapshot: &Snapshot) -> Option<Update> {
        let file = self.file.as_deref()?;
        let now = snapshot.file(file).map(|artifact| artifact.fingerprint.to_string());
        if now.is_some() {
            self.source = snapshot.source_of(file).or_else(|| self.source.take());
        }
        if now == self.hash {
            return None;
        }
        self.hash.clone_from(&now);
        Some(match now {
            Some(hash) => ("page", json!({ "hash": hash }).to_string()),
            None => ("gone", self.gone(snapshot)),
        })
    }

    /// Where a page went that is no longer there.
    fn gone(&self, snapshot: &Snapshot) -> String {
        let document = self.source.as_ref().and_then(|source| snapshot.site.documents.get(source));
        let address = self.source.as_ref().and_then(|source| snapshot.site.address_of(source));
        let url = address.map(|address| render::url(&snapshot.site, address));
        let reason = match document.map(|(_, state)| state) {
            Some(State::Live) => "moved",
            Some(State::Draft | State::Withheld) => "draft",
            Some(State::Scheduled(_)) => "scheduled",
            Some(State::Expired(_)) => "expired",
            None => "removed",
        };
        json!({ "reason": reason, "source": self.source.as_ref().map(SourcePath::as_str), "url": url, "home": snapshot.home }).to_string()
    }

    /// Images that the browser must fetch again; null for all that it shows.
    fn media(&mut self, snapshot: &Snapshot) -> Option<Update> {
        let known = self.media.replace(snapshot.media.state().to_owned())?;
        match snapshot.media.since(&known) {
            Stale::At(addresses) if addresses.is_empty() => None,
            Stale::At(addresses) => Some(("media", json!(addresses).to_string())),
            Stale::Everything => Some(("media", json!(null).to_string())),
        }
    }

    /// The page that was edited since the last snapshot that the browser knows. It can't be known after a restart, which counts from one.
    fn follow(&self, snapshot: &Snapshot) -> Option<Update> {
        let seen = self.revision.filter(|seen| *seen <= snapshot.revision)?;
        let (revision, url) = snapshot.followed.as_ref().filter(|(revision, _)| *revision > seen)?;
        Some(("follow", json!({ "url": url, "revision": revision.to_string() }).to_string()))
    }
}
