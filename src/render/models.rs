//! For each template and language one page, by which all others are packed: it contains most of their text.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use foldhash::fast::RandomState;

use super::jobs::Job;
use crate::output::{Artifact, Pieces};
use crate::storage::StoreIn;

/// Models: the first page that was rendered of each template and language. Which one that is changes no byte of a page.
#[derive(Debug, Default)]
pub(super) struct Models(RwLock<HashMap<Key, Arc<[u8]>, RandomState>>);

/// A template and a language.
type Key = (&'static str, usize);

impl Models {
    /// The page as it is held.
    pub(super) fn packed(&self, job: &Job, page: Pieces) -> Artifact {
        let model = self.of(job, &page);
        Artifact::of_pieces(page, StoreIn::Packed(&model))
    }

    fn of(&self, job: &Job, page: &Pieces) -> Arc<[u8]> {
        let key = (job.template, job.language);
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let mut models = self.0.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(models.entry(key).or_insert_with(|| page.own().into()))
        })
    }
}
