//! An image of at most sixteen colours → PNG (PNG Specification, third edition). A quarter of the work of one in full colour.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

/// Flat colour packs well at any level; from here on more work saves little.
const LEVEL: u32 = 4;
const BITS_A_PIXEL: u8 = 4;
const COLOUR_BY_PALETTE: u8 = 3;

/// `pixels` are places in the palette, row by row, `width` of them in each. An even `width`.
pub(super) fn encoded(width: u32, height: u32, palette: &[[u8; 3]; 16], pixels: &[u8]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::with_capacity(13);
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([BITS_A_PIXEL, COLOUR_BY_PALETTE, 0, 0, 0]);
    chunk(&mut file, b"IHDR", &header);
    chunk(&mut file, b"PLTE", &palette.concat());
    chunk(&mut file, b"IDAT", &packed(width as usize, pixels));
    chunk(&mut file, b"IEND", b"");
    file
}

/// Two pixels a byte, each row behind the mark that it is not filtered (§ 9.2).
fn packed(width: usize, pixels: &[u8]) -> Vec<u8> {
    let mut rows = Vec::with_capacity(pixels.len() / 2 + pixels.len() / width + 1);
    for row in pixels.chunks_exact(width) {
        rows.push(0);
        rows.extend(row.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]));
    }
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(16 * 1024), Compression::new(LEVEL));
    // Writing to memory can't fail.
    let _ = encoder.write_all(&rows);
    encoder.finish().unwrap_or_default()
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(data);
    file.extend((data.len() as u32).to_be_bytes());
    file.extend(kind);
    file.extend(data);
    file.extend(crc.sum().to_be_bytes());
}
