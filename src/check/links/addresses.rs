//! Rules about links by address to pages of this site: whole addresses, and those from the root of the host.

use super::super::nearest::relative;
use super::super::{Linked, Whole, breach};
use super::replaced;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Reference, ReferenceKind};
use crate::site::{Address, Site, Target};

/// Addresses below the site's own that it doesn't have.
pub(super) fn unknown(linked: &Linked<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    let Linked { whole, document, .. } = linked;
    for (reference, target) in linked.references() {
        let Ok(Target::Outside(url)) = target else { continue };
        if is_own(whole, url) {
            let diagnostic = no_such_address(whole, document, reference);
            diagnostics.push(diagnostic.at(document.source(), linked.definitions.place(&reference.span)));
        }
    }
}

/// Whether an address from the root of the host must be this site's: it is below the base path and neither a page nor a file nor an alias.
fn is_own(whole: &Whole<'_>, url: &str) -> bool {
    let Some(inside) = url.strip_prefix(&whole.site.config.base_path) else { return false };
    let is_redirect = || redirect(whole.site, inside).is_some();
    let is_listing = || inside.is_empty() || LISTINGS.iter().any(|listing| inside.starts_with(listing));
    !(is_redirect() || is_listing() || whole.nearest.is_address(inside))
}

/// What the program adds to a site without a file of the editor's.
const LISTINGS: &[&str] = &["topics/", "tags/", "a-z/", "search/", "assets/", "feed.xml", "feed.json", "sitemap.xml"];

/// Where an old address leads.
pub(in crate::check) fn redirect<'a>(site: &'a Site, inside: &str) -> Option<&'a Address> {
    let inside = inside.split(['?', '#']).next().unwrap_or(inside);
    let found = |address: &str| {
        let at = site.redirects.binary_search_by(|redirect| redirect.from.as_str().cmp(address)).ok()?;
        Some(&site.redirects[at].to)
    };
    found(inside).or_else(|| found(&format!("{}/", inside.trim_end_matches('/'))))
}

fn no_such_address(whole: &Whole<'_>, document: &Document, reference: &Reference) -> Diagnostic {
    let diagnostic = breach(format!("there is no page at `{}`", reference.target));
    match whole.nearest.only_of_name(&format!("{}.md", reference.target.trim_end_matches('/'))) {
        Some(path) => diagnostic.hint(format!("link to the file: `{}`", relative(document.path.folder(), path))),
        None => diagnostic.hint("link to the page's file by a relative path, or write the whole address with https://"),
    }
}

/// Links to old addresses.
pub(super) fn redirected(linked: &Linked<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    let Linked { whole, document, .. } = linked;
    for (reference, target) in linked.references() {
        let Ok(Target::Outside(url)) = target else { continue };
        let Some(inside) = url.strip_prefix(&whole.site.config.base_path) else { continue };
        let Some(page) = redirect(whole.site, inside).and_then(|to| whole.site.page_at(to)) else { continue };
        let path = relative(document.path.folder(), page.document.path.as_str());
        let diagnostic =
            breach(format!("`{}` is an old address, which leads on to {}", reference.target, page.document.path));
        let diagnostic = diagnostic
            .hint(format!("link to the file: `{path}`"))
            .at(document.source(), linked.definitions.place(&reference.span));
        diagnostics.push(replaced(diagnostic, linked, reference, &reference.target, &path));
    }
}

/// Whole addresses of the own site.
pub(super) fn own_site(linked: &Linked<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    let Linked { whole, document, .. } = linked;
    let site = whole.site;
    for (target, span) in &document.body.outside {
        let Some(inside) = site.config.inside_own(target) else { continue };
        let path = inside.split(['#', '?']).next().unwrap_or(inside);
        let page = whole.nearest.page_at(path);
        let diagnostic =
            breach("this is an address of this site").at(document.source(), linked.definitions.place(span));
        diagnostics.push(match page {
            Some(page) => {
                let new = relative(document.path.folder(), page.as_str()) + &inside[path.len()..];
                let diagnostic = diagnostic.hint(format!("link to the file: `{new}`"));
                let link = Reference {
                    kind: ReferenceKind::Link,
                    target: target.clone(),
                    query: None,
                    anchor: None,
                    label: String::new(),
                    span: span.clone(),
                };
                replaced(diagnostic, linked, &link, target, &new)
            }
            None => diagnostic.hint("link to the page's file by a relative path"),
        });
    }
}
