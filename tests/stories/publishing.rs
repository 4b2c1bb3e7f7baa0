//! Stories about runs of the program: what they trust, what they refuse, and what they sweep.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::Site;

fn program(path: impl AsRef<Path>) -> Command {
    let mut command = Command::new(path.as_ref());
    command.env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", "1790000000");
    command
}

fn build(site: &Site) -> Output {
    program(env!("CARGO_BIN_EXE_letterpress")).args(["build", "--source"]).arg(site.folder()).output().expect("a run")
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn small() -> Site {
    Site::new().article("pay.md", "title: Pay\ndate: 2026-01-01", "Words.")
}

#[cfg(unix)]
#[test]
fn another_program_of_the_same_version_length_and_time_builds_anew() {
    let site = small();
    let copy = site.path("bin/letterpress");
    fs::create_dir_all(site.path("bin")).expect("a folder");
    fs::copy(env!("CARGO_BIN_EXE_letterpress"), &copy).expect("a copy");
    let generator = concat!("Letterpress ", env!("CARGO_PKG_VERSION"));
    let run = |program_bytes: Option<Vec<u8>>| {
        if let Some(bytes) = program_bytes {
            fs::write(&copy, bytes).expect("another program");
        }
        let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1);
        fs::File::options().append(true).open(&copy).expect("the program").set_modified(old).expect("a time");
        let output = program(&copy).args(["build", "--source"]).arg(site.folder()).output().expect("a run");
        assert!(output.status.success(), "{}", printed(&output));
        (printed(&output), fs::read_to_string(site.path("public/feed.xml")).expect("a feed"))
    };
    assert!(run(None).1.contains(generator));
    assert!(run(None).0.contains("nothing changed"));
    let mut bytes = fs::read(&copy).expect("the program");
    let places: Vec<usize> = memchr::memmem::find_iter(&bytes, generator.as_bytes()).collect();
    places.into_iter().for_each(|at| bytes[at..at + 11].copy_from_slice(b"LETTERPRESS"));
    let (said, feed) = run(Some(bytes));
    assert!(feed.contains("LETTERPRESS") && !said.contains("nothing changed"), "{said}");
}

#[test]
fn a_malformed_source_date_epoch_is_an_error() {
    let site = small();
    for epoch in ["yesterday", "", "2026-01-01", "1.5", "-1"] {
        for command in ["build", "check", "watch"] {
            let mut run = program(env!("CARGO_BIN_EXE_letterpress"));
            run.args([command, "--source"]).arg(site.folder()).env("SOURCE_DATE_EPOCH", epoch);
            let output = run.output().expect("a run");
            assert_eq!(output.status.code(), Some(2), "{command} {epoch:?}: {}", printed(&output));
            assert!(printed(&output).contains("SOURCE_DATE_EPOCH is "), "{}", printed(&output));
        }
    }
    assert!(!site.path("public").exists());
}

#[test]
fn a_first_build_replaces_nobodys_files_and_says_what_to_do() {
    let site = small();
    site.write("public/index.html", "somebody's page");
    site.write("public/robots.txt", "somebody's robots");
    site.write("public/notes.txt", "somebody's notes");
    for _ in 0..2 {
        let output = build(&site);
        assert_eq!(output.status.code(), Some(2), "{}", printed(&output));
        let said = printed(&output);
        assert!(
            said.contains("index.html, robots.txt") && said.contains("--output") && !said.contains("notes"),
            "{said}"
        );
        assert_eq!(fs::read_to_string(site.path("public/index.html")).expect("a file"), "somebody's page");
        assert!(!site.path("public/articles").exists() && !site.path("public/.letterpress-manifest.json").exists());
    }
    fs::remove_file(site.path("public/index.html")).expect("a removed file");
    fs::remove_file(site.path("public/robots.txt")).expect("a removed file");
    let output = build(&site);
    assert!(output.status.success(), "{}", printed(&output));
    assert_eq!(fs::read_to_string(site.path("public/notes.txt")).expect("a file"), "somebody's notes");
}

#[test]
fn unfinished_files_of_killed_runs_are_swept() {
    let site = small()
        .file("content/articles/chart.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>");
    assert!(build(&site).status.success());
    let unfinished = ".letterpress-0123456789abcdef.new";
    site.write(&format!(".letterpress/{unfinished}"), "half");
    site.write(&format!("content/articles/{unfinished}"), "half");
    assert!(build(&site).status.success());
    assert!(!site.path(&format!(".letterpress/{unfinished}")).exists());
    let mut fix = program(env!("CARGO_BIN_EXE_letterpress"));
    fix.args(["check", "--fix", "--source"]).arg(site.folder()).output().expect("a run");
    assert!(!site.path(&format!("content/articles/{unfinished}")).exists());
}

#[test]
fn an_empty_worktree_of_a_branch_is_an_output_folder_and_a_working_repository_is_not() {
    let site = small();
    site.write("public/.git", "gitdir: /elsewhere/.git/worktrees/public\n");
    for _ in 0..2 {
        let output = build(&site);
        assert!(output.status.success() && !printed(&output).contains("left alone"), "{}", printed(&output));
    }
    site.write("public/src/main.rs", "fn main() {}");
    let output = build(&site);
    assert_eq!(output.status.code(), Some(2));
    assert!(printed(&output).contains("git worktree add public gh-pages"), "{}", printed(&output));
}
