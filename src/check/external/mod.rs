//! Links to other sites, asked for one by one: only `letterpress check --external` comes here, and nothing else goes to the network.
//!
//! Each address is asked once, a host by two askers at most, and no longer when it has failed to answer twice. A host that answers robots with
//! a refusal is 'unverified', never 'broken'. Good answers are remembered in [`CACHE`] for some days, and written while others are waited for,
//! so that a run which is cut short keeps them; that makes this, beside [`crate::publish`], a writer of a file: its own alone.

mod asking;
mod cache;
mod host;
mod networks;
mod verdict;

pub use cache::CACHE;

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use jiff::civil::Date;

use super::policy;
use super::reading::Reading;
use crate::config::CheckSettings;
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::Document;
use crate::site::Site;
use asking::Asker;
use cache::Cache;
use host::Host;
use verdict::Verdict;

/// How many addresses are asked for at the same time.
const ASKERS: usize = 16;
/// How many of them ask the same host.
const ASKERS_A_HOST: usize = 2;

/// How long answers wait to be written.
const BETWEEN_WRITES: Duration = Duration::from_secs(1);

type Places<'a> = Vec<(&'a Document, Range<usize>)>;

/// Asks for every link to another site. `asked` is called after each with how many are done, and of how many.
#[must_use]
pub fn check_external(site: &Site, folder: &Path, asked: &(dyn Fn(usize, usize) + Sync)) -> Vec<Diagnostic> {
    let settings = &site.config.check;
    let links = links(site, settings);
    let mut cache = Cache::read(folder);
    cache.forget_before(site.today, settings.external_cache_days);
    let open: Vec<&str> = links.keys().map(String::as_str).filter(|address| !cache.holds(address)).collect();
    let mut answers = Answers { verdicts: Vec::new(), cache, folder, today: site.today, written: Instant::now() };
    ask(&open, settings, &mut answers, asked);
    let unwritten = answers.cache.write(folder).err();
    answers.verdicts.sort_by_key(|(address, _)| *address);
    let verdicts = answers.verdicts.iter();
    let mut found: Vec<Diagnostic> =
        verdicts.flat_map(|(address, verdict)| diagnostics(address, verdict, &links[*address])).collect();
    found.extend(unwritten.map(|error| not_kept(&error)));
    policy::settle_found(site, &mut found);
    found
}

/// What was answered so far.
struct Answers<'a> {
    verdicts: Vec<(&'a str, Verdict)>,
    cache: Cache,
    folder: &'a Path,
    today: Date,
    /// When the cache was last written.
    written: Instant,
}

impl<'a> Answers<'a> {
    fn take(&mut self, address: &'a str, verdict: Verdict) {
        if verdict == Verdict::Good {
            self.cache.remember(address, self.today);
        }
        self.verdicts.push((address, verdict));
        if self.written.elapsed() >= BETWEEN_WRITES {
            // The last write, at the end, reports why it failed.
            let _ = self.cache.write(self.folder);
            self.written = Instant::now();
        }
    }
}

fn not_kept(error: &io::Error) -> Diagnostic {
    Diagnostic::warning(Rule::ExternalCache, format!("the answers of other sites could not be kept: {error}"))
        .hint("the next run asks for all of them again")
}

/// Every address of another site, without its anchor, with the places that link to it.
fn links<'a>(site: &'a Site, settings: &CheckSettings) -> BTreeMap<String, Places<'a>> {
    let is_own = |address: &str| site.config.inside_own(address).is_some();
    let mut links: BTreeMap<String, Places<'a>> = BTreeMap::new();
    for document in site.live() {
        for (address, span) in addresses(document) {
            let address = address.split('#').next().unwrap_or_default().to_owned();
            if asking::is_askable(&address) && !is_own(&address) && !is_skipped(&address, settings) {
                links.entry(address).or_default().push((document, span));
            }
        }
    }
    links
}

/// A letter's own links are known to its reading, those of its guidance to its body.
fn addresses(document: &Document) -> Vec<(String, Range<usize>)> {
    let mut addresses = document.body.outside.clone();
    if document.letter.is_some() {
        addresses.extend(Reading::of(&document.uncached()).links.into_iter().map(|link| (link.target, link.span)));
    }
    addresses
}

fn is_skipped(address: &str, settings: &CheckSettings) -> bool {
    settings.external_skip.iter().any(|start| address.starts_with(start.as_str()))
}

/// Asks for all addresses.
fn ask<'a>(
    addresses: &[&'a str],
    settings: &CheckSettings,
    answers: &mut Answers<'a>,
    asked: &(dyn Fn(usize, usize) + Sync),
) {
    let asker = Asker::new(settings.external_timeout_seconds);
    let hosts = hosts(addresses);
    let queues = Mutex::new(queues(&hosts));
    let answers = Mutex::new(answers);
    // The lock must be open again before a queue is worked through, or one asker works at a time.
    let next = || lock(&queues).pop();
    std::thread::scope(|scope| {
        for _ in 0..ASKERS.min(addresses.len()) {
            scope.spawn(|| {
                while let Some(queue) = next() {
                    for (place, address) in queue.addresses.iter().enumerate() {
                        asker.pause(place, queue.host);
                        let verdict = asker.ask(address, queue.host);
                        let mut answers = lock(&answers);
                        answers.take(address, verdict);
                        asked(answers.verdicts.len(), addresses.len());
                    }
                }
            });
        }
    });
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A host, and the addresses at which it is asked.
type Hosts<'a> = BTreeMap<String, (Host, Vec<&'a str>)>;

/// What one asker asks one host.
struct Queue<'h, 'a> {
    host: &'h Host,
    addresses: &'h [&'a str],
}

fn hosts<'a>(addresses: &[&'a str]) -> Hosts<'a> {
    let mut hosts = Hosts::new();
    for address in addresses {
        hosts.entry(asking::host(address)).or_default().1.push(address);
    }
    hosts
}

/// Each host's addresses on as many queues as may ask it at once; the longest come last and so are taken first.
fn queues<'h, 'a>(hosts: &'h Hosts<'a>) -> Vec<Queue<'h, 'a>> {
    let parts = |(host, addresses): &'h (Host, Vec<&'a str>)| {
        let size = addresses.len().div_ceil(ASKERS_A_HOST);
        addresses.chunks(size).map(move |addresses| Queue { host, addresses })
    };
    let mut queues: Vec<Queue<'h, 'a>> = hosts.values().flat_map(parts).collect();
    queues.sort_by_key(|queue| queue.addresses.len());
    queues
}

/// A broken address is reported at each place that links to it, an unverified one at the first.
fn diagnostics(address: &str, verdict: &Verdict, places: &Places<'_>) -> Vec<Diagnostic> {
    match verdict {
        Verdict::Good => Vec::new(),
        Verdict::Broken(why) => places.iter().map(|(document, span)| broken(address, why, document, span)).collect(),
        Verdict::Unverified(why) => {
            places.iter().take(1).map(|(document, span)| unverified(address, why, document, span)).collect()
        }
    }
}

fn broken(address: &str, why: &str, document: &Document, span: &Range<usize>) -> Diagnostic {
    Diagnostic::error(Rule::BrokenExternalLink, format!("{address} leads nowhere: {why}"))
        .hint("link to where the page is now, or remove the link")
        .at(document.source(), span.clone())
}

fn unverified(address: &str, why: &str, document: &Document, span: &Range<usize>) -> Diagnostic {
    Diagnostic::warning(Rule::UnverifiedExternalLink, format!("{address} could not be verified: {why}"))
        .hint("open it in a browser; if it is there, name its beginning under `external_skip`")
        .at(document.source(), span.clone())
}
