//! Rules about links between the site's own files.

use super::breach;
use crate::collect::{CONTENT_FOLDER, SourcePath};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::document::{Document, Reference, ReferenceKind};
use crate::site::{Broken, Site, State, Target};

/// Links and pictures that lead nowhere.
pub(super) fn broken(site: &Site, document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    for reference in &document.body.references {
        if let Err(broken) = site.resolve(document, reference) {
            let diagnostic = leads_nowhere(site, document, reference, &broken);
            diagnostics.push(diagnostic.at(document.source(), reference.span.clone()));
        }
    }
}

/// Links to addresses from the root of the host that this site does not have. Below a base path they may be the publisher's.
pub(super) fn unknown_addresses(site: &Site, document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    if site.config.base_path != "/" {
        return;
    }
    for reference in &document.body.references {
        if let Ok(Target::Outside(url)) = site.resolve(document, reference) {
            let diagnostic = no_such_address(site, document, reference, &url);
            diagnostics.push(diagnostic.at(document.source(), reference.span.clone()));
        }
    }
}

fn leads_nowhere(site: &Site, document: &Document, reference: &Reference, broken: &Broken) -> Diagnostic {
    let target = &reference.target;
    match broken {
        Broken::Missing => missing(site, document, reference),
        Broken::OutOfSite => breach(format!("`{target}` leads out of `{CONTENT_FOLDER}/`"))
            .hint("move the file beside this one, or link to its address on the web"),
        Broken::Hidden(path, state) => {
            breach(format!("`{target}` leads to {path}, which readers can't see: {}", describe(*state)))
                .hint("remove the link until then, or publish the page")
        }
    }
}

fn describe(state: State) -> String {
    match state {
        State::Live => "it is live".to_owned(),
        State::Draft => "it is a draft".to_owned(),
        State::Scheduled(date) => format!("it is scheduled for {date}"),
        State::Expired(date) => format!("it expired on {date}"),
    }
}

fn missing(site: &Site, document: &Document, reference: &Reference) -> Diagnostic {
    let what = if reference.kind == ReferenceKind::Image { "picture" } else { "file" };
    let diagnostic = breach(format!("there is no {what} `{}`", reference.target));
    match nearest(site, document, &reference.target) {
        Some(meant) => diagnostic.hint(format!("did you mean `{meant}`?")),
        None => diagnostic.hint("the path is relative to this file, for example `../letters/resignation.md`"),
    }
}

/// The file that was probably meant, as a link to it from this document would be written.
fn nearest(site: &Site, document: &Document, target: &str) -> Option<String> {
    let wanted = document.path.join(target)?;
    let known = || site.linkable().map(SourcePath::as_str);
    let meant = did_you_mean(wanted.as_str(), known()).or_else(|| {
        let mut same_name = known().filter(|path| name_of(path) == name_of(wanted.as_str()));
        same_name.next().filter(|_| same_name.next().is_none())
    })?;
    Some(relative(document.path.folder(), meant))
}

/// The part of a path by which people know a page: its file's name, or its folder's if the file is an `index.md`.
fn name_of(path: &str) -> &str {
    let path = path.trim_end_matches("/index.md").trim_end_matches(".md");
    path.rsplit('/').next().unwrap_or(path)
}

fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    format!("{}{}", "../".repeat(from.len() - shared), to[shared..].join("/"))
}

fn no_such_address(site: &Site, document: &Document, reference: &Reference, url: &str) -> Diagnostic {
    let name = name_of(url.trim_end_matches('/'));
    let mut same_name = site.linkable().map(SourcePath::as_str).filter(|path| name_of(path) == name);
    let diagnostic = breach(format!("there is no page at `{}`", reference.target));
    match (same_name.next(), same_name.next()) {
        (Some(path), None) => {
            diagnostic.hint(format!("link to the file: `{}`", relative(document.path.folder(), path)))
        }
        _ => diagnostic.hint("link to the page's file by a relative path, or write the whole address with https://"),
    }
}

/// Anchors that aren't on the page that a link leads to.
pub(super) fn anchors(site: &Site, document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    for reference in document.body.references.iter().filter(|reference| reference.kind == ReferenceKind::Link) {
        let Some(anchor) = &reference.anchor else { continue };
        let target = match site.resolve(document, reference) {
            Ok(Target::Here) => Some(document),
            Ok(Target::Document(path, _)) => site.document(&path),
            _ => None,
        };
        let Some(target) = target.filter(|target| !has_anchor(target, anchor)) else { continue };
        let where_ =
            if target.path == document.path { "on this page".to_owned() } else { format!("in {}", target.path) };
        let diagnostic = breach(format!("there is no heading or anchor `#{anchor}` {where_}"));
        let known = target.body.anchors.iter().map(|anchor| anchor.id.as_str());
        let hint = match did_you_mean(anchor, known.clone()) {
            Some(meant) => format!("did you mean `#{meant}`?"),
            None => format!("its anchors are: {}", first_few(known)),
        };
        diagnostics.push(diagnostic.hint(hint).at(document.source(), reference.span.clone()));
    }
}

/// A letter's page has anchors of its own: its fields. `#top` is the top of every page (HTML § 7.4.6.4).
fn has_anchor(document: &Document, anchor: &str) -> bool {
    let of_field = || {
        let fields = document.letter.as_ref().map(|letter| letter.fields.as_slice()).unwrap_or_default();
        fields.iter().any(|field| anchor.strip_prefix("field-") == Some(&field.id))
    };
    anchor == "top" || document.body.anchors.iter().any(|known| known.id == anchor) || of_field()
}

fn first_few<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.take(8).map(|name| format!("#{name}")).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

/// Documents shown in place that are no letters.
pub(super) fn letters_in_place(site: &Site, document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    for reference in document.body.references.iter().filter(|reference| reference.kind == ReferenceKind::Letter) {
        let Ok(Target::Document(path, _)) = site.resolve(document, reference) else { continue };
        if site.page(&path).is_none_or(|page| page.document.letter.is_none()) {
            let diagnostic = breach(format!("{path} is not a letter, so it can't be shown in place"));
            let diagnostic = diagnostic.hint("remove the `!` to make it a link");
            diagnostics.push(diagnostic.at(document.source(), reference.span.clone()));
        }
    }
}

/// Paths under `related` that lead to no live page.
pub(super) fn related(site: &Site, document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    for (target, span) in &document.front.related {
        let found = document.path.join(target).and_then(|path| site.page(&path));
        if found.is_none() {
            let diagnostic = breach(format!("there is no page `{target}` to read next"));
            let diagnostic = match nearest(site, document, target) {
                Some(meant) => diagnostic.hint(format!("did you mean `{meant}`?")),
                None => diagnostic.hint("name the page's file, relative to this one"),
            };
            diagnostics.push(diagnostic.at(document.source(), span.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn the_hint_is_a_path_that_can_be_pasted() {
        assert_eq!(relative("content/articles", "content/letters/a.md"), "../letters/a.md");
        assert_eq!(relative("content/articles/b", "content/articles/a.md"), "../a.md");
        assert_eq!(relative("content/articles", "content/articles/a.md"), "a.md");
    }
}
