//! What a result shows: one small file a document, with its title, its address and the text for excerpts.
//!
//! A file's name must hold a hash, and the browser must know the name from a document's number. Ten thousand
//! hashes would be more than a query may load; so some twenty documents share a folder whose name holds the hash
//! of them all, and the browser needs the names of the folders alone.

use super::{Entry, File, Terms, content_hash};
use rayon::prelude::*;
use serde_json::json;
use std::sync::Arc;

/// As many documents share a folder, about.
const FOLDER: usize = 20;
/// A site with fewer documents has smaller folders, so that an edit changes fewer files.
const SMALL_SITE: usize = 300;

/// A document and where it lies.
pub(super) type Member = (Entry, Arc<Terms>);

/// The documents of one folder and their files.
#[derive(Debug, Default)]
pub(super) struct Folder {
    pub(super) members: Vec<Member>,
    /// Hash of all files.
    pub(super) hash: String,
    pub(super) files: Vec<File>,
}

/// Puts documents in order and in folders. Where a document stands depends on its address alone, and as little as
/// possible on how many others there are. Folders whose documents are as they were come from `remembered`.
pub(super) fn folders(documents: &[Member], remembered: &[Arc<Folder>]) -> Vec<Arc<Folder>> {
    let bits = folder_bits(documents.len());
    let mut places: Vec<(u64, &Member)> = documents.iter().map(|member| (place(&member.0.url), member)).collect();
    places.sort_unstable_by(|a, b| (a.0, &a.1.0.url).cmp(&(b.0, &b.1.0.url)));
    let mut folders = vec![Vec::new(); 1 << bits];
    for (place, member) in places {
        folders[(place >> 1 >> (63 - bits)) as usize].push(member);
    }
    let usable = if remembered.len() == folders.len() { remembered } else { &[] };
    folders.par_iter().enumerate().map(|(number, members)| folder(number, members, usable.get(number))).collect()
}

/// The logarithm of the number of folders.
fn folder_bits(documents: usize) -> u32 {
    let size = if documents < SMALL_SITE { FOLDER / 4 } else { FOLDER };
    (documents / size).max(1).next_power_of_two().ilog2()
}

fn place(url: &str) -> u64 {
    blake3::hash(url.as_bytes()).as_bytes()[..8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn folder(number: usize, members: &[&Member], remembered: Option<&Arc<Folder>>) -> Arc<Folder> {
    if let Some(folder) = remembered.filter(|folder| same(&folder.members, members)) {
        return folder.clone();
    }
    let texts: Vec<String> = members.iter().map(|member| text(&member.0, &member.1)).collect();
    let hash = content_hash(texts.iter().map(|text| text.as_bytes()))[..7].to_owned();
    let name = |at: usize| format!("results/{number}.{hash}/{at}.json");
    let files = texts
        .into_iter()
        .enumerate()
        .map(|(at, text)| File { name: name(at), bytes: text.into_bytes().into() })
        .collect();
    Arc::new(Folder { members: members.iter().copied().cloned().collect(), files, hash })
}

fn same(a: &[Member], b: &[&Member]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0 && Arc::ptr_eq(&a.1, &b.1))
}

fn text(entry: &Entry, terms: &Terms) -> String {
    let entry = json!({
        "u": entry.url, "k": entry.kind, "o": entry.topics, "w": entry.date, "m": entry.minutes, "n": entry.fields, "f": entry.files,
    });
    let mut text = entry.to_string();
    text.pop();
    text.push(',');
    text.push_str(&terms.fragment);
    text.push('}');
    text
}
