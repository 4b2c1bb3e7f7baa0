//! Fifty thousand warnings, terminals that take nothing, an end at any moment: the preview answers, and ends when it is asked to.
#![cfg(unix)]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::watching::{Preview, site, write};
use super::{FIRST, article};

/// A program that is asked to end does so within a second; a busy machine of the tests takes longer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Files, and doubled words in each.
const MANY: (usize, usize) = (100, 500);

fn with_many_warnings(site: &Path) {
    for file in 0..MANY.0 {
        let words = (0..MANY.1).map(|number| format!("Look at the the word {number}.\n\n")).collect::<String>();
        write(
            &site.join(format!("content/articles/long-{file}.md")),
            article(&format!("Long {file}"), &words).replace("About it", &format!("About {file}")),
        );
    }
}

/// Starts the program so that nobody reads what it prints, which fills the pipe.
fn unread(site: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_letterpress"));
    command.args(["watch", "--port", "0", "--source"]).arg(site).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

/// Ctrl-C, unless these tests run in the background of a shell, whose programs begin by ignoring it (Linux says so by the second bit).
fn interrupt() -> &'static str {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default();
    if ignored & 0b10 == 0 { "-INT" } else { "-TERM" }
}

fn ends(child: &mut Child, signal: &str) {
    let start = Instant::now();
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().expect("kill runs").success());
    while child.try_wait().expect("a child").is_none() {
        let has_time = start.elapsed() < PATIENCE;
        if !has_time {
            let _ = child.kill();
        }
        assert!(has_time, "it did not end at {signal}");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn fifty_thousand_warnings_hold_up_no_edit_and_no_end() {
    let folder = site();
    with_many_warnings(folder.path());
    let preview = Preview::of(folder, &[]);
    preview.says(" 50000 warnings");
    for number in 0..3 {
        let body = format!("Edit {number} among the warnings.");
        preview.save("content/articles/one.md", &article("First article", &body));
        preview.eventually(FIRST, "the edit", |page| page.text().contains(&body));
    }
    preview.save("content/articles/one.md", &article("First article", "A fault in the the first."));
    preview.says("one.md:7:");
    let printed = preview.printed();
    assert!(printed.len() < 100_000, "{} bytes were printed", printed.len());
    let (faults, _) = preview.events("").next("faults");
    assert!(faults.len() < 200_000, "{} bytes for the overlay", faults.len());
    let start = Instant::now();
    assert_eq!(preview.interrupt().code(), Some(0));
    assert!(start.elapsed() < PATIENCE, "it took {:?}", start.elapsed());
}

#[test]
fn it_ends_at_any_moment_and_leaves_a_folder_that_can_be_built_into() {
    let folder = site();
    with_many_warnings(folder.path());
    for (number, wait) in [0, 5, 20, 80, 200, 400, 700, 1000, 1500, 2500].into_iter().enumerate() {
        let mut child = unread(folder.path(), &[]);
        thread::sleep(Duration::from_millis(wait));
        ends(&mut child, if number % 2 == 0 { "-TERM" } else { interrupt() });
    }
    let built = Command::new(env!("CARGO_BIN_EXE_letterpress")).args(["build", "--source"]).arg(folder.path()).output();
    let built = built.expect("the program runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
}

#[test]
fn a_terminal_that_takes_nothing_does_not_keep_it_alive() {
    let folder = site();
    with_many_warnings(folder.path());
    let mut child = unread(folder.path(), &["--verbose"]);
    for number in 0..60 {
        let words = format!("Edit {number} with and and words.");
        write(&folder.path().join("content/articles/one.md"), article("First article", &words.repeat(50)));
        thread::sleep(Duration::from_millis(20));
    }
    ends(&mut child, "-TERM");
}

/// Another run holds the lock of the output folder, and never lets go.
#[test]
fn it_ends_while_it_waits_for_another_run() {
    let folder = site();
    std::fs::create_dir(folder.path().join("public")).expect("a folder");
    let lock = std::fs::File::create(folder.path().join("public/.letterpress-lock")).expect("the lock's file");
    lock.lock().expect("nobody else holds it");
    let preview = Preview::of(folder, &[]);
    preview.says("another run is writing to");
    let start = Instant::now();
    assert_eq!(preview.interrupt().code(), Some(0));
    assert!(start.elapsed() < PATIENCE, "it took {:?}", start.elapsed());
}

/// A list of 2^40 numbers takes no memory until a template prints it.
#[test]
fn it_ends_while_a_template_keeps_a_build_busy_for_hours() {
    let folder = site();
    let settings = std::fs::read_to_string(folder.path().join("letterpress.toml")).expect("settings");
    write(&folder.path().join("letterpress.toml"), format!("{settings}theme = \"mine\"\n"));
    write(&folder.path().join("themes/mine/theme.toml"), "extends = \"default\"\n");
    write(&folder.path().join("themes/mine/templates/404.html"), "Not here\n");
    let preview = Preview::of(folder, &[]);
    let endless = format!("{{% set x = [1] %}}{}{{{{ x | tojson }}}}\n", "{% set x = [x, x] %}".repeat(40));
    preview.save("themes/mine/templates/404.html", &endless);
    preview.save("content/articles/one.md", &article("First article", "Behind the busy build."));
    thread::sleep(Duration::from_millis(1500));
    assert!(!preview.get(FIRST).text().contains("Behind the busy build."), "the build is not busy");
    let start = Instant::now();
    assert_eq!(preview.ended_by("-TERM").code(), Some(0));
    assert!(start.elapsed() < PATIENCE, "it took {:?}", start.elapsed());
}
