//! What deployments of a site put at a target, stored there as one file that readers don't need.
//!
//! It names a file before that is first sent, so a file of ours is known as ours whenever a deployment ends; and it names a file until that has
//! been deleted. A hash is in it only if the file with that hash has been sent whole.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::failure::DeployError;

/// Its name at the target.
pub const RECORD_FILE: &str = ".letterpress-deployed.json";

/// Counts up when an older program could misunderstand it.
const EDITION: u32 = 1;

/// What deployments put at a target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    edition: u32,
    /// The address of the site that it is of.
    pub(super) site: String,
    /// The files that are ours, by name.
    pub(super) files: BTreeMap<String, Sent>,
    /// What changed since the last deployment that was not cut off.
    #[serde(default)]
    pub(super) changed: BTreeSet<String>,
}

/// A file at the target, as it was left there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sent {
    /// The hash that it had here. Empty: it may be old, new or gone.
    pub(super) hash: String,
    /// How the target tells it from others.
    #[serde(flatten)]
    pub(super) mark: Mark,
}

/// How a target tells a file from others, as far as it does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// Its bytes there.
    pub(super) length: u64,
    /// The target's own word for its state: an entity tag, a time, an object's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tag: Option<String>,
}

impl Mark {
    /// Whether a file has not been changed since it was marked, as far as can be told.
    pub(super) fn is_of(&self, found: &Self) -> bool {
        let is_other = self.tag.is_some() && found.tag.is_some() && self.tag != found.tag;
        self.length == found.length && !is_other
    }
}

/// A record as it was found.
#[derive(Debug)]
pub(super) enum Found {
    /// There is none.
    Nothing,
    /// It is this site's.
    Ours(Record),
    /// It is another's, or can't be understood.
    Foreign(String),
}

impl Record {
    /// The record of a target to which nothing has been sent.
    pub(super) fn of_site(site: &str) -> Self {
        Self { edition: EDITION, site: site.to_owned(), ..Self::default() }
    }

    /// Reads what was found at a target.
    pub(super) fn read(bytes: Option<&[u8]>, site: &str) -> Result<Found, DeployError> {
        let Some(bytes) = bytes else { return Ok(Found::Nothing) };
        let Ok(record) = serde_json::from_slice::<Self>(bytes) else {
            return Ok(Found::Foreign(format!(
                "its file {RECORD_FILE}, which says what was deployed there, is damaged"
            )));
        };
        if record.edition > EDITION {
            return Err(DeployError::usage(
                "a newer Letterpress deployed this site. Install that one, and deploy again.",
            ));
        }
        if record.site != site {
            return Ok(Found::Foreign(format!("the site {} was deployed there", record.site)));
        }
        Ok(Found::Ours(record))
    }

    /// Its bytes at the target.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, DeployError> {
        serde_json::to_vec(self)
            .map_err(|error| DeployError::machine(format!("could not write {RECORD_FILE}: {error}")))
    }

    /// Names a file that is about to be sent, deleted or replaced.
    pub(super) fn announce(&mut self, file: &str) {
        self.files.entry(file.to_owned()).or_default().hash.clear();
        self.changed.insert(file.to_owned());
    }
}
