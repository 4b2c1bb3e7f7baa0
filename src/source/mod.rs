//! A file of the site as it was read: path, bytes, hash.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::hash;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::storage::{Fingerprint, Scratch, StoredText};
use crate::text::composed;

/// The file that makes a folder a site.
pub const CONFIG_FILE: &str = "letterpress.toml";
/// Where editors write, from the site's folder.
pub const CONTENT_FOLDER: &str = "content";
/// The folder of themes, from the site's folder.
pub const THEMES_FOLDER: &str = "themes";

/// A file's path from the site's folder, with `/` on every system: `content/articles/a.md`.
///
/// It is in Unicode's form NFC, in which links are typed. macOS and some archives give names in NFD, where `é` is two characters; such a name is
/// kept beside it, since Linux finds the file by no other.
#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "Arc<str>", into = "Arc<str>")]
pub struct SourcePath {
    composed: Arc<str>,
    on_disk: Option<Arc<str>>,
}

impl PartialEq for SourcePath {
    fn eq(&self, other: &Self) -> bool {
        self.composed == other.composed
    }
}

impl Eq for SourcePath {}

impl PartialOrd for SourcePath {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SourcePath {
    fn cmp(&self, other: &Self) -> Ordering {
        self.composed.cmp(&other.composed)
    }
}

impl hash::Hash for SourcePath {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        hash::Hash::hash(&self.composed, state);
    }
}

impl From<Arc<str>> for SourcePath {
    fn from(path: Arc<str>) -> Self {
        match composed(&path) {
            Cow::Borrowed(_) => Self { composed: path, on_disk: None },
            Cow::Owned(composed) => Self { composed: composed.into(), on_disk: Some(path) },
        }
    }
}

impl From<SourcePath> for Arc<str> {
    fn from(path: SourcePath) -> Self {
        path.composed
    }
}

impl SourcePath {
    /// A path from text that already uses `/`.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Arc::<str>::from(path).into()
    }

    /// The path of `file` from `folder`. `None` if it is outside of it or its name isn't Unicode.
    #[must_use]
    pub fn of(folder: &Path, file: &Path) -> Option<Self> {
        let relative = file.strip_prefix(folder).ok()?;
        let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
        Some(Self::new(&parts?.join("/")))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.composed
    }

    /// The path as the disk has it.
    #[must_use]
    pub fn on_disk(&self) -> &str {
        self.on_disk.as_ref().unwrap_or(&self.composed)
    }

    /// The folder, without a `/` at its end; empty for a file at the top.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.composed.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The file's name.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.composed.rsplit_once('/').map_or(&self.composed, |(_, name)| name)
    }

    /// The name's last extension in lower case, without the dot.
    #[must_use]
    pub fn extension(&self) -> String {
        self.file_name().rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase())
    }

    /// Whether a file of `content/` with this path is a document: Markdown.
    #[must_use]
    pub fn is_document(&self) -> bool {
        let extension = self.file_name().rsplit_once('.').map_or("", |(_, extension)| extension);
        extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown")
    }

    /// The path that a relative link in this file leads to. `None` if it leads out of the site's folder.
    #[must_use]
    pub fn join(&self, relative: &str) -> Option<Self> {
        let mut parts: Vec<&str> = self.folder().split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name),
            }
        }
        Some(Self::new(&parts.join("/")))
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.composed, formatter)
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.composed)
    }
}

impl Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        &self.composed
    }
}

/// A file as it was read.
#[derive(Debug)]
pub struct Source {
    /// Its path.
    pub path: SourcePath,
    /// The fingerprint of its bytes.
    pub fingerprint: Fingerprint,
    content: Content,
}

#[derive(Debug)]
enum Content {
    /// Bytes that are UTF-8.
    Text(StoredText),
    /// Other bytes.
    Bytes(Arc<[u8]>),
}

/// The fingerprint speaks for the bytes.
impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint && self.path == other.path
    }
}

impl Eq for Source {}

impl Source {
    /// A source with these bytes.
    #[must_use]
    pub fn new(path: SourcePath, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        let fingerprint = Fingerprint::of(&bytes);
        let content = match String::from_utf8(bytes) {
            Ok(text) => Content::Text(text.into()),
            Err(error) => Content::Bytes(error.into_bytes().into()),
        };
        Self { path, fingerprint, content }
    }

    /// The same with its text in a scratch file, if it is text.
    #[must_use]
    pub fn spill(self, scratch: &Scratch) -> Self {
        let content = match self.content {
            Content::Text(text) => Content::Text(text.spill(scratch)),
            bytes @ Content::Bytes(_) => bytes,
        };
        Self { content, ..self }
    }

    /// Its bytes. A text in a scratch file is read from there and not cached.
    #[must_use]
    pub fn bytes(&self) -> Arc<[u8]> {
        match &self.content {
            Content::Text(text) => Arc::clone(text.uncached().shared()).into(),
            Content::Bytes(bytes) => Arc::clone(bytes),
        }
    }

    /// How many bytes it has.
    #[must_use]
    pub fn length(&self) -> usize {
        match &self.content {
            Content::Text(text) => text.length(),
            Content::Bytes(bytes) => bytes.len(),
        }
    }

    /// The same as text; what isn't UTF-8 is replaced.
    #[must_use]
    pub fn lossy_text(&self) -> StoredText {
        self.text().unwrap_or_else(|| StoredText::from(&*String::from_utf8_lossy(&self.bytes())))
    }

    /// The same as text, held where the source holds it, if it is UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<StoredText> {
        match &self.content {
            Content::Text(text) => Some(text.uncached()),
            Content::Bytes(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_links_lead_to_paths() {
        let article = SourcePath::new("content/articles/a/index.md");
        assert_eq!(article.join("../../letters/b.md").unwrap().as_str(), "content/letters/b.md");
        assert_eq!(article.join("./c.svg").unwrap().as_str(), "content/articles/a/c.svg");
        assert_eq!(article.join("../../../../etc/passwd"), None);
    }
}
