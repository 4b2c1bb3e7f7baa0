//! Writes a corpus: `cargo bench --bench corpus -- FOLDER articles=10000 [layout=hugo] [letters=…] [tags=…] [topics=…] [redirects=…]`.
//!
//! Needs nothing beyond the standard library, so `rustc -O --edition 2024 benches/corpus.rs` makes it too.

#[path = "corpus/mod.rs"]
mod corpus;

use std::path::PathBuf;

use corpus::{Corpus, Layout};

const USAGE: &str = "corpus FOLDER [articles=N] [layout=letterpress|without-forms|hugo] [letters=N] [topics=N] [in_first_topic=0.5] [tags=N] [redirects=N] [words=N] [seed=N]";

fn main() {
    // Cargo adds `--bench` to what it runs.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let Some((folder, settings)) = arguments.split_first() else {
        eprintln!("{USAGE}");
        std::process::exit(2);
    };
    let settings: Vec<(&str, &str)> = settings.iter().map(|setting| setting.split_once('=').expect(USAGE)).collect();
    let value = |name: &str| settings.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    let number = |name: &str| value(name).map(|value| value.parse::<usize>().expect(USAGE));
    let mut corpus = Corpus::of(number("articles").unwrap_or(1000));
    corpus.letters = number("letters").unwrap_or(corpus.letters);
    corpus.topics = number("topics").unwrap_or(corpus.topics);
    corpus.tags = number("tags").unwrap_or(corpus.tags);
    corpus.redirects = number("redirects").unwrap_or(corpus.redirects);
    corpus.words = number("words").unwrap_or(corpus.words);
    corpus.seed = value("seed").map_or(corpus.seed, |seed| seed.parse().expect(USAGE));
    corpus.in_first_topic = value("in_first_topic").map_or(0.0, |share| share.parse().expect(USAGE));
    let layout = match value("layout").unwrap_or("letterpress") {
        "letterpress" => Layout::Letterpress,
        "without-forms" => Layout::WithoutForms,
        "hugo" => Layout::Hugo,
        _ => panic!("{USAGE}"),
    };
    corpus.write(&PathBuf::from(folder), layout);
}
