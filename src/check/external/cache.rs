//! Good answers and the days on which they were given, in a file of the site's folder.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use jiff::civil::Date;

use crate::collect::named;
use crate::publish::write_whole;

/// Where answers are remembered, from the site's folder. It may be removed at any time.
pub const CACHE: &str = ".letterpress/external-links.json";

#[derive(Debug, Default)]
pub(super) struct Cache(BTreeMap<String, Date>);

impl Cache {
    /// The answers of earlier runs. A file that can't be understood is as good as none.
    pub(super) fn read(folder: &Path) -> io::Result<Self> {
        let path = folder.join(CACHE);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Self(serde_json::from_slice(&bytes).unwrap_or_default())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(named(&error, "read", &path)),
        }
    }

    /// Forgets answers that are older than so many days, or of a day to come.
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
