//! Why a deployment stopped, in words that are safe to print: nothing of a credential is in them.

use std::fmt;
use std::path::Path;

use super::secrets::redacted;

/// Why a deployment stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeployError {
    /// What is wrong and what to do about it.
    message: String,
    /// Whether another command line, setting or environment would do; else a machine or a network failed.
    pub is_usage: bool,
}

impl DeployError {
    /// One that another command line, setting or environment mends.
    pub(super) fn usage(message: impl AsRef<str>) -> Self {
        Self { message: redacted(message.as_ref()), is_usage: true }
    }

    /// One of a machine or a network.
    pub(super) fn machine(message: impl AsRef<str>) -> Self {
        Self { message: redacted(message.as_ref()), is_usage: false }
    }

    /// A file of this machine that can't be read or written.
    pub(super) fn file(doing: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::machine(format!("could not {doing} {}: {error}", path.display()))
    }
}

impl fmt::Display for DeployError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for DeployError {}
