//! What a result shows: one small file a document, with its title, its address and the text for excerpts.
//!
//! A file's name must hold a hash, and the browser must know the name from a document's number. Ten thousand
//! hashes would be more than a query may load; so some twenty documents share a folder whose name holds the hash
//! of them all, and the browser needs the names of the folders alone.

use std::sync::Arc;

use super::{File, IndexedDocument, letters};

/// As many documents share a folder, about.
const FOLDER: usize = 20;
/// A site with fewer documents has smaller folders, so that an edit changes fewer files.
const SMALL_SITE: usize = 300;
/// Letters of the hash in a folder's name.
const HASH_LETTERS: usize = 7;

/// The documents of one folder and their files.
#[derive(Debug, Default)]
pub(super) struct Folder {
    pub(super) documents: Vec<Arc<IndexedDocument>>,
    /// Hash of all files.
    pub(super) hash: String,
    pub(super) files: Vec<File>,
}

/// Puts documents in order. Each one's place depends on its address alone.
pub(super) fn ordered(documents: &[Arc<IndexedDocument>]) -> Vec<Arc<IndexedDocument>> {
    let mut documents: Vec<(u64, &Arc<IndexedDocument>)> =
        documents.iter().map(|document| (document.place, document)).collect();
    documents.sort_unstable_by(|a, b| (a.0, &a.1.entry.url).cmp(&(b.0, &b.1.entry.url)));
    documents.into_iter().map(|(_, document)| Arc::clone(document)).collect()
}

/// Puts ordered documents into folders: which one depends on the address, and as little as possible on how many others
/// there are. Folders whose documents are as they were come from `remembered`.
pub(super) fn folders(documents: &[Arc<IndexedDocument>], remembered: &[Arc<Folder>]) -> Vec<Arc<Folder>> {
    let bits = folder_bits(documents.len());
    let folder_of = |document: &Arc<IndexedDocument>| (document.place >> 1 >> (63 - bits)) as usize;
    let usable = if remembered.len() == 1 << bits { remembered } else { &[] };
    let mut rest = documents;
    let folder = |number: usize| {
        let (own, after) = rest.split_at(rest.partition_point(|document| folder_of(document) == number));
        rest = after;
        match usable.get(number) {
            Some(folder) if are_same(&folder.documents, own) => Arc::clone(folder),
            _ => Arc::new(folder(number, own)),
        }
    };
    (0..1 << bits).map(folder).collect()
}

/// The logarithm of the number of folders.
fn folder_bits(documents: usize) -> u32 {
    let size = if documents < SMALL_SITE { FOLDER / 4 } else { FOLDER };
    (documents / size).max(1).next_power_of_two().ilog2()
}

fn are_same(a: &[Arc<IndexedDocument>], b: &[Arc<IndexedDocument>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b))
}

fn folder(number: usize, documents: &[Arc<IndexedDocument>]) -> Folder {
    let mut hasher = blake3::Hasher::new();
    documents.iter().for_each(|document| {
        hasher.update(&document.shown.fingerprint.to_bytes());
    });
    let hash = letters(hasher.finalize().as_bytes())[..HASH_LETTERS].to_owned();
    let file = |(at, document): (usize, &Arc<IndexedDocument>)| File {
        name: format!("results/{number}.{hash}/{at}.json").into(),
        content: document.shown.clone(),
    };
    Folder { files: documents.iter().enumerate().map(file).collect(), documents: documents.to_vec(), hash }
}
