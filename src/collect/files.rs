//! Files under a folder → sources, read on all cores.

use std::collections::BTreeMap;
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use imbl::OrdMap;
use imbl::ordmap::DiffItem;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::buffers::Buffers;
use super::texts::SpillTexts;
use crate::diagnostic::{Diagnostic, Rule};
use crate::files::bounded;
use crate::source::{Source, SourcePath};
use crate::storage::Scratch;
use crate::text::is_reserved;

type Sources = OrdMap<SourcePath, Arc<Source>>;

/// Reads every file under `subfolder` of the site's `folder`. A folder that isn't there is an empty one.
pub(super) fn read_folder(site: &SiteFolder<'_>, subfolder: &str, diagnostics: &mut Vec<Diagnostic>) -> Sources {
    let paths = list_folder(site.path, subfolder, diagnostics);
    let mut sources = read_all(paths, None, diagnostics);
    site.lay_buffers(Path::new(subfolder), &mut sources);
    sources
}

/// The folder of a site, with the texts of open editors.
#[derive(Clone, Copy)]
pub(super) struct SiteFolder<'a> {
    pub(super) path: &'a Path,
    pub(super) buffers: &'a Buffers,
}

impl SiteFolder<'_> {
    /// Puts the texts of open files at or below a path in place of those on disk.
    fn lay_buffers(&self, path: &Path, sources: &mut Sources) {
        for (own, text) in self.buffers.within(path) {
            sources.insert(own.clone(), Arc::new(Source::new(own.clone(), text.to_vec())));
        }
    }
}

/// The same, with the scratch files that the documents' texts are in, if the site is large enough.
pub(super) fn read_content(
    site: &SiteFolder<'_>,
    subfolder: &str,
    spill: SpillTexts,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Sources, Option<Scratch>) {
    let paths = list_folder(site.path, subfolder, diagnostics);
    let scratch = spill.scratch(site.path, paths.len());
    let mut sources = read_all(paths, scratch.as_ref(), diagnostics);
    site.lay_buffers(Path::new(subfolder), &mut sources);
    (sources, scratch)
}

fn list_folder(folder: &Path, subfolder: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<(SourcePath, PathBuf)> {
    let start = folder.join(subfolder);
    if !start.is_dir() {
        diagnostics.extend(start.symlink_metadata().ok().map(|_| no_folder(subfolder)));
        return Vec::new();
    }
    list(folder, &start, diagnostics)
}

/// There is something else where the folder should be, or a link that leads nowhere.
fn no_folder(subfolder: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(Rule::UnreadableFile, "this is no folder, so nothing in it can be read");
    diagnostic.in_file(&SourcePath::new(subfolder)).hint("move it away, and make a folder of that name")
}

/// Brings `sources` up to date with what is now at `path`: a file, a folder, or nothing.
pub(super) fn read_again(site: &SiteFolder<'_>, path: &Path, sources: &mut Sources, diagnostics: &mut Vec<Diagnostic>) {
    let folder = site.path;
    let Some(source_path) = SourcePath::of(folder, path) else { return };
    let below = format!("{source_path}/");
    let gone: Vec<SourcePath> = sources
        .range::<_, str>((Bound::Included(below.as_str()), Bound::Unbounded))
        .map(|(known, _)| known.clone())
        .take_while(|known| known.as_str().starts_with(&below))
        .collect();
    for known in gone.iter().chain([&source_path]) {
        sources.remove(known.as_str());
    }
    // A link that leads nowhere is there, and is reported.
    if path.symlink_metadata().is_ok() && !source_path.as_str().split('/').any(is_editor_leftover) {
        let paths = list(folder, path, diagnostics);
        sources.extend(read_all(paths, None, diagnostics));
    }
    site.lay_buffers(Path::new(source_path.as_str()), sources);
}

/// The files that are in one of two readings only, or with other bytes. What both share is not looked at.
pub(super) fn changes(before: &Sources, after: &Sources) -> Vec<SourcePath> {
    let path = |change: DiffItem<'_, '_, SourcePath, Arc<Source>>| match change {
        DiffItem::Add(path, _) | DiffItem::Remove(path, _) | DiffItem::Update { new: (path, _), .. } => path.clone(),
    };
    before.diff(after).map(path).collect()
}

/// The same for files that are few.
pub(super) fn differences<K: Ord>(
    before: &BTreeMap<K, Arc<Source>>,
    after: &BTreeMap<K, Arc<Source>>,
) -> Vec<SourcePath> {
    let is_same =
        |a: &Arc<Source>, b: &Arc<Source>| Arc::ptr_eq(a, b) || (a.fingerprint == b.fingerprint && a.path == b.path);
    let changed = after.iter().filter(|(key, source)| before.get(key).is_none_or(|known| !is_same(known, source)));
    let gone = before.iter().filter(|(key, _)| !after.contains_key(key));
    changed.chain(gone).map(|(_, source)| source.path.clone()).collect()
}

fn read_all(
    paths: Vec<(SourcePath, PathBuf)>,
    scratch: Option<&Scratch>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Sources {
    let held = |source: Source| match scratch.filter(|_| source.path.is_document()) {
        Some(scratch) => source.spill(scratch),
        None => source,
    };
    let read: Vec<Result<Option<Source>, Box<Diagnostic>>> =
        paths.into_par_iter().map(|(source_path, path)| Ok(read_file(source_path, &path)?.map(held))).collect();
    let mut sources = Sources::new();
    for source in read {
        match source {
            Ok(Some(source)) => match sources.get(source.path.as_str()) {
                Some(twin) if twin.path.on_disk() != source.path.on_disk() => {
                    diagnostics.push(twin_name(&source.path));
                    if source.path.on_disk() == source.path.as_str() {
                        sources.insert(source.path.clone(), Arc::new(source));
                    }
                }
                _ => drop(sources.insert(source.path.clone(), Arc::new(source))),
            },
            Ok(None) => {}
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    sources
}

fn list(folder: &Path, start: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<(SourcePath, PathBuf)> {
    let mut paths = Vec::new();
    let mut refused = Vec::new();
    let is_read = |entry: &DirEntry| {
        if entry.depth() > 0 && leftover(entry) {
            refused.extend(lost_page(folder, entry));
            return false;
        }
        let refusal = refusal(folder, entry);
        let is_read = refusal.is_none();
        refused.extend(refusal);
        is_read
    };
    let walk = WalkDir::new(start).follow_links(true).into_iter();
    for entry in walk.filter_entry(is_read) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => match SourcePath::of(folder, entry.path()) {
                Some(source_path) if !source_path.as_str().contains(is_reserved) => {
                    paths.push((source_path, entry.into_path()));
                }
                _ => diagnostics.push(unreadable_name(entry.path())),
            },
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => diagnostics.push(special(folder, entry.path())),
            Err(error) => diagnostics.extend(unreadable(folder, &error)),
        }
    }
    diagnostics.extend(refused);
    paths
}

/// Maximum folder depth: each page names all folders that it is in.
const DEEPEST: usize = 32;

/// Where Linux shows what it is doing: some of these files never end, and reading others waits.
const OF_THE_SYSTEM: &[&str] = &["/proc", "/sys"];

/// Why a folder or file is not looked at.
fn refusal(folder: &Path, entry: &DirEntry) -> Option<Diagnostic> {
    let path = entry.path();
    let inside = path.strip_prefix(folder).unwrap_or(path);
    let diagnostic = if entry.file_type().is_dir() && inside.components().count() > DEEPEST {
        let message = format!("this folder lies more than {DEEPEST} folders deep, and is not read");
        Diagnostic::error(Rule::UnreadableFile, message).hint("move it further up")
    } else if entry.file_type().is_dir() && entry.file_name() == "node_modules" {
        Diagnostic::warning(Rule::UnpublishedFile, "this folder belongs to another program, so it is not published")
            .hint("move it out of the site's folder")
    } else if entry.path_is_symlink() && path.canonicalize().is_ok_and(|target| is_of_the_system(&target)) {
        Diagnostic::error(
            Rule::UnreadableFile,
            "this link leads to where the system shows its state, and is not followed",
        )
        .hint("remove the link")
    } else {
        return None;
    };
    Some(match SourcePath::of(folder, path) {
        Some(path) => diagnostic.in_file(&path),
        None => diagnostic,
    })
}

/// Whether a real path is where the system shows its state.
pub(crate) fn is_of_the_system(path: &Path) -> bool {
    OF_THE_SYSTEM.iter().any(|folder| path.starts_with(folder))
}

fn leftover(entry: &DirEntry) -> bool {
    entry.file_name().to_str().is_some_and(is_editor_leftover)
}

/// A hidden folder that is published: other programs look there for what a site declares (RFC 8615).
const WELL_KNOWN: &str = ".well-known";

/// Whether a name is that of a hidden file, or of one that an editor or a system leaves behind while somebody writes.
#[must_use]
pub fn is_editor_leftover(name: &str) -> bool {
    let swap = [".swp", ".swx", ".swo", ".tmp", ".bak", "~", ".part", ".crdownload", ".orig"];
    let systems = ["Thumbs.db", "desktop.ini", "4913"];
    (name.starts_with('.') && name != WELL_KNOWN)
        || (name.starts_with('#') && name.ends_with('#'))
        || name.starts_with("~$")
        || systems.contains(&name)
        || swap.iter().any(|ending| name.ends_with(ending))
}

/// What an editor left of a page that is not there itself: most probably the page was meant.
fn lost_page(folder: &Path, entry: &DirEntry) -> Option<Diagnostic> {
    let name = entry.file_name().to_str()?;
    let kept = ["~", ".bak", ".orig"].iter().find_map(|ending| name.strip_suffix(ending));
    let page = kept.or_else(|| name.strip_prefix('#')?.strip_suffix('#'))?;
    let is_page = SourcePath::new(page).is_document() && !page.starts_with('.');
    if !is_page || entry.path().with_file_name(page).exists() {
        return None;
    }
    let diagnostic =
        Diagnostic::warning(Rule::UnpublishedFile, "this copy of a page is not published, and the page is not there");
    let diagnostic = diagnostic.in_file(&SourcePath::of(folder, entry.path())?);
    Some(diagnostic.hint(format!("rename it to `{page}`, or move it out of the site's folder")))
}

/// Nothing for a file that vanished between the listing and the reading, as files do while an editor saves.
fn read_file(source_path: SourcePath, path: &Path) -> Result<Option<Source>, Box<Diagnostic>> {
    match bounded::read(path, bounded::LARGEST_FILE) {
        Ok(bytes) => Ok(Some(Source::new(source_path, bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let hint = match error.kind() {
                io::ErrorKind::FileTooLarge => "publish so large a file from elsewhere, and link to it",
                _ => "give the file the permission that the others have",
            };
            let diagnostic = Diagnostic::error(Rule::UnreadableFile, format!("this could not be read: {error}"));
            Err(Box::new(diagnostic.in_file(&source_path).hint(hint)))
        }
    }
}

fn unreadable(folder: &Path, error: &walkdir::Error) -> Option<Diagnostic> {
    let path = error.path().and_then(|path| SourcePath::of(folder, path));
    let diagnostic = match error.loop_ancestor() {
        Some(_) => Diagnostic::error(Rule::FolderLoop, "this link leads back to a folder that holds it")
            .hint("remove the link, or move it out of the site's folder"),
        None if has_vanished(error) => return None,
        None => Diagnostic::error(Rule::UnreadableFile, format!("this could not be read: {error}")),
    };
    Some(match path {
        Some(path) => diagnostic.in_file(&path),
        None => diagnostic,
    })
}

/// Whether a file went while the folder was listed. A link that leads nowhere is still there.
fn has_vanished(error: &walkdir::Error) -> bool {
    let is_absent = error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound);
    is_absent && error.path().is_none_or(|path| path.symlink_metadata().is_err())
}

/// A socket, a pipe or a device: opening one could wait for ever.
fn special(folder: &Path, path: &Path) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Rule::UnreadableFile, "this is neither a file nor a folder, so it can't be read");
    let diagnostic = diagnostic.hint("move it out of the site's folder");
    match SourcePath::of(folder, path) {
        Some(path) => diagnostic.in_file(&path),
        None => diagnostic,
    }
}

/// Two names that look the same. Folders are listed in no order, so the one in NFC is kept, whichever comes first.
fn twin_name(path: &SourcePath) -> Diagnostic {
    Diagnostic::error(
        Rule::UnreadableName,
        "two files here have names that look the same: their accents are written in two ways (NFC and NFD)",
    )
    .in_file(path)
    .hint("delete one of the two, or give it another name")
}

fn unreadable_name(path: &Path) -> Diagnostic {
    Diagnostic::error(Rule::UnreadableName, format!("the name of {} is not text", path.display()))
        .hint("rename the file with letters, digits and hyphens")
}
