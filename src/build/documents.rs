//! Sources → documents, on all cores; a document whose source is unchanged is remembered.

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::collect::{Hash, Source, SourcePath, Sources};
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document, is_document};

/// The documents of the last build, by path, with all that their parse depended on.
#[derive(Debug, Default)]
pub struct Memory {
    config: Option<Hash>,
    parsed: Vec<Parsed>,
}

#[derive(Debug)]
struct Parsed {
    source: Arc<Source>,
    siblings: bool,
    document: Arc<Document>,
}

/// All documents by path, with what is wrong in them.
pub(super) fn parse(sources: &Sources, memory: &mut Memory, diagnostics: &mut Vec<Diagnostic>) -> Vec<Arc<Document>> {
    let config = blake3::hash(format!("{:?}", sources.config).as_bytes());
    let shared = shared_folders(sources);
    let mut known = std::mem::take(memory);
    if known.config != Some(config) {
        known.parsed.clear();
    }
    let mut known = known.parsed.into_iter().peekable();
    let wanted = sources.content.values().filter(|source| is_document(&source.path)).map(|source| {
        let siblings = shared.contains(source.path.folder());
        while known.next_if(|parsed| parsed.source.path < source.path).is_some() {}
        let same = known.next_if(|parsed| parsed.source.path == source.path);
        let same = same.filter(|parsed| parsed.siblings == siblings && parsed.source.hash == source.hash);
        (source, siblings, same)
    });
    let wanted: Vec<_> = wanted.collect();
    let one = |(source, siblings, same): (&Arc<Source>, bool, Option<Parsed>)| {
        let document = same.map_or_else(|| fresh(source, sources, config, siblings), |parsed| parsed.document);
        Parsed { source: Arc::clone(source), siblings, document }
    };
    let parsed: Vec<Parsed> = wanted.into_par_iter().map(one).collect();
    let documents: Vec<Arc<Document>> = parsed.iter().map(|parsed| Arc::clone(&parsed.document)).collect();
    *memory = Memory { config: Some(config), parsed };
    diagnostics.extend(documents.iter().flat_map(|document| document.diagnostics.iter().cloned()));
    documents
}

fn fresh(source: &Source, sources: &Sources, config: Hash, siblings: bool) -> Arc<Document> {
    let hash = document::fingerprint(source, config, siblings);
    Arc::new(document::parse(source, &sources.config, hash, siblings))
}

/// Folders with a document beside `index.md` and its translations: there, `index.md` is the page of a section and not of a bundle.
fn shared_folders(sources: &Sources) -> HashSet<&str> {
    let documents = sources.content.keys().filter(|path| is_document(path));
    let others =
        documents.filter(|path| !path.file_name().starts_with("index.") && !path.file_name().starts_with("_index."));
    others.map(SourcePath::folder).collect()
}
