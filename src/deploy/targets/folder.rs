//! A folder, which may be on a share that is mounted. Each file is written under another name and renamed, so that readers meet it whole.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rayon::ThreadPool;
use rayon::prelude::*;
use walkdir::WalkDir;

use super::retry::{may_pass, retried};
use crate::deploy::deployment::Deployment;
use crate::deploy::failure::DeployError;
use crate::deploy::local::LocalFile;
use crate::deploy::plan::Listing;
use crate::deploy::record::Mark;
use crate::deploy::target::{OnDeleted, OnSent, Target, Version};
use crate::files::{bounded, sweep, temporary, write_whole};
use crate::{publish, storage};

/// A folder.
pub(super) struct Folder {
    folder: PathBuf,
    pool: ThreadPool,
}

/// Opens the folder of a deployment. If only itself is missing, it is made with the first file.
pub(super) fn open(deployment: &Deployment<'_>, folder: &Path) -> Result<Folder, DeployError> {
    let folder = deployment.site.join(folder);
    refuse_unfit(deployment, &folder)?;
    let is_below =
        |folder: &Path| folder.parent().is_some_and(|parent| parent.as_os_str().is_empty() || parent.is_dir());
    if !folder.is_dir() && !is_below(&folder) {
        return Err(DeployError::usage(format!(
            "there is no folder {}, nor the one above it. If it is on a share, mount it; else make it, or mend `folder` in `[deploy.{}]`.",
            folder.display(),
            deployment.name,
        )));
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(deployment.settings.connections).build();
    let pool = pool.map_err(|error| DeployError::machine(format!("could not start threads: {error}")))?;
    Ok(Folder { folder, pool })
}

/// Refuses folders in which a deployment could cost somebody's work.
fn refuse_unfit(deployment: &Deployment<'_>, folder: &Path) -> Result<(), DeployError> {
    let canonical =
        |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf());
    let (target, output) = (canonical(folder), canonical(deployment.output));
    let is_output = target.starts_with(&output) || output.starts_with(&target);
    let unfit = publish::check_folder(deployment.site, folder).err().map(|refusal| refusal.reason);
    let reason = unfit.or(is_output.then_some("is, holds or lies in the folder that the site is built into"));
    reason.map_or(Ok(()), |reason| {
        let name = deployment.name;
        Err(DeployError::usage(format!(
            "{} can't be deployed to: it {reason}. Mend `folder` in `[deploy.{name}]`.",
            folder.display()
        )))
    })
}

impl Folder {
    fn path(&self, file: &str) -> PathBuf {
        file.split('/').fold(self.folder.clone(), |path, part| path.join(part))
    }

    fn send_one(&self, file: &LocalFile) -> Result<Mark, DeployError> {
        let path = self.path(&file.name);
        let bytes = file.read()?;
        let attempt = || {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            write_whole(&path, &bytes)?;
            fs::symlink_metadata(&path)
        };
        // The error of a whole write names its file already.
        retried(may_pass, attempt)
            .map(|written| mark(&written))
            .map_err(|error| DeployError::machine(message(&error, &path)))
    }

    /// Removes the folders that deletions left empty, the deepest first. Those that hold something of somebody else's stay.
    fn prune(&self, files: &[String]) {
        let folders: BTreeSet<&str> =
            files.iter().flat_map(|file| file.match_indices('/').map(|(at, _)| &file[..at])).collect();
        for folder in folders.iter().rev() {
            let _ = fs::remove_dir(self.path(folder));
        }
    }
}

fn message(error: &io::Error, path: &Path) -> String {
    let (text, shown) = (error.to_string(), path.display().to_string());
    let what = if text.contains(&shown) { text } else { format!("could not write {shown}: {error}") };
    let hint = match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => " Check who may write to the folder.",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => " Make room there, and deploy again.",
        _ => " Check that the disk or share is there, and deploy again.",
    };
    format!("{what}.{hint}")
}

/// Its length, and when it was last changed.
fn mark(found: &Metadata) -> Mark {
    let modified = found.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Mark { length: found.len(), tag: modified.map(|time| format!("{}.{:09}", time.as_secs(), time.subsec_nanos())) }
}

fn version(bytes: &[u8]) -> Version {
    Version { tag: Some(storage::Fingerprint::of(bytes).to_string()), version: None }
}

impl Target for Folder {
    fn name(&self) -> String {
        self.folder.display().to_string()
    }

    fn is_disk(&self) -> bool {
        true
    }

    fn read_version(&self, file: &str) -> Result<Option<(Vec<u8>, Version)>, DeployError> {
        let path = self.path(file);
        match retried(may_pass, || bounded::read_named(&path, bounded::LARGEST_FILE)) {
            Ok(bytes) => {
                let version = version(&bytes);
                Ok(Some((bytes, version)))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(DeployError::file("read", &path, &error)),
        }
    }

    fn write(&self, file: &str, bytes: Vec<u8>) -> Result<(), DeployError> {
        let path = self.path(file);
        retried(may_pass, || write_whole(&path, &bytes)).map_err(|error| DeployError::machine(message(&error, &path)))
    }

    fn create(&self, file: &str, bytes: Vec<u8>) -> Result<Option<Version>, DeployError> {
        let path = self.path(file);
        if let Err(error) = fs::create_dir_all(&self.folder) {
            return Err(DeployError::file("create", &self.folder, &error));
        }
        let created = fs::File::create_new(&path).and_then(|mut created| io::Write::write_all(&mut created, &bytes));
        match created {
            Ok(()) => Ok(Some(version(&bytes))),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(None),
            Err(error) => Err(DeployError::machine(message(&error, &path))),
        }
    }

    fn replace(&self, file: &str, bytes: Vec<u8>, known: &Version) -> Result<Option<Version>, DeployError> {
        if self.read_version(file)?.is_none_or(|(_, found)| found != *known) {
            return Ok(None);
        }
        let next = version(&bytes);
        self.write(file, bytes)?;
        // A folder has no conditional write: of two that replaced the file at the same moment, the last one has it.
        Ok(self.read_version(file)?.filter(|(_, found)| *found == next).map(|(_, found)| found))
    }

    fn list(&self) -> Result<Listing, DeployError> {
        let mut listing = Listing::new();
        if !self.folder.is_dir() {
            return Ok(listing);
        }
        for entry in WalkDir::new(&self.folder).min_depth(1) {
            let failed = |error: walkdir::Error| {
                DeployError::machine(format!("could not list {}: {error}", self.folder.display()))
            };
            let entry = entry.map_err(failed)?;
            if entry.file_type().is_dir() {
                continue;
            }
            let below = entry.path().strip_prefix(&self.folder).unwrap_or(entry.path());
            let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            let found = entry.metadata().map_err(failed)?;
            // A link is not a file that a deployment wrote.
            let mark = if found.is_file() { mark(&found) } else { Mark { length: u64::MAX, tag: None } };
            listing.insert(parts.join("/"), mark);
        }
        Ok(listing)
    }

    /// A share may give a file another time than it had when it was written.
    fn has_bytes(&self, file: &str, hash: &str) -> bool {
        let bytes = bounded::read_named(&self.path(file), bounded::LARGEST_FILE);
        bytes.is_ok_and(|bytes| storage::Fingerprint::of(&bytes).to_string() == hash)
    }

    fn send(&self, files: &[&LocalFile], sent: OnSent<'_>) -> Result<(), DeployError> {
        let send = |(place, file): (usize, &&LocalFile)| self.send_one(file).map(|mark| sent(place, mark));
        self.pool.install(|| files.par_iter().enumerate().try_for_each(send))
    }

    fn delete(&self, files: &[String], deleted: OnDeleted<'_>) -> Result<(), DeployError> {
        for file in files {
            let path = self.path(file);
            // What a deployment that was cut off may have left of it.
            let _ = fs::remove_file(temporary(&path));
            match retried(may_pass, || fs::remove_file(&path)) {
                Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                    return Err(DeployError::file("delete", &path, &error));
                }
                _ => deleted(file),
            }
        }
        self.prune(files);
        Ok(())
    }

    fn finish(&self) -> Result<(), DeployError> {
        sweep(&self.folder);
        Ok(())
    }
}
