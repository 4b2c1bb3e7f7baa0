//! Bytes that are much like others, as little more than what tells them apart: an LZ4 block that goes on from its model.
//!
//! For what must be at hand and is seldom looked at. Packing takes some microseconds for each 10 kB, unpacking a third of that.

use std::sync::Arc;

/// Bytes, packed by others that are much like them.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    block: Arc<[u8]>,
    length: usize,
    model: Arc<[u8]>,
}

impl Packed {
    /// Packs bytes. The more of them stand in the last 64 kB of the model, the better.
    pub(crate) fn new(bytes: &[u8], model: &Arc<[u8]>) -> Self {
        let block = lz4_flex::block::compress_with_dict(bytes, model);
        Self { block: block.into(), length: bytes.len(), model: Arc::clone(model) }
    }

    /// How many bytes there are, unpacked.
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// The bytes.
    ///
    /// # Panics
    /// Never: a block that was made from its model can be read with it.
    pub(crate) fn bytes(&self) -> Vec<u8> {
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
