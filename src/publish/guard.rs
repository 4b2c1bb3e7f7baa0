//! Folders that must not be published into.

use std::path::{Component, Path, PathBuf};

use crate::collect::{CONFIG_FILE, CONTENT_FOLDER, THEMES_FOLDER};

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
    let inside = |sources: &str| {
        let sources = site.join(sources);
        folder.starts_with(&sources) || sources.starts_with(&folder)
    };
    let reason = if folder.parent().is_none() {
        "is the root of the file system"
    } else if folder == site || folder.join(CONFIG_FILE).exists() {
        "is a site's own folder"
    } else if inside(CONTENT_FOLDER) {
        "is, holds or lies in the folder of content"
    } else if inside(THEMES_FOLDER) {
        "is, holds or lies in the folder of themes"
    } else if std::env::home_dir().is_some_and(|home| folder == absolute(&home)) {
        "is the home folder"
    } else if folder.join(".git").exists() {
        "is the root of a repository"
    } else {
        return Ok(());
    };
    Err(Refusal { folder: output.to_path_buf(), reason })
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
