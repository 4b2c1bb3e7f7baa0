//! Sources → documents, on all cores; a document whose source is unchanged is remembered.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::collect::{Hash, Source, SourcePath, Sources};
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document, is_document};

/// All documents by path, with what is wrong in them.
pub(super) fn parse(
    sources: &Sources,
    known: &mut HashMap<SourcePath, Arc<Document>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Arc<Document>> {
    let config = blake3::hash(format!("{:?}", sources.config).as_bytes());
    let shared = shared_folders(sources);
    let files: Vec<&Arc<Source>> = sources.content.values().filter(|source| is_document(&source.path)).collect();
    let remembered = &*known;
    let documents: Vec<Arc<Document>> =
        files.into_par_iter().map(|source| one(source, sources, config, &shared, remembered)).collect();
    *known = documents.iter().map(|document| (document.path.clone(), Arc::clone(document))).collect();
    diagnostics.extend(documents.iter().flat_map(|document| document.diagnostics.iter().cloned()));
    documents
}

fn one(
    source: &Source,
    sources: &Sources,
    config: Hash,
    shared: &HashSet<&str>,
    known: &HashMap<SourcePath, Arc<Document>>,
) -> Arc<Document> {
    let siblings = shared.contains(source.path.folder());
    let hash = document::fingerprint(source, config, siblings);
    match known.get(&source.path).filter(|document| document.hash == hash) {
        Some(document) => Arc::clone(document),
        None => Arc::new(document::parse(source, &sources.config, hash, siblings)),
    }
}

/// Folders with a document beside `index.md` and its translations: there, `index.md` is the page of a section and not of a bundle.
fn shared_folders(sources: &Sources) -> HashSet<&str> {
    let documents = sources.content.keys().filter(|path| is_document(path));
    let others =
        documents.filter(|path| !path.file_name().starts_with("index.") && !path.file_name().starts_with("_index."));
    others.map(SourcePath::folder).collect()
}
