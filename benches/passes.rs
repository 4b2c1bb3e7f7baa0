//! What each pass costs, from nothing, on a corpus of 500 articles and 25 letters: `cargo bench --bench passes`, or one of them by its name.
//!
//! The passes are timed where a build times them itself (`letterpress build --timings`); reading and writing are timed here.

#[path = "corpus/mod.rs"]
mod corpus;

use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};

use letterpress::collect::{Options, Sources};
use letterpress::pipeline::{Built, Memo, build};
use letterpress::storage::StoreIn;
use letterpress::{collect, document, publish, search};

const ARTICLES: usize = 500;

fn passes(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    corpus::Corpus::of(ARTICLES).write(folder.path(), corpus::Layout::Letterpress);
    let mut group = criterion.benchmark_group(format!("{ARTICLES} articles"));
    group.sample_size(10);
    group.bench_function("read", |bencher| bencher.iter(|| read(folder.path())));
    let sources = read(folder.path());
    let built = built(&sources);
    for (pass, _) in &built.report.timings {
        group.bench_function(*pass, |bencher| {
            bencher.iter_custom(|times| (0..times).map(|_| lap(&sources, pass)).sum())
        });
    }
    group.bench_function("write", |bencher| bencher.iter_custom(|times| (0..times).map(|_| write(&built)).sum()));
    group.bench_function("write again, nothing changed", |bencher| {
        let public = tempfile::tempdir().expect("a temporary folder");
        let again = || publish::publish(&built.output, public.path(), &|_| ()).expect("the site can be written");
        again();
        bencher.iter(again);
    });
}

fn read(folder: &Path) -> Sources {
    let options = Options { folder: folder.to_path_buf(), ..Options::default() };
    collect::collect(&options).expect("the site can be read").0
}

fn built(sources: &Sources) -> Built {
    build(sources, Vec::new(), &mut Memo::default()).expect("a build")
}

/// How long a build from nothing spends in a pass.
fn lap(sources: &Sources, pass: &str) -> Duration {
    let laps = built(sources).report.timings;
    laps.iter().filter(|(name, _)| *name == pass).map(|(_, time)| *time).sum()
}

fn write(built: &Built) -> Duration {
    let public = tempfile::tempdir().expect("a temporary folder");
    let start = Instant::now();
    publish::publish(&built.output, public.path(), &|_| ()).expect("the site can be written");
    start.elapsed()
}

/// The files of the letters that this repository's own site has, English and Urdu, each from nothing.
fn letters(criterion: &mut Criterion) {
    let sources = read(Path::new(env!("CARGO_MANIFEST_DIR")));
    let count = sources.content.values().filter(|source| source.path.as_str().contains("/letters/")).count();
    let mut group = criterion.benchmark_group("the shipped site");
    group.sample_size(10);
    group.bench_function(format!("files of {count} letters"), |bencher| {
        bencher.iter_custom(|times| (0..times).map(|_| files_of_letters(&sources)).sum())
    });
}

fn files_of_letters(sources: &Sources) -> Duration {
    comemo::evict(0);
    lap(sources, "letters' files")
}

/// The work on one article of 700 words.
fn one_article(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    corpus::Corpus::of(1).write(folder.path(), corpus::Layout::Letterpress);
    let sources = read(folder.path());
    let source =
        sources.content.values().find(|source| source.path.as_str().contains("/articles/")).expect("an article");
    let hash = document::fingerprint(source, letterpress::storage::Hash::from_bytes([0; 32]), false);
    let parse = || document::parse(source, &sources.config, hash, false);
    criterion.bench_function("parse one article", |bencher| bencher.iter(parse));
    let parsed = parse();
    let read = parsed.body.sections.get();
    let sections: Vec<search::Section> = read.iter().map(section_of).collect();
    let text = search::Text {
        title: &parsed.front.title,
        description: &parsed.front.description,
        tags: &parsed.front.tags,
        sections: &sections,
        place: StoreIn::Memory,
    };
    criterion.bench_function("find the terms of one article", |bencher| bencher.iter(|| search::analyse("en", &text)));
}

fn section_of(section: &document::TextSection) -> search::Section<'_> {
    search::Section { anchor: section.anchor.as_deref(), heading: section.heading.as_deref(), text: &section.text }
}

criterion_group!(benches, passes, letters, one_article);
criterion_main!(benches);
