//! Texts of a large site, held on disk while the program runs: in files without names, which the system takes back when the program ends,
//! however it ends. Each thread writes to one of its own, since one file takes what it is given one after the other, and gathers what it
//! writes, since a call costs as much as a page of text.
//!
//! A text that can't be written stays in memory, so that a full disk costs nothing but memory. One that can't be read again is told by
//! [`Scratch::failure`]; until somebody asks, as many spaces stand in its place, so that each place in it is still one. Nothing here
//! knows what the texts are.

use std::fs::File;
use std::io;
use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Files that grow with each text that is put into them. Cheap to clone: all are the same files.
#[derive(Debug, Clone)]
pub struct Scratch(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// One a thread, at least one.
    files: Box<[AppendFile]>,
    failure: OnceLock<(io::ErrorKind, String)>,
}

/// So much is gathered before it is written, in bytes.
/// (Much less where assertions are on, so that tests write at all.)
const GATHERED: usize = if cfg!(debug_assertions) { 1024 } else { 256 * 1024 };

/// A file that grows at its end.
#[derive(Debug)]
struct AppendFile {
    file: File,
    /// How much of it is written, in bytes.
    written: AtomicU64,
    /// What comes behind that. If the disk is full, it stays.
    tail: Mutex<Vec<u8>>,
}

impl AppendFile {
    fn new(file: File) -> Self {
        Self { file, written: AtomicU64::new(0), tail: Mutex::default() }
    }

    fn tail(&self) -> MutexGuard<'_, Vec<u8>> {
        self.tail.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds bytes at the end, and tells where they begin; `None` if the disk would not take what comes before them.
    fn add(&self, bytes: &[u8]) -> Option<u64> {
        let mut tail = self.tail();
        if !tail.is_empty() && tail.len() + bytes.len() > GATHERED {
            let written = self.written.load(Ordering::Relaxed);
            write_all_at(&self.file, &tail, written).ok()?;
            // Readers who see this don't look for it in the tail.
            self.written.store(written + tail.len() as u64, Ordering::Release);
            tail.clear();
        }
        let at = self.written.load(Ordering::Relaxed) + tail.len() as u64;
        tail.extend_from_slice(bytes);
        Some(at)
    }

    /// Fills `bytes` with what was added at that place.
    fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        if at >= self.written.load(Ordering::Acquire) {
            let tail = self.tail();
            // It may have been written meanwhile.
            if let Some(start) = at.checked_sub(self.written.load(Ordering::Relaxed)) {
                let start = start as usize;
                bytes.copy_from_slice(&tail[start..start + bytes.len()]);
                return Ok(());
            }
        }
        read_exact_at(&self.file, bytes, at)
    }
}

impl Scratch {
    /// A new one on the disk of `folder`, in which nothing can be seen of it.
    ///
    /// # Errors
    /// That nothing can be written there.
    pub fn in_folder(folder: &Path) -> io::Result<Self> {
        let files = (0..rayon::current_num_threads()).map(|_| tempfile::tempfile_in(folder));
        Ok(Self::of(files.collect::<io::Result<_>>()?))
    }

    fn of(files: Vec<File>) -> Self {
        let files = files.into_iter().map(AppendFile::new).collect();
        Self(Arc::new(Inner { files, failure: OnceLock::new() }))
    }

    /// Writes bytes; `None` if the disk would not take them.
    #[must_use]
    pub fn put(&self, bytes: &[u8]) -> Option<Extent> {
        let length = u32::try_from(bytes.len()).ok()?;
        let number = rayon::current_thread_index().unwrap_or(0) % self.0.files.len();
        let at = self.0.files[number].add(bytes)?;
        Some(Extent { scratch: self.clone(), file: number as u32, at, length })
    }

    /// What went wrong when a text was to be read again: whatever was made since then may be wrong.
    ///
    /// # Errors
    /// The first one, if there was any.
    pub fn failure(&self) -> io::Result<()> {
        match self.0.failure.get() {
            Some((kind, message)) => Err(io::Error::new(*kind, message.clone())),
            None => Ok(()),
        }
    }
}

/// Where bytes lie in scratch files.
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

    /// Some of them; all, if there are not so many.
    #[must_use]
    pub fn part(&self, range: &Range<usize>) -> Self {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX).min(self.length);
        let (start, end) = (number(range.start), number(range.end));
        Self { at: self.at + u64::from(start), length: end.saturating_sub(start), ..self.clone() }
    }

    /// The bytes.
    ///
    /// # Errors
    /// That they could not be read.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; self.len()];
        let read = self.scratch.0.files[self.file as usize].read(self.at, &mut bytes);
        read.map(|()| bytes).map_err(|error| {
            let message = format!("could not read again what had been put aside on the disk: {error}");
            let (kind, message) = self.scratch.0.failure.get_or_init(|| (error.kind(), message)).clone();
            io::Error::new(kind, message)
        })
    }

    /// The bytes, or as many spaces where they can't be read.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.read().unwrap_or_else(|_| vec![b' '; self.len()])
    }

    /// The same as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes()).unwrap_or_else(|_| " ".repeat(self.len()))
    }
}

/// A text that is in memory, in a scratch file, or in both.
#[derive(Debug, Clone, Default)]
pub struct StoredText {
    here: OnceLock<Arc<str>>,
    /// In a box, since most texts lie in memory alone.
    away: Option<Box<Extent>>,
}

impl StoredText {
    /// A text in memory that lies in a scratch file as well.
    #[must_use]
    pub fn both(text: Arc<str>, extent: Extent) -> Self {
        Self { here: text.into(), away: Some(extent.into()) }
    }

    /// The same text in a scratch file, and no longer in memory, if the disk would take it.
    #[must_use]
    pub fn spill(self, scratch: &Scratch) -> Self {
        let put = || scratch.put(self.here.get().map_or(b"", |text| text.as_bytes())).map(Box::new);
        match self.away.or_else(put) {
            Some(extent) => Self { here: OnceLock::new(), away: Some(extent) },
            None => Self { away: None, ..self },
        }
    }

    /// Where it lies, if it lies in a scratch file.
    #[must_use]
    pub fn extent(&self) -> Option<&Extent> {
        self.away.as_deref()
    }

    /// How many bytes it has. Reads nothing.
    #[must_use]
    pub fn length(&self) -> usize {
        let away = || self.away.as_deref().map_or(0, Extent::len);
        self.here.get().map_or_else(away, |text| text.len())
    }

    /// The text in memory, from where it does not go again.
    #[must_use]
    pub fn shared(&self) -> &Arc<str> {
        self.here.get_or_init(|| self.away.as_deref().map(Extent::text).unwrap_or_default().into())
    }

    /// The same text for one who looks at it and lets it go: what comes into memory for this one does not stay with the other.
    #[must_use]
    pub fn uncached(&self) -> Self {
        match &self.away {
            Some(_) => Self { here: OnceLock::new(), away: self.away.clone() },
            None => self.clone(),
        }
    }
}

impl Deref for StoredText {
    type Target = str;

    fn deref(&self) -> &str {
        self.shared()
    }
}

impl PartialEq for StoredText {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl From<Arc<str>> for StoredText {
    fn from(text: Arc<str>) -> Self {
        Self { here: text.into(), away: None }
    }
}

impl From<&str> for StoredText {
    fn from(text: &str) -> Self {
        Arc::<str>::from(text).into()
    }
}

impl From<String> for StoredText {
    fn from(text: String) -> Self {
        Arc::<str>::from(text).into()
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

#[cfg(test)]
mod tests {
    use super::*;
    use rayon::prelude::*;

    #[test]
    fn a_text_that_was_put_away_says_what_it_said_and_stays_only_where_somebody_keeps_it() {
        let folder = tempfile::tempdir().unwrap();
        let scratch = Scratch::in_folder(folder.path()).unwrap();
        let texts = ["", "نوکری کی درخواست", "letter"].map(|text| StoredText::from(text).spill(&scratch));
        assert_eq!(texts.clone().map(|text| text.uncached().to_string()), ["", "نوکری کی درخواست", "letter"]);
        assert!(texts.iter().all(|text| text.here.get().is_none()));
        assert_eq!((texts[2].shared().as_ref(), texts[2].here.get().is_some()), ("letter", true));
        let extent = texts[2].extent().unwrap();
        assert_eq!((extent.part(&(1..4)).text().as_str(), extent.part(&(5..9)).text().as_str()), ("ett", "r"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "it has no name");
        assert!(scratch.failure().is_ok());
    }

    fn long(number: usize) -> String {
        format!("نوکری {number} ").repeat(20)
    }

    #[test]
    fn texts_of_many_threads_say_what_they_said_written_or_not() {
        let folder = tempfile::tempdir().unwrap();
        let scratch = Scratch::in_folder(folder.path()).unwrap();
        let texts: Vec<StoredText> =
            (0..200).into_par_iter().map(|number| StoredText::from(long(number)).spill(&scratch)).collect();
        let texts = (0..).zip(&texts);
        assert!(texts.into_iter().all(|(number, text)| **text == *long(number)));
        assert!(scratch.0.files.iter().any(|file| file.file.metadata().unwrap().len() > 0));
        let longest = "a".repeat(3 * GATHERED);
        assert_eq!(*StoredText::from(&*longest).spill(&scratch), *longest);
    }

    #[test]
    fn what_the_disk_does_not_take_stays_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "").unwrap();
        let scratch = Scratch::of(vec![File::open(path).unwrap()]);
        let texts: Vec<StoredText> = (0..20).map(|number| StoredText::from(long(number)).spill(&scratch)).collect();
        assert!((0..).zip(&texts).all(|(number, text)| **text == *long(number)));
        assert!(texts[0].extent().is_some() && texts[19].extent().is_none());
        assert!(scratch.failure().is_ok());
    }

    #[test]
    fn what_the_disk_does_not_give_back_is_told_and_has_its_length() {
        let folder = tempfile::tempdir().unwrap();
        let scratch = Scratch::in_folder(folder.path()).unwrap();
        let text = StoredText::from("نوکری").spill(&scratch);
        let _written = scratch.put(&[b'a'; GATHERED]);
        scratch.0.files[0].file.set_len(3).unwrap();
        assert_eq!((text.len(), text.trim()), ("نوکری".len(), ""));
        let failure = scratch.failure().unwrap_err();
        assert_eq!(failure.kind(), io::ErrorKind::UnexpectedEof);
        assert!(failure.to_string().starts_with("could not read again what had been put aside on the disk: "));
    }
}
