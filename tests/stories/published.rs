//! Stories about `public/`: what stands there after kills, on a full disk, and beside others' files; and the same bytes everywhere.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use crate::support::Site;
use letterpress::storage::Fingerprint;

fn letterpress() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_letterpress"));
    command.env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", "1780000000").stdin(Stdio::null());
    command
}

fn build(site: &Site) -> Output {
    letterpress().args(["build", "--source"]).arg(site.folder()).output().expect("a run")
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn numbered(words: &str) -> Site {
    (0..12).fold(Site::new(), |site, number| {
        let body = format!("{words} {}\n\n## Part\n\n{}", number, words.repeat(60));
        site.article(&format!("page-{number}.md"), &format!("title: Page {number}"), &body)
    })
}

/// Every file below a folder, without those that are the program's own.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let files = walk.map(|entry| {
        let name = entry.path().strip_prefix(folder).expect("a file below").to_string_lossy().into_owned();
        (name, fs::read(entry.path()).expect("a file"))
    });
    files.filter(|(name, _)| !name.starts_with(".letterpress-")).collect()
}

fn manifest(folder: &Path) -> BTreeMap<String, String> {
    let text = fs::read(folder.join(".letterpress-manifest.json")).unwrap_or_else(|_| b"{}".to_vec());
    serde_json::from_slice(&text).expect("a whole manifest")
}

/// Each published file is that of one of the two sites, and a hash in the manifest is true.
fn assert_whole(folder: &Path, sites: &[&BTreeMap<String, Vec<u8>>]) {
    let manifest = manifest(folder);
    for (name, bytes) in files(folder) {
        if name.contains(".letterpress-") {
            continue;
        }
        assert!(sites.iter().any(|site| site.get(&name) == Some(&bytes)), "{name} is neither old nor new");
        let hash = manifest.get(&name).unwrap_or_else(|| panic!("{name} is nobody's"));
        assert!(hash.is_empty() || *hash == Fingerprint::of(&bytes).to_string(), "the manifest lies about {name}");
    }
}

#[cfg(unix)]
#[test]
fn two_hundred_kills_leave_every_file_whole_and_the_next_build_repairs() {
    let (site, other) = (numbered("Words."), numbered("Other words."));
    let published = |site: &Site| {
        let output = build(site);
        assert!(output.status.success(), "{}", printed(&output));
        files(&site.path("public"))
    };
    let (first, second) = (published(&site), published(&other));
    let took = {
        let start = std::time::Instant::now();
        published(&other);
        start.elapsed()
    };
    let public = site.path("public");
    let mut cut_off = 0;
    for kill in 0..200_u32 {
        let source = if kill % 2 == 0 { &other } else { &site };
        let mut command = letterpress();
        command.args(["build", "--source"]).arg(source.folder()).arg("--output").arg(&public);
        let mut child = command.stderr(Stdio::null()).spawn().expect("a run");
        // Spread over the whole run, most of them over its second half, in which it writes.
        let share = f64::from(kill * 37 % 200) / 200.0;
        std::thread::sleep(took.mul_f64(0.35 + 0.75 * share).min(Duration::from_millis(400)));
        let _ = child.kill();
        cut_off += u32::from(!child.wait().expect("an end").success());
        assert_whole(&public, &[&first, &second]);
    }
    assert!(cut_off > 20, "only {cut_off} runs were cut off");
    let output = build(&site);
    assert!(output.status.success(), "{}", printed(&output));
    assert_eq!(files(&public), first);
    assert!(manifest(&public).values().all(|hash| !hash.is_empty()));
    let unfinished = |folder: &Path| {
        let names = walkdir::WalkDir::new(folder).into_iter().flatten().map(|entry| entry.file_name().to_os_string());
        names.filter(|name| name.to_string_lossy().ends_with(".new")).collect::<Vec<_>>()
    };
    assert_eq!(unfinished(&public), [""; 0]);
    assert_eq!(unfinished(&site.path(".letterpress")), [""; 0]);
    assert!(!public.join(".letterpress-first").exists());
}

/// A file system of 512 kB, where the machine lets us mount one; else a limit on the size of files.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_published_site_whole_and_says_which_file() {
    let (site, larger) = (numbered("Words."), numbered(&"Other words. ".repeat(400)));
    let room = tempfile::tempdir().expect("a folder");
    let mount = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=2560k", "tmpfs"])
        .arg(room.path())
        .stderr(Stdio::null())
        .status();
    let is_mounted = mount.is_ok_and(|status| status.success());
    let public = room.path().join("public");
    let run = |site: &Site, limit: &str| {
        let program = env!("CARGO_BIN_EXE_letterpress");
        let script = format!("{limit} exec \"$0\" build --source \"$1\" --output \"$2\"");
        let mut command = Command::new("sh");
        command.args(["-c", &script, program]).arg(site.folder()).arg(&public).env("NO_COLOR", "1");
        command.output().expect("a run")
    };
    let first = run(&site, "");
    let before = files(&public);
    let limit = if is_mounted { "" } else { "trap '' XFSZ; ulimit -f 40;" };
    let full = run(&larger, limit);
    let whole = run(&larger, "");
    let unlimited = letterpress().args(["build", "--source"]).arg(larger.folder()).output().expect("a run");
    let after = files(&larger.path("public"));
    let checks = std::panic::catch_unwind(|| {
        assert!(first.status.success(), "{}", printed(&first));
        assert!(unlimited.status.success());
        assert_eq!(full.status.code(), Some(3), "{}", printed(&full));
        assert!(printed(&full).contains("could not write"), "{}", printed(&full));
        assert_whole(&public, &[&before, &after]);
        if !is_mounted {
            assert!(whole.status.success(), "{}", printed(&whole));
            assert_eq!(files(&public), after);
        }
    });
    if is_mounted {
        let again = run(&site, "");
        let repaired = files(&public);
        Command::new("umount").arg(room.path()).status().expect("an unmounted disk");
        assert!(again.status.success(), "{}", printed(&again));
        assert_eq!(repaired, before);
    }
    checks.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

#[test]
fn two_builds_at_once_both_end_well() {
    let site = numbered("Words.");
    let start =
        || letterpress().args(["build", "--source"]).arg(site.folder()).stderr(Stdio::piped()).spawn().expect("a run");
    let runs = [start(), start(), start()];
    for run in runs {
        let output = run.wait_with_output().expect("an end");
        assert!(output.status.success(), "{}", printed(&output));
    }
    assert!(manifest(&site.path("public")).values().all(|hash| !hash.is_empty()));
    assert!(printed(&build(&site)).contains("nothing changed"));
}

#[test]
fn strangers_in_the_published_folder_are_named_and_stay() {
    let site = numbered("Words.");
    build(&site);
    site.write("public/notes.txt", "mine");
    site.write("public/articles/old/index.html", "mine");
    let output = build(&site);
    assert!(printed(&output).contains("Not from this site, and left alone"), "{}", printed(&output));
    assert!(printed(&output).contains("\"articles/old/\", \"notes.txt\""), "{}", printed(&output));
    assert!(site.path("public/notes.txt").exists() && site.path("public/articles/old/index.html").exists());
}

#[test]
fn folders_that_hold_more_than_a_site_are_refused() {
    let site = numbered("Words.");
    site.write("elsewhere/project/.git/HEAD", "ref: refs/heads/main\n");
    site.write("bare/HEAD", "ref: refs/heads/main\n");
    fs::create_dir_all(site.path("bare/objects")).expect("a folder");
    fs::create_dir_all(site.path("bare/refs")).expect("a folder");
    let home = site.path("home/ann");
    fs::create_dir_all(&home).expect("a folder");
    let above = site.folder().parent().expect("a parent").to_path_buf();
    let outputs = [
        "elsewhere/project",
        "elsewhere",
        "elsewhere/project/.git/x",
        "bare",
        "home",
        "home/ann",
        "content/../content",
    ];
    for output in outputs.iter().map(|path| site.path(path)).chain([above, "/".into()]) {
        let mut command = letterpress();
        command.env("HOME", &home).args(["build", "--source"]).arg(site.folder()).arg("--output").arg(&output);
        let run = command.output().expect("a run");
        assert_eq!(run.status.code(), Some(2), "{}: {}", output.display(), printed(&run));
        assert!(printed(&run).contains("can't be the output folder"), "{}", printed(&run));
    }
}

#[test]
fn a_build_is_the_same_bytes_under_any_conditions() {
    let files_of = |order: bool, folder_name: &str, settings: &[(&str, &str)]| {
        let parent = tempfile::tempdir().expect("a folder");
        let folder = parent.path().join(folder_name);
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut names: Vec<_> = ["content/articles", "content/letters", "content/topics"]
            .iter()
            .flat_map(|part| walkdir::WalkDir::new(shipped.join(part)).sort_by_file_name().into_iter().flatten())
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.path().strip_prefix(shipped).expect("a file").to_path_buf())
            .collect();
        if order {
            names.reverse();
        }
        names.push("letterpress.toml".into());
        names.push("content/search.toml".into());
        names.push("content/terms.toml".into());
        for name in names.iter().filter(|name| shipped.join(name).exists()) {
            fs::create_dir_all(folder.join(name).parent().expect("a parent")).expect("a folder");
            fs::copy(shipped.join(name), folder.join(name)).expect("a copy");
        }
        let photo =
            image::RgbImage::from_fn(640, 400, |x, y| image::Rgb([x, y, x ^ y].map(|sum| sum.to_le_bytes()[0])));
        photo.save(folder.join("content/articles/photo.png")).expect("a picture");
        let page =
            "---\ntitle: A photograph\ndescription: Of nothing.\ndate: 2026-11-20\n---\n\n![A pattern](photo.png)\n";
        fs::write(folder.join("content/articles/photo.md"), page).expect("a page");
        let mut command = letterpress();
        command.args(["build", "--source"]).arg(&folder).envs(settings.iter().copied());
        let run = command.output().expect("a run");
        assert!(run.status.success(), "{}", printed(&run));
        files(&folder.join("public"))
    };
    let epoch = ("SOURCE_DATE_EPOCH", "1795910400");
    let one = [
        epoch,
        ("RAYON_NUM_THREADS", "1"),
        ("TZ", "Pacific/Kiritimati"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("HOME", "/nowhere"),
    ];
    let other = [epoch, ("RAYON_NUM_THREADS", "7"), ("TZ", "America/Adak"), ("LC_ALL", "C"), ("LANG", "ur_PK")];
    let (first, second) = (files_of(false, "a", &one), files_of(true, "ä folder ' with \" signs", &other));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    let different: Vec<&String> =
        first.iter().filter(|(name, bytes)| second.get(*name) != Some(bytes)).map(|(name, _)| name).collect();
    assert!(different.is_empty(), "{different:?}");
    assert!(first.keys().any(|name| name.contains("photo") && name.ends_with("avif")), "the photograph in other forms");
    for ending in ["pdf", "docx", "txt", "html", "json", "xml", "css", "svg", "png"] {
        assert!(first.keys().any(|name| name.ends_with(ending)), "there is no .{ending} to compare");
    }
}

#[test]
fn a_build_with_little_memory_publishes_the_same_bytes() {
    let site = numbered("Words.");
    assert!(build(&site).status.success());
    let published = files(&site.path("public"));
    std::fs::remove_dir_all(site.path("public")).expect("no output");
    let run = letterpress().args(["build", "--low-memory", "--source"]).arg(site.folder()).output().expect("a run");
    assert!(run.status.success(), "{}", printed(&run));
    assert_eq!(files(&site.path("public")), published);
}

#[test]
fn the_log_tells_each_pass_and_each_file() {
    let site = numbered("Words.");
    let output = letterpress().args(["build", "--verbose", "--source"]).arg(site.folder()).output().expect("a run");
    let log = printed(&output);
    assert!(log.contains(" ms  parse") && log.contains("write   ") && log.contains("page-3"), "{log}");
    site.remove("content/articles/page-3.md");
    let output = letterpress().args(["build", "-v", "--source"]).arg(site.folder()).output().expect("a run");
    assert!(printed(&output).contains("remove  "), "{}", printed(&output));
}

#[test]
fn a_fault_of_the_program_prints_a_report_and_leaves_what_was_published() {
    let site = numbered("Words.");
    assert!(build(&site).status.success());
    let before = files(&site.path("public"));
    site.write("content/articles/page-1.md", "---\ntitle: Page 1\ndescription: Words.\n---\n\nOther words.\n");
    let run = letterpress()
        .args(["build", "--source"])
        .arg(site.folder())
        .envs([("LETTERPRESS_TEST_PANIC", "building the site"), ("HOME", "/home/ann"), ("RUST_BACKTRACE", "1")])
        .output()
        .expect("a run");
    let report = printed(&run);
    assert_eq!(run.status.code(), Some(3), "{report}");
    for part in [
        "this is a fault of the program",
        "send this report",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        "while building the site",
        "at src/cli/report.rs:",
        "a fault of the tests in ~/site",
        "letterpress::",
    ] {
        assert!(report.contains(part), "{part}: {report}");
    }
    assert!(!report.contains("/home/ann"), "{report}");
    assert_eq!(files(&site.path("public")), before);
}
