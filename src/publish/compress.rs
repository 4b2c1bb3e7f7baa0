//! Text files of an [`Output`] → copies beside them that are packed already, `.gz` (RFC 1952) and `.br` (RFC 7932), for hosts that serve such.
//!
//! The same bytes on every machine; kept in the [`Cache`] by the hash of the text, so that a later run packs only what changed.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;

use crate::files::Cache;
use crate::output::{Artifact, Output, media_type};
use crate::storage::{Fingerprint, Hash};

/// Counts up whenever the same text is packed otherwise.
const EDITION: &str = "packed 1";
const GZIP_LEVEL: u32 = 9;
/// The level from which on each further one takes several times as long and saves a few hundredths.
const BROTLI_LEVEL: i32 = 9;
/// What Brotli looks back on, as a power of two: a quarter of a megabyte, more than any page has.
const BROTLI_WINDOW: i32 = 18;

/// Adds the packed copies. A copy that is not smaller than the file is left out, and so is one in whose place the site has a file.
///
/// # Errors
/// If a file of a large site can't be read back from the disk that it was stored on.
pub fn compress(output: &mut Output, cache: &Cache) -> io::Result<()> {
    let texts: Vec<(&str, &Artifact)> = output.iter().filter(|(file, _)| is_text(file)).collect();
    let packed: Vec<(String, [Vec<u8>; 2], usize)> = texts
        .into_par_iter()
        .map(|(file, artifact)| Ok((file.to_owned(), kept_or_packed(artifact, cache)?, artifact.length())))
        .collect::<io::Result<_>>()?;
    for (file, copies, length) in packed {
        for (copy, ending) in copies.into_iter().zip(["gz", "br"]).filter(|(copy, _)| copy.len() < length) {
            let name = format!("{file}.{ending}");
            if output.get(&name).is_none() {
                output.insert(name, Artifact::new(copy));
            }
        }
    }
    Ok(())
}

/// Whether a file is text that a reader's browser asks for; a host's own settings are not.
pub(crate) fn is_text(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    let media = media_type(file);
    let is_texts_kind =
        media.starts_with("text/") || ["charset=utf-8", "+xml", "+json"].iter().any(|mark| media.contains(mark));
    is_texts_kind && !name.starts_with(['_', '.']) && name != "CNAME"
}

fn kept_or_packed(artifact: &Artifact, cache: &Cache) -> io::Result<[Vec<u8>; 2]> {
    let key = key(artifact.fingerprint);
    if let Some(copies) = cache.get(&key).and_then(|entry| parted(&entry)) {
        return Ok(copies);
    }
    let bytes = artifact.read()?;
    let copies = [gzip(&bytes), brotli(&bytes)];
    let length = u64::try_from(copies[0].len()).unwrap_or(u64::MAX);
    cache.put(&key, &[&length.to_le_bytes()[..], &copies[0], &copies[1]].concat());
    Ok(copies)
}

fn key(text: Fingerprint) -> Hash {
    blake3::Hasher::new().update(EDITION.as_bytes()).update(&text.to_bytes()).finalize()
}

/// The two copies in an entry of the cache, the first behind its length.
fn parted(entry: &[u8]) -> Option<[Vec<u8>; 2]> {
    let (length, copies) = entry.split_first_chunk::<8>()?;
    let (gzip, brotli) = copies.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    Some([gzip.to_vec(), brotli.to_vec()])
}

/// Packs a text by gzip, without a name or a time in its head.
pub(crate) fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(GZIP_LEVEL));
    // Writing to memory can't fail.
    let _ = encoder.write_all(text);
    encoder.finish().unwrap_or_default()
}

/// Packs a text by Brotli.
pub(crate) fn brotli(text: &[u8]) -> Vec<u8> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_LEVEL,
        lgwin: BROTLI_WINDOW,
        size_hint: text.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    // Reading and writing memory can't fail.
    let _ = brotli::BrotliCompress(&mut &*text, &mut packed, &parameters);
    packed
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn each_text_has_two_copies_that_unpack_to_it_and_pictures_have_none() {
        let page = "<p>Dear Sir or Madam, dear Madam or Sir</p>".repeat(20);
        let mut output = Output::default();
        for file in ["index.html", "site.webmanifest", "a.svg", "a.png", "_headers", ".htaccess", "CNAME"] {
            output.insert(file, Artifact::new(page.clone().into_bytes()));
        }
        compress(&mut output, &Cache::default()).unwrap();
        let files: Vec<&str> = output.iter().map(|(file, _)| file).filter(|file| file.ends_with("gz")).collect();
        assert_eq!(files, ["a.svg.gz", "index.html.gz", "site.webmanifest.gz"]);
        let mut unpacked = String::new();
        let gzip = &output.get("index.html.gz").unwrap().read().unwrap();
        flate2::read::GzDecoder::new(&**gzip).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, page);
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut &*output.get("index.html.br").unwrap().read().unwrap(), &mut unpacked).unwrap();
        assert_eq!(unpacked, page.as_bytes());
    }

    #[test]
    fn a_copy_comes_from_the_cache_the_second_time() {
        let folder = tempfile::tempdir().unwrap();
        let text = Artifact::new("word ".repeat(100).into_bytes());
        let copies = kept_or_packed(&text, &Cache::of_site(folder.path())).unwrap();
        assert_eq!(
            Cache::of_site(folder.path()).get(&key(text.fingerprint)).and_then(|entry| parted(&entry)),
            Some(copies)
        );
    }
}
