//! The finished [`Site`] and [`Output`] → what an editor should mend: one rule a function, all of them in one table, [`GROUPS`].
//!
//! What is wrong with a file as it is read is reported there; its codes are in the table as well, so that settings and reference have every one.
//! Rules about one page by itself are remembered until the page changes; the others run each time. Nothing here reads a file.

mod consequences;
mod definitions;
pub mod external;
mod finding;
pub mod fix;
mod heavy_pages;
mod nearest;
mod page_checks;
mod policy;
mod prose;
mod raw_tags;
mod reading;
pub(crate) mod reference;
mod removed_pages;
mod rule_entry;
mod rules;
mod site_checks;
mod site_rules;
mod spans;
mod speller;
mod subjects;
mod tables;

pub use policy::settle;
pub use reference::reference;
pub use removed_pages::lost_addresses;
pub(crate) use rule_entry::Find;
pub use rule_entry::{Group, RuleEntry};
pub(crate) use subjects::{Linked, Page, Whole};
pub use tables::{GROUPS, rules, sarif_rules};

use std::sync::Arc;

use crate::collect::Sources;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::images::Images;
use crate::output::Output;
use crate::site::{Differences, Site};
pub(crate) use finding::Finding;
use heavy_pages::HeavyPages;
use nearest::Nearest;
use rule_entry::FindInWhole;
use site_rules::SiteRules;
use speller::DictionaryCache;

/// What rules found, and what they need for it.
#[derive(Debug, Default)]
pub struct CheckCache {
    dictionaries: DictionaryCache,
    alone: page_checks::PageCheckCache,
    within: site_checks::SiteCheckCache,
    heavy: HeavyPages,
    /// What the rules found that see no body of a page.
    structure: Vec<Diagnostic>,
}

/// Applies every rule that is on to everything that is live, on all cores. `differences` are those from the site of the build before; none
/// if everything may differ.
#[must_use]
pub fn check(
    sources: &Sources,
    site: &Arc<Site>,
    images: &Images,
    output: &Output,
    differences: Option<&Differences>,
    memory: &mut CheckCache,
) -> Vec<Diagnostic> {
    let (site_rules, mut diagnostics) = SiteRules::new(sources, &mut memory.dictionaries);
    let live: Vec<&Document> = site.live().collect();
    diagnostics.extend(page_checks::check(&site_rules, &live, &mut memory.alone));
    memory.heavy.renew(output, site.config.check.page_kilobytes);
    let theme = &*sources.theme;
    let whole = Whole { site, images, heavy: &memory.heavy, nearest: Nearest::new(site), theme };
    diagnostics.extend(site_checks::check(&whole, &live, differences, &mut memory.within));
    if differences.is_none_or(|differences| concern(differences, &memory.structure)) {
        memory.structure = of_whole(&whole, |find| match find {
            Find::Structure(find) => Some(find),
            _ => None,
        });
    }
    diagnostics.extend(memory.structure.iter().cloned());
    diagnostics.extend(of_whole(&whole, |find| match find {
        Find::Whole(find) => Some(find),
        _ => None,
    }));
    diagnostics
}

/// Whether rules that see no body may find something else than before, or at another place.
fn concern(differences: &Differences, found: &[Diagnostic]) -> bool {
    let is_changed =
        |one: &Diagnostic| one.location.as_ref().is_some_and(|location| differences.documents.contains(&location.file));
    differences.structure || found.iter().any(is_changed)
}

fn of_whole(whole: &Whole<'_>, kind: fn(Find) -> Option<FindInWhole>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for entry in tables::rules().filter(|entry| policy::is_on(entry, &whole.site.config.check)) {
        if let Some(find) = kind(entry.find) {
            entry.report(&mut diagnostics, |findings| find(whole, findings));
        }
    }
    diagnostics
}
