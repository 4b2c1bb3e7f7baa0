//! The files of `content/` that are not documents: those that are published, and why the others are not.

use std::collections::BTreeMap;

use super::address::Address;
use super::files::Unpublished;
use crate::source::SourcePath;
use crate::storage::Fingerprint;

/// A file beside documents, published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Where it lives.
    pub address: Address,
    /// The fingerprint of its bytes.
    pub fingerprint: Fingerprint,
}

/// The files of `content/` that are not documents.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Assets {
    pub(super) published: BTreeMap<SourcePath, Asset>,
    pub(super) unpublished: BTreeMap<SourcePath, (Unpublished, Fingerprint)>,
}

impl Assets {
    /// The asset made from that file.
    #[must_use]
    pub fn get(&self, path: &SourcePath) -> Option<&Asset> {
        self.published.get(path)
    }

    /// All of them, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &Asset)> {
        self.published.iter()
    }

    /// Why a file is not published. `None` if it is, or isn't there.
    #[must_use]
    pub fn unpublished(&self, path: &SourcePath) -> Option<Unpublished> {
        self.unpublished.get(path).map(|(why, _)| *why)
    }

    /// The files that are not published, by path.
    pub fn all_unpublished(&self) -> impl Iterator<Item = (&SourcePath, Unpublished)> {
        self.unpublished.iter().map(|(path, (why, _))| (path, *why))
    }

    /// All files with the fingerprints of their bytes.
    pub(super) fn fingerprints(&self) -> impl Iterator<Item = (&SourcePath, &Fingerprint)> {
        let published = self.published.iter().map(|(path, asset)| (path, &asset.fingerprint));
        published.chain(self.unpublished.iter().map(|(path, (_, fingerprint))| (path, fingerprint)))
    }
}
