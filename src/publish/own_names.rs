//! The names in the output folder that publications keep for themselves.

use super::{first_publish, lock, manifest};

/// Whether a file would have one of these names, or be in a folder of one.
pub(super) fn is_own_name(file: &str) -> bool {
    let first = file.split('/').next().unwrap_or(file);
    [manifest::FILE, lock::FILE, first_publish::STAGE].contains(&first)
}
