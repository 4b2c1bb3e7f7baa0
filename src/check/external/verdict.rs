//! What is known of an address after it was asked for.

/// What an answer says of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Readers arrive.
    Good,
    /// Readers don't, for this reason.
    Broken(String),
    /// A robot can't tell, for this reason.
    Unverified(String),
}
