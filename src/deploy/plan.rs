//! Local files, the record and a listing of the target → what to do, in order. Pure: it reaches no disk and no network.
//!
//! **The order.** A file comes before what leads to it: files with hashed names, other files, new pages, pages that were there before, home pages
//! and sections, then what leads to pages from outside, and the sitemap last. Deletions come after all of them, pages before the files that they
//! show. So at every moment a reader who begins at a page that was there before meets only pages whose files are there.

use std::collections::{BTreeMap, HashSet};

use super::headers::{FileKind, Stage, kind, stage};
use super::local::LocalFile;
use super::lock::LOCK_FILE;
use super::record::{Mark, RECORD_FILE, Record};

/// What is at a target, by name.
pub(super) type Listing = BTreeMap<String, Mark>;

/// Why a file is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is not at the target.
    New,
    /// It has other bytes or headers now.
    Changed,
    /// Somebody else changed or deleted it at the target, or a deployment was cut off.
    Repair,
}

/// A file to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Upload {
    pub(super) file: LocalFile,
    pub(super) why: Why,
    pub(super) stage: Stage,
}

/// What a deployment will do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Files to send, in order.
    pub(super) uploads: Vec<Upload>,
    /// Files to delete after that, in order.
    pub(super) deletions: Vec<String>,
    /// Files to delete first, since a folder takes the place of a file, or a file that of a folder.
    pub(super) in_the_way: Vec<String>,
    /// Files of somebody else that have the names of files to send.
    pub(super) foreign: Vec<String>,
    /// Files that were ours, are no longer part of the site, and were changed by somebody else: they stay.
    pub(super) kept: Vec<String>,
    /// Names in the record of which nothing is left at the target.
    pub(super) gone: Vec<String>,
    /// How many files are as they should be.
    pub(super) unchanged: usize,
}

impl Plan {
    /// What to do so that the target holds the files. `is_disk`: whether one name excludes others there, as on a disk.
    pub(super) fn new(files: Vec<LocalFile>, record: &Record, listing: &Listing, is_disk: bool) -> Self {
        let mut plan = Self::default();
        let names: HashSet<String> = files.iter().map(|file| file.name.clone()).collect();
        for file in files {
            plan.add(file, record, listing);
        }
        for (name, sent) in record.files.iter().filter(|(name, _)| !names.contains(*name)) {
            match listing.get(name) {
                None => plan.gone.push(name.clone()),
                Some(found) if sent.hash.is_empty() || sent.mark.is_of(found) => plan.deletions.push(name.clone()),
                Some(_) => plan.kept.push(name.clone()),
            }
        }
        plan.order();
        if is_disk {
            plan.make_room(record, listing);
        }
        plan
    }

    fn add(&mut self, file: LocalFile, record: &Record, listing: &Listing) {
        let (sent, found) = (record.files.get(&file.name), listing.get(&file.name));
        let why = match (sent, found) {
            (None, Some(_)) => {
                self.foreign.push(file.name.clone());
                Why::Changed
            }
            (None, None) => Why::New,
            (Some(sent), None) if sent.hash.is_empty() => Why::New,
            (Some(_), None) => Why::Repair,
            (Some(sent), Some(found)) if sent.hash == file.hash && sent.mark.is_of(found) => {
                self.unchanged += 1;
                return;
            }
            (Some(sent), Some(found)) if !sent.hash.is_empty() && sent.mark.is_of(found) => Why::Changed,
            (Some(_), Some(_)) => Why::Repair,
        };
        let stage = stage(&file.name, found.is_none());
        self.uploads.push(Upload { file, why, stage });
    }

    fn order(&mut self) {
        self.uploads.sort_by(|one, other| (one.stage, &one.file.name).cmp(&(other.stage, &other.file.name)));
        let rank = |name: &str| match kind(name) {
            FileKind::Sitemap | FileKind::Entry => 0,
            FileKind::Page => 1,
            FileKind::File | FileKind::Hashed => 2,
        };
        self.deletions.sort_by(|one, other| (rank(one), one).cmp(&(rank(other), other)));
    }

    /// On a disk a name is a file or a folder, and may be the same as one that differs in case alone.
    fn make_room(&mut self, record: &Record, listing: &Listing) {
        let names: HashSet<&str> = self.uploads.iter().map(|upload| upload.file.name.as_str()).collect();
        let folders: HashSet<&str> = names.iter().flat_map(|name| parents(name)).collect();
        let folded: HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        let is_in_the_way = |old: &String| {
            folders.contains(old.as_str())
                || parents(old).any(|parent| names.contains(parent))
                || folded.contains(&old.to_lowercase())
        };
        let foreign =
            listing.keys().filter(|name| !record.files.contains_key(*name) && !is_own(name) && is_in_the_way(name));
        let foreign: Vec<String> = foreign.filter(|name| !names.contains(name.as_str())).cloned().collect();
        let (in_the_way, deletions) = std::mem::take(&mut self.deletions).into_iter().partition(is_in_the_way);
        (self.in_the_way, self.deletions) = (in_the_way, deletions);
        self.foreign.extend(foreign);
    }

    /// Whether there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.uploads.is_empty() && self.deletions_in_all() == 0
    }

    /// How many files it deletes.
    pub(super) fn deletions_in_all(&self) -> usize {
        self.deletions.len() + self.in_the_way.len()
    }

    /// How many bytes it sends, before they are packed.
    pub(super) fn bytes(&self) -> u64 {
        self.uploads.iter().map(|upload| upload.file.length).sum()
    }

    /// The files to send, stage by stage.
    pub(super) fn stages(&self) -> impl Iterator<Item = &[Upload]> {
        self.uploads.chunk_by(|one, other| one.stage == other.stage)
    }
}

/// The folders that a file is in.
fn parents(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('/').map(|(at, _)| &name[..at])
}

/// Whether a deployment keeps a file of that name for itself.
pub(super) fn is_own(name: &str) -> bool {
    name == RECORD_FILE || name == LOCK_FILE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::DeployCompress;
    use crate::deploy::record::Sent;

    fn local(name: &str, hash: &str) -> LocalFile {
        let packed = DeployCompress::Off;
        LocalFile { name: name.to_owned(), path: name.into(), length: 1, hash: hash.to_owned(), packed }
    }

    fn mark(tag: &str) -> Mark {
        Mark { length: 1, tag: Some(tag.to_owned()) }
    }

    fn planned(files: &[(&str, &str)], sent: &[(&str, &str, &str)], found: &[(&str, &str)]) -> Plan {
        let mut record = Record::of_site("https://a.example/");
        for (name, hash, tag) in sent {
            record.files.insert((*name).to_owned(), Sent { hash: (*hash).to_owned(), mark: mark(tag) });
        }
        let listing = found.iter().map(|(name, tag)| ((*name).to_owned(), mark(tag))).collect();
        Plan::new(files.iter().map(|(name, hash)| local(name, hash)).collect(), &record, &listing, true)
    }

    fn names(plan: &Plan) -> Vec<(&str, Why)> {
        plan.uploads.iter().map(|upload| (upload.file.name.as_str(), upload.why)).collect()
    }

    #[test]
    fn nothing_is_sent_before_what_it_leads_to() {
        let files =
            ["sitemap.xml", "index.html", "a/index.html", "a/b/index.html", "new/index.html", "photo.jpg", "feed.xml"];
        let files: Vec<(&str, &str)> =
            files.iter().map(|name| (*name, "2")).chain([("assets/s.0123456789ab.css", "2")]).collect();
        let sent: Vec<_> = [
            "sitemap.xml",
            "index.html",
            "a/index.html",
            "a/b/index.html",
            "photo.jpg",
            "feed.xml",
            "old/index.html",
            "old.png",
        ]
        .map(|name| (name, "1", "t"))
        .to_vec();
        let found: Vec<_> = sent.iter().map(|(name, _, tag)| (*name, *tag)).collect();
        let plan = planned(&files, &sent, &found);
        let order: Vec<&str> = names(&plan).into_iter().map(|(name, _)| name).collect();
        let expected = [
            "assets/s.0123456789ab.css",
            "photo.jpg",
            "new/index.html",
            "a/b/index.html",
            "a/index.html",
            "index.html",
            "feed.xml",
            "sitemap.xml",
        ];
        assert_eq!(order, expected);
        assert_eq!(plan.deletions, ["old/index.html", "old.png"]);
    }

    #[test]
    fn only_what_differs_is_sent_and_why_is_said() {
        let files = [
            ("same", "1"),
            ("other", "2"),
            ("touched", "1"),
            ("gone", "1"),
            ("new", "1"),
            ("cut-off", "1"),
            ("theirs", "1"),
        ];
        let sent =
            [("same", "1", "t"), ("other", "1", "t"), ("touched", "1", "t"), ("gone", "1", "t"), ("cut-off", "", "t")];
        let found =
            [("same", "t"), ("other", "t"), ("touched", "u"), ("cut-off", "t"), ("theirs", "x"), ("stranger", "x")];
        let plan = planned(&files, &sent, &found);
        let expected = [
            ("cut-off", Why::Repair),
            ("gone", Why::Repair),
            ("new", Why::New),
            ("other", Why::Changed),
            ("theirs", Why::Changed),
            ("touched", Why::Repair),
        ];
        assert_eq!(names(&plan), expected);
        assert_eq!((plan.unchanged, plan.foreign), (1, vec!["theirs".to_owned()]));
    }

    #[test]
    fn only_what_a_deployment_put_there_and_nobody_changed_is_deleted() {
        let sent = [("a", "1", "t"), ("b", "1", "t"), ("c", "", ""), ("d", "1", "t")];
        let plan = planned(&[], &sent, &[("a", "t"), ("b", "u"), ("c", "u"), ("stranger", "t")]);
        assert_eq!(plan.deletions, ["a", "c"]);
        assert_eq!((plan.kept, plan.gone), (vec!["b".to_owned()], vec!["d".to_owned()]));
    }

    #[test]
    fn what_is_in_the_way_on_a_disk_goes_first_if_it_is_ours() {
        let files = [("a/index.html", "1"), ("b", "1"), ("c.html", "1"), ("x/y", "1")];
        let sent = [("a", "1", "t"), ("b/index.html", "1", "t"), ("C.html", "1", "t")];
        let plan = planned(&files, &sent, &[("a", "t"), ("b/index.html", "t"), ("C.html", "t"), ("x", "t")]);
        assert_eq!(plan.in_the_way, ["C.html", "b/index.html", "a"]);
        assert!(plan.deletions.is_empty());
        assert_eq!(plan.foreign, ["x"]);
    }
}
