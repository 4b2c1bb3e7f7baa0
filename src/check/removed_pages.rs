//! Addresses that were published and are no longer: a page that was renamed keeps its readers by an alias.

use crate::check::fix::front_matter;
use crate::diagnostic::{Diagnostic, Rule};
use crate::output::Output;
use crate::publish::RemovedPage;
use crate::site::{Page, Site};

/// The pages that were published under another address, known by their titles. What was taken away on purpose has no page of that title.
#[must_use]
pub fn lost_addresses(site: &Site, output: &Output, lost: &[RemovedPage]) -> Vec<Diagnostic> {
    let found = lost.iter().filter(|lost| output.get(&lost.file).is_none());
    let mut diagnostics: Vec<Diagnostic> = found.filter_map(|lost| renamed(site, lost)).collect();
    crate::check::policy::settle_found(site, &mut diagnostics);
    diagnostics
}

fn renamed(site: &Site, lost: &RemovedPage) -> Option<Diagnostic> {
    let address = format!("/{}", lost.file.trim_end_matches("index.html"));
    let mut same_title = site.pages.iter().filter(|page| is_of(page, lost));
    let page = same_title.next().filter(|_| same_title.next().is_none())?;
    let document = &page.document;
    let diagnostic = Diagnostic::warning(
        Rule::LostAddress,
        format!("this page was published at {address}, and nothing leads on from there"),
    )
    .hint(format!("add `aliases: [{address}]`, so that readers who kept the address still arrive"))
    .at(document.source(), document.front.title_span.clone());
    Some(match front_matter::with_alias(document, &address) {
        Some((span, text)) => diagnostic.replace(document.source(), span, text),
        None => diagnostic,
    })
}

fn is_of(page: &Page, lost: &RemovedPage) -> bool {
    let letters = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).collect::<String>();
    !page.document.front.title.is_empty() && letters(&page.document.front.title) == letters(&lost.title)
}
