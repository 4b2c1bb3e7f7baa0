//! Links to other sites, asked for one by one: only `letterpress check --external` comes here, and nothing else goes to the network.
//!
//! Each address is asked once, a host by two askers at most. A host that answers robots with a refusal is 'unverified', never 'broken'.
//! Good answers are remembered in [`CACHE`] for some days, which makes this, beside [`crate::publish`], a writer of a file: its own alone.

mod asking;
mod cache;

pub use cache::CACHE;

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Mutex;

use super::reading::Reading;
use super::{Rule, elsewhere, policy};
use crate::collect::CheckSettings;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::site::Site;
use asking::{Asker, Verdict};
use cache::Cache;

pub(super) const RULES: &[Rule] = &[
    elsewhere::error(
        "broken-external-link",
        "A link that leads nowhere costs a reader's trust (asked for by `check --external` alone).",
        "[the rules](https://www.example.org/gone)",
        "Link to where the page is now, or remove the link.",
    ),
    elsewhere::warning(
        "unverified-external-link",
        "A host that refuses robots, or doesn't answer now, may still serve readers.",
        "[our page](https://www.linkedin.com/company/…)",
        "Open it in a browser; name the host under `external_skip` if it always refuses.",
    ),
];

/// How many addresses are asked for at the same time.
const ASKERS: usize = 16;
/// How many of them ask the same host.
const ASKERS_A_HOST: usize = 2;

type Places<'a> = Vec<(&'a Document, Range<usize>)>;

/// Asks for every link to another site. `asked` is told after each how many are done, and of how many.
///
/// # Errors
/// When the cache can't be read or written.
pub fn check_external(
    site: &Site,
    folder: &Path,
    asked: &(dyn Fn(usize, usize) + Sync),
) -> io::Result<Vec<Diagnostic>> {
    let settings = &site.config.check;
    let links = links(site, settings);
    let mut cache = Cache::read(folder)?;
    cache.forget_before(site.today, settings.external_cache_days);
    let open: Vec<&str> = links.keys().map(String::as_str).filter(|address| !cache.holds(address)).collect();
    let verdicts = ask(&open, settings, asked);
    for (address, _) in verdicts.iter().filter(|(_, verdict)| *verdict == Verdict::Good) {
        cache.remember(address, site.today);
    }
    cache.write(folder)?;
    let found = verdicts.iter().flat_map(|(address, verdict)| diagnostics(address, verdict, &links[*address]));
    let mut found: Vec<Diagnostic> = found.collect();
    policy::settle_found(site, &mut found);
    Ok(found)
}

/// Every address of another site, without its anchor, with the places that link to it.
fn links<'a>(site: &'a Site, settings: &CheckSettings) -> BTreeMap<String, Places<'a>> {
    let own = format!("{}{}", site.config.origin, site.config.base_path);
    let is_own = |address: &str| !site.config.origin.is_empty() && address.starts_with(&own);
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
        addresses.extend(Reading::of(&document.for_a_look()).links.into_iter().map(|link| (link.target, link.span)));
    }
    addresses
}

fn is_skipped(address: &str, settings: &CheckSettings) -> bool {
    settings.external_skip.iter().any(|start| address.starts_with(start.as_str()))
}

/// Asks for all addresses, and gives each with its verdict.
fn ask<'a>(
    addresses: &[&'a str],
    settings: &CheckSettings,
    asked: &(dyn Fn(usize, usize) + Sync),
) -> Vec<(&'a str, Verdict)> {
    let asker = Asker::new(settings.external_timeout_seconds);
    let queues = Mutex::new(queues(addresses));
    let verdicts = Mutex::new(Vec::with_capacity(addresses.len()));
    std::thread::scope(|scope| {
        for _ in 0..ASKERS.min(addresses.len()) {
            scope.spawn(|| {
                while let Some(queue) = lock(&queues).pop() {
                    for (place, address) in queue.into_iter().enumerate() {
                        asker.pause(place);
                        let verdict = asker.ask(address);
                        let mut verdicts = lock(&verdicts);
                        verdicts.push((address, verdict));
                        asked(verdicts.len(), addresses.len());
                    }
                }
            });
        }
    });
    let mut verdicts = verdicts.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    verdicts.sort_by_key(|(address, _)| *address);
    verdicts
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The addresses by host, each host's on as many queues as may ask it at once; the longest come last and so are taken first.
fn queues<'a>(addresses: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut hosts: BTreeMap<&str, Vec<&'a str>> = BTreeMap::new();
    for address in addresses {
        hosts.entry(asking::host(address)).or_default().push(address);
    }
    let halves = |host: Vec<&'a str>| {
        let size = host.len().div_ceil(ASKERS_A_HOST);
        host.chunks(size).map(<[&str]>::to_vec).collect::<Vec<_>>()
    };
    let mut queues: Vec<Vec<&str>> = hosts.into_values().flat_map(halves).collect();
    queues.sort_by_key(Vec::len);
    queues
}

/// A broken address is told at each place that links to it, an unverified one at the first.
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
    Diagnostic::error("broken-external-link", format!("{address} leads nowhere: {why}"))
        .hint("link to where the page is now, or remove the link")
        .at(document.source(), span.clone())
}

fn unverified(address: &str, why: &str, document: &Document, span: &Range<usize>) -> Diagnostic {
    Diagnostic::warning("unverified-external-link", format!("{address} could not be verified: {why}"))
        .hint("open it in a browser; if it is there, name its beginning under `external_skip`")
        .at(document.source(), span.clone())
}
