//! A file's bytes → a number that differs for any other bytes, read or written. Not for bytes that somebody made to deceive it:
//! who can put such bytes into a site can write its pages. BLAKE3, which withstands that, takes six times as long.

use std::fmt;

use twox_hash::XxHash3_128;

/// The XXH3 hash of a file's bytes, 128 bits. (xxHash specification 0.2.0)
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// Of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(XxHash3_128::oneshot(bytes))
    }

    /// The fingerprint of these bytes, part after part.
    #[must_use]
    pub fn of_stretches<'a>(stretches: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut hasher = XxHash3_128::new();
        stretches.for_each(|extent| hasher.write(extent));
        Self(hasher.finish_128())
    }

    /// The number's own bytes, for a hash of several.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }
}

/// 32 hexadecimal digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:032x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_same_however_the_bytes_are_cut_and_on_every_machine() {
        let bytes: Vec<u8> = (0..=255).cycle().take(3_000).collect();
        for width in [1, 7, 240, 777, 3_000] {
            assert_eq!(Fingerprint::of_stretches(bytes.chunks(width)), Fingerprint::of(&bytes), "{width}");
        }
        assert_eq!(Fingerprint::of(b"").to_string(), "99aa06d3014798d86001c324468d497f");
    }
}
