//! A photo or screenshot → the same at several widths, each in a modern kind and in one that every browser knows.
//!
//! A photo becomes AVIF and JPEG (PNG, where it has transparent parts). A screenshot or drawing, which those kinds would blur, becomes
//! lossless WebP and PNG; which of the two an image is, depends on how well it compresses without loss.

use std::io::Cursor;

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8x3, U8x4};
use fast_image_resize::{PixelTrait, Resizer};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader};
use moxcms::{ColorProfile, Layout, TransformOptions};

use super::completeness::CUT;
use super::fault::ImageFault;
use super::metadata::LARGEST_PROFILE;
use crate::config::ImageSettings;

/// More pixels than any camera's; a small file can claim to have any number.
const MOST_PIXELS: u64 = 100_000_000;
/// What one decoded image may take in memory, in bytes.
pub(super) const MOST_BYTES: u64 = 400 << 20;
/// A file of more bytes than any image for a page; some decoders hold it several times.
const LARGEST_FILE: usize = 200_000_000;
/// An image that takes more bits a pixel without loss is a photo.
const BITS_OF_A_PHOTO: usize = 4;
/// The fastest setting of the AV1 encoder; the next one takes half as long again and saves a twelfth of the bytes.
const AVIF_SPEED: u8 = 10;

/// An image in one format, narrowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Encodings {
    pub(super) kind: Kind,
    pub(super) variants: Vec<Encoding>,
}

/// An image in one format at one width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Encoding {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) bytes: Vec<u8>,
}

/// The formats that images are published in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) enum Kind {
    Avif,
    Webp,
    Jpeg,
    Png,
}

impl Kind {
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::Webp => "webp",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// An image at its own size and at the widths that the theme asks for.
#[derive(Debug)]
pub(super) struct Converted {
    /// Width and height as it is seen, which for a photo held upright is not as it is stored.
    pub(super) size: (u32, u32),
    /// The modern kind, if it is worth it, then the one for every browser.
    pub(super) sources: Vec<Encodings>,
}

/// How many bytes an image takes while it is decoded, according to its header.
///
/// # Errors
/// If it is no image or too large a one.
pub(super) fn weight(bytes: &[u8]) -> Result<u64, ImageFault> {
    if bytes.len() > LARGEST_FILE {
        return Err(ImageFault::TooHeavy(bytes.len()));
    }
    let decoder = reader(bytes)?.into_decoder().map_err(undecodable)?;
    let (width, height) = decoder.dimensions();
    let is_huge = u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_BYTES;
    // A progressive JPEG is decoded whole before its pixels are made, with two bytes a value.
    let times = if is_progressive(bytes) { 3 } else { 1 };
    if is_huge { Err(ImageFault::TooLarge(width, height)) } else { Ok(times * decoder.total_bytes()) }
}

/// Whether an image is a JPEG in several passes (ITU-T T.81 § B.1.1.3).
fn is_progressive(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xff, marker, high, low]) = bytes.get(at..at + 4).filter(|_| bytes.starts_with(b"\xff\xd8")) {
        match marker {
            0xc2 | 0xc6 | 0xca | 0xce => return true,
            0xda => return false,
            0xff => at += 1,
            _ => at += 2 + usize::from(u16::from_be_bytes([*high, *low])),
        }
    }
    false
}

/// Converts an image.
///
/// # Errors
/// If it can't be decoded.
pub(super) fn converted(bytes: &[u8], settings: &ImageSettings) -> Result<Converted, ImageFault> {
    let is_jpeg = image::guess_format(bytes).is_ok_and(|format| format == ImageFormat::Jpeg);
    let full = Pixels::decoded(bytes)?;
    let size = (full.width, full.height);
    let widths = widths(full.width, &settings.widths);
    let scaled = scaled(full, &widths)?;
    let is_opaque = scaled.iter().all(Pixels::is_opaque);
    let lossless = scaled.last().map(Pixels::webp).transpose()?.unwrap_or_default();
    let pixels = scaled.last().map_or(1, |largest| largest.width as usize * largest.height as usize);
    let is_photo = is_jpeg || lossless.len() * 8 > pixels * BITS_OF_A_PHOTO;
    let (modern, plain) = match (is_photo, is_opaque) {
        (true, true) => (Kind::Avif, Kind::Jpeg),
        (true, false) => (Kind::Avif, Kind::Png),
        (false, _) => (Kind::Webp, Kind::Png),
    };
    let mut sources = vec![encoded(&scaled, modern, settings)?, encoded(&scaled, plain, settings)?];
    if total(&sources[0]) >= total(&sources[1]) {
        sources.remove(0);
    }
    Ok(Converted { size, sources })
}

fn total(set: &Encodings) -> usize {
    set.variants.iter().map(|variant| variant.bytes.len()).sum()
}

/// The theme's widths below the image's own, and its own unless the theme asks for nothing as wide.
fn widths(own: u32, wanted: &[u32]) -> Vec<u32> {
    let mut widths: Vec<u32> = wanted.iter().copied().filter(|width| *width > 0 && *width < own).collect();
    if widths.len() == wanted.len() && !wanted.is_empty() {
        // // The image is wider than anything that will be shown.
    } else {
        widths.push(own);
    }
    widths.sort_unstable();
    widths.dedup();
    widths
}

/// The image at each width, narrowest first. Each is scaled from the next wider one, so that the full image can be dropped early.
fn scaled(full: Pixels, widths: &[u32]) -> Result<Vec<Pixels>, ImageFault> {
    let mut scaled: Vec<Pixels> = Vec::with_capacity(widths.len());
    let mut source = Some(full);
    for &width in widths.iter().rev() {
        let from = source.take();
        let from = from.as_ref().or(scaled.last()).ok_or_else(|| ImageFault::Broken("it has no pixels".to_owned()))?;
        scaled.push(from.at_width(width)?);
    }
    scaled.reverse();
    Ok(scaled)
}

fn encoded(images: &[Pixels], kind: Kind, settings: &ImageSettings) -> Result<Encodings, ImageFault> {
    let encode = |pixels: &Pixels| {
        let bytes = match kind {
            Kind::Avif => pixels.avif(settings.quality),
            Kind::Webp => pixels.webp(),
            Kind::Jpeg => pixels.jpeg(settings.quality),
            Kind::Png => pixels.png(),
        }?;
        Ok(Encoding { width: pixels.width, height: pixels.height, bytes })
    };
    Ok(Encodings { kind, variants: images.iter().map(encode).collect::<Result<_, ImageFault>>()? })
}

fn reader(bytes: &[u8]) -> Result<ImageReader<Cursor<&[u8]>>, ImageFault> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(broken)?;
    let mut limits = image::Limits::no_limits();
    limits.max_alloc = Some(2 * MOST_BYTES);
    reader.limits(limits);
    Ok(reader)
}

fn undecodable(error: image::ImageError) -> ImageFault {
    match error {
        ImageError::IoError(_) | ImageError::Decoding(_) => ImageFault::Broken(CUT.to_owned()),
        other => broken(other),
    }
}

fn broken(error: impl std::fmt::Display) -> ImageFault {
    ImageFault::Broken(error.to_string())
}

/// Eight bits a channel, sRGB, upright; three channels, or four where something is transparent.
struct Pixels {
    width: u32,
    height: u32,
    channels: usize,
    bytes: Vec<u8>,
}

impl Pixels {
    fn decoded(bytes: &[u8]) -> Result<Self, ImageFault> {
        let mut decoder = reader(bytes)?.into_decoder().map_err(undecodable)?;
        let orientation = decoder.orientation().map_err(undecodable)?;
        let profile = decoder.icc_profile().ok().flatten().filter(|profile| profile.len() <= LARGEST_PROFILE);
        let mut image = DynamicImage::from_decoder(decoder).map_err(undecodable)?;
        image.apply_orientation(orientation);
        let (width, height) = (image.width(), image.height());
        let channels = if image.color().has_alpha() { 4 } else { 3 };
        let bytes = if channels == 4 { image.into_rgba8().into_raw() } else { image.into_rgb8().into_raw() };
        let mut pixels = Self { width, height, channels, bytes };
        if let Some(profile) = profile {
            pixels.turn_to_srgb(&profile);
        }
        Ok(pixels)
    }

    /// Phones write colours of a wider space, which would look dull if they were taken for sRGB. A profile that can't be read changes nothing.
    fn turn_to_srgb(&mut self, profile: &[u8]) {
        let layout = if self.channels == 4 { Layout::Rgba } else { Layout::Rgb };
        let Ok(own) = ColorProfile::new_from_slice(profile) else { return };
        let transform =
            own.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, TransformOptions::default());
        let Ok(transform) = transform else { return };
        let row = self.width as usize * self.channels;
        let mut converted = vec![0; row];
        for line in self.bytes.chunks_exact_mut(row.max(1)) {
            if transform.transform(line, &mut converted).is_ok() {
                line.copy_from_slice(&converted);
            }
        }
    }

    fn is_opaque(&self) -> bool {
        self.channels == 3 || self.bytes.chunks_exact(4).all(|pixel| pixel[3] == u8::MAX)
    }

    fn at_width(&self, width: u32) -> Result<Self, ImageFault> {
        let height = u64::from(self.height) * u64::from(width) / u64::from(self.width.max(1));
        let height = u32::try_from(height.max(1)).map_err(broken)?;
        let bytes = match self.channels {
            4 => self.resized::<U8x4>(width, height)?,
            _ => self.resized::<U8x3>(width, height)?,
        };
        Ok(Self { width, height, channels: self.channels, bytes })
    }

    /// Its bytes in another size. `Resizer::resize` would have the compiler make code for thirteen kinds of pixels.
    fn resized<P: PixelTrait>(&self, width: u32, height: u32) -> Result<Vec<u8>, ImageFault> {
        let mut bytes = vec![0; width as usize * height as usize * self.channels];
        let source = TypedImageRef::<P>::from_buffer(self.width, self.height, &self.bytes).map_err(broken)?;
        let mut target = TypedImage::<P>::from_buffer(width, height, &mut bytes).map_err(broken)?;
        Resizer::new().resize_typed(&source, &mut target, None).map_err(broken)?;
        Ok(bytes)
    }

    fn colour(&self) -> ExtendedColorType {
        if self.channels == 4 { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 }
    }

    fn avif(&self, quality: u8) -> Result<Vec<u8>, ImageFault> {
        // What looks like JPEG's 78 is about 60 here.
        let encoder = ravif::Encoder::new()
            .with_quality(f32::from(quality) * 0.77)
            .with_alpha_quality(f32::from(quality))
            .with_speed(AVIF_SPEED)
            .with_bit_depth(ravif::BitDepth::Eight)
            .with_num_threads(Some(1));
        let (width, height) = (self.width as usize, self.height as usize);
        let pixel = |p: &[u8]| ravif::RGBA8::new(p[0], p[1], p[2], p.get(3).copied().unwrap_or(u8::MAX));
        let pixels: Vec<_> = self.bytes.chunks_exact(self.channels).map(pixel).collect();
        // // The same for an opaque image as `encode_rgb`, which would instantiate half of an encoder once more.
        let encoded = encoder.encode_rgba(ravif::Img::new(&pixels, width, height));
        encoded.map(|encoded| encoded.avif_file).map_err(broken)
    }

    fn webp(&self) -> Result<Vec<u8>, ImageFault> {
        let mut bytes = Vec::new();
        let encoder = WebPEncoder::new_lossless(&mut bytes);
        encoder.encode(&self.bytes, self.width, self.height, self.colour()).map_err(broken)?;
        Ok(bytes)
    }

    fn png(&self) -> Result<Vec<u8>, ImageFault> {
        let mut bytes = Vec::new();
        let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
        encoder.write_image(&self.bytes, self.width, self.height, self.colour()).map_err(broken)?;
        Ok(bytes)
    }

    fn jpeg(&self, quality: u8) -> Result<Vec<u8>, ImageFault> {
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, quality);
        encoder.set_progressive(true);
        encoder.set_optimized_huffman_tables(true);
        let side = |length: u32| u16::try_from(length).map_err(broken);
        let colour = if self.channels == 4 { jpeg_encoder::ColorType::Rgba } else { jpeg_encoder::ColorType::Rgb };
        encoder.encode(&self.bytes, side(self.width)?, side(self.height)?, colour).map_err(broken)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_never_made_wider_than_it_is() {
        assert_eq!(widths(300, &[480, 800]), [300]);
        assert_eq!(widths(600, &[480, 800]), [480, 600]);
        assert_eq!(widths(6000, &[480, 800]), [480, 800]);
        assert_eq!(widths(800, &[480, 800]), [480, 800]);
        assert_eq!(widths(800, &[]), [800]);
    }

    #[test]
    fn a_small_file_that_claims_a_huge_picture_is_refused_by_its_head() {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\x01\0\0\0\x01\0\0\x08\x06\0\0\0".to_vec();
        let mut sum = flate2::Crc::new();
        sum.update(&bytes[12..29]);
        bytes.extend(sum.sum().to_be_bytes());
        bytes.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
        assert_eq!(weight(&bytes).unwrap_err(), ImageFault::TooLarge(65536, 65536));
    }
}
