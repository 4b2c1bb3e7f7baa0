//! Rules about links by address to pages of this site: whole addresses, and those from the root of the host.

use super::replacing::{outside_link, replaced};
use crate::check::nearest::{redirect, relative};
use crate::check::{Finding, Linked, Whole};
use crate::document::{Reference, ReferenceKind};
use crate::site::Target;

/// Addresses from the root of the host that the site doesn't have, though they must be its own.
pub(crate) fn unknown(linked: &Linked<'_, '_>, diagnostics: &mut Vec<Finding>) {
    let Linked { whole, document, .. } = linked;
    for (reference, target) in linked.references() {
        let Ok(Target::Outside(url)) = target else { continue };
        let diagnostic = match is_own(whole, url) || is_meant(whole, reference, url) {
            true => no_such_address(linked, reference),
            false => continue,
        };
        diagnostics.push(diagnostic.at(document.source(), linked.definitions.place(&reference.span)));
    }
}

/// Whether an address from the root of the host must be this site's: it is below the base path and neither a page nor a file nor an alias.
fn is_own(whole: &Whole<'_>, url: &str) -> bool {
    let Some(inside) = url.strip_prefix(&whole.site.config.base_path) else { return false };
    let is_redirect = || redirect(whole.site, inside).is_some();
    let is_listing = || inside.is_empty() || LISTINGS.iter().any(|listing| inside.starts_with(listing));
    !(is_redirect() || is_listing() || whole.nearest.is_address(inside))
}

/// Whether an address from the root leaves out the site's base path: it begins with a folder of the site, or is an image's.
fn is_meant(whole: &Whole<'_>, reference: &Reference, url: &str) -> bool {
    if url.starts_with(&whole.site.config.base_path) {
        return false;
    }
    let inside = url.trim_start_matches('/');
    let folder = inside.split(['/', '?', '#']).next().unwrap_or_default();
    reference.kind == ReferenceKind::Image
        || (whole.nearest.is_folder(folder) && redirect(whole.site, inside).is_none())
}

/// What the program adds to a site without a file of the editor's.
const LISTINGS: &[&str] = &["topics/", "tags/", "a-z/", "search/", "assets/", "feed.xml", "feed.json", "sitemap.xml"];

fn no_such_address(linked: &Linked<'_, '_>, reference: &Reference) -> Finding {
    let Linked { whole, document, .. } = linked;
    let target = &reference.target;
    let diagnostic = match reference.kind {
        ReferenceKind::Image => Finding::new(format!("there is no picture at `{target}`")),
        _ => Finding::new(format!("there is no page at `{target}`")),
    };
    if let Some(path) = whole.nearest.at_root(target) {
        let path = relative(document.path.folder(), path.as_str());
        let diagnostic = diagnostic.hint(format!("link to the file: `{path}`"));
        return replaced(diagnostic, linked, reference, target, &path);
    }
    if reference.kind == ReferenceKind::Image {
        return diagnostic.hint("put the picture beside this file, and write its name");
    }
    match whole.nearest.only_of_name(&format!("{}.md", target.trim_end_matches('/').trim_end_matches(".md"))) {
        Some(path) => diagnostic.hint(format!("link to the file: `{}`", relative(document.path.folder(), path))),
        None => diagnostic.hint("link to the page's file by a relative path, or write the whole address with https://"),
    }
}

/// Links to old addresses.
pub(crate) fn redirected(linked: &Linked<'_, '_>, diagnostics: &mut Vec<Finding>) {
    let Linked { whole, document, .. } = linked;
    for (reference, target) in linked.references() {
        let Ok(Target::Outside(url)) = target else { continue };
        let Some(inside) = url.strip_prefix(&whole.site.config.base_path) else { continue };
        let Some(page) = redirect(whole.site, inside).and_then(|to| whole.site.page_at(to)) else { continue };
        let path = relative(document.path.folder(), page.document.path.as_str());
        let diagnostic =
            Finding::new(format!("`{}` is an old address, which leads on to {}", reference.target, page.document.path));
        let diagnostic = diagnostic
            .hint(format!("link to the file: `{path}`"))
            .at(document.source(), linked.definitions.place(&reference.span));
        diagnostics.push(replaced(diagnostic, linked, reference, &reference.target, &path));
    }
}

/// Whole addresses of the own site.
pub(crate) fn own_site(linked: &Linked<'_, '_>, diagnostics: &mut Vec<Finding>) {
    let Linked { whole, document, .. } = linked;
    for (target, span) in &document.body.outside {
        let Some(inside) = whole.site.config.inside_own(target) else { continue };
        let path = inside.split(['#', '?']).next().unwrap_or(inside);
        let page = whole.nearest.page_at(path).cloned().or_else(|| whole.nearest.at_root(path));
        let diagnostic =
            Finding::new("this is an address of this site").at(document.source(), linked.definitions.place(span));
        diagnostics.push(match page {
            Some(page) => {
                let new = relative(document.path.folder(), page.as_str()) + &inside[path.len()..];
                let diagnostic = diagnostic.hint(format!("link to the file: `{new}`"));
                replaced(diagnostic, linked, &outside_link(target, span), target, &new)
            }
            None => diagnostic.hint("link to the page's file by a relative path"),
        });
    }
}
