//! Sources → documents, on all cores; only those are parsed whose source differs from that of the last build.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use imbl::OrdMap;
use imbl::ordmap::DiffItem;
use rayon::prelude::*;

use crate::collect::Sources;
use crate::diagnostic::Diagnostic;
use crate::document;
use crate::document::{Document, Documents};
use crate::source::{Source, SourcePath};
use crate::storage::{Hash, Storage};

/// The documents of the last build, with all that their parse depended on.
#[derive(Debug, Default)]
pub struct DocumentCache {
    config: Option<Hash>,
    content: OrdMap<SourcePath, Arc<Source>>,
    documents: Documents,
    /// Documents in which something is wrong.
    faulty: BTreeSet<SourcePath>,
    folders: Folders,
}

/// How many documents each folder holds, but for `index.md`, `_index.md` and their translations: where there are any, `index.md` is the page
/// of a section and not of a bundle.
#[derive(Debug, Default)]
struct Folders(HashMap<String, usize>);

/// All documents by path, with what is wrong in them.
pub(super) fn parse(
    sources: &Sources,
    memory: &mut DocumentCache,
    storage: &Storage,
    diagnostics: &mut Vec<Diagnostic>,
) -> Documents {
    let config = blake3::hash(format!("{:?}", sources.config).as_bytes());
    if memory.config != Some(config) {
        *memory = DocumentCache { config: Some(config), ..DocumentCache::default() };
    }
    let wanted = memory.changes(sources);
    let folders = &memory.folders;
    let parsed: Vec<(SourcePath, Option<Document>)> = wanted
        .into_par_iter()
        .map(|(path, source)| {
            let document = |source: Arc<Source>| stored(fresh(&source, sources, config, folders), storage);
            (path, source.map(document))
        })
        .collect();
    for (path, document) in parsed {
        memory.keep(path, document);
    }
    memory.content.clone_from(&sources.content);
    let faulty = memory.faulty.iter().filter_map(|path| memory.documents.get(path));
    diagnostics.extend(faulty.flat_map(|document| document.diagnostics.iter().cloned()));
    memory.documents.clone()
}

fn fresh(source: &Source, sources: &Sources, config: Hash, folders: &Folders) -> Document {
    let siblings = folders.0.contains_key(source.path.folder());
    let hash = document::fingerprint(source, config, siblings);
    document::parse(source, &sources.config, hash, siblings)
}

fn stored(mut document: Document, storage: &Storage) -> Document {
    match storage {
        Storage::Memory => {}
        Storage::Packed => document.body.sections.pack(document.text.shared()),
        Storage::Disk(scratch) => return document.spill(scratch),
    }
    document
}

impl DocumentCache {
    /// The documents that must be parsed, and those that are gone.
    fn changes(&mut self, sources: &Sources) -> BTreeMap<SourcePath, Option<Arc<Source>>> {
        let mut changes = BTreeMap::new();
        let mut altered = BTreeSet::new();
        for change in self.content.diff(&sources.content) {
            let (path, source, difference) = match change {
                DiffItem::Add(path, source) => (path, Some(source), 1),
                DiffItem::Update { new: (path, source), .. } => (path, Some(source), 0),
                DiffItem::Remove(path, _) => (path, None, -1),
            };
            if !path.is_document() {
                continue;
            }
            if self.folders.count(path, difference) {
                altered.insert(path.folder().to_owned());
            }
            changes.insert(path.clone(), source.cloned());
        }
        for folder in altered {
            changes.extend(indexes(sources, &folder));
        }
        changes
    }

    fn keep(&mut self, path: SourcePath, document: Option<Document>) {
        match document.as_ref().is_some_and(|document| !document.diagnostics.is_empty()) {
            true => self.faulty.insert(path.clone()),
            false => self.faulty.remove(&path),
        };
        match document {
            Some(document) => self.documents.insert(path, Arc::new(document)),
            None => self.documents.remove(&path),
        };
    }
}

impl Folders {
    /// Counts a document that came or went; whether its folder is now another kind of folder.
    fn count(&mut self, path: &SourcePath, difference: isize) -> bool {
        let name = path.file_name();
        if difference == 0 || name.starts_with("index.") || name.starts_with("_index.") {
            return false;
        }
        let before = self.0.get(path.folder()).copied().unwrap_or_default();
        match before.saturating_add_signed(difference) {
            0 => drop(self.0.remove(path.folder())),
            now => drop(self.0.insert(path.folder().to_owned(), now)),
        }
        before == 0 || !self.0.contains_key(path.folder())
    }
}

/// The documents of a folder that are its page.
fn indexes(sources: &Sources, folder: &str) -> Vec<(SourcePath, Option<Arc<Source>>)> {
    let named = |name: &str| {
        let start = format!("{folder}/{name}.");
        let from = sources.content.range::<_, str>((Bound::Included(start.as_str()), Bound::Unbounded));
        let named =
            from.take_while(|(path, _)| path.as_str().starts_with(&start)).filter(|(path, _)| path.is_document());
        named.map(|(path, source)| (path.clone(), Some(Arc::clone(source)))).collect::<Vec<_>>()
    };
    [named("_index"), named("index")].concat()
}
