//! Bytes compressed against similar bytes: an LZ4 block with a dictionary.
//!
//! For what is kept in memory and seldom read. Packing takes some microseconds for each 10 kB, unpacking a third of that.

use std::sync::Arc;

/// Bytes compressed with similar bytes, the model, as their dictionary.
#[derive(Debug, Clone)]
pub struct Packed {
    block: Arc<[u8]>,
    length: usize,
    model: Arc<[u8]>,
}

impl Packed {
    /// Packs bytes. Only the last 64 kB of the model count.
    #[must_use]
    pub fn new(bytes: &[u8], model: &Arc<[u8]>) -> Self {
        let block = lz4_flex::block::compress_with_dict(bytes, model);
        Self { block: block.into(), length: bytes.len(), model: Arc::clone(model) }
    }

    /// How many bytes there are, unpacked.
    #[must_use]
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Unpacks the bytes.
    ///
    /// # Panics
    /// Never: the block was packed with this model.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let bytes = lz4_flex::block::decompress_with_dict(&self.block, self.length, &self.model);
        bytes.expect("a block that was made from this model")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_the_model_says_as_well_takes_next_to_nothing() {
        let frame: String = (0..200).map(|line| format!("<p>line {line}</p>\n")).collect();
        let model: Arc<[u8]> = format!("Model {frame}").into_bytes().into();
        let packed = Packed::new(format!("Rest {frame}").as_bytes(), &model);
        assert!(packed.block.len() * 5 < model.len(), "{} bytes", packed.block.len());
    }

    #[test]
    fn a_model_may_be_longer_than_a_block_can_look_back() {
        let lines = |step: usize| (0..20_000).map(|line| format!("{}\n", line * step)).collect::<String>();
        let model: Arc<[u8]> = lines(7).into_bytes().into();
        let bytes = [lines(7), lines(11)].concat().into_bytes();
        let packed = Packed::new(&bytes, &model);
        assert!(model.len() > 65_536 && packed.block.len() < bytes.len());
        assert_eq!((packed.len(), packed.bytes()), (bytes.len(), bytes));
    }

    proptest! {
        #[test]
        fn bytes_come_back_as_they_were(bytes: Vec<u8>, model: Vec<u8>) {
            let model: Arc<[u8]> = [&model[..], &bytes[..bytes.len() / 2]].concat().into();
            prop_assert_eq!(Packed::new(&bytes, &model).bytes(), bytes);
        }
    }
}
