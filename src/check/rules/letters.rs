//! Rules about letters, and about placeholders where none belong.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::other_passes;
use crate::check::reading::{NO_WORD, PassageKind};
use crate::check::{Find, Finding, Page, RuleEntry};
use crate::diagnostic::{Rule, Severity};
use crate::document::Kind;
use crate::letters::{Part, Role};

pub(crate) const RULES: &[RuleEntry] = &[
    other_passes::error(
        Rule::LetterEmpty,
        "A letter that says nothing helps nobody.",
        "a file in content/letters/ with front matter alone",
        "Write the letter below the front matter.",
    ),
    other_passes::error(
        Rule::LetterEmptyPlaceholder,
        "A blank must say what belongs in it.",
        "Dear [...],",
        "Name what to fill in: `[name of manager]`.",
    ),
    other_passes::error(
        Rule::LetterUnsupported,
        "What paper and e-mail can't hold would be lost.",
        "<b>Dear</b> Madam",
        "Write it in words.",
    ),
    other_passes::error(
        Rule::LetterLink,
        "A letter that has left the site can't follow a relative link.",
        "[our advice](../articles/leave.md)",
        "Give the whole address with https://, or leave the link out.",
    ),
    other_passes::warning(
        Rule::LetterLoneBracket,
        "Half a placeholder is no placeholder.",
        "Dear [name of manager,",
        "Close the bracket, or write `\\[` for a plain one.",
    ),
    other_passes::error(
        Rule::LetterPart,
        "A part without its beginning or end shows at the wrong time.",
        "::: when notice is \"one month\", without a line `:::` behind it",
        "End the part with a line `:::`.",
    ),
    other_passes::warning(
        Rule::LetterUnusedField,
        "A field that the letter doesn't use is mostly a misspelt one.",
        "fields: { name of manger: } beside [name of manager]",
        "Correct the name, or remove the field.",
    ),
    other_passes::error(
        Rule::LetterDuplicateField,
        "A field declared twice has two answers.",
        "fields: { Notice: …, notice: … }",
        "Keep one of the two.",
    ),
    other_passes::error(
        Rule::LetterField,
        "A field that contradicts itself can't be filled in.",
        "notice: { type: date, choices: [one month, two months] }",
        "Follow the message.",
    ),
    other_passes::warning(
        Rule::LetterLongPlaceholder,
        "A sentence is no blank.",
        "[a sentence or two about why you want to leave this company now]",
        "Name the blank in a few words and say the rest in `hint:`.",
    ),
    other_passes::warning(
        Rule::LetterSimilarField,
        "A misspelt placeholder asks the reader twice.",
        "[job tilte] beside [job title]",
        "Write both the same way.",
    ),
    other_passes::error(
        Rule::LetterUnreachable,
        "A part that no choice shows is seen by nobody.",
        "::: when notice is \"a week\", where that is no choice",
        "Use one of the field's choices.",
    ),
    other_passes::warning(
        Rule::LetterCharacter,
        "A sign that no font has is missing from the PDF.",
        "I am glad 🎉.",
        "Say it in words.",
    ),
    other_passes::error(
        Rule::LetterExport,
        "A letter whose files can't be made can't be taken away.",
        "a letter in a script for which there is no font",
        "Follow the message.",
    ),
    RuleEntry {
        rule: Rule::LetterWithoutSubject,
        severity: Some(Severity::Warning),
        reason: "An e-mail without a subject isn't opened, and a letter without one isn't filed.",
        example: "a letter without `subject:` and without a bold subject line",
        mend: "Add `subject:` to the front matter, or a line in bold below the salutation.",
        find: Find::Page(without_subject),
    },
    RuleEntry {
        rule: Rule::LetterWithoutClose,
        severity: Some(Severity::Warning),
        reason: "A letter that stops without a close reads as if a page were missing.",
        example: "a letter that ends with its last sentence",
        mend: "End with 'Yours sincerely,' and `[your name]`.",
        find: Find::Page(without_close),
    },
    RuleEntry {
        rule: Rule::ForgottenPlaceholder,
        severity: Some(Severity::Warning),
        reason: "A blank that nobody filled in shows readers that nobody read the page.",
        example: "Call us at [phone number].",
        mend: "Fill it in. A sample for readers belongs in a quotation or in content/letters/; `\\[` is a plain bracket.",
        find: Find::Page(forgotten),
    },
];

/// Diagnostics of a letter about the same mistake; where one of them is reported, its consequences are not.
fn without_subject(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let above = page.document.letter.as_ref().is_some_and(|letter| letter.subject.is_some());
    if has_no(page, Role::Subject) && !above {
        let diagnostic = Finding::new("the letter has no subject")
            .hint("add a line such as `subject: \"Leave on [date]\"` to the front matter");
        diagnostics.push(diagnostic.at(page.document.source(), page.document.front.title_span.clone()));
    }
}

fn without_close(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    if has_no(page, Role::Close) && !ends_well(page) {
        let end = page.document.text.trim_end().len();
        let start = page.document.text[..end].rfind('\n').map_or(0, |at| at + 1);
        let diagnostic =
            Finding::new("the letter has no close").hint("end it with 'Yours sincerely,' and `[your name]`");
        diagnostics.push(diagnostic.at(page.document.source(), start..end));
    }
}

/// Whether the end has a close in words of its own, such as 'With respect and thanks,'; an e-mail may end with the name alone.
fn ends_well(page: &Page<'_>) -> bool {
    let end: Vec<&str> = page.document.text.trim_end().rsplit("\n\n").take(3).map(str::trim).collect();
    let is_salutation =
        |text: &str| ["Dear", "To ", "Hi ", "Hello", "Respected"].iter().any(|word| text.starts_with(word));
    let is_close =
        |text: &&str| text.ends_with([',', '،']) && text.split_whitespace().count() <= 6 && !is_salutation(text);
    let is_email = page.document.letter.as_ref().is_some_and(|letter| letter.is_email());
    end.iter().any(is_close) || (is_email && end.first().is_some_and(|last| last.starts_with('[')))
}

/// Whether a letter that can be read has text and no passage of that role.
fn has_no(page: &Page<'_>, role: Role) -> bool {
    let Some(letter) = page.document.letter.as_ref().filter(|letter| !letter.parts.is_empty()) else { return false };
    !page.document.front.broken && !letter.parts.iter().flat_map(Part::passages).any(|passage| passage.role == role)
}

/// What placeholders speak of; a bracket with one of these words asks for something.
const ASKED_FOR: &[&str] = &[
    "your",
    "insert",
    "enter",
    "name",
    "date",
    "address",
    "company",
    "employer",
    "number",
    "amount",
    "title",
    "email",
    "e-mail",
    "phone",
    "placeholder",
    "link",
    "position",
    "city",
];

/// Notes to oneself.
const NOTES: &[&str] = &["TODO", "TBC", "TBD", "FIXME", "XXX", "Lorem ipsum"];

/// With leftmost matches it skims a text many bytes at a time.
static NOTE_FINDER: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(NOTES).ok());

fn forgotten(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    if page.document.kind == Kind::Letter {
        return;
    }
    for passage in page.own_words().filter(|passage| passage.kind != PassageKind::FrontMatter) {
        let text = &passage.text;
        let is_asking = |range: &Range<usize>| {
            let place = passage.span(range.clone());
            // A bracket written as `&#91;` means itself, as one with a backslash does.
            let is_bracket = page.document.text.get(place.start..).is_some_and(|written| written.starts_with('['));
            asks(text, range) && !is_half_link(text, range) && is_bracket && !page.is_escaped(place.start)
        };
        // // Few passages have a bracket at all, and those without one are ruled out at once.
        let asking: Vec<Range<usize>> =
            if text.contains('[') { brackets(text).filter(is_asking).collect() } else { Vec::new() };
        let is_told = |at: usize| {
            let behind = asking.partition_point(|range| range.start <= at);
            behind > 0 && asking[behind - 1].contains(&at)
        };
        let notes = NOTE_FINDER.iter().flat_map(|finder| finder.find_iter(text)).map(|found| found.range());
        let notes = notes.filter(|range| is_whole_word(text, range) && !is_told(range.start));
        for range in asking.iter().cloned().chain(notes) {
            let diagnostic = Finding::new(format!("`{}` looks like something left to fill in", &text[range.clone()]));
            let diagnostic =
                diagnostic.hint("fill it in; a sample for readers belongs in a quotation (`>`) or a letter");
            diagnostics.push(diagnostic.at(page.document.source(), passage.span(range)));
        }
    }
}

/// The innermost brackets outside quotation marks, within which they are a sample. One pass: a million that never close cost no more than
/// other text.
fn brackets(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut open = None;
    let mut is_quoted = false;
    text.match_indices(['[', ']', '"', '“', '”']).filter_map(move |(at, sign)| match sign {
        "[" => {
            open = Some((at, is_quoted));
            None
        }
        "]" => open.take().filter(|(_, is_sample)| !is_sample).map(|(start, _)| start..at + 1),
        _ => {
            is_quoted = !is_quoted;
            None
        }
    })
}

/// A few words, one of which asks for something.
fn asks(text: &str, range: &Range<usize>) -> bool {
    let inner = text[range.start + 1..range.end - 1].to_lowercase();
    let words: Vec<&str> =
        inner.split(|sign: char| !sign.is_alphanumeric() && sign != '-').filter(|word| !word.is_empty()).collect();
    words.len() <= 6 && words.iter().any(|word| ASKED_FOR.contains(word))
}

/// Whether the brackets belong to what was meant as a link, which has a rule of its own, or to a list in code: `["date", "lastmod"]`.
fn is_half_link(text: &str, range: &Range<usize>) -> bool {
    let is_code = text[range.clone()].contains(['"', '{', '=', NO_WORD]);
    is_code || text[range.end..].starts_with(['[', '(']) || text[..range.start].ends_with(']')
}

fn is_whole_word(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    ![before, after].into_iter().flatten().any(|sign| sign.is_alphanumeric() || sign == '_')
}
