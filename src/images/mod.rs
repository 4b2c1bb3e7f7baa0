//! The images of `content/` → what is published of each: clean of metadata and scripts, and, where a page shows it, at several widths.
//!
//! Takes the files and the pages that show them, and returns every image's size and addresses to [`render`](crate::render) and its bytes to the
//! output. Results are cached by the hash of the file and the theme's image settings, from build to build and
//! in the [`cache`](crate::files::cache), since this is by far the slowest pass. Writes no HTML.

mod cache_entry;
mod completeness;
mod fault;
mod memory_limit;
mod metadata;
mod raster;
mod svg;

use crate::config::ImageSettings;
use crate::diagnostic::Rule;
pub use fault::ImageFault;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::collect::Sources;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, ReferenceKind, dimensions};
use crate::files::Cache;
use crate::output::{Artifact, Output};
use crate::site::{Address, Site, Target};
use crate::source::{Source, SourcePath};
use crate::storage::Hash;
use memory_limit::MemoryLimit;

/// An image as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedImage {
    /// Width and height in CSS pixels.
    pub size: Option<(u32, u32)>,
    /// Its file, clean.
    pub file: Artifact,
    /// The same at several widths: the modern kind first, the kind for every browser last. None for drawings and animations.
    pub sources: Vec<ImageSource>,
    /// What went from a drawing, in words.
    pub removed: Vec<String>,
    /// Why it can't be shown.
    pub fault: Option<ImageFault>,
}

/// An image in one format, narrowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageSource {
    /// The media type.
    pub media_type: &'static str,
    /// The image at each width.
    pub variants: Vec<Variant>,
}

/// An image in one format at one width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Where it lives: with the theme's assets, under a name that changes with its bytes.
    pub address: Address,
    /// Its bytes.
    pub artifact: Artifact,
}

/// The images of a site, by their files.
#[derive(Debug, Default)]
pub struct Images {
    images: BTreeMap<SourcePath, Arc<PublishedImage>>,
    /// How wide images are shown.
    pub sizes: String,
}

/// The images of the last build.
pub type ImageCache = HashMap<SourcePath, (Hash, Arc<PublishedImage>)>;

/// Kinds that are published as they are, with a size.
const OTHER_KINDS: &[&str] = &["gif", "avif"];
/// Kinds of cameras, scanners and print that browsers don't show.
const WRONG_KINDS: &[&str] = &["heic", "heif", "tif", "tiff", "bmp", "psd", "raw", "dng", "cr2", "nef"];
/// ImageCache for images that are being converted: as much as one may take, with its results.
const ROOM: u64 = 2 * raster::MOST_BYTES;

impl Images {
    /// Prepares what is published of each image; those that did not change are reused.
    pub fn new(
        sources: &Sources,
        site: &Site,
        settings: &ImageSettings,
        memory: &mut ImageCache,
        cache: &Cache,
    ) -> (Self, Vec<Diagnostic>) {
        let shown = shown(site);
        let gate = MemoryLimit::new(ROOM);
        let files: Vec<&Arc<Source>> = site.assets.iter().filter_map(|(path, _)| sources.content.get(path)).collect();
        let known = &*memory;
        let one = |source: &Arc<Source>| {
            let workshop =
                Preparation { source, settings, is_shown: shown.contains_key(&source.path), cache, gate: &gate };
            let (hash, image) = workshop.remembered(known.get(&source.path))?;
            Some((source.path.clone(), (hash, image)))
        };
        *memory = files.into_par_iter().filter_map(one).collect();
        let images: BTreeMap<SourcePath, Arc<PublishedImage>> =
            memory.iter().map(|(path, (_, image))| (path.clone(), Arc::clone(image))).collect();
        let diagnostics = diagnostics(site, &images, &shown);
        (Self { images, sizes: settings.sizes.clone() }, diagnostics)
    }

    /// The image made from that file; `None` if the file is no image.
    #[must_use]
    pub fn get(&self, path: &SourcePath) -> Option<&PublishedImage> {
        self.images.get(path).map(|image| &**image)
    }

    /// All images, by their files.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &PublishedImage)> {
        self.images.iter().map(|(path, image)| (path, &**image))
    }

    /// Adds all files of all images, but not the images that are `left_out`.
    pub fn publish(&self, site: &Site, left_out: &HashSet<SourcePath>, output: &mut Output) {
        for (path, image) in &self.images {
            if let Some(asset) = site.assets.get(path).filter(|_| !left_out.contains(path)) {
                output.insert(asset.address.file(), image.file.clone());
            }
            for variant in image.sources.iter().flat_map(|set| &set.variants) {
                output.insert(variant.address.file(), variant.artifact.clone());
            }
        }
    }
}

impl Images {
    /// The addresses of the smaller copies, each with the image's file.
    pub fn variants(&self) -> impl Iterator<Item = (&SourcePath, &Address)> {
        let sources = self.images.iter().flat_map(|(path, image)| image.sources.iter().map(move |set| (path, set)));
        sources.flat_map(|(path, set)| set.variants.iter().map(move |variant| (path, &variant.address)))
    }
}

impl PublishedImage {
    /// The image for old browsers, feeds and cards: `width` pixels wide if it is that wide.
    #[must_use]
    pub fn plain(&self, width: u32) -> Option<&Variant> {
        let variants = &self.sources.last()?.variants;
        variants.iter().rev().find(|variant| variant.width <= width).or(variants.first())
    }
}

impl ImageSource {
    /// The attribute `srcset`, with addresses made by `url`.
    #[must_use]
    pub fn srcset(&self, url: impl Fn(&Address) -> String) -> String {
        let candidates = self.variants.iter().map(|variant| format!("{} {}w", url(&variant.address), variant.width));
        candidates.collect::<Vec<_>>().join(", ")
    }
}

/// The images that live pages show, each with the places where they do.
fn shown(site: &Site) -> BTreeMap<SourcePath, BTreeSet<(SourcePath, usize, usize)>> {
    let mut shown: BTreeMap<SourcePath, BTreeSet<(SourcePath, usize, usize)>> = BTreeMap::new();
    for document in site.live() {
        for (image, span) in pictures_of(site, document) {
            shown.entry(image).or_default().insert((document.path.clone(), span.start, span.end));
        }
    }
    shown
}

fn pictures_of<'a>(
    site: &'a Site,
    document: &'a Document,
) -> impl Iterator<Item = (SourcePath, std::ops::Range<usize>)> + 'a {
    let in_body = document.body.references.iter().filter(|reference| reference.kind == ReferenceKind::Image);
    let in_body = in_body.filter_map(|reference| match site.resolve(document, reference) {
        Ok(Target::File(path, _)) => Some((path, reference.span.clone())),
        _ => None,
    });
    let for_cards = document.front.image.iter();
    in_body.chain(for_cards.filter_map(|(image, span)| Some((document.path.join(image)?, span.clone()))))
}

/// One image that is being prepared.
struct Preparation<'a> {
    source: &'a Source,
    settings: &'a ImageSettings,
    is_shown: bool,
    cache: &'a Cache,
    gate: &'a MemoryLimit,
}

impl Preparation<'_> {
    /// `None` if the file is no image.
    fn remembered(&self, known: Option<&(Hash, Arc<PublishedImage>)>) -> Option<(Hash, Arc<PublishedImage>)> {
        let fingerprint = self.fingerprint();
        match known {
            Some((hash, image)) if *hash == fingerprint => Some((fingerprint, Arc::clone(image))),
            _ => self.made().map(|image| (fingerprint, Arc::new(image))),
        }
    }

    fn fingerprint(&self) -> Hash {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.source.fingerprint.to_bytes()).update(format!("{:?}", self.settings).as_bytes());
        hasher.update(&[u8::from(self.is_shown)]).finalize()
    }

    fn made(&self) -> Option<PublishedImage> {
        let extension = self.source.path.extension();
        match extension.as_str() {
            "svg" => Some(self.drawing()),
            "jpg" | "jpeg" | "png" | "webp" => Some(self.raster(&extension)),
            kind if OTHER_KINDS.contains(&kind) => {
                Some(PublishedImage { fault: self.fault_of_bytes(kind), ..self.untouched(kind) })
            }
            kind if WRONG_KINDS.contains(&kind) => {
                Some(PublishedImage { fault: Some(ImageFault::WrongKind(kind.to_owned())), ..self.untouched(kind) })
            }
            _ => None,
        }
    }

    fn untouched(&self, extension: &str) -> PublishedImage {
        PublishedImage {
            size: dimensions(&self.source.bytes(), extension),
            file: Artifact::known(self.source.bytes(), self.source.fingerprint),
            sources: Vec::new(),
            removed: Vec::new(),
            fault: None,
        }
    }

    /// A drawing that can't be understood can't be cleaned, and is not published.
    fn drawing(&self) -> PublishedImage {
        let image = self.untouched("svg");
        let text = self.source.text();
        let sanitised = text.as_deref().and_then(|text| svg::sanitised(text.trim_start_matches('\u{feff}')));
        let Some(sanitised) = sanitised else {
            let fault = Some(ImageFault::Broken("it is not a well-formed SVG file".to_owned()));
            return PublishedImage { file: Artifact::new(Vec::new()), fault, ..image };
        };
        let removed = sanitised.removed;
        match sanitised.text {
            std::borrow::Cow::Borrowed(_) => PublishedImage { removed, ..image },
            std::borrow::Cow::Owned(text) => {
                PublishedImage { file: Artifact::new(text.into_bytes()), removed, ..image }
            }
        }
    }

    fn raster(&self, extension: &str) -> PublishedImage {
        let mut image = self.untouched(extension);
        let original = self.source.bytes();
        let clean: Arc<[u8]> = metadata::removed(&original).map_or_else(|| Arc::clone(&original), Into::into);
        if clean != original {
            image.file = Artifact::new(Arc::clone(&clean));
        }
        if let Some(fault) = self.fault_of_bytes(extension) {
            return PublishedImage { fault: Some(fault), ..image };
        }
        if !self.is_shown || is_animated(&self.source.bytes()) {
            return image;
        }
        match self.converted(&clean) {
            Ok(converted) => self.with_sources(image, converted),
            Err(fault) => PublishedImage { fault: Some(fault), ..image },
        }
    }

    fn fault_of_bytes(&self, extension: &str) -> Option<ImageFault> {
        completeness::fault(&self.source.bytes(), extension).map(|reason| ImageFault::Broken(reason.to_owned()))
    }

    /// Made from the clean file: what was taken out of it may be packed, and unpack to more than there is memory.
    fn converted(&self, clean: &[u8]) -> Result<raster::Converted, ImageFault> {
        let key = cache_entry::key(self.source.fingerprint, self.settings);
        if let Some(converted) = self.cache.get(&key).and_then(|entry| cache_entry::read(&entry)) {
            return Ok(converted);
        }
        let weight = raster::weight(clean)?;
        let converted = self.gate.pass(2 * weight, || raster::converted(clean, self.settings))?;
        self.cache.put(&key, &cache_entry::written(&converted));
        Ok(converted)
    }

    fn with_sources(&self, image: PublishedImage, converted: raster::Converted) -> PublishedImage {
        let sources = converted.sources.into_iter().map(|set| ImageSource {
            media_type: crate::output::media_type(&format!("a.{}", set.kind.extension())),
            variants: set.variants.into_iter().map(|variant| self.variant(set.kind, variant)).collect(),
        });
        PublishedImage { size: Some(converted.size), sources: sources.collect(), ..image }
    }

    fn variant(&self, kind: raster::Kind, encoding: raster::Encoding) -> Variant {
        let artifact = Artifact::new(encoding.bytes);
        let name = self.source.path.file_name();
        let stem = crate::text::slug_of(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
        let digits = &artifact.fingerprint.to_string()[..12];
        let (width, height) = (encoding.width, encoding.height);
        let address = Address::new(&format!("assets/pictures/{stem}-{width}.{digits}.{}", kind.extension()));
        Variant { width, height, address, artifact }
    }
}

/// An animation would be a still image after its conversion. (PNG 3 § 11.3.6.1, RFC 9649 § 2.7.1.1)
fn is_animated(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let has = |tag: &[u8]| head.windows(tag.len()).any(|window| window == tag);
    (head.starts_with(b"\x89PNG") && has(b"acTL")) || (head.starts_with(b"RIFF") && has(b"ANIM"))
}

fn diagnostics(
    site: &Site,
    images: &BTreeMap<SourcePath, Arc<PublishedImage>>,
    shown: &BTreeMap<SourcePath, BTreeSet<(SourcePath, usize, usize)>>,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (path, image) in images {
        if let Some(fault) = &image.fault {
            for (document, start, end) in shown.get(path).into_iter().flatten() {
                let diagnostic = explained(path, fault);
                diagnostics
                    .extend(site.document(document).map(|document| diagnostic.at(document.source(), *start..*end)));
            }
        }
        if path.extension() == "svg" && image.file.length() == 0 && !shown.contains_key(path) {
            let message = "this drawing is not well-formed, so it can't be cleaned and is published empty";
            diagnostics.push(Diagnostic::warning(Rule::UnreadableImage, message).in_file(path));
        }
        if !image.removed.is_empty() {
            let message = format!("this drawing is published without some of its parts: {}", named(&image.removed));
            let hint = "only what draws is published: look at the drawing, and export it as a plain SVG if something is missing";
            diagnostics.push(Diagnostic::warning(Rule::UnsafeSvg, message).in_file(path).hint(hint));
        }
    }
    diagnostics
}

/// Most parts of a drawing that are named in a message.
const MOST_NAMED: usize = 12;

fn named(removed: &[String]) -> String {
    let more = match removed.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    removed.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ") + &more
}

fn explained(path: &SourcePath, fault: &ImageFault) -> Diagnostic {
    let name = path.file_name();
    let broken = |message: String| Diagnostic::error(Rule::UnreadableImage, message);
    match fault {
        ImageFault::Broken(reason) => broken(format!("`{name}` can't be read as a picture: {reason}"))
            .hint("open it in a picture program and save it again, as JPEG, PNG or SVG"),
        ImageFault::TooLarge(width, height) => {
            broken(format!("`{name}` is too large to convert: {width} × {height} pixels"))
                .hint("save it with at most 100 megapixels; 2000 pixels in width are enough for any page")
        }
        ImageFault::TooHeavy(bytes) => broken(format!("`{name}` is too large to convert: {} MB", bytes / 1_000_000))
            .hint("save it again as JPEG, with 2000 pixels in width"),
        ImageFault::WrongKind(kind) => broken(format!("browsers don't show pictures of the kind `{kind}`"))
            .hint("save it as JPEG or PNG, and name that file here"),
    }
}
