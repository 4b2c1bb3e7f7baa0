//! Fuzzing on the stable toolchain: seeds are replayed, then changed at random for some seconds a target, and what a target promises is
//! checked each time. Inputs that show something new (another set of messages, another size of output) become seeds of the same run.
//!
//! `FUZZ_SECONDS=3600 cargo test --release --test fuzz -- --nocapture TARGET` is a long run. An input that fails is written to
//! `tests/fuzz/corpus/TARGET/`, so that it is replayed ever after.

mod mutation;
mod targets;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use mutation::Mutator;

/// So long may one input take on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// So long is each target fuzzed if nobody says otherwise.
const SECONDS: u64 = 2;

/// Takes bytes, panics if a promise is broken, and gives a fingerprint of what happened.
type Target = dyn FnMut(&[u8]) -> u64;

fn fuzz(name: &str, further: &[&str], target: &mut Target) {
    let mut seeds = seeds(name, further);
    assert!(!seeds.is_empty(), "{name} has no seeds");
    let watch = Watch::start(name);
    let mut run = |input: &[u8]| {
        watch.begins(input);
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| target(input)));
        watch.ends();
        outcome.unwrap_or_else(|panic| {
            eprintln!("the input is kept in {}", keep(name, input).display());
            std::panic::resume_unwind(panic)
        })
    };
    let mut seen: HashSet<u64> = seeds.iter().map(|seed| run(seed)).collect();
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SECONDS);
    let mut mutator = Mutator::new(std::env::var("FUZZ_SEED").ok().and_then(|text| text.parse().ok()));
    let start = Instant::now();
    let mut inputs = 0_u64;
    while start.elapsed() < Duration::from_secs(seconds) {
        let input = mutator.mutated(&seeds);
        inputs += 1;
        if seen.insert(run(&input)) {
            seeds.push(input);
        }
    }
    println!("{name}: {inputs} inputs in {seconds} s, {} kinds of outcome", seen.len());
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn seeds(name: &str, further: &[&str]) -> Vec<Vec<u8>> {
    let folders = [format!("fuzz/corpus/{name}")].into_iter().chain(further.iter().map(|name| (*name).to_owned()));
    let mut files: Vec<PathBuf> = folders
        .flat_map(|name| fs::read_dir(folder(&name)).expect("a folder of seeds"))
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.retain(|path| path.is_file());
    files.sort();
    files.iter().map(|path| fs::read(path).expect("a seed")).collect()
}

fn keep(name: &str, input: &[u8]) -> PathBuf {
    let hash = blake3::hash(input).to_hex();
    let path = folder(&format!("fuzz/corpus/{name}")).join(&hash[..16]);
    fs::write(&path, input).expect("a place for the input");
    path
}

/// Ends the process, with the input kept, when one input takes too long: a thread that hangs can't be stopped.
struct Watch(Running);

/// The input that is being tried, and since when.
type Running = Arc<Mutex<Option<(Instant, Vec<u8>)>>>;

impl Watch {
    fn start(name: &str) -> Self {
        let current = Running::default();
        let (watched, name) = (Arc::downgrade(&current), name.to_owned());
        std::thread::spawn(move || {
            while let Some(current) = watched.upgrade() {
                if let Some((since, input)) = &*current.lock().expect("nobody panics with it")
                    && since.elapsed() > PATIENCE
                {
                    eprintln!("{name}: an input takes too long; it is kept in {}", keep(&name, input).display());
                    std::process::exit(1);
                }
                drop(current);
                std::thread::sleep(Duration::from_millis(500));
            }
        });
        Self(current)
    }

    fn begins(&self, input: &[u8]) {
        *self.0.lock().expect("nobody panics with it") = Some((Instant::now(), input.to_vec()));
    }

    fn ends(&self) {
        *self.0.lock().expect("nobody panics with it") = None;
    }
}

#[test]
fn pages_with_front_matter() {
    fuzz("page", &[], &mut targets::page("content/articles/a.md"));
}

#[test]
fn letters() {
    fuzz("letter", &[], &mut targets::page("content/letters/a.md"));
}

#[test]
fn settings() {
    fuzz("config", &[], &mut targets::config());
}

#[test]
fn templates() {
    fuzz("template", &[], &mut targets::template());
}

#[test]
fn pictures() {
    fuzz("picture", &[], &mut targets::picture());
}

#[test]
fn whole_sites() {
    fuzz("site", &["check/rules"], &mut targets::site());
}

#[test]
fn search_words() {
    fuzz("search", &[], &mut targets::search());
}

#[cfg(unix)]
#[test]
fn requests() {
    fuzz("request", &[], &mut targets::request());
}
