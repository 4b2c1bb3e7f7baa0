//! The images of `content/` → what is published of each: clean of metadata and scripts, and, where a page shows it, at several widths.
//!
//! Takes the files and the pages that show them, and returns every image's size and addresses to [`render`](crate::render) and its bytes to the
//! output. Results are cached by the hash of the file and the theme's image settings, from build to build and
//! in the [`cache`](crate::files::cache), since this is by far the slowest pass. Writes no HTML.

mod fault;
mod gate;
mod kept;
mod metadata;
mod raster;
mod svg;
mod whole;

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
use gate::Gate;

/// An image as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width and height in CSS pixels.
    pub size: Option<(u32, u32)>,
    /// Its file, clean.
    pub file: Artifact,
    /// The same at several widths: the modern kind first, the kind for every browser last. None for drawings and animations.
    pub sets: Vec<Set>,
    /// What went from a drawing, in words.
    pub removed: Vec<String>,
    /// Why it can't be shown.
    pub fault: Option<ImageFault>,
}

/// An image in one format, narrowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
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
pub struct Pictures {
    pictures: BTreeMap<SourcePath, Arc<Picture>>,
    /// How wide images are shown.
    pub sizes: String,
}

/// The images of the last build.
pub type Memory = HashMap<SourcePath, (Hash, Arc<Picture>)>;

/// Kinds that are published as they are, with a size.
const OTHER_KINDS: &[&str] = &["gif", "avif"];
/// Kinds of cameras, scanners and print that browsers don't show.
const WRONG_KINDS: &[&str] = &["heic", "heif", "tif", "tiff", "bmp", "psd", "raw", "dng", "cr2", "nef"];
/// Memory for images that are being converted: as much as one may take, with its results.
const ROOM: u64 = 2 * raster::MOST_BYTES;

impl Pictures {
    /// Prepares what is published of each image; those that did not change are reused.
    pub fn new(
        sources: &Sources,
        site: &Site,
        settings: &ImageSettings,
        memory: &mut Memory,
        cache: &Cache,
    ) -> (Self, Vec<Diagnostic>) {
        let shown = shown(site);
        let gate = Gate::new(ROOM);
        let files: Vec<&Arc<Source>> = site.assets.iter().filter_map(|(path, _)| sources.content.get(path)).collect();
        let known = &*memory;
        let one = |source: &Arc<Source>| {
            let workshop =
                Workshop { source, settings, is_shown: shown.contains_key(&source.path), cache, gate: &gate };
            let (hash, picture) = workshop.remembered(known.get(&source.path))?;
            Some((source.path.clone(), (hash, picture)))
        };
        *memory = files.into_par_iter().filter_map(one).collect();
        let pictures: BTreeMap<SourcePath, Arc<Picture>> =
            memory.iter().map(|(path, (_, picture))| (path.clone(), Arc::clone(picture))).collect();
        let diagnostics = diagnostics(site, &pictures, &shown);
        (Self { pictures, sizes: settings.sizes.clone() }, diagnostics)
    }

    /// The image made from that file; `None` if the file is no image.
    #[must_use]
    pub fn get(&self, path: &SourcePath) -> Option<&Picture> {
        self.pictures.get(path).map(|picture| &**picture)
    }

    /// All images, by their files.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &Picture)> {
        self.pictures.iter().map(|(path, picture)| (path, &**picture))
    }

    /// Adds all files of all images, but not the images that are `left_out`.
    pub fn publish(&self, site: &Site, left_out: &HashSet<SourcePath>, output: &mut Output) {
        for (path, picture) in &self.pictures {
            if let Some(asset) = site.assets.get(path).filter(|_| !left_out.contains(path)) {
                output.insert(asset.address.file(), picture.file.clone());
            }
            for variant in picture.sets.iter().flat_map(|set| &set.variants) {
                output.insert(variant.address.file(), variant.artifact.clone());
            }
        }
    }
}

impl Pictures {
    /// The addresses of the smaller copies, each with the image's file.
    pub fn variants(&self) -> impl Iterator<Item = (&SourcePath, &Address)> {
        let sets = self.pictures.iter().flat_map(|(path, picture)| picture.sets.iter().map(move |set| (path, set)));
        sets.flat_map(|(path, set)| set.variants.iter().map(move |variant| (path, &variant.address)))
    }
}

impl Picture {
    /// The image for old browsers, feeds and cards: `width` pixels wide if it is that wide.
    #[must_use]
    pub fn plain(&self, width: u32) -> Option<&Variant> {
        let variants = &self.sets.last()?.variants;
        variants.iter().rev().find(|variant| variant.width <= width).or(variants.first())
    }
}

impl Set {
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
        for (picture, span) in pictures_of(site, document) {
            shown.entry(picture).or_default().insert((document.path.clone(), span.start, span.end));
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
struct Workshop<'a> {
    source: &'a Source,
    settings: &'a ImageSettings,
    is_shown: bool,
    cache: &'a Cache,
    gate: &'a Gate,
}

impl Workshop<'_> {
    /// `None` if the file is no image.
    fn remembered(&self, known: Option<&(Hash, Arc<Picture>)>) -> Option<(Hash, Arc<Picture>)> {
        let fingerprint = self.fingerprint();
        match known {
            Some((hash, picture)) if *hash == fingerprint => Some((fingerprint, Arc::clone(picture))),
            _ => self.made().map(|picture| (fingerprint, Arc::new(picture))),
        }
    }

    fn fingerprint(&self) -> Hash {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.source.fingerprint.to_bytes()).update(format!("{:?}", self.settings).as_bytes());
        hasher.update(&[u8::from(self.is_shown)]).finalize()
    }

    fn made(&self) -> Option<Picture> {
        let extension = self.source.path.extension();
        match extension.as_str() {
            "svg" => Some(self.drawing()),
            "jpg" | "jpeg" | "png" | "webp" => Some(self.raster(&extension)),
            kind if OTHER_KINDS.contains(&kind) => {
                Some(Picture { fault: self.fault_of_bytes(kind), ..self.untouched(kind) })
            }
            kind if WRONG_KINDS.contains(&kind) => {
                Some(Picture { fault: Some(ImageFault::WrongKind(kind.to_owned())), ..self.untouched(kind) })
            }
            _ => None,
        }
    }

    fn untouched(&self, extension: &str) -> Picture {
        Picture {
            size: dimensions(&self.source.bytes(), extension),
            file: Artifact::known(self.source.bytes(), self.source.fingerprint),
            sets: Vec::new(),
            removed: Vec::new(),
            fault: None,
        }
    }

    /// A drawing that can't be understood can't be cleaned, and is not published.
    fn drawing(&self) -> Picture {
        let picture = self.untouched("svg");
        let text = self.source.text();
        let sanitised = text.as_deref().and_then(|text| svg::sanitised(text.trim_start_matches('\u{feff}')));
        let Some(sanitised) = sanitised else {
            let fault = Some(ImageFault::Broken("it is not a well-formed SVG file".to_owned()));
            return Picture { file: Artifact::new(Vec::new()), fault, ..picture };
        };
        let removed = sanitised.removed;
        match sanitised.text {
            std::borrow::Cow::Borrowed(_) => Picture { removed, ..picture },
            std::borrow::Cow::Owned(text) => Picture { file: Artifact::new(text.into_bytes()), removed, ..picture },
        }
    }

    fn raster(&self, extension: &str) -> Picture {
        let mut picture = self.untouched(extension);
        let original = self.source.bytes();
        let clean: Arc<[u8]> = metadata::removed(&original).map_or_else(|| Arc::clone(&original), Into::into);
        if clean != original {
            picture.file = Artifact::new(Arc::clone(&clean));
        }
        if let Some(fault) = self.fault_of_bytes(extension) {
            return Picture { fault: Some(fault), ..picture };
        }
        if !self.is_shown || is_animated(&self.source.bytes()) {
            return picture;
        }
        match self.converted(&clean) {
            Ok(converted) => self.with_sets(picture, converted),
            Err(fault) => Picture { fault: Some(fault), ..picture },
        }
    }

    fn fault_of_bytes(&self, extension: &str) -> Option<ImageFault> {
        whole::fault(&self.source.bytes(), extension).map(|reason| ImageFault::Broken(reason.to_owned()))
    }

    /// Made from the clean file: what was taken out of it may be packed, and unpack to more than there is memory.
    fn converted(&self, clean: &[u8]) -> Result<raster::Converted, ImageFault> {
        let key = kept::key(self.source.fingerprint, self.settings);
        if let Some(converted) = self.cache.get(&key).and_then(|entry| kept::read(&entry)) {
            return Ok(converted);
        }
        let weight = raster::weight(clean)?;
        let converted = self.gate.pass(2 * weight, || raster::converted(clean, self.settings))?;
        self.cache.put(&key, &kept::written(&converted));
        Ok(converted)
    }

    fn with_sets(&self, picture: Picture, converted: raster::Converted) -> Picture {
        let sets = converted.sets.into_iter().map(|set| Set {
            media_type: crate::output::media_type(&format!("a.{}", set.kind.extension())),
            variants: set.variants.into_iter().map(|variant| self.variant(set.kind, variant)).collect(),
        });
        Picture { size: Some(converted.size), sets: sets.collect(), ..picture }
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
    pictures: &BTreeMap<SourcePath, Arc<Picture>>,
    shown: &BTreeMap<SourcePath, BTreeSet<(SourcePath, usize, usize)>>,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (path, picture) in pictures {
        if let Some(fault) = &picture.fault {
            for (document, start, end) in shown.get(path).into_iter().flatten() {
                let diagnostic = explained(path, fault);
                diagnostics
                    .extend(site.document(document).map(|document| diagnostic.at(document.source(), *start..*end)));
            }
        }
        if path.extension() == "svg" && picture.file.length() == 0 && !shown.contains_key(path) {
            let message = "this drawing is not well-formed, so it can't be cleaned and is published empty";
            diagnostics.push(Diagnostic::warning(Rule::UnreadableImage, message).in_file(path));
        }
        if !picture.removed.is_empty() {
            let message = format!("this drawing is published without some of its parts: {}", named(&picture.removed));
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
