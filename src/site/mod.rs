//! All documents → [`Site`]: addresses, sections, topics, tags, translations, what is related, what is live today.
//!
//! Works on metadata only and is rebuilt in every build; it must cost milliseconds at 10,000 documents. Renders nothing and reads no file.

mod address;
mod alias;
mod assets;
mod beside;
mod bundles;
mod calendar;
mod differences;
mod edition;
mod files;
mod host_files;
mod links;
mod listing;
mod order;
mod page;
mod placement;
mod read;
mod related;
mod renewal;
mod slugs;
mod state;
mod structure;
mod taxonomy;
mod translations;

pub use address::Address;
pub(crate) use address::{is_reserved, language_prefix};
pub use assets::{Asset, Assets};
pub use calendar::{Change, Upcoming};
pub use differences::{Differences, Lists, Reach};
pub use edition::{Edition, Section, Tag, Topic};
pub use files::Unpublished;
pub use host_files::{Contents, HOST_FILES, HostFile};
pub use links::{Broken, PlacedAlias, Target};
pub use page::{Page, PageId};
pub use read::{List, Read};
pub use state::State;
pub use structure::{Redirect, Site};
pub use translations::{Lag, Untranslated};
