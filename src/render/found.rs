//! What was found once and many threads ask for: a hash table in as many pieces that two threads seldom wait for each other.
//!
//! A lookup copies nothing: its key may borrow what it is compared with.

use std::hash::{BuildHasher, Hash};
use std::sync::{Arc, PoisonError, RwLock};

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use rayon::prelude::*;

/// Each with its hash.
type Shard<T> = RwLock<HashTable<(u64, Arc<T>)>>;

const SHARDS: usize = 64;

/// Values by their hash.
#[derive(Debug)]
pub(super) struct SharedMap<T: Send + Sync> {
    shards: [Shard<T>; SHARDS],
    hasher: RandomState,
}

impl<T: Send + Sync> Default for SharedMap<T> {
    fn default() -> Self {
        Self { shards: std::array::from_fn(|_| RwLock::default()), hasher: RandomState::default() }
    }
}

impl<T: Send + Sync> SharedMap<T> {
    /// The value for which `is_it` holds; else the result of `find`, which is stored. Of two found at the same time, the first stays.
    ///
    /// # Errors
    /// That of `find`.
    pub(super) fn get_or_find<E>(
        &self,
        asked: &impl Hash,
        is_it: impl Fn(&T) -> bool,
        find: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        let hash = self.hasher.hash_one(asked);
        let is_it = |(_, known): &(u64, Arc<T>)| is_it(known);
        // By other bits than those that give a place in the shard.
        let shard = &self.shards[(hash >> 32) as usize % SHARDS];
        if let Some((_, known)) = shard.read().unwrap_or_else(PoisonError::into_inner).find(hash, is_it) {
            return Ok(Arc::clone(known));
        }
        let fresh = Arc::new(find()?);
        let mut shard = shard.write().unwrap_or_else(PoisonError::into_inner);
        let entry = shard.entry(hash, is_it, |(hash, _)| *hash).or_insert((hash, fresh));
        Ok(Arc::clone(&entry.get().1))
    }
}

/// A large site has asked a million things: all cores give their memory back.
impl<T: Send + Sync> Drop for SharedMap<T> {
    fn drop(&mut self) {
        self.shards.par_iter_mut().for_each(|shard| drop(std::mem::take(shard)));
    }
}
