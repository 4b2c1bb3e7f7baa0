//! What took long to make, kept on disk from one run of the program to the next, each entry under a hash of all that it depends on.
//!
//! Like the [`memo`](crate::pipeline), it changes how long a build takes and never its result: an entry that is missing, damaged or can't be
//! written is computed again. It is a folder of its own in the site's folder, which excludes itself from version control.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::files::{bounded, write_whole};
use crate::storage::{Hash, Scratch};

/// Where a site keeps its cache, from the site's folder.
pub const CACHE_FOLDER: &str = ".letterpress";

/// A folder of entries. The default one is nowhere, and keeps nothing.
#[derive(Debug, Default)]
pub struct Cache {
    folder: Option<PathBuf>,
    used: Mutex<HashSet<String>>,
}

/// An entry is its bytes behind their hash, so that half of a file is not taken for the whole.
const HASH_LENGTH: usize = 32;

impl Cache {
    /// The cache of a site.
    #[must_use]
    pub fn of_site(site: &Path) -> Self {
        Self { folder: Some(site.join(CACHE_FOLDER)), used: Mutex::default() }
    }

    /// The entry under that hash, if there is one and it is whole.
    #[must_use]
    pub fn get(&self, key: &Hash) -> Option<Arc<[u8]>> {
        let bytes = bounded::read_named(&self.path(key)?, bounded::LARGEST_FILE).ok()?;
        let (hash, entry) = bytes.split_at_checked(HASH_LENGTH)?;
        (blake3::hash(entry).as_bytes() == hash).then(|| entry.into())
    }

    /// Keeps an entry. A full disk or a folder that can't be written costs time and nothing else, so it is no fault.
    pub fn put(&self, key: &Hash, entry: &[u8]) {
        let Some(path) = self.path(key) else { return };
        let mut bytes = blake3::hash(entry).as_bytes().to_vec();
        bytes.extend_from_slice(entry);
        let _ = self.prepare().and_then(|()| write_whole(&path, &bytes));
    }

    /// Removes every entry that nobody has asked for or made since this cache was opened.
    pub fn sweep(&self) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let entries = self.folder.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
        for entry in entries {
            let is_ours =
                |name: &str| name.len() == 2 * HASH_LENGTH && name.bytes().all(|byte| byte.is_ascii_hexdigit());
            if entry.file_name().to_str().is_some_and(|name| is_ours(name) && !used.contains(name)) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// Removes the files that runs which were cut off left unfinished. Another run that is writing one just now loses an entry by it.
    pub fn sweep_unfinished(&self) {
        self.folder.iter().for_each(|folder| crate::files::sweep(folder));
    }

    /// The place of an entry, which is now in use.
    fn path(&self, key: &Hash) -> Option<PathBuf> {
        let folder = self.folder.as_ref()?;
        let name = key.to_hex().to_string();
        let path = folder.join(&name);
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
        Some(path)
    }

    /// Makes the folder.
    fn prepare(&self) -> std::io::Result<()> {
        self.folder.as_deref().map_or(Ok(()), prepare)
    }
}

/// Makes a site's cache folder, with the `.gitignore` that keeps it out of version control.
pub(crate) fn prepare(folder: &Path) -> std::io::Result<()> {
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        std::fs::create_dir_all(folder)?;
        std::fs::write(ignore, "*\n")?;
    }
    Ok(())
}

/// A scratch file beside a site's cache, where there is room for what the site becomes; else where the system has its own. `None` if neither takes
/// any.
pub(crate) fn scratch(site: &Path) -> Option<Scratch> {
    let beside = Cache::of_site(site).prepare().and_then(|()| Scratch::in_folder(&site.join(CACHE_FOLDER)));
    beside.or_else(|_| Scratch::in_folder(&std::env::temp_dir())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_found_again_until_it_is_damaged_or_swept() {
        let folder = tempfile::tempdir().unwrap();
        let key = blake3::hash(b"a");
        Cache::of_site(folder.path()).put(&key, b"long in the making");
        let cache = Cache::of_site(folder.path());
        assert_eq!(cache.get(&key).as_deref(), Some(&b"long in the making"[..]));
        cache.sweep();
        assert!(cache.get(&key).is_some(), "it was used");
        let file = folder.path().join(CACHE_FOLDER).join(key.to_hex().as_str());
        std::fs::write(&file, b"long in the m").unwrap();
        assert_eq!(cache.get(&key), None);
        Cache::of_site(folder.path()).sweep();
        assert!(!file.exists());
        assert_eq!(std::fs::read_to_string(folder.path().join(CACHE_FOLDER).join(".gitignore")).unwrap(), "*\n");
    }
}
