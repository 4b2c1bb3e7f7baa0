//! How bytes are stored while the program runs: in memory, packed, or spilled to disk; and how they are told apart.
//!
//! Knows nothing of what the bytes are.

mod fingerprint;
mod packed;
mod scratch;

pub use fingerprint::Fingerprint;
pub(crate) use packed::Packed;
pub use scratch::{Extent, Scratch, StoredText};

/// A BLAKE3 hash.
pub type Hash = blake3::Hash;
