//! The result of a build: each file of the published site with its bytes.

mod pieces;

use std::borrow::Cow;
use std::io;
use std::ops::Bound;
use std::sync::Arc;

use imbl::OrdMap;
use imbl::ordmap::DiffItem;

use crate::storage::{Fingerprint, StoreIn, StoredBytes};
use pieces::StoredPieces;

pub use pieces::{LEAST_SHARED, Pieces};

/// A file of the published site.
#[derive(Debug, Clone)]
pub struct Artifact {
    content: Content,
    /// The fingerprint of its bytes.
    pub fingerprint: Fingerprint,
}

#[derive(Debug, Clone)]
enum Content {
    Whole(StoredBytes),
    Pieces(Arc<StoredPieces>),
}

/// The fingerprint speaks for the bytes.
impl PartialEq for Artifact {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint
    }
}

impl Eq for Artifact {}

impl Artifact {
    /// A file with these bytes.
    #[must_use]
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self { fingerprint: Fingerprint::of(&bytes), content: Content::Whole(bytes.into()) }
    }

    /// A file whose fingerprint is known.
    #[must_use]
    pub fn known(bytes: Arc<[u8]>, fingerprint: Fingerprint) -> Self {
        Self { content: Content::Whole(bytes.into()), fingerprint }
    }

    /// A file with these bytes, stored in that place.
    #[must_use]
    pub fn stored(bytes: Vec<u8>, place: StoreIn<'_>) -> Self {
        Self { fingerprint: Fingerprint::of(&bytes), content: Content::Whole(place.store(bytes)) }
    }

    /// A file of text that has parts in common with others or with its source.
    #[must_use]
    pub fn of_pieces(pieces: Pieces, place: StoreIn<'_>) -> Self {
        if pieces.is_plain() && matches!(place, StoreIn::Memory) {
            return Self::new(pieces.into_own());
        }
        Self {
            fingerprint: Fingerprint::of_stretches(pieces.stretches()),
            content: Content::Pieces(Arc::new(pieces.stored(place))),
        }
    }

    /// Its bytes.
    ///
    /// # Errors
    /// If they are in a scratch file that can't be read.
    pub fn read(&self) -> io::Result<Cow<'_, [u8]>> {
        match &self.content {
            Content::Whole(bytes) => bytes.read(),
            Content::Pieces(pieces) => pieces.read().map(Cow::Owned),
        }
    }

    /// Its bytes in memory, without a copy if they are there as a whole.
    ///
    /// # Errors
    /// If they are in a scratch file that can't be read.
    pub fn shared(&self) -> io::Result<Arc<[u8]>> {
        match &self.content {
            Content::Whole(bytes) => bytes.shared(),
            Content::Pieces(pieces) => pieces.read().map(Into::into),
        }
    }

    /// How many bytes it has.
    #[must_use]
    pub fn length(&self) -> usize {
        match &self.content {
            Content::Whole(bytes) => bytes.len(),
            Content::Pieces(pieces) => pieces.len(),
        }
    }
}

/// The whole published site, by file (`articles/a/index.html`, with `/` on every system). Cheap to clone: what two have in common is shared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output(OrdMap<Arc<str>, Artifact>);

impl Output {
    /// Adds a file; of two for the same name, the last one stays.
    pub fn insert(&mut self, file: impl Into<Arc<str>>, artifact: Artifact) {
        self.0.insert(file.into(), artifact);
    }

    /// Takes a file away.
    pub fn remove(&mut self, file: &str) {
        self.0.remove(file);
    }

    /// Adds all files of another; of two for the same name, the other's stays.
    pub fn extend(&mut self, other: &Self) {
        self.0.extend(other.0.iter().map(|(file, artifact)| (Arc::clone(file), artifact.clone())));
    }

    /// The names of the files that are in one of two outputs only, or with other bytes. What both share is not looked at.
    pub fn changes<'a>(&'a self, now: &'a Self) -> impl Iterator<Item = &'a str> {
        self.0.diff(&now.0).map(|change| match change {
            DiffItem::Add(file, _) | DiffItem::Remove(file, _) | DiffItem::Update { new: (file, _), .. } => &**file,
        })
    }

    /// The file of that name.
    #[must_use]
    pub fn get(&self, file: &str) -> Option<&Artifact> {
        self.0.get(file)
    }

    /// Whether any file is below `folder`.
    #[must_use]
    pub fn holds_below(&self, folder: &str) -> bool {
        let below = format!("{folder}/");
        let mut from = self.0.range::<_, str>((Bound::Included(below.as_str()), Bound::Unbounded));
        from.next().is_some_and(|(file, _)| file.starts_with(&below))
    }

    /// All files, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Artifact)> {
        self.0.iter().map(|(file, artifact)| (&**file, artifact))
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The media type that a host should serve a file with (IANA media types).
#[must_use]
pub fn media_type(file: &str) -> &'static str {
    let name = file.rsplit('/').next().unwrap_or(file);
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "xml" if name == "feed.xml" => "application/atom+xml; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "json" if name == "feed.json" => "application/feed+json; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "zip" => "application/zip",
        _ if name.starts_with('_') || matches!(name, ".htaccess" | ".nojekyll" | "CNAME") => {
            "text/plain; charset=utf-8"
        }
        _ => "application/octet-stream",
    }
}
