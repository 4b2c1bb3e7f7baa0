//! Bytes that no reader waits for, and the policy by which they are stored.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use super::packed::Packed;
use super::scratch::{Extent, Scratch};

/// How a build stores bytes that it needs later, if at all. Chosen once, where the build starts.
#[derive(Debug, Clone, Default)]
pub enum Storage {
    /// In memory as they are: no later build needs them.
    #[default]
    Memory,
    /// In memory, packed: later builds follow in the same process.
    Packed,
    /// On disk: the site is too large for memory.
    Disk(Scratch),
}

impl Storage {
    /// The place for one value; packed values are compressed with `model` as their dictionary.
    #[must_use]
    pub fn place<'a>(&'a self, model: &'a Arc<[u8]>) -> StoreIn<'a> {
        match self {
            Self::Memory => StoreIn::Memory,
            Self::Packed => StoreIn::Packed(model),
            Self::Disk(scratch) => StoreIn::Disk(scratch),
        }
    }

    /// The scratch files, if the site is too large for memory.
    #[must_use]
    pub fn scratch(&self) -> Option<&Scratch> {
        match self {
            Self::Disk(scratch) => Some(scratch),
            Self::Memory | Self::Packed => None,
        }
    }
}

/// Where one value is stored.
#[derive(Debug, Clone, Copy)]
pub enum StoreIn<'a> {
    /// In memory as it is.
    Memory,
    /// In memory, compressed with these bytes as a dictionary.
    Packed(&'a Arc<[u8]>),
    /// In a scratch file.
    Disk(&'a Scratch),
}

impl StoreIn<'_> {
    /// Stores bytes; in memory, if the disk refuses them.
    #[must_use]
    pub fn store(self, bytes: Vec<u8>) -> StoredBytes {
        match self {
            Self::Memory => bytes.into(),
            Self::Packed(model) => StoredBytes::Packed(Packed::new(&bytes, model).into()),
            Self::Disk(scratch) => match scratch.put(&bytes) {
                Some(extent) => extent.into(),
                None => bytes.into(),
            },
        }
    }
}

/// Bytes in memory, packed, or on disk.
#[derive(Debug, Clone)]
pub enum StoredBytes {
    /// In memory as they are.
    Memory(Arc<[u8]>),
    /// In memory, packed.
    Packed(Box<Packed>),
    /// In a scratch file.
    Disk(Box<Extent>),
}

impl StoredBytes {
    /// How many bytes there are. Reads nothing.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Memory(bytes) => bytes.len(),
            Self::Packed(packed) => packed.len(),
            Self::Disk(extent) => extent.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads the bytes.
    ///
    /// # Errors
    /// If they are in a scratch file that can't be read.
    pub fn read(&self) -> io::Result<Cow<'_, [u8]>> {
        match self {
            Self::Memory(bytes) => Ok(Cow::Borrowed(bytes)),
            Self::Packed(packed) => Ok(Cow::Owned(packed.bytes())),
            Self::Disk(extent) => extent.read().map(Cow::Owned),
        }
    }

    /// The bytes in memory, without a copy if they are there.
    ///
    /// # Errors
    /// If they are in a scratch file that can't be read.
    pub fn shared(&self) -> io::Result<Arc<[u8]>> {
        match self {
            Self::Memory(bytes) => Ok(Arc::clone(bytes)),
            other => other.read().map(|bytes| bytes.into_owned().into()),
        }
    }
}

impl From<Vec<u8>> for StoredBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Memory(bytes.into())
    }
}

impl From<Arc<[u8]>> for StoredBytes {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self::Memory(bytes)
    }
}

impl From<Extent> for StoredBytes {
    fn from(extent: Extent) -> Self {
        Self::Disk(extent.into())
    }
}
