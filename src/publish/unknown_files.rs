//! Files in the published folder that nobody published.

use std::collections::{BTreeSet, HashSet};
use std::io;
use std::path::Path;

use super::lock;
use super::manifest::FILE as MANIFEST_FILE;
use super::output_checks::WORKTREE;
use super::paths::{folders_of, path};
use crate::files::named;

/// What is in the folder and is none of the site's `own` files, by name; a folder with nothing of the site's is named alone, with `/` at its end.
///
/// # Errors
/// When a folder of the site's can't be listed.
pub fn unknown_files<'a>(folder: &Path, own: impl Iterator<Item = &'a str>) -> io::Result<BTreeSet<String>> {
    let own: HashSet<&str> = own.collect();
    let folders: HashSet<&str> = folders_of(own.iter().copied()).into_iter().collect();
    let mut unknown_files = BTreeSet::new();
    for inside in folders.iter().copied().chain([""]) {
        let prefix = if inside.is_empty() { String::new() } else { format!("{inside}/") };
        let listed = path(folder, inside);
        for entry in std::fs::read_dir(&listed).map_err(|error| named(&error, "list", &listed))? {
            let entry = entry.map_err(|error| named(&error, "list", &listed))?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let is_ours = own.contains(&*name) || folders.contains(&*name);
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let is_known = [MANIFEST_FILE, lock::FILE].contains(&&*name) || (name == WORKTREE && !is_folder);
            if !is_ours && !is_known {
                unknown_files.insert(if is_folder { name + "/" } else { name });
            }
        }
    }
    Ok(unknown_files)
}
