//! Stories about small picture files that unpack to gigabytes, or claim to: each is bounded in memory and time.

use std::fmt::Write as _;
use std::io::Write as _;

use crate::support::{BuiltSite, Site, messages};

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(kind);
    sum.update(content);
    let length = u32::try_from(content.len()).expect("short");
    [&length.to_be_bytes(), kind, content, &sum.sum().to_be_bytes()].concat()
}

/// A grey PNG with one more chunk and these pixels, in rows that begin with their filter.
fn png(size: u32, interlaced: bool, extra: &[u8], rows: &[u8]) -> Vec<u8> {
    let side = size.to_be_bytes();
    let head = [&side[..], &side, &[8, 0, 0, 0, u8::from(interlaced)]].concat();
    let signature = b"\x89PNG\r\n\x1a\n".to_vec();
    [signature, chunk(b"IHDR", &head), extra.to_vec(), chunk(b"IDAT", &packed(rows)), chunk(b"IEND", b"")].concat()
}

fn small(extra: &[u8]) -> Vec<u8> {
    png(64, false, extra, &[0; 64 * 65])
}

fn site_with(name: &str, bytes: impl AsRef<[u8]>) -> Site {
    let body = format!("![A thing that is shown]({name})");
    Site::new().article("a/index.md", "title: A", &body).file(&format!("content/articles/a/{name}"), bytes)
}

/// 300 kB that unpack to 300 MB.
fn bomb() -> Vec<u8> {
    packed(&vec![0; 300_000_000])
}

/// The program that has this much memory builds the site.
#[cfg(target_os = "linux")]
fn builds_within_300_megabytes(site: &Site) {
    let program = assert_cmd::cargo::cargo_bin("letterpress");
    let script = "ulimit -d 300000; exec \"$0\" build --source \"$1\"";
    let mut command = std::process::Command::new("sh");
    command.args(["-c", script]).arg(program).arg(site.folder()).env("RAYON_NUM_THREADS", "1");
    let done = command.output().expect("a shell");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Once, a colour profile of 305 kB took 994 MB.
#[test]
#[cfg(target_os = "linux")]
fn packed_chunks_of_a_png_take_no_memory() {
    let bomb = bomb();
    let text = [b"Comment\0\0\0\0\0".as_slice(), &bomb].concat();
    for (kind, content) in [
        (b"iCCP", [b"ICC\0\0".as_slice(), &bomb].concat()),
        (b"zTXt", [b"Comment\0\0".as_slice(), &bomb].concat()),
        (b"iTXt", [&b"Comment\0\x01\0\0\0"[..], &bomb].concat()),
        (b"tEXt", text),
        (b"eXIf", bomb.clone()),
    ] {
        let site = site_with("a.png", small(&chunk(kind, &content)));
        builds_within_300_megabytes(&site);
        let published = std::fs::read(site.path("public/articles/a/a.png")).expect("the picture");
        assert!(published.len() < 1000, "{} is published", String::from_utf8_lossy(kind));
    }
    // More data than the picture has pixels, for which nobody asks.
    builds_within_300_megabytes(&site_with("a.png", png(64, false, &[], &vec![0; 200_000_000])));
}

#[test]
fn pictures_that_claim_to_be_huge_are_reported_with_what_to_do() {
    let interlaced = png(30_000, true, &[], &[0; 1000]);
    let mut jpeg = b"\xff\xd8\xff\xc2\0\x11\x08\xff\xff\xff\xff\x03\x01\x11\0\x02\x11\0\x03\x11\0".to_vec();
    jpeg.extend(b"\xff\xda\0\x0c\x03\x01\0\x02\0\x03\0\0\0\0\0\xff\xd9");
    let webp = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\xff\xff\xff\x0f\0\0\0\0\0\0\0\0\0";
    for (name, bytes) in [("a.png", interlaced), ("a.jpg", jpeg), ("a.webp", webp.to_vec())] {
        let built = site_with(name, bytes).build();
        assert_eq!(built.codes(), ["unreadable-image"], "{name}: {}", messages(&built));
        assert!(messages(&built).contains("save it"), "{}", messages(&built));
    }
}

#[test]
fn thousands_of_segments_and_profiles_of_a_jpeg_are_read_once() {
    let picture = image::DynamicImage::ImageRgb8(image::RgbImage::new(64, 64));
    let mut plain = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut plain, image::ImageFormat::Jpeg).expect("a picture");
    let plain = plain.into_inner();
    let mut segments = Vec::new();
    for number in 0..2000_u32 {
        segments.extend(b"\xff\xe2\x40\0ICC_PROFILE\0");
        segments.extend([number as u8, 255]);
        segments.resize(segments.len() + 0x4000 - 16, 7);
    }
    let built = site_with("a.jpg", [&plain[..2], &segments, &plain[2..]].concat()).build();
    assert!(!built.has_errors(), "{}", messages(&built));
}

#[test]
fn drawings_that_grow_without_end_are_cleaned_or_refused() {
    let attributes = (0..60_000).fold(String::new(), |mut text, number| {
        let _ = write!(text, " onx{number}=\"y\"");
        text
    });
    let entities = (1..30).fold(String::from("<!ENTITY e0 \"ha\">"), |mut text, number| {
        let before = number - 1;
        let _ = write!(text, "<!ENTITY e{number} \"&e{before};&e{before};\">");
        text
    });
    let start = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"";
    let wide = site_with("a.svg", format!("{start}{attributes}/>")).build();
    assert_eq!(wide.codes(), ["unsafe-svg"]);
    assert!(messages(&wide).len() < 2000, "{}", messages(&wide));
    let laughing = format!("<!DOCTYPE svg [{entities}]>{start}><text>&e29;</text></svg>");
    let built = site_with("a.svg", laughing).build();
    assert!(!built.has_errors() && built.page("articles/a/a.svg").len() < 200);
    let deep = format!("{start}>{}{}</svg>", "<g>".repeat(100_000), "</g>".repeat(100_000));
    assert_eq!(site_with("a.svg", deep).build().codes(), ["unreadable-image"]);
    let twice = format!("{start}><path d=\"M0\" d=\"M1\"/></svg>");
    assert_eq!(site_with("a.svg", twice).build().codes(), ["unreadable-image"]);
}
