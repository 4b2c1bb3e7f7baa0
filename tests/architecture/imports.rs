//! The paths that Rust files import, read from their text.

use std::fs;
use std::path::Path;

/// An import from another room of the crate.
#[derive(Debug)]
#[allow(dead_code, reason = "file and path are for the message of a failed test")]
pub struct Import {
    pub room: String,
    pub from: String,
    pub file: String,
    pub path: String,
}

/// A path of another crate that a file names.
pub struct External {
    pub file: String,
    pub path: String,
}

fn is_of_tests(file: &str) -> bool {
    file.ends_with("/tests.rs")
}

/// A file's name below `src/`, and its text without comments and tests.
fn read(src: &Path, path: &Path) -> (String, String) {
    let name = path.strip_prefix(src).expect("below src").to_string_lossy().replace('\\', "/");
    let text = fs::read_to_string(path).expect("text");
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    (name, lines.collect::<Vec<_>>().join("\n"))
}

/// The imports of one file from other rooms: `use crate::…` and paths that begin with `crate::`.
pub fn imports_of(src: &Path, path: &Path) -> Vec<Import> {
    let (file, text) = read(src, path);
    let Some((room, _)) = file.split_once('/').filter(|_| !is_of_tests(&file)) else { return Vec::new() };
    let crates = if room == "cli" { "letterpress::" } else { "crate::" };
    let paths = text.match_indices(crates).flat_map(|(at, _)| expanded(&text[at + crates.len()..]));
    let import = |path: String| {
        let from = path.split("::").next().unwrap_or_default().to_owned();
        (from != room && src.join(&from).is_dir()).then(|| Import {
            room: room.to_owned(),
            from,
            file: file.clone(),
            path,
        })
    };
    paths.filter_map(import).collect()
}

/// The names at the head of a path: one, or those in its braces.
fn expanded(rest: &str) -> Vec<String> {
    let Some(inner) = rest.strip_prefix('{') else {
        return vec![rest.chars().take_while(|sign| sign.is_alphanumeric() || matches!(sign, '_' | ':')).collect()];
    };
    let mut depth = 0;
    let end = inner.find(|sign| {
        depth += match sign {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        depth < 0
    });
    let names = inner[..end.unwrap_or(inner.len())].split(',').map(|name| name.trim().to_owned());
    names.filter(|name| name.starts_with(|first: char| first.is_lowercase())).collect()
}

/// The paths of other crates in all files outside of tests.
pub fn external(src: &Path) -> Vec<External> {
    let files = walkdir::WalkDir::new(src).into_iter().map(|entry| entry.expect("an entry"));
    let sources = files.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    let of_file = |entry: walkdir::DirEntry| {
        let (file, text) = read(src, entry.path());
        let uses = text.lines().filter_map(|line| line.trim_start().strip_prefix("use ")).map(str::to_owned);
        let inline = text.match_indices("std::fs::").map(|(at, _)| text[at..].chars().take(24).collect::<String>());
        let paths: Vec<String> = uses.chain(inline).collect();
        paths.into_iter().map(move |path| External { file: file.clone(), path: path.trim_end_matches(';').to_owned() })
    };
    sources.flat_map(of_file).filter(|external| !is_of_tests(&external.file)).collect()
}
