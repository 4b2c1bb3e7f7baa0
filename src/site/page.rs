//! A live page and its number.

use std::sync::Arc;

use foldhash::fast::RandomState;

use super::address::Address;
use crate::document::Document;

/// A map whose keys no attacker chooses.
pub(super) type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;

/// The place of a page in [`super::Site::pages`]; it holds for one build only.
pub type PageId = usize;

/// A live page: an article, a letter or a page at the top.
#[derive(Debug, Clone)]
pub struct Page {
    /// What the editor wrote.
    pub document: Arc<Document>,
    /// Where readers find it.
    pub address: Address,
    /// The folders of `content/` that it is in, nearest first, as keys of [`super::Edition::sections`].
    pub sections: Arc<[String]>,
}
