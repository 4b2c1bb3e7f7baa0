//! An image's bytes → why they can't be a complete image, in an editor's words. Decodes nothing.

use super::metadata;

/// The reason for an image whose bytes end too early.
pub(super) const CUT: &str = "it is damaged, or ends before the picture does, as after a download that broke off";

/// What is wrong with an image of a kind that is published as it is or converted; `None` if it looks complete.
pub(super) fn fault(bytes: &[u8], extension: &str) -> Option<&'static str> {
    let (has_signature, is_whole) = match extension {
        // Zeros may follow the trailer (GIF89a § 27).
        "gif" => (bytes.starts_with(b"GIF8"), bytes.iter().rev().find(|byte| **byte != 0) == Some(&b';')),
        "avif" => (bytes.get(4..8) == Some(b"ftyp"), has_whole_boxes(bytes)),
        _ => (has_raster_signature(bytes), metadata::removed(bytes).is_some()),
    };
    match (bytes.is_empty(), has_signature, is_whole) {
        (true, ..) => Some("the file is empty"),
        (_, false, _) => Some("the file holds something else than its name says"),
        (_, _, false) => Some(CUT),
        _ => None,
    }
}

fn has_raster_signature(bytes: &[u8]) -> bool {
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    is_webp || bytes.starts_with(b"\xff\xd8") || bytes.starts_with(b"\x89PNG")
}

/// Whether the file's boxes fill it to its end (ISO/IEC 14496-12 § 4.2).
fn has_whole_boxes(bytes: &[u8]) -> bool {
    let mut at = 0;
    while at < bytes.len() {
        let Some(head) = bytes.get(at..at + 8) else { return false };
        let length = match u32::from_be_bytes([head[0], head[1], head[2], head[3]]) {
            0 => return true,
            1 => bytes.get(at + 8..at + 16).and_then(|wide| wide.try_into().ok()).map(u64::from_be_bytes),
            short => Some(u64::from(short)),
        };
        let Some(length) = length.and_then(|length| usize::try_from(length).ok()).filter(|length| *length >= 8) else {
            return false;
        };
        let Some(end) = at.checked_add(length).filter(|end| *end <= bytes.len()) else { return false };
        at = end;
    }
    true
}
