//! Rules about tables: cells that no reader sees, and lines that were meant as a table and are none.

use std::ops::Range;

use crate::check::prose::{Line, Prose, Slip, Table};
use crate::check::{Find, Finding, Page, RuleEntry};
use crate::diagnostic::{Rule, Severity};

pub(crate) const RULES: &[RuleEntry] = &[
    RuleEntry {
        rule: Rule::TableRow,
        severity: Some(Severity::Warning),
        reason: "A row shows as many cells as its table has columns; what is in further ones is left out.",
        example: "| What | When |\n|---|---|\n| Notice | 30 days | in writing |",
        mend: "Name the column in the table's first line, or write `\\|` for a line within a cell.",
        find: Find::Page(rows),
    },
    RuleEntry {
        rule: Rule::UnmadeTable,
        severity: Some(Severity::Warning),
        reason: "Without a rule of the same number of columns below its first line a table is running text.",
        example: "| What | When |\n| Notice | 30 days |",
        mend: "Write a line such as `|---|---|` below the first. `--fix` corrects one that is there.",
        find: Find::Page(unmade),
    },
];

fn rows(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for prose in page.proses() {
        for table in &prose.tables {
            let slips = table.rows.iter().filter_map(|row| row_slip(prose, table, row.clone()));
            diagnostics.extend(slips.map(|slip| page.report(prose, slip)));
        }
    }
}

/// The cells of a row, each with its place: parts between lines that have no backslash before them.
fn cells(row: &str) -> Vec<Range<usize>> {
    let end = row.trim_end().len();
    let mut start = row.len() - row.trim_start().len();
    start += usize::from(row[start..].starts_with('|'));
    let mut cells = Vec::new();
    for at in memchr::memchr_iter(b'|', row.as_bytes()) {
        let backslashes = row[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
        if at >= start && backslashes % 2 == 0 {
            cells.push(start..at);
            start = at + 1;
        }
    }
    if start < end {
        cells.push(start..end);
    }
    cells
}

fn row_slip(prose: &Prose, table: &Table, row: Range<usize>) -> Option<Slip> {
    let text = &prose.written[row.clone()];
    let cells = cells(text);
    let in_file = |range: Range<usize>| row.start + range.start..row.start + range.end;
    let cut_code = || cells.iter().any(|cell| text[cell.clone()].matches('`').count() % 2 == 1);
    let dropped = cells.get(table.columns..).unwrap_or_default();
    let has_words = dropped.iter().any(|cell| !text[cell.clone()].trim().is_empty());
    let is_cut = cells.len() == table.columns && text.contains('`') && cut_code();
    if !has_words && !is_cut {
        return None;
    }
    let range = match dropped.first().zip(dropped.last()) {
        Some((first, last)) => trimmed(text, first.start..last.end),
        None => trimmed(text, 0..text.len()),
    };
    let message = match has_words {
        true => format!(
            "this row has {} cells and its table {}, so readers don't see `{}`",
            cells.len(),
            columns(table.columns),
            shortened(&text[range.clone()])
        ),
        false => "a line within code ends the cell here".to_owned(),
    };
    let escaped = escaped_in_code(text);
    let fits = escaped.as_ref().is_some_and(|escaped| self::cells(escaped).len() <= table.columns.max(1));
    Some(match escaped.filter(|_| fits) {
        Some(escaped) => {
            Slip::new(in_file(range), message, "write `\\|` for a line within code").mended(row.clone(), escaped)
        }
        None if has_words => {
            let hint = "name the further column in the table's first line, or write `\\|` for a line within a cell";
            Slip::new(in_file(range), message, hint)
        }
        None => return None,
    })
}

fn columns(count: usize) -> String {
    if count == 1 { "1 column".to_owned() } else { format!("{count} columns") }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..start + part.trim().len()
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let text = text.trim_end_matches(['|', ' ']);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The row with a backslash before each line within code; `None` if there is none.
fn escaped_in_code(row: &str) -> Option<String> {
    let mut escaped = String::with_capacity(row.len() + 8);
    let mut in_code = false;
    let mut before = ' ';
    for sign in row.chars() {
        in_code ^= sign == '`';
        if sign == '|' && in_code && before != '\\' {
            escaped.push('\\');
        }
        escaped.push(sign);
        before = sign;
    }
    (!in_code && escaped.len() > row.len()).then_some(escaped)
}

fn unmade(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for prose in page.page_proses().filter(|prose| prose.has("|") || prose.has("+--")) {
        let mut finder = Finder { prose, in_tables: 0, run: Vec::new(), slips: Vec::new() };
        prose.lines().for_each(|line| finder.take(line));
        finder.close();
        diagnostics.extend(finder.slips.into_iter().map(|slip| page.report(prose, slip)));
    }
}

/// Gathers lines that follow each other and have lines between words.
struct Finder<'a> {
    prose: &'a Prose,
    /// How many tables have been passed.
    in_tables: usize,
    run: Vec<Line<'a>>,
    slips: Vec<Slip>,
}

impl<'a> Finder<'a> {
    fn take(&mut self, line: Line<'a>) {
        match line.content().0.contains('|') && !self.is_in_table(&line) {
            true => self.run.push(line),
            false if is_grid(line.content().0) && self.run.is_empty() => self.run.push(line),
            false => self.close(),
        }
    }

    /// Whether a line is part of a table that was made: of one of its rows, or the rule below the first.
    fn is_in_table(&mut self, line: &Line<'_>) -> bool {
        let tables = &self.prose.tables;
        let last_row = |table: &Table| table.rows.last().map_or(0, |row| row.end);
        while tables
            .get(self.in_tables)
            .is_some_and(|table| last_row(table) < line.start && rule_end(self.prose, table) < line.start)
        {
            self.in_tables += 1;
        }
        let table = tables.get(self.in_tables);
        table.and_then(|table| table.rows.first()).is_some_and(|first| first.start < line.range().end)
    }

    fn close(&mut self) {
        let run = std::mem::take(&mut self.run);
        self.slips.extend(slip_of(self.prose, &run));
    }
}

/// Where the rule below a table's first line ends.
fn rule_end(prose: &Prose, table: &Table) -> usize {
    let Some(first) = table.rows.first() else { return 0 };
    let rule = (first.end + 1).min(prose.written.len());
    rule + prose.written[rule..].find('\n').unwrap_or(prose.written.len() - rule)
}

fn slip_of(prose: &Prose, run: &[Line<'_>]) -> Option<Slip> {
    let first = run.first()?;
    let (start, written) = (first.content().1, |line: &Line<'_>| &prose.written[line.content().1..line.range().end]);
    let whole = start..start + written(first).trim_end().len();
    if is_grid(first.content().0) {
        let hint = "write its rows as `| What | When |`, and `|---|---|` below the first";
        return Some(Slip::new(whole, "this makes no table: rows drawn with `+` are running text", hint));
    }
    let count = cells(written(first)).len();
    let rule = run.iter().position(|line| is_rule(line.content().0));
    match rule {
        Some(at) => rule_slip(prose, run, at),
        None if run.len() > 1 && count > 1 && run.iter().all(|line| is_row(written(line), count)) => {
            let rule = "---|".repeat(count);
            let hint = format!("write `|{rule}` on a line below the first");
            Some(Slip::new(whole, "this makes no table, since no rule is below its first line", hint))
        }
        None => None,
    }
}

/// A rule that makes no table, with the line above it.
fn rule_slip(prose: &Prose, run: &[Line<'_>], at: usize) -> Option<Slip> {
    let head = run.get(at.checked_sub(1)?)?;
    let (rule, rule_start) = run[at].content();
    let (head_start, head_end) = (head.content().1, head.range().end);
    let count = cells(&prose.written[head_start..head_end]).len();
    let range = rule_start..rule_start + rule.trim_end().len();
    let own = cells(rule).len();
    let message = match own == count {
        true => "this rule makes no table of the line above".to_owned(),
        false => format!("this makes no table: the rule has {}, and the line above {count}", columns(own)),
    };
    (count > 0).then(|| Slip::meant(range, message, format!("|{}", "---|".repeat(count))))
}

/// A line that reads like a row of that many cells: with lines at both ends, or with spaces around each.
fn is_row(line: &str, count: usize) -> bool {
    let line = line.trim();
    let is_framed = line.starts_with('|') && line.len() > 1;
    cells(line).len() == count && (is_framed || line.matches(" | ").count() + 1 == count)
}

/// A line of nothing but the signs that people draw rules with.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let is_sign = |sign: char| matches!(sign, '|' | '-' | ':' | ' ' | '=' | '–' | '—' | '_' | '+');
    let has_rule = |sign: char| matches!(sign, '-' | '=' | '–' | '—' | '_');
    line.contains('|') && line.contains(has_rule) && line.chars().all(is_sign)
}

/// The upper edge of a table that is drawn: `+-----+-----+`.
fn is_grid(line: &str) -> bool {
    let line = line.trim();
    line.len() > 4
        && line.starts_with("+-")
        && line.ends_with('+')
        && line.chars().all(|sign| matches!(sign, '+' | '-' | '='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_what_is_between_lines_without_a_backslash() {
        let cells =
            |row: &str| super::cells(row).into_iter().map(|cell| row[cell].trim().to_owned()).collect::<Vec<_>>();
        assert_eq!(cells("| a | b |"), ["a", "b"]);
        assert_eq!(cells("a | b"), ["a", "b"]);
        assert_eq!(cells("| a \\| b | c |  "), ["a \\| b", "c"]);
        assert_eq!(cells("|| b |"), ["", "b"]);
        assert_eq!(cells("| a \\\\| b"), ["a \\\\", "b"]);
        assert_eq!(cells(""), [""; 0]);
    }

    #[test]
    fn only_lines_within_code_get_a_backslash() {
        assert_eq!(escaped_in_code("| `x | y` | z |").as_deref(), Some("| `x \\| y` | z |"));
        assert_eq!(escaped_in_code("| x | y |"), None);
        assert_eq!(escaped_in_code("| `x | y |"), None, "code that never ends");
    }
}
