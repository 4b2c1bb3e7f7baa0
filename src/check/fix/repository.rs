//! A site's folder → the git repository that it is in: where its objects are, and its newest commit. Reads a few small files, and runs nothing.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::files::bounded;

/// The largest of git's own files that is read, in bytes: a list of all branches and tags.
const LARGEST: u64 = 64 * 1024 * 1024;
/// A symbolic name may refer to another, up to this many times.
const MOST_NAMES: usize = 5;

/// A repository on disk.
pub(super) struct Repository {
    /// The folder of this work tree's own files, `HEAD` among them.
    own: PathBuf,
    /// The folder that all work trees of the repository share, with its objects.
    pub(super) common: PathBuf,
    /// The site's folder from the work tree's root: empty, or with `/` at its end.
    pub(super) prefix: String,
}

impl Repository {
    /// The nearest repository upwards of a folder.
    pub(super) fn of(folder: &Path) -> Option<Self> {
        let folder = std::fs::canonicalize(folder).ok()?;
        let (root, own) = folder.ancestors().find_map(|root| Some((root, own_folder(root)?)))?;
        let common = match text(&own.join("commondir")) {
            Some(path) => own.join(path),
            None => own.clone(),
        };
        let parts: Option<Vec<&str>> =
            folder.strip_prefix(root).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
        let prefix = parts?.iter().map(|part| format!("{part}/")).collect();
        Some(Self { own, common, prefix })
    }

    /// The hash of the newest commit; `None` if there is none yet, or it is kept in a way that is not read here.
    pub(super) fn head(&self) -> Option<String> {
        let mut value = text(&self.own.join("HEAD"))?;
        for _ in 0..MOST_NAMES {
            let Some(name) = value.strip_prefix("ref:") else { break };
            value = self.reference(name.trim())?;
        }
        is_hash(&value).then_some(value)
    }

    /// The commit of a branch, from a file of its own or from the list of all.
    fn reference(&self, name: &str) -> Option<String> {
        if !name.starts_with("refs/") || name.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return None;
        }
        text(&self.own.join(name)).or_else(|| text(&self.common.join(name))).or_else(|| {
            let all = text(&self.common.join("packed-refs"))?;
            all.lines().find_map(|line| {
                line.split_once(' ').filter(|(_, packed)| *packed == name).map(|(hash, _)| hash.to_owned())
            })
        })
    }

    /// A repository without anything of its own but the newest commit, to be used with this one's objects.
    pub(super) fn bare_copy(&self, head: &str) -> Option<TempDir> {
        let folder = tempfile::tempdir().ok()?;
        self.fill(folder.path(), head).ok()?;
        Some(folder)
    }

    fn fill(&self, folder: &Path, head: &str) -> io::Result<()> {
        let settings = match head.len() {
            SHA_256 => "[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectFormat = sha256\n",
            _ => "[core]\n\trepositoryformatversion = 0\n\tbare = true\n",
        };
        std::fs::create_dir(folder.join("refs"))?;
        std::fs::create_dir(folder.join("objects"))?;
        std::fs::write(folder.join("config"), settings)?;
        std::fs::write(folder.join("empty"), "")?;
        std::fs::write(folder.join("HEAD"), format!("{head}\n"))?;
        // Where a clone was cut off, git must not look for what came before.
        match text(&self.common.join("shallow")) {
            Some(commits) => std::fs::write(folder.join("shallow"), format!("{commits}\n")),
            None => Ok(()),
        }
    }
}

/// Digits of a hash by SHA-1 and by SHA-256.
const SHA_1: usize = 40;
const SHA_256: usize = 64;

fn is_hash(text: &str) -> bool {
    matches!(text.len(), SHA_1 | SHA_256) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The folder with git's files for the work tree at `root`: `.git`, or the one that a file of that name names.
fn own_folder(root: &Path) -> Option<PathBuf> {
    let git = root.join(".git");
    if git.is_dir() {
        return Some(git);
    }
    let path = text(&git)?.strip_prefix("gitdir:")?.trim().to_owned();
    Some(root.join(path))
}

/// The text of a small file without white space at its end.
fn text(path: &Path) -> Option<String> {
    let bytes = bounded::read_named(path, LARGEST).ok()?;
    Some(String::from_utf8(bytes).ok()?.trim_end().to_owned())
}
