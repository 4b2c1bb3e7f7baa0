//! Good answers and the days on which they were given, in a file of the site's folder.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use jiff::civil::Date;

use crate::files::{bounded, named, write_whole};

/// Where answers are remembered, from the site's folder. It may be removed at any time.
pub const CACHE: &str = ".letterpress/external-links.json";

/// The largest cache that is read, in bytes: some hundred thousand answers.
const LARGEST: u64 = 64 * 1024 * 1024;

#[derive(Debug, Default)]
pub(super) struct Cache(BTreeMap<String, Date>);

impl Cache {
    /// The answers of earlier runs. What can't be read or understood is as good as none: its links are asked again.
    pub(super) fn read(folder: &Path) -> Self {
        let bytes = bounded::read_named(&folder.join(CACHE), LARGEST).unwrap_or_default();
        Self(serde_json::from_slice(&bytes).unwrap_or_default())
    }

    /// Forgets answers that are older than this many days, or of a day to come.
    pub(super) fn forget_before(&mut self, today: Date, days: i64) {
        let oldest = today.checked_sub(jiff::Span::new().days(days.min(10_000))).unwrap_or(today);
        self.0.retain(|_, day| *day > oldest && *day <= today);
    }

    pub(super) fn holds(&self, address: &str) -> bool {
        self.0.contains_key(address)
    }

    pub(super) fn remember(&mut self, address: &str, today: Date) {
        self.0.insert(address.to_owned(), today);
    }

    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let path = folder.join(CACHE);
        if self.0.is_empty() && !path.exists() {
            return Ok(());
        }
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|error| named(&error, "create", parent))?;
        }
        write_whole(&path, &serde_json::to_vec_pretty(&self.0).map_err(io::Error::other)?)
    }
}
