//! Rules about front matter: what is missing, what is duplicated, which address it asks for.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::RandomState;

use super::other_passes;
use crate::check::{Find, Finding, Page, RuleEntry, Whole};
use crate::diagnostic::{Diagnostic, Rule, Severity, unknown_rule};
use crate::document::{Document, Kind, cut_off, quoted};
use crate::source::SourcePath;

pub(crate) const RULES: &[RuleEntry] = &[
    other_passes::error(
        Rule::UnclosedFrontMatter,
        "Front matter without its end swallows the page.",
        "---\ntitle: Ask for leave\n\nDear …",
        "Close it with a line `---`.",
    ),
    other_passes::error(
        Rule::UnknownKey,
        "A misspelt key silently loses what it says.",
        "tilte: Ask for leave",
        "Correct the key, or set `unknown_keys` in letterpress.toml for content that moves in from elsewhere.",
    ),
    other_passes::error(
        Rule::MisplacedKey,
        "A letter's keys do nothing on another page.",
        "subject: Leave on [date]",
        "Move the file into content/letters/, or remove the key.",
    ),
    other_passes::error(
        Rule::MissingTitle,
        "A page without a title has no name in listings, search and tabs.",
        "---\ndate: 2026-03-05\n---",
        "Add `title:` with a few words that say what the page is for.",
    ),
    other_passes::error(
        Rule::ImpossibleDate,
        "A date that doesn't exist can't order, publish or withdraw a page.",
        "date: 2026-02-30",
        "Write year-month-day with hyphens: `2026-02-28`.",
    ),
    other_passes::warning(
        Rule::EmptyDate,
        "What a program writes that has no date is not the day of a page.",
        "date: 0001-01-01T00:00:00Z",
        "Remove the key, or give it a day.",
    ),
    other_passes::error(
        Rule::MisplacedFrontMatter,
        "Front matter that is not the first thing in its file would be shown as text, and what it keeps back would be published.",
        "Some words\n---\ntitle: Ask for leave\ndraft: true\n---",
        "Begin the file with a line `---`, and close the front matter with another.",
    ),
    other_passes::error(
        Rule::UpdatedBeforeDate,
        "Readers would be told that the page changed before it was there.",
        "date: 2026-03-05\nupdated: 2025-03-05",
        "Swap the two, or correct one of them.",
    ),
    other_passes::error(
        Rule::ExpiresBeforeDate,
        "The page would be withdrawn before it is published.",
        "date: 2026-03-05\nexpires: 2026-03-01",
        "Correct one of the two, or remove `expires`.",
    ),
    other_passes::error(
        Rule::BadSlug,
        "Not every sign can stand in an address.",
        "slug: Ask for Leave!",
        "Use small letters, digits and hyphens.",
    ),
    RuleEntry {
        rule: Rule::WithheldPage,
        severity: Some(Severity::Warning),
        reason: "A page that says in the words of another generator that it is not public is not published.",
        example: "published: false",
        mend: "Write `draft: true` to keep the page back, or remove the line to publish it.",
        find: Find::Whole(withheld),
    },
    other_passes::error(
        Rule::AddressCollision,
        "Two pages or files can't be published at one address.",
        "`leave.md` beside `leave/index.md`",
        "Give one of them another file name, or another `slug`.",
    ),
    other_passes::error(
        Rule::ReservedAddress,
        "Search, tags and assets need their addresses.",
        "content/search.md",
        "Rename the file or folder.",
    ),
    other_passes::error(
        Rule::AliasCollision,
        "An old address can't lead to two pages, nor away from a page that is there.",
        "aliases: [/articles/leave/], where articles/leave.md is a page",
        "Remove one of the two.",
    ),
    other_passes::warning(
        Rule::UnknownTopic,
        "A misspelt topic makes a listing of one page.",
        "topics: [intervews]",
        "Use a topic that has its file in content/topics/, or add the file.",
    ),
    RuleEntry {
        rule: Rule::AliasLoop,
        severity: Some(Severity::Error),
        reason: "A page that sends its readers to itself never arrives.",
        example: "aliases: [/articles/leave/] in articles/leave.md",
        mend: "Remove the alias.",
        find: Find::Elsewhere,
    },
    RuleEntry {
        rule: Rule::MissingDescription,
        severity: Some(Severity::Warning),
        reason: "Listings, search results and shared links need a sentence that says what the page is for.",
        example: "---\ntitle: Ask for leave\n---",
        mend: "Add `description:` with one sentence that says what the reader will be able to do.",
        find: Find::Page(missing_description),
    },
    RuleEntry {
        rule: Rule::CutOffText,
        severity: Some(Severity::Warning),
        reason: "In YAML a `#` behind a space begins a comment: what follows is lost.",
        example: "title: Our #1 reason to go",
        mend: "Put the whole text in quotes.",
        find: Find::Page(cut_off_text),
    },
    RuleEntry {
        rule: Rule::DuplicateTitle,
        severity: Some(Severity::Warning),
        reason: "Readers can't tell two pages of one name apart in listings and search.",
        example: "`title: Ask for leave` in two articles",
        mend: "Say in each title what the other page doesn't tell.",
        find: Find::Structure(duplicate_titles),
    },
    RuleEntry {
        rule: Rule::DuplicateDescription,
        severity: Some(Severity::Warning),
        reason: "Two pages that promise the same leave the reader to guess.",
        example: "the same `description` in two articles",
        mend: "Describe what each page does for its reader.",
        find: Find::Structure(duplicate_descriptions),
    },
    RuleEntry {
        rule: Rule::UnknownAllowance,
        severity: Some(Severity::Error),
        reason: "A page can't be allowed to break a rule that isn't there.",
        example: "allow: { long-sentences: \"The law's own words\" }",
        mend: "Use the code that the message shows.",
        find: Find::Page(unknown_allowance),
    },
    RuleEntry {
        rule: Rule::AllowanceWithoutReason,
        severity: Some(Severity::Error),
        reason: "The next editor must know why a page may break a rule.",
        example: "allow: { long-sentence: }",
        mend: "Say the reason in a few words; without one the rule holds.",
        find: Find::Page(allowance_without_reason),
    },
    other_passes::warning(
        Rule::UnusedAllowance,
        "An allowance that nothing needs hides the next breach.",
        "allow: { bare-url: \"A sample\" } on a page without one",
        "Remove the line.",
    ),
];

fn missing_description(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let document = page.document;
    let wants_one = matches!(document.kind, Kind::Article | Kind::Letter);
    if wants_one && document.front.description.is_empty() && !document.front.broken {
        let diagnostic = Finding::new("the page has no `description`");
        let diagnostic = diagnostic.hint("add one sentence that says what the reader will be able to do");
        diagnostics.push(diagnostic.at(document.source(), document.front.title_span.clone()));
    }
}

/// Pages that readers don't see today because of another generator's keys. With `unknown_keys = "error"`, such a key is an error
/// at once.
fn withheld(whole: &Whole<'_>, diagnostics: &mut Vec<Finding>) {
    for document in whole.site.hidden() {
        let kept_back = document.front.kept_back.iter();
        for one in kept_back.filter(|one| !one.is_reported && one.holds_on(whole.site.today)) {
            diagnostics
                .push(one.diagnostic(document.source(), Diagnostic::warning(Rule::WithheldPage, &one.message)).into());
        }
    }
}

fn cut_off_text(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let front = &page.document.front;
    let fields =
        [("title", &front.title, &front.title_span), ("description", &front.description, &front.description_span)];
    for (key, _, span) in fields.into_iter().filter(|(_, text, _)| !text.is_empty()) {
        // // An empty title has a report of its own.
        let Some(cut) = cut_off(&page.document.text, span).filter(|_| !span.is_empty()) else { continue };
        let lost = &page.document.text[cut.clone()];
        let whole = quoted(&page.document.text[span.start..cut.end]);
        let diagnostic = Finding::new(format!("the {key} ends before `{lost}`, since `#` begins a comment"));
        let diagnostic = diagnostic.hint(format!("put it in quotes: `{key}: {whole}`"));
        diagnostics.push(diagnostic.at(page.document.source(), cut));
    }
}

fn unknown_allowance(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let allowances = page.document.front.allow.iter();
    for allowance in allowances.filter(|allowance| Rule::of_code(&allowance.code).is_none()) {
        let unknown = unknown_rule(&allowance.code).at(page.document.source(), allowance.span.clone());
        diagnostics.push(unknown.into());
    }
}

fn allowance_without_reason(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for allowance in page.document.front.allow.iter().filter(|allowance| allowance.reason.is_empty()) {
        let diagnostic = Finding::new(format!("`{}` is allowed without a reason", allowance.code));
        let hint = format!("write why, for example `{}: \"The law's own words\"`", allowance.code);
        diagnostics.push(diagnostic.hint(hint).at(page.document.source(), allowance.span.clone()));
    }
}

fn duplicate_titles(whole: &Whole<'_>, diagnostics: &mut Vec<Finding>) {
    for (document, first) in repeated(whole, |document| &document.front.title) {
        let diagnostic =
            Finding::new(format!("{first} has the same title")).hint("say in the title what that page doesn't tell");
        diagnostics.push(diagnostic.at(document.source(), document.front.title_span.clone()));
    }
}

fn duplicate_descriptions(whole: &Whole<'_>, diagnostics: &mut Vec<Finding>) {
    for (document, first) in repeated(whole, |document| &document.front.description) {
        let diagnostic = Finding::new(format!("{first} has the same description"))
            .hint("describe what this page does for its reader");
        diagnostics.push(diagnostic.at(document.source(), document.front.description_span.clone()));
    }
}

/// Pages on which the text that `of` returns is that of an earlier page in the same language, and that page.
fn repeated<'a>(whole: &Whole<'a>, of: fn(&Document) -> &str) -> Vec<(&'a Document, &'a SourcePath)> {
    let mut first: HashMap<(usize, String), &SourcePath, RandomState> = HashMap::default();
    let mut repeated = Vec::new();
    for document in whole.site.pages.iter().map(|page| &*page.document).filter(|document| !document.front.broken) {
        let text = of(document).to_lowercase();
        if text.is_empty() {
            continue;
        }
        match first.entry((document.language, text)) {
            Entry::Occupied(path) => repeated.push((document, *path.get())),
            Entry::Vacant(vacant) => drop(vacant.insert(&document.path)),
        }
    }
    repeated
}
