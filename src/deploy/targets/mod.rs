//! The places that a site can be sent to.

mod folder;
mod git;
mod retry;
mod store;

use std::path::Path;

use super::deployment::Deployment;
use super::failure::DeployError;
use super::target::Target;
use crate::config::DeployTo;

/// The target of a deployment.
///
/// # Errors
/// If it is not there, or what it needs is missing: credentials, a program.
pub(super) fn open(deployment: &Deployment<'_>) -> Result<Box<dyn Target>, DeployError> {
    let settings = deployment.settings;
    Ok(match &settings.to {
        DeployTo::Folder(folder) => Box::new(folder::open(deployment, Path::new(folder))?),
        DeployTo::Git { repository, branch } => Box::new(git::open(deployment, repository, branch)?),
        DeployTo::S3 { .. } | DeployTo::Gcs { .. } | DeployTo::Azure { .. } => Box::new(store::open(settings)?),
    })
}
