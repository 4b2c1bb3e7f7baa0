//! Reads the `use` lines of `src/` and holds them against ARCHITECTURE.md: a room imports only from the rooms that its tables name before it.

mod imports;
mod modules;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use imports::{Import, imports_of};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The rooms in the order of ARCHITECTURE.md's tables.
fn rooms() -> Vec<String> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the map");
    let map = text.split("## Invariants").next().expect("a first part");
    let first_cell = |line: &str| line.strip_prefix("| `")?.split('`').next()?.strip_suffix('/').map(str::to_owned);
    map.lines().filter_map(first_cell).filter(|room| !room.contains('/')).collect()
}

/// Every import from one room into another, by the importing file.
fn imports() -> Vec<Import> {
    let files = walkdir::WalkDir::new(root().join("src")).into_iter().map(|entry| entry.expect("an entry"));
    let sources = files.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    sources.flat_map(|entry| imports_of(&root().join("src"), entry.path())).collect()
}

#[test]
fn the_map_names_every_room() {
    let rooms: BTreeSet<String> = rooms().into_iter().chain(["cli".to_owned()]).collect();
    let folders = fs::read_dir(root().join("src")).expect("src").flatten().filter(|entry| entry.path().is_dir());
    let folders: BTreeSet<String> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(folders, rooms);
}

#[test]
fn no_room_imports_from_one_below_it() {
    let order: BTreeMap<String, usize> = rooms().into_iter().enumerate().map(|(place, room)| (room, place)).collect();
    let imports = imports();
    assert!(imports.len() > 300, "the imports were not found: {}", imports.len());
    let place = |room: &str| order.get(room).copied().unwrap_or(usize::MAX);
    let against: Vec<&Import> =
        imports.iter().filter(|import| import.room != "cli" && place(&import.from) > place(&import.room)).collect();
    assert!(against.is_empty(), "imports against the order of ARCHITECTURE.md: {against:#?}");
}

#[test]
fn no_two_files_read_each_other() {
    let graph = modules::graph(&root().join("src"));
    let edges: usize = graph.values().map(BTreeSet::len).sum();
    assert!(edges > 800, "the imports were not found: {edges}");
    assert_eq!(modules::circle(&graph), None);
}

#[test]
fn a_circle_is_found_through_what_a_module_exports_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("a/mod.rs", "mod b;\nmod c;\npub use b::{B, make};\n");
    write("a/b.rs", "use super::c::C;\npub struct B(C);\npub fn make() {}\n");
    write("a/c.rs", "pub struct C;\nfn f() {\n    crate::a::make();\n}\n");
    let circle = modules::circle(&modules::graph(folder.path()));
    assert_eq!(circle, Some(["a/b", "a/c", "a/b"].map(str::to_owned).to_vec()));
    write("a/c.rs", "pub struct C;\n");
    assert_eq!(modules::circle(&modules::graph(folder.path())), None);
}

/// Crates by which a program reaches the network or the disk, and the places that may.
const REACHES: &[(&[&str], &[&str])] = &[
    (&["ureq", "axum", "tokio", "hyper", "object_store"], &["preview/", "check/external/", "deploy/targets/store/"]),
    (
        &["std::fs", "tempfile"],
        &[
            "collect/",
            "publish/",
            "files/",
            "storage/scratch",
            "starter/",
            "check/fix/",
            "check/external/",
            "deploy/",
            "workspace/",
            "preview/",
            "cli/",
        ],
    ),
];

#[test]
fn disk_and_network_are_reached_only_from_where_the_map_says() {
    let mut against = Vec::new();
    for import in imports::external(&root().join("src")) {
        for (crates, places) in REACHES {
            let is_meant =
                crates.iter().any(|name| import.path == *name || import.path.starts_with(&format!("{name}::")));
            if is_meant && !places.iter().any(|place| import.file.starts_with(place)) {
                against.push(format!("{}: {}", import.file, import.path));
            }
        }
    }
    assert!(against.is_empty(), "{against:#?}");
}
