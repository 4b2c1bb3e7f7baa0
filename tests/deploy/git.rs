//! Deployments to a branch, with the `git` of this machine and repositories in folders.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Site, killed, printed};

fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for (name, value) in [("NAME", "Ann"), ("EMAIL", "ann@example.org")] {
        command.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
    }
    let output = command.args(arguments).output().expect("git");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A site in a repository with a bare one as its `origin`.
fn in_repository(deploy: &str) -> Site {
    let site = Site::new(deploy);
    let folder = site.folder();
    git(folder, &["init", "--quiet", "--initial-branch=main"]);
    git(folder, &["init", "--quiet", "--bare", "--initial-branch=main", "remote.git"]);
    git(folder, &["remote", "add", "origin", &site.path("remote.git").to_string_lossy()]);
    site.write(".gitignore", "public/\nremote.git/\n");
    git(folder, &["add", "content", "letterpress.toml", ".gitignore"]);
    git(folder, &["commit", "--quiet", "-m", "A site"]);
    site
}

const TO_PAGES: &str = "[deploy.pages]\nto = \"git\"";

fn branch_files(site: &Site, branch: &str) -> Vec<(String, Vec<u8>)> {
    let remote = site.path("remote.git");
    let commit = git(&remote, &["rev-parse", branch]);
    let commit = commit.trim();
    let names = git(&remote, &["ls-tree", "-r", "--name-only", commit]);
    let own = |name: &&str| !name.starts_with(".letterpress-");
    let content = |name: &str| {
        let output = Command::new("git")
            .current_dir(&remote)
            .args(["cat-file", "blob", &format!("{commit}:{name}")])
            .output()
            .expect("git");
        (name.to_owned(), output.stdout)
    };
    let mut files: Vec<_> = names.lines().filter(own).map(content).collect();
    files.sort();
    files
}

#[test]
fn a_branch_gets_one_commit_a_deployment_and_the_sources_are_left_alone() {
    let site = in_repository(TO_PAGES);
    let first = site.deploy(&[], 0);
    assert!(first.contains("sent to the branch gh-pages of origin"), "{first}");
    assert_eq!(branch_files(&site, "gh-pages"), site.built());
    assert!(site.deploy(&[], 0).contains("Nothing changed"));
    site.article("pay", "Other words.");
    site.remove("content/articles/notice.md");
    site.deploy(&[], 0);
    assert_eq!(branch_files(&site, "gh-pages"), site.built());
    assert_eq!(git(&site.path("remote.git"), &["rev-list", "--count", "gh-pages"]).trim(), "2");
    let changed = git(&site.path("remote.git"), &["diff", "--name-only", "gh-pages~1", "gh-pages"]);
    assert!(changed.contains("articles/pay/index.html") && !changed.contains("assets/"), "{changed}");
    assert_eq!(git(site.folder(), &["branch", "--format=%(refname:short)"]).trim(), "main");
    assert_eq!(
        git(site.folder(), &["status", "--porcelain", "--untracked-files=no"]).lines().count(),
        2,
        "only the editor's two changes"
    );
}

#[test]
fn a_detached_worktree_and_one_of_a_hook_deploy_as_any_other() {
    let site = in_repository(TO_PAGES);
    git(site.folder(), &["checkout", "--quiet", "--detach"]);
    let mut run = site.command(&[]);
    run.env("GIT_DIR", "/nowhere/.git").env("GIT_INDEX_FILE", "/nowhere/index").env("GIT_WORK_TREE", "/nowhere");
    printed(&run.output().expect("a run"), 0);
    assert_eq!(branch_files(&site, "gh-pages"), site.built());
}

#[test]
fn others_files_in_the_branch_stay_and_are_not_replaced() {
    let site = in_repository(TO_PAGES);
    let other = tempfile::tempdir().expect("a folder");
    git(other.path(), &["clone", "--quiet", &site.path("remote.git").to_string_lossy(), "clone"]);
    let clone = other.path().join("clone");
    git(&clone, &["checkout", "--quiet", "--orphan", "gh-pages"]);
    fs::write(clone.join("keep.txt"), "mine").expect("a file");
    fs::write(clone.join("robots.txt"), "mine").expect("a file");
    git(&clone, &["add", "."]);
    git(&clone, &["commit", "--quiet", "-m", "Mine"]);
    git(&clone, &["push", "--quiet", "origin", "gh-pages"]);
    let refused = site.deploy(&[], 2);
    assert!(refused.contains("robots.txt") && refused.contains("--take-over"), "{refused}");
    site.deploy(&["--take-over"], 0);
    assert!(branch_files(&site, "gh-pages").contains(&("keep.txt".to_owned(), b"mine".to_vec())));
}

#[test]
fn a_push_that_came_first_is_not_undone() {
    let site = in_repository(TO_PAGES);
    site.deploy(&[], 0);
    let first = git(&site.path("remote.git"), &["rev-parse", "gh-pages"]);
    // Somebody else pushes after the branch was fetched and before this deployment is pushed.
    let hook = site.path(".git/hooks/pre-push");
    let tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    let remote = site.path("remote.git");
    let script = format!(
        "#!/bin/sh\nunset GIT_DIR GIT_INDEX_FILE\ncd {remote:?} || exit 9\ngit mktree </dev/null >/dev/null\n\
         git update-ref refs/heads/gh-pages $(GIT_AUTHOR_NAME=B GIT_AUTHOR_EMAIL=b@x GIT_COMMITTER_NAME=B GIT_COMMITTER_EMAIL=b@x git \
         commit-tree {tree} -p {first} -m other)\n",
        first = first.trim()
    );
    fs::write(&hook, script).expect("a hook");
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut fs::metadata(&hook).expect("it").permissions(), 0o755);
    Command::new("chmod").arg("+x").arg(&hook).status().expect("chmod");
    site.article("pay", "Other words.");
    let refused = site.deploy(&[], 2);
    assert!(refused.contains("somebody else pushed"), "{refused}");
    assert_eq!(git(&remote, &["log", "-1", "--format=%s", "gh-pages"]).trim(), "other");
}

#[test]
fn a_killed_deployment_pushes_all_of_it_or_nothing() {
    let site = in_repository(TO_PAGES);
    site.deploy(&[], 0);
    for round in 0..8 {
        let before = branch_files(&site, "gh-pages");
        site.article("pay", &format!("Words of round {round}."));
        let start = Instant::now();
        let child = site.command(&[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a run");
        killed(child, || start.elapsed() > Duration::from_millis(60 * round));
        let after = branch_files(&site, "gh-pages");
        assert!(after == before || after == site.built(), "round {round}");
        // The `git push` of a killed run may go on, and come first.
        let resumed = site.command(&[]).output().expect("a run");
        if String::from_utf8_lossy(&resumed.stderr).contains("somebody else pushed") {
            site.deploy(&[], 0);
        }
        assert_eq!(branch_files(&site, "gh-pages"), site.built(), "round {round}");
    }
}

#[test]
fn a_rule_of_the_repository_is_reported_with_its_words_and_without_credentials() {
    let site = in_repository(TO_PAGES);
    site.write("remote.git/hooks/pre-receive", "#!/bin/sh\necho 'only on Mondays' >&2\nexit 1\n");
    Command::new("chmod").arg("+x").arg(site.path("remote.git/hooks/pre-receive")).status().expect("chmod");
    let refused = site.deploy(&["--verbose"], 2);
    assert!(refused.contains("only on Mondays") && refused.contains("a rule of its own"), "{refused}");

    let site = in_repository("[deploy.pages]\nto = \"git\"\nrepository = \"https://ann:hush-hush@127.0.0.1:9/a.git\"");
    let failed = site.command(&["--verbose"]).output().expect("a run");
    let text = String::from_utf8_lossy(&failed.stderr).into_owned();
    assert!(!failed.status.success() && text.contains("127.0.0.1:9") && !text.contains("hush-hush"), "{text}");
}

#[test]
fn what_git_needs_is_said() {
    let site = Site::new(TO_PAGES);
    let refused = site.deploy(&[], 2);
    assert!(
        refused.contains("no Git repository with a remote `origin`") && refused.contains("git remote add"),
        "{refused}"
    );
    let site = in_repository("[deploy.pages]\nto = \"git\"\nrepository = \"no-such/place.git\"");
    let refused = site.deploy(&[], 2);
    assert!(refused.contains("there is no such repository"), "{refused}");
    let site = in_repository("[deploy.pages]\nto = \"git\"\nbranch = \"a b\"");
    assert!(site.deploy(&[], 2).contains("not the name of a branch"));
    let site = in_repository("[deploy.pages]\nto = \"git\"\nbranch = \"main\"");
    git(site.folder(), &["push", "--quiet", "origin", "main"]);
    let refused = site.deploy(&[], 2);
    assert!(refused.contains("it is one of sources"), "{refused}");
    let mut run = site.command(&[]);
    let refused = printed(&run.env("PATH", "/nowhere").output().expect("a run"), 2);
    assert!(refused.contains("`git` is not installed"), "{refused}");
}

#[test]
fn a_folder_of_the_branch_of_sources_can_hold_the_site_and_an_address_needs_no_repository() {
    let site = in_repository("[deploy.pages]\nto = \"git\"\nbranch = \"main\"\nprefix = \"docs\"");
    git(site.folder(), &["push", "--quiet", "origin", "main"]);
    site.deploy(&[], 0);
    let files = branch_files(&site, "main");
    assert!(
        files.iter().any(|(name, _)| name == "docs/index.html")
            && files.iter().any(|(name, _)| name == "letterpress.toml")
    );
    assert!(site.deploy(&[], 0).contains("Nothing changed"));

    let alone = Site::new("[deploy.pages]\nto = \"git\"\nrepository = \"./remote.git\"");
    git(alone.folder(), &["init", "--quiet", "--bare", "remote.git"]);
    alone.deploy(&[], 0);
    alone.article("pay", "Other words.");
    alone.deploy(&[], 0);
    assert_eq!(branch_files(&alone, "gh-pages"), alone.built());
}
