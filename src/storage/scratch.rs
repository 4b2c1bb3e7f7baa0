//! Scratch files: bytes of a large site on disk while the program runs. The files have no names, so the system removes them when the program
//! ends, however it ends. Each thread appends to a file of its own, so threads don't wait for each other, and buffers what it appends.
//!
//! Bytes that can't be written stay in memory: a full disk costs memory only. The first failure to read them again is recorded in
//! [`Scratch::failure`], which every build checks before it returns.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Append-only files. Cheap to clone: all clones are the same files.
#[derive(Debug, Clone)]
pub struct Scratch(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// One for each thread.
    files: Box<[AppendFile]>,
    buffered: usize,
    failure: OnceLock<(io::ErrorKind, String)>,
}

/// How many bytes a thread buffers before it writes them.
const BUFFERED: usize = 256 * 1024;

/// An append-only file and its buffer.
#[derive(Debug)]
struct AppendFile {
    file: File,
    /// Bytes written to the file so far.
    written: AtomicU64,
    /// Bytes that follow. They stay here if the disk is full.
    buffer: Mutex<Vec<u8>>,
}

impl AppendFile {
    fn new(file: File) -> Self {
        Self { file, written: AtomicU64::new(0), buffer: Mutex::default() }
    }

    fn buffer(&self) -> MutexGuard<'_, Vec<u8>> {
        self.buffer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Appends bytes and returns their offset; `None` if the disk refused the bytes before them.
    fn append(&self, bytes: &[u8], buffered: usize) -> Option<u64> {
        let mut buffer = self.buffer();
        if !buffer.is_empty() && buffer.len() + bytes.len() > buffered {
            let written = self.written.load(Ordering::Relaxed);
            write_all_at(&self.file, &buffer, written).ok()?;
            // A reader that sees this offset reads from the file.
            self.written.store(written + buffer.len() as u64, Ordering::Release);
            buffer.clear();
        }
        let at = self.written.load(Ordering::Relaxed) + buffer.len() as u64;
        buffer.extend_from_slice(bytes);
        Some(at)
    }

    /// Fills `bytes` from that offset.
    fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        if at >= self.written.load(Ordering::Acquire) {
            let buffer = self.buffer();
            // It may have been written since the first look.
            if let Some(start) = at.checked_sub(self.written.load(Ordering::Relaxed)) {
                let start = start as usize;
                bytes.copy_from_slice(&buffer[start..start + bytes.len()]);
                return Ok(());
            }
        }
        read_exact_at(&self.file, bytes, at)
    }
}

impl Scratch {
    /// Creates unnamed files on the disk of `folder`.
    ///
    /// # Errors
    /// If `folder` is not writable.
    pub fn in_folder(folder: &Path) -> io::Result<Self> {
        let files = (0..rayon::current_num_threads()).map(|_| tempfile::tempfile_in(folder));
        Ok(Self::of(files.collect::<io::Result<_>>()?, BUFFERED))
    }

    /// Scratch files with a buffer of so many bytes each.
    pub(super) fn of(files: Vec<File>, buffered: usize) -> Self {
        let files = files.into_iter().map(AppendFile::new).collect();
        Self(Arc::new(Inner { files, buffered, failure: OnceLock::new() }))
    }

    #[cfg(test)]
    pub(super) fn bytes_on_disk(&self) -> u64 {
        self.0.files.iter().map(|file| file.file.metadata().unwrap().len()).sum()
    }

    /// Cuts the first file to so many bytes.
    #[cfg(test)]
    pub(super) fn truncate(&self, length: u64) {
        self.0.files[0].file.set_len(length).unwrap();
    }

    /// Appends bytes; `None` if the disk is full or there are more than 4 GiB.
    #[must_use]
    pub fn put(&self, bytes: &[u8]) -> Option<Extent> {
        let length = u32::try_from(bytes.len()).ok()?;
        let number = rayon::current_thread_index().unwrap_or(0) % self.0.files.len();
        let at = self.0.files[number].append(bytes, self.0.buffered)?;
        Some(Extent { scratch: self.clone(), file: number as u32, at, length })
    }

    /// Whether all reads succeeded so far. If not, whatever was built since may be wrong.
    ///
    /// # Errors
    /// The first read that failed.
    pub fn failure(&self) -> io::Result<()> {
        match self.0.failure.get() {
            Some((kind, message)) => Err(io::Error::new(*kind, message.clone())),
            None => Ok(()),
        }
    }
}

/// Bytes in a scratch file.
#[derive(Debug, Clone)]
pub struct Extent {
    scratch: Scratch,
    /// The number of the file.
    file: u32,
    at: u64,
    length: u32,
}

impl Extent {
    /// How many bytes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.length as usize
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// A part of them, cut to their length.
    #[must_use]
    pub fn part(&self, range: &Range<usize>) -> Self {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX).min(self.length);
        let (start, end) = (number(range.start), number(range.end));
        Self { at: self.at + u64::from(start), length: end.saturating_sub(start), ..self.clone() }
    }

    /// Reads the bytes.
    ///
    /// # Errors
    /// If the file can't be read; the failure is recorded as well.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; self.len()];
        let read = self.scratch.0.files[self.file as usize].read(self.at, &mut bytes);
        read.map(|()| bytes).map_err(|error| {
            let message = format!("could not read back what was stored in a temporary file: {error}");
            let (kind, message) = self.scratch.0.failure.get_or_init(|| (error.kind(), message)).clone();
            io::Error::new(kind, message)
        })
    }
}

#[cfg(unix)]
fn write_all_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn write_all_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, bytes, at)?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        (bytes, at) = (&bytes[written..], at + written as u64);
    }
    Ok(())
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        (bytes, at) = (&mut bytes[read..], at + read as u64);
    }
    Ok(())
}
