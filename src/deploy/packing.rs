//! Texts → what a store keeps of them, packed.

use crate::config::DeployCompress;
use crate::publish::{brotli, gzip, is_text};

/// How a file is packed. Text alone is: what is packed already would grow, and a host reads its own settings as they are.
pub(super) fn choice(file: &str, wanted: DeployCompress) -> DeployCompress {
    match wanted {
        DeployCompress::Gzip | DeployCompress::Brotli if is_text(file) => wanted,
        _ => DeployCompress::Off,
    }
}

/// The `Content-Encoding` of what is packed so (RFC 9110 § 8.4.1).
pub(super) fn encoding(packed: DeployCompress) -> Option<&'static str> {
    match packed {
        DeployCompress::Gzip => Some("gzip"),
        DeployCompress::Brotli => Some("br"),
        DeployCompress::Off | DeployCompress::Copies => None,
    }
}

/// The bytes, packed.
pub(super) fn packed(bytes: Vec<u8>, packed: DeployCompress) -> Vec<u8> {
    match packed {
        DeployCompress::Gzip => gzip(&bytes),
        DeployCompress::Brotli => brotli(&bytes),
        DeployCompress::Off | DeployCompress::Copies => bytes,
    }
}
