//! Folders that must not be published into.

use std::path::{Component, Path, PathBuf};

use super::manifest::{FILE as MANIFEST_FILE, Manifest};
use super::own_names::is_own_name;
use crate::source::{CONFIG_FILE, CONTENT_FOLDER, THEMES_FOLDER};

/// Why a folder can't be published into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The folder as it was asked for.
    pub folder: PathBuf,
    /// What it is.
    pub reason: &'static str,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} can't be the output folder: it {}", self.folder.display(), self.reason)
    }
}

/// Refuses folders in which a mistake would cost an editor's work.
///
/// # Errors
/// What is wrong with the folder.
pub fn check(site: &Path, output: &Path) -> Result<(), Refusal> {
    let site = absolute(site);
    let folder = absolute(output);
    let touches = |sources: &str| {
        let sources = absolute(&site.join(sources));
        folder.starts_with(&sources) || sources.starts_with(&folder)
    };
    let home = std::env::home_dir().map(|home| absolute(&home));
    let reason = if folder.parent().is_none() {
        "is the root of the file system"
    } else if folder == site || is_foreign(&folder, CONFIG_FILE) {
        "is a site's own folder"
    } else if touches(CONTENT_FOLDER) {
        "is, holds or lies in the folder of content"
    } else if touches(THEMES_FOLDER) {
        "is, holds or lies in the folder of themes"
    } else if site.starts_with(&folder) {
        "holds the site's own folder"
    } else if home.is_some_and(|home| home.starts_with(&folder)) {
        "is or holds the home folder"
    } else if is_repository(&folder) && !is_empty_worktree(&folder) {
        "is the root of a repository. Choose a folder of its own; to publish a branch, give the site a worktree of it that \
         holds nothing else: `git worktree add public gh-pages`, and remove the files that are in it"
    } else if folder.components().any(|part| REPOSITORIES.iter().any(|name| part.as_os_str() == *name)) {
        "lies in a repository's own files"
    } else if holds_repositories(&folder) {
        "holds a repository"
    } else {
        return Ok(());
    };
    Err(Refusal { folder: output.to_path_buf(), reason })
}

/// Where version control keeps what it knows, in the root of a repository.
const REPOSITORIES: &[&str] = &[".git", ".hg", ".svn", ".jj"];

/// In a worktree, the file that names its repository.
pub(super) const WORKTREE: &str = ".git";

fn is_repository(folder: &Path) -> bool {
    let is_bare = || is_foreign(folder, "HEAD") && folder.join("objects").is_dir() && folder.join("refs").is_dir();
    REPOSITORIES.iter().any(|name| is_foreign(folder, name)) || is_bare()
}

/// Whether there is a file or folder of that name that Letterpress has not published.
fn is_foreign(folder: &Path, name: &str) -> bool {
    let path = folder.join(name);
    let Ok(found) = std::fs::symlink_metadata(&path) else { return false };
    let Ok(manifest) = Manifest::read(folder) else { return true };
    match found.is_dir() {
        true => holds_foreign(&path, name, &manifest),
        false => !manifest.names(name),
    }
}

fn holds_foreign(path: &Path, name: &str, manifest: &Manifest) -> bool {
    let Ok(mut entries) = std::fs::read_dir(path) else { return true };
    entries.any(|entry| {
        let name = entry.map(|entry| format!("{name}/{}", entry.file_name().to_string_lossy()));
        name.map_or(true, |name| !manifest.names(&name) && !manifest.names_below(&name))
    })
}

/// Whether a folder is a worktree of Git's, which a file `.git` marks, and holds nothing but what Letterpress writes.
fn is_empty_worktree(folder: &Path) -> bool {
    let is_worktree = std::fs::symlink_metadata(folder.join(WORKTREE)).is_ok_and(|found| found.is_file());
    let Ok(manifest) = Manifest::read(folder) else { return false };
    let Ok(mut entries) = std::fs::read_dir(folder) else { return false };
    is_worktree
        && entries.all(|entry| {
            let Ok(name) = entry.map(|entry| entry.file_name().to_string_lossy().into_owned()) else { return false };
            name == WORKTREE || is_own_name(&name) || manifest.names(&name) || manifest.names_below(&name)
        })
}

/// Looked for one step down, and only until the first site has been published there.
fn holds_repositories(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    !folder.join(MANIFEST_FILE).exists() && entries.into_iter().any(|entry| is_repository(&entry.path()))
}

/// The path with links and `..` resolved, as far as it exists.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    for ancestor in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (ancestor.canonicalize(), path.strip_prefix(ancestor)) {
            return rest.components().fold(real, |mut path, part| {
                match part {
                    Component::ParentDir => drop(path.pop()),
                    part => path.push(part),
                }
                path
            });
        }
    }
    path
}
