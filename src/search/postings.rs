//! Lists of documents as bits: which documents have a word, and how much it weighs in each.
//!
//! A list is its length (LEB128), a byte with two Rice parameters, then for each document the gap to the one before
//! and the level less one, both Rice-coded (Rice and Plaunt 1971), most significant bit first. That is within a
//! tenth of the entropy for words of any frequency, small on hosts that compress nothing, and read by a loop of ten lines.
//!
//! A list of one document, as most are, is its length and one more number that holds document and level.
//!
//! A list of very many documents would still be half of what a query may load, for a word that means little: its levels
//! are kept in steps of four, which halves it. Bit 3 of the second byte marks such a list.

/// One document of a list: its number and the level of the word in it, from 1.
pub(super) type Posting = (u32, u8);

/// A list of more documents than this has coarse levels.
const COARSE_ABOVE: usize = 500;
/// The bit that marks such a list, beside the levels' Rice parameter.
const COARSE: u8 = 8;
/// Levels that differ by less than two to this power are one then.
const COARSE_BITS: u8 = 2;
/// As many bits hold any level.
const LEVEL_BITS: u8 = 5;

/// A list, ascending by document, as bytes.
pub(super) fn encode(postings: &[Posting]) -> Vec<u8> {
    if let [(document, level)] = postings {
        return single(*document, *level);
    }
    let (dropped, coarse) = if postings.len() > COARSE_ABOVE { (COARSE_BITS, COARSE) } else { (0, 0) };
    let mut next = 0;
    let gaps: Vec<u32> = postings.iter().map(|(document, _)| gap(&mut next, *document)).collect();
    let levels: Vec<u32> = postings.iter().map(|(_, level)| u32::from((level - 1) >> dropped)).collect();
    let (gap_bits, level_bits) = (parameter(&gaps, 15), parameter(&levels, COARSE - 1));
    let mut bytes = Vec::with_capacity(postings.len() + 4);
    number(postings.len() as u32, &mut bytes);
    bytes.push(gap_bits << 4 | coarse | level_bits);
    let mut bits = Bits { bytes, held: 0, count: 0 };
    for (gap, level) in gaps.iter().zip(&levels) {
        bits.rice(*gap, gap_bits);
        bits.rice(*level, level_bits);
    }
    bits.finished()
}

fn single(document: u32, level: u8) -> Vec<u8> {
    let mut bytes = vec![1];
    number(document << LEVEL_BITS | u32::from(level), &mut bytes);
    bytes
}

/// The list that `encode` made bytes of; a coarse level is the middle of its step.
pub(super) fn decode(bytes: &[u8]) -> Vec<Posting> {
    let mut at = 0;
    let length = read_number(bytes, &mut at);
    if length == 1 {
        let both = read_number(bytes, &mut at);
        return vec![(both >> LEVEL_BITS, (both & ((1 << LEVEL_BITS) - 1)) as u8)];
    }
    let parameters = bytes.get(at).copied().unwrap_or_default();
    let is_coarse = parameters & COARSE != 0;
    let level = |coded: u32| (if is_coarse { (coded << COARSE_BITS) + 2 } else { coded + 1 }) as u8;
    let mut bits = Reader { bytes, at: (at + 1) * 8 };
    let mut next = 0;
    let posting = |_| {
        let document = next + bits.rice(parameters >> 4);
        next = document + 1;
        (document, level(bits.rice(parameters & (COARSE - 1))))
    };
    (0..length).map(posting).collect()
}

/// Appends a number in LEB128.
fn number(mut value: u32, bytes: &mut Vec<u8>) {
    while value > 127 {
        bytes.push(value as u8 | 128);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn read_number(bytes: &[u8], at: &mut usize) -> u32 {
    let mut value = 0;
    let mut shift = 0;
    while let Some(byte) = bytes.get(*at) {
        *at += 1;
        value |= u32::from(byte & 127) << shift;
        shift += 7;
        if *byte < 128 {
            break;
        }
    }
    value
}

fn gap(next: &mut u32, document: u32) -> u32 {
    let gap = document - *next;
    *next = document + 1;
    gap
}

/// The Rice parameter, up to `most`, that makes these values shortest: the cost falls to it and rises behind it, since each further bit takes
/// less off the values than the one before.
fn parameter(values: &[u32], most: u8) -> u8 {
    let cost = |bits: u8| {
        let unary: u64 = values.iter().map(|value| u64::from(value >> bits)).sum();
        unary + values.len() as u64 * u64::from(bits)
    };
    let mut least = cost(0);
    for bits in 1..=most {
        let next = cost(bits);
        if next >= least {
            return bits - 1;
        }
        least = next;
    }
    most
}

/// Writes bits, most significant first.
struct Bits {
    bytes: Vec<u8>,
    /// The last `count` bits of it, fewer than eight, are not written yet.
    held: u64,
    count: u8,
}

impl Bits {
    fn rice(&mut self, value: u32, bits: u8) {
        let mut ones = value >> bits;
        while ones >= 32 {
            self.push(u64::from(u32::MAX), 32);
            ones -= 32;
        }
        // The ones and the zero that ends them.
        self.push((1 << (ones + 1)) - 2, ones as u8 + 1);
        self.push(u64::from(value) & ((1 << bits) - 1), bits);
    }

    /// Adds the last `length` bits of a value, at most 33.
    fn push(&mut self, value: u64, length: u8) {
        self.held = self.held << length | value;
        self.count += length;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push((self.held >> self.count) as u8);
        }
    }

    /// The bytes, the last one filled up with zeros.
    fn finished(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bytes.push((self.held << (8 - self.count)) as u8);
        }
        self.bytes
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn rice(&mut self, bits: u8) -> u32 {
        let mut high = 0;
        while self.bit() == 1 {
            high += 1;
        }
        (0..bits).fold(high, |value, _| value << 1 | self.bit())
    }

    fn bit(&mut self) -> u32 {
        let byte = self.bytes.get(self.at / 8).copied().unwrap_or_default();
        self.at += 1;
        u32::from(byte >> (7 - (self.at - 1) % 8) & 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(documents in proptest::collection::btree_map(0u32..20_000, 1u8..=31, 0..300)) {
            let postings: Vec<Posting> = documents.into_iter().collect();
            prop_assert_eq!(decode(&encode(&postings)), postings);
        }
    }

    #[test]
    fn a_common_word_costs_three_bits_and_keeps_its_documents_and_nearly_their_levels() {
        let postings: Vec<Posting> = (0..6000).map(|i| (i * 5 / 3, 1 + (i % 7) as u8)).collect();
        let bytes = encode(&postings);
        assert!(bytes.len() <= 6000 * 27 / 64, "{}", bytes.len());
        let decoded = decode(&bytes);
        assert_eq!(decoded.len(), postings.len());
        let near = |(a, b): (&Posting, &Posting)| a.0 == b.0 && a.1.abs_diff(b.1) <= 2;
        assert!(decoded.iter().zip(&postings).all(near));
        assert_eq!(encode(&decoded), bytes, "a list that synonyms lead through is coarse once");
    }
}
