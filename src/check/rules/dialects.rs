//! Rules about the syntax of other programs, which readers see as it is written: tags of templates, links of wikis, blocks of other Markdown.

use std::ops::Range;

use crate::check::prose::{COVER, Line, Prose, Slip, ends_line, head, opens_line};
use crate::check::reading::PassageKind;
use crate::check::{Find, Finding, Page, RuleEntry};
use crate::config::RawHtml;
use crate::diagnostic::{Rule, Severity};

pub(crate) const RULES: &[RuleEntry] = &[
    RuleEntry {
        rule: Rule::TemplateTag,
        severity: Some(Severity::Warning),
        reason: "Tags of another generator's templates are no Markdown: readers see them as they stand.",
        example: "{% include contact.html %}",
        mend: "Write what the tag stood for: text, a link to a file, a picture.",
        find: Find::Page(template_tags),
    },
    RuleEntry {
        rule: Rule::PrivateComment,
        severity: Some(Severity::Error),
        reason: "Comments as other programs write them are text here: everybody reads what was meant for nobody.",
        example: "%%ask Hina whether this still holds%%",
        mend: "Write it as a comment of HTML: `<!-- … -->`. `--fix` does it where that is certain.",
        find: Find::Page(private_comments),
    },
    RuleEntry {
        rule: Rule::WikiLink,
        severity: Some(Severity::Warning),
        reason: "Links in double brackets are no Markdown: readers see the brackets.",
        example: "[[Notice period]]",
        mend: "Write the words and the page's file: `[Notice period](notice-period.md)`.",
        find: Find::Page(wiki_links),
    },
    RuleEntry {
        rule: Rule::ForeignBlock,
        severity: Some(Severity::Warning),
        reason: "Blocks and commands of another program are running text here, signs and all.",
        example: "!!! note",
        mend: "Write a callout as `> [!NOTE]` with its words behind `>`, and remove what only that program understands.",
        find: Find::Page(blocks),
    },
    RuleEntry {
        rule: Rule::ForeignMark,
        severity: Some(Severity::Warning),
        reason: "Signs by which another program marks words are shown to readers.",
        example: "Give ==one month== of notice.",
        mend: "Make the words bold with `**`, or remove the signs.",
        find: Find::Page(marks),
    },
    RuleEntry {
        rule: Rule::UnknownCallout,
        severity: Some(Severity::Warning),
        reason: "A quotation becomes a callout if it begins with one of five kinds, alone on its line.",
        example: "> [!INFO]\n> Ask first.",
        mend: "Write `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`. `--fix` does it.",
        find: Find::Page(callouts),
    },
];

// Tags of templates.

/// How tags of Liquid, Jinja, Nunjucks and Hugo begin and end.
const TEMPLATE_TAGS: &[(&str, &str)] = &[("{{", "}}"), ("{%", "%}")];

const TAG_HINT: &str = "write what it stood for: text, a link to a file, a picture";

fn template_tags(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for passage in page.reading.passages.iter().filter(|passage| passage.kind != PassageKind::FrontMatter) {
        let signs = TEMPLATE_TAGS.iter().filter(|(open, _)| passage.text.contains(open));
        for range in signs.flat_map(|(open, close)| tags_between(&passage.text, open, close)) {
            let message = format!(
                "`{}` is another generator's tag, and readers see it as it stands",
                &passage.text[range.clone()]
            );
            diagnostics.push(Finding::new(message).hint(TAG_HINT).at(page.document.source(), passage.span(range)));
        }
    }
    for html in page.reading.html.iter().filter(|html| html.text.contains("?>")) {
        let start = html.text.find("<?").unwrap_or(0);
        let place = html.span.start + start..html.span.start + start + html.text[start..].find("?>").unwrap_or(0) + 2;
        let diagnostic = Finding::new("this is another program's code, and is left out of the page").hint(TAG_HINT);
        diagnostics.push(diagnostic.at(page.document.source(), place));
    }
    for prose in page.page_proses().filter(|prose| prose.has("[")) {
        diagnostics.extend(shortcodes(prose).map(|slip| page.report(prose, slip)));
    }
}

/// Stretches of one line between two signs, the shortest that there are.
fn tags_between<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        let closed = at + text.get(at..)?.find(close)?;
        let end = closed + close.len();
        // // The signs are separate: of `{%}` each would have the percent sign.
        let found = text[at..closed].rfind(open).map(|start| at + start);
        at = end;
        let opened = found.filter(|start| {
            let inner = &text[start + open.len()..closed];
            !inner.contains(['\n', '{', '}']) && !text[..*start].ends_with('{')
        });
        Some(opened.map(|start| start..end))
    })
    .flatten()
}

/// WordPress's own shortcodes, and how those of its builders of pages begin.
const SHORTCODES: &[&str] =
    &["gallery", "caption", "embed", "playlist", "contact-form-7", "wpforms", "gravityform", "raw", "youtube", "vimeo"];
const SHORTCODE_FAMILIES: &[&str] = &["vc_", "et_pb_", "fusion_", "wp_", "su_"];

/// `[gallery ids="1,2"]` and `[/caption]`.
fn shortcodes(prose: &Prose) -> impl Iterator<Item = Slip> + '_ {
    brackets(prose).filter_map(|range| {
        let text = &prose.text[range.clone()];
        let inner = text[1..text.len() - 1].trim_start_matches('/').trim_end_matches('/');
        let name = inner.split([' ', '=']).next().unwrap_or_default();
        let has_values = inner.contains("=\"") || inner.contains("='") || inner.contains("=“");
        let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'));
        let is_known = SHORTCODES.contains(&name) || SHORTCODE_FAMILIES.iter().any(|family| name.starts_with(family));
        let is_bare = inner.len() == name.len();
        let is_own_line = || is_alone(prose, &range) || text.starts_with("[/");
        let is_tag = is_name && (has_values && inner.contains(' ') || is_known && is_bare && is_own_line());
        let message =
            format!("`{}` is another generator's tag, and readers see it as it stands", &prose.written[range.clone()]);
        is_tag.then(|| Slip::new(range, message, TAG_HINT))
    })
}

/// The brackets of one line that hold no others and are no link.
fn brackets(prose: &Prose) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut open = None;
    let text = prose.text.as_str();
    text.match_indices(['[', ']', '\n']).filter_map(move |(at, sign)| match sign {
        "[" => {
            open = Some(at);
            None
        }
        "]" => open
            .take()
            .map(|start| start..at + 1)
            .filter(|range| !text[range.end..].starts_with(['(', '[', ':', COVER])),
        _ => {
            open = None;
            None
        }
    })
}

/// Whether nothing else is on the line of an extent.
fn is_alone(prose: &Prose, range: &Range<usize>) -> bool {
    opens_line(&prose.text, range.start) && ends_line(&prose.text, range.end)
}

// Comments.

/// How Obsidian, MDX, Jinja, Hugo, FreeMarker and CriticMarkup begin and end what readers should not see.
const COMMENTS: &[(&str, &str)] =
    &[("%%", "%%"), ("{/*", "*/}"), ("{#", "#}"), ("{{/*", "*/}}"), ("{{!--", "--}}"), ("{>>", "<<}")];

fn private_comments(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for prose in page.proses() {
        for (open, close) in COMMENTS.iter().filter(|(open, _)| prose.has(open)) {
            diagnostics.extend(comments_between(prose, open, close).into_iter().map(|slip| page.report(prose, slip)));
        }
    }
}

/// A comment is no longer than this, in bytes, so that signs that nothing closes cost no more than other text.
const LONGEST_COMMENT: usize = 4000;

fn comments_between(prose: &Prose, open: &str, close: &str) -> Vec<Slip> {
    let text = prose.text.as_str();
    let mut slips = Vec::new();
    let mut from = 0;
    while let Some(start) = memchr::memmem::find(&text.as_bytes()[from..], open.as_bytes()).map(|at| from + at) {
        from = start + open.len();
        let reach = text.floor_char_boundary(from + LONGEST_COMMENT);
        let Some(inner) = text[from..reach].find(close).map(|length| from..from + length) else { continue };
        if is_comment(text, start, &inner, close) {
            slips.push(comment_slip(prose, start..inner.end + close.len(), inner.clone()));
            from = inner.end + close.len();
        }
    }
    slips
}

/// Whether what is between two signs of a comment is one: words, that go on over a line's end only if they begin at a line's head.
fn is_comment(text: &str, start: usize, inner: &Range<usize>, close: &str) -> bool {
    let words = &text[inner.clone()];
    let before = text[..start].chars().next_back();
    let behind = text[inner.end + close.len()..].chars().next();
    let begins = before.is_none_or(|sign| !sign.is_alphanumeric() && sign != '%' && sign != '{');
    let ends = behind.is_none_or(|sign| sign != '%');
    // Of `5 %% 3 and 100%%` neither sign belongs to the other.
    let is_even = words.starts_with(' ') == words.ends_with(' ');
    begins
        && ends
        && is_even
        && words.contains(char::is_alphanumeric)
        && (!words.contains('\n') || opens_line(text, start))
}

fn comment_slip(prose: &Prose, whole: Range<usize>, inner: Range<usize>) -> Slip {
    let words = prose.written[inner].trim_matches(' ').to_owned();
    let first_line = whole.start..whole.start + prose.written[whole.clone()].lines().next().unwrap_or_default().len();
    let message = "this is no comment here, so everybody reads it";
    let slip = Slip::new(first_line, message, "write it as `<!-- … -->`, or remove it");
    // At the head of a line a comment is HTML up to the line's end, with what follows on it.
    let is_whole = match opens_line(&prose.text, whole.start) {
        true => ends_line(&prose.text, whole.end),
        false => !words.contains('\n'),
    };
    let is_certain = is_whole && !words.contains("--") && !words.contains('<') && !words.contains('>');
    if is_certain {
        slip.mended(whole, if words.contains('\n') { format!("<!--{words}-->") } else { format!("<!-- {words} -->") })
    } else {
        slip
    }
}

// Links of wikis.

fn wiki_links(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for prose in page.page_proses().filter(|prose| prose.has("[[")) {
        for range in tags_between(&prose.text, "[[", "]]") {
            let inner = &prose.text[range.start + 2..range.end - 2];
            let is_link =
                !prose.text[range.end..].starts_with(['(', '[', ']', COVER]) && !inner.contains(['[', ']', COVER]);
            let has_words = inner.contains(char::is_alphabetic) && !is_contents(&prose.text[range.clone()]);
            if is_link && has_words {
                diagnostics.push(page.report(prose, wiki_link(prose, range)));
            }
        }
    }
}

fn wiki_link(prose: &Prose, range: Range<usize>) -> Slip {
    let inner = &prose.written[range.start + 2..range.end - 2];
    let (name, words) = inner.split_once('|').unwrap_or((inner, inner));
    let words = words.trim();
    let is_embedded = prose.text[..range.start].ends_with('!');
    match is_embedded {
        true => {
            let hint = format!("write `![what it shows]({})` with the picture's file", bracketed(name.trim()));
            Slip::new(range.start - 1..range.end, "this shows no picture, since its name is in double brackets", hint)
        }
        false => {
            let hint = format!("write `[{words}](…)` with the page's file between the round brackets");
            Slip::new(range, "this is no link, since its words are in double brackets", hint)
        }
    }
}

/// An address as Markdown takes it.
fn bracketed(address: &str) -> String {
    if address.contains([' ', '(', ')']) { format!("<{address}>") } else { address.to_owned() }
}

// Blocks.

const COVERED: u8 = COVER as u8;

/// What other programs put a list of the page's headings in the place of.
const CONTENTS: &[&str] =
    &["[toc]", "[[toc]]", "[[_toc_]]", "${toc}", "@[toc]", "{{toc}}", "{:toc}", "[table of contents]", "__toc__"];

fn is_contents(line: &str) -> bool {
    let line = line.trim();
    CONTENTS.iter().any(|contents| line.eq_ignore_ascii_case(contents))
}

/// Which of our callouts is meant by another program's name for one.
const KINDS: &[(&str, &[&str])] = &[
    (
        "NOTE",
        &[
            "note",
            "info",
            "information",
            "abstract",
            "summary",
            "tldr",
            "todo",
            "question",
            "help",
            "faq",
            "example",
            "quote",
            "cite",
            "seealso",
            "details",
            "notice",
            "remark",
        ],
    ),
    ("TIP", &["tip", "hint", "success", "check", "done", "idea", "advice"]),
    ("IMPORTANT", &["important", "key", "must"]),
    ("WARNING", &["warning", "warn", "attention", "alert", "caveat"]),
    ("CAUTION", &["caution", "danger", "error", "failure", "fail", "missing", "bug", "critical"]),
];

fn kind_of(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let is_it = |(_, names): &&(&str, &[&str])| names.contains(&name.as_str());
    KINDS.iter().find(is_it).map(|(kind, _)| *kind)
}

fn blocks(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let has_front_matter = page.document.body_start > 0;
    for prose in page.page_proses() {
        let mut is_open = false;
        let mut fences = 0_usize;
        let mut in_formula = false;
        let lines: Vec<Line<'_>> = prose.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            let before = number.checked_sub(1).and_then(|before| lines.get(before));
            if line.content().0.trim_end() == "$$" {
                in_formula = !in_formula;
                if !in_formula {
                    continue;
                }
            }
            let slip = container(line, &mut fences).or_else(|| block(page, prose, line)).or_else(|| {
                let next = lines.get(number + 1..).unwrap_or_default();
                front_matter(line, before, next, &mut is_open).filter(|_| has_front_matter)
            });
            diagnostics.extend(slip.map(|slip| page.report(prose, slip)));
        }
    }
}

/// `:::tip` and the line `:::` that closes it, which is part of the same fault.
fn container(line: &Line<'_>, open: &mut usize) -> Option<Slip> {
    let (text, start) = line.content();
    let rest = text.strip_prefix(":::")?.trim_start_matches(':').trim();
    if rest.is_empty() {
        let is_closing = *open > 0;
        *open = open.saturating_sub(1);
        return (!is_closing).then(|| Slip::new(start..line.range().end, "readers see these signs", "remove the line"));
    }
    *open += 1;
    let name: String = rest
        .trim_start_matches(['{', '.', ' '])
        .chars()
        .take_while(|sign| sign.is_alphanumeric() || *sign == '-')
        .collect();
    let hint = match kind_of(&name) {
        Some(kind) => format!("write `> [!{kind}]`, put `>` before each line of it, and remove the `:::` below"),
        None => "remove this line and the `:::` below".to_owned(),
    };
    Some(Slip::new(start..line.range().end, "this begins no box here, and readers see the signs", hint))
}

/// A line that only another program understands.
fn block(page: &Page<'_>, prose: &Prose, line: &Line<'_>) -> Option<Slip> {
    let (text, start) = line.content();
    let text = text.trim_end();
    let whole = start..start + text.len();
    let first = text.as_bytes().first()?;
    let removed = |message: &str| Some(Slip::new(whole.clone(), message, "remove the line"));
    match *first {
        b'!' | b'?' => admonition(text, whole),
        // The signs of `[[_TOC_]]` are emphasis to Markdown.
        b'[' | b'$' | b'@' | COVERED
            if is_contents(&prose.written[whole.clone()]) && text.contains(char::is_alphabetic) =>
        {
            removed("no list of headings is put here, and readers see the signs")
        }
        b'{' => attributes(text, whole),
        b'$' => formula(text, whole),
        b'*' => abbreviation(text, whole),
        b'\\' if is_latex(text) => removed("this is a command of LaTeX, and readers see it"),
        b'.' if is_directive(text) => removed("this is a directive of reStructuredText, and readers see it"),
        b'i' | b'e' if is_module(text) => {
            let hint = match page.site_rules.sources.config.raw_html {
                RawHtml::Escape => "remove the line",
                _ => "remove the line, and write in Markdown what its parts show",
            };
            Some(Slip::new(whole, "this is a line of a program, and readers see it", hint))
        }
        _ => inline_attributes(text, start),
    }
}

/// `!!! note "Title"`, `??? tip`, `???+ info`.
fn admonition(text: &str, whole: Range<usize>) -> Option<Slip> {
    let rest = text.strip_prefix("!!!").or_else(|| text.strip_prefix("???"))?;
    let rest = rest.strip_prefix('+').unwrap_or(rest);
    let name = rest.strip_prefix([' ', '\t'])?.split_whitespace().next()?;
    let is_name = name.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_'));
    let kind = kind_of(name).unwrap_or("NOTE");
    let hint = format!("write `> [!{kind}]`, and `>` instead of four spaces before each line of it");
    is_name.then(|| Slip::new(whole, "this begins no box here, and readers see the signs", hint))
}

/// `{: .lead}` and `{:toc}` of kramdown.
fn attributes(text: &str, whole: Range<usize>) -> Option<Slip> {
    let is_attributes = text.ends_with('}') && (text.starts_with("{:") || text.starts_with("{.") || is_contents(text));
    let slip =
        Slip::new(whole.clone(), "this is an attribute of another program, and readers see it", "remove the line");
    is_attributes.then(|| slip.mended(whole, ""))
}

/// `Words {: .x}` and `![a](b.png){width=50%}`.
fn inline_attributes(text: &str, start: usize) -> Option<Slip> {
    let at = text.rfind('{').filter(|_| text.ends_with('}') && !text.starts_with('#'))?;
    let inner = &text[at + 1..text.len() - 1];
    let touches = text[..at].ends_with(COVER) || text[..at].ends_with([')', ']']);
    let is_value = |part: &str| {
        part.starts_with(['.', '#'])
            || part.split_once('=').is_some_and(|(name, value)| is_plain(name) && !value.is_empty())
    };
    let is_kramdown = inner.starts_with(':') && inner[1..].starts_with([' ', '.', '#']);
    let is_attributes = is_kramdown || (touches && !inner.is_empty() && inner.split_whitespace().all(is_value));
    let range = start + at..start + text.len();
    let slip = Slip::new(range.clone(), "this is an attribute of another program, and readers see it", "remove it");
    (is_attributes && !text[..at].ends_with('{')).then(|| slip.mended(range, ""))
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn formula(text: &str, whole: Range<usize>) -> Option<Slip> {
    let is_formula = text == "$$" || (text.len() > 4 && text.starts_with("$$") && text.ends_with("$$"));
    is_formula.then(|| {
        Slip::new(
            whole,
            "formulas are not set here, and readers see the signs",
            "write it in words, or show a picture of it",
        )
    })
}

/// `*[HR]: Human resources`
fn abbreviation(text: &str, whole: Range<usize>) -> Option<Slip> {
    let (short, long) = text.strip_prefix("*[")?.split_once("]:")?;
    let hint = format!("write `{} ({short})` where it comes first, and remove the line", long.trim());
    let message = "abbreviations are not explained like this here, and readers see the line";
    (!short.is_empty() && !long.trim().is_empty()).then(|| Slip::new(whole, message, hint))
}

fn is_latex(text: &str) -> bool {
    const COMMANDS: &[&str] = &[
        "\\newpage",
        "\\pagebreak",
        "\\clearpage",
        "\\tableofcontents",
        "\\noindent",
        "\\vspace",
        "\\hspace",
        "\\begin{",
        "\\end{",
        "\\maketitle",
    ];
    COMMANDS.iter().any(|command| text.starts_with(command))
}

/// `.. note::`
fn is_directive(text: &str) -> bool {
    text.strip_prefix(".. ").and_then(|rest| rest.split_once("::")).is_some_and(|(name, _)| is_plain(name))
}

/// `import Tabs from '…'` and `export const …` of MDX.
fn is_module(text: &str) -> bool {
    let names_file = |text: &str| text.trim_end_matches(';').ends_with(['"', '\'']);
    let imports = text.starts_with("import ")
        && names_file(text)
        && (text.contains(" from ") || text.starts_with("import \"") || text.starts_with("import '"));
    imports
        || ["export const ", "export default ", "export function ", "export let "]
            .iter()
            .any(|start| text.starts_with(start))
}

/// A second front matter: `---`, lines of keys, `---`.
fn front_matter(line: &Line<'_>, before: Option<&Line<'_>>, next: &[Line<'_>], is_open: &mut bool) -> Option<Slip> {
    if line.text.trim_end() != "---" {
        return None;
    }
    if std::mem::take(is_open) || before.is_some_and(|before| !before.is_blank()) {
        return None;
    }
    let keys = next.iter().take_while(|line| is_key(line.text)).count();
    let is_closed = next.get(keys).is_some_and(|line| line.text.trim_end() == "---");
    let has_known = || {
        next[..keys].iter().any(|line| {
            ["title:", "date:", "draft:", "layout:", "description:", "tags:"]
                .iter()
                .any(|key| line.text.starts_with(key))
        })
    };
    *is_open = keys > 0 && is_closed && has_known();
    let message = "front matter belongs at the head of the file; here readers see it";
    is_open.then(|| Slip::new(line.range(), message, "move its keys to the front matter at the head, or remove it"))
}

fn is_key(line: &str) -> bool {
    let is_item = line.starts_with("  ") || line.starts_with("- ");
    is_item
        || line.split_once(':').is_some_and(|(key, value)| {
            !key.is_empty()
                && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
                && (value.is_empty() || value.starts_with(' '))
        })
}

// Marks.

fn marks(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let shows_tags = page.site_rules.sources.config.raw_html == RawHtml::Escape;
    for prose in page.page_proses() {
        for (mark, element) in [("==", None), ("++", None), ("^", Some("sup")), ("~", Some("sub")), ("$$", None)] {
            if !prose.has(mark) {
                continue;
            }
            let element = element.filter(|_| !shows_tags);
            let slips = pairs(prose, mark).filter_map(|range| mark_slip(prose, range, mark, element));
            diagnostics.extend(slips.map(|slip| page.report(prose, slip)));
        }
        diagnostics.extend(inline_notes(prose).map(|slip| page.report(prose, slip)));
    }
}

/// What is between two marks of one line that touch words inside.
fn pairs<'a>(prose: &'a Prose, mark: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let text = prose.text.as_str();
    let sign = mark.chars().next().unwrap_or_default();
    let mut open: Option<usize> = None;
    memchr::memmem::find_iter(text.as_bytes(), mark).filter_map(move |at| {
        let is_longer = text[..at].ends_with(sign) || text[at + mark.len()..].starts_with(sign);
        let pair = open
            .filter(|open| !is_longer && !text[*open..at].contains('\n') && is_inner(&text[*open + mark.len()..at]));
        open = if pair.is_some() || is_longer { None } else { Some(at) };
        pair.map(|open| open..at + mark.len())
    })
}

fn is_inner(inner: &str) -> bool {
    let is_outer = |sign: char| sign.is_whitespace();
    !inner.is_empty() && !inner.starts_with(is_outer) && !inner.ends_with(is_outer)
}

fn mark_slip(prose: &Prose, range: Range<usize>, mark: &str, element: Option<&str>) -> Option<Slip> {
    let inner = &prose.written[range.start + mark.len()..range.end - mark.len()];
    let before = prose.text[..range.start].chars().next_back();
    let behind = prose.text[range.end..].chars().next();
    let touches = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let message = format!("readers see the signs `{mark}`, which mark nothing here");
    match mark {
        "==" | "++" => {
            let is_words = inner.contains(char::is_alphabetic)
                && !touches(before)
                && !touches(behind)
                && !inner.contains(['=', '+', '|']);
            is_words.then(|| Slip::meant(range.clone(), message, format!("**{inner}**")))
        }
        "$$" => {
            let is_whole_line = is_alone(prose, &range);
            (!is_whole_line).then(|| {
                Slip::new(range.clone(), "formulas are not set here, and readers see the signs", "write it in words")
            })
        }
        _ => {
            let is_short = inner.chars().count() <= 5 && inner.chars().all(char::is_alphanumeric) && touches(before);
            let is_sure = mark == "^"
                || (inner.chars().all(|sign| sign.is_ascii_digit()) && before.is_some_and(char::is_alphabetic));
            let slip = match element {
                Some(element) => Slip::meant(range.clone(), message, format!("<{element}>{inner}</{element}>")),
                None => Slip::new(range.clone(), message, "remove the signs"),
            };
            (is_short && is_sure).then_some(slip)
        }
    }
}

/// `^[a note]` of Pandoc.
fn inline_notes(prose: &Prose) -> impl Iterator<Item = Slip> + '_ {
    let text = prose.text.as_str();
    memchr::memmem::find_iter(text.as_bytes(), "^[").filter_map(move |at| {
        let length = head(&text[at..]).find([']', '\n'])?;
        let range = at..at + length + 1;
        let is_note =
            text[at + length..].starts_with(']') && text[range.clone()].contains(' ') && !text[..at].ends_with('[');
        let hint = "write `[^1]` here, and `[^1]:` with the note on a line of its own";
        is_note.then(|| Slip::new(range, "notes within a line are not set here, and readers see the signs", hint))
    })
}

// Callouts.

fn callouts(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for prose in page.page_proses().filter(|prose| prose.has("[!")) {
        let mut before_is_quoted = false;
        for line in prose.lines() {
            let is_quoted = line.text.trim_start().starts_with('>');
            if let Some(slip) = callout(prose, &line, is_quoted, before_is_quoted) {
                diagnostics.push(page.report(prose, slip));
            }
            before_is_quoted = is_quoted;
        }
    }
}

fn callout(prose: &Prose, line: &Line<'_>, is_quoted: bool, before_is_quoted: bool) -> Option<Slip> {
    let (text, start) = line.content();
    let (name, rest) = text.strip_prefix("[!")?.split_once(']')?;
    let is_name = !name.is_empty() && name.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_'));
    let is_link = rest.starts_with(['(', '[', ':', COVER]);
    let known = KINDS.iter().any(|(kind, _)| kind.eq_ignore_ascii_case(name));
    let title = rest.trim_start_matches(['+', '-']).trim();
    // A callout that was made is covered by none, but its kind is alone on the first line of its quotation.
    if !is_name || is_link || (known && is_quoted && !before_is_quoted && rest.trim().is_empty()) {
        return None;
    }
    let kind = kind_of(name).unwrap_or("NOTE");
    let range = start..start + text.trim_end().len();
    if !is_quoted {
        kind_of(name)?;
        let hint = format!("write `> [!{kind}]`, and put `>` before each line of it");
        return Some(Slip::new(range, "this makes no callout, since it is no quotation", hint));
    }
    if before_is_quoted {
        let hint = "put an empty line before it, so that a new quotation begins";
        return known
            .then(|| Slip::new(range, "this makes no callout within a quotation that has already begun", hint));
    }
    let message = match known {
        true => "this makes no callout, since words follow its kind on the line".to_owned(),
        false => format!("there is no callout `[!{name}]`, and readers see the brackets"),
    };
    let prefix = &line.text[..start - line.start];
    let title = if title.is_empty() {
        String::new()
    } else {
        format!("\n{prefix}**{}**\n{prefix}", written_title(prose, &range))
    };
    let title = title.trim_end_matches([' ']).to_owned();
    Some(Slip::meant(range, message, format!("[!{kind}]{title}")))
}

/// The words behind a callout's kind, as written.
fn written_title<'a>(prose: &'a Prose, range: &Range<usize>) -> &'a str {
    let written = &prose.written[range.clone()];
    let words = written.split_once(']').map_or("", |(_, words)| words);
    words.trim_start_matches(['+', '-']).trim().trim_matches('*')
}

#[cfg(test)]
mod tests {
    #[test]
    fn signs_that_share_a_letter_are_no_tag() {
        let tags = |text: &str| {
            let found = super::TEMPLATE_TAGS.iter().flat_map(|(open, close)| super::tags_between(text, open, close));
            found.map(|range| text[range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(tags("{%} {{}} {%%} {% a %} {{ b }}"), ["{{}}", "{{ b }}", "{%%}", "{% a %}"]);
        assert_eq!(tags("one {%} and {%}"), [""; 0]);
    }
}
