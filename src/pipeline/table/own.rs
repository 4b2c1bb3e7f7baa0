//! The files that a site may bring itself, in the place of those that Letterpress writes.

use crate::diagnostic::{Diagnostic, Rule};
use crate::site::{Contents, HOST_FILES, HostFile};
use crate::source::SourcePath;

/// A file by its name, and what is lost with the one that Letterpress writes; `None` if nothing that readers miss.
#[derive(Clone, Copy)]
struct Own {
    name: &'static str,
    lost: Option<&'static str>,
    /// Whether it matters only to a site that has old addresses.
    is_for_redirects: bool,
}

impl Own {
    fn of_host(file: &HostFile) -> Self {
        Self { name: file.name, lost: file.lost, is_for_redirects: file.contents == Contents::Redirects }
    }
}

const fn free(name: &'static str) -> Own {
    Own { name, lost: None, is_for_redirects: false }
}

const fn losing(name: &'static str, lost: &'static str) -> Own {
    Own { name, lost: Some(lost), is_for_redirects: false }
}

/// The rule by which a replaced file is reported.
pub(super) const RULE: Rule = Rule::ReplacedFile;

const FEED: &str = "new pages in the feed";

const OWN: &[Own] = &[
    free("robots.txt"),
    free("opensearch.xml"),
    free("site.webmanifest"),
    free("CNAME"),
    losing("feed.xml", FEED),
    losing("feed.json", FEED),
    losing("sitemap.xml", "the list of all pages for search engines"),
];

fn of_name(file: &str) -> Option<Own> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let own = OWN.iter().copied().find(|own| own.name == name);
    let of_host = || HOST_FILES.iter().find(|file| file.may_be_own() && file.name == name).map(Own::of_host);
    own.or_else(of_host)
}

/// Whether a site may bring this file itself.
pub(super) fn may_be_own(file: &str) -> bool {
    of_name(file).is_some()
}

/// What is lost by a site's own file, if that is much.
pub(super) fn replaced(path: &SourcePath, file: &str, has_redirects: bool) -> Option<Diagnostic> {
    let own = of_name(file)?;
    let lost = own.lost.filter(|_| has_redirects || !own.is_for_redirects)?;
    let message =
        format!("this file is published in the place of the one that Letterpress writes, so your site loses {lost}");
    let diagnostic = Diagnostic::warning(RULE, message).in_file(path);
    Some(diagnostic.hint("remove this file; or, if you mean it, write `replaced-file = \"off\"` below `[check.rules]` in letterpress.toml"))
}
