//! Rules about keeping advice fresh.

use std::ops::Range;

use jiff::civil::Date;

use super::other_passes;
use super::text_dates::dates;
use crate::check::{Find, Finding, Linked, Page, RuleEntry};
use crate::diagnostic::{Rule, Severity};
use crate::document::{Document, Kind};

pub(crate) const RULES: &[RuleEntry] = &[
    RuleEntry {
        rule: Rule::ReviewDue,
        severity: Some(Severity::Warning),
        reason: "Advice goes stale.",
        example: "review_by: 2025-03-01",
        mend: "Read the page again; then set `updated` and a new `review_by`.",
        find: Find::Page(review_due),
    },
    RuleEntry {
        rule: Rule::ReviewMissing,
        severity: Some(Severity::Warning),
        reason: "The sections that `review_required` names promise that somebody reads their pages again.",
        example: "an article without `review_by`, where `review_required = [\"articles\"]`",
        mend: "Add `review_by:` with the day by which somebody should read it again.",
        find: Find::Page(review_missing),
    },
    RuleEntry {
        rule: Rule::StalePage,
        severity: Some(Severity::Warning),
        reason: "What nobody has touched for longer than `stale_after_months` is probably out of date.",
        example: "updated: 2023-01-10, where `stale_after_months = 18`",
        mend: "Read the page again; then set `updated`.",
        find: Find::Page(stale),
    },
    RuleEntry {
        rule: Rule::PassedDate,
        severity: Some(Severity::Warning),
        reason: "A reader who is told to act by a day that has passed stops trusting the rest.",
        example: "Apply by 30 June 2024.",
        mend: "Give the next date, or say what holds now.",
        find: Find::Page(passed_date),
    },
    RuleEntry {
        rule: Rule::UndatedMoney,
        severity: None,
        reason: "A sum of money without a year looks true for ever.",
        example: "The allowance is Rs 5,000 a month.",
        mend: "Say when it held, as in 'In 2026 the allowance is Rs 5,000 a month'.",
        find: Find::Page(undated_money),
    },
    RuleEntry {
        rule: Rule::OutdatedTranslation,
        severity: Some(Severity::Warning),
        reason: "Readers of a translation are told what its original no longer says.",
        example: "leave.ur.md of 2025-01-10 beside leave.md with `updated: 2026-02-01`",
        mend: "Bring the translation up to date; then set its `updated`.",
        find: Find::Document(outdated_translation),
    },
    other_passes::warning(
        Rule::MissingUpdated,
        "Readers look at the date to see whether advice still holds.",
        "an article of 2024 that was changed last week",
        "Set `updated` to the day of the change. `--fix` does it, by the history that git keeps.",
    ),
];

fn review_due(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let document = page.document;
    let Some(review_by) = document.front.review_by.filter(|day| *day < page.site_rules.sources.today) else { return };
    let diagnostic = Finding::new(format!("this page was to be read again by {review_by}"));
    let diagnostic = diagnostic.hint("check that it still holds, then set `updated` and a new `review_by`");
    diagnostics.push(diagnostic.at(document.source(), document.front.review_by_span.clone()));
}

fn review_missing(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let document = page.document;
    let required = &page.site_rules.sources.config.check.review_required;
    let is_page = matches!(document.kind, Kind::Page | Kind::Article | Kind::Letter);
    let is_required = required.iter().any(|required| required.trim_matches('/') == section(document));
    if is_page && is_required && document.front.review_by.is_none() && !document.front.broken {
        let diagnostic =
            Finding::new(format!("pages in `{}` need `review_by`, and this one has none", section(document)));
        let diagnostic =
            diagnostic.hint("add the day by which somebody should read it again, such as `review_by: 2027-03-01`");
        diagnostics.push(diagnostic.at(document.source(), document.front.title_span.clone()));
    }
}

/// The first folder below `content/`.
pub(crate) fn section(document: &Document) -> &str {
    let mut parts = document.path.as_str().split('/').skip(1);
    let first = parts.next().unwrap_or_default();
    if parts.next().is_some() { first } else { "" }
}

/// When the page last changed, according to its front matter.
fn last_change(document: &Document) -> Option<Date> {
    document.front.updated.max(document.front.date)
}

fn stale(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let document = page.document;
    let Some(months) = page.site_rules.sources.config.check.stale_after_months else { return };
    let span = jiff::Span::new().try_months(months);
    let limit = span.and_then(|span| page.site_rules.sources.today.checked_sub(span));
    let (Ok(limit), Some(changed)) = (limit, last_change(document)) else { return };
    let is_page = matches!(document.kind, Kind::Page | Kind::Article | Kind::Letter);
    if is_page && changed < limit {
        let diagnostic =
            Finding::new(format!("this page was last changed on {changed}, more than {months} months ago"));
        let diagnostic = diagnostic.hint("check that it still holds, then set `updated`");
        diagnostics.push(diagnostic.at(document.source(), document.front.title_span.clone()));
    }
}

/// Whether the words before a day set it as a limit for the reader.
fn is_limit(before: &[String]) -> bool {
    let word = |at: usize| before.get(at).map_or("", String::as_str);
    let ends =
        |word: &str| matches!(word, "closes" | "close" | "ends" | "end" | "due" | "expires" | "deadline" | "closing");
    match word(0) {
        "by" | "until" | "till" | "before" => true,
        "than" => word(1) == "later",
        "on" | "is" => ends(word(1)),
        other => ends(other),
    }
}

/// Words that make a sentence one about the past. 'Apply by 30 June 2024' is advice, also on a page that was changed since.
const OF_THE_PAST: &[&str] = &[
    "was",
    "were",
    "had",
    "did",
    "ended",
    "closed",
    "expired",
    "came",
    "became",
    "began",
    "started",
    "took",
    "applied",
    "held",
    "remained",
    "lasted",
    "stopped",
    "paid",
    "used",
    "allowed",
    "required",
    "introduced",
    "replaced",
    "changed",
    "ago",
    "former",
    "formerly",
    "previous",
    "previously",
    "originally",
    "old",
    "earlier",
    "published",
    "written",
    "updated",
];

/// Whether the sentence round a place of a text is about the past.
fn is_of_the_past(text: &str, place: &Range<usize>) -> bool {
    let is_end = |sign: char| matches!(sign, '.' | '!' | '?' | '\n');
    let start = text[..place.start].rfind(is_end).map_or(0, |at| at + 1);
    let end = text[place.end..].find(is_end).map_or(text.len(), |at| place.end + at);
    let mut words = text[start..end].split(|sign: char| !sign.is_alphanumeric());
    words.any(|word| OF_THE_PAST.contains(&word.to_lowercase().as_str()))
}

/// A day that had passed when the page was written is history where its sentence makes that clear.
fn passed_date(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let today = page.site_rules.sources.today;
    let written = last_change(page.document);
    for passage in page.own_words() {
        for date in dates(&passage.text) {
            let is_older = written.is_some_and(|written| date.day < written);
            let is_history = is_older && is_of_the_past(&passage.text, &date.range);
            if date.day < today && !is_history && is_limit(&date.before) {
                let diagnostic = Finding::new(format!("this day has passed: {}", date.day));
                let diagnostic = diagnostic.hint("give the next date, or say what holds now");
                diagnostics.push(diagnostic.at(page.document.source(), passage.span(date.range)));
            }
        }
    }
}

const CURRENCIES: &[&str] =
    &["Rs ", "Rs. ", "Rs.", "Rs", "PKR ", "PKR", "₨", "£", "€", "$", "USD ", "GBP ", "EUR ", "AED ", "SAR ", "₹"];

fn undated_money(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for passage in page.own_words().filter(|passage| !has_year(&passage.text)) {
        if let Some(range) = money(&passage.text) {
            let diagnostic =
                Finding::new("this sum has no year beside it").hint("say when it held, for example 'In 2026 …'");
            diagnostics.push(diagnostic.at(page.document.source(), passage.span(range)));
        }
    }
}

fn money(text: &str) -> Option<std::ops::Range<usize>> {
    CURRENCIES.iter().find_map(|currency| {
        let (start, _) = text.match_indices(currency).find(|(at, _)| {
            let whole_word = !text[..*at].ends_with(char::is_alphanumeric);
            whole_word && text[at + currency.len()..].starts_with(|digit: char| digit.is_ascii_digit())
        })?;
        let digits = &text[start + currency.len()..];
        let is_digit = |sign: char| sign.is_ascii_digit() || matches!(sign, ',' | '.');
        let length = digits.find(|sign| !is_digit(sign)).unwrap_or(digits.len());
        Some(start..start + currency.len() + digits[..length].trim_end_matches([',', '.']).len())
    })
}

fn has_year(text: &str) -> bool {
    let words = text.split(|sign: char| !sign.is_alphanumeric());
    words
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse::<u16>().ok())
        .any(|year| (1900..2200).contains(&year))
}

fn outdated_translation(linked: &Linked<'_, '_>, diagnostics: &mut Vec<Finding>) {
    let Linked { whole, document, .. } = linked;
    if document.language == 0 {
        return;
    }
    let translations = whole.site.translations_of(&document.key);
    let original = translations.iter().filter_map(|path| whole.site.document(path)).find(|other| other.language == 0);
    let Some(original) = original else { return };
    let Some(changed) = last_change(original) else { return };
    if last_change(document).is_some_and(|translated| translated < changed) {
        let diagnostic = Finding::new(format!("{} changed on {changed}, after this translation of it", original.path));
        let diagnostic = diagnostic.hint("bring the translation up to date, then set its `updated`");
        diagnostics.push(diagnostic.at(document.source(), document.front.title_span.clone()));
    }
}
