//! What a deployment asks of the place that it sends a site to.

use super::failure::DeployError;
use super::local::LocalFile;
use super::plan::Listing;
use super::record::Mark;

/// Receives the place of each sent file in its list, and how the target tells it from others. Called from several threads.
pub(super) type OnSent<'a> = &'a (dyn Fn(usize, Mark) + Sync);
/// Receives the name of each deleted file.
pub(super) type OnDeleted<'a> = &'a (dyn Fn(&str) + Sync);

/// A state of a small file, by which a target knows whether somebody changed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) tag: Option<String>,
    pub(super) version: Option<String>,
}

/// A place that a site can be sent to. Names of files are below the place, with `/` on every system.
pub(super) trait Target {
    /// What people call it.
    fn name(&self) -> String;
    /// Whether it serves files with headers that a deployment chooses.
    fn has_headers(&self) -> bool {
        false
    }
    /// Whether a name there excludes others, as on a disk: those below it, and those that differ in case alone.
    fn is_disk(&self) -> bool {
        false
    }
    /// Whether two deployments at once could mix.
    fn needs_lock(&self) -> bool {
        true
    }
    /// A small file; `None` if there is none.
    fn read(&self, file: &str) -> Result<Option<Vec<u8>>, DeployError> {
        Ok(self.read_version(file)?.map(|(bytes, _)| bytes))
    }
    /// A small file with its state.
    fn read_version(&self, file: &str) -> Result<Option<(Vec<u8>, Version)>, DeployError>;
    /// Writes a small file, new or not.
    fn write(&self, file: &str, bytes: Vec<u8>) -> Result<(), DeployError>;
    /// Writes a small file that is not there; `None` if it is.
    fn create(&self, file: &str, bytes: Vec<u8>) -> Result<Option<Version>, DeployError>;
    /// Replaces a small file; `None` if it isn't in that state any more.
    fn replace(&self, file: &str, bytes: Vec<u8>, version: &Version) -> Result<Option<Version>, DeployError>;
    /// Everything that is there.
    fn list(&self) -> Result<Listing, DeployError>;
    /// Whether a file whose state differs has the bytes of that hash all the same, where that can be seen without sending them.
    fn has_bytes(&self, _file: &str, _hash: &str) -> bool {
        false
    }
    /// Sends files, in any order.
    fn send(&self, files: &[&LocalFile], sent: OnSent<'_>) -> Result<(), DeployError>;
    /// Deletes files, of which some may be gone already.
    fn delete(&self, files: &[String], deleted: OnDeleted<'_>) -> Result<(), DeployError>;
    /// Makes what was sent visible, where that is one change.
    fn finish(&self) -> Result<(), DeployError> {
        Ok(())
    }
}
