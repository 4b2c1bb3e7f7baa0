//! A converted image ↔ an entry of the cache: a line of JSON with the list of files, and the files one after the other.

use serde::{Deserialize, Serialize};

use super::raster::{Converted, Encoding, Encodings, Kind};
use crate::config::ImageSettings;
use crate::storage::{Fingerprint, Hash};

/// Counts up whenever the same image and settings lead to other bytes than before.
const EDITION: &str = "pictures 1";

#[derive(Serialize, Deserialize)]
struct Contents {
    size: (u32, u32),
    /// Of each kind: width, height and length of each file.
    sources: Vec<(Kind, Vec<Measure>)>,
}

/// Width, height and length of a file.
type Measure = (u32, u32, usize);

/// What a conversion depends on.
pub(super) fn key(image: Fingerprint, settings: &ImageSettings) -> Hash {
    let text = format!("{EDITION} {:?} {}", settings.widths, settings.quality);
    blake3::Hasher::new().update(text.as_bytes()).update(&image.to_bytes()).finalize()
}

pub(super) fn written(converted: &Converted) -> Vec<u8> {
    let lengths = |set: &Encodings| {
        let variants = set.variants.iter().map(|one| (one.width, one.height, one.bytes.len()));
        (set.kind, variants.collect())
    };
    let contents = Contents { size: converted.size, sources: converted.sources.iter().map(lengths).collect() };
    let mut entry = serde_json::to_vec(&contents).unwrap_or_default();
    entry.push(b'\n');
    converted.sources.iter().flat_map(|set| &set.variants).for_each(|one| entry.extend(&one.bytes));
    entry
}

/// `None` if the entry was written by an earlier version of the program.
pub(super) fn read(entry: &[u8]) -> Option<Converted> {
    let line_end = entry.iter().position(|byte| *byte == b'\n')?;
    let contents: Contents = serde_json::from_slice(&entry[..line_end]).ok()?;
    let mut rest = &entry[line_end + 1..];
    let mut sources = Vec::new();
    for (kind, lengths) in contents.sources {
        let mut variants = Vec::new();
        for (width, height, length) in lengths {
            let (bytes, after) = rest.split_at_checked(length)?;
            variants.push(Encoding { width, height, bytes: bytes.to_vec() });
            rest = after;
        }
        sources.push(Encodings { kind, variants });
    }
    rest.is_empty().then_some(Converted { size: contents.size, sources })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_was_made() {
        let variants = vec![
            Encoding { width: 480, height: 320, bytes: vec![1, 2, b'\n'] },
            Encoding { width: 800, height: 533, bytes: vec![4] },
        ];
        let converted = Converted { size: (6000, 4000), sources: vec![Encodings { kind: Kind::Avif, variants }] };
        let again = read(&written(&converted)).unwrap();
        assert_eq!((again.size, again.sources), (converted.size, converted.sources));
        assert!(read(b"{}").is_none());
    }
}
