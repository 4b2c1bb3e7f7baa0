//! Real paths on disk → the paths of the site by which they are read, however many links lead there.
//!
//! A graph, not a list of paths: two folders that link to each other have no end of paths, and one folder may be linked from a thousand places.

use std::collections::{BTreeSet, HashMap};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::collect::is_editor_leftover;

/// An entry of a folder by which something is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// A path at which reading begins, such as the content folder.
    Root(PathBuf),
    /// A name in a folder, by the folder's real path.
    Inside(PathBuf, OsString),
}

/// Which entries lead to which real paths.
#[derive(Debug, Default)]
pub(super) struct PathMap {
    /// Folders that are read, by real path.
    folders: HashMap<PathBuf, Vec<Entry>>,
    /// Paths that decide where an entry leads: each link of a chain, each folder on the way, and the target.
    steps: HashMap<PathBuf, Vec<Entry>>,
    /// Other paths of the same file or folder (hard links, bind mounts), by the path that is watched.
    twins: HashMap<PathBuf, Vec<PathBuf>>,
}

/// The work that one path may cost before everything is read instead.
const MOST_STEPS: usize = 10_000;

impl PathMap {
    /// Notes that `entry` leads to a real folder. Whether it is the first that does.
    pub(super) fn add_folder(&mut self, folder: &Path, entry: Entry) -> bool {
        let entries = self.folders.entry(folder.to_path_buf()).or_default();
        entries.push(entry);
        entries.len() == 1
    }

    /// Notes that what `entry` leads to depends on what is at `path`.
    pub(super) fn add_step(&mut self, path: PathBuf, entry: Entry) {
        self.steps.entry(path).or_default().push(entry);
    }

    /// Notes that what is at `twin` is watched by the name `path`.
    pub(super) fn add_twin(&mut self, path: &Path, twin: &Path) {
        self.twins.entry(path.to_path_buf()).or_default().push(twin.to_path_buf());
    }

    /// Whether other paths are watched by this name.
    pub(super) fn has_twins(&self, path: &Path) -> bool {
        self.twins.contains_key(path)
    }

    /// Whether some entry leads elsewhere if this path changes.
    pub(super) fn is_step(&self, path: &Path) -> bool {
        self.steps.contains_key(path)
    }

    /// The site's paths that change with a real path. `None` if there are too many to name.
    pub(super) fn site_paths(&self, real: &Path) -> Option<BTreeSet<PathBuf>> {
        let mut search = Search { map: self, visited: Vec::new(), found: BTreeSet::new(), left: MOST_STEPS };
        for path in self.with_twins(real) {
            search.add(&path)?;
        }
        Some(search.found)
    }

    fn with_twins(&self, path: &Path) -> Vec<PathBuf> {
        let own = self.twins.get(path).into_iter().flatten().cloned();
        let name = path.file_name();
        let in_folder = path.parent().and_then(|folder| self.twins.get(folder)).into_iter().flatten();
        let in_folder = in_folder.filter_map(|twin| Some(twin.join(name?)));
        own.chain(in_folder).chain([path.to_path_buf()]).collect()
    }
}

/// A walk from a real path up to the roots.
struct Search<'a> {
    map: &'a PathMap,
    /// The folders between here and where the walk began: a link to a folder that holds it is passed once.
    visited: Vec<&'a Path>,
    found: BTreeSet<PathBuf>,
    left: usize,
}

impl<'a> Search<'a> {
    fn add(&mut self, path: &Path) -> Option<()> {
        for entry in self.map.steps.get(path).into_iter().flatten() {
            self.follow(entry, Path::new(""))?;
        }
        let known = path.ancestors().skip(1).find_map(|folder| self.map.folders.get_key_value(folder));
        let Some((folder, entries)) = known else { return Some(()) };
        let inside = path.strip_prefix(folder).ok()?;
        if !inside.iter().any(is_leftover) {
            self.visited.push(folder);
            entries.iter().try_for_each(|entry| self.follow(entry, inside))?;
            self.visited.pop();
        }
        Some(())
    }

    fn follow(&mut self, entry: &'a Entry, inside: &Path) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        match entry {
            Entry::Root(root) => drop(self.found.insert(joined(root, inside))),
            Entry::Inside(folder, _) if self.visited.contains(&folder.as_path()) => {}
            Entry::Inside(folder, name) => {
                let inside = joined(Path::new(name), inside);
                self.visited.push(folder);
                let entries = self.map.folders.get(folder).into_iter().flatten();
                entries.into_iter().try_for_each(|entry| self.follow(entry, &inside))?;
                self.visited.pop();
            }
        }
        Some(())
    }
}

/// `Path::join` would end the path with a `/` where nothing is added.
fn joined(path: &Path, inside: &Path) -> PathBuf {
    if inside.as_os_str().is_empty() { path.to_path_buf() } else { path.join(inside) }
}

fn is_leftover(name: &std::ffi::OsStr) -> bool {
    name.to_str().is_some_and(is_editor_leftover)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(folder: &str, name: &str) -> Entry {
        Entry::Inside(folder.into(), name.into())
    }

    fn paths(map: &PathMap, real: &str) -> Vec<String> {
        let found = map.site_paths(Path::new(real)).unwrap();
        found.into_iter().map(|path| path.to_string_lossy().replace('\\', "/")).collect()
    }

    #[test]
    fn a_folder_that_holds_a_link_to_itself_has_each_path_once() {
        let mut map = PathMap::default();
        map.add_folder(Path::new("/real"), Entry::Root("/site/content".into()));
        map.add_folder(Path::new("/real/a"), inside("/real", "a"));
        map.add_folder(Path::new("/real"), inside("/real/a", "up"));
        assert_eq!(paths(&map, "/real/a/x.md"), ["/site/content/a/x.md"]);
        assert_eq!(paths(&map, "/real/x.md"), ["/site/content/x.md"]);
        assert_eq!(paths(&map, "/real/x.md~"), [""; 0]);
    }

    #[test]
    fn a_path_with_a_million_names_is_not_named() {
        let mut map = PathMap::default();
        map.add_folder(Path::new("/0"), Entry::Root("/site/content".into()));
        for depth in 0..20 {
            for link in ["x", "y"] {
                map.add_folder(Path::new(&format!("/{}", depth + 1)), inside(&format!("/{depth}"), link));
            }
        }
        assert_eq!(paths(&map, "/2/a.md").len(), 4);
        assert_eq!(map.site_paths(Path::new("/20/a.md")), None);
    }
}
