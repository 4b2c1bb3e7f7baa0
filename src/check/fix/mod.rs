//! `letterpress check --fix`: the replacements that diagnostics carry, shown as a difference and put into the files of `content/`.
//!
//! An editor's own files are written here and nowhere else in the program, because the editor asked for it explicitly. Only bytes that a
//! replacement names change, and only if the site has no new error then (`trial`); a file is not written if it changed since it was read.

pub(crate) mod front_matter;
mod history;
mod repository;
mod trial;
mod write;

pub use history::History;
pub use trial::fixed;

use std::io;
use std::path::Path;

use crate::source::{CONTENT_FOLDER, SourcePath};

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

/// Removes what runs that were cut off left among the content.
pub fn sweep(folder: &Path) {
    let walk = walkdir::WalkDir::new(folder.join(CONTENT_FOLDER)).into_iter().flatten();
    walk.filter(|entry| entry.file_type().is_dir()).for_each(|entry| crate::files::sweep(entry.path()));
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

    /// Writes the file, if it still is as it was read. It stays the same file, with its owner, permissions and other names.
    ///
    /// # Errors
    /// When it changed meanwhile, is read-only, or can't be read or written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let path = self.path.on_disk().split('/').fold(folder.to_path_buf(), |path, part| path.join(part));
        write::overwrite(&path, &self.before, &self.after)
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
