//! An image's bytes → the same image without what its camera or program wrote about it: place, device, author, previews, edits.
//!
//! Nothing is decoded, so nothing is lost. Colour profiles stay. Which way up a photo is held stays too, as the only entry that is left.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;
use image::metadata::Orientation;

/// The bytes without metadata; `None` if they are not what they seem to be.
pub(super) fn removed(bytes: &[u8]) -> Option<Vec<u8>> {
    match bytes {
        [0xff, 0xd8, ..] => jpeg(bytes),
        [0x89, b'P', b'N', b'G', ..] => png(bytes),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp(bytes),
        _ => None,
    }
}

/// An Exif block (JEITA CP-3451 § 4.6) with the orientation of the image, and nothing else; `None` if it is upright.
fn upright_only(exif: &[u8]) -> Option<Vec<u8>> {
    let orientation = Orientation::from_exif_chunk(exif).filter(|held| *held != Orientation::NoTransforms)?;
    let mut block = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    block.extend([orientation.to_exif(), 0, 0, 0, 0, 0, 0]);
    Some(block)
}

const EXIF: &[u8] = b"Exif\0\0";
const PROFILE: &[u8] = b"ICC_PROFILE\0";

/// Segments of a JPEG (ITU-T T.81 § B.1), up to the end of the image: what follows it, such as a film or a second image, is left out.
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kept = vec![0xff, 0xd8];
    let mut orientation = None;
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1).filter(|_| bytes[at] == 0xff)?;
        match marker {
            0xff => at += 1,
            0xd9 => {
                kept.extend([0xff, 0xd9]);
                return Some(kept);
            }
            0x01 | 0xd0..=0xd7 => {
                kept.extend([0xff, marker]);
                at += 2;
            }
            _ => {
                let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
                let mut end = at + 2 + length;
                let content = bytes.get(at + 4..end)?;
                if marker == 0xda {
                    end = scan_end(bytes, end)?;
                    kept.extend(orientation.take().into_iter().flatten());
                }
                if is_wanted(marker, content) {
                    kept.extend(&bytes[at..end]);
                } else if let (0xe1, Some(exif)) = (marker, content.strip_prefix(EXIF)) {
                    orientation = upright_only(exif).map(|block| segment(0xe1, &[EXIF, &block].concat()));
                }
                at = end;
            }
        }
    }
}

/// Application segments are metadata, but for JFIF, colour profiles and Adobe's word on colours.
fn is_wanted(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xe2 => content.starts_with(PROFILE),
        0xe0 => content.starts_with(b"JFIF\0"),
        0xee => true,
        0xe1..=0xef | 0xfe => false,
        _ => true,
    }
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
    let mut segment = vec![0xff, marker];
    segment.extend(length.to_be_bytes());
    segment.extend(content);
    segment
}

/// Where the coded data of a scan ends: at the next marker that is neither a stuffed byte nor a restart.
fn scan_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

/// Chunks of a PNG (PNG 3 § 5.3), up to its end.
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kept = bytes.get(..8)?.to_vec();
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
        let end = at + 12 + usize::try_from(length).ok()?;
        let chunk = bytes.get(at..end)?;
        let (kind, content) = (&chunk[4..8], &chunk[8..chunk.len() - 4]);
        match kind {
            b"tEXt" | b"zTXt" | b"iTXt" | b"tIME" => {}
            b"iCCP" if !is_packed_profile(content) => {}
            b"eXIf" => kept.extend(upright_only(content).map(|block| png_chunk(kind, &block)).into_iter().flatten()),
            _ => kept.extend(chunk),
        }
        if kind == b"IEND" {
            return Some(kept);
        }
        at = end;
    }
}

/// The largest colour profile, in bytes; those of printing presses have two million.
pub(super) const LARGEST_PROFILE: usize = 4 << 20;

/// Whether a chunk holds a packed profile (PNG 3 § 11.3.2.3) of a size that a profile has. A few kilobytes could unpack to gigabytes, here and in
/// readers' browsers.
fn is_packed_profile(content: &[u8]) -> bool {
    let Some(name) = content.iter().take(80).position(|byte| *byte == 0) else { return false };
    let Some(packed) = content.get(name + 2..) else { return false };
    let most = LARGEST_PROFILE as u64;
    let mut unpacked = ZlibDecoder::new(packed).take(most + 1);
    io::copy(&mut unpacked, &mut io::sink()).is_ok_and(|length| length <= most)
}

fn png_chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap_or_default();
    let mut sum = flate2::Crc::new();
    sum.update(kind);
    sum.update(content);
    [&length.to_be_bytes(), kind, content, &sum.sum().to_be_bytes()].concat()
}

/// Chunks of a WebP (RFC 9649 § 2.3), whose header lists the kinds.
fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    const HAS_EXIF: u8 = 0x08;
    const HAS_XMP: u8 = 0x04;
    let mut kept = bytes.get(..12)?.to_vec();
    let mut flags_at = None;
    let mut at = 12;
    while at + 8 <= bytes.len() {
        let length = usize::try_from(u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?)).ok()?;
        let end = at + 8 + length + length % 2;
        let content = bytes.get(at + 8..at + 8 + length)?;
        match &bytes[at..at + 4] {
            b"XMP " => {}
            b"EXIF" => {
                if let Some(block) = upright_only(content.strip_prefix(EXIF).unwrap_or(content)) {
                    let length = u32::try_from(block.len()).unwrap_or_default();
                    kept.extend([&b"EXIF"[..], &length.to_le_bytes(), &block].concat());
                    if let Some(at) = flags_at {
                        kept[at] |= HAS_EXIF;
                    }
                }
            }
            kind => {
                if kind == b"VP8X" && length > 0 {
                    flags_at = Some(kept.len() + 8);
                }
                kept.extend(bytes.get(at..end.min(bytes.len()))?);
                if let Some(at) = flags_at.filter(|_| kind == b"VP8X") {
                    kept[at] &= !(HAS_EXIF | HAS_XMP);
                }
            }
        }
        at = end;
    }
    let size = u32::try_from(kept.len() - 8).ok()?;
    kept[4..8].copy_from_slice(&size.to_le_bytes());
    Some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiny(kind: image::ImageFormat) -> Vec<u8> {
        let image = image::DynamicImage::ImageRgb8(image::RgbImage::from_fn(16, 8, |x, y| {
            image::Rgb([x as u8 * 16, y as u8 * 32, 9])
        }));
        let mut bytes = std::io::Cursor::new(Vec::new());
        image.write_to(&mut bytes, kind).unwrap();
        bytes.into_inner()
    }

    /// An Exif block with an orientation and a camera's name.
    fn exif(orientation: u8) -> Vec<u8> {
        let mut block = b"MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        block.extend([orientation, 0, 0]);
        block.extend(b"\x01\x10\0\x02\0\0\0\x04Cam\0\0\0\0\0");
        block
    }

    #[test]
    fn a_photo_loses_its_camera_and_keeps_its_pixels_and_which_way_up_it_is() {
        let plain = tiny(image::ImageFormat::Jpeg);
        let mut photo = plain[..2].to_vec();
        photo.extend(segment(0xe1, &[EXIF, &exif(6)].concat()));
        photo.extend(segment(0xfe, b"Taken at home"));
        photo.extend(&plain[2..]);
        photo.extend(b"and a film behind it");
        let clean = removed(&photo).unwrap();
        for secret in [&b"Cam"[..], b"Taken", b"film"] {
            assert!(!clean.windows(secret.len()).any(|window| window == secret));
        }
        let mut decoder = image::ImageReader::new(std::io::Cursor::new(&clean))
            .with_guessed_format()
            .unwrap()
            .into_decoder()
            .unwrap();
        assert_eq!(image::ImageDecoder::orientation(&mut decoder).unwrap(), Orientation::Rotate90);
        assert_eq!(image::load_from_memory(&clean).unwrap(), image::load_from_memory(&plain).unwrap());
    }

    #[test]
    fn a_png_loses_its_texts() {
        let plain = tiny(image::ImageFormat::Png);
        let mut drawn = plain[..33].to_vec();
        drawn.extend(png_chunk(b"tEXt", b"Author\0Hina"));
        drawn.extend(png_chunk(b"eXIf", &exif(1)));
        drawn.extend(&plain[33..]);
        assert_eq!(removed(&drawn).unwrap(), plain);
    }

    /// Once, a profile of 305 kB took 994 MB.
    #[test]
    fn a_png_loses_a_profile_that_unpacks_to_more_than_any_has() {
        let plain = tiny(image::ImageFormat::Png);
        let with_profile = |length: usize| {
            let mut packed = flate2::write::ZlibEncoder::new(b"ICC\0\0".to_vec(), flate2::Compression::best());
            std::io::Write::write_all(&mut packed, &vec![0; length]).unwrap();
            [&plain[..33], &png_chunk(b"iCCP", &packed.finish().unwrap()), &plain[33..]].concat()
        };
        assert_eq!(removed(&with_profile(20_000_000)).unwrap(), plain);
        assert_eq!(removed(&with_profile(2_000_000)).unwrap(), with_profile(2_000_000));
        let broken = [&plain[..33], &png_chunk(b"iCCP", b"ICC\0\0not packed"), &plain[33..]].concat();
        assert_eq!(removed(&broken).unwrap(), plain);
    }

    #[test]
    fn a_webp_loses_its_blocks_and_says_so_in_its_head() {
        let plain = tiny(image::ImageFormat::WebP);
        let mut taken = plain[..12].to_vec();
        taken.extend(b"VP8X\x0a\0\0\0\x0c\0\0\0\x0f\0\0\x07\0\0");
        taken.extend(&plain[12..]);
        taken.extend(b"XMP \x04\0\0\0<x/>");
        let clean = removed(&taken).unwrap();
        assert!(!clean.windows(4).any(|window| window == b"<x/>"));
        assert_eq!(clean[20], 0);
        assert_eq!(u32::from_le_bytes(clean[4..8].try_into().unwrap()) as usize, clean.len() - 8);
        assert_eq!(image::load_from_memory(&clean).unwrap(), image::load_from_memory(&plain).unwrap());
    }

    #[test]
    fn bytes_cut_off_anywhere_are_refused_without_a_panic() {
        for kind in [image::ImageFormat::Jpeg, image::ImageFormat::Png, image::ImageFormat::WebP] {
            let whole = tiny(kind);
            for length in 0..whole.len() {
                let _ = removed(&whole[..length]);
            }
        }
    }
}
