//! What is deployed, where to, and what is allowed on the way.

use std::path::Path;

use crate::config::{Config, DeploySettings};

/// What is deployed, and where to.
#[derive(Debug, Clone, Copy)]
pub struct Deployment<'a> {
    /// The site's folder.
    pub site: &'a Path,
    /// The folder that the site was built into.
    pub output: &'a Path,
    /// The site's settings.
    pub config: &'a Config,
    /// The deployment's name in the settings.
    pub name: &'a str,
    /// The deployment's settings.
    pub settings: &'a DeploySettings,
}

/// What is allowed that could cost somebody a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Allowed {
    /// More deletions than the settings allow.
    pub deletions: bool,
    /// Replacing files that no deployment of this site put there.
    pub take_over: bool,
}
