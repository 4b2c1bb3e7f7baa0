//! Passages in another script than their page's, which are speech in another language.

use std::collections::HashMap;
use std::ops::Range;

use crate::check::raw_tags::tags;
use crate::check::reading::{Passage, PassageKind};
use crate::check::{Finding, Page};
use crate::languages::{Script, direction, native_name};

/// From this many words on, a passage is speech and not a name.
const SPEECH: usize = 3;

/// One for a page: who marks the first passage sees the others.
pub(crate) fn unmarked_language(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let passages = || page.reading.passages.iter().filter(|passage| passage.kind != PassageKind::FrontMatter);
    if passages().all(|passage| passage.text.is_ascii()) {
        return;
    }
    let own = own_script(page);
    let marked = marked(page);
    let is_marked = |at: usize| {
        let behind = marked.partition_point(|range| range.start <= at);
        behind > 0 && marked[behind - 1].contains(&at)
    };
    let found = passages().find_map(|passage| {
        let of_page = |at: usize| !is_marked(passage.span(at..at + 1).start);
        Some((passage, foreign(passage, own, of_page)?))
    });
    let Some((passage, (range, script))) = found else { return };
    let Some(language) = script.language_of(&passage.text[range.clone()]) else { return };
    let (code, name) = (language.code, language.english_name);
    let towards = if direction(code) == "rtl" { " dir=\"rtl\"" } else { "" };
    let diagnostic = Finding::new("this is in another language than the page, and nothing says so");
    let diagnostic = diagnostic.hint(format!("wrap it, if it is {name}: `<span lang=\"{code}\"{towards}>…</span>`"));
    diagnostics.push(diagnostic.at(page.document.source(), passage.span(range)));
}

/// Elements of raw HTML with a `lang` attribute, in order and none within another. One that nothing closes extends to the page's end.
fn marked(page: &Page<'_>) -> Vec<Range<usize>> {
    let mut marked = Vec::new();
    let mut open: HashMap<String, Vec<Option<usize>>> = HashMap::new();
    for tag in tags(page) {
        let of_name = open.entry(tag.name.clone()).or_default();
        match tag.closing {
            false => of_name.push(tag.attribute("lang").map(|_| tag.span.start)),
            true => marked.extend(of_name.pop().flatten().map(|start| start..tag.span.end)),
        }
    }
    marked.extend(open.into_values().flatten().flatten().map(|start| start..usize::MAX));
    marked.sort_by_key(|range| range.start);
    marked.dedup_by(|later, earlier| {
        let touches = later.start <= earlier.end;
        earlier.end = if touches { earlier.end.max(later.end) } else { earlier.end };
        touches
    });
    marked
}

/// The script of the page's own language: the one that its speakers write its name in; where that is not known, that of its direction.
fn own_script(page: &Page<'_>) -> Option<&'static Script> {
    let code = page.site_rules.language_tag(page.document);
    match native_name(code) {
        Some(name) => name.chars().find_map(Script::of),
        None => Some("rtl").filter(|rtl| direction(code) == *rtl).and_then(Script::with_direction),
    }
}

/// The first run of words in one foreign script, if it is long enough, and that script. Only words that are `of_page`, by where
/// they begin in the passage, are looked at.
fn foreign(
    passage: &Passage,
    own: Option<&'static Script>,
    of_page: impl Fn(usize) -> bool,
) -> Option<(Range<usize>, &'static Script)> {
    let mut run: Option<(Range<usize>, &'static Script, usize)> = None;
    for word in passage.text.split_whitespace() {
        let at = word.as_ptr() as usize - passage.text.as_ptr() as usize;
        let Some(letter) = word.chars().find(|sign| sign.is_alphabetic()) else { continue };
        let script = Script::of(letter).filter(|script| Some(*script) != own && of_page(at));
        match (script, &mut run) {
            (Some(script), Some((range, known, count))) if script == *known => {
                (range.end, *count) = (at + word.len(), *count + 1)
            }
            (_, Some((_, _, count))) if *count >= SPEECH => break,
            (Some(script), _) => run = Some((at..at + word.len(), script, 1)),
            (None, _) => run = None,
        }
    }
    run.filter(|(_, _, count)| *count >= SPEECH).map(|(range, script, _)| (range, script))
}
