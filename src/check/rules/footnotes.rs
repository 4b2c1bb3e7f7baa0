//! Rules about notes and labels without their partner: a mark in the text, and a line elsewhere that defines it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::check::prose::{Prose, Slip, folded};
use crate::check::{Find, Finding, Page, RuleEntry};
use crate::diagnostic::{Rule, Severity};
use crate::document::Kind;

pub(crate) const RULES: &[RuleEntry] = &[
    RuleEntry {
        rule: Rule::UndefinedFootnote,
        severity: Some(Severity::Warning),
        reason: "A mark whose note is missing stays in the text as it is written.",
        example: "Give a month of notice[^law].",
        mend: "Add a line `[^law]: …` with the note.",
        find: Find::Page(undefined),
    },
    RuleEntry {
        rule: Rule::UnusedFootnote,
        severity: Some(Severity::Warning),
        reason: "A note that no mark in the text refers to is not shown.",
        example: "[^law]: The act of 1968, in a text without `[^law]`",
        mend: "Write its mark where it belongs, or remove the note.",
        find: Find::Page(unused),
    },
    RuleEntry {
        rule: Rule::DuplicateFootnote,
        severity: Some(Severity::Warning),
        reason: "Of two notes with one name readers see only the first.",
        example: "[^law]: The act of 1968.\n[^law]: The act of 2013.",
        mend: "Give one of them another name.",
        find: Find::Page(duplicate),
    },
    RuleEntry {
        rule: Rule::UnusedLabel,
        severity: Some(Severity::Warning),
        reason: "A line that gives a label its address shows nothing by itself.",
        example: "[contract]: read-a-contract.md, in a text without `[contract]`",
        mend: "Write the label where the link belongs, or remove the line.",
        find: Find::Page(unused_labels),
    },
    RuleEntry {
        rule: Rule::DuplicateLabel,
        severity: Some(Severity::Warning),
        reason: "Of two addresses for one label links take the first.",
        example: "[contract]: read-a-contract.md\n[contract]: sign-a-contract.md",
        mend: "Give one of them another label, or remove it.",
        find: Find::Page(duplicate_labels),
    },
];

fn undefined(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let is_letter = page.document.kind == Kind::Letter;
    for prose in page.proses() {
        if is_letter && prose.is_body() {
            let used = prose.notes.used.iter().map(|(_, range)| range.clone());
            let marks = used.chain(marks(prose));
            diagnostics.extend(marks.map(|range| page.report(prose, in_letter(range))));
            continue;
        }
        for range in marks(prose) {
            let written = &prose.written[range.clone()];
            let name = &written["[^".len()..written.len() - 1];
            let known = prose.notes.defined.iter().map(|(name, _)| name.as_str());
            let hint = match page.guesses.did_you_mean(name, known) {
                Some(known) => format!("did you mean `[^{known}]`?"),
                None => format!("add a line `{written}: …` with the note"),
            };
            let message = format!("no line says what the note `{written}` is, so readers see its mark");
            diagnostics.push(page.report(prose, Slip::new(range, message, hint)));
        }
    }
}

fn in_letter(range: Range<usize>) -> Slip {
    Slip::new(range, "a letter has no notes below its text", "say it in the text itself, or in `guidance`")
}

/// Marks of notes that made none.
fn marks(prose: &Prose) -> impl Iterator<Item = Range<usize>> + '_ {
    let text = prose.text.as_str();
    memchr::memmem::find_iter(text.as_bytes(), "[^").filter_map(move |start| {
        let inner = &text[start + "[^".len()..];
        let length = inner.find([']', '[', '\n', ' ', crate::check::prose::COVER])?;
        let end = start + "[^".len() + length + 1;
        let is_mark = length > 0 && inner[length..].starts_with(']') && !text[end..].starts_with(['(', '[']);
        // A set of characters in a pattern, such as `[^a-z]`, is no note.
        let is_pattern =
            inner[..length].contains(['\\', '"', '\'', '^', '+', '*', '<', '>']) || inner[..length].contains("-z");
        (is_mark && !is_pattern).then_some(start..end)
    })
}

fn unused(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for prose in page.page_proses() {
        let used: HashSet<&str> = prose.notes.used.iter().map(|(name, _)| name.as_str()).collect();
        for (name, range) in first_of_each(&prose.notes.defined).filter(|(name, _)| !used.contains(name)) {
            let message = "no mark in the text refers to this note, so readers don't see it";
            let slip = Slip::new(range, message, format!("write `[^{name}]` where it belongs, or remove the note"));
            diagnostics.push(page.report(prose, slip));
        }
    }
}

fn first_of_each(defined: &[(String, Range<usize>)]) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut seen = HashSet::new();
    defined
        .iter()
        .filter(move |(name, _)| seen.insert(name.as_str()))
        .map(|(name, range)| (name.as_str(), range.clone()))
}

fn duplicate(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for prose in page.page_proses() {
        let mut seen = HashSet::new();
        for (name, range) in prose.notes.defined.iter().filter(|(name, _)| !seen.insert(name.as_str())) {
            let message = format!("the note `[^{name}]` is already on this page, and readers see only the first");
            let slip = Slip::new(range.clone(), message, "give one of the two another name, here and at its mark");
            diagnostics.push(page.report(prose, slip));
        }
    }
}

/// Labels that people write as comments, which no reader sees: `[//]: # (a note)`.
fn is_comment(label: &str) -> bool {
    label.starts_with("//")
        || matches!(label, "comment" | "_" | "#" | "note" | "_metadata_")
        || label.starts_with("_metadata")
}

fn unused_labels(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for prose in page.page_proses() {
        let used: HashSet<&str> = prose.labels.used.iter().map(String::as_str).collect();
        let unused =
            prose.labels.defined.iter().filter(|(label, _)| !used.contains(label.as_str()) && !is_comment(label));
        for (label, range) in unused {
            let message = format!("no link uses the label `[{label}]`");
            let hint = format!("write `[words][{label}]` where the link belongs, or remove the line");
            diagnostics.push(page.report(prose, Slip::new(first_line(prose, range), message, hint)));
        }
    }
}

fn first_line(prose: &Prose, range: &Range<usize>) -> Range<usize> {
    range.start..range.start + prose.written[range.clone()].lines().next().unwrap_or_default().len()
}

/// Lines that define a label once more are part of no text, and not the line that counts.
fn duplicate_labels(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for prose in page.page_proses().filter(|prose| !prose.labels.defined.is_empty() && prose.has("]:")) {
        let first: HashMap<&str, &Range<usize>> =
            prose.labels.defined.iter().map(|(label, range)| (label.as_str(), range)).collect();
        for line in prose.lines() {
            let (text, start) = line.content();
            let Some((label, _)) = text.strip_prefix('[').and_then(|rest| rest.split_once("]:")) else { continue };
            let label = folded(label);
            let is_later = first.get(label.as_str()).is_some_and(|range| range.end <= start);
            if is_later && !is_comment(&label) && !prose.texts_with_bracket.contains(&start) {
                let message = format!("the label `[{label}]` already has an address, and links take the first");
                let slip = Slip::new(start..line.range().end, message, "give it another label, or remove the line");
                diagnostics.push(page.report(prose, slip));
            }
        }
    }
}
