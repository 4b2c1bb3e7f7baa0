//! What is known of an address after it was asked for.

/// The meaning of an answer for a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Readers arrive.
    Good,
    /// Readers don't, for this reason.
    Broken(String),
    /// Unverified, for this reason.
    Unverified(String),
}
