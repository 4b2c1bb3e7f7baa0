//! What the disk allows: reads every file of a folder and writes as many bytes under the same names as a build did, on all cores.
//!
//! `floor SOURCES PLAN OUTPUT`, where each line of PLAN is a length, a tab and a name. Needs nothing beyond the standard library.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

fn main() {
    let arguments: Vec<PathBuf> =
        std::env::args_os().skip(1).filter(|argument| argument != "--bench").map(PathBuf::from).collect();
    let [sources, plan, output] = &arguments[..] else {
        eprintln!("floor SOURCES PLAN OUTPUT");
        std::process::exit(2);
    };
    let mut files = Vec::new();
    walk(sources, &mut files);
    let read = AtomicUsize::new(0);
    on_all_cores(&files, |file| {
        read.fetch_add(std::fs::read(file).expect("a source").len(), Ordering::Relaxed);
    });
    let plan = std::fs::read_to_string(plan).expect("the plan");
    let writes: Vec<(usize, &str)> = plan
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(length, name)| (length.parse().expect("a length"), name))
        .collect();
    let largest = writes.iter().map(|(length, _)| *length).max().unwrap_or(0);
    let bytes = vec![b' '; largest];
    on_all_cores(&writes, |(length, name)| {
        let path = output.join(name);
        if std::fs::write(&path, &bytes[..*length]).is_err() {
            std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
            std::fs::write(&path, &bytes[..*length]).expect("the file can be written");
        }
    });
    println!("{} bytes in {} files read, {} files written", read.into_inner(), files.len(), writes.len());
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        if entry.file_type().expect("a type").is_dir() {
            walk(&entry.path(), files);
        } else {
            files.push(entry.path());
        }
    }
}

fn on_all_cores<T: Sync>(items: &[T], work: impl Fn(&T) + Sync) {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    work(item)
                }
            });
        }
    });
}
