//! Stories about `letterpress check --fix`: what it must not break, lose or run.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::Site;

fn letterpress(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_letterpress"));
    command.env("NO_COLOR", "1").args(arguments).stdin(Stdio::null());
    command
}

fn fix(site: &Site) -> Output {
    let mut command = letterpress(&["check", "--as-of", "2026-11-01", "--format", "plain", "--fix", "--source"]);
    command.arg(site.folder()).output().expect("a run")
}

fn text(site: &Site, path: &str) -> String {
    fs::read_to_string(site.path(path)).expect("text")
}

/// An address that `--fix` mends for certain.
const MISSPELT: &str = "See [the rules](htps://www.example.org/rules).";
const MENDED: &str = "See [the rules](https://www.example.org/rules).";

#[test]
fn a_title_between_curly_quotes_is_put_between_straight_ones() {
    let body = "[x](b.md “our story”) and [y](b.md ‘it’s ours’) and [z](b.md “one” or “two”).";
    let site = Site::new().article("a.md", "title: A", body).article("b.md", "title: B", "Words.");
    let output = fix(&site);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let mended = "[x](b.md \"our story\") and [y](b.md \"it’s ours\") and [z](b.md “one” or “two”).";
    assert!(text(&site, "content/articles/a.md").contains(mended), "{}", text(&site, "content/articles/a.md"));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("write the address, a space, then the title between straight quotation marks"), "{said}");
}

#[test]
fn a_warning_never_becomes_an_error() {
    let body = format!("[x](Our story.md), [y](b.md title), [z](b.md #notice). {MISSPELT}");
    let site = Site::new().article("a.md", "title: A", &body).article("b.md", "title: B", "Words.");
    let output = fix(&site);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let expected = body.replace(MISSPELT, MENDED);
    assert!(text(&site, "content/articles/a.md").contains(&expected), "{}", text(&site, "content/articles/a.md"));
}

#[test]
fn an_address_with_spaces_is_mended_where_its_file_is_there() {
    let site = Site::new().article("a.md", "title: A", "[x](Our story.md), and [y](Their story.md).").article(
        "Our story.md",
        "title: B\nslug: story",
        "Words.",
    );
    fix(&site);
    let mended = text(&site, "content/articles/a.md");
    assert!(mended.contains("[x](<Our story.md>), and [y](Their story.md)."), "{mended}");
}

#[test]
fn nothing_is_left_that_a_second_run_would_mend() {
    let body = format!("{MISSPELT}\n\n[x](../letters/b.md#When_) and [y] (b.md) and [z](b.md “When”).");
    let site = Site::new().article("a.md", "title: A", &body).article("b.md", "title: B", "## When\n\nWords.");
    fix(&site);
    let once = text(&site, "content/articles/a.md");
    assert!(once.contains("[x](b.md#when) and [y](b.md) and [z](b.md \"When\")."), "{once}");
    fix(&site);
    assert_eq!(text(&site, "content/articles/a.md"), once);
}

#[cfg(unix)]
#[test]
fn a_file_stays_the_file_that_it_was() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let page = |title: &str| {
        format!("\u{feff}---\r\ntitle: {title}\r\ndescription: What {title} says\r\n---\r\n\r\n{MISSPELT}\r\n")
    };
    let site = Site::new().file("content/articles/a.md", page("A")).file("elsewhere.md", page("B"));
    let (file, other_name) = (site.path("content/articles/a.md"), site.path("other-name.md"));
    fs::hard_link(&file, &other_name).expect("a second name");
    symlink(site.path("elsewhere.md"), site.path("content/articles/b.md")).expect("a link");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions");
    let before = fs::metadata(&file).expect("a file");
    assert_eq!(fix(&site).status.code(), Some(0));
    let after = fs::metadata(&file).expect("a file");
    assert_eq!((after.ino(), after.mode(), after.uid()), (before.ino(), before.mode(), before.uid()));
    assert_eq!(fs::read_to_string(&other_name).expect("text"), page("A").replace("htps", "https"));
    assert!(site.path("content/articles/b.md").is_symlink());
    assert_eq!(text(&site, "elsewhere.md"), page("B").replace("htps", "https"));
    let names = fs::read_dir(site.path("content/articles")).expect("a folder").count();
    assert_eq!(names, 2, "no copy is left");
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_reported_and_the_others_are_mended() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let site = Site::new().article("a.md", "title: A", MISSPELT).article("b.md", "title: B", MISSPELT);
    fs::set_permissions(site.path("content/articles/a.md"), fs::Permissions::from_mode(0o444)).expect("permissions");
    if fs::metadata(site.folder()).expect("a folder").uid() == 0 {
        // Nothing is read-only to root.
        fix(&site);
        assert!(text(&site, "content/articles/a.md").contains(MENDED));
        return;
    }
    let output = fix(&site);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("a.md: it is read-only"), "{said}");
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(text(&site, "content/articles/a.md").contains(MISSPELT));
    assert!(text(&site, "content/articles/b.md").contains(MENDED));
}

fn git(folder: &Path, day: &str, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(arguments);
    let date = format!("{day}T12:00:00Z");
    let output = command.env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date).output().expect("git");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Settings of git that name a program, and a key that makes it run.
#[cfg(unix)]
const PROGRAMS: &[&str] = &[
    "core.fsmonitor",
    "core.pager",
    "core.sshCommand",
    "core.alternateRefsCommand",
    "core.gitProxy",
    "diff.external",
    "diff.x.command",
    "diff.x.textconv",
    "filter.x.clean",
    "filter.x.smudge",
    "filter.x.process",
    "gpg.program",
    "gpg.ssh.program",
    "uploadpack.packObjectsHook",
];

#[cfg(unix)]
#[test]
fn nothing_that_a_repository_names_is_run() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new().article("a.md", "title: A\ndate: 2024-01-01", "Words.");
    let folder = site.folder();
    git(folder, "2024-01-01", &["init", "-q"]);
    git(folder, "2024-01-01", &["add", "."]);
    git(folder, "2024-01-01", &["commit", "-qm", "First"]);
    site.write("content/articles/a.md", text(&site, "content/articles/a.md").replace("Words", "Better words"));
    git(folder, "2026-05-06", &["commit", "-qam", "Second"]);
    let (program, mark) = (site.path("program"), site.path("it-ran"));
    site.write("program", format!("#!/bin/sh\necho \"$0 $@\" >> '{}'\nexit 0\n", mark.display()));
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("permissions");
    let program = program.to_string_lossy().into_owned();
    for key in PROGRAMS {
        git(folder, "2026-05-06", &["config", key, &program]);
    }
    let hooks = site.path(".git/hooks");
    for hook in ["post-index-change", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc"] {
        fs::create_dir_all(&hooks).expect("a folder");
        fs::copy(&program, hooks.join(hook)).expect("a hook");
    }
    git(folder, "2026-05-06", &["config", "log.showSignature", "true"]);
    git(folder, "2026-05-06", &["config", "pager.log", "true"]);
    site.write("included", format!("[core]\n\tfsmonitor = {program}\n[pager]\n\tlog = {program}\n"));
    git(folder, "2026-05-06", &["config", "include.path", "../included"]);
    site.write(".gitattributes", "*.md diff=x filter=x\n");
    let _ = fs::remove_file(&mark);
    assert_eq!(fix(&site).status.code(), Some(0));
    assert!(!mark.exists(), "{}", fs::read_to_string(&mark).unwrap_or_default());
    assert!(text(&site, "content/articles/a.md").contains("updated: 2026-05-06"), "the history was read");
}

#[test]
fn the_history_is_read_from_packed_branches_and_other_work_trees() {
    let site = Site::new().article("a.md", "title: A\ndate: 2024-01-01", "Words.");
    let folder = site.folder();
    git(folder, "2024-01-01", &["init", "-q"]);
    git(folder, "2024-01-01", &["add", "."]);
    git(folder, "2024-01-01", &["commit", "-qm", "First"]);
    site.write("content/articles/a.md", text(&site, "content/articles/a.md").replace("Words", "Better words"));
    git(folder, "2026-05-06", &["commit", "-qam", "Second"]);
    git(folder, "2026-05-06", &["pack-refs", "--all"]);
    git(folder, "2026-05-06", &["worktree", "add", "-q", "-b", "other", "sites/other"]);
    let mut command = letterpress(&["check", "--as-of", "2026-11-01", "--fix", "--dry-run", "--source"]);
    let shown = command.arg(site.path("sites/other")).output().expect("a run");
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("+ updated: 2026-05-06"), "{shown}");
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_every_command_quietly() {
    let site = Site::new().article("a.md", "title: A", "See https://www.example.org/.\n");
    let folder = site.folder().to_string_lossy().into_owned();
    let commands: &[&[&str]] = &[
        &["completions", "bash"],
        &["completions", "zsh"],
        &["reference"],
        &["--help"],
        &["check", "--rules"],
        &["check", "--json-schema"],
        &["check", "--format", "json", "--source", &folder],
        &["check", "--format", "sarif", "--source", &folder],
        &["check", "--fix", "--dry-run", "--source", &folder],
        &["translations", "--source", &folder],
        &["build", "--source", &folder],
    ];
    for arguments in commands {
        let mut child =
            letterpress(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("fault of the program") && !said.contains("roken pipe"), "{arguments:?}: {said}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    }
}
