//! Each file of `tests/check/rules/` holds a small site, one `=== path` after the other. Behind a line that breaks a rule stands what
//! is said of it, between which columns: `//~ error 5-20 broken-link: …`, then `//~ help: …` and `//~ fix: …`.
//!
//! With `UPDATE_CHECKS=1` in the environment the messages are written into the files, to be read before they are committed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::Site;
use letterpress::check;
use letterpress::diagnostic::{Diagnostic, Location, Rule, Severity};

/// Rules whose breach is a state of the machine, of an earlier run or of another host; other tests tell their stories.
const TOLD_ELSEWHERE: &[&str] = &[
    "not-utf8",
    "unreadable-file",
    "unreadable-site",
    "unreadable-name",
    "folder-loop",
    "broken-external-link",
    "unverified-external-link",
    "external-cache",
    "lost-address",
    "missing-updated",
    "letter-export",
    "deep-html",
];

/// A file of the site: its path, what is said behind the path, its lines.
struct Part {
    path: String,
    manner: String,
    lines: Vec<String>,
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with("//~")) {
        match line.strip_prefix("=== ") {
            Some(head) => {
                let (path, manner) = head.split_once(" (").unwrap_or((head, ""));
                let manner = manner.trim_end_matches(')').to_owned();
                parts.push(Part { path: path.to_owned(), manner, lines: Vec::new() });
            }
            None => parts.last_mut().expect("a `===` line").lines.push(line.to_owned()),
        }
    }
    parts
}

impl Part {
    fn bytes(&self) -> Vec<u8> {
        if let Some(size) = self.manner.strip_suffix(" bytes") {
            return vec![0; size.parse().expect("a number of bytes")];
        }
        let end = if self.manner == "crlf" { "\r\n" } else { "\n" };
        self.lines.iter().flat_map(|line| [line.as_str(), end]).collect::<String>().into_bytes()
    }

    fn head(&self) -> String {
        let manner = if self.manner.is_empty() { String::new() } else { format!(" ({})", self.manner) };
        format!("=== {}{manner}\n", self.path)
    }
}

/// The site with what is said of it behind each line, as the file should have it.
fn annotated(parts: &[Part], diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    let mut said = 0;
    for part in parts {
        text.push_str(&part.head());
        for (number, line) in (1..).zip(&part.lines) {
            text.push_str(&format!("{line}\n"));
            let here = diagnostics.iter().filter(|one| is_at(one, &part.path, number));
            here.for_each(|one| {
                text.push_str(&note(one));
                said += 1;
            });
        }
    }
    let is_placed =
        |one: &Diagnostic| parts.iter().any(|part| (1..=part.lines.len()).any(|number| is_at(one, &part.path, number)));
    for one in diagnostics.iter().filter(|one| !is_placed(one)) {
        text.push_str(&note(one));
        said += 1;
    }
    assert_eq!(said, diagnostics.len());
    text
}

fn is_at(diagnostic: &Diagnostic, path: &str, line: usize) -> bool {
    let location = diagnostic.location.as_ref();
    location.is_some_and(|place| place.file.as_str() == path && place.start.line == line && !place.excerpt.is_empty())
}

fn note(diagnostic: &Diagnostic) -> String {
    let severity = if diagnostic.severity == Severity::Error { "error" } else { "warning" };
    let place = diagnostic.location.as_ref().map(place).unwrap_or_default();
    let (message, hint) = without_counts(diagnostic);
    let mut note = format!("//~ {severity}{place} {}: {}\n", diagnostic.rule.code(), message.replace('\n', "⏎"));
    if let Some(hint) = hint {
        note.push_str(&format!("//~ help: {}\n", hint.replace('\n', "⏎")));
    }
    if let Some(fix) = &diagnostic.replacement {
        let end = if fix.end.line == fix.start.line { String::new() } else { format!("{}:", fix.end.line) };
        let (line, from, to) = (fix.start.line, fix.start.column, fix.end.column);
        note.push_str(&format!("//~ fix: {line}:{from}-{end}{to} {:?}\n", fix.text));
    }
    note
}

/// What is said and advised; how many words a theme has grows with it, and is no matter of the rule.
fn without_counts(diagnostic: &Diagnostic) -> (String, Option<String>) {
    let message = diagnostic.message.clone();
    let hint = diagnostic.hint.as_deref().map(without_lists);
    let counted = message.split_once(" lack ").and_then(|(head, rest)| Some((head, rest.split_once(';')?.1)));
    match counted {
        Some((head, tail)) if diagnostic.rule == Rule::MissingStrings => {
            (format!("{head} lack …;{tail}"), hint.map(|_| "add …".to_owned()))
        }
        _ => (message, hint),
    }
}

/// A list of all keys or settings grows with the program, and is no matter of the rule.
fn without_lists(hint: &str) -> String {
    let lists = ["the keys here are ", "its settings are: "];
    match lists.iter().find(|list| hint.starts_with(**list)) {
        Some(list) => format!("{list}…"),
        None => hint.to_owned(),
    }
}

fn place(location: &Location) -> String {
    if location.excerpt.is_empty() {
        return format!(" in {}", location.file);
    }
    match location.start.line == location.end.line {
        true => format!(" {}-{}", location.start.column, location.end.column),
        false => format!(" {}-{}:{}", location.start.column, location.end.line, location.end.column),
    }
}

fn rule_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check/rules");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

#[test]
fn every_message_stands_beside_its_line() {
    let update = std::env::var_os("UPDATE_CHECKS").is_some();
    let mut wrong = String::new();
    for file in rule_files() {
        let expected = fs::read_to_string(&file).expect("text");
        let parts = parts(&expected);
        let site = parts.iter().fold(Site::new(), |site, part| site.file(&part.path, part.bytes()));
        let found = annotated(&parts, &site.build().diagnostics);
        if update {
            fs::write(&file, found).expect("a written file");
        } else if found != expected {
            wrong.push_str(&format!("{}\nexpected:\n{expected}\nfound:\n{found}\n", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_is_broken_by_its_file() {
    for entry in check::rules().filter(|entry| !TOLD_ELSEWHERE.contains(&entry.rule.code())) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/check/rules/{}.txt", entry.rule.code()));
        let text = fs::read_to_string(&file).unwrap_or_default();
        let is_told =
            text.lines().any(|line| line.starts_with("//~") && line.contains(&format!(" {}: ", entry.rule.code())));
        assert!(is_told, "{} holds no breach of its rule", file.display());
    }
}

/// One site with many slips, as a folder from elsewhere has them: each is told, and none twice.
#[test]
fn sixty_kinds_of_fault_in_one_site_are_each_told_once() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check/rules/planted-faults.txt"));
    let text = text.expect("text");
    let told = |line: &&str| line.starts_with("//~ error ") || line.starts_with("//~ warning ");
    let codes: BTreeSet<&str> =
        text.lines().filter(told).filter_map(|line| line.split_once(": ")?.0.rsplit(' ').next()).collect();
    assert!(codes.len() >= 60, "{} kinds: {codes:?}", codes.len());
    let (mut line, mut here) = (0, BTreeSet::new());
    for (number, said) in text.lines().enumerate() {
        match told(&said) {
            true => assert!(here.insert(said), "line {line} is told twice: {said}"),
            false if !said.starts_with("//~") => (line, here) = (number + 1, BTreeSet::new()),
            false => {}
        }
    }
}

#[test]
fn clean_pages_are_left_in_peace() {
    let clean = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check/rules/clean.txt"));
    assert!(!clean.expect("text").contains("//~"));
}

#[test]
fn the_reference_says_why_and_how_of_every_rule() {
    let reference = check::reference();
    for entry in check::rules() {
        assert!(reference.contains(&format!("### {} (", entry.rule.code())), "{}", entry.rule.code());
        for sentence in [entry.reason, entry.mend] {
            assert!(sentence.ends_with('.') || sentence.ends_with(')'), "{}: {sentence}", entry.rule.code());
        }
    }
}

/// What trips readers of text: marks without their partners, other scripts, entities, places at the very end.
const PIECES: &[&str] = &[
    "é",
    "&eacute;",
    "`ü`",
    "[your ü",
    "]",
    "](",
    "x.md#ü)",
    "![",
    "https://é.example/",
    "<b style=\"color:",
    "\">",
    "<!--",
    "-->",
    "\n\n",
    "\n",
    "# ",
    "|",
    "|--|",
    ":::",
    " when x is \"y\"",
    "by 30 June 2024",
    "Rs 5",
    "the the",
    "چھٹی کب مانگیں",
    "> ",
    "- ",
    "\r\n",
    "\t",
    "\\",
    "---",
    "*",
    "😀",
    "[^1]",
    "[^1]: ",
    "\"",
    "’",
    "TODO",
    "**",
    "==",
    "%%",
    "[[",
    "]]",
    "[^",
    "$$",
    "!!! note",
    "> [!INFO] ",
    "{: .x}",
    "~",
    "^",
    "##x",
    "-x\n-y",
    "•",
    "tel:+9 1)",
    "```",
    "+--+--+",
    "(file:///C:/x)",
    "<?php ",
    "\u{a0}",
    "[x](y",
    "{{ a }}",
    "[gallery]",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    /// Whatever an editor writes, the checks come to an end and every place is in its file.
    #[test]
    fn no_text_stops_the_checks(chosen in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let body: String = chosen.iter().map(|piece| PIECES[*piece]).collect();
        let settings = "title = \"A\"\n[check]\nsentence_words = 3\n[check.rules]\nundated-money = \"warning\"\norphan = \"warning\"\n";
        let title = format!("---\ntitle: \"{}é\"\ndescription: |\n  Über {body:?}\n---\n", "ü".repeat(3));
        let site = Site::new()
            .file("letterpress.toml", settings)
            .file("content/articles/a.md", format!("{title}{body}"))
            .file("content/letters/b.md", format!("{title}{body}"));
        for diagnostic in site.build().diagnostics {
            if let Some(place) = diagnostic.location {
                proptest::prop_assert!(place.start <= place.end, "{}", diagnostic.message);
            }
        }
    }
}
