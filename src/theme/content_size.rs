//! How large the content of a site is, which limits what a template may cost.

use crate::collect::Sources;

/// How large the content of a site is, on which depends what a template may cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ContentSize {
    /// How many files there are, rounded up.
    pub files: usize,
    /// The bytes of the largest document, rounded up.
    pub largest: usize,
}

impl ContentSize {
    /// The size in powers of two, so that few edits have the theme compiled again.
    #[must_use]
    pub fn of(sources: &Sources) -> Self {
        let documents = sources.content.values().filter(|source| source.path.is_document());
        let largest = documents.map(|source| source.length()).max().unwrap_or_default();
        Self { files: sources.content.len().next_power_of_two(), largest: largest.next_power_of_two() }
    }

    pub(super) fn add_to(self, hasher: &mut blake3::Hasher) {
        hasher.update(&self.files.to_le_bytes()).update(&self.largest.to_le_bytes());
    }
}
