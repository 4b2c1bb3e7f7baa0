//! The law of watch mode: after any sequence of edits the warm build gives the bytes and the messages of a cold one.
//!
//! `SEQUENCES=20000 cargo test --release --test warm_is_cold` runs longer; `SEED=17` repeats one sequence.

mod edits;
mod reads;
mod theme;

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use edits::{Dice, Site};
use letterpress::collect;
use letterpress::collect::{Options, Sources, SpillTexts};
use letterpress::diagnostic::Rule;
use letterpress::pipeline::{Built, Memo, build, pages};

/// So few questions that small sites have pages that are rendered after the others.
const MOST_ASKED: usize = 40;

/// How many sequences `cargo test` tries.
const SEQUENCES: u64 = 520;
/// Every so many sequences one uses the default theme, whose pages take much longer.
const DEFAULT_THEME: u64 = 40;
/// Edits of a sequence.
const EDITS: usize = 5;

#[test]
fn a_warm_build_gives_what_a_cold_one_gives() {
    if let Some(seed) = number("SEED") {
        return try_sequence(seed);
    }
    let end = number("SEQUENCES").unwrap_or(SEQUENCES);
    let next = AtomicU64::new(0);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(seed) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|seed| *seed < end) {
                    try_sequence(seed);
                }
            });
        }
    });
}

#[test]
fn a_hint_names_the_page_that_has_the_heading_since_another_edit() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |file: &str, text: &str| {
        let path = folder.path().join(file);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    let article = |body: &str| format!("---\ntitle: On leave\ndescription: Words.\n---\n\n{body}\n");
    let mut memo = Memo::default().with_most_asked(MOST_ASKED);
    let mut hint = || {
        let options = Options { folder: folder.path().to_path_buf(), ..Options::default() };
        let (sources, found) = collect::collect(&options).expect("the site can be read");
        let built = build(&sources, found, &mut memo).expect("a build");
        let broken = built.diagnostics.into_iter().find(|one| one.rule == Rule::BrokenAnchor).expect("a broken anchor");
        broken.hint.expect("a hint")
    };
    write("letterpress.toml", "title = \"Advice\"\n");
    write("content/articles/a.md", &article("See [when](b.md#when-to-ask)."));
    write("content/articles/b.md", &article("## Why"));
    write("content/articles/c.md", &article("## How"));
    assert!(!hint().contains("c.md"));
    write("content/articles/c.md", &article("## When to ask"));
    assert_eq!(hint(), "it is now in `c.md#when-to-ask`");
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

fn try_sequence(seed: u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut dice = Dice::new(seed);
    let mut site = Site::random(folder.path(), &mut dice, seed % DEFAULT_THEME != DEFAULT_THEME - 1);
    let mut editor = Editor { memo: Memo::default().with_most_asked(MOST_ASKED), known: None };
    site.touched();
    editor.compare(&mut site, &mut dice, seed);
    for _ in 0..EDITS {
        for _ in 0..1 + dice.below(2) {
            site.edit(&mut dice);
        }
        editor.compare(&mut site, &mut dice, seed);
    }
}

/// What watch mode keeps from one build to the next.
struct Editor {
    memo: Memo,
    known: Option<Sources>,
}

impl Editor {
    fn compare(&mut self, site: &mut Site, dice: &mut Dice, seed: u64) {
        let options = Options { folder: site.folder.clone(), as_of: Some(site.today), ..Options::default() };
        let (sources, found) = collect::collect(&options).expect("the site can be read");
        let touched = site.touched();
        // A day may begin without any file being touched; a lost event makes watch mode read everything.
        let is_partial = found.is_empty() && !touched.is_empty() && dice.below(8) > 0;
        let (again, found_again) = match self.known.take().filter(|_| is_partial) {
            Some(known) => collect::refresh(&options, &known, &touched).expect("the site can be read"),
            None => (sources.clone(), found.clone()),
        };
        if dice.below(4) == 0 {
            // Watch mode leaves a build's second part when more is waiting.
            drop(pages(&again, found_again.clone(), &mut self.memo).expect("pages"));
        }
        let warm = build(&again, found_again.clone(), &mut self.memo).expect("a build");
        let nothing_cached = tempfile::tempdir().expect("a temporary folder");
        // The texts of a large site are on disk, which changes no byte.
        let spill = if dice.below(2) == 0 { SpillTexts::Never } else { SpillTexts::FromFiles(0) };
        let (sources, found) = collect::collect(&Options { spill, ..options }).expect("the site can be read");
        let cold = build(&sources, found, &mut Memo::for_one_build(nothing_cached.path())).expect("a build");
        assert_same(&warm, &cold, site, seed);
        self.known = found_again.is_empty().then_some(again);
    }
}

fn assert_same(warm: &Built, cold: &Built, site: &Site, seed: u64) {
    let history = || site.history.join("\n\n");
    for (file, artifact) in cold.output.iter() {
        let text = |artifact: &letterpress::output::Artifact| {
            String::from_utf8_lossy(&artifact.read().expect("its bytes")).into_owned()
        };
        match warm.output.get(file) {
            Some(known) if known.read().ok() == artifact.read().ok() => {}
            Some(known) => panic!(
                "SEED={seed}: {file} is stale\nwarm: {}\ncold: {}\nafter\n{}",
                text(known),
                text(artifact),
                history()
            ),
            None => panic!("SEED={seed}: {file} is missing after\n{}", history()),
        }
    }
    let surplus: Vec<&str> =
        warm.output.iter().map(|(file, _)| file).filter(|file| cold.output.get(file).is_none()).collect();
    assert!(surplus.is_empty(), "SEED={seed}: {surplus:?} should be gone after\n{}", history());
    assert_eq!(warm.diagnostics, cold.diagnostics, "SEED={seed}: after\n{}", history());
}
