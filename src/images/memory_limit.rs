//! Limits how many images are decoded at once by the memory that they take.

use std::sync::{Condvar, Mutex, PoisonError};

/// Memory for images that are being converted, in bytes.
#[derive(Debug)]
pub(super) struct MemoryLimit {
    most: u64,
    taken: Mutex<u64>,
    freed: Condvar,
}

impl MemoryLimit {
    pub(super) fn new(most: u64) -> Self {
        Self { most, taken: Mutex::new(0), freed: Condvar::new() }
    }

    /// Does the work as soon as there is room for it; what is too large for the gate goes alone. The work must not wait at the gate again.
    pub(super) fn pass<T>(&self, weight: u64, work: impl FnOnce() -> T) -> T {
        let weight = weight.min(self.most);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        while *taken + weight > self.most {
            taken = self.freed.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += weight;
        drop(taken);
        let done = work();
        *self.taken.lock().unwrap_or_else(PoisonError::into_inner) -= weight;
        self.freed.notify_all();
        done
    }
}
