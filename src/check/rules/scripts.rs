//! Passages in another script than their page's, which are speech in another language.

use std::collections::HashMap;
use std::ops::Range;

use crate::check::raw_tags::tags;
use crate::check::reading::{Passage, PassageKind};
use crate::check::{Finding, Page};
use crate::languages::{direction, native_name};

/// A script: the ranges of its letters (Unicode, Blocks.txt), and the languages that it may be, the likeliest last.
struct Script {
    letters: &'static [(char, char)],
    languages: &'static [Language],
}

/// A language that is recognised by letters that others of its script lack; by any letter, if it has none of its own.
struct Language {
    code: &'static str,
    name: &'static str,
    own: &'static str,
}

const fn language(code: &'static str, name: &'static str, own: &'static str) -> Language {
    Language { code, name, own }
}

const SCRIPTS: &[Script] = &[
    Script {
        letters: &[
            ('\u{0600}', '\u{06ff}'),
            ('\u{0750}', '\u{077f}'),
            ('\u{fb50}', '\u{fdff}'),
            ('\u{fe70}', '\u{fefc}'),
        ],
        languages: &[
            language("ps", "Pashto", "ټډړږښځڅۍې"),
            language("sd", "Sindhi", "ٻڀٺڄڃڇڏڊڙڦڪڳڱ"),
            language("ur", "Urdu", "ٹڈڑںےھہۓ"),
            language("fa", "Persian", "پچژگکی"),
            language("ar", "Arabic", ""),
        ],
    },
    Script {
        letters: &[('\u{0400}', '\u{052f}')],
        languages: &[
            language("uk", "Ukrainian", "іїєґІЇЄҐ"),
            language("ru", "Russian", "ыэёъЫЭЁЪ"),
            language("ru", "Russian", ""),
        ],
    },
    Script { letters: &[('\u{0370}', '\u{03ff}')], languages: &[language("el", "Greek", "")] },
    Script { letters: &[('\u{0590}', '\u{05ff}')], languages: &[language("he", "Hebrew", "")] },
    Script { letters: &[('\u{0900}', '\u{097f}')], languages: &[language("hi", "Hindi", "")] },
    Script { letters: &[('\u{0980}', '\u{09ff}')], languages: &[language("bn", "Bengali", "")] },
    Script { letters: &[('\u{0a00}', '\u{0a7f}')], languages: &[language("pa", "Punjabi", "")] },
    Script { letters: &[('\u{0b80}', '\u{0bff}')], languages: &[language("ta", "Tamil", "")] },
    Script { letters: &[('\u{0e00}', '\u{0e7f}')], languages: &[language("th", "Thai", "")] },
    Script { letters: &[('\u{1200}', '\u{137f}')], languages: &[language("am", "Amharic", "")] },
];

/// From this many words on, a passage is speech and not a name.
const SPEECH: usize = 3;

/// The number of a letter's script; none for Latin, whose names stand in every language's text, and for those that are not told apart.
fn script(letter: char) -> Option<usize> {
    let is_in = |script: &Script| script.letters.iter().any(|(first, last)| (*first..=*last).contains(&letter));
    (letter > '\u{024f}' && letter.is_alphabetic()).then(|| SCRIPTS.iter().position(is_in)).flatten()
}

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
    let Language { code, name, .. } = meant(&SCRIPTS[script], &passage.text[range.clone()]);
    let towards = if direction(code) == "rtl" { " dir=\"rtl\"" } else { "" };
    let diagnostic = Finding::new("this is in another language than the page, and nothing says so");
    let diagnostic = diagnostic.hint(format!("wrap it, if it is {name}: `<span lang=\"{code}\"{towards}>…</span>`"));
    diagnostics.push(diagnostic.at(page.document.source(), passage.span(range)));
}

/// Where elements of raw HTML say which language they are in, in order and none within another. One that nothing closes holds to the page's end.
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
fn own_script(page: &Page<'_>) -> Option<usize> {
    let code = page.site_rules.language_tag(page.document);
    match native_name(code) {
        Some(name) => name.chars().find_map(script),
        None => SCRIPTS.iter().position(|script| direction(code) == "rtl" && script.is_rtl()),
    }
}

impl Script {
    fn is_rtl(&self) -> bool {
        self.languages.iter().any(|language| direction(language.code) == "rtl")
    }
}

/// The first run of words in one foreign script, if it is long enough, and the number of that script. Only words that are `of_page`, by where
/// they begin in the passage, are looked at.
fn foreign(passage: &Passage, own: Option<usize>, of_page: impl Fn(usize) -> bool) -> Option<(Range<usize>, usize)> {
    let mut run: Option<(Range<usize>, usize, usize)> = None;
    for word in passage.text.split_whitespace() {
        let at = word.as_ptr() as usize - passage.text.as_ptr() as usize;
        let Some(letter) = word.chars().find(|sign| sign.is_alphabetic()) else { continue };
        let script = script(letter).filter(|script| Some(*script) != own && of_page(at));
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

/// The language that a text in that script most probably is in.
fn meant(script: &Script, text: &str) -> &'static Language {
    let languages: &'static [Language] = script.languages;
    let has_own = |language: &&Language| text.contains(|letter| language.own.contains(letter));
    languages.iter().find(has_own).unwrap_or(&languages[languages.len() - 1])
}
