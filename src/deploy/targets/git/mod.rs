//! A branch of a Git repository, such as `gh-pages`, through the `git` that is installed.
//!
//! A deployment is one commit, which readers meet whole. It is made in the site's own repository, whose settings and credentials so count, or in
//! one of its own if the site is in none; neither files nor branches of the site's repository are touched. The commit is pushed as a successor
//! of the one that was compared with, so that of two deployments at once the second is refused.

mod command;
mod rejection;

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::deploy::deployment::Deployment;
use crate::deploy::failure::DeployError;
use crate::deploy::local::LocalFile;
use crate::deploy::plan::Listing;
use crate::deploy::record::Mark;
use crate::deploy::target::{OnDeleted, OnSent, Target, Version};
use crate::deploy::targets::retry::retried;
use crate::source::CONFIG_FILE;
use command::{Failed, Git};

/// A branch, and what is to be changed in it.
pub(super) struct Branch {
    git: Git,
    /// The name of a remote, or an address.
    repository: String,
    branch: String,
    prefix: String,
    /// The last commit; `None` if there is no such branch yet.
    parent: Option<String>,
    /// Lines for the index, in order.
    staged: Mutex<Vec<String>>,
    /// The index, and the repository if the site is in none.
    scratch: tempfile::TempDir,
}

/// Fetches the branch of a deployment.
pub(super) fn open(deployment: &Deployment<'_>, repository: &str, branch: &str) -> Result<Branch, DeployError> {
    let scratch = tempfile::tempdir();
    let scratch =
        scratch.map_err(|error| DeployError::machine(format!("could not create a temporary folder: {error}")))?;
    let git = repository_of(deployment, repository, scratch.path().join("repository"))?
        .with_index(scratch.path().join("index"));
    if git.text(&["check-ref-format", "--branch", branch]).is_err() {
        return Err(DeployError::usage(format!(
            "`{branch}` is not the name of a branch. Mend `branch` in `[deploy.{}]`.",
            deployment.name
        )));
    }
    let prefix = deployment.settings.prefix.clone();
    let opened = Branch {
        git,
        repository: repository.to_owned(),
        branch: branch.to_owned(),
        prefix,
        parent: None,
        staged: Mutex::default(),
        scratch,
    };
    let parent = opened.fetch()?;
    let opened = Branch { parent, ..opened };
    opened.refuse_sources(deployment.name)?;
    Ok(opened)
}

/// The site's own repository; a new one if it is in none, and an address is given.
fn repository_of(deployment: &Deployment<'_>, repository: &str, own: PathBuf) -> Result<Git, DeployError> {
    let site = Git::in_folder(deployment.site);
    let is_in_one = match site.text(&["rev-parse", "--git-dir"]) {
        Ok(_) => true,
        Err(Failed::Start(error)) => return Err(no_git(&error)),
        Err(Failed::Status(_)) => false,
    };
    let is_name = !repository.contains(['/', '\\', ':']);
    if is_name && (!is_in_one || site.text(&["remote", "get-url", "--push", repository]).is_err()) {
        let name = deployment.name;
        return Err(DeployError::usage(format!(
            "the site is in no Git repository with a remote `{repository}`. Add one by `git remote add {repository} ADDRESS`, or write the \
             repository's address as `repository` in `[deploy.{name}]`."
        )));
    }
    if is_in_one {
        return Ok(site);
    }
    let made = site.text(&["init", "--quiet", "--bare", &own.to_string_lossy()]);
    made.map_err(|failed| DeployError::machine(format!("could not create a Git repository: {failed}")))?;
    Ok(site.with_repository(own))
}

fn no_git(error: &std::io::Error) -> DeployError {
    match error.kind() {
        std::io::ErrorKind::NotFound => DeployError::usage(
            "`git` is not installed, or not on the PATH. Install it (https://git-scm.com), and deploy again.",
        ),
        _ => DeployError::machine(format!("could not start `git`: {error}")),
    }
}

impl Branch {
    /// Fetches the last commit of the branch; `None` if there is no such branch.
    fn fetch(&self) -> Result<Option<String>, DeployError> {
        let reference = format!("refs/heads/{}", self.branch);
        let found = self.remotely(&["ls-remote", &self.repository, &reference])?;
        let Some(commit) = found.split_whitespace().next().map(str::to_owned) else { return Ok(None) };
        if self.git.text(&["cat-file", "-e", &format!("{commit}^{{commit}}")]).is_err() {
            // A repository that has all of its history would be cut short by a shallow commit in it.
            let is_shallow =
                !self.git.text(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|told| told.trim() == "false");
            let is_own = self.scratch.path().join("repository").exists();
            let depth: &[&str] = if is_shallow || is_own { &["--depth=1"] } else { &[] };
            let fetch =
                [&["fetch", "--quiet", "--no-tags", "--no-write-fetch-head"], depth, &[&self.repository, &reference]]
                    .concat();
            self.remotely(&fetch)?;
        }
        Ok(Some(commit))
    }

    /// Runs a command that goes to the remote repository, again if the network failed.
    fn remotely(&self, arguments: &[&str]) -> Result<String, DeployError> {
        let done = retried(|failed: &Failed| rejection::may_pass(&failed.to_string()), || self.git.text(arguments));
        done.map_err(|failed| match failed {
            Failed::Start(error) => no_git(&error),
            Failed::Status(message) => rejection::explained(&self.name(), &message),
        })
    }

    fn locally(&self, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, DeployError> {
        let failed = |failed: Failed| {
            DeployError::machine(format!("`git {}` failed: {failed}", arguments.first().unwrap_or(&"")))
        };
        self.git.output(arguments, input).map_err(failed)
    }

    /// A branch with the site's sources is not one for the site.
    fn refuse_sources(&self, name: &str) -> Result<(), DeployError> {
        if !self.prefix.is_empty() || self.entries(CONFIG_FILE)?.is_empty() {
            return Ok(());
        }
        Err(DeployError::usage(format!(
            "the branch `{}` has a {CONFIG_FILE}: it is one of sources. Choose another `branch` in `[deploy.{name}]`, such as `gh-pages`, or \
             a folder in it by `prefix`.",
            self.branch
        )))
    }

    /// A file's name in the branch.
    fn inside(&self, file: &str) -> String {
        if self.prefix.is_empty() { file.to_owned() } else { format!("{}/{file}", self.prefix) }
    }

    /// What the commit has at a path, or below it: mode, object, length, name.
    fn entries(&self, path: &str) -> Result<Vec<(String, Mark)>, DeployError> {
        let Some(parent) = &self.parent else { return Ok(Vec::new()) };
        let mut arguments = vec!["ls-tree", "-r", "-l", "-z", "--full-tree", parent];
        if !path.is_empty() {
            arguments.extend(["--", path]);
        }
        let listed = self.locally(&arguments, b"")?;
        Ok(String::from_utf8_lossy(&listed).split_terminator('\0').filter_map(entry).collect())
    }

    fn stage(&self, line: String) {
        self.staged.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }

    fn stage_file(&self, file: &str, object: &str) {
        self.stage(format!("100644 {object}\t{}\0", self.inside(file)));
    }

    /// Stores files as objects, and returns the objects' names in the order of the files.
    fn store(&self, files: &[&LocalFile]) -> Result<Vec<String>, DeployError> {
        let paths = files.iter().map(|file| file.path.canonicalize().map(|path| (file, path)));
        let mut lines = Vec::new();
        for path in paths {
            let (_, path) =
                path.map_err(|error| DeployError::machine(format!("could not read the output folder: {error}")))?;
            lines.extend_from_slice(plain(&path.to_string_lossy()).as_bytes());
            lines.push(b'\n');
        }
        let stored = self.locally(&["hash-object", "-w", "--no-filters", "--stdin-paths"], &lines)?;
        let objects: Vec<String> = String::from_utf8_lossy(&stored).lines().map(str::to_owned).collect();
        match objects.len() == files.len() {
            true => Ok(objects),
            false => Err(DeployError::machine("`git hash-object` did not store every file")),
        }
    }

    fn commit(&self) -> Result<String, DeployError> {
        let staged = self.staged.lock().unwrap_or_else(PoisonError::into_inner).concat();
        if let Some(parent) = &self.parent {
            self.locally(&["read-tree", parent], b"")?;
        }
        self.locally(&["update-index", "-z", "--replace", "--index-info"], staged.as_bytes())?;
        let tree = self.line(&["write-tree"])?;
        let parent = self.parent.iter().flat_map(|parent| ["-p", parent.as_str()]);
        let arguments: Vec<&str> =
            ["commit-tree", tree.as_str(), "-m", "Deploy the site"].into_iter().chain(parent).collect();
        self.line(&arguments)
    }

    fn line(&self, arguments: &[&str]) -> Result<String, DeployError> {
        Ok(String::from_utf8_lossy(&self.locally(arguments, b"")?).trim().to_owned())
    }
}

/// Windows' long paths begin with `\\?\`, which Git doesn't know.
fn plain(path: &str) -> &str {
    path.strip_prefix(r"\\?\").unwrap_or(path)
}

/// `MODE blob OBJECT LENGTH<tab>NAME`. A link or a repository within is nothing that a deployment wrote.
fn entry(line: &str) -> Option<(String, Mark)> {
    let (head, name) = line.split_once('\t')?;
    let mut words = head.split_whitespace();
    let (mode, _, object, length) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let length = if mode == "100644" { length.parse().ok()? } else { u64::MAX };
    Some((name.to_owned(), Mark { length, tag: Some(object.to_owned()) }))
}

impl Target for Branch {
    fn name(&self) -> String {
        let within = if self.prefix.is_empty() { String::new() } else { format!("the folder {} in ", self.prefix) };
        format!("{within}the branch {} of {}", self.branch, self.repository)
    }

    fn is_disk(&self) -> bool {
        true
    }

    fn needs_lock(&self) -> bool {
        false
    }

    fn read_version(&self, file: &str) -> Result<Option<(Vec<u8>, Version)>, DeployError> {
        let entries = self.entries(&self.inside(file))?;
        let Some(object) = entries.into_iter().next().and_then(|(_, mark)| mark.tag) else { return Ok(None) };
        let bytes = self.locally(&["cat-file", "blob", &object], b"")?;
        Ok(Some((bytes, Version { tag: Some(object), version: None })))
    }

    fn write(&self, file: &str, bytes: Vec<u8>) -> Result<(), DeployError> {
        let object = self.locally(&["hash-object", "-w", "--stdin"], &bytes)?;
        self.stage_file(file, String::from_utf8_lossy(&object).trim());
        Ok(())
    }

    fn create(&self, file: &str, bytes: Vec<u8>) -> Result<Option<Version>, DeployError> {
        self.write(file, bytes).map(|()| Some(Version::default()))
    }

    fn replace(&self, file: &str, bytes: Vec<u8>, _: &Version) -> Result<Option<Version>, DeployError> {
        self.create(file, bytes)
    }

    fn list(&self) -> Result<Listing, DeployError> {
        let below = self.inside("");
        let entries = self.entries(self.prefix.as_str())?;
        Ok(entries.into_iter().filter_map(|(name, mark)| Some((name.strip_prefix(&below)?.to_owned(), mark))).collect())
    }

    fn send(&self, files: &[&LocalFile], sent: OnSent<'_>) -> Result<(), DeployError> {
        for (place, object) in self.store(files)?.into_iter().enumerate() {
            self.stage_file(&files[place].name, &object);
            sent(place, Mark { length: files[place].length, tag: Some(object) });
        }
        Ok(())
    }

    fn delete(&self, files: &[String], deleted: OnDeleted<'_>) -> Result<(), DeployError> {
        let none = "0".repeat(self.parent.as_ref().map_or(40, String::len));
        for file in files {
            self.stage(format!("0 {none}\t{}\0", self.inside(file)));
            deleted(file);
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), DeployError> {
        let commit = self.commit()?;
        self.remotely(&["push", "--quiet", &self.repository, &format!("{commit}:refs/heads/{}", self.branch)])?;
        Ok(())
    }
}
