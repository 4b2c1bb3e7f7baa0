//! Files of somebody else's at the paths of ours: nothing is written until somebody moves them away.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use super::paths::{Changed, path};

/// So many files are named.
const NAMED: usize = 5;

/// Files that Letterpress did not write, and that a publication would replace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignFiles {
    folder: PathBuf,
    files: Vec<String>,
}

impl fmt::Display for ForeignFiles {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named: Vec<&str> = self.files.iter().take(NAMED).map(String::as_str).collect();
        let more = match self.files.len() - named.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let (folder, named) = (self.folder.display(), named.join(", "));
        write!(
            formatter,
            "nothing was written: {folder} holds files that Letterpress did not write and that this site would replace: {named}{more}. \
             Move them to another place, or choose another folder with `--output`"
        )
    }
}

impl Error for ForeignFiles {}

/// Refuses to replace what no manifest names as ours. A file of the same bytes is not among the changed ones, and becomes ours.
pub(super) fn refuse_to_replace(folder: &Path, changed: &Changed<'_>, manifest: &Manifest) -> io::Result<()> {
    if manifest.is_damaged() {
        return Ok(());
    }
    let is_foreign = |file: &&str| !manifest.names(file) && is_in_the_way(&path(folder, file), file, manifest);
    let files: Vec<String> = changed.iter().map(|(file, _)| *file).filter(is_foreign).map(str::to_owned).collect();
    match files.is_empty() {
        true => Ok(()),
        false => {
            let foreign = ForeignFiles { folder: folder.to_path_buf(), files };
            Err(io::Error::new(io::ErrorKind::AlreadyExists, foreign))
        }
    }
}

/// Whether something is there that is not ours. A folder is, if a file of ours was in it: it goes with its last one.
fn is_in_the_way(path: &Path, file: &str, manifest: &Manifest) -> bool {
    match std::fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => !manifest.names_below(file) && !is_empty(path),
        Ok(_) => true,
        Err(_) => false,
    }
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}
