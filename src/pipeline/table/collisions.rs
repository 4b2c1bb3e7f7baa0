//! The diagnostics at both places where two claims for one path are made.

use std::ops::Range;

use super::claim::{Claim, Claimant, Meeting};
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::Document;
use crate::render::Subject;
use crate::site::{Address, Redirect, Site};
use crate::source::SourcePath;

/// Where an editor can mend a claim.
enum Place<'a> {
    Title(&'a Document),
    Alias(&'a Document, Range<usize>),
    File(&'a SourcePath),
}

impl Place<'_> {
    fn on(self, diagnostic: Diagnostic) -> Diagnostic {
        match self {
            Self::Title(document) => diagnostic.at(document.source(), document.front.address_span()),
            Self::Alias(document, span) => diagnostic.at(document.source(), span),
            Self::File(path) => diagnostic.in_file(path),
        }
    }
}

/// The diagnostics for a claim and for the one that was there before, as far as these have places.
pub(super) fn both(site: &Site, claim: Claim<'_>, owner: Claim<'_>, meeting: Meeting) -> Vec<Diagnostic> {
    let mirrored = match meeting {
        Meeting::FileAtFolder => Meeting::FolderAtFile,
        Meeting::FolderAtFile => Meeting::FileAtFolder,
        same => same,
    };
    let here = said(site, claim, owner, meeting);
    let is_loop = here.as_ref().is_some_and(|diagnostic| diagnostic.rule == Rule::AliasLoop);
    let there = if is_loop { None } else { said(site, owner, claim, mirrored) };
    here.into_iter().chain(there).collect()
}

/// The diagnostic at the place of `own`.
fn said(site: &Site, own: Claim<'_>, other: Claim<'_>, meeting: Meeting) -> Option<Diagnostic> {
    let place = place(site, &own.by).or_else(|| of_two_lists(site, &own, &other))?;
    let diagnostic = match (own.by, other.by) {
        (Claimant::Alias(redirect, _), Claimant::Document(page))
            if leads_to(site, redirect, page) && is_same(meeting) =>
        {
            let message = format!("{} is this page's own address", redirect.from);
            Diagnostic::error(Rule::AliasLoop, message).hint("remove the alias")
        }
        (Claimant::Alias(redirect, _), _) => at_alias(redirect, own, other, meeting),
        (_, Claimant::Alias(redirect, _)) => beside_alias(redirect, own, other, meeting),
        _ => of_files(site, own, other, meeting),
    };
    Some(place.on(diagnostic))
}

fn leads_to(site: &Site, redirect: &Redirect, page: &Document) -> bool {
    site.address_of(&page.path) == Some(&redirect.to)
}

fn is_same(meeting: Meeting) -> bool {
    matches!(meeting, Meeting::Same | Meeting::Alike)
}

fn at_alias(redirect: &Redirect, own: Claim<'_>, other: Claim<'_>, meeting: Meeting) -> Diagnostic {
    let what = described(&other);
    let code = if matches!(other.by, Claimant::Reserved(_)) { Rule::ReservedAddress } else { Rule::AliasCollision };
    let message = match (meeting, other.by) {
        (Meeting::Same, Claimant::Alias(..)) => format!("{} is an alias of {what} too", redirect.from),
        (_, Claimant::Alias(..)) => clash(&own, &other, "this alias", &format!("an alias of {what}"), meeting),
        (Meeting::Same, _) => format!("{} is the address of {what}", redirect.from),
        _ => clash(&own, &other, "this alias", &what, meeting),
    };
    let hint = match other.by {
        Claimant::Document(_) => "remove the alias here, or give the other page another address",
        Claimant::Alias(..) => "remove one of the two aliases",
        Claimant::File(_) => "remove the alias here, or rename the file",
        _ => "remove the alias",
    };
    Diagnostic::error(code, message).hint(hint)
}

/// The diagnostic where something has an address that an alias takes.
fn beside_alias(redirect: &Redirect, own: Claim<'_>, other: Claim<'_>, meeting: Meeting) -> Diagnostic {
    let owner = described(&other);
    let what = if matches!(own.by, Claimant::File(_)) { "this file" } else { "this page" };
    let message = match (meeting, own.by) {
        (Meeting::Same, Claimant::Generated(list, _)) => {
            format!("{owner} has the alias {}, which is the address of {list}", redirect.from)
        }
        (Meeting::Same, Claimant::Letter(_)) => {
            format!("{owner} has the alias {}, which is one of this letter's files", redirect.from)
        }
        (Meeting::Same, _) => format!("{owner} has the alias {}, which is the address of {what}", redirect.from),
        _ => clash(&own, &other, what, &format!("the alias {} of {owner}", redirect.from), meeting),
    };
    let hint = match own.by {
        Claimant::File(_) => "remove that alias, or rename this file",
        _ => "remove that alias, or give this page another address",
    };
    Diagnostic::error(Rule::AliasCollision, message).hint(hint)
}

fn of_files(site: &Site, own: Claim<'_>, other: Claim<'_>, meeting: Meeting) -> Diagnostic {
    let me = match own.by {
        Claimant::File(_) | Claimant::Variant(_) => "this file",
        Claimant::Letter(_) => "a file of this letter",
        Claimant::Generated(what, _) => what,
        _ => "this page",
    };
    let what = described(&other);
    let code = if matches!(other.by, Claimant::Reserved(_)) { Rule::ReservedAddress } else { Rule::AddressCollision };
    let message = match meeting {
        Meeting::Same => format!("{me} and {what} would both be published as /{}", own.file),
        _ => clash(&own, &other, me, &what, meeting),
    };
    Diagnostic::error(code, message).hint(advice(site, &own, &other))
}

fn advice(site: &Site, own: &Claim<'_>, other: &Claim<'_>) -> String {
    match (own.by, other.by) {
        (Claimant::Document(document), Claimant::Generated(_, Some(Subject::Section(language, folder, 1)))) => {
            let ending = document.path.file_name().rsplit('.').next().unwrap_or("md");
            let code = site.config.languages.get(*language).filter(|_| *language > 0);
            let code = code.map(|language| format!(".{}", language.code)).unwrap_or_default();
            format!(
                "if these are the list's own words, rename the file to content/{folder}/_index{code}.{ending}; else give it another name"
            )
        }
        (Claimant::File(_), _) => "rename this file, or remove it".to_owned(),
        (_, Claimant::File(path)) => format!("rename {path}, or remove it"),
        (Claimant::Generated(..), _) => "rename one of the two folders".to_owned(),
        _ => "give this page another file name, or another `slug`".to_owned(),
    }
}

/// Two paths that differ and still can't both be written.
fn clash(own: &Claim<'_>, other: &Claim<'_>, me: &str, what: &str, meeting: Meeting) -> String {
    let (mine, theirs) = (own.file, other.file);
    match meeting {
        Meeting::Same | Meeting::Alike => format!(
            "{me} would be published as /{mine}, and {what} as /{theirs}: Windows, macOS and some hosts take the two for one name"
        ),
        Meeting::FileAtFolder => format!("{me} would be the file /{mine}, where {what} needs a folder, for /{theirs}"),
        Meeting::FolderAtFile => format!("{me} needs a folder for /{mine}, where {what} is the file /{theirs}"),
    }
}

/// What a claimant is called at another's place.
fn described(claim: &Claim<'_>) -> String {
    match claim.by {
        Claimant::Reserved(what) => what.to_owned(),
        Claimant::Generated(_, Some(Subject::Section(_, folder, _))) => {
            format!("the list of pages in content/{folder}/")
        }
        Claimant::Generated(what, _) => what.to_owned(),
        Claimant::Document(document) => document.path.to_string(),
        Claimant::Letter(document) => {
            format!("{} of {}", claim.file.rsplit('/').next().unwrap_or(claim.file), document.path)
        }
        Claimant::Theme => "a file of the theme".to_owned(),
        Claimant::Variant(path) => format!("a smaller copy of {path}"),
        Claimant::File(path) => path.to_string(),
        Claimant::Alias(_, owner) => {
            owner.map_or_else(|| "another page".to_owned(), |(document, _)| document.path.to_string())
        }
    }
}

fn place<'a>(site: &'a Site, by: &Claimant<'a>) -> Option<Place<'a>> {
    match *by {
        Claimant::Reserved(_) | Claimant::Theme | Claimant::Variant(_) => None,
        Claimant::Generated(_, subject) => written_for(site, subject?).map(Place::Title),
        Claimant::Document(document) | Claimant::Letter(document) => Some(Place::Title(document)),
        Claimant::File(path) => Some(Place::File(path)),
        Claimant::Alias(_, owner) => owner.map(|(document, span)| Place::Alias(document, span.clone())),
    }
}

/// Two lists that meet are made of folders, which are known by their pages.
fn of_two_lists<'a>(site: &'a Site, own: &Claim<'a>, other: &Claim<'_>) -> Option<Place<'a>> {
    let (Claimant::Generated(_, subject), Claimant::Generated(..)) = (own.by, other.by) else { return None };
    let pages = match subject? {
        Subject::Section(language, folder, _) => &site.editions.get(*language)?.sections.get(&**folder)?.pages,
        Subject::Topic(language, slug, _) => &site.editions.get(*language)?.topic(slug)?.pages,
        _ => return None,
    };
    pages.first().map(|&id| Place::Title(&site.pages[id].document))
}

/// The document that an editor wrote for a list.
fn written_for<'a>(site: &'a Site, subject: &Subject) -> Option<&'a Document> {
    let document = match subject {
        Subject::Section(language, folder, _) => &site.editions.get(*language)?.sections.get(&**folder)?.document,
        Subject::Topic(language, slug, _) => &site.editions.get(*language)?.topic(slug)?.document,
        Subject::Home(language) => &site.editions.get(*language)?.home,
        Subject::Topics(language) => return site.topics_page(*language).map(|document| &**document),
        _ => return None,
    };
    document.as_deref()
}

/// That Windows, on which this runs, can't write the file.
pub(super) fn forbidden(claim: &Claim<'_>, site: &Site) -> Option<Diagnostic> {
    let code = if matches!(claim.by, Claimant::Alias(..)) { Rule::BadAlias } else { Rule::ReservedAddress };
    let diagnostic = Diagnostic::error(code, format!("Windows can't write a file named /{}", claim.file));
    let hint = "leave out the signs < > : \" | ? *, a dot or space at a name's end, and names such as con, nul or com1";
    Some(place(site, &claim.by)?.on(diagnostic.hint(hint)))
}

/// That an old address is one of a letter's own files.
pub(super) fn in_letter(site: &Site, alias: &Claimant<'_>, from: &Address, letter: &Document) -> Option<Diagnostic> {
    let message =
        format!("{from} is in the folder of {}, where Letterpress writes that letter's own files", letter.path);
    let diagnostic = Diagnostic::error(Rule::BadAlias, message);
    Some(place(site, alias)?.on(diagnostic.hint("remove the alias; readers find the letter's files on its page")))
}
