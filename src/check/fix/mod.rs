//! `letterpress check --fix`: the replacements that diagnostics carry, shown as a difference and put into the files of `content/`.
//!
//! An editor's own files are written here and nowhere else in the program, because the editor asked for it in so many words. Only bytes that a
//! replacement names change; a file is written whole or not at all, and not if it changed since it was read.

pub(crate) mod front_matter;
mod history;

pub use history::missing_updated;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::collect::{SourcePath, Sources, named};
use crate::diagnostic::{Diagnostic, Replacement};
use crate::publish::write_whole;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What will be done to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file, from the site's folder.
    pub path: SourcePath,
    /// How many faults it mends.
    pub faults: usize,
    before: String,
    after: String,
}

/// The changes that mend what can be mended for certain. Where two replacements meet, the first is made, and the next run makes the other.
#[must_use]
pub fn changes(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<Change> {
    let mut by_file: BTreeMap<&SourcePath, Vec<&Replacement>> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let (Some(location), Some(replacement)) = (&diagnostic.location, &diagnostic.replacement) {
            by_file.entry(&location.file).or_default().push(replacement);
        }
    }
    by_file.into_iter().filter_map(|(path, replacements)| change(sources, path, replacements)).collect()
}

fn change(sources: &Sources, path: &SourcePath, mut replacements: Vec<&Replacement>) -> Option<Change> {
    let before = sources.content.get(path)?.text()?;
    let offset = if before.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    replacements.sort_by_key(|replacement| (replacement.span.start, replacement.span.end));
    let mut after = String::with_capacity(before.len() + 64);
    let mut faults = 0;
    let mut copied = 0;
    for replacement in replacements {
        let (start, end) = (replacement.span.start + offset, replacement.span.end + offset);
        if start < copied || (faults > 0 && start == copied) {
            continue;
        }
        after.push_str(before.get(copied..start)?);
        after.push_str(&replacement.text);
        before.get(start..end)?;
        (copied, faults) = (end, faults + 1);
    }
    after.push_str(&before[copied..]);
    Some(Change { path: path.clone(), faults, before: before.to_string(), after })
}

impl Change {
    /// The lines that change: before with `-`, after with `+`, each with its number.
    #[must_use]
    pub fn difference(&self) -> String {
        let mut shown = format!("{}\n", self.path);
        let (before, after): (Vec<&str>, Vec<&str>) = (self.before.lines().collect(), self.after.lines().collect());
        let (mut old, mut new) = (0, 0);
        while old < before.len() || new < after.len() {
            if before.get(old) == after.get(new) {
                (old, new) = (old + 1, new + 1);
                continue;
            }
            let (old_end, new_end) = meet(&before, &after, old, new);
            before[old..old_end]
                .iter()
                .zip(old..)
                .for_each(|(line, at)| shown.push_str(&format!("{:>5} - {line}\n", at + 1)));
            after[new..new_end]
                .iter()
                .zip(new..)
                .for_each(|(line, at)| shown.push_str(&format!("{:>5} + {line}\n", at + 1)));
            (old, new) = (old_end, new_end);
        }
        shown
    }

    /// Writes the file, if it still is as it was read.
    ///
    /// # Errors
    /// When it changed meanwhile, or can't be read or written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let written = self.path.as_str().split('/').fold(folder.to_path_buf(), |path, part| path.join(part));
        // What is replaced must be the file itself, not a link to it.
        let path = std::fs::canonicalize(&written).map_err(|error| named(&error, "read", &written))?;
        let now = std::fs::read(&path).map_err(|error| named(&error, "read", &path))?;
        if now != self.before.as_bytes() {
            let changed = io::Error::other("it changed meanwhile; check again");
            return Err(named(&changed, "write", &path));
        }
        let permissions = std::fs::metadata(&path).map_err(|error| named(&error, "read", &path))?.permissions();
        write_whole(&path, self.after.as_bytes())?;
        std::fs::set_permissions(&path, permissions).map_err(|error| named(&error, "write", &path))
    }
}

/// Where two texts that differ from some lines on agree again: replaced lines are few, and so are added ones.
fn meet(before: &[&str], after: &[&str], old: usize, new: usize) -> (usize, usize) {
    for distance in 1..=before.len().max(after.len()) {
        for added in (0..=distance).rev() {
            let (old_end, new_end) = (old + distance - added, new + distance);
            let (other_old, other_new) = (old + distance, new + distance - added);
            for (old_end, new_end) in [(old_end, new_end), (other_old, other_new)] {
                if old_end < before.len() && new_end < after.len() && before[old_end] == after[new_end] {
                    return (old_end, new_end);
                }
            }
        }
    }
    (before.len(), after.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(before: &str, after: &str) -> Change {
        let path = SourcePath::new("content/a.md");
        Change { path, faults: 1, before: before.to_string(), after: after.to_owned() }
    }

    #[test]
    fn the_difference_shows_the_lines_that_change_and_no_others() {
        let change = change(
            "---\ntitle: A\n---\nSee [b](b.md).\nEnd\n",
            "---\ntitle: A\naliases: [/b/]\n---\nSee [b](c.md).\nEnd\n",
        );
        assert_eq!(
            change.difference(),
            "content/a.md\n    3 + aliases: [/b/]\n    4 - See [b](b.md).\n    5 + See [b](c.md).\n"
        );
    }
}
