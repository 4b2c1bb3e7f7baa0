//! Text in memory or in a scratch file.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::scratch::{Extent, Scratch};

/// A text in memory or in a scratch file.
///
/// Dereferencing a spilled text reads it and caches it for good; [`StoredText::uncached`] returns a copy whose cache ends with it. If a scratch file
/// can't be read, the text is as many spaces, so that offsets in it stay valid, and the build that asked fails ([`Scratch::failure`]).
#[derive(Debug, Clone)]
pub struct StoredText(Place);

#[derive(Debug, Clone)]
enum Place {
    Memory(Arc<str>),
    /// Boxed, since most texts are in memory.
    Disk(Box<(Extent, OnceLock<Arc<str>>)>),
}

impl StoredText {
    /// A text that is cached, and in a scratch file too.
    #[must_use]
    pub fn cached(text: Arc<str>, extent: Extent) -> Self {
        Self(Place::Disk(Box::new((extent, text.into()))))
    }

    /// The same text in a scratch file, and no longer in memory, if the disk takes it.
    #[must_use]
    pub fn spill(self, scratch: &Scratch) -> Self {
        let extent = match &self.0 {
            Place::Memory(text) => scratch.put(text.as_bytes()),
            Place::Disk(spilled) => Some(spilled.0.clone()),
        };
        extent.map_or(self, Self::on_disk)
    }

    fn on_disk(extent: Extent) -> Self {
        Self(Place::Disk(Box::new((extent, OnceLock::new()))))
    }

    /// Its place in a scratch file; `None` if it is in memory alone.
    #[must_use]
    pub fn extent(&self) -> Option<&Extent> {
        match &self.0 {
            Place::Memory(_) => None,
            Place::Disk(spilled) => Some(&spilled.0),
        }
    }

    /// Its length in bytes, without reading it.
    #[must_use]
    pub fn length(&self) -> usize {
        match &self.0 {
            Place::Memory(text) => text.len(),
            Place::Disk(spilled) => spilled.0.len(),
        }
    }

    /// The text in memory, where it stays.
    #[must_use]
    pub fn shared(&self) -> &Arc<str> {
        match &self.0 {
            Place::Memory(text) => text,
            Place::Disk(spilled) => spilled.1.get_or_init(|| read(&spilled.0)),
        }
    }

    /// A copy whose cache ends with it.
    #[must_use]
    pub fn uncached(&self) -> Self {
        match &self.0 {
            Place::Memory(_) => self.clone(),
            Place::Disk(spilled) => Self::on_disk(spilled.0.clone()),
        }
    }

    #[cfg(test)]
    fn is_cached(&self) -> bool {
        matches!(&self.0, Place::Disk(spilled) if spilled.1.get().is_some())
    }
}

fn read(extent: &Extent) -> Arc<str> {
    let text = extent.read().ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.unwrap_or_else(|| " ".repeat(extent.len())).into()
}

impl Default for StoredText {
    fn default() -> Self {
        Self::from("")
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
        Self(Place::Memory(text))
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

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;
    use rayon::prelude::*;

    /// A scratch file in `folder` with a buffer of a kilobyte.
    fn scratch(folder: &std::path::Path) -> Scratch {
        Scratch::of(vec![tempfile::tempfile_in(folder).unwrap()], 1024)
    }

    #[test]
    fn a_spilled_text_reads_the_same_and_is_cached_only_on_request() {
        let folder = tempfile::tempdir().unwrap();
        let scratch = scratch(folder.path());
        let texts = ["", "نوکری کی درخواست", "letter"].map(|text| StoredText::from(text).spill(&scratch));
        assert_eq!(texts.clone().map(|text| text.uncached().to_string()), ["", "نوکری کی درخواست", "letter"]);
        assert!(texts.iter().all(|text| !text.is_cached()));
        assert_eq!((texts[2].shared().as_ref(), texts[2].is_cached()), ("letter", true));
        let extent = texts[2].extent().unwrap();
        assert_eq!(
            (extent.part(&(1..4)).read().unwrap(), extent.part(&(5..9)).read().unwrap()),
            (b"ett".to_vec(), b"r".to_vec())
        );
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "it has no name");
        assert!(scratch.failure().is_ok());
    }

    fn long(number: usize) -> String {
        format!("نوکری {number} ").repeat(20)
    }

    #[test]
    fn texts_of_many_threads_read_the_same_from_file_and_buffer() {
        let folder = tempfile::tempdir().unwrap();
        let scratch = scratch(folder.path());
        let texts: Vec<StoredText> =
            (0..200).into_par_iter().map(|number| StoredText::from(long(number)).spill(&scratch)).collect();
        let texts = (0..).zip(&texts);
        assert!(texts.into_iter().all(|(number, text)| **text == *long(number)));
        assert!(scratch.bytes_on_disk() > 0);
        let longest = "a".repeat(3 * 1024);
        assert_eq!(*StoredText::from(&*longest).spill(&scratch), *longest);
    }

    #[test]
    fn a_text_that_the_disk_refuses_stays_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "").unwrap();
        let scratch = Scratch::of(vec![File::open(path).unwrap()], 1024);
        let texts: Vec<StoredText> = (0..20).map(|number| StoredText::from(long(number)).spill(&scratch)).collect();
        assert!((0..).zip(&texts).all(|(number, text)| **text == *long(number)));
        assert!(texts[0].extent().is_some() && texts[19].extent().is_none());
        assert!(scratch.failure().is_ok());
    }

    #[test]
    fn a_text_that_cannot_be_read_back_is_a_recorded_failure_and_keeps_its_length() {
        let folder = tempfile::tempdir().unwrap();
        let scratch = scratch(folder.path());
        let text = StoredText::from("نوکری").spill(&scratch);
        let _written = scratch.put(&[b'a'; 1024]);
        scratch.truncate(3);
        assert_eq!((text.len(), text.trim()), ("نوکری".len(), ""));
        let failure = scratch.failure().unwrap_err();
        assert_eq!(failure.kind(), std::io::ErrorKind::UnexpectedEof);
        assert!(failure.to_string().starts_with("could not read back what was stored in a temporary file: "));
    }
}
