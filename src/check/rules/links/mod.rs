//! Rules about links between the site's own files.

mod addresses;
mod anchors;
mod frame;
mod machine;
mod replacing;

use super::other_passes;
use crate::check::{Find, Finding, Linked, RuleEntry, Whole};
use crate::diagnostic::{Rule, Severity};
use crate::document::{Document, Kind, Reference, ReferenceKind};
use crate::site::{Broken, Site, State, Target};
use crate::source::{CONTENT_FOLDER, SourcePath};
use replacing::{replaced, target_span};

pub(crate) use machine::is_file;

pub(crate) const RULES: &[RuleEntry] = &[
    RuleEntry {
        rule: Rule::BrokenLink,
        severity: Some(Severity::Error),
        reason: "A link that leads nowhere costs a reader's trust.",
        example: "[how to resign](resing.md)",
        mend: "Link to the file by its path from this one: `[how to resign](resign.md)`. `--fix` mends a link to a file that moved.",
        find: Find::Document(broken),
    },
    RuleEntry {
        rule: Rule::UnknownAddress,
        severity: Some(Severity::Warning),
        reason: "An address below this site's own that the site doesn't have is probably an old one.",
        example: "[leave](/career-advice/articles/leaves/)",
        mend: "Link to the page's file by its path from this one.",
        find: Find::Document(addresses::unknown),
    },
    RuleEntry {
        rule: Rule::HiddenLink,
        severity: Some(Severity::Error),
        reason: "A link to a draft or an expired page leads readers nowhere.",
        example: "[the new rules](rules.md), where rules.md has `draft: true`",
        mend: "Publish the page, or remove the link until then.",
        find: Find::Document(hidden),
    },
    RuleEntry {
        rule: Rule::BrokenAnchor,
        severity: Some(Severity::Error),
        reason: "A link to a part of a page that isn't there leaves the reader at its top.",
        example: "[notice](resign.md#notise)",
        mend: "Link to an anchor of that page: `resign.md#notice`. `--fix` mends a link to a heading that moved.",
        find: Find::Document(anchors::broken),
    },
    RuleEntry {
        rule: Rule::RedirectedLink,
        severity: Some(Severity::Warning),
        reason: "A link to an old address costs readers a second request, and breaks when the alias goes.",
        example: "[leave](/articles/old-leave/)",
        mend: "Link to the page's file. `--fix` does it.",
        find: Find::Document(addresses::redirected),
    },
    RuleEntry {
        rule: Rule::OwnSiteLink,
        severity: Some(Severity::Warning),
        reason: "A whole address of the own site isn't checked, and leads away from a preview.",
        example: "[leave](https://www.example.com/career-advice/articles/leave/)",
        mend: "Link to the page's file. `--fix` does it.",
        find: Find::Document(addresses::own_site),
    },
    RuleEntry {
        rule: Rule::MachineLink,
        severity: Some(Severity::Error),
        reason: "A link to a file on the editor's computer works for the editor alone, and shows readers how that computer is set up.",
        example: "[the form](file:///C:/Users/hina/form.docx)",
        mend: "Put the file beside the page and link to it there: `[the form](form.docx)`.",
        find: Find::Page(machine::files),
    },
    RuleEntry {
        rule: Rule::PreviewLink,
        severity: Some(Severity::Warning),
        reason: "An address that was copied from the preview leads readers to their own computer.",
        example: "[leave](http://127.0.0.1:4000/career-advice/articles/leave/)",
        mend: "Link to the page's file. `--fix` does it.",
        find: Find::Document(machine::servers),
    },
    RuleEntry {
        rule: Rule::BrokenRelated,
        severity: Some(Severity::Error),
        reason: "A page to read next must be there.",
        example: "related: [resing.md]",
        mend: "Name the page's file, from this one.",
        find: Find::Document(related),
    },
    RuleEntry {
        rule: Rule::NotALetter,
        severity: Some(Severity::Error),
        reason: "Only a letter can be shown in place.",
        example: "![Leave](leave.md), where leave.md is an article",
        mend: "Remove the `!` to make it a link.",
        find: Find::Document(letters_in_place),
    },
    other_passes::error(
        Rule::MisplacedLetter,
        "A letter needs the width of the page.",
        "- See ![this letter](../letters/leave.md)",
        "Put it on a line of its own, or remove the `!` to make it a link.",
    ),
    other_passes::error(
        Rule::UnsafeLink,
        "A link that runs a script can harm the reader.",
        "[here](javascript:void(0))",
        "Link to a page or file instead.",
    ),
    other_passes::error(
        Rule::BadAlias,
        "Readers can be sent on only from an address below the site's own.",
        "aliases: [../old/]",
        "Write the old address from the site's first page on, such as `/articles/old-name/`.",
    ),
    other_passes::error(
        Rule::DuplicateAnchor,
        "Of two places with one name, a link finds only the first.",
        "## Notice {#notice}\n## Leave {#notice}",
        "Give one of them another name.",
    ),
    RuleEntry {
        rule: Rule::FrameAnchor,
        severity: Some(Severity::Warning),
        reason: "A link to a name that the page's frame has as well leads to whichever comes first.",
        example: "## Main part {#Page-main}",
        mend: "Give the heading another name.",
        find: Find::Whole(frame::clashes),
    },
    other_passes::warning(
        Rule::LostAddress,
        "Readers and search engines keep the addresses of pages that were renamed.",
        "a file renamed after it was published",
        "Add the old address to `aliases`. `--fix` does it.",
    ),
    RuleEntry {
        rule: Rule::Orphan,
        severity: None,
        reason: "A page that nothing links to and no listing shows is found by nobody.",
        example: "content/thanks.md, which no page links to",
        mend: "Link to it from a page that its readers come from.",
        find: Find::Whole(orphans),
    },
];

fn broken(linked: &Linked<'_, '_>, diagnostics: &mut Vec<Finding>) {
    let Linked { whole, document, .. } = linked;
    for (reference, target) in linked.references() {
        let diagnostic = match target {
            _ if machine::is_file(&reference.target) => continue,
            Err(Broken::Missing) if reference.kind == ReferenceKind::Image => continue,
            Err(Broken::Missing) if !is_told(whole, document, reference) => missing(linked, reference),
            Err(Broken::Unpublished(path, why)) => {
                Finding::new(format!("`{}` is not published: {}", reference.target, why.reason())).hint(why.hint(path))
            }
            Err(Broken::OutOfSite) => Finding::new(format!("`{}` leads out of `{CONTENT_FOLDER}/`", reference.target))
                .hint("move the file beside this one, or link to its address on the web"),
            _ => continue,
        };
        diagnostics.push(diagnostic.at(document.source(), linked.definitions.place(&reference.span)));
    }
}

/// A page that lost its address to another has its own diagnostic; links to it need none.
fn is_told(whole: &Whole<'_>, document: &Document, reference: &Reference) -> bool {
    document.path.join(&reference.target).is_some_and(|path| whole.site.documents.contains_key(&path))
}

fn hidden(linked: &Linked<'_, '_>, diagnostics: &mut Vec<Finding>) {
    let document = linked.document;
    for (reference, target) in linked.references() {
        let Err(Broken::Hidden(path, state)) = target else { continue };
        let diagnostic = Finding::new(format!(
            "`{}` leads to {path}, which readers can't see: {}",
            reference.target,
            describe(*state)
        ))
        .hint("remove the link until then, or publish the page");
        diagnostics.push(diagnostic.at(document.source(), linked.definitions.place(&reference.span)));
    }
}

fn describe(state: State) -> String {
    match state {
        State::Live => "it is live".to_owned(),
        State::Draft => "it is a draft".to_owned(),
        State::Withheld => "it is kept back".to_owned(),
        State::Scheduled(date) => format!("it is scheduled for {date}"),
        State::Expired(date) => format!("it expired on {date}"),
    }
}

/// The finding for a link to a file that isn't there, or for such an image.
pub(crate) fn missing(linked: &Linked<'_, '_>, reference: &Reference) -> Finding {
    let Linked { whole, document, guesses, .. } = linked;
    let what = if reference.kind == ReferenceKind::Image { "picture" } else { "file" };
    let target = &reference.target;
    let diagnostic = Finding::new(format!("there is no {what} `{target}`"));
    if let Some(moved) = whole.nearest.moved(document, target) {
        let diagnostic = diagnostic.hint(format!("it is now `{moved}`"));
        return match target_span(linked, reference, target) {
            Some(span) => diagnostic.replace(document.source(), span, moved),
            None => diagnostic,
        };
    }
    if target.contains("{{") || target.contains("{%") {
        return diagnostic
            .hint("a tag of another generator says nothing here; write the path to the file, from this one");
    }
    if let Some(address) = elsewhere_meant(target) {
        let diagnostic = diagnostic.hint(format!("write `{address}`"));
        return replaced(diagnostic, linked, reference, target, &address);
    }
    match whole.nearest.meant(guesses, document, target) {
        Some(meant) => diagnostic.hint(format!("did you mean `{meant}`?")),
        None if reference.kind == ReferenceKind::Image => {
            diagnostic.hint("put the picture in the folder of this file, and write its name")
        }
        None => diagnostic.hint("the path is relative to this file, for example `../letters/resignation.md`"),
    }
}

/// The address that was meant by one that was taken for a file: another site's, a mailbox, or a path as Windows writes it.
fn elsewhere_meant(target: &str) -> Option<String> {
    const ENDINGS: &[&str] = &["com", "org", "net", "gov", "edu", "int", "uk", "pk", "eu", "ie", "ca", "au", "nz"];
    for (wrong, right) in [("https//", "https://"), ("http//", "http://"), ("www.", "https://www.")] {
        if let Some(rest) = target.strip_prefix(wrong) {
            return Some(format!("{right}{rest}"));
        }
    }
    if target.contains('\\') {
        return Some(target.replace('\\', "/"));
    }
    let (host, _) = target.split_once('/').unwrap_or((target, ""));
    let (name, ending) = host.rsplit_once('.')?;
    let is_host = ENDINGS.contains(&ending) && !name.is_empty() && !host.starts_with('.');
    match name.contains('@') {
        true if is_host || !name.contains('/') => Some(format!("mailto:{target}")),
        false if is_host => Some(format!("https://{target}")),
        _ => None,
    }
}

fn letters_in_place(linked: &Linked<'_, '_>, diagnostics: &mut Vec<Finding>) {
    let Linked { whole, document, .. } = linked;
    for (reference, target) in linked.references().filter(|(reference, _)| reference.kind == ReferenceKind::Letter) {
        let Ok(Target::Document(path, _)) = target else { continue };
        if whole.site.page(path).is_none_or(|page| page.document.letter.is_none()) {
            let diagnostic = Finding::new(format!("{path} is not a letter, so it can't be shown in place"));
            let diagnostic = diagnostic.hint("remove the `!` to make it a link");
            diagnostics.push(diagnostic.at(document.source(), linked.definitions.place(&reference.span)));
        }
    }
}

fn related(linked: &Linked<'_, '_>, diagnostics: &mut Vec<Finding>) {
    let Linked { whole, document, .. } = linked;
    for (target, span) in &document.front.related {
        let path = document.path.join(target);
        if path.as_ref().is_some_and(|path| whole.site.page(path).is_some()) {
            continue;
        }
        let diagnostic = match path.filter(|path| whole.site.documents.contains_key(path)) {
            Some(path) => Finding::new(format!("{path} can't be read next: readers don't see it today"))
                .hint("remove it until then, or publish the page"),
            None => no_such_page(linked, target),
        };
        diagnostics.push(diagnostic.at(document.source(), span.clone()));
    }
}

fn no_such_page(linked: &Linked<'_, '_>, target: &str) -> Finding {
    let Linked { whole, document, guesses, .. } = linked;
    let diagnostic = Finding::new(format!("there is no page `{target}` to read next"));
    let moved = whole.nearest.moved(document, target);
    match moved.or_else(|| whole.nearest.meant(guesses, document, target)) {
        Some(meant) => diagnostic.hint(format!("did you mean `{meant}`?")),
        None => diagnostic.hint("name the page's file, relative to this one"),
    }
}

/// Only pages at the top of `content/` are in no listing.
fn orphans(whole: &Whole<'_>, diagnostics: &mut Vec<Finding>) {
    let site = whole.site;
    let linked: std::collections::HashSet<SourcePath> = site
        .live()
        .flat_map(|document| {
            document.body.references.iter().filter_map(|reference| target_of(site, document, reference))
        })
        .collect();
    let menus = || site.config.languages.iter().flat_map(|own| own.links.iter().chain(&own.footer_links));
    for page in site.pages.iter().filter(|page| page.document.kind == Kind::Page) {
        let in_menu =
            menus().any(|link| link.url.trim_end_matches('/').ends_with(page.address.as_str().trim_end_matches('/')));
        if !in_menu && !linked.contains(&page.document.path) {
            let diagnostic = Finding::new("no page links here, and no listing shows it")
                .hint("link to it from where its readers are");
            diagnostics.push(diagnostic.at(page.document.source(), page.document.front.title_span.clone()));
        }
    }
}

fn target_of(site: &Site, document: &Document, reference: &Reference) -> Option<SourcePath> {
    match site.resolve(document, reference) {
        Ok(Target::Document(path, _)) if path != document.path => Some(path),
        _ => None,
    }
}
