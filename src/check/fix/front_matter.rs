//! Where a key goes into front matter that an editor wrote, so that every other byte stays.

use std::ops::Range;

use crate::document::Document;

/// The place and text of a further alias.
pub(crate) fn with_alias(document: &Document, address: &str) -> Option<(Range<usize>, String)> {
    match document.front.aliases.last() {
        None => with_key(document, "aliases", &format!("[{}]", quoted(document, address))),
        Some((_, span)) => beside(document, span.clone(), address),
    }
}

/// The place and text of a key that the front matter lacks: the last line of YAML, the first of TOML, whose tables come last.
pub(crate) fn with_key(document: &Document, key: &str, value: &str) -> Option<(Range<usize>, String)> {
    let front = document.text.get(..document.body_start)?;
    let line_end = if front.contains("\r\n") { "\r\n" } else { "\n" };
    if is_toml(front) {
        let opening = front.find("+++")?;
        let at = opening + front[opening..].find('\n')? + 1;
        return Some((at..at, format!("{key} = {value}{line_end}")));
    }
    let at = front.trim_end().rfind('\n')? + 1;
    (at > 0 && front[at..].trim() == "---").then(|| (at..at, format!("{key}: {value}{line_end}")))
}

/// Behind the last entry of a list: on its line if the list is on one line, else on a line of its own.
fn beside(document: &Document, last: Range<usize>, address: &str) -> Option<(Range<usize>, String)> {
    let front = document.text.get(..document.body_start)?;
    let line_start = front.get(..last.start)?.rfind('\n')? + 1;
    let before = &front[line_start..last.start];
    let end = last.end;
    match before.trim_start().starts_with("- ") {
        true => {
            let line_end = if front.contains("\r\n") { "\r\n" } else { "\n" };
            let indent = &before[..before.len() - before.trim_start().len()];
            Some((end..end, format!("{line_end}{indent}- {address}")))
        }
        false if before.contains('[') => Some((end..end, format!(", {}", quoted(document, address)))),
        false => None,
    }
}

fn is_toml(front: &str) -> bool {
    front.find(['-', '+']).is_some_and(|at| front[at..].starts_with("+++"))
}

fn quoted(document: &Document, address: &str) -> String {
    let front = document.text.get(..document.body_start).unwrap_or_default();
    if is_toml(front) { format!("\"{address}\"") } else { address.to_owned() }
}
