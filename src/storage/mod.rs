//! How bytes are stored while the program runs: in memory, packed, or spilled to disk; and the fingerprints that tell them apart.
//!
//! Knows nothing of what the bytes are.

mod bytes;
mod fingerprint;
mod packed;
mod scratch;
mod text;

pub use bytes::{Storage, StoreIn, StoredBytes};
pub use fingerprint::Fingerprint;
pub use packed::Packed;
pub use scratch::{Extent, Scratch};
pub use text::StoredText;

/// A BLAKE3 hash.
pub type Hash = blake3::Hash;
