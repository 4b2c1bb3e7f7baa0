//! Rules about marks of Markdown that make nothing: a missing space, a space that is none, or letters that touch.

use std::ops::Range;

use crate::check::prose::{COVER, Line, Prose, Slip, head};
use crate::check::{Find, Finding, Page, RuleEntry};
use crate::diagnostic::{Rule, Severity};

pub(crate) const RULES: &[RuleEntry] = &[
    RuleEntry {
        rule: Rule::UnmadeHeading,
        severity: Some(Severity::Warning),
        reason: "A heading needs a plain space behind its `#`; without one it is running text.",
        example: "##Notice period",
        mend: "Write a space: `## Notice period`. `--fix` does it.",
        find: Find::Page(headings),
    },
    RuleEntry {
        rule: Rule::UnmadeList,
        severity: Some(Severity::Warning),
        reason: "An item of a list needs `-` or a number with a full stop, and a plain space behind it; else all are one paragraph.",
        example: "-the contract\n-the last payslip",
        mend: "Write a space: `- the contract`. `--fix` does it.",
        find: Find::Page(lists),
    },
    RuleEntry {
        rule: Rule::UnmadeEmphasis,
        severity: Some(Severity::Warning),
        reason: "Signs that were meant to make words bold are shown as they are if a space or a letter is where Markdown wants none.",
        example: "**Note:**this",
        mend: "Put the space or the full stop outside: `**Note**: this`. `--fix` does it where that is certain.",
        find: Find::Page(emphasis),
    },
];

/// Signs that nobody sees and that a plain space or nothing should be in the place of.
fn is_odd_space(sign: char) -> bool {
    (sign.is_whitespace() && !sign.is_ascii())
        || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The text without odd spaces at its head, and how many bytes they are.
fn without_odd(text: &str) -> (&str, usize) {
    let rest = text.trim_start_matches(|sign| is_odd_space(sign) || sign == ' ');
    let odd = &text[..text.len() - rest.len()];
    if odd.contains(is_odd_space) { (rest, odd.len()) } else { (text, 0) }
}

// Headings.

fn headings(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for prose in page.page_proses().filter(|prose| prose.has("#") || prose.has("＃")) {
        let mut is_after_blank = true;
        let mut lines = prose.lines().peekable();
        while let Some(line) = lines.next() {
            let is_alone = is_after_blank && lines.peek().is_none_or(Line::is_blank);
            let slip = heading_slip(&line, is_alone).or_else(|| closing_slip(page, prose, &line));
            diagnostics.extend(slip.map(|slip| page.report(prose, slip)));
            is_after_blank = line.is_blank();
        }
    }
}

/// A heading whose marks have no plain space behind them, or an odd one before them.
fn heading_slip(line: &Line<'_>, is_alone: bool) -> Option<Slip> {
    let (content, start) = line.content();
    let (marked, odd) = without_odd(content);
    let words = marked.trim_start_matches(['#', '＃']);
    let marks = &marked[..marked.len() - words.len()];
    let level = marks.chars().count();
    let (behind, odd_behind) = without_odd(words);
    let words = behind.trim();
    let is_made = odd == 0
        && odd_behind == 0
        && marks.is_ascii()
        && words.len() < behind.len()
        && behind.starts_with([' ', '\t']);
    let has_words =
        words.starts_with(|first: char| first.is_alphanumeric() || "\"'“‘(*_`¿¡".contains(first) || first == COVER);
    if !(1..=6).contains(&level) || is_made || !has_words || words.starts_with(COVER) && level == 1 {
        return None;
    }
    let has_odd = odd + odd_behind > 0 || !marks.is_ascii();
    let is_meant = level > 1 || (is_alone && if has_odd { marks.is_ascii() } else { reads_like_a_heading(words) });
    // The page's title is its one heading of level 1.
    let meant = format!("{} ", "#".repeat(level.max(2)));
    let message = match has_odd {
        true => "this is no heading, since a sign that nobody sees is beside its marks",
        false => "this is no heading, since no space is behind its marks",
    };
    let message = if marks.is_ascii() { message } else { "this is no heading, since its marks are not the sign `#`" };
    let end = start + odd + marks.len() + (marked.len() - marks.len() - behind.len());
    let spaces = behind.len() - behind.trim_start().len();
    let hint = format!("write `{meant}{}`", readable(words));
    is_meant.then(|| Slip::new(start..line.range().end, message, hint).mended(start..end + spaces, meant))
}

/// `#Jobs` is what people search for elsewhere; a line of several words that begins with a capital is a heading.
fn reads_like_a_heading(words: &str) -> bool {
    let begins_well = words
        .chars()
        .next()
        .is_some_and(|first| first.is_uppercase() || (first.is_alphabetic() && !first.is_lowercase()));
    let count = words.split_whitespace().count();
    begins_well && (2..=8).contains(&count) && !words.contains('#') && !words.ends_with(['.', ',', '۔', '،'])
}

/// The words as a hint shows them: what is covered is not repeated.
fn readable(words: &str) -> String {
    const LONGEST: usize = 60;
    let shown: String = words.chars().map(|sign| if sign == COVER { '…' } else { sign }).take(LONGEST).collect();
    let mut shown = shown.replace('`', "");
    while shown.contains("……") {
        shown = shown.replace("……", "…");
    }
    shown
}

/// `## Salary##`: marks at the end that touch the last word are part of it.
fn closing_slip(page: &Page<'_>, prose: &Prose, line: &Line<'_>) -> Option<Slip> {
    let (content, start) = line.content();
    let level = content.bytes().take_while(|byte| *byte == b'#').count();
    let text = content.trim_end();
    let words = text.trim_end_matches('#');
    let is_glued =
        level > 1 && text.len() - words.len() == level && words.ends_with(|sign: char| !sign.is_whitespace());
    let in_file = prose.span(start..start + 1, &page.document.text).start;
    let is_heading = || page.reading.headings.binary_search_by_key(&in_file, |heading| heading.span.start).is_ok();
    (is_glued && words.len() > level && is_heading()).then(|| {
        let at = start + words.len();
        let slip = Slip::new(at..at + level, "readers see these signs, since they touch the last word", "remove them");
        slip.mended(at..at + level, "")
    })
}

// Lists.

/// Signs that other programs begin an item with.
const BULLETS: &[char] = &['•', '▪', '●', '◦', '‣', '·', '■', '○'];

/// How a line that is meant as an item of a list begins: how many bytes its mark and what follows that take, and what is meant.
struct Item {
    taken: usize,
    meant: String,
    is_number: bool,
    is_made: bool,
    is_odd: bool,
}

fn lists(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for prose in page.page_proses() {
        let mut run: Vec<(Line<'_>, Item)> = Vec::new();
        for line in prose.lines() {
            match item(&line).filter(|item| run.last().is_none_or(|(_, last)| last.is_number == item.is_number)) {
                Some(item) => run.push((line, item)),
                None => {
                    diagnostics.extend(run_slip(prose, &run).map(|slip| page.report(prose, slip)));
                    run.clear();
                    run.extend(item(&line).map(|item| (line, item)));
                }
            }
        }
        diagnostics.extend(run_slip(prose, &run).map(|slip| page.report(prose, slip)));
    }
}

fn item(line: &Line<'_>) -> Option<Item> {
    let (content, _) = line.content();
    let (marked, odd_before) = without_odd(content);
    let (mark, meant, is_number) = list_mark(marked)?;
    let (words, odd) = without_odd(&marked[mark..]);
    let is_made = odd == 0 && odd_before == 0 && words.starts_with([' ', '\t']) && meant == &marked[..mark];
    let words = words.trim_start();
    let first = words.chars().next()?;
    let is_word = first.is_alphabetic() || matches!(first, COVER | '[' | '(' | '"' | '“' | '‘');
    let taken = odd_before + marked.len() - words.len();
    let meant = format!("{meant} ");
    (is_word || is_made).then_some(Item { taken, meant, is_number, is_made, is_odd: odd + odd_before > 0 })
}

/// How many bytes a list's mark at the head of a line takes, what it is in Markdown, and whether it is a number.
fn list_mark(text: &str) -> Option<(usize, &str, bool)> {
    let first = text.chars().next()?;
    if BULLETS.contains(&first) {
        return Some((first.len_utf8(), "-", false));
    }
    if matches!(first, '-' | '*' | '+') {
        return Some((1, &text[..1], false));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = (1..=3).contains(&digits) && text[digits..].starts_with(['.', ')']);
    is_number.then(|| (digits + 1, &text[..=digits], true))
}

/// Lines that follow each other and read like a list, of which some are none. One with an odd space is certain by itself, unless it is a number.
fn run_slip(prose: &Prose, run: &[(Line<'_>, Item)]) -> Option<Slip> {
    let first = run.iter().position(|(_, item)| !item.is_made)?;
    let last = run.iter().rposition(|(_, item)| !item.is_made)?;
    let has_odd = run.iter().any(|(_, item)| item.is_odd);
    let is_sure_alone = has_odd && !run[0].1.is_number;
    if run.len() < 2 && !is_sure_alone {
        return None;
    }
    let (start, end) = (run[first].0.content().1, run[last].0.range().end);
    let mut meant = String::new();
    let mut copied = start;
    for (line, item) in run[first..=last].iter().filter(|(_, item)| !item.is_made) {
        let at = line.content().1;
        meant.push_str(&prose.written[copied..at]);
        meant.push_str(&item.meant);
        copied = at + item.taken;
    }
    meant.push_str(&prose.written[copied..end]);
    let message = match has_odd {
        true => "this is no list, since a sign that nobody sees is beside its marks",
        false if run[first].0.content().0.starts_with(BULLETS) => "this is no list to Markdown, but one paragraph",
        false => "this is no list, since no space is behind its marks",
    };
    let shown = meant.lines().next().unwrap_or_default().replace('`', "");
    let shown: String = shown.chars().take(60).collect();
    // A list below a line of text needs an empty line only where it doesn't begin with one.
    Some(Slip::new(start..end, message, format!("write `{}`", shown.trim_end())).mended(start..end, meant))
}

// Emphasis.

const EMPHASIS: &[&str] = &["**", "~~", "__"];

fn emphasis(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for prose in page.page_proses() {
        for mark in EMPHASIS.iter().filter(|mark| prose.has(mark)) {
            let slips = paragraphs(prose).flat_map(|paragraph| emphasis_in(prose, paragraph, mark));
            diagnostics.extend(slips.collect::<Vec<_>>().into_iter().map(|slip| page.report(prose, slip)));
        }
    }
}

/// Lines up to an empty one.
fn paragraphs(prose: &Prose) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut lines = prose.lines().filter(|line| !line.is_blank()).peekable();
    std::iter::from_fn(move || {
        let mut range = lines.next()?.range();
        while let Some(line) =
            lines.next_if(|line| line.start <= range.end + 2 && is_next(prose, range.end, line.start))
        {
            range.end = line.range().end;
        }
        Some(range)
    })
}

fn is_next(prose: &Prose, end: usize, start: usize) -> bool {
    prose.text[end..start].matches('\n').count() == 1
}

/// Where a mark is, by itself and in no longer run of its sign.
fn marks_in(text: &str, mark: &str) -> Vec<usize> {
    let sign = mark.as_bytes()[0];
    let is_sign = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)) == Some(&sign);
    let found = memchr::memmem::find_iter(text.as_bytes(), mark);
    found.filter(|at| !is_sign(at.checked_sub(1)) && !is_sign(Some(at + mark.len()))).collect()
}

fn emphasis_in(prose: &Prose, paragraph: Range<usize>, mark: &str) -> Vec<Slip> {
    let text = &prose.text[paragraph.clone()];
    let found = marks_in(text, mark);
    let mut slips = Vec::new();
    let mut at = 0;
    while at < found.len() {
        let pair = found.get(at + 1).and_then(|close| pair_slip(prose, &paragraph, found[at]..*close, mark));
        match pair {
            Some(slip) => {
                slips.push(slip);
                at += 2;
            }
            None => {
                slips.extend(lone_slip(text, &paragraph, found[at], mark));
                at += 1;
            }
        }
    }
    slips
}

/// Two marks that make nothing of the words between them.
fn pair_slip(prose: &Prose, paragraph: &Range<usize>, marks: Range<usize>, mark: &str) -> Option<Slip> {
    let text = &prose.text[paragraph.clone()];
    let inner = &text[marks.start + mark.len()..marks.end];
    let whole = marks.start..marks.end + mark.len();
    let (before, behind) = (text[..whole.start].chars().next_back(), text[whole.end..].chars().next());
    let has_words = inner.chars().filter(|sign| sign.is_alphabetic()).count() > 1 || inner.contains(COVER);
    let (space_before, space_behind) = (inner.starts_with(char::is_whitespace), inner.ends_with(char::is_whitespace));
    let has_spaces = space_before || space_behind;
    let is_apart = |sign: Option<char>| sign.is_none_or(|sign| !sign.is_alphanumeric());
    // // Where a space is inside, the other side shows which of the words are meant.
    let is_clear = (!space_before || is_apart(behind)) && (!space_behind || is_apart(before));
    if !has_words || !is_clear || inner.contains(['\n', '|']) {
        return None;
    }
    // `a ** b ** c` is arithmetic.
    let is_arithmetic = inner.starts_with(' ')
        && inner.ends_with(' ')
        && before == Some(' ')
        && behind == Some(' ')
        && inner.trim().len() < 3;
    if is_arithmetic || (mark == "__" && !has_spaces) {
        return None;
    }
    let written = &prose.written[paragraph.start + marks.start + mark.len()..paragraph.start + marks.end];
    let meant = placed(before, written, behind, mark)?;
    let message = match has_spaces {
        true => format!("readers see `{mark}`, since a space is between it and the words"),
        false => format!("readers see `{mark}`, since it touches a letter outside and another sign inside"),
    };
    let range = paragraph.start + whole.start..paragraph.start + whole.end;
    Some(Slip::new(range.clone(), message, format!("write `{}`", meant.trim())).mended(range, meant))
}

/// The words with the marks where they work: spaces, and signs at the ends as far as they are in the way, are put outside.
fn placed(before: Option<char>, inner: &str, behind: Option<char>, mark: &str) -> Option<String> {
    let mut words = inner.trim();
    let (mut head, mut tail) = (String::new(), String::new());
    let has_space_before = inner.len() > inner.trim_start().len();
    let has_space_behind = inner.len() > inner.trim_end().len();
    let is_word = |sign: Option<char>| sign.is_some_and(|sign| !sign.is_whitespace() && !is_sign(sign));
    loop {
        let (first, last) = (words.chars().next()?, words.chars().next_back()?);
        let outside_before = head.chars().next_back().or(if has_space_before { Some(' ') } else { before });
        let outside_behind = tail.chars().next().or(if has_space_behind { Some(' ') } else { behind });
        let bad_end = is_sign(last) && is_word(outside_behind);
        let bad_start = is_sign(first) && is_word(outside_before);
        let is_quoted = closes(first) == Some(last);
        if bad_start || (bad_end && is_quoted) {
            head.push(first);
            words = &words[first.len_utf8()..];
        }
        if bad_end || (bad_start && is_quoted) {
            tail.insert(0, last);
            words = &words[..words.len().checked_sub(last.len_utf8())?];
        }
        if !bad_start && !bad_end {
            break;
        }
    }
    let space = |is_there: bool, beside: Option<char>| {
        if is_there && beside.is_some_and(|sign| !sign.is_whitespace()) { " " } else { "" }
    };
    let (left, right) = (space(has_space_before, before), space(has_space_behind, behind));
    (!words.is_empty()).then(|| format!("{left}{head}{mark}{words}{mark}{tail}{right}"))
}

/// Punctuation and symbols, as far as texts have them.
fn is_sign(sign: char) -> bool {
    sign != COVER && !sign.is_alphanumeric() && !sign.is_whitespace() && !is_mark_of_letter(sign)
}

/// Vowel signs and their like, which are part of a letter.
fn is_mark_of_letter(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}')
}

fn closes(open: char) -> Option<char> {
    Some(match open {
        '"' | '\'' => open,
        '(' => ')',
        '[' => ']',
        '“' => '”',
        '‘' => '’',
        '«' => '»',
        _ => return None,
    })
}

/// A mark that opens and has no partner in its paragraph.
fn lone_slip(text: &str, paragraph: &Range<usize>, at: usize, mark: &str) -> Option<Slip> {
    if mark == "__" {
        return None;
    }
    let before = text[..at].chars().next_back();
    let behind = head(&text[at + mark.len()..]);
    let opens = before.is_none_or(|sign| sign.is_whitespace() || "(\"“‘>|".contains(sign));
    let words = behind.split(['\n', '|']).next().unwrap_or_default();
    let word = words.split_whitespace().next().unwrap_or_default();
    let begins_well = words.starts_with(|first: char| first.is_alphanumeric() || "\"“‘(".contains(first));
    // `**options` is how a programmer writes an argument.
    let is_code = word.is_ascii()
        && (before == Some('(')
            || word.ends_with([')', ','])
            || words.trim() == word && word.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_'));
    let place = paragraph.start + at..paragraph.start + at + mark.len();
    let message = format!("readers see `{mark}`, since no other one in this paragraph ends it");
    (opens && begins_well && !is_code)
        .then(|| Slip::new(place, message, format!("write `{mark}` behind the last of the words, or remove it")))
}
