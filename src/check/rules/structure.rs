//! Rules about headings, tables, raw HTML and languages: what somebody relies on who hears the page.

use std::collections::HashMap;
use std::ops::Range;

use super::{other_passes, scripts};
use crate::check::raw_tags::{blocks, tags};
use crate::check::reading::Heading;
use crate::check::{Find, Finding, Page, RuleEntry};
use crate::diagnostic::{Rule, Severity};
use crate::document;
use crate::document::html_tags::Tag;
use crate::document::{Schema, elements, html_tags};

pub(crate) const RULES: &[RuleEntry] = &[
    RuleEntry {
        rule: Rule::SkippedHeading,
        severity: Some(Severity::Warning),
        reason: "Somebody who listens moves by headings, and looks in vain for the level that is left out (WCAG 2.2 SC 1.3.1).",
        example: "## Before\n#### The evening",
        mend: "Use the next level: `### The evening`.",
        find: Find::Page(skipped),
    },
    RuleEntry {
        rule: Rule::SeveralH1,
        severity: Some(Severity::Warning),
        reason: "The page's title is its one heading of the first level.",
        example: "# Before\n# After",
        mend: "Begin the page's own headings with `##`.",
        find: Find::Page(several_h1),
    },
    RuleEntry {
        rule: Rule::EmptyHeading,
        severity: Some(Severity::Warning),
        reason: "A heading without words is read out as nothing.",
        example: "##",
        mend: "Write the heading, or remove the line.",
        find: Find::Page(empty_heading),
    },
    RuleEntry {
        rule: Rule::EmptySchema,
        severity: Some(Severity::Warning),
        reason: "A page that says it holds answers or steps, and holds none, tells search engines nothing.",
        example: "schema: faq, where no heading is a question",
        mend: "Write the headings as questions or the steps as a numbered list, or remove `schema`.",
        find: Find::Page(empty_schema),
    },
    RuleEntry {
        rule: Rule::TableHeader,
        severity: Some(Severity::Warning),
        reason: "Without a header nobody who listens knows what a cell is about (WCAG 2.2 SC 1.3.1).",
        example: "|  |  |\n|--|--|\n| Notice | 30 days |",
        mend: "Name each column in the table's first line.",
        find: Find::Page(table_header),
    },
    RuleEntry {
        rule: Rule::ColourCue,
        severity: Some(Severity::Warning),
        reason: "Colour alone tells nothing to somebody who doesn't see it (WCAG 2.2 SC 1.4.1); Letterpress leaves it out.",
        example: "<span style=\"color: red\">Last day</span>",
        mend: "Say it in words, or use `**strong**` or a callout: `> [!WARNING]`.",
        find: Find::Page(colour),
    },
    RuleEntry {
        rule: Rule::UnmarkedLanguage,
        severity: Some(Severity::Warning),
        reason: "A screen reader speaks a passage in another script with the wrong voice (WCAG 2.2 SC 3.1.2).",
        example: "میں آپ کو اطلاع دیتا ہوں, in an English page",
        mend: "Wrap it: `<span lang=\"ur\" dir=\"rtl\">…</span>`.",
        find: Find::Page(scripts::unmarked_language),
    },
    RuleEntry {
        rule: Rule::UnclosedHtml,
        severity: Some(Severity::Warning),
        reason: "A tag without its end changes everything behind it.",
        example: "<div class=\"box\">Remember",
        mend: "Close the tag: `</div>`.",
        find: Find::Page(unclosed),
    },
    RuleEntry {
        rule: Rule::UnknownElement,
        severity: Some(Severity::Warning),
        reason: "Words in angle brackets are read as a tag; of one that HTML doesn't have nothing is shown.",
        example: "Write <your name> here",
        mend: "Write `&lt;your name>`, or put code in backticks.",
        find: Find::Page(unknown_elements),
    },
    other_passes::warning(
        Rule::UnsafeHtml,
        "Scripts, frames, forms and attributes such as `style` would break the page's promises to the reader; Letterpress leaves them out. Comments are left out too, without a message.",
        "<iframe src=\"https://video.example/1\"></iframe>",
        "Link to it instead, or remove the tag.",
    ),
    other_passes::warning(
        Rule::HtmlAsText,
        "With `raw_html = \"escape\"` readers see tags as they are written, and comments of several lines; a comment on one line stays hidden.",
        "<b>Remember</b>",
        "Write it in Markdown: `**Remember**`. Put code in backticks.",
    ),
];

fn skipped(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let headings = &page.reading.headings;
    let Some(first) = headings.first() else { return };
    let mut above = first.level;
    for heading in &headings[1..] {
        if heading.level > above + 1 {
            let message = format!("after a heading of level {above} this one is of level {}", heading.level);
            let hint = format!("write `{} {}`", "#".repeat(above.into()) + "#", written(page, heading));
            diagnostics.push(Finding::new(message).hint(hint).at(page.document.source(), heading.span.clone()));
        }
        above = heading.level;
    }
}

/// A heading's words with their own marks, as they are in the file.
fn written<'a>(page: &'a Page<'_>, heading: &Heading) -> &'a str {
    let text = page.document.text.get(heading.span.clone()).unwrap_or_default();
    text.lines().next().unwrap_or_default().trim_matches(['#', ' ', '\t'])
}

/// A first heading that repeats the title is left out of the page, and several that take the place of `##` are one slip.
fn several_h1(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let title = page.document.front.title.trim();
    let repeats_title = |title_of: &str| title_of.trim().eq_ignore_ascii_case(title);
    let mut first_level = page.reading.headings.iter().filter(|heading| heading.level == 1);
    let Some(first) = first_level.next() else { return };
    let other = if repeats_title(&first.title) { first_level.next() } else { Some(first) };
    if let Some(heading) = other {
        let diagnostic = Finding::new("a page has one heading of level 1, its title; this is another");
        let diagnostic = diagnostic.hint(format!("write `## {}`", written(page, heading)));
        diagnostics.push(diagnostic.at(page.document.source(), heading.span.clone()));
    }
}

fn empty_schema(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let document = page.document;
    let (message, hint) = match document.front.schema {
        Some(Schema::Faq) if document::questions(&document.body).is_empty() => (
            "`schema: faq` says that the page answers questions, and none of its headings is one with an answer",
            "write each question as a heading that ends with a question mark, and the answer below it",
        ),
        Some(Schema::HowTo) if document::steps(&document.body).is_empty() => (
            "`schema: howto` says that the page leads through steps, and it has neither a numbered list nor parts",
            "write the steps as a numbered list",
        ),
        _ => return,
    };
    diagnostics.push(Finding::new(message).hint(hint).at(document.source(), document.front.schema_span.clone()));
}

fn empty_heading(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for heading in page.reading.headings.iter().filter(|heading| heading.title.is_empty()) {
        let diagnostic = Finding::new("this heading has no words").hint("write the heading, or remove the line");
        diagnostics.push(diagnostic.at(page.document.source(), heading.span.clone()));
    }
}

fn table_header(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for table in page.reading.tables.iter().filter(|table| !table.has_header) {
        let diagnostic =
            Finding::new("the columns of this table have no names").hint("name each column in the table's first line");
        diagnostics.push(diagnostic.at(page.document.source(), first_line(page, &table.span)));
    }
    for (at, text) in blocks(page) {
        let tags = html_tags::tags(&text, at);
        let table = tags.iter().find(|tag| tag.name == "table" && !tag.closing);
        if let Some(table) = table.filter(|_| tags.iter().all(|tag| tag.name != "th")) {
            let diagnostic =
                Finding::new("this table has no header cells").hint("make the cells that name columns `<th>`");
            let start = table.span.start;
            diagnostics.push(diagnostic.at(page.document.source(), start..start + "<table".len()));
        }
    }
}

fn first_line(page: &Page<'_>, span: &Range<usize>) -> Range<usize> {
    let text = page.document.text.get(span.clone()).unwrap_or_default();
    span.start..span.start + text.lines().next().unwrap_or_default().len()
}

fn colour(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for tag in tags(page).filter(|tag| !tag.closing) {
        let styles = tag.attribute("style").map(|styles| styles.value.to_ascii_lowercase()).unwrap_or_default();
        let by_style = styles.split(';').any(sets_colour);
        let is_cue = |name| tag.attribute(name).is_some_and(|colour| !is_plain_colour(colour.value));
        if by_style || is_cue("bgcolor") || (tag.name == "font" && is_cue("color")) {
            let diagnostic =
                Finding::new("a colour tells nothing to somebody who doesn't see it, and is left out of the page");
            let diagnostic = diagnostic.hint("say it in words, or use `**strong**` or a callout: `> [!WARNING]`");
            diagnostics.push(diagnostic.at(page.document.source(), tag.span));
        }
    }
}

/// Whether a declaration of a style gives something a colour that could mean something.
fn sets_colour(declaration: &str) -> bool {
    let Some((property, value)) = declaration.split_once(':') else { return false };
    let is_colour = matches!(property.trim(), "color" | "background" | "background-color");
    is_colour && !value.split_whitespace().next().is_none_or(is_plain_colour)
}

/// Black, white and what is around: a cue to nobody.
fn is_plain_colour(value: &str) -> bool {
    let value = value.trim().trim_end_matches("!important").to_ascii_lowercase();
    let plain = [
        "",
        "#fff",
        "#ffffff",
        "white",
        "#000",
        "#000000",
        "black",
        "inherit",
        "initial",
        "unset",
        "transparent",
        "none",
        "currentcolor",
        "windowtext",
    ];
    plain.contains(&value.as_str())
}

/// Elements that have no end tag (HTML § 13.1.2), and those whose end tag may be left out.
const WITHOUT_END: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li",
    "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup", "rt", "rp",
];

fn unclosed(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let mut open: Vec<Tag> = Vec::new();
    // How many of each name are open, so that an end tag without a beginning looks at none of them.
    let mut counts: HashMap<String, usize> = HashMap::new();
    let has_end = |tag: &Tag| !WITHOUT_END.contains(&tag.name.as_str()) && !tag.text.ends_with("/>");
    // A template that opens a tag in one branch and closes it in another has tags of its own, which are reported.
    let signs = template_signs(page);
    let is_of_template = |tag: &Tag| is_near(page, &signs, tag);
    diagnostics.extend(cut_off(page));
    for tag in tags(page).filter(|tag| has_end(tag) && elements::is_known(&tag.name) && !is_of_template(tag)) {
        let count = counts.entry(tag.name.clone()).or_default();
        if !tag.closing {
            *count += 1;
            open.push(tag);
            continue;
        }
        let last = (*count > 0).then(|| open.iter().rposition(|opened| opened.name == tag.name)).flatten();
        match last {
            Some(at) => {
                for (place, tag) in open.drain(at..).enumerate() {
                    counts.entry(tag.name.clone()).and_modify(|count| *count -= 1);
                    diagnostics.extend((place > 0).then(|| without_end(page, &tag)));
                }
            }
            None => {
                let diagnostic = Finding::new(format!("`</{}>` closes nothing", tag.name))
                    .hint("remove it, or open the tag before it");
                diagnostics.push(diagnostic.at(page.document.source(), tag.span));
            }
        }
    }
    diagnostics.extend(open.iter().map(|tag| without_end(page, tag)));
}

/// Where tags of templates begin, in order.
fn template_signs(page: &Page<'_>) -> Vec<usize> {
    let text = page.document.text.as_bytes();
    memchr::memchr_iter(b'{', text).filter(|at| matches!(text.get(at + 1), Some(b'{' | b'%'))).collect()
}

/// Whether a tag of a template begins on the tag's line, within reach.
fn is_near(page: &Page<'_>, signs: &[usize], tag: &Tag) -> bool {
    const REACH: usize = 500;
    let next = signs.partition_point(|at| *at < tag.span.start);
    let is_on_line = |at: &usize| {
        let (start, end) = ((*at).min(tag.span.start), (*at).max(tag.span.start));
        end - start < REACH && !page.document.text.as_bytes()[start..end].contains(&b'\n')
    };
    signs[next.saturating_sub(1)..].iter().take(2).any(is_on_line)
}

/// Tags whose own bracket never closes, so that they take all that follows with them.
fn cut_off(page: &Page<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, text) in blocks(page) {
        let last = html_tags::tags(&text, 0).last().map_or(0, |tag| tag.span.end);
        let rest = text.get(last..).unwrap_or_default();
        let begins_tag =
            |at: &usize| rest[at + 1..].trim_start_matches('/').starts_with(|first: char| first.is_ascii_alphabetic());
        let Some(start) = rest.match_indices('<').map(|(at, _)| at).find(begins_tag) else { continue };
        let is_raw =
            matches!(html_tags::tags(&text, 0).last(), Some(tag) if matches!(tag.name.as_str(), "script" | "style"));
        if is_raw {
            continue;
        }
        let place = at + last + start..at + last + start + rest[start..].lines().next().unwrap_or_default().len();
        let diagnostic = Finding::new("this tag has no end, and takes all that follows with it");
        let hint = "check its quotation marks, and end it with `>`";
        found.push(diagnostic.hint(hint).at(page.document.source(), place));
    }
    found
}

/// What was no tag to whoever wrote it. Elements of a drawing, and those with a hyphen that a theme may have made, are none of this page's.
fn unknown_elements(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let mut drawings = 0_usize;
    for tag in tags(page) {
        match (tag.name == "svg" || tag.name == "math", tag.closing) {
            (true, false) => drawings += usize::from(!tag.text.ends_with("/>")),
            (true, true) => drawings = drawings.saturating_sub(1),
            _ => {}
        }
        if drawings > 0 || tag.closing || tag.name.contains('-') || elements::is_known(&tag.name) {
            continue;
        }
        let diagnostic = Finding::new(format!("`{}` is read as a tag, and readers see nothing of it", tag.text));
        let hint = match tag.name_as_written().starts_with(char::is_uppercase) && tag.text.ends_with("/>") {
            true => "write in Markdown what this part of a program shows".to_owned(),
            // A backslash would be shown within a block of HTML.
            false => format!("write `&lt;{}`, or put code in backticks", &tag.text[1..]),
        };
        diagnostics.push(diagnostic.hint(hint).at(page.document.source(), tag.span));
    }
}

fn without_end(page: &Page<'_>, tag: &Tag) -> Finding {
    let diagnostic =
        Finding::new(format!("`<{}>` is not closed", tag.name)).hint(format!("write `</{}>` where it ends", tag.name));
    diagnostic.at(page.document.source(), tag.span.clone())
}
