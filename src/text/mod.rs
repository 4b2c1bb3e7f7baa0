//! Helpers for text: words, slugs, addresses, quotation marks, bytes that are looked for many at a time.
//!
//! Functions of their arguments alone. Nothing here knows of files, settings or diagnostics.

pub(crate) mod addresses;
pub(crate) mod byte_scan;
pub(crate) mod css;
mod nearest;
mod reserved;
mod slugs;
mod typography;
mod words;

pub use addresses::{has_unknown_scheme, is_unsafe_address, path_on_host, percent_encoded};
pub use nearest::{Guesses, did_you_mean};
pub(crate) use reserved::{has_reserved, is_reserved, of_windows_1252, readable, remove_reserved, without_reserved};
pub use slugs::{slug_of, titled};
pub(crate) use typography::{is_block, typeset, with_quotes};
pub(crate) use words::{composed, is_of_word, single_spaced, word_key};
