//! Texts of open editors, read in place of the files on disk.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::source::SourcePath;

/// The texts of files that an editor has open, by path. A file need not be on disk yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Buffers(Arc<BTreeMap<SourcePath, Arc<[u8]>>>);

impl Buffers {
    /// Sets the text of a file; with `None` it is the one on disk again.
    pub fn set(&mut self, path: SourcePath, text: Option<&[u8]>) {
        let buffers = Arc::make_mut(&mut self.0);
        match text {
            Some(text) => drop(buffers.insert(path, text.into())),
            None => drop(buffers.remove(&path)),
        }
    }

    /// The text of a file, if an editor has it open.
    pub(super) fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.0.get(path)
    }

    /// The open files that are `path` or below it, from the site's folder.
    pub(super) fn within<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = (&'a SourcePath, &'a Arc<[u8]>)> {
        self.0.iter().filter(move |(own, _)| Path::new(own.as_str()).starts_with(path))
    }
}
