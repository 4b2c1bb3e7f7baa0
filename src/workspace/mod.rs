//! A site over time: what changed on disk or in an editor → the pages as they are now, with the one build and a memo that stays.
//!
//! Knows no server, browser or terminal: the preview is one user of it. [`receipt`] is what a finished build leaves for the next run of the program.

mod debounce;
mod external_files;
mod file_watch;
mod polling;
pub mod receipt;
mod site_builder;
mod watching;

pub use debounce::Batch;
pub(crate) use file_watch::{FileWatch, Next};
pub use site_builder::SiteBuilder;
