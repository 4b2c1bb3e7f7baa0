//! Rules about a page's outline: headings that are alike, bold lines in place of headings, and empty pages.

use std::collections::HashSet;

use crate::check::prose::{BoldLine, Slip};
use crate::check::{Find, Finding, Page, RuleEntry};
use crate::diagnostic::{Rule, Severity};
use crate::document::{Kind, Part};

pub(crate) const RULES: &[RuleEntry] = &[
    RuleEntry {
        rule: Rule::DuplicateHeading,
        severity: Some(Severity::Warning),
        reason: "Of two headings with the same words in one part nobody knows which is which in a list of them.",
        example: "## Documents\n## Documents",
        mend: "Say in each heading what only its own part is about.",
        find: Find::Page(duplicates),
    },
    RuleEntry {
        rule: Rule::BoldHeading,
        severity: Some(Severity::Warning),
        reason: "A bold line looks like a heading and is none to somebody who listens, and no link can lead to it (WCAG 2.2 SC 1.3.1).",
        example: "**When to ask**\n\nWords.\n\n**Whom to ask**",
        mend: "Write a heading: `## When to ask`.",
        find: Find::Page(bold_headings),
    },
    RuleEntry {
        rule: Rule::EmptyPage,
        severity: Some(Severity::Warning),
        reason: "A page without a word below its title helps nobody, and is in all lists.",
        example: "a file with front matter and nothing else",
        mend: "Write the page, or keep it back with `draft: true`.",
        find: Find::Page(empty),
    },
];

/// Two headings are in one part if the same headings are above both.
fn duplicates(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let mut above: Vec<(u8, usize)> = Vec::new();
    let mut seen = HashSet::new();
    let headings = page.reading.headings.iter().filter(|heading| !heading.title.is_empty());
    for (number, heading) in headings.enumerate() {
        while above.last().is_some_and(|(level, _)| *level >= heading.level) {
            above.pop();
        }
        let part = above.last().map(|(_, number)| *number);
        if !seen.insert((part, heading.title.to_lowercase())) {
            let diagnostic =
                Finding::new(format!("the heading '{}' is already in this part of the page", heading.title));
            let diagnostic = diagnostic.hint("say in each of the two what only its own part is about");
            diagnostics.push(diagnostic.at(page.document.source(), heading.span.clone()));
        }
        above.push((heading.level, number));
    }
}

/// One bold line may be a cry; several are an outline.
fn bold_headings(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for prose in page.page_proses() {
        let lines: Vec<&BoldLine> = prose.bold_lines.iter().filter(|line| is_like_a_heading(&line.text)).collect();
        if lines.len() < 2 {
            continue;
        }
        for line in lines {
            let marks = "#".repeat(usize::from(line.level_above.min(5)) + 1);
            let words = line.text.trim().trim_end_matches(':');
            let hint = format!("write `{marks} {words}`");
            let slip = Slip::new(line.span.clone(), "this bold line stands for a heading and is none", hint);
            diagnostics.push(page.report(prose, slip));
        }
    }
}

fn is_like_a_heading(text: &str) -> bool {
    const MOST_WORDS: usize = 10;
    let text = text.trim();
    !text.ends_with(['.', ',', '!', ';', '۔', '،', '…']) && (1..=MOST_WORDS).contains(&text.split_whitespace().count())
}

fn empty(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let document = page.document;
    let is_page = matches!(document.kind, Kind::Page | Kind::Article);
    let says_something = || {
        let sections = document.body.sections.get();
        let has_words = sections.iter().any(|section| section.text.contains(char::is_alphanumeric));
        let has_letter = document.body.parts.iter().any(|part| matches!(part, Part::Letter(..)));
        has_words
            || has_letter
            || document
                .body
                .html()
                .iter()
                .any(|html| html.contains("<img") || html.contains("<svg") || html.contains("<pre"))
    };
    // // Another error of the page may be why it is empty.
    let has_errors = document.diagnostics.iter().any(|one| one.severity == Severity::Error);
    if is_page && !document.front.broken && !has_errors && !says_something() {
        let diagnostic = Finding::new("this page says nothing below its title");
        let diagnostic = diagnostic.hint("write it, or keep it back with `draft: true`");
        diagnostics.push(diagnostic.at(document.source(), document.front.title_span.clone()));
    }
}
