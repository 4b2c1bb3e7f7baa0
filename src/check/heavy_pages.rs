//! Pages whose HTML has more bytes than the site allows.

use std::collections::BTreeMap;

use crate::output::Output;

/// Published pages over a limit, by file.
#[derive(Debug, Default)]
pub(crate) struct HeavyPages {
    pub(crate) files: BTreeMap<String, usize>,
    seen: Output,
    limit: usize,
}

impl HeavyPages {
    /// Looks at what is new in the output.
    pub(crate) fn renew(&mut self, output: &Output, limit: usize) {
        if self.limit != limit {
            *self = Self { limit, ..Self::default() };
        }
        for file in self.seen.changes(output).filter(|file| file.ends_with(".html")) {
            match output.get(file).map(|artifact| artifact.length()).filter(|size| *size > limit * 1000) {
                Some(size) => self.files.insert(file.to_owned(), size),
                None => self.files.remove(file),
            };
        }
        self.seen = output.clone();
    }
}
