//! The files of `src/` as modules, with the modules that each one reads.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A module's path in the crate: `["render", "world"]`.
pub type Module = Vec<String>;

/// Which modules each module reads, re-exports followed to where a name is defined.
pub type Graph = BTreeMap<Module, BTreeSet<Module>>;

struct File {
    text: String,
    /// The names that it exports again, with the paths that they have in the crate.
    exported: BTreeMap<String, Module>,
}

/// The graph of all modules but those of tests and of the command line, which nothing reads.
pub fn graph(src: &Path) -> Graph {
    let mut files = files(src);
    let known: BTreeSet<Module> = files.keys().cloned().collect();
    for (module, file) in &mut files {
        for (name, path) in uses(&file.text, true) {
            file.exported.insert(name, absolute(module, &path, &known).unwrap_or(path));
        }
    }
    let read = |(module, file): (&Module, &File)| (module.clone(), read_by(module, file, &files, &known));
    files.iter().map(read).collect()
}

fn files(src: &Path) -> BTreeMap<Module, File> {
    let entries = walkdir::WalkDir::new(src).into_iter().map(|entry| entry.expect("an entry"));
    let named = entries.filter_map(|entry| {
        let name = entry.path().strip_prefix(src).expect("below src").to_string_lossy().replace('\\', "/");
        let path = name.strip_suffix(".rs")?.to_owned();
        let is_left_out = path.starts_with("cli/") || path.ends_with("tests") || path == "main" || path == "lib";
        (!is_left_out).then(|| (path, fs::read_to_string(entry.path()).expect("text")))
    });
    let module = |path: &str| path.strip_suffix("/mod").unwrap_or(path).split('/').map(str::to_owned).collect();
    named.map(|(path, text)| (module(&path), File { text: code(&text), exported: BTreeMap::new() })).collect()
}

/// The text without comments, tests and visibilities such as `pub(in crate::render)`.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    lines.join("\n").replace("pub(in crate::", "pub(")
}

fn read_by(module: &Module, file: &File, files: &BTreeMap<Module, File>, known: &BTreeSet<Module>) -> BTreeSet<Module> {
    let used = uses(&file.text, false).into_iter().map(|(_, path)| path).chain(inline_paths(&file.text));
    let own = file.exported.iter().filter(|(name, _)| is_used(&file.text, name)).map(|(_, path)| path.clone());
    let paths = used.filter_map(|path| absolute(module, &path, known)).chain(own);
    let defined = paths.filter_map(|path| defined_in(&path, files));
    defined.filter(|other| other != module).collect()
}

/// The `use` lines, each name with its path: those that export again, or the others.
fn uses(text: &str, exporting: bool) -> Vec<(String, Module)> {
    let mut paths = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("use ") {
        let line = rest[..at].rsplit('\n').next().unwrap_or_default().trim();
        let tail = &rest[at + 4..];
        let end = tail.find(';').unwrap_or(tail.len());
        let is_statement = line.is_empty() || (line.starts_with("pub") && !line.contains(' '));
        if is_statement && line.starts_with("pub") == exporting {
            expand(&tail[..end], &Vec::new(), &mut paths);
        }
        rest = &tail[end..];
    }
    paths
}

/// `a::{b, c::d}` → `a::b`, `a::c::d`.
fn expand(tree: &str, before: &Module, paths: &mut Vec<(String, Module)>) {
    let Some((head, inner)) = tree.split_once('{') else {
        let (path, other_name) = tree.split_once(" as ").unwrap_or((tree, ""));
        let names = path.split("::").map(|name| name.trim().to_owned());
        let path: Module =
            before.iter().cloned().chain(names).filter(|name| !name.is_empty() && name != "self").collect();
        let name = if other_name.is_empty() { path.last().cloned().unwrap_or_default() } else { other_name.to_owned() };
        paths.push((name.trim().to_owned(), path));
        return;
    };
    let names = head.trim().trim_end_matches("::").split("::").map(|name| name.trim().to_owned());
    let before: Module = before.iter().cloned().chain(names).filter(|name| !name.is_empty()).collect();
    let inner = &inner[..inner.rfind('}').unwrap_or(inner.len())];
    let mut depth = 0;
    let mut start = 0;
    for (at, sign) in inner.char_indices().chain([(inner.len(), ',')]) {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !inner[start..at].trim().is_empty() {
                    expand(inner[start..at].trim(), &before, paths);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// Paths such as `super::answers::find` and `listing::page_address` outside of `use` lines.
fn inline_paths(text: &str) -> Vec<Module> {
    let is_path = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | ':');
    let words = statements(text).flat_map(|statement| statement.split(|sign: char| !is_path(sign)));
    let words = words.filter(|word| word.contains("::"));
    let paths = words.map(|word| word.split("::").map(str::to_owned).collect::<Module>());
    paths.filter(|path| path.first().is_some_and(|name| name.starts_with(|first: char| first.is_lowercase()))).collect()
}

/// The text without its `use` lines.
fn statements(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').filter(|statement| {
        let statement = statement.trim_start();
        let behind = statement.strip_prefix("pub(crate) ").or(statement.strip_prefix("pub(super) "));
        !behind.or(statement.strip_prefix("pub ")).unwrap_or(statement).starts_with("use ")
    })
}

/// Whether a text uses a type, or calls a function, of that name.
fn is_used(text: &str, name: &str) -> bool {
    let is_type = name.starts_with(char::is_uppercase);
    statements(text).any(|statement| {
        statement.match_indices(name).any(|(at, _)| {
            let part_of_word = |sign: char| sign.is_alphanumeric() || sign == '_';
            let after = statement[at + name.len()..].chars().next();
            let is_whole = !statement[..at].ends_with(part_of_word) && !after.is_some_and(part_of_word);
            is_whole && !statement[..at].ends_with(['.', ':']) && (is_type || after == Some('('))
        })
    })
}

/// The path in the crate; `None` if it is one of another crate.
fn absolute(module: &Module, path: &Module, known: &BTreeSet<Module>) -> Option<Module> {
    let first = path.first()?;
    let below = |base: &[String], rest: &[String]| base.iter().chain(rest).cloned().collect::<Module>();
    match first.as_str() {
        "crate" => Some(path[1..].to_vec()),
        "super" => {
            let up = path.iter().take_while(|name| *name == "super").count();
            Some(below(&module[..module.len().saturating_sub(up)], &path[up..]))
        }
        _ => known.contains(&below(module, &path[..1])).then(|| below(module, path)),
    }
}

/// The module that defines what a path names.
fn defined_in(path: &Module, files: &BTreeMap<Module, File>) -> Option<Module> {
    let length = (1..=path.len()).rev().find(|length| files.contains_key(&path[..*length]))?;
    let (module, rest) = path.split_at(length);
    let again = rest.first().and_then(|name| files[module].exported.get(name));
    match again {
        Some(target) if target != path => defined_in(target, files),
        _ => Some(module.to_vec()),
    }
}

/// A circle of modules that read each other, if there is one.
pub fn circle(graph: &Graph) -> Option<Vec<String>> {
    let mut done = BTreeSet::new();
    graph.keys().find_map(|module| circle_from(module, graph, &mut Vec::new(), &mut done))
}

fn circle_from(
    module: &Module,
    graph: &Graph,
    way: &mut Vec<Module>,
    done: &mut BTreeSet<Module>,
) -> Option<Vec<String>> {
    if let Some(start) = way.iter().position(|known| known == module) {
        return Some(way[start..].iter().chain([module]).map(|module| module.join("/")).collect());
    }
    if done.contains(module) {
        return None;
    }
    way.push(module.clone());
    let found = graph[module].iter().find_map(|other| circle_from(other, graph, way, done));
    way.pop();
    done.insert(module.clone());
    found
}
