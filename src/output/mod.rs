//! What a build gives: each file of the published site with its bytes.

use std::borrow::Cow;
use std::ops::{Bound, Range};
use std::sync::Arc;

use imbl::OrdMap;
use imbl::ordmap::DiffItem;

use crate::collect::Hash;

/// A file of the published site.
#[derive(Debug, Clone)]
pub struct Artifact {
    content: Content,
    /// The hash of its bytes.
    pub hash: Hash,
}

#[derive(Debug, Clone)]
enum Content {
    Whole(Arc<[u8]>),
    Pieces(Arc<Pieces>),
}

/// Shorter stretches than this are not worth the bookkeeping, in bytes.
pub const LEAST_SHARED: usize = 128;
/// A stretch is looked for by its first bytes: to make ready for all of it would take longer than the search itself.
const BEGINNING: usize = 24;
/// So many places that begin like a stretch are compared with it.
const LOOKED_AT: usize = 16;

/// A text, most of which may be the same in many files, or in what the file was made from, and is held once.
#[derive(Debug, Default)]
pub struct Pieces {
    own: Vec<u8>,
    /// Texts that others hold as well.
    texts: Vec<Arc<str>>,
    /// The stretches of them that stand here, in order.
    shared: Vec<Shared>,
}

/// A stretch of a text that others hold as well.
#[derive(Debug)]
struct Shared {
    /// The place in `own` before which it stands.
    place: u32,
    /// The number of the text in `texts`, and which bytes of it.
    text: u32,
    from: u32,
    to: u32,
}

impl Shared {
    fn new(place: usize, text: usize, stretch: &Range<usize>) -> Option<Self> {
        let number = |number: usize| u32::try_from(number).ok();
        let (from, to) = (number(stretch.start)?, number(stretch.end)?);
        Some(Self { place: number(place)?, text: number(text)?, from, to })
    }

    fn len(&self) -> usize {
        (self.to - self.from) as usize
    }
}

impl Pieces {
    /// Adds text of this file alone.
    pub fn push(&mut self, text: &[u8]) {
        self.own.extend_from_slice(text);
    }

    /// Adds text that other files have as well.
    pub fn push_shared(&mut self, text: &Arc<str>) {
        self.push_stretch(text, 0..text.len());
    }

    /// Adds text in which these stretches of others occur one after the other: as many of them are held once as are found from the first on.
    /// Whether there were any.
    pub fn push_repeating<'a>(
        &mut self,
        mut text: &[u8],
        stretches: impl Iterator<Item = (&'a Arc<str>, Range<usize>)>,
    ) -> bool {
        let before = self.shared.len();
        for (source, stretch) in stretches.filter(|(_, stretch)| stretch.len() >= LEAST_SHARED) {
            let Some(at) = find(text, &source.as_bytes()[stretch.clone()]) else { break };
            self.push(&text[..at]);
            text = &text[at + stretch.len()..];
            self.push_stretch(source, stretch);
        }
        self.push(text);
        self.shared.len() > before
    }

    fn push_stretch(&mut self, text: &Arc<str>, stretch: Range<usize>) {
        let is_new = self.texts.last().is_none_or(|last| !Arc::ptr_eq(last, text));
        let number = self.texts.len() - usize::from(!is_new);
        match Shared::new(self.own.len(), number, &stretch).filter(|shared| shared.len() >= LEAST_SHARED) {
            Some(shared) => {
                self.texts.extend(is_new.then(|| Arc::clone(text)));
                self.shared.push(shared);
            }
            None => self.push(&text.as_bytes()[stretch]),
        }
    }

    fn len(&self) -> usize {
        self.own.len() + self.shared.iter().map(Shared::len).sum::<usize>()
    }

    fn whole(&self) -> Vec<u8> {
        let mut whole = Vec::with_capacity(self.len());
        let mut from = 0;
        for shared in &self.shared {
            whole.extend_from_slice(&self.own[from..shared.place as usize]);
            let text = self.texts[shared.text as usize].as_bytes();
            whole.extend_from_slice(&text[shared.from as usize..shared.to as usize]);
            from = shared.place as usize;
        }
        whole.extend_from_slice(&self.own[from..]);
        whole
    }
}

/// Where a long stretch stands in a text, if not far behind other places that only begin as it does.
fn find(text: &[u8], stretch: &[u8]) -> Option<usize> {
    let beginning = &stretch[..stretch.len().min(BEGINNING)];
    memchr::memmem::find_iter(text, beginning).take(LOOKED_AT).find(|at| text[*at..].starts_with(stretch))
}

/// The hash speaks for the bytes.
impl PartialEq for Artifact {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl Eq for Artifact {}

impl Artifact {
    /// A file with these bytes.
    #[must_use]
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self { hash: blake3::hash(&bytes), content: Content::Whole(bytes) }
    }

    /// A file whose hash is known.
    #[must_use]
    pub fn hashed(bytes: Arc<[u8]>, hash: Hash) -> Self {
        Self { content: Content::Whole(bytes), hash }
    }

    /// A file of text that has parts in common with others or with its source.
    #[must_use]
    pub fn of_pieces(mut pieces: Pieces) -> Self {
        if pieces.shared.is_empty() {
            return Self::new(pieces.own);
        }
        pieces.own.shrink_to_fit();
        pieces.texts.shrink_to_fit();
        pieces.shared.shrink_to_fit();
        Self { hash: blake3::hash(&pieces.whole()), content: Content::Pieces(Arc::new(pieces)) }
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> Cow<'_, [u8]> {
        match &self.content {
            Content::Whole(bytes) => Cow::Borrowed(bytes),
            Content::Pieces(pieces) => Cow::Owned(pieces.whole()),
        }
    }

    /// Its bytes, in the same memory if that is possible.
    #[must_use]
    pub fn shared_bytes(&self) -> Arc<[u8]> {
        match &self.content {
            Content::Whole(bytes) => Arc::clone(bytes),
            Content::Pieces(pieces) => pieces.whole().into(),
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

    /// Whether `folder` is one in which files lie.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn repeating(text: &str, source: &Arc<str>, stretches: &[Range<usize>]) -> Pieces {
        let mut pieces = Pieces::default();
        pieces.push(b"<p>");
        pieces.push_repeating(text.as_bytes(), stretches.iter().map(|stretch| (source, stretch.clone())));
        assert_eq!(pieces.whole(), format!("<p>{text}").into_bytes());
        pieces
    }

    #[test]
    fn stretches_of_a_source_are_held_once_and_the_text_stays_as_it_is() {
        let source: Arc<str> = format!("{}{}{}", "a".repeat(200), "b".repeat(200), "c".repeat(100)).into();
        let text = format!("before {}/a/{} after", &source[..200], &source[200..]);
        let pieces = repeating(&text, &source, &[0..200, 200..400, 400..500]);
        assert_eq!(pieces.shared.len(), 2, "the last one is too short");
        assert_eq!(pieces.own.len() + 400, text.len() + 3);
    }

    #[test]
    fn a_text_that_is_not_its_source_is_held_by_itself() {
        let source: Arc<str> = "a".repeat(200).into();
        assert!(repeating(&"b".repeat(300), &source, &[0..150, 150..200]).shared.is_empty());
    }
}
