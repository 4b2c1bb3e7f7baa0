//! Rules about the words of links: what a reader hears who jumps from link to link.

use crate::check::reading::{Link, Passage};
use crate::check::spans::Spans;
use crate::check::{Find, Finding, Page, RuleEntry};
use crate::diagnostic::{Rule, Severity};

pub(crate) const RULES: &[RuleEntry] = &[
    RuleEntry {
        rule: Rule::VagueLink,
        severity: Some(Severity::Warning),
        reason: "A list of links reads 'here, here, more' to somebody who listens (WCAG 2.2 SC 2.4.4).",
        example: "To resign, [click here](resign.md).",
        mend: "Link the words that say where it leads: `[how to resign](resign.md)`.",
        find: Find::Page(vague),
    },
    RuleEntry {
        rule: Rule::EmptyLink,
        severity: Some(Severity::Warning),
        reason: "A link without words can't be seen, heard or pressed.",
        example: "[](resign.md)",
        mend: "Write between the brackets where it leads, or remove it.",
        find: Find::Page(empty),
    },
    RuleEntry {
        rule: Rule::BareUrl,
        severity: Some(Severity::Warning),
        reason: "An address in the text is no link, and is spelled out letter by letter to somebody who listens.",
        example: "See https://www.example.org/leave for more.",
        mend: "Make a link of it: `[the rules on leave](https://www.example.org/leave)`.",
        find: Find::Page(bare),
    },
];

/// Words that don't describe where a link leads.
const VAGUE: &[&str] = &[
    "click here",
    "click",
    "here",
    "this",
    "link",
    "this link",
    "more",
    "read more",
    "learn more",
    "find out more",
    "see more",
    "this page",
    "this article",
    "press here",
    "tap here",
    "go here",
    "download here",
    "details",
    "continue",
    "یہاں",
    "یہاں کلک کریں",
    "مزید",
    "مزید پڑھیں",
];

fn vague(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for link in &page.reading.links {
        let words = link.label.trim().trim_end_matches(['.', '…', '»', '›', '>', '→', '!', ':']).trim().to_lowercase();
        if VAGUE.contains(&words.as_str()) {
            let diagnostic = Finding::new(format!("'{}' doesn't say where the link leads", link.label.trim()));
            let diagnostic = diagnostic.hint("link the words that name the page");
            diagnostics.push(diagnostic.at(page.document.source(), link.span.clone()));
        }
    }
}

fn empty(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    // // An image without alternative text has a rule of its own.
    let images = Spans::of(page.reading.images.iter().map(|image| &image.span));
    let says_nothing = |link: &&Link| link.label.trim().is_empty() && !images.has_within(&link.span);
    for link in page.reading.links.iter().filter(says_nothing) {
        let diagnostic = Finding::new(format!("this link to `{}` has no words", link.target));
        let diagnostic = diagnostic.hint("write between the brackets where it leads, or remove it");
        diagnostics.push(diagnostic.at(page.document.source(), link.span.clone()));
    }
}

fn bare(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let links = Spans::of(page.reading.links.iter().map(|link| &link.span));
    for passage in page.reading.passages.iter().filter(|passage| passage.text.contains("://")) {
        for written in addresses(&passage.text) {
            let start = written.as_ptr() as usize - passage.text.as_ptr() as usize;
            let place = passage.span(start..start + written.len());
            if !is_made_up(&passage.text[start..], written) && !links.cover(&place) && !is_in_html_link(page, &place) {
                let diagnostic = Finding::new("this address is no link").hint(as_link(written));
                diagnostics.push(diagnostic.at(page.document.source(), place));
            }
        }
    }
}

/// An address longer than this is not repeated in the hint.
const LONGEST_IN_HINT: usize = 200;

fn as_link(address: &str) -> String {
    match address.len() {
        ..=LONGEST_IN_HINT => format!("write `[what it is]({})`", bracketed(address)),
        _ => "write `[what it is](…)`, with the address between the round brackets".to_owned(),
    }
}

/// The web addresses of a text. What is within one is no other: a text of nothing else would be read once for each.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let mut end = 0;
    text.match_indices("http").filter_map(move |(start, _)| {
        let rest = text.get(start..).filter(|_| start >= end)?;
        let scheme = ["https://", "http://"].into_iter().find(|scheme| rest.starts_with(scheme))?;
        let written = address(rest);
        end = start + written.len().max(scheme.len());
        (written.len() > scheme.len()).then_some(written)
    })
}

/// The address that a text begins with, without the sentence's own signs behind it.
fn address(text: &str) -> &str {
    let end = text
        .find(|character: char| character.is_whitespace() || "<>\"'`|\u{fffc}“”«»،۔؛。，、）」』".contains(character))
        .unwrap_or(text.len());
    let mut address = &text[..end];
    let mut brackets = [('(', ')'), ('[', ']'), ('{', '}')]
        .map(|(open, close)| (close, address.matches(close).count(), address.matches(open).count()));
    loop {
        address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '…']);
        let last = brackets.iter_mut().find(|(close, closed, opened)| address.ends_with(*close) && closed > opened);
        let Some((close, closed, _)) = last else { return address };
        address = &address[..address.len() - close.len_utf8()];
        *closed -= 1;
    }
}

/// An address with a gap that a program or a reader fills in: `https://{host}/a`, `https://<your site>`.
fn is_made_up(text: &str, address: &str) -> bool {
    address.contains(['{', '}', '$']) || text[address.len()..].starts_with('<')
}

/// The address as it is written in the brackets of a link.
fn bracketed(address: &str) -> String {
    let is_balanced = address.matches('(').count() == address.matches(')').count();
    if is_balanced { address.to_owned() } else { format!("<{address}>") }
}

/// Raw HTML's own link is a tag, its words, a tag.
fn is_in_html_link(page: &Page<'_>, place: &std::ops::Range<usize>) -> bool {
    page.document.text.get(..place.start).is_some_and(|before| before.ends_with("\">"))
}

impl Page<'_> {
    /// Passages in the page's own words, in one language.
    pub(crate) fn own_words(&self) -> impl Iterator<Item = &Passage> {
        self.reading.passages.iter().filter(|passage| !passage.quoted)
    }
}
