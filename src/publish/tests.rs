//! The content of the folder after each way in which a publication can end.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::files::disk::{Disk, RealDisk};
use crate::storage::Fingerprint;

/// How the disk behaves from a certain call on.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    /// One call fails, the others go on.
    Once,
    /// Half of the file is written, then the disk is full for good; what is there can be renamed and removed.
    Full,
    /// The process is gone: half of the file is written, and nothing is done any more.
    Killed,
}

struct FaultyDisk {
    fault: Fault,
    /// Calls until the fault.
    left: AtomicUsize,
}

impl FaultyDisk {
    fn new(fault: Fault, after: usize) -> Self {
        Self { fault, left: AtomicUsize::new(after + 1) }
    }

    /// Whether the fault's moment is now, or has been.
    fn is_faulty(&self) -> (bool, bool) {
        let before = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| Some(left.saturating_sub(1)));
        let before = before.unwrap_or_default();
        (before == 1, before == 0)
    }

    fn change(&self, does_write: bool, change: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        let (now, past) = self.is_faulty();
        let fails = match self.fault {
            Fault::Once => now,
            Fault::Full => does_write && (now || past),
            Fault::Killed => now || past,
        };
        if fails { Err(io::Error::from(io::ErrorKind::StorageFull)) } else { change() }
    }

    fn torn(&self, path: &Path, bytes: &[u8], write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        let is_gone = self.fault == Fault::Killed && self.left.load(Ordering::SeqCst) == 0;
        self.change(true, write).inspect_err(|_| {
            if !is_gone {
                let _ = fs::write(path, &bytes[..bytes.len() / 2]);
            }
        })
    }
}

impl Disk for FaultyDisk {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.torn(path, bytes, || RealDisk.write(path, bytes))
    }
    fn write_through(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.torn(path, bytes, || RealDisk.write_through(path, bytes))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change(false, || RealDisk.rename(from, to))
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.change(false, || RealDisk.remove_file(path))
    }
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.change(true, || RealDisk.create_folder(path))
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.change(false, || RealDisk.remove_folder(path))
    }
}

fn site(files: &[(&str, &str)]) -> Output {
    let mut output = Output::default();
    for (file, text) in files {
        output.insert(*file, Artifact::new(text.as_bytes().to_vec()));
    }
    output
}

fn before() -> Output {
    site(&[
        ("a/index.html", "the first page"),
        ("b", "a file that becomes a folder"),
        ("c/d/index.html", "a folder that becomes a file"),
        ("Case.html", "upper"),
        ("gone/index.html", "a page that goes"),
        ("same.css", "a file that stays"),
    ])
}

fn after() -> Output {
    site(&[
        ("a/index.html", "the first page, changed"),
        ("b/index.html", "now in a folder"),
        ("c/d", "now a file"),
        ("case.html", "lower"),
        ("new/deep/index.html", "a page that comes"),
        ("same.css", "a file that stays"),
    ])
}

/// Every file of the folder.
fn found(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let named = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    walk.map(|entry| (named(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

fn assert_published(folder: &Path, output: &Output, unknown_files: &[&str]) {
    let files = found(folder);
    let ours = output.iter().map(|(file, artifact)| (file.to_owned(), artifact.read().expect("its bytes").to_vec()));
    let others = files.iter().filter(|(name, _)| unknown_files.contains(&name.as_str()) || *name == MANIFEST_FILE);
    let expected: BTreeMap<_, _> =
        ours.chain(others.map(|(name, bytes)| (name.clone(), bytes.clone())).collect::<Vec<_>>()).collect();
    assert_eq!(files.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    assert_eq!(files, expected);
}

/// Each file is whole, old or new, or a leftover with the name of one; the manifest names each, with a hash only where it is true.
fn assert_whole(folder: &Path, old: &Output, new: &Output) {
    let files = found(folder);
    let json = files.get(MANIFEST_FILE).map(|bytes| serde_json::from_slice(bytes).expect("a whole manifest"));
    let manifest: BTreeMap<String, String> = json.unwrap_or_default();
    for (name, bytes) in &files {
        if name == MANIFEST_FILE || name.contains(".letterpress-") {
            continue;
        }
        let is_whole = [old, new]
            .iter()
            .any(|output| output.get(name).is_some_and(|artifact| *artifact.read().expect("its bytes") == **bytes));
        assert!(is_whole, "{name} is neither old nor new: {:?}", String::from_utf8_lossy(bytes));
        assert!(manifest.contains_key(name), "{name} is nobody's");
    }
    for (name, hash) in manifest.iter().filter(|(_, hash)| !hash.is_empty()) {
        let bytes = files.get(name).unwrap_or_else(|| panic!("the manifest names {name}, which is not there"));
        assert_eq!(Fingerprint::of(bytes).to_string(), *hash, "{name}");
    }
}

/// Lets each call of a publication fail in turn, in each way: what is in the folder then is whole, and the next run repairs it.
fn assert_every_call_may_fail(old: &Output, new: &Output, fewest_calls: usize, prepare: impl Fn(&Path)) {
    for fault in [Fault::Once, Fault::Full, Fault::Killed] {
        for call in 0.. {
            let folder = tempfile::tempdir().unwrap();
            prepare(folder.path());
            let disk = FaultyDisk::new(fault, call);
            let done = publish_on(&disk, new, folder.path(), &|_| {}).is_ok();
            let is_over = disk.left.load(Ordering::SeqCst) > 0;
            assert_whole(folder.path(), old, new);
            publish_on(&RealDisk, new, folder.path(), &|_| {}).unwrap();
            assert_published(folder.path(), new, &[]);
            assert!(!folder.path().join(".letterpress-first").exists());
            if is_over {
                assert!(done && call > fewest_calls, "{fault:?}: {call} calls");
                break;
            }
        }
    }
}

#[test]
fn whichever_call_fails_each_file_is_whole_and_the_next_run_repairs() {
    assert_every_call_may_fail(&before(), &after(), 20, |folder| {
        publish(&before(), folder, &|_| {}).unwrap();
        fs::remove_file(folder.join(lock::FILE)).unwrap();
    });
}

#[test]
fn a_first_run_that_is_cut_off_leaves_nothing_that_nobody_owns() {
    for call in 0..30 {
        let folder = tempfile::tempdir().unwrap();
        let _ = publish_on(&FaultyDisk::new(Fault::Killed, call), &before(), folder.path(), &|_| {});
        assert_whole(folder.path(), &Output::default(), &before());
        publish_on(&RealDisk, &Output::default(), folder.path(), &|_| {}).unwrap();
        assert_published(folder.path(), &Output::default(), &[]);
    }
}

#[test]
fn whichever_call_of_a_first_run_fails_the_next_one_repairs() {
    assert_every_call_may_fail(&Output::default(), &before(), 15, |_| ());
}

#[cfg(unix)]
#[test]
fn after_a_full_disk_a_first_run_leaves_no_file_behind() {
    let folder = tempfile::tempdir().unwrap();
    publish_on(&FaultyDisk::new(Fault::Full, 8), &before(), folder.path(), &|_| {}).unwrap_err();
    assert_eq!(found(folder.path()).keys().collect::<Vec<_>>(), [MANIFEST_FILE]);
}

#[test]
fn a_file_that_somebody_changed_is_put_right() {
    let folder = tempfile::tempdir().unwrap();
    publish_on(&RealDisk, &before(), folder.path(), &|_| {}).unwrap();
    let page = folder.path().join("a/index.html");
    fs::write(&page, "THE FIRST PAGE").unwrap();
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(5);
    fs::File::options().write(true).open(&page).unwrap().set_modified(later).unwrap();
    fs::remove_file(folder.path().join("b")).unwrap();
    let published = publish_on(&RealDisk, &before(), folder.path(), &|_| {}).unwrap();
    assert_eq!((published.written, published.unchanged), (2, 4));
    assert_published(folder.path(), &before(), &[]);
}

/// A run that is killed while it announces its changes has changed nothing yet, but leaves half a manifest beside the old one.
#[test]
fn half_a_manifest_of_a_killed_run_is_no_finished_state() {
    let folder = tempfile::tempdir().unwrap();
    publish_on(&RealDisk, &before(), folder.path(), &|_| {}).unwrap();
    assert!(state(folder.path()).is_some());
    let half = temporary(&folder.path().join(MANIFEST_FILE));
    fs::write(&half, "{").unwrap();
    assert!(state(folder.path()).is_none());
    publish_on(&RealDisk, &before(), folder.path(), &|_| {}).unwrap();
    assert!(!half.exists() && state(folder.path()).is_some());
}

#[test]
fn without_a_manifest_files_with_the_right_bytes_are_not_written_again_but_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join(MANIFEST_FILE);
    publish_on(&RealDisk, &before(), folder.path(), &|_| {}).unwrap();
    let written = fs::read_to_string(&manifest).unwrap();
    for damaged in ["{ half".to_owned(), written.replace(": \"", ": \"another edition's ")] {
        fs::write(&manifest, damaged).unwrap();
        let published = publish_on(&RealDisk, &before(), folder.path(), &|_| {}).unwrap();
        assert_eq!(published, Published { unchanged: 6, ..Published::default() });
        assert_eq!(fs::read_to_string(&manifest).unwrap(), written);
    }
}

#[test]
fn a_strangers_file_stays_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    publish(&before(), folder.path(), &|_| {}).unwrap();
    fs::write(folder.path().join("gone/notes.txt"), "mine").unwrap();
    fs::create_dir_all(folder.path().join("theirs/deep")).unwrap();
    fs::write(folder.path().join("theirs/deep/x"), "mine").unwrap();
    publish(&after(), folder.path(), &|_| {}).unwrap();
    assert_published(folder.path(), &after(), &["gone/notes.txt", "theirs/deep/x", lock::FILE]);
    let names: Vec<String> =
        unknown_files(folder.path(), after().iter().map(|(file, _)| file)).unwrap().into_iter().collect();
    assert_eq!(names, ["gone/", "theirs/"]);
}

#[cfg(unix)]
#[test]
fn links_among_the_folders_are_not_followed_out() {
    use std::os::unix::fs::symlink;
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let precious = elsewhere.path().join("index.html");
    publish_on(&RealDisk, &before(), folder.path(), &|_| {}).unwrap();
    for name in ["gone", "new", "a"] {
        let _ = fs::remove_dir_all(folder.path().join(name));
        symlink(elsewhere.path(), folder.path().join(name)).unwrap();
    }
    fs::write(&precious, "mine").unwrap();
    let error = publish_on(&RealDisk, &after(), folder.path(), &|_| {}).unwrap_err().to_string();
    assert!(error.contains("it is a link"), "{error}");
    for name in ["new", "a"] {
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    publish_on(&RealDisk, &after(), folder.path(), &|_| {}).unwrap();
    assert_eq!(fs::read_to_string(&precious).unwrap(), "mine");
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_file_is_replaced_and_not_written_through() {
    use std::os::unix::fs::symlink;
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let precious = elsewhere.path().join("precious");
    fs::write(&precious, "the first page").unwrap();
    publish_on(&RealDisk, &before(), folder.path(), &|_| {}).unwrap();
    fs::remove_file(folder.path().join("a/index.html")).unwrap();
    symlink(&precious, folder.path().join("a/index.html")).unwrap();
    symlink(&precious, temporary(&folder.path().join("a/index.html"))).unwrap();
    publish_on(&RealDisk, &before(), folder.path(), &|_| {}).unwrap();
    assert_published(folder.path(), &before(), &[]);
    assert_eq!(fs::read_to_string(&precious).unwrap(), "the first page");
}

#[test]
fn a_name_that_leads_out_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["../a", "a/../../b", "/etc/a", "", "a//b", "a/./b", "a/"] {
        let error = publish_on(&RealDisk, &site(&[(name, "x"), ("b", "y")]), folder.path(), &|_| {}).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{name}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_name_as_long_as_names_can_be_is_published() {
    let folder = tempfile::tempdir().unwrap();
    let name = format!("{}.html", "n".repeat(250));
    publish_on(&RealDisk, &site(&[(&name, "x")]), folder.path(), &|_| {}).unwrap();
    assert!(folder.path().join(name).exists());
}

#[test]
fn a_second_run_says_that_it_waits_for_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let lock = Lock::take(folder.path(), &|_| {}).unwrap();
    let (told, heard) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let second = scope.spawn(|| {
            let tell = |step: Step<'_>| {
                if step == Step::Wait {
                    told.send(()).unwrap()
                }
            };
            publish(&before(), folder.path(), &tell).unwrap()
        });
        heard.recv().unwrap();
        assert!(!folder.path().join(MANIFEST_FILE).exists(), "nothing is written while it waits");
        drop(lock);
        assert_eq!(second.join().unwrap().written, 6);
    });
}

#[test]
fn files_of_somebody_else_are_not_replaced_and_those_in_nobodys_way_stay() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    fs::create_dir_all(file("a")).unwrap();
    fs::write(file("a/index.html"), "somebody's page").unwrap();
    fs::write(file("same.css"), "a file that stays").unwrap();
    fs::write(file("notes.txt"), "somebody's notes").unwrap();
    let untouched = found(folder.path());
    for _ in 0..2 {
        let error = publish_on(&RealDisk, &before(), folder.path(), &|_| {}).unwrap_err();
        assert!(error.get_ref().unwrap().is::<ForeignFiles>(), "{error}");
        assert!(error.to_string().contains("replace: a/index.html. Move"), "{error}");
        assert_eq!(found(folder.path()), untouched);
    }
    fs::remove_file(file("a/index.html")).unwrap();
    publish_on(&RealDisk, &before(), folder.path(), &|_| {}).unwrap();
    assert_published(folder.path(), &before(), &["notes.txt"]);
    // The same holds of a page that comes later.
    fs::create_dir_all(file("new/deep")).unwrap();
    fs::write(file("new/deep/index.html"), "somebody's page").unwrap();
    publish_on(&RealDisk, &after(), folder.path(), &|_| {}).unwrap_err();
    assert_published(folder.path(), &before(), &["notes.txt", "new/deep/index.html"]);
    fs::write(file("new/deep/index.html"), "a page that comes").unwrap();
    publish_on(&RealDisk, &after(), folder.path(), &|_| {}).unwrap();
    assert_published(folder.path(), &after(), &["notes.txt"]);
}

#[test]
fn a_folder_of_somebody_else_in_the_place_of_a_file_stops_nothing_for_good() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("same.css")).unwrap();
    fs::write(folder.path().join("same.css/theirs"), "mine").unwrap();
    publish_on(&RealDisk, &before(), folder.path(), &|_| {}).unwrap_err();
    fs::remove_dir_all(folder.path().join("same.css")).unwrap();
    publish_on(&RealDisk, &before(), folder.path(), &|_| {}).unwrap();
    assert_published(folder.path(), &before(), &[]);
}

#[test]
fn a_file_where_a_folder_must_be_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let outputs: [&[(&str, &str)]; 5] = [
        &[("old", "x"), ("old-er", "y"), ("old/index.html", "z")],
        &[("a/b.html", "x"), ("a/b.html/index.html", "y")],
        &[(MANIFEST_FILE, "x")],
        &[(".letterpress-first/x", "x")],
        &[(".letterpress-lock", "x")],
    ];
    for files in outputs {
        let error = publish_on(&RealDisk, &site(files), folder.path(), &|_| {}).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{files:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
    publish_on(&RealDisk, &site(&[("a", "x"), ("a-b", "y"), ("ab/c", "z")]), folder.path(), &|_| {}).unwrap();
}

#[test]
fn whatever_a_killed_run_left_is_swept_also_without_its_manifest() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    publish_on(&RealDisk, &before(), folder.path(), &|_| {}).unwrap();
    fs::remove_file(file(MANIFEST_FILE)).unwrap();
    fs::create_dir_all(file(".letterpress-first/old.html/deep")).unwrap();
    fs::write(file(".letterpress-first/old.html/deep/half"), "ha").unwrap();
    for leftover in ["a/index.html", "same.css", "c/d/index.html"] {
        fs::write(temporary(&file(leftover)), "half").unwrap();
    }
    fs::write(file("a/.letterpress-notes.new"), "somebody's").unwrap();
    publish_on(&RealDisk, &before(), folder.path(), &|_| {}).unwrap();
    assert_published(folder.path(), &before(), &["a/.letterpress-notes.new"]);
    assert!(!file(".letterpress-first").exists());
}

#[test]
fn a_folder_into_which_a_repositorys_names_were_published_is_not_refused_for_it() {
    let (place, sources) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let folder = place.path().join("public");
    fs::create_dir(&folder).unwrap();
    let old = site(&[
        (".git/config/index.html", "x"),
        ("HEAD", "x"),
        ("objects/a", "x"),
        ("refs/b", "x"),
        ("letterpress.toml", "x"),
    ]);
    publish_on(&RealDisk, &old, &folder, &|_| {}).unwrap();
    assert_eq!(check_folder(sources.path(), &folder), Ok(()));
    fs::write(folder.join(".git/HEAD"), "ref: refs/heads/main").unwrap();
    assert!(check_folder(sources.path(), &folder).is_err());
}

#[test]
fn a_worktree_that_holds_nothing_else_is_an_output_folder() {
    let (place, sources) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let folder = place.path().join("public");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join(".git"), "gitdir: ../.git/worktrees/public").unwrap();
    assert_eq!(check_folder(sources.path(), &folder), Ok(()));
    publish(&before(), &folder, &|_| {}).unwrap();
    assert_eq!(check_folder(sources.path(), &folder), Ok(()));
    assert!(unknown_files(&folder, before().iter().map(|(file, _)| file)).unwrap().is_empty());
    publish(&after(), &folder, &|_| {}).unwrap();
    assert!(folder.join(".git").is_file());
    fs::write(folder.join("main.rs"), "fn main() {}").unwrap();
    let refusal = check_folder(sources.path(), &folder).unwrap_err().to_string();
    assert!(refusal.contains("git worktree add public gh-pages"), "{refusal}");
}
